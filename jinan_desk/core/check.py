"""Checks: one condition each, three-valued, with the words it rests on and a sentence that a clerk can read out.

A rule is a plain function `(facts, values) -> bool | Comparison`. A comparison is decided when it is made and worded
only when somebody reads it, so that a roster of thousands of rows costs no texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Protocol

from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import Values
from jinan_desk.core.dates import days_inclusive, end_of_term
from jinan_desk.core.field import Facts
from jinan_desk.core.kind import per_cent
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
    """A named condition. `passed` and `failed` word a plain yes and no; a comparison words itself."""

    key: str
    label: str
    basis: Basis
    rule: Rule
    passed: str
    failed: str


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


class ShareAtMost:
    """`part / whole <= limit`, compared exactly; says how many fewer would do. `whole` is at least 1."""

    __slots__ = ("exact", "holds", "limit", "part", "what", "whole")

    def __init__(self, part: int, whole: int, limit: Fraction, *, what: str) -> None:
        self.part, self.whole, self.limit, self.what = part, whole, limit, what
        left, right = part * limit.denominator, whole * limit.numerator
        self.holds = left <= right
        self.exact = left == right

    def sentence(self) -> Sentence:
        share = _share(self.part, self.whole, self.limit)
        gaps = {"what": Sentence(self.what), "share": share, "limit": per_cent(self.limit)}
        if self.exact:
            return Sentence(N_("{what} {share}，正好等于上限 {limit}"), **gaps)
        if self.holds:
            return Sentence(N_("{what} {share}，上限 {limit}"), **gaps)
        most = self.whole * self.limit.numerator // self.limit.denominator
        return Sentence(
            N_("{what} {share}，上限 {limit}；最多 {most} 人，超出 {over} 人"), most=most, over=self.part - most, **gaps
        )


def _share(part: int, whole: int, limit: Fraction) -> str:
    """Two decimals, or as many as it takes to tell the share from a limit that it is not equal to."""
    share = Fraction(part, whole)
    places = 2
    while share != limit and places < 12 and per_cent(share, places=places) == per_cent(limit, places=places):
        places += 1
    return per_cent(share, places=places)


class Within:
    """A day in first..last, both counted."""

    __slots__ = ("day", "exact", "first", "holds", "last", "what")

    def __init__(self, day: date, first: date, last: date, *, what: str) -> None:
        self.day, self.first, self.last, self.what = day, first, last, what
        self.holds = first <= day <= last
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"what": Sentence(self.what), "day": self.day, "first": self.first, "last": self.last}
        if self.holds:
            left = (self.last - self.day).days
            return Sentence(N_("{what} {day}，在 {first} 至 {last} 之间（距截止 {left} 天）"), left=left, **gaps)
        if self.day < self.first:
            off = (self.first - self.day).days
            return Sentence(N_("{what} {day}，比起始日 {first} 早 {off} 天"), off=off, **gaps)
        off = (self.day - self.last).days
        return Sentence(N_("{what} {day}，比截止日 {last} 晚 {off} 天"), off=off, **gaps)


class TermAtLeast:
    """A term start..end that lasts at least `months`, by calendar days."""

    __slots__ = ("end", "exact", "holds", "months", "needed", "start")

    def __init__(self, start: date, end: date, months: int) -> None:
        self.start, self.end, self.months = start, end, months
        self.needed = end_of_term(start, months)
        self.holds = end >= self.needed
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"start": self.start, "end": self.end, "months": self.months, "needed": self.needed}
        if self.holds:
            return Sentence(N_("合同 {start} 至 {end}，满 {months} 个月"), **gaps)
        short = (self.needed - self.end).days
        return Sentence(N_("合同 {start} 至 {end}，满 {months} 个月应至 {needed}，差 {short} 天"), short=short, **gaps)


class AtLeast:
    """A counted number that reaches `least`."""

    __slots__ = ("exact", "holds", "least", "number", "unit", "what")

    def __init__(self, number: int, least: int, *, what: str, unit: str) -> None:
        self.number, self.least, self.what, self.unit = number, least, what, unit
        self.holds = number >= least
        self.exact = False

    def sentence(self) -> Sentence:
        source = N_("{what} {number} {unit}") if self.holds else N_("{what} {number} {unit}，至少应为 {least} {unit}")
        gaps = {"what": Sentence(self.what), "unit": Sentence(self.unit)}
        return Sentence(source, number=self.number, least=self.least, **gaps)


def days_in_window(facts: Facts, start: str, end: str, first: date, last: date) -> int:
    """Days of a claimed period inside first..last; an end of the period that excludes all of it decides alone."""
    begins, ends = facts.get(start), facts.get(end)
    if (begins is not None and begins > last) or (ends is not None and ends < first):
        return 0
    begins, ends = facts.all(start, end)
    return days_inclusive(max(begins, first), min(ends, last))
