"""What a question came to: outcome, amount, every check, the working, what is missing, the rows.

Nothing here decides; `determine` does. Texts are worded when they are read (`as_json`, the window), not before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from jinan_desk.core.check import CheckResult, Result
from jinan_desk.core.dated import Dated, Parameter, Values
from jinan_desk.core.field import Facts, Shape
from jinan_desk.core.measure import Programme, Roster, Warn
from jinan_desk.core.money import yuan
from jinan_desk.core.text import N_, Sentence, Translate, chinese, unit_beside
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Step


class Outcome(StrEnum):
    """What a case or a row comes to; incomplete: something unknown could still change it."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    INCOMPLETE = "incomplete"


OUTCOME_LABELS = {
    Outcome.ELIGIBLE: N_("符合"),
    Outcome.INELIGIBLE: N_("不符合"),
    Outcome.INCOMPLETE: N_("待补充"),
}


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person must look at and that decides nothing; `path` names the fact where it is about one."""

    key: str
    sentence: Sentence
    path: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case by itself or one roster row. `amount` is in fen: 0 when ineligible, None when incomplete."""

    outcome: Outcome
    amount: int | None
    checks: tuple[CheckResult, ...]
    steps: tuple[Step, ...]
    missing: tuple[str, ...]

    def failed(self) -> Iterator[CheckResult]:
        """The checks that refuse it."""
        return (result for result in self.checks if result.result is Result.FAIL)


@dataclass(frozen=True, slots=True)
class RowDetermination(Judged):
    """One roster row. `worth` is what it is paid if it holds (fen), None while that is not known."""

    roster: Roster
    facts: Facts
    values: Values
    worth: int | None

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What to look at, worked out when it is read."""
        return (
            *_doubts(self.roster.shape, self.facts),
            *met_exactly(self.checks),
            *_warned(self.roster.warnings, self.facts, self.values),
        )


@dataclass(frozen=True, slots=True)
class Determination(Judged):
    """The answer to a case on the day `on`, with the parameters it used and their values in force."""

    programme: Programme
    facts: Facts
    rows: tuple[RowDetermination, ...]
    values: Values

    @property
    def on(self) -> date:
        """The day asked for."""
        return self.values.day

    @property
    def used(self) -> tuple[tuple[Parameter, Dated], ...]:
        """The parameters that were read, with their values in force."""
        return self.values.used

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What to look at, worked out when it is read."""
        return (
            *_doubts(self.programme.shape, self.facts),
            *met_exactly(self.checks),
            *_warned(self.programme.warnings, self.facts, self.values),
        )


def sentences_of(judged: Determination | RowDetermination) -> dict[str, Sentence]:
    """All that is said of it, by how it is said in Chinese: what was stored can be told in another language by it."""
    said = [
        *(result.reason for result in judged.checks),
        *(caution.sentence for caution in judged.cautions),
        *(Sentence("{value}", value=step.shown()) for step in judged.steps),
        *(step.cited() for step in judged.steps),
    ]
    return {sentence.read(): sentence for sentence in said}


def _doubts(shape: Shape, facts: Facts) -> Iterator[Caution]:
    """What the kinds of the known facts find doubtful (check digits, area codes)."""
    for field in shape.doubtful:
        value = facts.get(field.key)
        if value is not None:
            for key, sentence in field.kind.doubts(value):
                yield Caution(key, sentence, facts.path(field.key))


def _warned(warnings: tuple[Warn, ...], facts: Facts, values: Values) -> Iterator[Caution]:
    """What the programme itself warns of; a warning whose facts are unknown stays silent."""
    for warn in warnings:
        try:
            said = warn.rule(facts, values)
            if said:
                yield Caution(warn.key, said if isinstance(said, Sentence) else Sentence(warn.sentence))
        except Unknown:
            continue


def met_exactly(checks: tuple[CheckResult, ...]) -> Iterator[Caution]:
    """Limits that are met to the very number: another notice may read them the other way."""
    for result in checks:
        if result.comparison is not None and result.comparison.exact:
            yield Caution("limit_met_exactly", result.comparison.sentence(), result.check.key)


def as_json(determination: Determination, article: int, translate: Translate = chinese) -> dict[str, Any]:
    """The determination in the shape of catalogue 1.3/1.4, texts in the translator's language."""
    wording = _Wording(article, translate)
    answer: dict[str, Any] = {"programme": determination.programme.code, "on": determination.on.isoformat()}
    answer |= wording.judged(determination)
    answer["steps"] = [_step(step, translate) for step in determination.steps]
    if determination.programme.roster is not None:
        answer["rows"] = [wording.judged(row) for row in determination.rows]
    answer["parameters"] = [_parameter(p, d, translate) for p, d in determination.used]
    return answer


class _Wording:
    """Words what was judged. What a check says of every row is put together once: there may be thousands of rows."""

    __slots__ = ("_article", "_plain", "_translate")

    def __init__(self, article: int, translate: Translate) -> None:
        self._article = article
        self._translate = translate
        self._plain: dict[tuple[int, Result], dict[str, Any]] = {}

    def judged(self, judged: Determination | RowDetermination) -> dict[str, Any]:
        return {
            "outcome": judged.outcome.value,
            "amount": None if judged.amount is None else yuan(judged.amount),
            "checks": [self._check(result) for result in judged.checks],
            "missing": list(judged.missing),
            "warnings": [
                {"key": caution.key, "message": caution.sentence.read(self._translate), "at": caution.path}
                for caution in judged.cautions
            ],
        }

    def _check(self, result: CheckResult) -> dict[str, Any]:
        known = id(result.check), result.result
        plain = self._plain.get(known)
        if plain is None:
            plain = self._plain[known] = self._without_comparison(result)
        if result.comparison is None:
            return plain
        return {**plain, "reason": result.comparison.sentence().read(self._translate)}

    def _without_comparison(self, result: CheckResult) -> dict[str, Any]:
        basis = result.check.basis
        return {
            "key": result.check.key,
            "label": self._translate(result.check.label),
            "result": result.result.value,
            "reason": CheckResult(result.check, result.result).reason.read(self._translate),
            "article": self._article,
            "quote": basis.quote,
            "source": basis.source,
            "mark": basis.mark.value,
        }


def _step(step: Step, translate: Translate) -> dict[str, Any]:
    shown = Sentence("{value}", value=step.shown()).read(translate)
    return {
        "label": translate(step.label),
        "value": shown,
        "unit": unit_beside(shown, step.unit, translate) if step.unit else "",
        "basis": step.cited().read(translate) if step.basis is not None else "",
    }


def _parameter(parameter: Parameter, dated: Dated, translate: Translate) -> dict[str, Any]:
    return {
        "key": parameter.key,
        "label": translate(parameter.label),
        "value": parameter.kind.write(dated.value),
        "since": dated.since.isoformat(),
        "source": dated.basis.source,
        "mark": dated.basis.mark.value,
    }
