"""The ledger (台账): one row a case, and totals by programme and by fund. For people: numbers of persons are masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import CLAIMS_NOTHING, STAGE_LABELS, Stage
from jinan_desk.exchange.sheet import Column, SheetWriter, Value, yuan
from jinan_desk.exchange.table import Table
from jinan_desk.file import write_whole
from jinan_desk.measures import find

LEDGER = N_("台账")
TOTALS = N_("汇总")

COLUMNS = (
    Column(N_("序号"), 6),
    Column(N_("编号"), 30),
    Column(N_("事项"), 24),
    Column(N_("申请人"), 30),
    Column(N_("证件号码"), 21),
    Column(N_("区县"), 9),
    Column(N_("申请日期"), 12),
    Column(N_("收件日期"), 12),
    Column(N_("办结期限"), 12),
    Column(N_("环节"), 10),
    Column(N_("进入环节日期"), 13),
    Column(N_("认定结果"), 9),
    Column(N_("金额（元）"), 15),
    Column(N_("资金来源"), 18),
    Column(N_("经办人"), 10),
)
_TOTAL_COLUMNS = (
    Column("", 34),
    Column(N_("件数"), 10),
    Column(N_("符合件数"), 10),
    Column(N_("符合金额（元）"), 18),
    Column(N_("已拨付金额（元）"), 18),
)
PAID = frozenset({Stage.PAID, Stage.ARCHIVED})
"""Stages in which what was granted has been paid."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the ledger shows it. `amount` is in fen; days are ISO texts, "" where there is none."""

    number: str
    programme: str
    applicant: str
    identity: str
    district: str
    on: str
    received_on: str
    due_on: str
    stage: str
    stage_since: str
    outcome: str
    amount: int | None
    handler: str


def title_of(programme: str) -> str:
    """`06A 稳岗返还`; the code alone where this version does not know the programme."""
    pair = find(programme)
    return f"{programme} {pair[1].name}" if pair else programme


def fund_of(programme: str) -> str:
    """The fund that the programme is paid from, "" where none is."""
    pair = find(programme)
    return pair[1].fund if pair else ""


def cells(number: int, line: Line) -> list[Value]:
    """The row of a case, in the order of COLUMNS."""
    return [
        number,
        line.number,
        title_of(line.programme),
        line.applicant,
        masked(line.identity),
        DISTRICTS[line.district].name if line.district in DISTRICTS else line.district,
        _day(line.on),
        _day(line.received_on),
        _day(line.due_on),
        STAGE_LABELS[Stage(line.stage)],
        _day(line.stage_since),
        OUTCOME_LABELS[Outcome(line.outcome)] if line.outcome in list(Outcome) else line.outcome,
        yuan(line.amount),
        fund_of(line.programme),
        line.handler,
    ]


def _day(text: str) -> date | None:
    return parse_date(text)


def ledger_table(lines: Iterable[Line], *, title: str) -> Table:
    """The ledger as a table."""
    return Table(LEDGER, title, COLUMNS, tuple(cells(number, line) for number, line in enumerate(lines, 1)))


def write_ledger(path: Path, lines: Sequence[Line], *, title: str) -> None:
    """A workbook of the ledger and its totals. Raises DeskError where the file cannot be written."""

    def write(fresh: Path) -> None:
        book = Workbook(write_only=True)
        ledger_table(lines, title=title).write(book)
        _write_totals(book, lines, title)
        book.save(fresh)

    write_whole(path, write)


def _write_totals(book: Workbook, lines: Sequence[Line], title: str) -> None:
    totals = SheetWriter(book, TOTALS, _TOTAL_COLUMNS, landscape=False)
    totals.title(title)
    for heading, name_of in ((N_("按事项"), title_of), (N_("按资金来源"), fund_of)):
        totals.line("")
        totals.line(heading)
        totals.heads()
        groups: dict[str, list[Line]] = {}
        for line in lines:
            groups.setdefault(name_of(line.programme), []).append(line)
        for name in sorted(groups):
            totals.row(_total(name or N_("无资金"), groups[name]))
        totals.row(_total(N_("合计"), lines), bold=True)


def _total(name: str, lines: Sequence[Line]) -> list[Value]:
    good = [line for line in lines if line.outcome == Outcome.ELIGIBLE and Stage(line.stage) not in CLAIMS_NOTHING]
    paid = [line for line in good if Stage(line.stage) in PAID]
    return [name, len(lines), len(good), _sum(good), _sum(paid)]


def _sum(lines: Iterable[Line]) -> Value:
    return yuan(sum(line.amount or 0 for line in lines))
