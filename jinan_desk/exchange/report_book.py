"""A report as a workbook: a sheet a breakdown, its sum in bold in the last row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.exchange.sheet import Column, SheetWriter, sheet_name, yuan
from jinan_desk.exchange.table import HEAD_ROW
from jinan_desk.file import write_whole

_WIDTHS = (36, 10, 12, 20, 20)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One breakdown: its heads and its rows of name, cases, cases that hold, and two amounts (fen)."""

    name: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, int, int, int, int]]


def write_report_book(path: Path, title: str, sheets: Sequence[Sheet]) -> None:
    """Write the sheets. Raises DeskError where the file cannot be written."""

    def write(fresh: Path) -> None:
        book = Workbook(write_only=True)
        for sheet in sheets:
            columns = [Column(head, width) for head, width in zip(sheet.heads, _WIDTHS, strict=True)]
            writer = SheetWriter(book, sheet_name(sheet.name), columns, head_row=HEAD_ROW, landscape=False)
            writer.title(title)
            writer.heads()
            for number, (name, cases, eligible, amount, paid) in enumerate(sheet.rows, start=1):
                values = (name, cases, eligible, yuan(amount), yuan(paid))
                writer.row(values, bold=number == len(sheet.rows))
        book.save(fresh)

    write_whole(path, write)
