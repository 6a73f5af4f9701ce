"""Comparisons that a check may come to: each is decided when it is made, words itself and says how far off it is.

A comparison is made only of known values; a rule that lacks one has ended before. `exact` says that a limit is met to
the very number, which another notice may read the other way.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinan_desk.core.dates import end_of_term
from jinan_desk.core.kind import per_cent
from jinan_desk.core.text import N_, Sentence, quantity


class _Share:
    """A part of a whole against a limit, compared exactly, not after rounding. `whole` is at least 1."""

    __slots__ = ("exact", "holds", "limit", "part", "what", "whole")

    def __init__(self, part: int, whole: int, limit: Fraction, *, what: str, difference: int) -> None:
        self.part, self.whole, self.limit, self.what = part, whole, limit, what
        self.holds = difference >= 0
        self.exact = difference == 0

    def _gaps(self) -> dict[str, object]:
        share = _told_apart(Fraction(self.part, self.whole), self.limit)
        return {"what": Sentence(self.what), "share": share, "limit": per_cent(self.limit)}


class ShareAtMost(_Share):
    """`part / whole <= limit`; says how many fewer would do. `within` says that equality is allowed."""

    __slots__ = ("within",)

    def __init__(self, part: int, whole: int, limit: Fraction, *, what: str, within: bool = True) -> None:
        left, right = part * limit.denominator, whole * limit.numerator
        super().__init__(part, whole, limit, what=what, difference=right - left)
        self.within = within
        self.holds = self.holds and (within or not self.exact)

    def sentence(self) -> Sentence:
        gaps = self._gaps()
        if self.exact and self.within:
            return Sentence(N_("{what} {share}，正好等于上限 {limit}"), **gaps)
        if self.holds:
            return Sentence(N_("{what} {share}，上限 {limit}"), **gaps)
        most, rest = divmod(self.whole * self.limit.numerator, self.limit.denominator)
        most -= not (self.within or rest)
        return Sentence(
            N_("{what} {share}，上限 {limit}；最多 {most} 人，超出 {over} 人"), most=most, over=self.part - most, **gaps
        )


class ShareAtLeast(_Share):
    """`part / whole >= limit`; says how many more would do."""

    __slots__ = ()

    def __init__(self, part: int, whole: int, limit: Fraction, *, what: str) -> None:
        super().__init__(
            part, whole, limit, what=what, difference=part * limit.denominator - whole * limit.numerator
        )

    def sentence(self) -> Sentence:
        gaps = self._gaps()
        if self.exact:
            return Sentence(N_("{what} {share}，正好达到 {limit}"), **gaps)
        if self.holds:
            return Sentence(N_("{what} {share}，不低于 {limit}"), **gaps)
        least = -(-self.whole * self.limit.numerator // self.limit.denominator)
        return Sentence(
            N_("{what} {share}，应不低于 {limit}；至少 {least} 人，还差 {short} 人"),
            least=least, short=least - self.part, **gaps,
        )


def _told_apart(share: Fraction, limit: Fraction) -> str:
    """Two decimals, or as many as it takes to tell the share from a limit that it is not equal to."""
    places = 2
    while share != limit and places < 12 and per_cent(share, places=places) == per_cent(limit, places=places):
        places += 1
    return per_cent(share, places=places)


class Within:
    """A day in first..last, both counted; an end that is None is open."""

    __slots__ = ("day", "exact", "first", "holds", "last", "what")

    def __init__(self, day: date, first: date | None, last: date | None, *, what: str) -> None:
        self.day, self.first, self.last, self.what = day, first, last, what
        self.holds = (first is None or first <= day) and (last is None or day <= last)
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"what": Sentence(self.what), "day": self.day, "first": self.first, "last": self.last}
        if self.first is not None and self.day < self.first:
            off = (self.first - self.day).days
            return Sentence(N_("{what} {day}，比起始日 {first} 早 {off} 天"), off=off, **gaps)
        if self.last is None:
            return Sentence(N_("{what} {day}，不早于 {first}"), **gaps)
        if self.day > self.last:
            off = (self.day - self.last).days
            return Sentence(N_("{what} {day}，比截止日 {last} 晚 {off} 天"), off=off, **gaps)
        left = (self.last - self.day).days
        if self.first is None:
            return Sentence(N_("{what} {day}，不晚于 {last}（距截止 {left} 天）"), left=left, **gaps)
        return Sentence(N_("{what} {day}，在 {first} 至 {last} 之间（距截止 {left} 天）"), left=left, **gaps)


class InRange:
    """A counted number in least..most, both allowed; an end that is None is open."""

    __slots__ = ("exact", "holds", "least", "most", "number", "unit", "what")

    def __init__(
        self, number: int, *, what: str, unit: str, least: int | None = None, most: int | None = None
    ) -> None:
        self.number, self.least, self.most, self.what, self.unit = number, least, most, what, unit
        self.holds = (least is None or number >= least) and (most is None or number <= most)
        self.exact = False

    def sentence(self) -> Sentence:
        least, most = quantity(self.least, self.unit), quantity(self.most, self.unit)
        gaps = {"what": Sentence(self.what), "number": quantity(self.number, self.unit)}
        if self.holds:
            return Sentence(N_("{what} {number}"), **gaps)
        if self.most is None:
            return Sentence(N_("{what} {number}，至少应为 {least}"), least=least, **gaps)
        if self.least is None:
            return Sentence(N_("{what} {number}，最多为 {most}"), most=most, **gaps)
        return Sentence(N_("{what} {number}，应为 {least} 至 {most}"), least=self.least, most=most, **gaps)


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


class Quota:
    """Months enjoyed before and months asked for now, together at most `most`; `claimed` is None where none is left."""

    __slots__ = ("claimed", "enjoyed", "exact", "holds", "most")

    def __init__(self, enjoyed: int, claimed: int | None, most: int) -> None:
        self.enjoyed, self.claimed, self.most = enjoyed, claimed, most
        self.holds = claimed is not None and enjoyed + claimed <= most
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"enjoyed": self.enjoyed, "claimed": self.claimed, "most": self.most}
        if self.claimed is None:
            return Sentence(N_("此前已享受 {enjoyed} 个月，最多 {most} 个月，没有剩余"), **gaps)
        left = self.most - self.enjoyed - self.claimed
        if self.holds:
            return Sentence(
                N_("此前已享受 {enjoyed} 个月，本次 {claimed} 个月，最多 {most} 个月（还剩 {left} 个月）"),
                left=left, **gaps,
            )
        return Sentence(
            N_("此前已享受 {enjoyed} 个月，本次 {claimed} 个月，最多 {most} 个月，超出 {over} 个月"), over=-left, **gaps
        )
