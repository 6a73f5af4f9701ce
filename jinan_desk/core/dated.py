"""Parameters: numbers and dates of the policy, each with the day it holds from and the words it rests on.

The value in force on a day is the last whose `since` is not after it; before the first there is none, and a rule that
needs it ends as unknown. An office may add dated values; nothing declared is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from jinan_desk.core.basis import Basis, Mark
from jinan_desk.core.kind import Invalid, Kind
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown

ALWAYS = date.min
"""`since` of a number to which the circular gives no first day (catalogue 1.5)."""

ENTERED = Basis(Mark.UNKNOWN, N_("本次计算录入的数值"))
"""The basis of a value that was given for one computation only."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A typed value, the first day it holds and what it rests on."""

    since: date
    value: Any
    basis: Basis


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A named, dated value. `values` are in order of `since`; none at all: the office must enter one.

    A parameter is declared once and is equal only to itself.
    """

    key: str
    label: str
    kind: Kind
    unit: str = ""
    values: tuple[Dated, ...] = ()


def policy(
    key: str, label: str, kind: Kind, given: Any, *, basis: Basis, unit: str = "", since: date = ALWAYS
) -> Parameter:
    """A number of the circular: one value in its JSON shape, in force from `since`."""
    return Parameter(key, label, kind, unit, (Dated(since, kind.read(given), basis),))


def in_force(values: tuple[Dated, ...], day: date) -> Dated | None:
    """The last of the values (in order of `since`) whose `since` is not after the day."""
    found = None
    for dated in values:
        if dated.since > day:
            break
        found = dated
    return found


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """What stands beside the declared values: an office's own dated values, and values for one computation only.

    `added` are dated values by parameter key; `overrides` are typed values by key that hold whatever the day.
    """

    added: Mapping[str, tuple[Dated, ...]] = field(default_factory=dict)
    overrides: Mapping[str, Any] = field(default_factory=dict)


SHIPPED = ParameterSet()
"""Nothing beside the declared values."""


class Values:
    """The parameters as a rule reads them: `values[LIMIT]` is the typed value in force on the day asked for.

    Reading a parameter that has no value raises `Unknown`. What was read is kept in `used`.
    """

    __slots__ = ("_current", "_elsewhen", "_find", "_parameters", "day")

    def __init__(self, day: date, parameters: ParameterSet = SHIPPED) -> None:
        self.day = day
        self._parameters = parameters
        self._find = _declared if parameters is SHIPPED else self._own
        self._current: dict[Parameter, Dated] = {}
        self._elsewhen: dict[tuple[Parameter, date], Dated] = {}

    def __getitem__(self, parameter: Parameter) -> Any:
        dated = self._current.get(parameter)
        return dated.value if dated is not None else self.look_up(parameter).value

    def look_up(self, parameter: Parameter) -> Dated:
        """The dated value in force, with its basis. Raises `Unknown` where there is none."""
        dated = self._current.get(parameter)
        if dated is None:
            dated = self._find(parameter, self.day)
            if dated is None:
                raise Unknown(f"parameter:{parameter.key}")
            self._current[parameter] = dated
        return dated

    def on(self, parameter: Parameter, day: date) -> Dated:
        """The value in force on another day than the one asked for (a month's first day, say)."""
        dated = self._find(parameter, day)
        if dated is None:
            raise Unknown(f"parameter:{parameter.key}")
        self._elsewhen[parameter, dated.since] = dated
        return dated

    def at_all_times(self, parameter: Parameter) -> Any:
        """The value that is in force on every day, noted as used; None where it depends on the day or there is none."""
        first, last = self._find(parameter, date.min), self._find(parameter, date.max)
        if first is None or first != last:
            return None
        self._elsewhen[parameter, first.since] = first
        return first.value

    def has(self, parameter: Parameter, day: date) -> bool:
        """Whether there is a value in force on that day: for what has a rule of its own where there is none."""
        return self._find(parameter, day) is not None

    @property
    def used(self) -> tuple[tuple[Parameter, Dated], ...]:
        """The parameters that were read, each with every dated value that was in force on a day it was read for."""
        read = {(parameter, dated.since): dated for parameter, dated in self._current.items()} | self._elsewhen
        return tuple((parameter, dated) for (parameter, _), dated in read.items())

    def _own(self, parameter: Parameter, day: date) -> Dated | None:
        if parameter.key in self._parameters.overrides:
            return Dated(ALWAYS, self._parameters.overrides[parameter.key], ENTERED)
        values = parameter.values
        if parameter.key in self._parameters.added:
            values = tuple(sorted(values + self._parameters.added[parameter.key], key=_since))
        return in_force(values, day)


@lru_cache(maxsize=4096)
def _declared(parameter: Parameter, day: date) -> Dated | None:
    """The declared value in force: asked for again and again by the cases of one day."""
    return in_force(parameter.values, day)


def _since(dated: Dated) -> date:
    return dated.since


def read_overrides(
    parameters: Mapping[str, Parameter], given: Any
) -> tuple[dict[str, Any], dict[str, Invalid]]:
    """Typed overrides from a JSON object and, by `parameter:KEY`, what is wrong with the others."""
    if given is None:
        return {}, {}
    if not isinstance(given, dict):
        return {}, {"parameters": Invalid(Sentence(N_("参数应为“键: 值”的对象")))}
    read: dict[str, Any] = {}
    wrong: dict[str, Invalid] = {}
    for key, value in given.items():
        try:
            if key not in parameters:
                raise Invalid(Sentence(N_("没有此参数")))
            if value is not None:
                read[key] = parameters[key].kind.read(value)
        except Invalid as error:
            wrong[f"parameter:{key}"] = error
    return read, wrong
