"""Writing sheets: text that stays text, amounts exact to the fen, heads that stay in sight, pages that print well.

Works on openpyxl's streaming workbooks, so that a year's cases take no more memory than a day's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

Value = str | int | Decimal | date | None
"""What a cell may be given: text, a whole number, an amount in yuan, a day, or nothing."""

LONGEST_TEXT = 32_000
"""Characters; a cell ends at 32,767, silently."""

_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BAD_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_THIN = Side(style="thin", color="9AA5B1")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD_FILL = PatternFill("solid", fgColor="E8EEF4")
_HEAD_FONT = Font(name="微软雅黑", size=10, bold=True)
_FONT = Font(name="微软雅黑", size=10)
_TITLE_FONT = Font(name="微软雅黑", size=15, bold=True)
_MIDDLE = Alignment(vertical="center", wrap_text=True)
_UNWRAPPED = Alignment(vertical="center")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")

_A4 = 9
_MONEY_FORMAT = "#,##0.00"
_DAY_FORMAT = "yyyy-mm-dd"
_TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head and its width in characters of the standard font."""

    head: str
    width: float = 14


def yuan(fen: int | None) -> Decimal | None:
    """An amount of fen as the exact number of yuan that a cell takes."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def clean(text: str) -> str:
    """The text as a cell can hold it: no characters that XML forbids, and not longer than a cell."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def cell_text(text: str) -> str:
    """The text as it is written: clean, and so that a reader takes none of it for an escaped character."""
    return _ESCAPE_LIKE.sub("_x005F_", clean(text))


def sheet_name(text: str) -> str:
    """The text as a sheet can be named."""
    return _BAD_IN_NAMES.sub(" ", text)[:31].strip()


def set_page(sheet: Any, *, head_row: int = 0, landscape: bool = True) -> None:
    """A4, as wide as one page; the head, if there is one, is repeated on paper and kept in sight."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if head_row:
        sheet.print_title_rows = f"{head_row}:{head_row}"
        sheet.freeze_panes = f"A{head_row + 1}"


class SheetWriter:
    """One sheet of a streaming workbook. Rows are written once, from the top; `head_row` is where the heads will be."""

    def __init__(
        self,
        book: Workbook,
        name: str,
        columns: Sequence[Column],
        *,
        head_row: int = 0,
        landscape: bool = True,
        hidden: bool = False,
    ) -> None:
        self._columns = columns
        self._sheet = book.create_sheet(name)
        set_page(self._sheet, head_row=head_row, landscape=landscape)
        if hidden:
            self._sheet.sheet_state = "hidden"
        for number, column in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width

    def filter(self, *, head_row: int, rows: int) -> None:
        """Let the reader choose among the `rows` below the head."""
        self._sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(len(self._columns))}{head_row + rows}"

    def style(self, value: Value) -> int:
        """The number under which the workbook keeps how a cell of the table with such a value is dressed."""
        return int(self._cell(value).style_id)

    def title(self, text: str) -> None:
        """A line in large letters, reaching over as many columns as it needs."""
        cell = self._cell(text, font=_TITLE_FONT, grid=False)
        cell.alignment = _UNWRAPPED
        self._sheet.append([cell])

    def line(self, *values: Value) -> None:
        """A line without a grid: notes, labels and what they say."""
        self._sheet.append([self._cell(value, grid=False) for value in values])

    def heads(self) -> None:
        """The heads of the columns."""
        self._sheet.append([self._cell(column.head, font=_HEAD_FONT, fill=True) for column in self._columns])

    def row(self, values: Iterable[Value], *, bold: bool = False) -> None:
        """A row of the table."""
        self._sheet.append([self._cell(value, font=_HEAD_FONT if bold else _FONT) for value in values])

    def _cell(self, value: Value, *, font: Font = _FONT, fill: bool = False, grid: bool = True) -> Any:
        if isinstance(value, str):
            cell = WriteOnlyCell(self._sheet, cell_text(value))
            cell.data_type = "s"  # after setting it: openpyxl takes a leading = for a formula
            cell.number_format = _TEXT_FORMAT
        else:
            cell = WriteOnlyCell(self._sheet)
            cell.value = value
        cell.alignment = _CENTRE if fill else _MIDDLE
        if isinstance(value, Decimal):
            cell.number_format, cell.alignment = _MONEY_FORMAT, _RIGHT
        elif isinstance(value, date):
            cell.number_format, cell.alignment = _DAY_FORMAT, _CENTRE
        cell.font = font
        if grid:
            cell.border = GRID
        if fill:
            cell.fill = HEAD_FILL
        return cell
