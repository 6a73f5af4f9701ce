"""The month's ledger of service records (月台账): one row a record, and counts by programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.core.dates import Month
from jinan_desk.core.record import Event
from jinan_desk.core.text import N_, Sentence
from jinan_desk.exchange.ledger import TOTALS, title_of
from jinan_desk.exchange.sheet import Column, Value
from jinan_desk.exchange.table import Table
from jinan_desk.file import write_whole

RECORDS = N_("服务记录")

_COLUMNS = (
    Column(N_("序号"), 6),
    Column(N_("事项"), 26),
    Column(N_("服务对象"), 28),
    Column(N_("登记日期"), 12),
    Column(N_("经办人"), 10),
    Column(N_("内容"), 50),
    Column(N_("本月跟进"), 50),
    Column(N_("办结日期"), 12),
    Column(N_("办理结果"), 30),
)
_COUNT_COLUMNS = (
    Column(N_("事项"), 34),
    Column(N_("记录"), 10),
    Column(N_("本月登记"), 10),
    Column(N_("本月跟进次数"), 14),
    Column(N_("本月办结"), 10),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the ledger shows it; `follow_ups` are those of the month."""

    programme: str
    applicant: str
    opened_on: date
    handler: str
    content: tuple[Sentence, ...]
    follow_ups: tuple[Event, ...]
    closing: Event | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a programme are in the ledger, and how many of them were opened, followed up and closed."""

    programme: str
    records: int
    opened: int
    follow_ups: int
    closed: int

    def numbers(self) -> tuple[int, int, int, int]:
        return self.records, self.opened, self.follow_ups, self.closed


def write_month_ledger(
    path: Path, entries: Iterable[Entry], counts: Sequence[Counted], *, month: Month, office: str
) -> None:
    """A workbook of the records and their counts. Raises DeskError where the file cannot be written."""
    title = Sentence(N_("{office} {month} 就业服务记录台账"), office=office, month=month).read()
    rows = tuple(_cells(number, entry) for number, entry in enumerate(entries, 1))
    sums = [sum(column) for column in zip(*(counted.numbers() for counted in counts), strict=True)]
    totals = (*((title_of(counted.programme), *counted.numbers()) for counted in counts), (N_("合计"), *sums))
    book = Workbook(write_only=True)
    Table(RECORDS, title, _COLUMNS, rows).write(book)
    Table(TOTALS, title, _COUNT_COLUMNS, totals).write(book)
    write_whole(path, book.save)


def _cells(number: int, entry: Entry) -> list[Value]:
    closing = entry.closing
    return [
        number,
        title_of(entry.programme),
        entry.applicant,
        entry.opened_on,
        entry.handler,
        "\n".join(sentence.read() for sentence in entry.content),
        "\n".join(f"{event.on} {event.what}（{event.by}）" for event in entry.follow_ups),
        None if closing is None else closing.on,
        "" if closing is None else closing.what,
    ]
