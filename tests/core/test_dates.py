"""Days and months as the law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinan_desk.core.dates import (
    Month,
    days_inclusive,
    end_of_term,
    month_of,
    months_between,
    months_inclusive,
    parse_date,
    parse_month,
    plus_days,
    plus_months,
    plus_years,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2020-02-15", 12, "2021-02-14"),
        ("2020-02-29", 12, "2021-02-27"),
        ("2020-03-01", 12, "2021-02-28"),
        ("2019-03-01", 12, "2020-02-29"),
        ("2020-01-31", 1, "2020-02-28"),
        ("2017-05-01", 36, "2020-04-30"),
    ],
)
def test_a_term_ends_on_the_day_before(start, months, last):
    assert end_of_term(date.fromisoformat(start), months) == date.fromisoformat(last)


@given(DAYS, st.integers(0, 600))
def test_months_later_is_the_same_day_or_the_month_s_last(day, months):
    later = plus_months(day, months)
    assert months_inclusive(month_of(day), month_of(later)) == months + 1
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_a_leap_day_a_year_later():
    assert plus_years(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert plus_years(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_the_calendar_has_an_end():
    assert plus_months(date(9999, 12, 31), 1) == date.max
    assert plus_days(date(9999, 12, 31), 30) == date.max


def test_the_calendar_has_a_beginning():
    assert plus_months(date(1, 1, 1), -1) == date.min
    assert plus_days(date(1, 1, 1), -30) == date.min
    assert end_of_term(date(1, 1, 1), 0) == date.min
    assert Month(9999, 12).plus(1).first_day == date.max


@given(DAYS, DAYS)
def test_both_ends_of_a_period_count(first, last):
    assert days_inclusive(first, last) == max(0, (last - first).days + 1)
    months = months_between(month_of(first), month_of(last))
    assert len(months) == months_inclusive(month_of(first), month_of(last))
    assert months == sorted(set(months))


def test_february_to_june_is_five():
    assert months_inclusive(Month(2020, 2), Month(2020, 6)) == 5


@pytest.mark.parametrize(
    "text", ["2020-02-30", "2021-02-29", "2020-2-3", "20200210", "2020/02/10", "2020-02-10 ", "0000-01-01", "2020-13-01", ""]
)
def test_what_is_no_day(text):
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["2020-00", "2020-13", "2020-2", "202002", "0000-01", "2020-02-01", ""])
def test_what_is_no_month(text):
    assert parse_month(text) is None


@given(DAYS)
def test_days_and_months_are_read_as_they_are_written(day):
    assert parse_date(day.isoformat()) == day
    assert parse_month(str(month_of(day))) == month_of(day)
