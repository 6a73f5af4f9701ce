"""Checks: one condition each, three-valued, with the words it rests on and a sentence that a clerk can read out.

A rule is a plain function `(facts, values) -> bool | Comparison`. A comparison is decided when it is made and worded
only when somebody reads it, so that a roster of thousands of rows costs no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import Values
from jinan_desk.core.field import Facts
from jinan_desk.core.text import N_, Sentence


class Result(StrEnum):
    """The three truth values of a check."""

    PASS = "pass"  # noqa: S105  (a verdict, not a password)
    FAIL = "fail"
    UNKNOWN = "unknown"


class Comparison(Protocol):
    """What a rule may return instead of a plain yes or no: it knows how far off it is."""

    @property
    def holds(self) -> bool: ...

    @property
    def exact(self) -> bool:
        """Whether the limit is met exactly: worth a second look."""
        ...

    def sentence(self) -> Sentence: ...


Rule = Callable[[Facts, Values], "bool | Comparison"]


@dataclass(frozen=True, slots=True)
class Check:
    """A named condition. `passed` and `failed` word a plain yes and no; a comparison words itself.

    `plain` are the results of such a yes and no: always the same ones.
    """

    key: str
    label: str
    basis: Basis
    rule: Rule
    passed: str
    failed: str
    plain: Mapping[bool, CheckResult] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        plain = {True: CheckResult(self, Result.PASS), False: CheckResult(self, Result.FAIL)}
        object.__setattr__(self, "plain", plain)


def check(
    key: str, label: str, *, basis: Basis, passed: str = "", failed: str = ""
) -> Callable[[Rule], Check]:
    """Declare the decorated rule as a check: `passed`/`failed` default to the label with 符合/不符合."""

    def declare(rule: Rule) -> Check:
        return Check(key, label, basis, rule, passed or N_("符合"), failed or N_("不符合"))

    return declare


def flag(
    key: str, label: str, *, basis: Basis, passed: str, failed: str, fact: str = "", wanted: bool = True
) -> Check:
    """A check of one yes-or-no fact (named like the check unless `fact` says otherwise) that must be `wanted`."""
    name = fact or key
    return Check(key, label, basis, lambda facts, values: getattr(facts, name) is wanted, passed, failed)


class CheckResult(NamedTuple):
    """One check, decided or not. `missing` are the keys that an undecided one waits for."""

    check: Check
    result: Result
    comparison: Comparison | None = None
    missing: tuple[str, ...] = ()

    @property
    def reason(self) -> Sentence:
        """Why, in one sentence."""
        if self.result is Result.UNKNOWN:
            return Sentence(N_("尚缺资料，无法判断"))
        if self.comparison is not None:
            return self.comparison.sentence()
        return Sentence(self.check.passed if self.result is Result.PASS else self.check.failed)
