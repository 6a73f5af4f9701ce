"""Which programmes somebody may have: only what is given counts, and what is excluded is excluded for certain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dated import SHIPPED
from jinan_desk.core.determine import determine
from jinan_desk.core.field import Facts, read_facts
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.watched import WatchedFacts
from jinan_desk.measures import find, programmes
from jinan_desk.services import matching
from jinan_desk.services.matching import Answer, Match, Matcher, Verdict, judged, match, open_to

ON = date(2020, 6, 10)
APPLICANTS = (Applicant.UNIT, Applicant.PERSON)
WITH_EXAMPLES = [
    (programme, example)
    for _, programme in programmes()
    if programme.route is not Route.SERVE and programme.applicant in APPLICANTS
    for example in programme.examples
]


def example_facts(code: str) -> dict[str, Any]:
    pair = find(code)
    assert pair is not None
    return dict(pair[1].examples[0].facts)


def of(answer: Answer, code: str) -> Match:
    return next(one for one in answer.matches if one.programme.code == code)


def read(sentences: tuple[Any, ...]) -> list[str]:
    return [sentence.read() for sentence in sentences]


def test_a_unit_is_matched_with_every_programme_of_units_but_services() -> None:
    answer = match(Applicant.UNIT, {}, ON, SHIPPED)
    codes = [one.programme.code for one in answer.matches]
    assert {"02A", "06A", "23A"} <= set(codes)
    assert not {"10B", "24A"} & set(codes)
    assert not [code for code in codes if code.endswith("S")]


def test_of_somebody_of_whom_nothing_is_known_everything_is_possible_within_its_window() -> None:
    for applicant in APPLICANTS:
        for one in match(applicant, {}, ON, SHIPPED).matches:
            assert one.verdict is Verdict.POSSIBLE, one
            assert one.missing
            assert all(read(one.needed))


def test_a_window_that_is_over_excludes_for_certain() -> None:
    one = of(match(Applicant.UNIT, {}, date(2021, 1, 1), SHIPPED), "06B")
    assert one.verdict is Verdict.EXCLUDED
    assert "晚 1 天" in one.reasons[0].read()


def test_what_holds_has_its_amount() -> None:
    one = of(match(Applicant.UNIT, example_facts("06A"), ON, SHIPPED), "06A")
    assert (one.verdict, one.amount) == (Verdict.HOLDS, 7_920_000)


def test_a_missing_fact_is_named_by_its_label() -> None:
    facts = {**example_facts("06A"), "category": None, "discredited": None}
    one = of(match(Applicant.UNIT, facts, ON, SHIPPED), "06A")
    assert one.verdict is Verdict.POSSIBLE
    assert set(read(one.needed)) == {"企业类别", "严重违法失信或僵尸企业"}


def test_every_reason_for_an_exclusion_is_given_in_words() -> None:
    facts = {**example_facts("06A"), "dismissed": 100, "has_complaints": True}
    reasons = read(of(match(Applicant.UNIT, facts, ON, SHIPPED), "06A").reasons)
    assert len(reasons) == 2
    assert any("超出" in reason for reason in reasons)
    assert any("有举报投诉" in reason for reason in reasons)


def test_a_programme_with_a_roster_is_possible_until_a_check_of_the_case_fails() -> None:
    facts = {key: value for key, value in example_facts("02C").items() if key != "roster"}
    assert read(of(match(Applicant.UNIT, facts, ON, SHIPPED), "02C").needed) == ["名单"]
    refused = of(match(Applicant.UNIT, {**facts, "licence_valid": False}, ON, SHIPPED), "02C")
    assert refused.verdict is Verdict.EXCLUDED
    assert "许可" in refused.reasons[0].read()


def test_what_only_a_roster_could_bring_is_not_excluded_without_one() -> None:
    facts = {"set_up_by_district": True, "in_key_city": True, "service_years": 0}
    one = of(match(Applicant.UNIT, facts, ON, SHIPPED), "19A")
    assert one.verdict is Verdict.POSSIBLE
    assert read(one.needed) == ["名单"]


def test_a_missing_parameter_of_the_office_is_named_as_one() -> None:
    one = of(match(Applicant.UNIT, example_facts("06B"), ON, SHIPPED), "06B")
    assert one.verdict is Verdict.POSSIBLE
    assert read(one.needed) == ["政策参数“上年12月份当地月人均失业保险金”"]


def test_a_fact_that_cannot_be_read_is_named_and_unknown() -> None:
    answer = match(Applicant.UNIT, {**example_facts("06A"), "premium_paid": "1,000"}, ON, SHIPPED)
    assert list(answer.wrong) == ["premium_paid"]
    assert "premium_paid" in of(answer, "06A").missing


def test_a_fact_that_no_programme_asks_for_is_named() -> None:
    assert list(match(Applicant.UNIT, {"colour": "red"}, ON, SHIPPED).wrong) == ["colour"]


def test_of_two_facts_that_contradict_each_other_one_is_named_and_unknown() -> None:
    facts = {"wage_base": "1000.00", "from_month": "2020-05", "to_month": "2020-03"}
    answer = match(Applicant.UNIT, facts, ON, SHIPPED)
    assert list(answer.wrong) == ["to_month"]
    assert "to_month" in of(answer, "07B").missing


def case_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key != "roster" and value is not None}


@pytest.mark.parametrize(("programme", "example"), WITH_EXAMPLES, ids=lambda one: getattr(one, "code", ""))
def test_watched_facts_answer_like_any_facts(programme: Programme, example: Any) -> None:
    on = date.fromisoformat(example.on)
    facts, wrong = read_facts(programme.shape, None, case_facts(example.facts))
    assert not wrong
    watched = WatchedFacts(facts.known)
    plain, seen = determine(programme, facts, on), determine(programme, watched, on)
    assert (plain.outcome, plain.amount, plain.missing) == (seen.outcome, seen.amount, seen.missing)
    sought = {key: value for key, value in facts.known.items() if key in watched.sought}
    again = determine(programme, Facts(sought), on)
    assert (plain.outcome, plain.amount, plain.missing) == (again.outcome, again.amount, again.missing)


@st.composite
def subjects(draw: st.DrawFn) -> tuple[Programme, date, list[dict[str, Any]]]:
    """A programme, and facts of several who differ in what is known and, here and there, in what it is."""
    programme = draw(st.sampled_from(sorted({one.code for one, _ in WITH_EXAMPLES})).map(find))
    assert programme is not None
    examples = [case_facts(one.facts) for one in programme[1].examples]
    on = date.fromisoformat(draw(st.sampled_from(programme[1].examples)).on)
    keys = sorted({key for one in examples for key in one})
    several = []
    for _ in range(draw(st.integers(1, 6))):
        known = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
        several.append({key: one[key] for key in known for one in [draw(st.sampled_from(examples))] if key in one})
    return programme[1], on, several


@given(subjects())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_whoever_went_before_everybody_is_answered_as_if_alone(given_: tuple[Programme, date, list[dict[str, Any]]]) -> None:
    programme, on, several = given_
    matcher = Matcher([programme], on, SHIPPED, lambda one: one)
    for facts in several + several:
        typed = programme.shape.read(facts, at="", wrong={})
        values = [typed.get(asked.key) if asked.key in facts else None for asked in matcher.asked]
        (found,) = matcher.match(values)
        (alone,) = Matcher([programme], on, SHIPPED, lambda one: one).match(values)
        assert found == alone or read(found.reasons) == read(alone.reasons)
        assert (found.verdict, found.amount, found.missing) == (alone.verdict, alone.amount, alone.missing)


@pytest.mark.parametrize("worth_it", [0, 1000])
def test_what_was_forgotten_is_answered_anew(monkeypatch: pytest.MonkeyPatch, worth_it: int) -> None:
    monkeypatch.setattr(matching, "_REMEMBERED", 2)
    monkeypatch.setattr(matching, "_WORTH_IT", worth_it)
    pair = find("06A")
    assert pair is not None
    facts = pair[1].shape.read(case_facts(example_facts("06A")), at="", wrong={})
    matcher = Matcher([pair[1]], ON, SHIPPED, lambda one: one)
    for premium in (*range(0, 1000, 100), *range(0, 1000, 100)):
        known = {**facts, "premium_paid": premium}
        (found,) = matcher.match([known.get(asked.key) for asked in matcher.asked])
        assert (found.verdict, found.amount) == (Verdict.HOLDS, premium // 2)


@given(subjects(), st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_no_further_fact_makes_hold_what_was_excluded(
    given_: tuple[Programme, date, list[dict[str, Any]]], data: st.DataObject
) -> None:
    programme, on, several = given_
    more: dict[str, Any] = {}
    for facts in several:
        more = {**facts, **more}
    fewer_keys = data.draw(st.sets(st.sampled_from(sorted(more)))) if more else set()
    fewer = {key: more[key] for key in fewer_keys}
    before, after = (_judged(programme, facts, on) for facts in (fewer, more))
    if before is not None and after is not None and before.verdict is Verdict.EXCLUDED:
        assert before.reasons
        assert after.verdict is Verdict.EXCLUDED


def _judged(programme: Programme, facts: dict[str, Any], on: date) -> Match | None:
    typed, wrong = read_facts(programme.shape, None, facts)
    return None if wrong else judged(determine(programme, typed, on))


def test_who_may_apply_is_a_unit_or_a_person() -> None:
    assert {one.applicant for one in open_to(Applicant.PERSON)} == {Applicant.PERSON}
