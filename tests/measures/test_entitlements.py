"""What each programme claims beside others (catalogue 5): for which days, of what nature, and how often."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jinan_desk.core.dated import Values
from jinan_desk.core.dates import parse_date
from jinan_desk.core.entitlement import Entitlement, Nature, Span
from jinan_desk.core.field import ROSTER, Facts
from jinan_desk.measures import find
from tests.measures.asking import COMPUTING, read

EMPLOYED, UNIT, PERSON = Nature.EMPLOYED, Nature.UNIT_SUBSIDY, Nature.PERSON_SUBSIDY
CLAIMS = {
    "02A": ("2020-01-24..2020-02-09", set()),
    "02B": ("2020-02-15..2021-02-14", {EMPLOYED}),
    "02C": ("2020-03-05..2022-03-04", {EMPLOYED}),
    "06A": ("2020-01-01..2020-12-31", {Nature.STAY_REFUND}),
    "06B": ("2020-01-01..2020-12-31", {Nature.DIFFICULT_REFUND}),
    "10A": ("2020-03-01..2020-10-31", {EMPLOYED, UNIT, Nature.GRADUATE_HIRE}),
    "10B": ("2020-01-01..2020-06-30", {PERSON}),
    "10C": ("2020-03-01..2020-06-30", {EMPLOYED, UNIT}),
    "10D": ("2020-03-10..2020-06-09", {Nature.TRAINEE}),
    "12A": ("2020-04-01..2020-06-30", {EMPLOYED, UNIT}),
    "12B": ("2020-01-01..2020-06-30", {EMPLOYED, PERSON}),
    "12C": ("2020-01-01..2020-12-31", {EMPLOYED}),
    "24A": ("2020-03-01..2021-08-31", {Nature.UNEMPLOYED}),
    "24B": ("2020-01-01..2020-08-31", {Nature.UNEMPLOYED}),
}


def of_example(code: str, **facts: Any) -> tuple[Entitlement, Facts, Values]:
    """What is claimed in the programme's first example, or in its row, with facts changed."""
    pair = find(code)
    assert pair is not None
    programme, example = pair[1], pair[1].examples[0]
    day = parse_date(example.on)
    assert day is not None
    if programme.roster is None:
        assert programme.entitlement is not None
        return programme.entitlement, read(programme, {**example.facts, **facts})[0], Values(day)
    given = {**example.facts, ROSTER: [{**example.facts[ROSTER][0], **facts}]}
    (row,) = read(programme, given)[0].rows or ()
    assert programme.roster.entitlement is not None
    return programme.roster.entitlement, row, Values(day)


@pytest.mark.parametrize("code", CLAIMS)
def test_days_and_nature_of_a_claim(code):
    claim, facts, values = of_example(code)
    days, natures = CLAIMS[code]
    assert claim.period is not None
    assert claim.period(facts, values) == Span(*map(date.fromisoformat, days.split("..")))
    assert claim.natures == natures
    assert claim.once is (code in ("02B", "02C"))


def test_whoever_claims_nothing_beside_others_declares_nothing():
    claiming = {p.code for p in COMPUTING if p.entitlement or (p.roster and p.roster.entitlement)}
    assert claiming == {*CLAIMS, "24C"}


def test_a_grant_once_in_a_life_has_no_days():
    claim, _, _ = of_example("24C")
    assert claim.once
    assert claim.period is None


def test_all_cases_of_a_maker_stay_below_one_cap():
    pair = find("02A")
    assert pair is not None
    assert pair[1].entitlement is not None
    assert pair[1].entitlement.cap is not None
    assert pair[1].entitlement.cap.key == "labour_grant_cap"


@pytest.mark.parametrize(
    ("code", "facts", "day"),
    [
        ("10A", {}, "2057-04-21"),
        ("10B", {}, "2057-08-15"),
        ("10C", {"id_number": "370102199211053229"}, "2047-11-05"),
        ("10D", {}, "2057-04-21"),
        ("12A", {}, "2029-05-06"),
        ("12B", {}, "2026-09-02"),
        ("24A", {}, "2043-10-10"),
        ("24A", {"id_number": "370104198310106144"}, "2038-10-10"),
    ],
)
def test_nothing_is_due_after_retirement(code, facts, day):
    claim, known, values = of_example(code, **facts)
    assert claim.retires is not None
    assert claim.retires(known, values) == date.fromisoformat(day)


def test_a_benefit_of_which_no_month_is_left_claims_no_days():
    for code, facts in (("24A", {"months_drawn": 18}), ("24B", {"expired_on": "2020-08-01"})):
        claim, known, values = of_example(code, **facts)
        assert claim.period is not None
        assert claim.period(known, values) is None
