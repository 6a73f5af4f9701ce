"""The working of an amount, line by line, as a person would check it with a desk calculator.

An amount rule reads its facts and parameters through the worksheet, which notes each with its label, unit and basis;
nothing is labelled twice. Lines are worded when they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Kind, Money
from jinan_desk.core.money import round_half_up
from jinan_desk.core.text import Sentence
from jinan_desk.core.unknown import Unknown


class Step(NamedTuple):
    """One line: what, how much (a typed value of `kind`), in which unit, resting on what."""

    label: str
    value: Any
    kind: Kind
    unit: str = ""
    basis: Basis | Sentence | None = None

    def shown(self) -> Any:
        return self.kind.show(self.value)

    def cited(self) -> Sentence:
        if self.basis is None:
            return Sentence("")
        return self.basis.cite() if isinstance(self.basis, Basis) else self.basis


class Worksheet:
    """What an amount rule works on: `work.fact(...)`, `work.parameter(...)`, `work.note(...)`."""

    __slots__ = ("_fields", "facts", "steps", "values")

    def __init__(self, facts: Facts, values: Values, fields: Mapping[str, Field]) -> None:
        self.facts = facts
        self.values = values
        self.steps: list[Step] = []
        self._fields = fields

    def fact(self, key: str) -> Any:
        """A fact, noted with its label and unit."""
        value = getattr(self.facts, key)
        field = self._fields[key]
        self.steps.append(Step(field.label, value, field.kind, field.unit, None))
        return value

    def parameter(self, parameter: Parameter) -> Any:
        """A parameter's value in force, noted with the words it rests on."""
        dated = self.values.look_up(parameter)
        self.steps.append(Step(parameter.label, dated.value, parameter.kind, parameter.unit, dated.basis))
        return dated.value

    def note(self, label: str, value: Any, kind: Kind, *, unit: str = "", by: Sentence | Basis | None = None) -> Any:
        """A number worked out on the way, noted with how."""
        self.steps.append(Step(label, value, kind, unit, by))
        return value

    def money(self, label: str, amount: int | Fraction, *, by: Sentence | Basis | None = None) -> int | Fraction:
        """An amount in fen worked out on the way; unrounded ones are shown to the fen."""
        self.steps.append(Step(label, round_half_up(amount), MONEY, YUAN, by))
        return amount

    def need(self, *wanted: str | Parameter) -> None:
        """Name all that is missing of these facts and parameters at once, instead of the first that is read."""
        missing: list[str] = []
        for item in wanted:
            try:
                _ = self.values.look_up(item) if isinstance(item, Parameter) else getattr(self.facts, item)
            except Unknown as unknown:
                missing += unknown.keys
        if missing:
            raise Unknown(*missing)


MONEY = Money()
YUAN = "元"
