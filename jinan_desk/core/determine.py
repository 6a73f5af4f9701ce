"""The one place where a case is decided: the same function for the window, the command line, batches and tests.

How outcomes combine is catalogue 1.3 and 1.5: a failed case-level check refuses whatever else is unknown; a roster row
is judged by itself; a result is incomplete only where something unknown could still change it, so an unknown choice is
tried with each of its words and what all of them agree on is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jinan_desk.core.basis import reading
from jinan_desk.core.check import Check, CheckResult, Result
from jinan_desk.core.dated import SHIPPED, ParameterSet, Values
from jinan_desk.core.determination import (
    Determination,
    Judged,
    Outcome,
    RowDetermination,
)
from jinan_desk.core.field import ROSTER, Facts, Field
from jinan_desk.core.kind import Choice, Count
from jinan_desk.core.measure import Amount, Programme, Roster, Route
from jinan_desk.core.money import round_half_up
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import MONEY, YUAN, Step, Worksheet

AMOUNT_LABELS = {
    Route.APPROVE: N_("应发金额"),
    Route.FORWARD: N_("申请金额"),
    Route.INFORM: N_("预计减轻负担"),
    Route.SERVE: "",
}


def determine(programme: Programme, facts: Facts, on: date, parameters: ParameterSet = SHIPPED) -> Determination:
    """Decide a case as of the day `on`. `facts` come from `read_facts`; amounts are in fen, rounded once, half up."""
    values = Values(on, parameters)
    roster = programme.roster
    rows = tuple(_rows(programme, roster, facts, values)) if roster is not None and facts.rows is not None else ()
    judged = _whole(programme, facts, values, rows)
    return Determination(
        judged.outcome, judged.amount, judged.checks, judged.steps, judged.missing, programme, facts, rows, values
    )


# One unit (a case by itself, or a row) ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a case by itself and a row have in common: checks, an amount, the fields that its facts may have."""

    checks: tuple[Check, ...]
    amount: Callable[[Worksheet], Amount]
    fields: Mapping[str, Field]


def _judge(unit: _Unit, facts: Facts, values: Values) -> Judged:
    """Judge one unit; where a choice is unknown, take what all of its words agree on."""
    judged = _judge_known(unit, facts, values)
    path = next((key for key in judged.missing if isinstance(_kind(unit, key), Choice)), None)
    if path is None:
        return judged
    words = _kind(unit, path).words
    return _agreed(judged, [_judge(unit, facts.assuming(path, word), values) for word, _ in words])


def _kind(unit: _Unit, path: str) -> Any:
    field = unit.fields.get(path.rpartition(".")[2])
    return field.kind if field is not None else None


def _judge_known(unit: _Unit, facts: Facts, values: Values) -> Judged:
    checks = tuple([_run(check, facts, values) for check in unit.checks])
    missing: list[str] = []
    for result in checks:
        if result.result is Result.FAIL:
            return Judged(Outcome.INELIGIBLE, 0, checks, (), ())
        missing += result.missing
    work = Worksheet(facts, values, unit.fields)
    try:
        amount = round_half_up(unit.amount(work))
    except Unknown as unknown:
        missing += unknown.keys
    if missing:
        return Judged(Outcome.INCOMPLETE, None, checks, tuple(work.steps), tuple(dict.fromkeys(missing)))
    return Judged(Outcome.ELIGIBLE, amount, checks, tuple(work.steps), ())


def _run(check: Check, facts: Facts, values: Values) -> CheckResult:
    try:
        answer = check.rule(facts, values)
    except Unknown as unknown:
        return CheckResult(check, Result.UNKNOWN, None, unknown.keys)
    if answer is True:
        return CheckResult(check, Result.PASS)
    if answer is False:
        return CheckResult(check, Result.FAIL)
    return CheckResult(check, Result.PASS if answer.holds else Result.FAIL, answer)


def _agreed(judged: Judged, trials: list[Judged]) -> Judged:
    """`judged`, decided as far as all trials agree."""
    first = trials[0]
    checks = tuple(
        same[0] if len({trial.result for trial in same}) == 1 else own
        for own, *same in zip(judged.checks, *[t.checks for t in trials], strict=True)
    )
    if len({(t.outcome, t.amount) for t in trials}) == 1 and first.outcome is not Outcome.INCOMPLETE:
        return replace(first, checks=checks)
    decided = {key for own, now in zip(judged.checks, checks, strict=True) if own is not now for key in own.missing}
    open_ = {key for c in checks for key in c.missing}
    missing = tuple(key for key in judged.missing if key in open_ or key not in decided)
    return replace(judged, checks=checks, missing=missing)


# Rows ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Repeated:
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


def _rows(programme: Programme, roster: Roster, facts: Facts, values: Values) -> Iterator[RowDetermination]:
    fields = {**programme.fields, **{f.key: f for f in roster.shape.fields}}
    unit = _Unit(roster.checks, roster.amount, fields)
    seen: dict[str, int] = {}
    for number, row in enumerate(facts.rows or (), start=1):
        judged = _judge(unit, row, values)
        if roster.of_people:
            judged = _once(judged, row, seen, number)
        yield RowDetermination(
            judged.outcome, judged.amount, judged.checks, judged.steps, judged.missing, row, roster.shape.fields
        )


def _once(judged: Judged, row: Facts, seen: dict[str, int], number: int) -> Judged:
    """Add the duplicate check: the later of two rows fails, and nobody unnamed is paid."""
    person = row.get("id_number")
    if person is None:
        result = CheckResult(_UNIQUE, Result.UNKNOWN, None, (row.path("id_number"),))
        if judged.outcome is Outcome.INELIGIBLE:
            return replace(judged, checks=(*judged.checks, result))
        missing = (*judged.missing, *result.missing)
        return Judged(Outcome.INCOMPLETE, None, (*judged.checks, result), judged.steps, missing)
    first = seen.setdefault(person, number)
    repeated = _Repeated(0 if first == number else first)
    checks = (*judged.checks, CheckResult(_UNIQUE, Result.PASS if repeated.holds else Result.FAIL, repeated))
    if repeated.holds:
        return replace(judged, checks=checks)
    return Judged(Outcome.INELIGIBLE, 0, checks, (), ())


# The whole case -----------------------------------------------------------------------------------------------------

_SOMEBODY = Check(
    "no_eligible_row",
    N_("名单中有符合条件的"),
    reading(N_("名单逐行审核，没有一行符合的不予发放")),
    lambda facts, values: True,
    N_("名单中有符合条件的"),
    N_("名单中没有符合条件的"),
)


def _whole(programme: Programme, facts: Facts, values: Values, rows: tuple[RowDetermination, ...]) -> Judged:
    roster = programme.roster
    subtotal = sum(row.amount or 0 for row in rows if row.outcome is Outcome.ELIGIBLE)

    def amount(work: Worksheet) -> Amount:
        if roster is not None:
            _note_rows(work, roster, rows, subtotal)
            if facts.rows is None and not roster.may_be_absent:
                raise Unknown(ROSTER)
            return programme.total(work, subtotal) if programme.total is not None else subtotal
        return programme.amount(work) if programme.amount is not None else 0

    unit = _Unit(programme.checks, amount, programme.fields)
    judged = _judge(unit, facts, values)
    if judged.outcome is Outcome.INELIGIBLE:
        return judged
    outcomes = {row.outcome for row in rows}
    if roster is not None and not roster.may_be_absent and facts.rows is not None and outcomes <= {Outcome.INELIGIBLE}:
        nobody = CheckResult(_SOMEBODY, Result.FAIL)
        return Judged(Outcome.INELIGIBLE, 0, (*judged.checks, nobody), judged.steps, ())
    missing = (*judged.missing, *(key for row in rows for key in row.missing))
    if missing:
        return Judged(Outcome.INCOMPLETE, None, judged.checks, judged.steps, tuple(dict.fromkeys(missing)))
    last = Step(AMOUNT_LABELS[programme.route], judged.amount, MONEY, YUAN, Sentence(programme.formula))
    return Judged(judged.outcome, judged.amount, judged.checks, (*judged.steps, last), ())


def _note_rows(work: Worksheet, roster: Roster, rows: tuple[RowDetermination, ...], subtotal: int) -> None:
    eligible = sum(row.outcome is Outcome.ELIGIBLE for row in rows)
    work.note(N_("名单行数"), len(rows), Count(), unit=roster.unit)
    work.note(N_("其中符合"), eligible, Count(), unit=roster.unit)
    work.money(N_("符合各行合计"), subtotal)
