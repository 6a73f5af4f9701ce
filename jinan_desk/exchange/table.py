"""A readable sheet as a value: written to a workbook, and compared with what a workbook holds when it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from jinan_desk.core.revision import canonical, digest
from jinan_desk.core.text import N_, Sentence
from jinan_desk.exchange.cell import EXACT_DIGITS
from jinan_desk.exchange.longbook import MixedSheet, mixed_sheet
from jinan_desk.exchange.sheet import Column, SheetWriter, Value, clean

HEAD_ROW = 2

Grid = list[list[str]]
"""The cells of a sheet as texts, without empty ends."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose row it is: the case, and the row of its roster, counted from 1; 0 for the case itself."""

    case: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """A readable cell that says something else than the record it was made from; without a cell, a whole sheet.

    `fact` is what the cell shows and `owner` whose it is, None where it shows none, or where the head of the column or
    the cells that name the row were changed, too, so that nobody can tell.
    """

    sheet: str
    cell: str = ""
    was: str = ""
    now: str = ""
    owner: Owner | None = None
    fact: str = ""

    def sentence(self) -> Sentence:
        """Which cell, and what it said."""
        if not self.cell:
            return Sentence(N_("工作表“{sheet}”被改动过，改动未采用"), sheet=self.sheet)
        return Sentence(
            N_("工作表“{sheet}”的 {cell} 被改为“{now}”（原为“{was}”），未采用，请向对方核实"),
            sheet=self.sheet, cell=self.cell, was=self.was, now=self.now,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a title, heads and rows.

    Where its cells show facts, `facts` has their keys by column ("" for a column that names its row, or shows what is
    derived), `owners` the owner of each row, and `named_by` the columns by which people tell the rows apart.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: tuple[Sequence[Value], ...]
    facts: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    named_by: tuple[int, ...] = ()

    def write(self, book: Workbook) -> SheetWriter:
        """Add it to the workbook; answers the sheet, for lines below the table."""
        sheet = SheetWriter(book, self.name, self.columns, head_row=HEAD_ROW)
        sheet.title(self.title)
        sheet.heads()
        for row in self.rows:
            sheet.row(row)
        return sheet

    def begin(self, book: Workbook) -> MixedSheet:
        """Add it to the workbook without its rows, which are to be worded and written in."""
        sheet = SheetWriter(book, self.name, self.columns, head_row=HEAD_ROW)
        sheet.title(self.title)
        sheet.heads()
        return mixed_sheet(book, sheet, head_row=HEAD_ROW)

    def grid(self) -> Grid:
        """What a reader will find in its cells."""
        heads: Sequence[Value] = [column.head for column in self.columns]
        return grid([[self.title], heads, *self.rows])

    def differences(self, found: Grid) -> Iterator[Changed]:
        """Every cell that is another one now, row by row."""
        expected, nothing = self.grid(), list[str]()
        heads = found[HEAD_ROW - 1] if len(found) >= HEAD_ROW else nothing
        for number, (was, now) in enumerate(zip_longest(expected, found, fillvalue=nothing), 1):
            same_row = all(_at(was, column) == _at(now, column) for column in self.named_by)
            for place, (old, new) in enumerate(zip_longest(was, now, fillvalue="")):
                if old == new:
                    continue
                cell = f"{get_column_letter(place + 1)}{number}"
                fact = self.facts[place] if place < len(self.facts) else ""
                same_column = fact and _at(heads, place) == _at(expected[HEAD_ROW - 1], place)
                row = number - HEAD_ROW - 1
                if same_column and same_row and 0 <= row < len(self.owners):
                    yield Changed(self.name, cell, old, new, self.owners[row], fact)
                else:
                    yield Changed(self.name, cell, old, new)


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def grid(rows: Iterable[Sequence[Any]]) -> Grid:
    """The cells as texts, alike whether they come from a table or from a workbook."""
    texts = [_without_end([_plain(value) for value in row]) for row in rows]
    return _without_end(texts)


def _without_end(items: list[Any]) -> list[Any]:
    while items and not items[-1]:
        items.pop()
    return items


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value).replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return format(Decimal(format(value, f".{EXACT_DIGITS}g")).normalize(), "f")
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def grid_digest(cells: Grid) -> str:
    """What tells at once whether any cell has changed."""
    return digest(canonical(cells))
