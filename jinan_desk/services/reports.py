"""Reports (报表): cases and money by programme, stage, month, district and fund, for a period.

A case belongs to the day on which it was received or, where it never was, to the day that it asks for. Money is what
was found due (符合) and what was paid; sums count only programmes that are paid from a fund, so that relief and loans
are not added to what is spent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from jinan_desk.core.determination import Outcome
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.measure import Route
from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.core.workflow import CLAIMS_NOTHING, ORDER, STAGE_LABELS, Stage
from jinan_desk.documents.bars import Bars, Ink, Series
from jinan_desk.errors import DeskError
from jinan_desk.exchange.ledger import PAID, fund_of
from jinan_desk.exchange.report_book import Sheet, write_report_book
from jinan_desk.file import placing
from jinan_desk.measures import find
from jinan_desk.services.access import Action, Note, unnoted
from jinan_desk.services.office import Office
from jinan_desk.store import Store, Tally

_MONTHS_DRAWN, _LINES_DRAWN = 12, 14
_FONT = "hei"
_PAPER = Ink("#000000", "#333333", "#999999", "#ffffff", ("#2f4b66", "#9db4c8"), width=440.0, height=310.0)
"""What stands out in black and white, too."""
_FEN_IN_TEN_THOUSAND_YUAN = 1_000_000


class By(StrEnum):
    """What a breakdown tells apart."""

    PROGRAMME = "programme"
    STAGE = "stage"
    MONTH = "month"
    DISTRICT = "district"
    FUND = "fund"


BY_LABELS = {
    By.PROGRAMME: N_("按事项"),
    By.STAGE: N_("按阶段"),
    By.MONTH: N_("按月份"),
    By.DISTRICT: N_("按区县"),
    By.FUND: N_("按资金来源"),
}

class Drawn(StrEnum):
    """What a chart shows."""

    CASES = "cases"
    MONEY = "money"


_TITLES = {Drawn.CASES: N_("件数（{by}）"), Drawn.MONEY: N_("金额，万元（{by}）")}

HEADS = (N_("件数"), N_("符合件数"), N_("符合金额（元）"), N_("已拨付金额（元）"))
"""The columns of a breakdown, after the name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown: cases, those of them that hold, what they come to and what of it was paid (fen)."""

    label: Sentence
    cases: int
    eligible: int
    amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The lines that one thing tells apart, and their sum."""

    by: By
    lines: tuple[Line, ...]
    total: Line


@dataclass(frozen=True, slots=True)
class Report:
    """The breakdowns of a period; a bound that is None does not bind."""

    first: date | None
    last: date | None
    breakdowns: tuple[Breakdown, ...]

    def breakdown(self, by: By) -> Breakdown:
        return next(one for one in self.breakdowns if one.by is by)


class Reports:
    """The reports of one office. `font_file` names the file of a shipped font, for charts; `note` takes down who has
    one written."""

    def __init__(
        self,
        store: Store,
        office: Office,
        font_file: Callable[[str], Path],
        note: Note = unnoted,
    ) -> None:
        self._note = note
        self._store = store
        self._office = office
        self._font_file = font_file

    def report(self, first: date | None = None, last: date | None = None) -> Report:
        """The report of a period, both days counted. Raises DeskError where it ends before it begins."""
        if first is not None and last is not None and last < first:
            raise DeskError(Sentence(N_("结束早于开始，请核对起止时间")))
        tallies = self._store.tally(_day(first), _day(last))
        return Report(first, last, tuple(_breakdown(by, tallies) for by in By))

    def write(self, report: Report, path: Path, translate: Translate) -> None:
        """Write a workbook with a sheet a breakdown. Raises DeskError where the file cannot be written."""
        sheets = [
            Sheet(
                translate(BY_LABELS[one.by]),
                [translate(BY_LABELS[one.by]), *map(translate, HEADS)],
                [_cells(line, translate) for line in (*one.lines, one.total)],
            )
            for one in report.breakdowns
        ]
        with placing(path) as fresh:
            write_report_book(fresh, self._title(report, translate), sheets)
            self._note(Action.LEDGER, period_of(report).read())

    def warm_up(self) -> None:
        """Bring in now what drawing takes, so that nobody waits for it. Touches no store; any thread may."""
        from jinan_desk.documents.chart import prepare

        prepare(self._font_file(_FONT))

    def draw(self, report: Report, what: Drawn, by: By, *, path: Path, ink: Ink, translate: Translate) -> None:
        """Draw cases or money of a breakdown as a page of PDF."""
        from jinan_desk.documents.chart import write_bars

        write_bars(path, _bars(report, what, by, translate), ink, self._font_file(_FONT))

    def write_charts(self, report: Report, path: Path, translate: Translate) -> int:
        """Write both charts of every breakdown, a page of A4 each, and answer how many. Raises DeskError where the file
        cannot be written."""
        from jinan_desk.documents.chart import write_chart_book

        pages = [[_bars(report, what, by, translate) for what in Drawn] for by in By]
        title = self._title(report, translate)
        with placing(path) as fresh:
            write_chart_book(fresh, title, pages, ink=_PAPER, font=self._font_file(_FONT))
            self._note(Action.LEDGER, period_of(report).read())
        return len(pages)

    def _title(self, report: Report, translate: Translate) -> str:
        words = N_("{office} 稳就业政策措施办理统计（{period}）")
        return Sentence(words, office=self._office.name, period=period_of(report)).read(translate)


def _bars(report: Report, what: Drawn, by: By, translate: Translate) -> Bars:
    """Months side by side, the latest of them; everything else one below the other, the greatest where there are
    many."""
    lines = report.breakdown(by).lines
    if by is By.MONTH:
        shown = list(lines[-_MONTHS_DRAWN:])
    else:
        most = sorted(lines, key=lambda line: line.cases if what is Drawn.CASES else line.amount, reverse=True)
        shown = [line for line in lines if line in most[:_LINES_DRAWN]]
    return Bars(
        Sentence(_TITLES[what], by=Sentence(BY_LABELS[by])).read(translate),
        [line.label.read(translate) for line in shown],
        _series(what, shown, translate),
        lying=by is not By.MONTH,
        decimals=2 if what is Drawn.MONEY else 0,
    )


def _series(what: Drawn, lines: Sequence[Line], translate: Translate) -> list[Series]:
    if what is Drawn.CASES:
        return [Series("", [line.cases for line in lines])]
    return [
        Series(translate(N_("符合")), [line.amount / _FEN_IN_TEN_THOUSAND_YUAN for line in lines]),
        Series(translate(N_("已拨付")), [line.paid / _FEN_IN_TEN_THOUSAND_YUAN for line in lines]),
    ]


def period_of(report: Report) -> Sentence:
    """The period in words."""
    if report.first is None and report.last is None:
        return Sentence(N_("全部时间"))
    if report.first is None:
        return Sentence(N_("{last}以前"), last=report.last)
    if report.last is None:
        return Sentence(N_("{first}以后"), first=report.first)
    return Sentence(N_("{first}至{last}"), first=report.first, last=report.last)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _cells(line: Line, translate: Translate) -> tuple[str, int, int, int, int]:
    return line.label.read(translate), line.cases, line.eligible, line.amount, line.paid


def _breakdown(by: By, tallies: Sequence[Tally]) -> Breakdown:
    groups: dict[str, list[Tally]] = {}
    for one in tallies:
        groups.setdefault(_KEYS[by](one), []).append(one)
    keys = sorted(groups, key=lambda key: _order(by, key))
    lines = [_line(_label(by, key), groups[key], every=by is By.PROGRAMME) for key in keys]
    return Breakdown(by, tuple(lines), _line(Sentence(N_("合计（金额只计有资金来源的事项）")), tallies))


def _line(label: Sentence, tallies: Iterable[Tally], *, every: bool = False) -> Line:
    """`every`: money counts whatever it is, not only where it comes from a fund."""
    cases = eligible = amount = paid = 0
    for one in tallies:
        cases += one.count
        if one.outcome != Outcome.ELIGIBLE or Stage(one.stage) in CLAIMS_NOTHING or _is_record(one.programme):
            continue
        eligible += one.count
        if every or fund_of(one.programme):
            amount += one.amount
            paid += one.amount if Stage(one.stage) in PAID else 0
    return Line(label, cases, eligible, amount, paid)


def _is_record(programme: str) -> bool:
    """Whether the programme's cases are records of a service, about which nothing is decided."""
    pair = find(programme)
    return pair is not None and pair[1].route is Route.SERVE


_KEYS: dict[By, Callable[[Tally], str]] = {
    By.PROGRAMME: lambda one: one.programme,
    By.STAGE: lambda one: one.stage,
    By.MONTH: lambda one: one.month,
    By.DISTRICT: lambda one: one.district,
    By.FUND: lambda one: fund_of(one.programme),
}

_STAGES = tuple(dict.fromkeys((*ORDER[Route.APPROVE], *Stage)))
"""The stages, those of the usual way first."""


def _order(by: By, key: str) -> tuple[int, str]:
    """Stages along their way, the rest by name; what is not known comes last."""
    return (_STAGES.index(Stage(key)) if by is By.STAGE else int(not key), key)


def _label(by: By, key: str) -> Sentence:
    if by is By.STAGE:
        return Sentence(STAGE_LABELS[Stage(key)])
    if not key:
        return Sentence(N_("无资金来源")) if by is By.FUND else Sentence(N_("（未填写）"))
    if by is By.PROGRAMME:
        pair = find(key)
        return Sentence(N_("{code} {name}"), code=key, name=Sentence(pair[1].name)) if pair else Sentence(key)
    if by is By.DISTRICT:
        return Sentence(DISTRICTS[key].name) if key in DISTRICTS else Sentence(key)
    return Sentence(key)
