"""The working of an amount, line by line, as a person would check it with a desk calculator.

An amount rule reads its facts and parameters through the worksheet, which notes each with its label, unit and basis;
nothing is labelled twice. Lines are worded when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from math import prod
from operator import itemgetter
from typing import Any, NamedTuple

from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.dates import Month
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Kind, Money
from jinan_desk.core.money import Amount, round_half_up
from jinan_desk.core.text import N_, Sentence
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


class _Read(NamedTuple):
    """The least and the most that each factor may be, one value where it is known; what each of the others waits for,
    None where all are known."""

    lowest: list[Any]
    highest: list[Any]
    lacking: list[tuple[str, ...]] | None


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

    def parameter(self, parameter: Parameter, *, on: date | None = None) -> Any:
        """A parameter's value in force (`on` another day than the one asked for), noted with the words it rests on.

        A value that is read for one month after another is noted once.
        """
        dated = self.values.look_up(parameter) if on is None else self.values.on(parameter, on)
        step = Step(parameter.label, dated.value, parameter.kind, parameter.unit, dated.basis)
        if on is None or step not in self.steps:
            self.steps.append(step)
        return dated.value

    def chosen(self, choose: Callable[[Facts], Parameter], *parameters: Parameter) -> Any:
        """That of the parameters (amounts or rates) which the facts choose, noted; where all say the same, it does not
        matter which.
        """
        try:
            return self.parameter(choose(self.facts))
        except Unknown as unknown:
            if not all(self.values.has(parameter, self.values.day) for parameter in parameters):
                raise
            said = [self.values[parameter] for parameter in parameters]
            if min(said) != max(said):
                raise Unknown(*unknown.keys, least=min(said), most=max(said)) from None
        return self.parameter(parameters[0])

    def note(self, label: str, value: Any, kind: Kind, *, unit: str = "", by: Sentence | Basis | None = None) -> Any:
        """A number worked out on the way, noted with how."""
        self.steps.append(Step(label, value, kind, unit, by))
        return value

    def money(self, label: str, amount: Amount, *, by: Sentence | Basis | None = None) -> Amount:
        """An amount in fen worked out on the way; unrounded ones are shown to the fen."""
        self.steps.append(Step(label, round_half_up(amount), MONEY, YUAN, by))
        return amount

    def monthly(self, label: str, amounts: Iterable[tuple[Month, Amount]]) -> Amount:
        """The sum of what each month is worth; runs of equal months are noted as one line."""
        total: Amount = 0
        for amount, run in groupby(amounts, key=itemgetter(1)):
            months = [month for month, _ in run]
            total += amount * len(months)
            self.money(label, amount, by=_span(months))
        return total

    def times(self, *factors: Factor) -> Amount:
        """An amount: the product of facts, parameters and numbers worked out on the way, each noted.

        All that is missing is named at once; but where it comes to the same fen whatever that is, it is known.
        """
        read = self._read_all(factors)
        least: Amount = prod(read.lowest)
        if read.lacking is not None:
            most = 0 if 0 in read.highest else None if None in read.highest else prod(read.highest)
            if most is None or round_half_up(least) != round_half_up(most):
                raise Unknown(*chain.from_iterable(read.lacking), least=least, most=most)
        return least

    def smallest(self, *factors: Factor) -> Amount:
        """The smallest of such, each noted. All that is missing is named at once, unless the others settle it: what is
        not below another at its most can only be as small as that one.
        """
        read = self._read_all(factors)
        least: Amount = min(read.lowest)
        if read.lacking is not None:
            most = min((high for high in read.highest if high is not None), default=None)
            if most != least:
                lacking = zip(read.lowest, read.lacking, strict=True)
                keys = [key for low, keys in lacking if most is None or low < most for key in keys]
                raise Unknown(*keys, least=least, most=most)
        return least

    def plus(self, *summands: Factor) -> Amount:
        """The sum of such, each noted. All that is missing is named at once."""
        total: Amount = sum(self.gather(*summands))
        return total

    def gather(self, *factors: Factor) -> list[Any]:
        """Several such, each noted. All that is missing is named at once."""
        read = self._read_all(factors)
        if read.lacking is not None:
            raise Unknown(*chain.from_iterable(read.lacking))
        return read.lowest

    def _read_all(self, factors: tuple[Factor, ...]) -> _Read:
        lowest: list[Any] = []
        highest: list[Any] = []
        lacking: list[tuple[str, ...]] | None = None
        for place, factor in enumerate(factors):
            try:
                least = most = self._read(factor)
            except Unknown as unknown:
                least, most = unknown.least, unknown.most
                lacking = lacking or [()] * len(factors)
                lacking[place] = unknown.keys
            lowest.append(least)
            highest.append(most)
        return _Read(lowest, highest, lacking)

    def _read(self, factor: Factor) -> Any:
        if isinstance(factor, str):
            return self.fact(factor)
        return self.parameter(factor) if isinstance(factor, Parameter) else factor(self)


def _span(months: Sequence[Month]) -> Sentence:
    if len(months) == 1:
        return Sentence(N_("{month}，1 个月"), month=months[0])
    return Sentence(N_("{first} 至 {last}，{count} 个月"), first=months[0], last=months[-1], count=len(months))


Factor = str | Parameter | Callable[[Worksheet], Any]
"""A fact by its key, a parameter, or a number that is worked out from others."""

MONEY = Money()
YUAN = "元"
