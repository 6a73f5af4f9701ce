"""Calendar days and months as the law counts them: inclusive ends, month ends that do not overflow.

Sources: 民法典 200–204, 1259 (until 2020-12-31 民法总则 200–205, the same words); catalogue 1.2. No clock: the day is
always an argument. What would lie past the calendar's end (a contract typed as ending on 9999-12-31) is the calendar's
last day, and what would lie before its beginning the first.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime
from functools import lru_cache
from typing import NamedTuple

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_TIME = re.compile(r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
_YEARS_OF_OFFICE = range(2000, 2200)


class Month(NamedTuple):
    """A calendar month; months compare in time's order."""

    year: int
    month: int

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1) if self.year <= MAXYEAR else date.max

    def plus(self, months: int) -> Month:
        years, zero_based = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, zero_based + 1)

    def toordinal(self) -> int:
        """The month's place in the row of all months, as `date.toordinal` is a day's."""
        return self.year * 12 + self.month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def month_of(day: date) -> Month:
    """The month in which the day lies."""
    return Month(day.year, day.month)


def parse_date(text: str) -> date | None:
    """The day written `2020-02-10`; None for any other shape or an impossible day."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def is_day_of_office(text: str) -> bool:
    """Whether it is a day, written as `parse_date` reads it, on which an office may have done something: of these two
    centuries. (What a contract says may lie beyond.)"""
    day = parse_date(text)
    return day is not None and day.year in _YEARS_OF_OFFICE


def is_time(text: str) -> bool:
    """Whether it is such a day's time as revisions and packages carry it: UTC, `2020-03-20T08:15:00Z`."""
    return is_day_of_office(text[:10]) and _TIME.fullmatch(text, 10) is not None


def parse_month(text: str) -> Month | None:
    """The month written `2020-02`; None for any other shape or an impossible month."""
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    year, month = map(int, match.groups())
    return Month(year, month) if year >= 1 and 1 <= month <= 12 else None


def plus_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where the day does not exist."""
    years, zero_based = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, zero_based + 1
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month, day.day if day.day <= 28 else min(day.day, monthrange(year, month)[1]))


def plus_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February in a common year."""
    return plus_months(day, 12 * years)


def plus_days(day: date, days: int) -> date:
    """The day that lies `days` later."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def months_inclusive(first: Month, last: Month) -> int:
    """How many months lie in first..last, both counted; 0 where the period is empty."""
    return max(0, last.toordinal() - first.toordinal() + 1)


def months_between(first: Month, last: Month) -> list[Month]:
    """The months first..last, both included."""
    return [first.plus(number) for number in range(months_inclusive(first, last))]


def days_inclusive(first: date, last: date) -> int:
    """How many days lie in first..last, both counted; 0 where the period is empty."""
    return max(0, (last - first).days + 1)


def end_of_term(start: date, months: int) -> date:
    """The last day of a term of `months` that begins on `start`: 2020-02-15 and 12 months end on 2021-02-14."""
    return plus_days(plus_months(start, months), -1)


def local_time(at: str) -> str:
    """`2020-03-20T08:15:00Z` as the clock on the wall shows it."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{moment:%Y-%m-%d %H:%M}"
