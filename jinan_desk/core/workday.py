"""Working days: weekends, public holidays and make-up days (调休上班日).

The calendar is data (`resources/workdays.toml`, and what an office has imported): the State Council announces each year
anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off that would be working days, and weekend days that are worked. Years outside are plain weeks."""

    days_off: frozenset[date]
    make_up_days: frozenset[date]

    def with_days(self, worked: Mapping[date, bool]) -> Calendar:
        """The calendar in which these days are worked or not, whatever it said of them before."""
        others = self.days_off - worked.keys(), self.make_up_days - worked.keys()
        off = {day for day, is_worked in worked.items() if not is_worked}
        made_up = {day for day, is_worked in worked.items() if is_worked and day.weekday() >= SATURDAY}
        return Calendar(others[0] | off, others[1] | made_up)

    def is_workday(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def plus(self, day: date, workdays: int) -> date:
        """The day that lies `workdays` working days after `day`; the day itself does not count (民法典 201)."""
        while workdays > 0:
            day += timedelta(days=1)
            workdays -= self.is_workday(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days come after `first`, up to and with `last`; negative where `last` is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_workday(first + timedelta(days=n + 1)) for n in range((last - first).days))
