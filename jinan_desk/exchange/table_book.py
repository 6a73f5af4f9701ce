"""A workbook of one table or several, with what is to be known about it below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.exchange.table import Table
from jinan_desk.file import write_whole


def write_table_book(path: Path, tables: Sequence[Table], notes: Sequence[str] = ()) -> None:
    """Write a sheet a table; the notes stand below the first. Raises DeskError where the file cannot be written."""

    def write(fresh: Path) -> None:
        book = Workbook(write_only=True)
        for table in tables:
            sheet = table.write(book)
            for note in notes if table is tables[0] else ():
                sheet.line(note)
        book.save(fresh)

    write_whole(path, write)
