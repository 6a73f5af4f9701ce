"""What stands where on paper, as text files to be compared: `python -m tests.services.snapshots` makes them anew.

For each kind of form the long sample of a unit's programme and the short one of a person's, their first two pages: every
line of text as a reader of the PDF copies it, behind the place where it begins, and the frames of its tables, in whole
millimetres from the upper left corner.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from jinan_desk import paths
from jinan_desk.documents.band import MM
from jinan_desk.documents.paging import Page, pages
from jinan_desk.documents.pdf import write_pdf
from jinan_desk.services.form_samples import SampleSheet, sheets
from jinan_desk.services.forms import Forms
from jinan_desk.services.press import Press

FOLDER = Path(__file__).with_name("snapshots")
RENEW = "python -m tests.services.snapshots"
_LONG = {"02B", "08A", "18A", "01S", "10D", "12A"}
_SHORT = {"10B", "18B"}
_PAGES = 2


def made(forms: Forms, folder: Path) -> dict[str, str]:
    """The snapshots by kind of form."""
    found: dict[str, str] = {}
    for sheet in sheets(forms, codes=_LONG | _SHORT):
        wanted = (sheet.code in _LONG and sheet.which == "long") or (sheet.code in _SHORT and sheet.which == "short")
        if wanted or not sheet.code:
            path = folder / "sheet.pdf"
            write_pdf([sheet.document], path, forms.fonts)
            found[sheet.key] = found.get(sheet.key, "") + "\n".join(_told(sheet, path)) + "\n\n"
    return found


def _told(sheet: SampleSheet, path: Path) -> Iterator[str]:
    laid = list(pages(sheet.document))
    document = pypdfium2.PdfDocument(path)
    try:
        for page, drawn in list(zip(laid, document, strict=True))[:_PAGES]:
            yield f"== {sheet.stem}, page {page.number} of {len(laid)}"
            yield from _frames(sheet, page)
            yield from _lines(drawn)
    finally:
        document.close()


def _frames(sheet: SampleSheet, page: Page) -> Iterator[str]:
    top = sheet.document.paper.top
    frames: list[list[float]] = []
    for y, band, _ in page.bands:
        if band.ruled and frames and abs(frames[-1][1] - y) < 0.01:
            frames[-1][1] = y + band.height
        elif band.ruled:
            frames.append([y, y + band.height])
    for begin, end in frames:
        yield f"frame {(top + begin) / MM:.0f}-{(top + end) / MM:.0f}"


def _lines(page: pypdfium2.PdfPage) -> Iterator[str]:
    text = page.get_textpage()
    height = page.get_height()
    units: list[int] = []
    begin: tuple[float, float] | None = None
    for index in range(text.count_chars()):
        unit = pypdfium2.raw.FPDFText_GetUnicode(text, index)
        if unit in (10, 13):
            if begin is not None:
                yield _line(units, begin)
            units, begin = [], None
            continue
        if begin is None:
            left, bottom, *_ = text.get_charbox(index, loose=True)
            begin = left, height - bottom
        units.append(unit)
    if begin is not None:
        yield _line(units, begin)


def _line(units: list[int], begin: tuple[float, float]) -> str:
    words = "".join(map(chr, units)).encode("utf-16", "surrogatepass").decode("utf-16")
    words = re.sub("校验码 [0-9a-f]{12}", "校验码 …", words.rstrip())  # that of a made-up revision
    return f"{begin[0] / MM:.0f} {begin[1] / MM:.0f} {words}"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    press = Press((paths.forms_directory(),), paths.resources_directory() / "fonts", paths.cache_directory())
    with tempfile.TemporaryDirectory() as name:
        for kind, content in made(Forms(press), Path(name)).items():
            (FOLDER / f"{kind}.txt").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
