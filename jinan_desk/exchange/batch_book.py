"""What came of an action over many cases, as a workbook: a case a row. For the desk; it names applicants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.core.text import N_, Translate
from jinan_desk.exchange.ledger import title_of
from jinan_desk.exchange.sheet import Column
from jinan_desk.exchange.table import Table
from jinan_desk.file import write_whole

_NAME = N_("批量办理结果")
_COLUMNS = (
    (N_("编号"), 30), (N_("事项"), 24), (N_("申请人"), 30), (N_("阶段"), 12), (N_("结果"), 60),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One case: its number, its programme's code, who applied, where it stands now, and what came of it in words."""

    number: str
    programme: str
    applicant: str
    stage: str
    told: str


def write_batch_book(path: Path, title: str, lines: Sequence[Line], translate: Translate) -> None:
    """Write the lines. Raises DeskError where the file cannot be written."""
    columns = [Column(translate(head), width) for head, width in _COLUMNS]
    rows = tuple((line.number, title_of(line.programme), *astuple(line)[2:]) for line in lines)

    def write(fresh: Path) -> None:
        book = Workbook(write_only=True)
        Table(translate(_NAME), title, columns, rows).write(book)
        book.save(fresh)

    write_whole(path, write)
