"""The one place where a case is decided: the same function for the window, the command line, batches and tests.

How outcomes combine is catalogue 1.3 and 1.5: a failed case-level check refuses whatever else is unknown; a roster row
is judged by itself; a result is incomplete only where something unknown could still change it, so an unknown choice is
tried with each of its words and what all of them agree on is the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from jinan_desk.core.basis import reading
from jinan_desk.core.check import Check, CheckResult, Result
from jinan_desk.core.dated import SHIPPED, ParameterSet, Values
from jinan_desk.core.determination import Determination, Outcome, RowDetermination
from jinan_desk.core.field import ROSTER, Facts, Field
from jinan_desk.core.kind import Choice, Count
from jinan_desk.core.measure import Programme, Roster, Route
from jinan_desk.core.money import Amount, round_half_up
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import MONEY, YUAN, Step, Worksheet

AMOUNT_LABELS = {
    Route.APPROVE: N_("应发金额"),
    Route.FORWARD: N_("申请金额"),
    Route.INFORM: N_("预计减轻负担"),
    Route.SERVE: "",
}


def determine(
    programme: Programme,
    facts: Facts,
    on: date,
    parameters: ParameterSet = SHIPPED,
    *,
    recent: Recent | None = None,
) -> Determination:
    """Decide a case as of the day `on`. `facts` come from `read_facts`; amounts are in fen, rounded once, half up."""
    values = Values(on, parameters) if recent is None else recent.values(programme, facts, on, parameters)
    roster = programme.roster
    rows: tuple[RowDetermination, ...] = ()
    if roster is None:
        judged = _judge(_Unit(programme.checks, programme.amount or _nothing, programme.fields), facts, values)
    else:
        rows = tuple(_rows(programme, roster, facts, values, recent)) if facts.rows is not None else ()
        judged = _with_rows(programme, roster, facts, values, rows)
    amount, steps = None, judged.steps
    if programme.has_amount:
        amount = judged.amount
        if judged.outcome is Outcome.ELIGIBLE:
            steps = (*steps, Step(AMOUNT_LABELS[programme.route], amount, MONEY, YUAN, programme.working))
    return Determination(judged.outcome, amount, judged.checks, steps, judged.missing, programme, facts, rows, values)


def _nothing(_work: Worksheet) -> Amount:
    return 0


# One unit (a case by itself, or a row) ------------------------------------------------------------------------------


class _Unit(NamedTuple):
    """What a case by itself and a row have in common: checks, an amount, the fields that its facts may have."""

    checks: tuple[Check, ...]
    amount: Callable[[Worksheet], Amount]
    fields: Mapping[str, Field]


class _Judgement(NamedTuple):
    """What a unit comes to (see `Judged`); judged by itself also what it is `worth` if it holds, or the keys that its
    worth is `waiting` for. A tuple, since thousands are made and thrown away.
    """

    outcome: Outcome
    amount: int | None
    checks: tuple[CheckResult, ...]
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    worth: int | None = None
    waiting: tuple[str, ...] = ()


def _judge(unit: _Unit, facts: Facts, values: Values, before: tuple[CheckResult, ...] | None = None) -> _Judgement:
    """Judge one unit; where a choice is unknown, take what all of its words agree on.

    `before` are the results with one fact less: what was decided without it stays so.
    """
    if before is None:
        checks = tuple([_run(check, facts, values) for check in unit.checks])
    else:
        checks = tuple([_run(r.check, facts, values) if r.result is Result.UNKNOWN else r for r in before])
    judged = _judge_known(unit, facts, values, checks)
    if not judged.missing:
        return judged
    path = next((key for key in judged.missing if isinstance(_kind(unit, key), Choice)), None)
    if path is None:
        return judged
    words = _kind(unit, path).words
    return _agreed(judged, [_judge(unit, facts.assuming(path, word), values, checks) for word, _ in words])


def _kind(unit: _Unit, path: str) -> Any:
    field = unit.fields.get(path.rpartition(".")[2])
    return field.kind if field is not None else None


def _judge_known(unit: _Unit, facts: Facts, values: Values, checks: tuple[CheckResult, ...]) -> _Judgement:
    missing: list[str] = []
    is_open = False
    for result in checks:
        if result.result is Result.FAIL:
            return _refused(checks)
        is_open = is_open or result.result is Result.UNKNOWN
        missing += result.missing
    work = Worksheet(facts, values, unit.fields)
    worth: int | None = None
    waiting: tuple[str, ...] = ()
    try:
        worth = round_half_up(unit.amount(work))
    except Unknown as unknown:
        waiting = unknown.keys
    steps = tuple(work.steps)
    if is_open or worth is None:
        missing += waiting
        return _Judgement(Outcome.INCOMPLETE, None, checks, steps, tuple(dict.fromkeys(missing)), worth, waiting)
    return _Judgement(Outcome.ELIGIBLE, worth, checks, steps, (), worth)


def _refused(checks: tuple[CheckResult, ...]) -> _Judgement:
    return _Judgement(Outcome.INELIGIBLE, 0, checks, (), ())


def _run(check: Check, facts: Facts, values: Values) -> CheckResult:
    try:
        answer = check.rule(facts, values)
    except Unknown as unknown:
        return CheckResult(check, Result.UNKNOWN, None, unknown.keys)
    if answer is True or answer is False:
        return check.plain[answer]
    return CheckResult(check, Result.PASS if answer.holds else Result.FAIL, answer)


def _agreed(judged: _Judgement, trials: list[_Judgement]) -> _Judgement:
    """`judged`, decided as far as all trials agree; what is missing in any of them may be needed."""
    checks = tuple(
        _agreed_check(own, same) for own, *same in zip(judged.checks, *[t.checks for t in trials], strict=True)
    )
    first = trials[0]
    if first.outcome is not Outcome.INCOMPLETE and len({(t.outcome, t.amount) for t in trials}) == 1:
        return first._replace(checks=checks)
    worths = {t.worth for t in trials if t.outcome is not Outcome.INELIGIBLE}
    worth = worths.pop() if len(worths) == 1 else None
    waiting = dict.fromkeys(key for one in (judged, *trials) for key in one.waiting if worth is None)
    missing = dict.fromkeys((*(key for result in checks for key in result.missing), *waiting))
    return _Judgement(Outcome.INCOMPLETE, None, checks, judged.steps, tuple(missing), worth, tuple(waiting))


def _agreed_check(own: CheckResult, trials: list[CheckResult]) -> CheckResult:
    if own.result is not Result.UNKNOWN:
        return own
    results = {trial.result for trial in trials}
    if len(results) == 1 and Result.UNKNOWN not in results:
        return trials[0]
    missing = dict.fromkeys(key for one in (own, *trials) for key in one.missing)
    return CheckResult(own.check, Result.UNKNOWN, None, tuple(missing))


class Recent:
    """What rows came to a moment ago: while somebody types in a long roster, a row as it was is not judged anew.

    It holds for one programme, day, set of parameters and the same facts of the case; with any other it begins anew. A
    determination made with it may name more parameters as `used` than it has used, and is shown, not kept.
    """

    __slots__ = ("_about", "_rows", "_values")

    def __init__(self) -> None:
        self._about: tuple[Any, ...] = ()
        self._rows: dict[tuple[Any, ...], RowDetermination] = {}
        self._values: Values | None = None

    def values(self, programme: Programme, facts: Facts, on: date, parameters: ParameterSet) -> Values:
        """The parameters of the day, the same as before where nothing else that rows depend on is another."""
        about = (programme, dict(facts.known), on, parameters)
        if self._values is None or about != self._about:
            self._about, self._rows, self._values = about, {}, Values(on, parameters)
        return self._values

    def turn_over(self) -> Mapping[tuple[Any, ...], RowDetermination]:
        """What is remembered, of which only what is remembered again is kept for the next time."""
        before, self._rows = self._rows, {}
        return before

    def remember(self, facts: tuple[Any, ...], row: RowDetermination) -> None:
        self._rows[facts] = row


# Rows ---------------------------------------------------------------------------------------------------------------


class _Repeated(NamedTuple):
    """The comparison of a row with the earlier rows: `earlier` is the number of the row with the same person, or 0."""

    earlier: int
    exact: bool = False

    @property
    def holds(self) -> bool:
        return self.earlier == 0

    def sentence(self) -> Sentence:
        if self.holds:
            return Sentence(N_("名单中没有重复"))
        return Sentence(N_("与第 {row} 行是同一人，同一人只计一次"), row=self.earlier)


_UNIQUE = Check(
    "duplicate_in_roster",
    N_("名单内不重复"),
    reading(N_("同一人在同一名单中只计一次")),
    lambda facts, values: True,
    "",
    "",
)


def _rows(
    programme: Programme, roster: Roster, facts: Facts, values: Values, recent: Recent | None
) -> Iterator[RowDetermination]:
    unit = _unit_of_rows(programme, roster)
    of_people = roster.of_people
    seen: dict[str, int] = {}
    before = recent.turn_over() if recent is not None else {}
    for number, row in enumerate(facts.rows or (), start=1):
        person = row.get("id_number") if of_people else None
        first = seen.setdefault(person, number) if person is not None else number
        if recent is None:
            yield _row(unit, row, values, roster, 0 if first == number else first)
            continue
        about = (number, first, *row.known.items())
        known = before.get(about) or _row(unit, row, values, roster, 0 if first == number else first)
        recent.remember(about, known)
        yield known


def _unit_of_rows(programme: Programme, roster: Roster) -> _Unit:
    return _Unit(roster.checks, roster.amount, {**programme.fields, **{f.key: f for f in roster.shape.fields}})


def _row(unit: _Unit, row: Facts, values: Values, roster: Roster, earlier: int) -> RowDetermination:
    """What one row comes to; `earlier` is the number of an earlier row with the same person, or 0."""
    judged = _judge(unit, row, values)
    if roster.of_people:
        judged = _once(judged, row, earlier)
    return RowDetermination(
        judged.outcome, judged.amount, judged.checks, judged.steps, judged.missing, roster, row, values, judged.worth
    )


def _once(judged: _Judgement, row: Facts, earlier: int) -> _Judgement:
    """Add the duplicate check: the later of two rows fails, and nobody unnamed is paid."""
    if row.get("id_number") is None:
        result = CheckResult(_UNIQUE, Result.UNKNOWN, None, (row.path("id_number"),))
        if judged.outcome is Outcome.INELIGIBLE:
            return judged._replace(checks=(*judged.checks, result))
        missing = tuple(dict.fromkeys((*judged.missing, *result.missing)))
        return judged._replace(
            outcome=Outcome.INCOMPLETE, amount=None, checks=(*judged.checks, result), missing=missing
        )
    repeated = _Repeated(earlier)
    checks = (*judged.checks, CheckResult(_UNIQUE, Result.PASS if repeated.holds else Result.FAIL, repeated))
    if repeated.holds:
        return judged._replace(checks=checks)
    return _refused(checks)


# The whole case -----------------------------------------------------------------------------------------------------

_SOMEBODY = Check(
    "no_eligible_row",
    N_("名单中有符合条件的"),
    reading(N_("名单逐行审核，没有一行符合的不予发放")),
    lambda facts, values: True,
    N_("名单中有符合条件的"),
    N_("名单中没有符合条件的"),
)
_SOMETHING = Check(
    "nothing_to_grant",
    N_("有应发金额"),
    reading(N_("各项合计为零的不予发放")),
    lambda facts, values: True,
    N_("有应发金额"),
    N_("没有符合条件的人员，其他各项也为零"),
)
FOLLOWING = frozenset({_SOMEBODY.key, _SOMETHING.key})
"""The keys of checks that only say what came out of the others."""


def _with_rows(
    programme: Programme, roster: Roster, facts: Facts, values: Values, rows: tuple[RowDetermination, ...]
) -> _Judgement:
    """The case by itself and its rows together."""
    is_wanting = facts.rows is None and not roster.may_be_absent

    def sum_of_rows(work: Worksheet) -> Amount:
        if is_wanting:
            raise Unknown
        return _sum_of_rows(work, roster, rows)

    def amount(work: Worksheet) -> Amount:
        return programme.total(work, sum_of_rows) if programme.total is not None else sum_of_rows(work)

    judged = _judge(_Unit(programme.checks, amount, programme.fields), facts, values)
    if judged.outcome is Outcome.INELIGIBLE:
        return judged
    if all(row.outcome is Outcome.INELIGIBLE for row in rows):
        if not roster.may_be_absent and facts.rows is not None:
            return _refused((*judged.checks, CheckResult(_SOMEBODY, Result.FAIL)))
        if roster.may_be_absent and judged.worth == 0:
            return _refused((*judged.checks, CheckResult(_SOMETHING, Result.FAIL)))
    missing = [*judged.missing, *(key for row in rows for key in row.missing)]
    if is_wanting:
        missing += [*_needed_for_rows(programme, roster, facts, values), ROSTER]
    if missing:
        return _Judgement(Outcome.INCOMPLETE, None, judged.checks, judged.steps, tuple(dict.fromkeys(missing)))
    return judged


def _sum_of_rows(work: Worksheet, roster: Roster, rows: tuple[RowDetermination, ...]) -> Amount:
    """The sum of the eligible rows, noted. While rows are incomplete it may be more: by what they are worth."""
    outcomes = Counter(row.outcome for row in rows)
    subtotal = sum(row.amount or 0 for row in rows if row.outcome is Outcome.ELIGIBLE)
    work.note(N_("名单行数"), len(rows), Count(), unit=roster.unit)
    work.note(N_("其中符合"), outcomes[Outcome.ELIGIBLE], Count(), unit=roster.unit)
    if outcomes[Outcome.INCOMPLETE]:
        work.note(N_("其中待补充"), outcomes[Outcome.INCOMPLETE], Count(), unit=roster.unit)
    work.money(N_("符合各行合计"), subtotal)
    incomplete = [row for row in rows if row.outcome is Outcome.INCOMPLETE]
    if incomplete:
        more = [row.worth for row in incomplete]
        most = None if None in more else subtotal + sum(worth or 0 for worth in more)
        raise Unknown(least=subtotal, most=most)  # what they wait for, they name themselves
    return subtotal


def _needed_for_rows(programme: Programme, roster: Roster, facts: Facts, values: Values) -> tuple[str, ...]:
    """What is needed beside a row to judge it, while no row is known: facts of the case, and parameters."""
    judged = _judge(_unit_of_rows(programme, roster), Facts({}, case=facts, index=0), values)
    return tuple(key for key in judged.missing if not key.startswith(f"{ROSTER}["))
