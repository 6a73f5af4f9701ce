"""A case as a line of a list: its columns, by what each sorts, and its texts in the language of the window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import median

from PySide6.QtGui import QFontMetrics, QGuiApplication

from jinan_desk.core.dates import local_time
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import DISTRICTS, short_place
from jinan_desk.core.measure import ROUTE_LABELS, Programme, Route
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.context import Context
from jinan_desk.gui.even_lines import even_lines
from jinan_desk.measures import find, programmes
from jinan_desk.services.listing import CaseRow, Order

APPLICANT, PROGRAMME, OUTCOME, AMOUNT, STAGE, NUMBER, DUE, DISTRICT, ON, UPDATED = range(10)
HEADS = {
    APPLICANT: (N_("申请人"), 200), PROGRAMME: (N_("事项"), 156), OUTCOME: (N_("认定"), 80),
    AMOUNT: (N_("金额（元）"), 104), STAGE: (N_("阶段"), 72), NUMBER: (N_("编号"), 222), DUE: (N_("办理期限"), 92),
    DISTRICT: (N_("区县"), 60), ON: (N_("申请日期"), 92), UPDATED: (N_("最近办理"), 146),
}  # fmt: skip
_WHOLE = 1000
LEAST = {APPLICANT: 110, PROGRAMME: 80, OUTCOME: 130, AMOUNT: 100, STAGE: 76, NUMBER: 96, DUE: _WHOLE}
"""Pixels: how narrow a column may get where there is no room for all. These are always in sight; the others come after
them, if need be by scrolling sideways. A limit is never cut: without its year nobody knows how late it is."""
LEAST_IN_TWO = {**LEAST, APPLICANT: 130, PROGRAMME: 128, STAGE: _WHOLE, NUMBER: _WHOLE}
"""Pixels: the same where a text may stand on two lines, as long as there is room for that."""
SHORT_NUMBER, NUMBER_OF_YEAR = 96, 150
"""Pixels: room for the programme and the count of a number, to which it yields before others do, and with the year."""
ENDS = frozenset({NUMBER})
"""Of which the end says most, where they are cut."""
_WORDS = {OUTCOME: (*OUTCOME_LABELS.values(), ROUTE_LABELS[Route.SERVE]), STAGE: tuple(STAGE_LABELS.values())}
_BESIDE = {OUTCOME: 34, STAGE: 14}
_BESIDE_TEXT = 14
_OVER, _LEFT = N_("{day} 超{days}工作日"), N_("{day} 剩{days}工作日")
_YEAR, _COUNT = "〔2020〕", "06A-0001号"
"""Of a number: what follows the prefix of the office, and what a second line begins with."""
_LONG_OVER = {"day": "2020-12-28", "days": 2888}
"""Ten years late."""
_MOST_FOR_WORDS = 130
_MOST_FOR_NAMES = 260
_BESIDE_HEAD = 24
"""For the arrow that says by what is sorted."""
ORDERS = {
    APPLICANT: Order.APPLICANT, PROGRAMME: Order.PROGRAMME, OUTCOME: Order.OUTCOME, AMOUNT: Order.AMOUNT,
    STAGE: Order.STAGE, NUMBER: Order.NUMBER, DISTRICT: Order.DISTRICT, ON: Order.ON, DUE: Order.DUE,
    UPDATED: Order.UPDATED,
}  # fmt: skip
"""By what a column sorts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case as it is shown: its text for each kind of column, its outcome where it has one, and whether it is late."""

    row: CaseRow
    texts: tuple[str, ...]
    outcome: Outcome | None
    late: bool


def line_of(row: CaseRow, context: Context) -> Line:
    """The line of a case; asks nothing of the store."""
    left = context.desk.cases.days_left(row)
    return Line(
        row=row,
        texts=tuple(_text(row, column, left, context) for column in HEADS),
        outcome=None if is_record(row.programme) else Outcome(row.outcome),
        late=left is not None and left < 0,
    )


def _text(row: CaseRow, column: int, left: int | None, context: Context) -> str:
    if column == APPLICANT:
        name = row.applicant or context.say(N_("（未填写）"))
        return context.say(N_("{name}（有冲突）"), name=name) if row.conflict else name
    if column == PROGRAMME:
        return programme_name(row.programme, context)
    if column == OUTCOME:
        label = ROUTE_LABELS[Route.SERVE] if is_record(row.programme) else OUTCOME_LABELS[Outcome(row.outcome)]
        return context.say(label)
    if column == AMOUNT:
        return "" if row.amount is None or row.outcome == Outcome.INELIGIBLE else figures(row.amount)
    if column == STAGE:
        stage = context.say(STAGE_LABELS[Stage(row.stage)])
        if row.holder in ("", context.desk.office.code):
            return stage
        return context.say(N_("{stage}·{place}"), stage=stage, place=short_place(row.holder))
    if column == NUMBER:
        return row.number
    if column == DISTRICT:
        return DISTRICTS[row.district].name if row.district in DISTRICTS else ""
    if column == UPDATED:
        return f"{local_time(row.updated_at)[:10]}　{row.updated_by}"
    return row.on if column == ON else _due(row, left, context)


def _due(row: CaseRow, left: int | None, context: Context) -> str:
    """The day, and the working days to it while the limit runs."""
    if left is None:
        return row.due_on
    words = _OVER if left < 0 else _LEFT if left else N_("{day} 今天")
    return context.say(words, day=row.due_on, days=abs(left))


def width_of(column: int, context: Context, *, in_two: bool = False) -> int:
    """Pixels; for the head, a limit, and where the same few words stand, as many as they need in the window's
    language, on one line or on two."""
    metrics = QFontMetrics(QGuiApplication.font())

    def needed(text: str) -> int:
        return max(map(metrics.horizontalAdvance, even_lines(text, 2 if in_two else 1, metrics.horizontalAdvance)))

    title, least = HEADS[column]
    words = (needed(context.say(word)) + _BESIDE[column] for word in _WORDS.get(column, ()))
    head = metrics.horizontalAdvance(context.say(title)) + _BESIDE_HEAD
    if column == DUE:
        least = needed(context.say(_OVER, **_LONG_OVER)) + _BESIDE_TEXT
    elif column == PROGRAMME:
        least = max(least, min(_MOST_FOR_NAMES, _usual_name(context)))
    elif column == NUMBER and in_two:
        least = max(map(metrics.horizontalAdvance, (context.desk.office.prefix + _YEAR, _COUNT))) + _BESIDE_TEXT
    return max(least, head, min(_MOST_FOR_WORDS, max(words, default=0)))


def _usual_name(context: Context) -> int:
    """The pixels that are enough for half of the programmes' names."""
    measure = QFontMetrics(QGuiApplication.font()).horizontalAdvance
    names = (programme_name(programme.code, context) for _, programme in programmes())
    return int(median(map(measure, names))) + _BESIDE_TEXT


def programme_name(code: str, context: Context) -> str:
    """`02B 一次性吸纳就业补贴`; the code alone for a programme this version does not have."""
    programme = _programme(code)
    return f"{code} {context.say(programme.name)}" if programme is not None else code


def is_record(code: str) -> bool:
    """Whether the programme's cases are records of a service, about which nothing is decided."""
    programme = _programme(code)
    return programme is not None and programme.route is Route.SERVE


@cache
def _programme(code: str) -> Programme | None:
    pair = find(code)
    return pair[1] if pair is not None else None
