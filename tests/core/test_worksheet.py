"""Amounts of which something is not known: what they come to all the same, and what they wait for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from jinan_desk.core.basis import reading
from jinan_desk.core.dated import ALWAYS, Dated, Parameter, ParameterSet, Values
from jinan_desk.core.field import Facts
from jinan_desk.core.kind import Count
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet

WORK = Worksheet(Facts({}), Values(date(2020, 6, 1)), {})


def number(value):
    return lambda _work: value


def between(least, most, *keys):
    def factor(_work):
        raise Unknown(*keys, least=least, most=most)

    return factor


def waits(reckon):
    with pytest.raises(Unknown) as caught:
        reckon()
    return caught.value.keys, caught.value.least, caught.value.most


def test_a_product_is_known_where_it_comes_to_the_same_fen():
    assert WORK.times(number(3), number(4)) == 12
    assert WORK.times(number(0), between(0, None, "one")) == 0
    assert WORK.times(number(Fraction(1, 10)), between(0, 4, "one")) == 0
    assert WORK.times(between(0, 0, "one"), between(0, None, "other")) == 0
    assert WORK.times(number(Fraction(1, 2)), between(1, 2, "one")) == Fraction(1, 2)


def test_else_it_waits_for_all_that_is_missing_and_says_between_what_it_lies():
    assert waits(lambda: WORK.times(number(Fraction(1, 10)), between(0, 5, "one"))) == (("one",), 0, Fraction(1, 2))
    assert waits(lambda: WORK.times(number(2), between(3, None, "one"), between(1, 2, "other"))) == (("one", "other"), 6, None)


def test_the_smallest_is_known_where_another_is_as_small_as_it_can_be():
    assert WORK.smallest(number(3), number(4)) == 3
    assert WORK.smallest(number(0), between(0, None, "one")) == 0
    assert WORK.smallest(between(5, 9, "one"), number(5)) == 5
    assert waits(lambda: WORK.smallest(number(4), between(1, None, "one"))) == (("one",), 1, 4)
    assert waits(lambda: WORK.smallest(between(2, None, "one"), between(1, None, "other"))) == (("one", "other"), 1, None)


def test_something_open_without_a_name_is_open():
    assert waits(lambda: WORK.smallest(number(4), between(1, None))) == ((), 1, 4)
    assert waits(lambda: WORK.times(number(4), between(1, None))) == ((), 4, None)
    assert waits(lambda: WORK.plus(number(4), between(1, 2))) == ((), 0, None)


def test_a_value_holds_at_all_times_where_no_other_comes_before_or_after():
    why, later = reading("试"), date(2021, 1, 1)
    one, two = Dated(ALWAYS, 1, why), Dated(later, 2, why)
    for values, held in (((one,), 1), ((one, two), None), ((two,), None), ((), None)):
        parameter = Parameter("limit", "上限", Count(), values=values)
        assert Values(date(2020, 6, 1)).at_all_times(parameter) == held
        overridden = Values(date(2020, 6, 1), ParameterSet(overrides={"limit": 3}))
        assert overridden.at_all_times(parameter) == 3
        assert [dated.value for _, dated in overridden.used] == [3]


def test_what_is_not_below_another_is_not_waited_for():
    assert waits(lambda: WORK.smallest(between(0, 4, "one"), between(4, None, "other"))) == (("one",), 0, 4)
    assert waits(lambda: WORK.smallest(between(0, 4, "one"), between(3, None, "other"))) == (("one", "other"), 0, 4)


def test_a_number_that_facts_choose_lies_between_those_there_are():
    few, many = (Parameter("", "", Count(), values=(Dated(ALWAYS, value, reading("试")),)) for value in (2, 9))
    unset = Parameter("unset", "unset", Count())
    assert WORK.chosen(lambda _: few, few, many) == 2
    assert WORK.chosen(lambda facts: facts.kind, few, few) == 2
    assert waits(lambda: WORK.chosen(lambda facts: facts.kind, many, few)) == (("kind",), 2, 9)
    assert waits(lambda: WORK.chosen(lambda facts: facts.kind, few, unset)) == (("kind",), 0, None)
    assert waits(lambda: WORK.chosen(lambda _: unset, few, unset)) == (("parameter:unset",), 0, None)
