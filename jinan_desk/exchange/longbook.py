"""Workbooks with very many rows: openpyxl makes the book with its styles, heads and pages, the rows are written in.

openpyxl takes some microseconds a cell, so that a million rows would take a minute. Here the cells of a row are worded
once and kept as long as they recur; what is left to do for a row is to number it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from jinan_desk.exchange.sheet import SheetWriter, cell_text
from jinan_desk.file import write_whole

ROWS_LIMIT = 1_000_000
"""Rows that one sheet is given; it could take 1,048,576."""

_ROW = "\x00"  # stands for the row's number in worded cells; no text can hold it
_END = b"</sheetData>"
_BATCH = 256
_LEVEL = 1  # the rows repeat so much that more effort makes them hardly smaller

_FIRST_DAY = date(1899, 12, 30)  # what a spreadsheet counts days from

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Cells:
    """How the columns of a sheet are dressed: numbers of styles in the workbook, one a column."""

    styles: tuple[int, ...]

    def word(self, values: Iterable[Value], *, first: int = 0) -> str:
        """The cells of a row from column `first` (counted from 0) on, for `LongBook`; amounts are in yuan."""
        return "".join(_cell(value, column, self.styles[column]) for column, value in enumerate(values, start=first))


def _cell(value: Value, column: int, style: int) -> str:
    start = f'<c r="{get_column_letter(column + 1)}{_ROW}" s="{style}"'
    if value is None or value == "":
        return start + "/>"
    if not isinstance(value, str):
        number = (value - _FIRST_DAY).days if isinstance(value, date) else value
        return f"{start}><v>{number}</v></c>"
    text = escape(cell_text(value))
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'{start} t="inlineStr"><is><t{space}>{text}</t></is></c>'


@dataclass(frozen=True, slots=True)
class MixedCells:
    """How the cells of a sheet are dressed whose columns hold this and that: a style for each kind of value."""

    text: int
    number: int
    amount: int
    day: int

    def word(self, values: Iterable[Value]) -> str:
        """The cells of a row; amounts are in yuan."""
        return "".join(_cell(value, column, self._style(value)) for column, value in enumerate(values))

    def _style(self, value: Value) -> int:
        if value is None or isinstance(value, str):
            return self.text
        if isinstance(value, Decimal):
            return self.amount
        return self.day if isinstance(value, date) else self.number


@dataclass(frozen=True, slots=True)
class BegunSheet:
    """A sheet that has its heads: its place in the workbook (from 1) and its first free row."""

    place: int
    first_row: int


@dataclass(frozen=True, slots=True)
class LongSheet(BegunSheet):
    """The same, and how the cells of its columns are dressed."""

    cells: Cells


@dataclass(frozen=True, slots=True)
class MixedSheet(BegunSheet):
    """The same, and how its cells are dressed, whatever their column."""

    cells: MixedCells


Rows = Iterable[tuple[Sequence[BegunSheet], Iterable[str]]]
"""Worded rows, each time with the sheets that they fill one after the other."""


def long_sheet(book: Workbook, sheet: SheetWriter, specimen: Sequence[Value], *, head_row: int) -> LongSheet:
    """The sheet last begun in the workbook, to take rows of values like the specimen below its heads."""
    return LongSheet(len(book.worksheets), head_row + 1, Cells(tuple(map(sheet.style, specimen))))


def mixed_sheet(book: Workbook, sheet: SheetWriter, *, head_row: int) -> MixedSheet:
    """The sheet last begun in the workbook, to take rows of any values below its heads."""
    cells = MixedCells(sheet.style(""), sheet.style(0), sheet.style(Decimal(0)), sheet.style(_FIRST_DAY))
    return MixedSheet(len(book.worksheets), head_row + 1, cells)


def write_long(path: Path, book: Workbook, rows: Rows) -> None:
    """Write the workbook with worded rows below the heads of its long sheets, one after the other.

    Rows that belong to several sheets fill one after the other. Raises DeskError where the file cannot be written;
    that, or anything that `rows` raises, leaves what was at the path.
    """
    skeleton = BytesIO()
    book.save(skeleton)
    write_whole(path, lambda fresh: _splice(fresh, skeleton, rows))


def write_in_memory(book: Workbook, rows: Rows) -> bytes:
    """The same as bytes. No row touches the disk: openpyxl keeps sheets in temporary files while it makes them, but it
    is only handed what `book` holds already."""
    skeleton, made = BytesIO(), BytesIO()
    book.save(skeleton)
    _splice(made, skeleton, rows)
    return made.getvalue()


def _splice(target: Path | BytesIO, skeleton: BytesIO, rows: Rows) -> None:
    with (
        zipfile.ZipFile(skeleton) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as made,
    ):
        long = set()
        for sheets, worded in rows:
            source = iter(worded)
            for sheet in sheets:
                part = f"xl/worksheets/sheet{sheet.place}.xml"
                long.add(part)
                before, end, after = given.read(part).partition(_END)
                with made.open(part, "w", force_zip64=True) as written:
                    written.write(before)
                    for batch in _numbered(islice(source, ROWS_LIMIT), sheet.first_row):
                        written.write(batch)
                    written.write(end + after)
        for part in given.namelist():
            if part not in long:
                made.writestr(part, given.read(part))


def _numbered(worded: Iterator[str], first: int) -> Iterator[bytes]:
    number = first
    while batch := list(islice(worded, _BATCH)):
        yield "".join(
            [
                f'<row r="{place}">{cells.replace(_ROW, str(place))}</row>'
                for place, cells in enumerate(batch, start=number)
            ]
        ).encode()
        number += len(batch)
