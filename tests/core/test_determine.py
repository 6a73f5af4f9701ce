"""How checks, rows and unknown facts come to one outcome, on a programme made up for it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import reading
from jinan_desk.core.check import Result, check, flag
from jinan_desk.core.dated import ALWAYS, Dated, Parameter, ParameterSet
from jinan_desk.core.determine import determine
from jinan_desk.core.field import Field, Shape, read_facts
from jinan_desk.core.kind import Choice, Count, Flag, Money
from jinan_desk.core.measure import Programme, Roster, Route
from jinan_desk.core.unknown import Unknown

WHY = reading("试")
RATE = Parameter("rate", "标准", Money(), values=(Dated(ALWAYS, 100, WHY), Dated(date(2020, 3, 1), 200, WHY)))
BONUS = Parameter("bonus", "加发", Money())
COLOUR = Field("colour", Choice((("red", "红"), ("green", "绿"), ("blue", "蓝"))), "颜色")
OPEN = flag("open", "开放", basis=WHY, passed="开放", failed="不开放")


@check("warm", "暖色", basis=WHY)
def is_warm(facts, _values):
    return facts.colour == "red" or facts.size > 3


def worth(work):
    if work.facts.colour == "blue":
        return work.times("size", BONUS)
    return work.times("size", RATE)


PLAIN = Programme(
    "00A", "试", Route.APPROVE, Applicant.NONE, facts=(COLOUR, Field("size", Count(), "大小"), Field("open", Flag(), "开放")),
    parameters=(RATE, BONUS), checks=(OPEN, is_warm), amount=worth,
)
LISTED = Programme(
    "00B", "试", Route.APPROVE, Applicant.NONE, facts=(Field("open", Flag(), "开放"),), checks=(OPEN,),
    roster=Roster(Shape((*PERSON_ROW_FIELDS, Field("size", Count(), "大小"))), (), lambda work: work.times("size", RATE)),
    parameters=(RATE,),
)
ONE, TWO = "370112198803122118", "370102199211053229"


def ask(programme, given, on="2020-06-01", **parameters):
    facts, wrong = read_facts(programme.shape, programme.row_shape, given)
    assert not wrong
    return determine(programme, facts, date.fromisoformat(on), ParameterSet(**parameters))


def came_to(determination):
    return determination.outcome.value, determination.amount, set(determination.missing)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"open": True, "colour": "red", "size": 2}, ("eligible", 400, set())),
        ({"open": False}, ("ineligible", 0, set())),
        ({"open": True, "colour": "green", "size": 2}, ("ineligible", 0, set())),
        ({"open": None, "colour": "green", "size": 2}, ("ineligible", 0, set())),
        ({"colour": "red", "size": 2}, ("incomplete", None, {"open"})),
        ({"open": True, "colour": "red"}, ("incomplete", None, {"size"})),
        ({"open": True, "colour": "blue", "size": 4}, ("incomplete", None, {"parameter:bonus"})),
        ({"open": True, "size": 4}, ("incomplete", None, {"colour", "parameter:bonus"})),
        ({"open": True, "size": 2}, ("incomplete", None, {"colour"})),
        ({"open": True}, ("incomplete", None, {"colour", "size", "parameter:bonus"})),
        ({"open": True, "colour": "red", "size": 0}, ("eligible", 0, set())),
    ],
)
def test_an_outcome_and_what_it_waits_for(given, expected):
    assert came_to(ask(PLAIN, given)) == expected


def test_a_choice_that_all_words_answer_alike_is_answered():
    agreed = ask(PLAIN, {"open": True, "size": 4}, overrides={"bonus": 200})
    assert came_to(agreed) == ("eligible", 800, set())
    assert [result.result for result in agreed.checks] == [Result.PASS, Result.PASS]


def test_all_checks_are_evaluated_although_one_has_failed():
    refused = ask(PLAIN, {"open": False, "colour": "green", "size": 1})
    assert [result.check.key for result in refused.failed()] == ["open", "warm"]


def test_a_parameter_is_that_of_the_day():
    case = {"open": True, "colour": "red", "size": 1}
    assert ask(PLAIN, case, "2020-02-29").amount == 100
    assert ask(PLAIN, case, "2020-03-01").amount == 200
    assert ask(PLAIN, case, added={"rate": (Dated(date(2020, 5, 1), 300, WHY),)}).amount == 300
    assert ask(PLAIN, case, "2020-04-30", added={"rate": (Dated(date(2020, 5, 1), 300, WHY),)}).amount == 200
    overridden = ask(PLAIN, case, overrides={"rate": 700})
    assert overridden.amount == 700
    assert [(parameter.key, dated.value) for parameter, dated in overridden.used] == [("rate", 700)]


def rows(determination):
    return [(row.outcome.value, row.amount) for row in determination.rows]


@pytest.mark.parametrize(
    ("given", "expected", "each"),
    [
        ([{"id_number": ONE, "size": 1}, {"id_number": TWO, "size": 2}], ("eligible", 600, set()),
         [("eligible", 200), ("eligible", 400)]),
        ([{"id_number": ONE, "size": 1}, {"id_number": "370112880312211", "size": 2}], ("eligible", 200, set()),
         [("eligible", 200), ("ineligible", 0)]),
        ([{"id_number": ONE, "size": 1}, {"id_number": ONE}], ("eligible", 200, set()), [("eligible", 200), ("ineligible", 0)]),
        ([{"id_number": ONE}, {"id_number": ONE, "size": 1}], ("incomplete", None, {"roster[0].size"}),
         [("incomplete", None), ("ineligible", 0)]),
        ([{"size": 1}], ("incomplete", None, {"roster[0].id_number"}), [("incomplete", None)]),
        ([{}], ("incomplete", None, {"roster[0].id_number", "roster[0].size"}), [("incomplete", None)]),
        ([], ("ineligible", 0, set()), []),
        (None, ("incomplete", None, {"roster"}), []),
    ],
)
def test_rows_are_judged_by_themselves(given, expected, each):
    determination = ask(LISTED, {"open": True, "roster": given})
    assert came_to(determination) == expected
    assert rows(determination) == each


def test_a_repeated_row_is_told_of_the_one_before():
    (_, later) = ask(LISTED, {"open": True, "roster": [{"id_number": ONE, "size": 1}] * 2}).rows
    assert [result.check.key for result in later.failed()] == ["duplicate_in_roster"]


def test_a_check_that_waits_for_nothing_it_can_name_does_not_pass():
    @check("mute", "无名", basis=WHY)
    def is_mute(_facts, _values):
        raise Unknown

    programme = dataclasses.replace(PLAIN, checks=(is_mute,))
    assert came_to(ask(programme, {"colour": "red", "size": 1})) == ("incomplete", None, set())


def test_a_case_that_fails_leaves_its_rows_as_they_are():
    refused = ask(LISTED, {"open": False, "roster": [{"id_number": ONE, "size": 1}]})
    assert came_to(refused) == ("ineligible", 0, set())
    assert rows(refused) == [("eligible", 200)]
    assert came_to(ask(LISTED, {"open": False, "roster": None})) == ("ineligible", 0, set())


@pytest.mark.parametrize(
    ("given", "noted"),
    [
        (None, []),
        ([{"id_number": ONE, "size": 1}, {"id_number": TWO}],
         [("名单行数", 2), ("其中符合", 1), ("其中待补充", 1), ("符合各行合计", 200)]),
    ],
)
def test_the_working_counts_rows_that_are_open_and_is_silent_about_a_roster_still_to_come(given, noted):
    determination = ask(LISTED, {"open": True, "roster": given})
    assert [(step.label, step.value) for step in determination.steps if step.label != "应发金额"] == noted


def test_an_empty_roster_refuses_whatever_else_is_unknown():
    refused = ask(LISTED, {"roster": []})
    assert came_to(refused) == ("ineligible", 0, set())
    assert [result.check.key for result in refused.failed()] == ["no_eligible_row"]
