"""What one unit or person is asked in 政策找人, and what comes of the answers."""

from datetime import date

import pytest

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dated import ParameterSet
from jinan_desk.measures import find
from jinan_desk.services.entry import Entry
from jinan_desk.services.matching import Verdict
from jinan_desk.services.questionnaire import Questionnaire, day_of

ON = date(2020, 6, 10)


def answered(questionnaire, **texts):
    blank = questionnaire.blank(ON)
    return Entry(blank.programme, blank.on, texts)


def verdicts(questionnaire, **texts):
    answers = questionnaire.match(answered(questionnaire, **texts), ON, ParameterSet())
    return {match.programme.code: match for match in answers.matches}, answers.wrong


@pytest.mark.parametrize("applicant", [Applicant.UNIT, Applicant.PERSON])
def test_every_question_stands_once_and_serves_every_programme_that_asks_it(applicant):
    questionnaire = Questionnaire(applicant)
    keys = [field.key for group in questionnaire.groups for field in group.fields]
    assert len(keys) == len(set(keys))
    for programme in questionnaire.programmes:
        for field in programme.facts:
            question = questionnaire.question(programme, field.key)
            assert question in keys
            assert questionnaire.field(question).kind == field.kind
            assert programme in questionnaire.asked_by(question)


def test_nothing_known_excludes_nobody_from_what_a_fact_could_change():
    matches, wrong = verdicts(Questionnaire(Applicant.UNIT))
    assert wrong == {}
    assert matches["06A"].verdict is Verdict.POSSIBLE
    assert "year_end_headcount" in matches["06A"].missing


def test_facts_that_two_programmes_call_by_one_key_are_two_questions():
    questionnaire = Questionnaire(Applicant.UNIT)
    staff = {questionnaire.question(find(code)[1], "staff") for code in ("18A", "23A")}
    assert len(staff) == 2
    assert "" not in staff


def test_answers_are_judged_and_wrong_ones_count_as_unknown():
    questionnaire = Questionnaire(Applicant.UNIT)
    known = {
        "year_end_headcount": "286", "dismissed": "9", "paid_all_months": "是", "discredited": "否",
        "has_complaints": "否", "premium_paid": "158,400", "category": "一般企业",
    }  # fmt: skip
    known[questionnaire.question(find("06A")[1], "category")] = dict(find("06A")[1].fields["category"].kind.words)["general"]
    matches, wrong = verdicts(questionnaire, **known)
    assert wrong == {}
    assert (matches["06A"].verdict, matches["06A"].amount) == (Verdict.HOLDS, 7_920_000)
    matches, wrong = verdicts(questionnaire, **known | {"dismissed": "九"})
    assert wrong.keys() == {"dismissed"}
    assert matches["06A"].verdict is Verdict.POSSIBLE
    matches, _ = verdicts(questionnaire, **known | {"dismissed": "90"})
    assert matches["06A"].verdict is Verdict.EXCLUDED
    assert matches["06A"].reasons


def test_answers_that_contradict_each_other_are_named_by_their_question():
    questionnaire = Questionnaire(Applicant.UNIT)
    planned = {questionnaire.question(find("23A")[1], key): text for key, text in (("staff", "10"), ("planned", "11"))}
    _, wrong = verdicts(questionnaire, **planned)
    assert wrong.keys() == {questionnaire.question(find("23A")[1], "staff")}


def test_a_case_is_begun_with_what_its_programme_asks_for():
    questionnaire = Questionnaire(Applicant.UNIT)
    staff = questionnaire.question(find("23A")[1], "staff")
    given = answered(questionnaire, applicant_name="济南历泉机械制造有限公司", wage_base="12000", **{staff: "80"})
    begun = questionnaire.begin(find("23A")[1], given)
    assert begun.programme is find("23A")[1]
    assert begun.on == "2020-06-10"
    assert begun.texts == {"applicant_name": "济南历泉机械制造有限公司", "staff": "80"}


def test_a_day_is_read_as_it_is_typed():
    assert day_of("2020/6/10") == ON
    assert day_of("") is None
    assert day_of("明天") is None
