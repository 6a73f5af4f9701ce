"""Findings come of claims alone: whatever their order, and only as long as their ground is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jinan_desk.core.dated import Values
from jinan_desk.core.determination import Outcome
from jinan_desk.core.entitlement import Nature, Span
from jinan_desk.core.field import read_facts
from jinan_desk.core.finding import (
    FINDING_LABELS,
    AccountUse,
    Claim,
    Finding,
    FindingKind,
    account_of,
    claims_of,
    decode_claim,
    decode_finding,
    encode,
    encode_claim,
    judge,
    judge_account,
)
from jinan_desk.core.revision import canonical
from jinan_desk.measures import find

PERSON = "370112198803122118"
DAY = date(2020, 6, 10)
SPRING = Span(date(2020, 2, 1), date(2020, 6, 30))
AUTUMN = Span(date(2020, 9, 1), date(2020, 11, 30))


def claim(case: str, programme: str = "10A", **other: Any) -> Claim:
    return Claim(**{"case": case, "programme": programme, "party": PERSON, "on": DAY, "span": SPRING, **other})


def kinds(*claims: Claim) -> list[FindingKind]:
    return sorted(finding.kind for finding in judge_all(claims))


# The seven kinds ----------------------------------------------------------------------------------------------------


def test_the_same_months_twice_are_found_and_other_months_are_not() -> None:
    assert kinds(claim("a"), claim("b")) == [FindingKind.REPEATED]
    assert kinds(claim("a"), claim("b", span=AUTUMN)) == []
    assert kinds(claim("a"), claim("b", span=None)) == []


def test_one_shared_day_is_enough() -> None:
    last_day = Span(date(2020, 6, 30), date(2020, 12, 31))
    assert kinds(claim("a"), claim("b", span=last_day)) == [FindingKind.REPEATED]
    assert kinds(claim("a"), claim("b", span=last_day._replace(first=date(2020, 7, 1)))) == []


def test_what_is_paid_once_is_found_twice_whatever_the_days() -> None:
    hired = claim("a", "02B", once=True)
    (found,) = judge_all([hired, hired._replace(case="b", span=AUTUMN)])
    assert (found.kind, found.spans) == (FindingKind.REPEATED, (None, None))
    assert found.sentence().read().endswith("在两件 02B 中申领，该项只能享受一次")
    assert kinds(hired, hired._replace(case="b", programme="02C")) == []


def test_a_refused_claim_is_not_paid_twice() -> None:
    hired = claim("a", "02B", once=True)
    assert kinds(hired, hired._replace(case="b", pays=False)) == []
    assert kinds(hired._replace(pays=False), hired._replace(case="b")) == []


def test_two_rows_of_one_case_are_not_found() -> None:
    assert kinds(claim("a"), claim("a", span=AUTUMN)) == []
    assert judge([claim("a")], [claim("a", unit="91370112MA30120116")]) == frozenset()


def test_cases_that_exceed_the_cap_together_are_found_from_the_one_on_that_exceeds_it() -> None:
    def of(case: str, amount: int, month: int) -> Claim:
        return claim(case, "02A", span=None, amount=amount, cap=500, on=date(2020, month, 1))

    first, second, third = of("c", 300, 3), of("a", 200, 4), of("b", 1, 5)
    assert judge_all([first, second]) == frozenset()
    (found,) = judge_all([third, first, second])
    assert (found.kind, found.cases, found.excess) == (FindingKind.REPEATED, ("a", "b"), 1)


def test_both_refunds_in_one_year() -> None:
    refund = claim("a", "06A", natures=frozenset({Nature.STAY_REFUND}))
    assert kinds(refund, claim("b", "06B", natures=frozenset({Nature.DIFFICULT_REFUND}))) == [FindingKind.REFUNDED_TWICE]


def test_a_subsidy_of_the_unit_beside_one_of_the_person() -> None:
    unit = claim("a", "12A", natures=frozenset({Nature.UNIT_SUBSIDY}))
    assert kinds(unit, claim("b", "10B", natures=frozenset({Nature.PERSON_SUBSIDY}))) == [FindingKind.UNIT_AND_PERSON]


def test_work_while_the_benefit_is_drawn_even_if_the_work_is_not_paid_for() -> None:
    benefit = claim("a", "24A", natures=frozenset({Nature.UNEMPLOYED}))
    work = claim("b", "02B", natures=frozenset({Nature.EMPLOYED}), once=True)
    assert kinds(benefit, work) == kinds(benefit, work._replace(pays=False)) == [FindingKind.EMPLOYED_ON_BENEFIT]
    assert kinds(benefit, work._replace(span=AUTUMN)) == []


def test_trainee_and_hire_count_only_in_the_same_unit() -> None:
    trainee = claim("a", "10D", natures=frozenset({Nature.TRAINEE}), unit="91370112MA30120116")
    hire = claim("b", "10A", natures=frozenset({Nature.GRADUATE_HIRE}), unit="91370112MA30120116")
    assert kinds(trainee, hire) == [FindingKind.TRAINEE_AND_HIRE]
    assert kinds(trainee, hire._replace(unit="91370105MA3013022D")) == []
    assert kinds(trainee._replace(unit=""), hire._replace(unit="")) == []


def test_an_account_of_two_people_is_found_and_of_one_is_not() -> None:
    mine, another = AccountUse("b", "6230", PERSON), AccountUse("a", "6230", "another")
    (found,) = judge_account(mine, [another])
    assert (found.kind, found.cases) == (FindingKind.SHARED_ACCOUNT, ("a", "b"))
    assert judge_account(another, [mine]) == {found}
    assert judge_account(mine, [AccountUse("c", "6230", PERSON), AccountUse("b", "6230", "another")]) == frozenset()


def test_months_after_the_one_of_retirement_are_found_in_one_case() -> None:
    (found,) = judge_all([claim("a", "12A", retires=date(2020, 5, 31))])
    assert (found.kind, found.cases) == (FindingKind.PAST_RETIREMENT, ("a",))
    assert judge_all([claim("a", "12A", retires=date(2020, 6, 1))]) == frozenset()
    assert judge_all([claim("a", "12A", retires=date(2020, 5, 31), pays=False)]) == frozenset()


# What holds for any claims ------------------------------------------------------------------------------------------

DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(lambda days: Span(min(days), max(days)))
CLAIMS = st.builds(
    Claim,
    case=st.sampled_from("abcde"),
    programme=st.sampled_from(["02A", "02B", "10A", "24A"]),
    party=st.just(PERSON),
    on=DAYS,
    unit=st.sampled_from(["", "one", "two"]),
    natures=st.frozensets(st.sampled_from(Nature), max_size=3),
    span=st.none() | SPANS,
    once=st.booleans(),
    pays=st.booleans(),
    amount=st.none() | st.integers(0, 300),
    cap=st.none() | st.just(500),
    retires=st.none() | DAYS,
)
MANY = st.lists(CLAIMS, max_size=6)


def _split(claims: Iterable[Claim], case: str) -> tuple[list[Claim], list[Claim]]:
    return [one for one in claims if one.case == case], [one for one in claims if one.case != case]


def judge_all(claims: Iterable[Claim]) -> frozenset[Finding]:
    """All there is to find, whichever of the cases was saved last."""
    return frozenset().union(*(judge(*_split(claims, case)) for case in {one.case for one in claims}))


@given(claims=MANY, order=st.randoms())
def test_the_order_of_claims_makes_no_difference_nor_does_repeating_them(claims: list[Claim], order: Any) -> None:
    shuffled = [*claims, *claims[:2]]
    order.shuffle(shuffled)
    assert judge_all(shuffled) == judge_all(claims)


@given(claims=MANY, gone=st.sampled_from("abcde"))
def test_a_finding_goes_with_either_of_its_cases_and_no_other_one_does(claims: list[Claim], gone: str) -> None:
    before = judge_all(claims)
    after = judge_all([one for one in claims if one.case != gone])
    assert not any(gone in finding.cases for finding in after)
    assert {f for f in before if gone not in f.cases and not f.excess} <= after
    assert {f for f in after if not f.excess} <= before


@given(claims=MANY)
def test_judging_a_case_finds_what_names_it_and_what_is_beyond_a_cap(claims: list[Claim]) -> None:
    for case in {one.case for one in claims}:
        own, others = _split(claims, case)
        assert judge(own, others) == {one for one in judge_all(claims) if case in one.cases or one.excess}


@given(claims=MANY)
def test_findings_name_two_cases_in_order_are_worded_and_masked_and_survive_being_kept(claims: list[Claim]) -> None:
    for finding in judge_all(claims):
        assert list(finding.cases) == sorted(set(finding.cases))
        assert len(finding.cases) == (1 if finding.kind is FindingKind.PAST_RETIREMENT else 2)
        assert PERSON not in finding.sentence().read()
        assert canonical(encode(finding))
        assert decode_finding(encode(finding)) == finding


@given(claims=MANY)
def test_claims_survive_being_kept(claims: list[Claim]) -> None:
    assert [decode_claim(one.case, one.party, encode_claim(one)) for one in claims] == claims


@given(one=SPANS, other=SPANS)
def test_days_are_shared_both_ways(one: Span, other: Span) -> None:
    assert one.shared(other) == other.shared(one)


def test_another_ground_is_another_finding() -> None:
    (before,), (after,) = judge_all([claim("a"), claim("b")]), judge_all([claim("a"), claim("b", span=SPRING._replace(last=DAY))])
    assert before.id != after.id
    assert before.id == Finding(before.kind, PERSON, ("a", "b"), ("10A", "10A"), (SPRING, SPRING)).id


def test_the_days_that_both_claim_are_told() -> None:
    (found,) = judge_all([claim("a"), claim("b", span=Span(date(2020, 6, 1), date(2020, 12, 31)))])
    assert "时间重叠：2020年6月1日至2020年6月30日" in found.sentence().read()


def test_every_kind_has_a_label() -> None:
    assert set(FINDING_LABELS) == set(FindingKind)
    assert len(FINDING_LABELS) == 7


# What a case claims -------------------------------------------------------------------------------------------------


def claimed(
    code: str, example: int = 0, *, rows: Outcome = Outcome.ELIGIBLE, case: Outcome = Outcome.ELIGIBLE, **other: Any
) -> list[Claim]:
    """What an example of the programme claims, with some facts changed; `case` and `rows` are what they came to."""
    pair = find(code)
    assert pair is not None
    programme = pair[1]
    facts, wrong = read_facts(programme.shape, programme.row_shape, {**programme.examples[example].facts, **other})
    assert not wrong
    values = Values(date.fromisoformat(programme.examples[example].on))
    outcomes = [rows] * len(facts.rows or ())
    return list(claims_of("a", programme, facts, values, outcome=case, rows=outcomes, amount=100))


def test_a_unit_claims_under_its_cap_and_its_people_for_their_days() -> None:
    unit, worker = claimed("02A")
    assert (unit.party, unit.amount, unit.cap) == ("91370112MA30120116", 100, 50_000_000)
    assert (worker.party, worker.span) == (PERSON, Span(date(2020, 1, 24), date(2020, 2, 9)))
    assert worker.amount is None


def test_a_person_is_claimed_for_through_the_unit_as_far_as_that_is_known() -> None:
    assert [one.unit for one in claimed("10A")] == ["91370112MA30231245"]
    assert [one.unit for one in claimed("10A", credit_code=None)] == [""]
    assert claimed("10A", roster=None) == []


def test_what_is_granted_once_is_claimed_without_days() -> None:
    (grant,) = claimed("24C")
    assert (grant.once, grant.span) == (True, None)
    assert claimed("24C", case=Outcome.INELIGIBLE) == []


def test_people_who_claim_nothing_beside_others_are_passed_over() -> None:
    assert claimed("14B") == claimed("19A") == []


def test_a_row_of_a_refused_case_is_not_paid_whatever_it_came_to() -> None:
    assert [one.pays for one in claimed("02B", case=Outcome.INELIGIBLE)] == [False]


def test_the_year_of_application_is_claimed_where_a_unit_is_refunded() -> None:
    (refund,) = claimed("06A")
    assert refund.span == Span(date(2020, 1, 1), date(2020, 12, 31))
    assert (refund.amount, refund.cap) == (None, None)
    assert claimed("06A", credit_code=None) == []


def test_a_refused_row_claims_nothing_but_says_that_somebody_is_employed() -> None:
    (refused,) = claimed("02B", rows=Outcome.INELIGIBLE)
    assert (refused.pays, refused.natures) == (False, frozenset({Nature.EMPLOYED}))
    assert [one.programme for one in claimed("02A", rows=Outcome.INELIGIBLE)] == ["02A"]  # the unit's own
    (hired,), (refused,) = claimed("10A"), claimed("10A", rows=Outcome.INELIGIBLE)
    assert hired.natures == {Nature.EMPLOYED, Nature.UNIT_SUBSIDY, Nature.GRADUATE_HIRE}
    assert refused.natures == {Nature.EMPLOYED}


def test_the_benefit_is_claimed_for_the_months_of_its_term() -> None:
    (benefit,) = claimed("24A", from_month="2020-03", paid_months=59, months_drawn=2)
    assert benefit.span == Span(date(2020, 3, 1), date(2020, 12, 31))
    assert claimed("24A", from_month=None) == []


def test_months_that_are_not_known_are_not_claimed() -> None:
    rows = [{"id_number": PERSON, "from_month": "2020-03"}]
    assert claimed("10A", roster=rows, rows=Outcome.INCOMPLETE) == []


def test_an_account_is_the_same_however_it_is_written() -> None:
    pair = find("24C")
    assert pair is not None
    for written in ("6230 1234-5678", "６２３０12345678"):
        facts, _ = read_facts(pair[1].shape, None, {"id_number": PERSON, "bank_account": written})
        assert account_of("a", facts) == AccountUse("a", "623012345678", PERSON)
    assert account_of("a", read_facts(pair[1].shape, None, {"bank_account": "6230"})[0]) is None
    for wanting in ({"id_number": PERSON}, {"id_number": PERSON, "bank_account": " - "}, {"bank_account": "6230"}):
        assert account_of("a", read_facts(pair[1].shape, None, wanting)[0]) is None
