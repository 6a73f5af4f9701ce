"""What a case, or a row of its roster, claims: for which days, how often, and what it cannot be drawn beside.

A measure declares it next to what it grants; what follows from it between two cases is judged in `finding`, which knows
no programme. A period is a rule like every other: reading an unknown fact ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.dates import Month
from jinan_desk.core.field import Facts


class Span(NamedTuple):
    """Days first..last, both counted."""

    first: date
    last: date

    def shared(self, other: Span) -> Span | None:
        """The days that lie in both, None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None


class Nature(StrEnum):
    """What a claim is, as far as it decides what it cannot be drawn beside (catalogue 5)."""

    STAY_REFUND = "stay_refund"
    DIFFICULT_REFUND = "difficult_refund"
    UNIT_SUBSIDY = "unit_subsidy"
    PERSON_SUBSIDY = "person_subsidy"
    EMPLOYED = "employed"
    UNEMPLOYED = "unemployed"
    TRAINEE = "trainee"
    GRADUATE_HIRE = "graduate_hire"


Period = Callable[[Facts, Values], Span | None]
"""A rule for the days that are claimed; None where there are none."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A declared claim. Of a roster it is the row's person who claims, of a case its applicant.

    `period`: the days it is claimed for, or of the employment where it is paid `once` in a life. `cap`: the parameter
    (fen) that all cases of one applicant stay below together. `retires`: the day after whose month nothing is due.
    """

    period: Period | None = None
    natures: frozenset[Nature] = frozenset()
    once: bool = False
    cap: Parameter | None = None
    retires: Callable[[Facts, Values], date] | None = None


def span_of_months(first: Month, last: Month) -> Span:
    """From the first day of a month to the last day of another, which is not before it."""
    return Span(first.first_day, last.plus(1).first_day - timedelta(days=1))


def claimed_period(facts: Facts, values: Values) -> Span:  # noqa: ARG001  (a period is a rule like every other)
    """The months from_month..to_month."""
    return span_of_months(*facts.all("from_month", "to_month"))


def year_of_application(facts: Facts, values: Values) -> Span:  # noqa: ARG001
    """The calendar year of the day asked for: what is granted once a year, or says no months."""
    return Span(date(values.day.year, 1, 1), date(values.day.year, 12, 31))


def days_between(start: str, end: str) -> Period:
    """The days from one fact to another."""

    def period(facts: Facts, values: Values) -> Span:  # noqa: ARG001
        return Span(*facts.all(start, end))

    return period
