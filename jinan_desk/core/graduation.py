"""Graduation: what has to come soon after it, and what cannot come before (10A, 10B, 10D).

While a day that follows graduation is unknown, the day of graduation itself may tell that nothing can hold any more.
"""

from __future__ import annotations

from jinan_desk.core.claim import MonthAgainst, claimed_before, claimed_from
from jinan_desk.core.comparison import Within
from jinan_desk.core.dates import month_of, plus_months
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Day
from jinan_desk.core.text import N_

GRADUATED_ON = Field("graduated_on", Day(), N_("毕业日期"), help=N_("毕业证书上的日期"))


def soon_after_graduation(facts: Facts, key: str, months: int, *, what: str, by: str = "") -> Within:
    """Whether the day `key` lies in the months after graduation, the day of graduation and the last one included.

    It is not after the day `by`: while it is unknown, that one may tell that it came before graduation.
    """
    graduated_on, day, latest = facts.get("graduated_on"), facts.get(key), facts.get(by)
    if day is None and graduated_on is not None and latest is not None and latest < graduated_on:
        day = latest
    else:
        graduated_on, day = facts.all("graduated_on", key)
    return Within(day, graduated_on, plus_months(graduated_on, months), what=what)


def claimed_from_day(facts: Facts, key: str, *, what: str) -> MonthAgainst:
    """Whether no claimed month is before that of the day `key`, which `soon_after_graduation` lets come no earlier
    than graduation."""
    day, graduated_on = facts.get(key), facts.get("graduated_on")
    if day is None and graduated_on is not None:
        early = claimed_before(facts, month_of(graduated_on), what=N_("毕业月"))
        if early is not None:
            return early
    return claimed_from(facts, None if day is None else month_of(day), what=what, waiting=key)
