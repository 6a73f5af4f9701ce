"""Claimed periods: the months or days that are asked for, against a window, a contract or what was enjoyed before.

A half-known period is decided as far as its known half decides it: a first month after the window's end has failed
whatever the last, and one that is the window's last month counts as one (catalogue 1.5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jinan_desk.core.basis import Basis
from jinan_desk.core.check import Check
from jinan_desk.core.comparison import Quota
from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.dates import Month, months_inclusive
from jinan_desk.core.field import Facts, Field, period
from jinan_desk.core.kind import CalendarMonth, Count, Money
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet

WAGE_BASE = Field("wage_base", Money(), N_("月缴费基数"), N_("元"), help=N_("单位每月的缴费工资总额"))
FROM_MONTH = Field("from_month", CalendarMonth(), N_("起始月份"), help=N_("本次申领的第一个月"))
TO_MONTH = Field("to_month", CalendarMonth(), N_("截止月份"), help=N_("本次申领的最后一个月，含当月"))
MONTHS_IN_ORDER = period("from_month", "to_month")
MONTHS_ENJOYED = Field(
    "months_enjoyed", Count(), N_("此前已享受月数"), N_("个月"), default=0,
    help=N_("本次之前已享受本项补贴的月数，没有则留空"),
)


def claimed_months(facts: Facts) -> int:
    """How many months are asked for, both ends counted."""
    first, last = facts.all("from_month", "to_month")
    return months_inclusive(first, last)


# Inside a window ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many months or days of a period lie in a window: `least`..`most`, one number where both ends are known."""

    least: int
    most: int
    lacking: tuple[str, ...]

    def capped(self, limit: int | None) -> Overlap:
        """The same, counting no more than `limit`."""
        if limit is None:
            return self
        return Overlap(min(self.least, limit), min(self.most, limit), self.lacking)

    def count(self) -> int:
        """The number. Raises `Unknown` where an unknown end could still change it."""
        if self.least != self.most:
            raise Unknown(*self.lacking, least=self.least, most=self.most)
        return self.most

    def any(self) -> bool:
        """Whether there is one at all. Raises `Unknown` where an unknown end could still change it."""
        if self.least == 0 < self.most:
            raise Unknown(*self.lacking)
        return self.most > 0


def days_in_window(facts: Facts, start: str, end: str, first: date, last: date) -> Overlap:
    """The days of the period between two facts inside first..last."""
    return _overlap(facts, (start, end), first, last)


def _overlap(facts: Facts, keys: tuple[str, str], first: date | Month, last: date | Month) -> Overlap:
    opening, closing = first.toordinal(), last.toordinal()

    def inside(begins: int, ends: int) -> int:
        return max(0, min(ends, closing) - max(begins, opening) + 1)

    begins, ends = (None if facts.get(key) is None else facts.get(key).toordinal() for key in keys)
    if begins is not None and ends is not None:
        exactly = inside(begins, ends)
        return Overlap(exactly, exactly, ())
    lacking = facts.lacking(*keys)
    if begins is not None:
        return Overlap(inside(begins, begins), inside(begins, closing), lacking)
    if ends is not None:
        return Overlap(inside(ends, ends), inside(opening, ends), lacking)
    return Overlap(0, inside(opening, closing), lacking)


class MonthsCounted:
    """Whether any claimed month lies in a window."""

    __slots__ = ("exact", "first", "holds", "last", "overlap")

    def __init__(self, overlap: Overlap, first: Month, last: Month) -> None:
        self.overlap, self.first, self.last = overlap, first, last
        self.holds = overlap.any()
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"first": self.first, "last": self.last, "months": self.overlap.most}
        if not self.holds:
            return Sentence(N_("没有月份在 {first} 至 {last} 之间"), **gaps)
        if self.overlap.least == self.overlap.most:
            return Sentence(N_("在 {first} 至 {last} 之间的有 {months} 个月"), **gaps)
        return Sentence(N_("有月份在 {first} 至 {last} 之间"), **gaps)


@dataclass(frozen=True, slots=True)
class MonthWindow:
    """The months in which a relief holds: claimed months count as far as they lie in it.

    `last` may depend on the case, as where large enterprises are relieved for a shorter time.
    """

    first: Parameter
    last: Parameter | Callable[[Facts], Parameter]
    basis: Basis

    def _overlap(self, facts: Facts, values: Values) -> tuple[Overlap, Month, Month]:
        last = self.last if isinstance(self.last, Parameter) else self.last(facts)
        opening, closing = values[self.first], values[last]
        return _overlap(facts, ("from_month", "to_month"), opening, closing), opening, closing

    def check(self, label: str) -> Check:
        """The check that any claimed month lies in the window."""

        def some_month(facts: Facts, values: Values) -> MonthsCounted:
            return MonthsCounted(*self._overlap(facts, values))

        return Check("months_in_window", label, self.basis, some_month, "", "")

    def count(self, work: Worksheet) -> int:
        """The number of claimed months in the window, noted."""
        months = self._overlap(work.facts, work.values)[0].count()
        work.note(N_("可计月数"), months, Count(), unit=N_("个月"), by=self.basis)
        return months


# Inside a contract or a term ----------------------------------------------------------------------------------------


class MonthAgainst:
    """A claimed month against the first one that may be claimed, or the last (`until`)."""

    __slots__ = ("exact", "holds", "limit", "month", "until", "what")

    def __init__(self, month: Month, limit: Month, *, what: str, until: bool) -> None:
        self.month, self.limit, self.what, self.until = month, limit, what, until
        self.holds = month <= limit if until else month >= limit
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"month": self.month, "limit": self.limit, "what": Sentence(self.what)}
        if self.holds:
            until, since = N_("申领至 {month}，不晚于{what} {limit}"), N_("申领自 {month}，不早于{what} {limit}")
            return Sentence(until if self.until else since, **gaps)
        if not self.until:
            off = months_inclusive(self.month, self.limit) - 1
            return Sentence(N_("申领月份 {month}，比{what} {limit} 早 {off} 个月"), off=off, **gaps)
        off = months_inclusive(self.limit, self.month) - 1
        return Sentence(N_("申领月份 {month}，比{what} {limit} 晚 {off} 个月"), off=off, **gaps)


def claimed_from(facts: Facts, first: Month | None, *, what: str, waiting: str) -> MonthAgainst:
    """Whether no claimed month is before `first`, which is None while the fact `waiting` is unknown."""
    begins = facts.get("from_month")
    if first is not None and begins is not None:
        return MonthAgainst(begins, first, what=what, until=False)
    early = None if first is None else claimed_before(facts, first, what=what)
    if early is None:
        raise Unknown(*facts.lacking("from_month", waiting))
    return early


def claimed_before(facts: Facts, first: Month, *, what: str) -> MonthAgainst | None:
    """What refuses the claim where a month of it is known to be before `first`."""
    begins, ends = facts.get("from_month"), facts.get("to_month")
    month = begins if begins is not None else ends
    return None if month is None or month >= first else MonthAgainst(month, first, what=what, until=False)


def claimed_until(facts: Facts, last: Month | None, *, what: str, waiting: str) -> MonthAgainst:
    """Whether no claimed month is after `last`, which is None while the fact `waiting` is unknown."""
    begins, ends = facts.get("from_month"), facts.get("to_month")
    reached = ends if ends is not None else begins
    if last is None or reached is None or (ends is None and reached <= last):
        raise Unknown(*facts.lacking("to_month", waiting))
    return MonthAgainst(reached, last, what=what, until=True)


# Beside what was enjoyed before -------------------------------------------------------------------------------------


def within_quota(facts: Facts, most: int, claimed: Callable[[Facts], int], *, least: int = 1) -> Quota:
    """Months enjoyed before and those claimed now against `most`; every claim is of `least` months or more."""
    enjoyed = facts.months_enjoyed
    return Quota(enjoyed, None if enjoyed + least > most else claimed(facts), most)
