"""What a case came to, in the shape the window shows: from a live determination, or from a stored one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.basis import MARK_LABELS, Mark
from jinan_desk.core.check import CheckResult, Result
from jinan_desk.core.determination import Determination, Judged, Outcome, RowDetermination, sentences_of
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import parse_yuan
from jinan_desk.core.text import N_, Sentence, quantity
from jinan_desk.gui.words import Words
from jinan_desk.services.entry import ON

RESULT_LABELS = {Result.PASS: N_("通过"), Result.FAIL: N_("不通过"), Result.UNKNOWN: N_("待补充")}
RESULT_OUTCOMES = {
    Result.PASS: Outcome.ELIGIBLE, Result.FAIL: Outcome.INELIGIBLE, Result.UNKNOWN: Outcome.INCOMPLETE,
}  # fmt: skip
_MARKS_SHOWN = (Mark.READING, Mark.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check in words. `mark` is only there where the circular or a law does not say it."""

    key: str
    label: str
    result: Result
    reason: str
    quote: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the working in words."""

    label: str
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sentence about a fact, and where that fact is filled in (`path`, empty for none)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A case or one of its rows. `amount` is in fen; `outcomes` are those of the rows.

    `row(index)` words a row when somebody looks at it, from what stands for it in `rows`: one object says one thing.
    """

    outcome: Outcome
    amount: int | None
    checks: tuple[CheckLine, ...]
    steps: tuple[StepLine, ...]
    missing: tuple[Pointer, ...]
    cautions: tuple[Pointer, ...]
    outcomes: tuple[Outcome, ...]
    rows: Sequence[object]
    row: Callable[[int], Answer]

    @property
    def row_count(self) -> int:
        return len(self.outcomes)

    @property
    def refusals(self) -> tuple[CheckLine, ...]:
        return tuple(check for check in self.checks if check.result is Result.FAIL)


def place(programme: Programme, path: str, say: Words) -> str:
    """Where a path leads, in words: a field, a cell of the roster, a parameter."""
    if path == ON:
        return say(N_("申请日期"))
    if path.startswith("parameter:"):
        key = path.partition(":")[2]
        label = next((p.label for p in programme.parameters if p.key == key), key)
        return say(N_("参数“{label}”（{mark}）"), label=Sentence(label), mark=Sentence(MARK_LABELS[Mark.UNKNOWN]))
    row, _, key = path.rpartition(".")
    if row:
        fields = programme.row_shape.fields if programme.row_shape is not None else ()
        label = next((f.label for f in fields if f.key == key), key)
        return say(N_("第 {row} 行 {label}"), row=row_index(path) + 1, label=Sentence(label))
    if key == "roster":
        return say(N_("名单"))
    return say(next((f.label for f in programme.shape.fields if f.key == key), key))


def row_index(path: str) -> int:
    """The place of the row in `roster[3].insured`; -1 where the path is none of a row."""
    if not path.startswith("roster["):
        return -1
    return int(path[len("roster[") : path.index("]")])


def _no_row(index: int) -> Answer:
    raise IndexError(index)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of an answer, worded one by one."""

    outcomes: tuple[Outcome, ...]
    rows: Sequence[object]
    answer: Callable[[int], Answer]


_NO_ROWS = _Rows((), (), _no_row)

# From a determination -----------------------------------------------------------------------------------------------


def live(determination: Determination, say: Words) -> Answer:
    """The answer of a determination that was just made."""
    programme = determination.programme
    rows = determination.rows

    def word(index: int) -> Answer:
        return _judged(rows[index], rows[index].cautions, programme, say)

    outcomes = tuple([row.outcome for row in rows])
    return _judged(determination, determination.cautions, programme, say, _Rows(outcomes, rows, word))


def _judged(
    judged: Judged | RowDetermination,
    cautions: tuple[Any, ...],
    programme: Programme,
    say: Words,
    rows: _Rows = _NO_ROWS,
) -> Answer:
    return Answer(
        outcome=judged.outcome,
        amount=judged.amount,
        checks=tuple(_check(result, say) for result in judged.checks),
        steps=tuple(
            StepLine(
                say(step.label),
                say.read(quantity(step.shown(), step.unit)),
                say.read(step.cited()) if step.basis is not None else "",
            )
            for step in judged.steps
        ),
        missing=tuple(Pointer(path, place(programme, path, say)) for path in judged.missing),
        cautions=tuple(Pointer(caution.path, say.read(caution.sentence)) for caution in cautions),
        outcomes=rows.outcomes,
        rows=rows.rows,
        row=rows.answer,
    )


def _check(result: CheckResult, say: Words) -> CheckLine:
    basis = result.check.basis
    return CheckLine(
        key=result.check.key,
        label=say(result.check.label),
        result=result.result,
        reason=say.read(result.reason),
        quote=basis.quote,
        source=say(basis.source),
        mark=say(MARK_LABELS[basis.mark]) if basis.mark in _MARKS_SHOWN else "",
    )


# From what was stored -----------------------------------------------------------------------------------------------


def stored(
    given: Mapping[str, Any], programme: Programme, say: Words, again: Determination | None = None
) -> Answer:
    """The answer of a stored determination, as it was worded then. In another language a text is translated where
    `again`, made of the same facts, says the very same in Chinese; what it does not say stays as it is, marked."""
    rows = given.get("rows", ())
    rows_again = again.rows if again is not None else ()

    def word(index: int) -> Answer:
        row_again = rows_again[index] if index < len(rows_again) else None
        return _read(rows[index], programme, say, again=row_again)

    outcomes = tuple([Outcome(row["outcome"]) for row in rows])
    return _read(given, programme, say, _Rows(outcomes, rows, word), again=again)


def _read(
    given: Mapping[str, Any],
    programme: Programme,
    say: Words,
    rows: _Rows = _NO_ROWS,
    *,
    again: Determination | RowDetermination | None,
) -> Answer:
    known = sentences_of(again) if again is not None and say.foreign else {}

    def word(text: str) -> str:
        if not say.foreign or not text:
            return text
        worded = say.read(known[text]) if text in known else say.translate(text)
        return say(N_("{text}（原文）"), text=text) if worded == text and _is_chinese(text) else worded

    return Answer(
        outcome=Outcome(given["outcome"]),
        amount=_fen(given["amount"]),
        checks=tuple(
            CheckLine(
                check["key"], word(check["label"]), Result(check["result"]), word(check["reason"]), check["quote"],
                say(check["source"]),
                say(MARK_LABELS[Mark(check["mark"])]) if Mark(check["mark"]) in _MARKS_SHOWN else "",
            )
            for check in given["checks"]
        ),
        steps=tuple(
            StepLine(
                word(step["label"]), say.read(quantity(word(step["value"]), step["unit"])), word(step["basis"])
            )
            for step in given.get("steps", ())
        ),
        missing=tuple(Pointer(path, place(programme, path, say)) for path in given["missing"]),
        cautions=tuple(Pointer(warning.get("at", ""), word(warning["message"])) for warning in given["warnings"]),
        outcomes=rows.outcomes,
        rows=rows.rows,
        row=rows.answer,
    )  # fmt: skip


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _fen(yuan: str | None) -> int | None:
    return None if yuan is None else parse_yuan(yuan)
