"""Sentences, lists and quantities are put together as the reader's language does it."""

from __future__ import annotations

import pytest

from jinan_desk.core.text import Sentence, chinese, listed, quantity, unit_beside

WORDS = {
    "共 {count} 件": "{count} {count:case|cases}",
    "、": ", ",
    "；": "; ",
    "个月": "months",
    "1 个月": "1 month",
    "次": "times",
    "1 次": "once",
    "区县": "district",
}


def english(source: str) -> str:
    return WORDS.get(source, source)


@pytest.mark.parametrize(("count", "told"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases"), ("1", "1 case"), (21, "21 cases")])
def test_a_word_follows_the_number_before_it(count: object, told: str) -> None:
    sentence = Sentence("共 {count} 件", count=count)
    assert sentence.read(english) == told
    assert sentence.read(chinese) == f"共 {count} 件"


@pytest.mark.parametrize(("number", "unit", "told"), [(12, "个月", "12 months"), (1, "个月", "1 month"), (2020, "", "2020"), ("2.50", "元", "2.50 元")])
def test_a_quantity_has_the_words_of_its_number(number: object, unit: str, told: str) -> None:
    assert quantity(number, unit).read(english) == told


def test_a_quantity_is_a_number_and_its_unit_in_chinese() -> None:
    assert quantity(1, "个月").read() == "1 个月"


@pytest.mark.parametrize(
    ("number", "unit", "told"), [("12", "个月", "months"), ("1", "个月", "month"), ("1", "次", "times"), ("1", "元", "元")]
)
def test_a_unit_that_stands_apart_from_its_number_follows_it_as_well(number: str, unit: str, told: str) -> None:
    assert unit_beside(number, unit, english) == told
    assert unit_beside(number, unit) == unit


def test_a_list_is_parted_as_the_language_parts_it_and_its_parts_are_translated() -> None:
    parts = [Sentence("区县"), "苏敏", "{not a gap}"]
    assert listed(parts).read() == "区县、苏敏、{not a gap}"
    assert listed(parts).read(english) == "district, 苏敏, {not a gap}"
    assert listed(parts, "；").read(english) == "district; 苏敏; {not a gap}"
    assert listed([]).read(english) == ""
