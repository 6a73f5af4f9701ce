"""Pages of a finished PDF as pictures: for the screen, for printers, for manuals.

pdfium lets only one thread of a program in at a time; whoever calls from here may come from any.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image

POINTS_PER_INCH = 72
_COLOURS = 256
_PDFIUM = Lock()


@dataclass(frozen=True, slots=True)
class Sheets:
    """What there is to know of a PDF before its pages are drawn: the size of each in points, and the pages (from 0) on
    which a paper begins: all but the first have a bookmark."""

    sizes: tuple[tuple[float, float], ...]
    begins: frozenset[int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in pixels: rows of `stride` bytes, three (red, green, blue) or four of them a pixel."""

    width: int
    height: int
    stride: int
    channels: int
    pixels: bytes


def sheets(pdf: Path) -> Sheets:
    """The pages of the PDF."""
    with _opened(pdf) as document:
        sizes = tuple(document.get_page_size(number) for number in range(len(document)))
        marks = (mark.get_dest() for mark in document.get_toc())
        begins = frozenset(mark.get_index() for mark in marks if mark is not None)
        return Sheets(sizes, begins | {0})


def draw(pdf: Path, number: int, scale: float) -> Picture:
    """A page (from 0) as a picture, so many pixels to a point."""
    with _opened(pdf) as document:
        bitmap = document[number].render(scale=scale, rev_byteorder=True)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, bytes(bitmap.buffer))


def write_pictures(pdf: Path, directory: Path, *, dpi: int = 96) -> list[Path]:
    """Write every page of the PDF as `NAME-1.png`, `NAME-2.png` … into the directory and answer their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    with _opened(pdf) as document:
        for number, page in enumerate(document, start=1):
            path = directory / f"{pdf.stem}-{number}.png"
            page.render(scale=dpi / POINTS_PER_INCH).to_pil().save(path)
            written.append(path)
    return written


@contextmanager
def _opened(pdf: Path) -> Iterator[pypdfium2.PdfDocument]:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(str(pdf))
        try:
            yield document
        finally:
            document.close()


def shrink(picture: Path) -> None:
    """Write a PNG anew with few colours, which a window needs no more of: a quarter of the size."""
    with Image.open(picture) as image:
        octree = Image.Quantize.FASTOCTREE  # keeps the colours of few words, by which a result is told
        small = image.convert("RGB").quantize(_COLOURS, method=octree, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)
