"""Pages of a finished PDF as pictures, for manuals and for looking at paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

_POINTS_PER_INCH = 72


def write_pictures(pdf: Path, directory: Path, *, dpi: int = 96) -> list[Path]:
    """Write every page of the PDF as `NAME-1.png`, `NAME-2.png` … into the directory and answer their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    document = pypdfium2.PdfDocument(str(pdf))
    written = []
    try:
        for number, page in enumerate(document, start=1):
            path = directory / f"{pdf.stem}-{number}.png"
            page.render(scale=dpi / _POINTS_PER_INCH).to_pil().save(path)
            written.append(path)
    finally:
        document.close()
    return written
