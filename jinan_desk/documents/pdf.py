"""Documents to PDF: page content, the foot with page number and check code, and the finished file."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.documents.band import MM, PADDING, SIDE, Band, Cell, Document, Paper, Type
from jinan_desk.documents.embedded import EmbeddedFonts
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.paging import Page, pages
from jinan_desk.documents.pdf_file import PdfFile
from jinan_desk.documents.qr import MODULES, picture
from jinan_desk.documents.typeset import Line
from jinan_desk.file import write_whole

INNER, OUTER = 0.5, 1.0
"""Rules in points: between cells, around a frame."""
_ASCENT = 0.88
"""Of a Chinese character's square, the part above the baseline."""
_LOOSEST = 0.2
"""Ems that justifying may add between characters."""
_CODE = Type(Style.TABLE, 9, 12)
_PAGE_NUMBER = Type(Style.TABLE, 14, 14)  # 四号, GB/T 9704-2012, 7.5
SEAM, SEAM_MARGIN = "骑缝章", 11 * MM
_SEAM = Type(Style.TABLE, 9, 13)
_QR_SIZE = 13 * MM
_KEPT = 2048
"""Bands of text that are kept drawn."""
_QUICK = 3
"""How hard page content is compressed: the usual 6 takes twice the time and saves a tenth."""


def write_pdf(documents: Iterable[Document], path: Path, fonts: Fonts) -> int:
    """Write the documents one behind the other into one file; the number of pages.

    The same documents give the same bytes. The file is put in its place when it is finished.
    """
    file = PdfFile()
    ink = _Ink(EmbeddedFonts(fonts))
    marks: list[tuple[str, int]] = []
    told: dict[str, str] = {}
    count = 0
    for document in documents:
        marks.append((document.bookmark or document.title, count))
        told = told or {"title": document.title, "author": document.author, "subject": document.check_code}
        foot = _Foot(fonts, document.check_code, _qr(document.check_code) if document.check_code else "")
        for page, more in _with_more(pages(document)):
            seam = document.seam and (more or page.number > 1)
            file.add_page(document.paper, _page(document.paper, page, foot, ink, seam=seam))
            count += 1
    ink.embedded.write(file)
    if len(marks) > 1:
        file.add_bookmarks(marks)
    write_whole(path, lambda temporary: temporary.write_bytes(file.content(**told)))
    return count


def _with_more(numbered: Iterable[Page]) -> Iterator[tuple[Page, bool]]:
    """Each page, and whether another one follows."""
    waiting: Page | None = None
    for page in numbered:
        if waiting is not None:
            yield waiting, True
        waiting = page
    if waiting is not None:
        yield waiting, False


def _page(paper: Paper, page: Page, foot: "_Foot", ink: "_Ink", *, seam: bool) -> bytes:
    """What stands on a page, compressed."""
    content = [*foot.drawn(paper, page.number, ink.embedded)]
    if seam:
        content.extend(_seam(paper, ink.embedded))
    for y, band, _ in page.bands:
        top = paper.height - paper.top - y
        if band.ruled:
            for cell in band.cells:
                content.extend(_cell(cell, band, paper.left, top, ink.embedded))
        elif band.cells:
            content.append(f"q 1 0 0 1 {_n(paper.left)} {_n(top)} cm\n{ink.drawn(band)}\nQ")
    content.extend(_rules(page, paper))
    return zlib.compress("\n".join(content).encode("ascii"), _QUICK)


class _Ink:
    """Texts as page content of one file. A band of text that recurs, as it does in a file of many papers, is the same
    content at another place."""

    __slots__ = ("_drawn", "embedded")

    def __init__(self, embedded: EmbeddedFonts) -> None:
        self.embedded = embedded
        self._drawn: dict[int, tuple[Band, str]] = {}

    def drawn(self, band: Band) -> str:
        """The band's cells, its upper left corner at the origin."""
        known = self._drawn.get(id(band))
        if known is None:
            lines = (line for cell in band.cells for line in _cell(cell, band, 0.0, 0.0, self.embedded))
            known = band, "\n".join(lines)  # holds the band, so that no other takes its id
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            self._drawn[id(band)] = known
        return known[1]


def _cell(cell: Cell, band: Band, left: float, top: float, embedded: EmbeddedFonts) -> Iterator[str]:
    """The text of a cell; `top` is the band's upper edge, from the bottom of the sheet."""
    padding, side = (PADDING, SIDE) if band.ruled else (0.0, 0.0)
    top -= sum(band.heights[: cell.row])
    bottom = top - sum(band.heights[cell.row : cell.row + cell.down])
    size, leading = cell.type.size, cell.type.leading
    foot_height = len(cell.foot) * leading
    y = top - padding
    if cell.valign == "middle":
        y = top - (top - bottom - foot_height - len(cell.lines) * leading) / 2
    first = not cell.continued
    for line in cell.lines:
        indent = cell.indent * size if first else 0.0
        shift, spacing = _aligned(line, cell, cell.width - 2 * side - indent)
        yield from _text(line.text, left + cell.x + side + indent + shift, y, cell.type, embedded, spacing=spacing)
        first = line.last
        y -= leading
    y = bottom + padding + foot_height
    right = left + cell.x + cell.width - side - size  # what is signed stands an em from the rule
    for line in cell.foot:
        yield from _text(line.text, right - line.width * size, y, cell.type, embedded)
        y -= leading


def _seam(paper: Paper, embedded: EmbeddedFonts) -> Iterator[str]:
    """The line near the right edge across which pages are stamped together, its name in the middle."""
    x = paper.width - SEAM_MARGIN
    top, bottom = paper.height - paper.top, paper.height - paper.top - paper.area_height
    size = _SEAM.leading * len(SEAM)
    middle = (top + bottom + size) / 2
    yield f"q {INNER} w [3 3] 0 d {_n(x)} {_n(top)} m {_n(x)} {_n(middle + 4)} l S"
    yield f"{_n(x)} {_n(middle - size - 4)} m {_n(x)} {_n(bottom)} l S Q"
    for number, character in enumerate(SEAM):
        yield from _text(character, x - _SEAM.size / 2, middle - number * _SEAM.leading, _SEAM, embedded)


def _aligned(line: Line, cell: Cell, measure: float) -> tuple[float, float]:
    """How far a line is moved to the right, and what is added between its characters."""
    room = measure - line.width * cell.type.size
    if cell.align == "right":
        return room, 0.0
    if cell.align == "center":
        return room / 2, 0.0
    gaps = len(line.text.rstrip(" ")) - 1
    if cell.justified and not line.last and gaps > 0:
        spacing = room / gaps
        return 0.0, spacing if spacing <= _LOOSEST * cell.type.size else 0.0
    return 0.0, 0.0


def _text(text: str, x: float, y: float, kind: Type, embedded: EmbeddedFonts, *, spacing: float = 0.0) -> Iterator[str]:
    """One line of text whose leading's upper edge is `y`; the character squares stand in the middle of the leading."""
    if not text:
        return
    baseline = y - (kind.leading - kind.size) / 2 - _ASCENT * kind.size
    yield f"BT {_n(x)} {_n(baseline)} Td {_n(spacing)} Tc"
    for font, codes in embedded.encoded(text, kind.style):
        yield f"/{font} {_n(kind.size)} Tf <{codes}> Tj"
    yield "ET"


def _rules(page: Page, paper: Paper) -> Iterator[str]:
    """Thin rules around every cell, a thicker one around bands that touch."""
    thin: list[str] = []
    frames: list[tuple[float, float]] = []
    for y, band, _ in page.bands:
        if not band.ruled:
            continue
        top = paper.height - paper.top - y
        thin.extend(_cell_rules(band, paper.left, top))
        if frames and abs(frames[-1][1] - top) < 0.01:
            frames[-1] = (frames[-1][0], top - band.height)
        else:
            frames.append((top, top - band.height))
    if thin:
        yield f"{INNER} w"
        yield from thin
        yield "S"
        yield f"{OUTER} w"
        for top, bottom in frames:
            yield f"{_n(paper.left)} {_n(bottom)} {_n(paper.area_width)} {_n(top - bottom)} re S"


def _cell_rules(band: Band, left: float, top: float) -> Iterator[str]:
    """The upper and left rule of each cell, and those of the band's lower edge: no rule is drawn twice."""
    for cell in band.cells:
        x, y = left + cell.x, top - sum(band.heights[: cell.row])
        bottom = y - sum(band.heights[cell.row : cell.row + cell.down])
        yield f"{_n(x)} {_n(bottom)} m {_n(x)} {_n(y)} l {_n(x + cell.width)} {_n(y)} l"


@dataclass(frozen=True, slots=True)
class _Foot:
    """What the foot of a document's pages says, with the widths of its texts in ems and the QR code as page content."""

    fonts: Fonts
    check_code: str
    qr: str

    def drawn(self, paper: Paper, number: int, embedded: EmbeddedFonts) -> Iterator[str]:
        """Page number at the outer edge, check code at the inner one, as GB/T 9704-2012, 7.5 sides them."""
        odd = number % 2 == 1
        right = paper.left + paper.area_width
        bottom = paper.height - paper.top - paper.area_height
        text = f"— {number} —"
        size = _PAGE_NUMBER.size
        x = right - size - self.fonts.width(text, _PAGE_NUMBER.style) * size if odd else paper.left + size
        yield from _text(text, x, bottom - 7 * MM + size, _PAGE_NUMBER, embedded)
        if not self.check_code:
            return
        x = paper.left if odd else right - _QR_SIZE
        side = _n(_QR_SIZE)
        yield f"q {side} 0 0 {side} {_n(x)} {_n(bottom - 5 * MM - _QR_SIZE)} cm\n{self.qr}\nQ"
        code = f"校验码 {self.check_code}"
        width = self.fonts.width(code, _CODE.style) * _CODE.size
        x = paper.left + _QR_SIZE + 6 if odd else right - _QR_SIZE - 6 - width
        yield from _text(code, x, bottom - 5 * MM - (_QR_SIZE - _CODE.leading) / 2, _CODE, embedded)


def _qr(text: str) -> str:
    """A QR code as an image in page content, a unit square to be scaled: 1 is dark."""
    return f"BI /W {MODULES} /H {MODULES} /IM true /D[1 0] /F /AHx ID\n{picture(text).hex()}>\nEI"


def _n(value: float) -> str:
    """A number for page content: two decimals are 3.5 thousandths of a millimetre."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
