"""Documents to an editable workbook: the same cells on a lattice of columns, merged, ruled, ready to print on A4.

Every cell is text (format `@`), so that 18 digits stay 18 digits and a leading `=` stays a sign. What belongs to pages
(page sums, repeated heads) is left to the program that prints the sheet.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jinan_desk.documents.band import LANDSCAPE, MM, Band, Cell, Document, Listing
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.output import write_whole
from jinan_desk.documents.paging import TOTAL, Sum, pages

FACES = {Style.TITLE: "宋体", Style.LETTER: "仿宋", Style.TABLE: "宋体", Style.HEADING: "黑体"}
"""Names that WPS and Excel know; programs without them take what they have."""
_COLUMN_UNIT = 5.6
"""Points of one unit of column width: a digit of the standard font, as Excel and LibreOffice print it."""
_MOST_HEIGHT = 409.0
"""Points: higher rows are not allowed."""
_CLOSE = 0.5
"""Edges nearer than so many points are one column border."""


def write_xlsx(documents: Iterable[Document], path: Path, fonts: Fonts) -> int:  # noqa: ARG001  (as `write_pdf`)
    """Write each document as a sheet of a workbook; the number of pages that they take as PDF.

    The file is put in its place when it is finished.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    count = 0
    for document in documents:
        if not count:
            workbook.properties.title, workbook.properties.creator = document.title, document.author
            workbook.properties.language = "zh-CN"
        sheet = workbook.create_sheet(_sheet_name(document.title))  # openpyxl numbers names that recur
        lattice = _lattice(document)
        for index, (left, right) in enumerate(pairwise(lattice), start=1):
            sheet.column_dimensions[get_column_letter(index)].width = (right - left) / _COLUMN_UNIT
        writer = _Writer(sheet, lattice)
        for part in document.parts:
            if isinstance(part, Band):
                writer.put(part)
            else:
                writer.put_listing(part)
        _set_page(sheet, document, writer.row, len(lattice) - 1)
        count += sum(1 for _ in pages(document))
    write_whole(path, workbook.save)
    return count


class _Writer:
    """Rows being written; `row` is the last one."""

    __slots__ = ("_lattice", "_sheet", "row")

    def __init__(self, sheet: Worksheet, lattice: list[float]) -> None:
        self._sheet = sheet
        self._lattice = lattice
        self.row = 0

    def put(self, band: Band) -> None:
        """One band: as many rows as it has."""
        for number, height in enumerate(band.heights, start=self.row + 1):
            self._sheet.row_dimensions[number].height = min(height, _MOST_HEIGHT)
        for cell in band.cells:
            self._cell(cell, ruled=band.ruled)
        self.row += len(band.heights)

    def put_listing(self, listing: Listing) -> None:
        """A table: its head, which repeats on each printed page, its rows, its total."""
        self.put(listing.head)
        if self._sheet.print_title_rows is None:
            self._sheet.print_title_rows = f"{self.row}:{self.row}"
        total, empty = Sum(), True
        for band, amounts in listing.rows():
            self.put(band)
            total.add(amounts)
            empty = False
        if listing.sums is not None and not empty:
            self.put(listing.sums.band(TOTAL, total.amounts))

    def _cell(self, cell: Cell, *, ruled: bool) -> None:
        first, last = _place(self._lattice, cell.x), _place(self._lattice, cell.x + cell.width)
        top, bottom = self.row + 1 + cell.row, self.row + cell.row + cell.down
        if last > first + 1 or bottom > top:
            self._sheet.merge_cells(start_row=top, end_row=bottom, start_column=first + 1, end_column=last)
        text = "\n".join((*_paragraphs(cell), *(line.text + "　" for line in cell.foot)))
        anchor = self._sheet.cell(top, first + 1)
        anchor.value = text
        anchor.data_type = "s"  # openpyxl takes what starts with = for a formula
        anchor.number_format = "@"
        anchor.font = Font(
            name=FACES[cell.type.style], size=round(cell.type.size, 1), bold=cell.type.style is Style.TITLE
        )
        anchor.alignment = Alignment(
            horizontal="right" if cell.foot and not cell.text else cell.align,
            vertical="bottom" if cell.foot and not cell.text else {"middle": "center"}.get(cell.valign, cell.valign),
            wrap_text=True,
        )
        if ruled:
            for row in range(top, bottom + 1):
                for column in range(first + 1, last + 1):
                    self._sheet.cell(row, column).border = _BORDER


_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _paragraphs(cell: Cell) -> Iterator[str]:
    """The cell's text as it stands on paper, unbroken; its first lines indented."""
    indent = "　" * int(cell.indent)
    paragraph = ""
    for line in cell.lines:
        paragraph += line.text
        if line.last:
            yield indent + paragraph if paragraph else ""
            paragraph = ""


def _lattice(document: Document) -> list[float]:
    """All vertical edges of all cells, those that nearly coincide once."""
    edges = {0.0, document.paper.area_width}
    for part in document.parts:
        for cell in (part if isinstance(part, Band) else part.head).cells:
            edges.update((cell.x, cell.x + cell.width))
    lattice: list[float] = []
    for edge in sorted(edges):
        if not lattice or edge - lattice[-1] > _CLOSE:
            lattice.append(edge)
    return lattice


def _place(lattice: list[float], edge: float) -> int:
    return min(range(len(lattice)), key=lambda index: abs(lattice[index] - edge))


def _set_page(sheet: Worksheet, document: Document, rows: int, columns: int) -> None:
    """A4 with the margins of the paper, one page wide, page number and check code in the foot."""
    paper = document.paper
    setup = sheet.page_setup
    setup.paperSize = 9  # A4
    setup.orientation = "landscape" if paper is LANDSCAPE else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.top = paper.left / 72, paper.top / 72
    margins.right = (paper.width - paper.left - paper.area_width) / 72
    margins.bottom = (paper.height - paper.top - paper.area_height) / 72
    margins.footer = 18 * MM / 72
    foot = sheet.oddFooter
    assert foot is not None
    foot.left.text = f"校验码 {document.check_code}"
    foot.right.text = "— &P —"
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"


def _sheet_name(title: str) -> str:
    """Without the characters that a sheet's name must not have, and not longer than it may be."""
    return "".join(c for c in title if c not in "[]:*?/\\")[:31] or "表"
