"""The access log as a workbook: a line a row, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.core.text import N_, Translate
from jinan_desk.exchange.sheet import Column
from jinan_desk.exchange.table import Table
from jinan_desk.file import write_whole

_TITLE = N_("访问记录")
_COLUMNS = ((N_("时间"), 22), (N_("登录账号"), 14), (N_("操作"), 22), (N_("对象"), 44))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log in words: when, who, what, of what."""

    at: str
    account: str
    action: str
    subject: str


def write_access_book(path: Path, lines: Sequence[Line], translate: Translate) -> None:
    """Write the lines. Raises DeskError where the file cannot be written."""
    columns = [Column(translate(head), width) for head, width in _COLUMNS]
    title = translate(_TITLE)

    def write(fresh: Path) -> None:
        book = Workbook(write_only=True)
        Table(title, title, columns, tuple(map(astuple, lines))).write(book)
        book.save(fresh)

    write_whole(path, write)
