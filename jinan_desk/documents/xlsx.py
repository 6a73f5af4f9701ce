"""Documents to an editable workbook: the same cells on a lattice of columns, merged, ruled, ready to print on A4.

Every cell is text (format `@`), so that 18 digits stay 18 digits and a leading `=` stays a sign. The sheet breaks
where the PDF does; the sums of its pages are left out.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jinan_desk.documents.band import LANDSCAPE, MM, PADDING, Band, Cell, Document, Listing
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.paging import pages
from jinan_desk.documents.pdf import SEAM
from jinan_desk.file import write_whole

FACES = {Style.TITLE: "宋体", Style.LETTER: "仿宋", Style.TABLE: "宋体", Style.HEADING: "黑体"}
"""Names that WPS and Excel know; programs without them take what they have."""
_COLUMN_UNIT = 6.0
"""Points of one unit of column width: a digit of the standard font, 宋体 11."""
_MOST_HEIGHT = 400.0
"""Points: a sheet allows no row higher than 409."""
_CLOSE = 0.5
"""Edges nearer than so many points are one column border."""


def write_xlsx(documents: Iterable[Document], path: Path, fonts: Fonts) -> int:  # noqa: ARG001  (as `write_pdf`)
    """Write each document as a sheet of a workbook; the number of pages that they take.

    The file is put in its place when it is finished.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    fonts_in_use: IndexedList[Font] = vars(workbook)["_fonts"]  # openpyxl has no other way to the standard font
    fonts_in_use[0] = Font(name="宋体", size=11)
    count = 0
    for document in documents:
        if not count:
            workbook.properties.title, workbook.properties.creator = document.title, document.author
            workbook.properties.language = "zh-CN"
        sheet = workbook.create_sheet(_sheet_name(document.title))  # openpyxl numbers names that recur
        count += _fill(sheet, document)
    write_whole(path, workbook.save)
    return count


def _fill(sheet: Worksheet, document: Document) -> int:
    """Write a document into a sheet; the number of pages.

    A table's head is repeated by the sheet where there is only one table, else it is written again, since a sheet would
    repeat it on all pages that follow.
    """
    lattice = _lattice(document)
    for index, (left, right) in enumerate(pairwise(lattice), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = (right - left) / _COLUMN_UNIT
    writer = _Writer(sheet, lattice)
    heads = [part.head for part in document.parts if isinstance(part, Listing)]
    number = 0
    for page in pages(document):
        number = page.number
        if number > 1:
            sheet.row_breaks.append(Break(writer.row))
        for placed in page.bands:
            is_head = any(placed.band is head for head in heads)
            if placed.added and (len(heads) == 1 or not is_head):
                continue
            writer.put(placed.band)
            if is_head and len(heads) == 1:
                sheet.print_title_rows = f"{writer.row}:{writer.row}"
    _set_page(sheet, document, writer)
    if document.seam and number > 1:
        assert sheet.oddHeader is not None
        sheet.oddHeader.right.text = f"{SEAM}处"
    return number


class _Writer:
    """Rows being written; `row` is the last one, `columns` how many columns the lattice has.

    A row of a band is one row of the sheet, or several: what is signed stands in a row of its own, since a cell has
    only one alignment, and no row is higher than a sheet allows.
    """

    __slots__ = ("_lattice", "_sheet", "columns", "row")

    def __init__(self, sheet: Worksheet, lattice: list[float]) -> None:
        self._sheet = sheet
        self._lattice = lattice
        self.columns = len(lattice) - 1
        self.row = 0

    def put(self, band: Band) -> None:
        """One band."""
        starts = [self.row + 1]
        for index, height in enumerate(band.heights):
            foot = max((_foot_height(c) for c in band.cells if c.row + c.down == index + 1), default=0.0)
            for part in (height - foot, foot):
                for _ in range(math.ceil(part / _MOST_HEIGHT)):
                    self.row += 1
                    self._sheet.row_dimensions[self.row].height = part / math.ceil(part / _MOST_HEIGHT)
            starts.append(self.row + 1)
        for cell in band.cells:
            self._cell(cell, starts[cell.row], starts[cell.row + cell.down] - 1, ruled=band.ruled)

    def _cell(self, cell: Cell, top: int, bottom: int, *, ruled: bool) -> None:
        """The cell from row `top` to row `bottom` of the sheet."""
        text = "\n".join(line.text.rstrip() for line in cell.lines) if cell.label else "\n".join(_paragraphs(cell))
        if not cell.foot:
            self._area(cell, text, (top, bottom), _alignment(cell), _border(above=True, below=True) if ruled else None)
            return
        signed = "\n".join(line.text + "　" for line in cell.foot)
        above, below = (_border(above=True), _border(below=True)) if ruled else (None, None)
        self._area(cell, text, (top, bottom - 1), _alignment(cell), above)
        self._area(cell, signed, (bottom, bottom), Alignment("right", "bottom", wrap_text=True), below)

    def _area(self, cell: Cell, text: str, rows: tuple[int, int], alignment: Alignment, border: Border | None) -> None:
        """One cell of the sheet, merged over the rows and the columns that the cell's edges span."""
        top, bottom = rows
        first, last = _place(self._lattice, cell.x) + 1, _place(self._lattice, cell.x + cell.width)
        if last > first or bottom > top:
            # Not `merge_cells`, which looks through all that were merged before: a roster of 10,000 took minutes.
            merged = CellRange(min_row=top, max_row=bottom, min_col=first, max_col=last)
            self._sheet.merged_cells.ranges.add(merged)
        anchor = self._sheet.cell(top, first)
        anchor.value = text
        anchor.data_type = "s"  # openpyxl takes what starts with = for a formula
        anchor.number_format = "@"
        bold = cell.type.style is Style.TITLE
        anchor.font = Font(name=FACES[cell.type.style], size=round(cell.type.size, 1), bold=bold)
        anchor.alignment = alignment
        if border is not None:
            for row in range(top, bottom + 1):
                for column in range(first, last + 1):
                    self._sheet.cell(row, column).border = border


def _foot_height(cell: Cell) -> float:
    """The height of the lines that a cell is signed in, in points."""
    return len(cell.foot) * cell.type.leading + (PADDING if cell.foot else 0.0)


def _alignment(cell: Cell) -> Alignment:
    vertical = {"middle": "center"}.get(cell.valign, cell.valign)
    if len(cell.lines) > 1 and not cell.label and cell.type.leading > 1.5 * cell.type.size:
        vertical = "distributed"  # lines apart, as on paper
    return Alignment(cell.align, vertical, wrap_text=True)


_THIN = Side(style="thin")


def _border(*, above: bool = False, below: bool = False) -> Border:
    return Border(left=_THIN, right=_THIN, top=_THIN if above else None, bottom=_THIN if below else None)


def _paragraphs(cell: Cell) -> Iterator[str]:
    """The cell's text as it stands on paper, unbroken; its first lines indented."""
    indent = "" if cell.continued else "　" * int(cell.indent)
    paragraph = ""
    for line in cell.lines:
        paragraph += line.text
        if line.last:
            yield indent + paragraph if paragraph else ""
            paragraph, indent = "", "　" * int(cell.indent)
    if paragraph:  # torn, and going on on the next page
        yield indent + paragraph


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


def _set_page(sheet: Worksheet, document: Document, writer: _Writer) -> None:
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
    sheet.print_area = f"A1:{get_column_letter(writer.columns)}{writer.row}"


def _sheet_name(title: str) -> str:
    """Without the characters that a sheet's name must not have, and not longer than it may be."""
    return "".join(c for c in title if c not in "[]:*?/\\")[:31] or "表"
