"""Half-known periods are decided by what every way to complete them would come to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinan_desk.core.claim import claimed_from, claimed_until, days_in_window, within_quota
from jinan_desk.core.dates import Month, days_inclusive
from jinan_desk.core.field import Facts
from jinan_desk.core.unknown import Unknown

FIRST, LAST = date(2020, 1, 10), date(2020, 1, 14)
DAYS = [date(2020, 1, day) for day in range(5, 20)]
KNOWN_OR_NOT = st.none() | st.sampled_from(DAYS)


def ways(begins, ends):
    """Every way to complete the period, within some days around the window."""
    for first in DAYS if begins is None else [begins]:
        for last in DAYS if ends is None else [ends]:
            if first <= last:
                yield first, last


@given(KNOWN_OR_NOT, KNOWN_OR_NOT, st.none() | st.integers(0, 6))
def test_days_in_a_window(begins, ends, limit):
    counts = {
        min(days_inclusive(max(first, FIRST), min(last, LAST)), 99 if limit is None else limit)
        for first, last in ways(begins, ends)
    }
    if not counts:
        return
    facts = Facts({key: day for key, day in (("begins", begins), ("ends", ends)) if day is not None})
    overlap = days_in_window(facts, "begins", "ends", FIRST, LAST).capped(limit)
    assert (overlap.least, overlap.most) == (min(counts), max(counts))
    if len(counts) == 1:
        assert overlap.count() == counts.pop()
    else:
        with pytest.raises(Unknown) as caught:
            overlap.count()
        assert caught.value.keys == facts.lacking("begins", "ends")


MONTHS = [Month(2020, month) for month in range(1, 9)]
MONTH_OR_NOT = st.none() | st.sampled_from(MONTHS)


def agreed(answers):
    return answers.pop() if len(answers) == 1 else None


def decided(rule):
    try:
        return rule().holds
    except Unknown:
        return None


def claim(begins, ends):
    return Facts({key: month for key, month in (("from_month", begins), ("to_month", ends)) if month is not None})


@given(MONTH_OR_NOT, MONTH_OR_NOT, st.sampled_from(MONTHS[2:-2]))
def test_months_from_a_start(begins, ends, start):
    completed = {f >= start for f in MONTHS for t in MONTHS if f <= t and begins in (None, f) and ends in (None, t)}
    if completed:
        answer = decided(lambda: claimed_from(claim(begins, ends), start, what="", waiting="starts"))
        assert answer == agreed(completed)


@given(MONTH_OR_NOT, MONTH_OR_NOT, st.sampled_from(MONTHS[2:-2]))
def test_months_until_an_end(begins, ends, last):
    completed = {t <= last for f in MONTHS for t in MONTHS if f <= t and begins in (None, f) and ends in (None, t)}
    if completed:
        answer = decided(lambda: claimed_until(claim(begins, ends), last, what="", waiting="ends"))
        assert answer == agreed(completed)


def test_an_unknown_start_is_waited_for():
    with pytest.raises(Unknown) as caught:
        claimed_from(claim(None, MONTHS[0]), None, what="", waiting="starts")
    assert caught.value.keys == ("from_month", "starts")


def test_an_unknown_end_is_waited_for():
    with pytest.raises(Unknown) as caught:
        claimed_until(claim(MONTHS[0], None), None, what="", waiting="ends")
    assert caught.value.keys == ("to_month", "ends")


@pytest.mark.parametrize(("enjoyed", "claimed", "holds"), [(4, 8, True), (5, 8, False), (0, 12, True), (0, 13, False)])
def test_months_beside_those_enjoyed(enjoyed, claimed, holds):
    assert within_quota(Facts({"months_enjoyed": enjoyed}), 12, lambda facts: claimed).holds is holds


def test_with_none_left_the_claim_is_not_asked_for():
    def unknown(_facts):
        raise Unknown("to_month")

    assert not within_quota(Facts({"months_enjoyed": 12}), 12, unknown).holds
    with pytest.raises(Unknown):
        within_quota(Facts({"months_enjoyed": 11}), 12, unknown)
