"""Shapes are exact: every way to write a value wrongly is an error that says what is allowed."""

from datetime import date
from fractions import Fraction

import pytest

from jinan_desk.core.dates import Month
from jinan_desk.core.kind import (
    ByWord,
    CalendarMonth,
    Choice,
    Count,
    CreditCode,
    Day,
    DistrictCode,
    Flag,
    IdNumber,
    Invalid,
    Money,
    Number,
    Rate,
    Text,
    decimal_text,
    per_cent,
)

SIZES = Choice((("small", "小型"), ("micro", "微型")))
BY_SIZE = ByWord(SIZES.words, Money())
ONE_FOR_ALL = ByWord(SIZES.words, Money(), uniform=True)


@pytest.mark.parametrize(
    ("kind", "given", "typed"),
    [
        (Money(), "48000.00", 4800000),
        (Money(), "０.５", 50),
        (Money(), " 12 ", 1200),
        (Rate(), "5.5", Fraction(11, 200)),
        (Rate(ratios=True), "200/3", Fraction(2, 3)),
        (Count(), 0, 0),
        (Count(1), 1, 1),
        (Number(), "30.5", Fraction(61, 2)),
        (Number(), 286, Fraction(286)),
        (Day(), "2020-02-29", date(2020, 2, 29)),
        (Day(), " ２０２０-02-29", date(2020, 2, 29)),
        (CalendarMonth(), "2020-02", Month(2020, 2)),
        (Flag(), False, False),
        (SIZES, "small", "small"),
        (DistrictCode(), "370102", "370102"),
        (Text(), "  济南  ", "济南"),
        (Text(), "   ", None),
        (Text(), "\u3000\u200b ", None),
        (BY_SIZE, {"small": "1.00", "micro": None}, {"small": 100}),
        (ONE_FOR_ALL, "2.00", {"small": 200, "micro": 200}),
        (ONE_FOR_ALL, {"micro": "2.00"}, {"micro": 200}),
    ],
)
def test_values_are_read(kind, given, typed):
    assert kind.read(given) == typed
    if typed is not None:
        assert kind.read(kind.write(typed)) == typed
        assert kind.name


NO_TEXT = [1, 1.5, True, [], {}]
WRONG = [
    (Money(), ["1e3", "1,000", "NaN", "-1", "1.005", "", " ", "元", "1.0.0", "+5", 31620.0, *NO_TEXT]),
    (Money(positive=True), ["0", "0.00"]),
    (Rate(), ["5.5%", "-5", "1e1", "5/2", "", "五", *NO_TEXT]),
    (Rate(ratios=True), ["1/0", "1/", "/3", "1.5/3"]),
    (Count(), [-1, 5.5, 5.0, "5", "forty", True, None, [], {}]),
    (Count(1), [0]),
    (Number(), ["-500", "1e3", "1,000", "NaN", "", 1.5, True, [], -1]),
    (Number(positive=True), [0, "0", "0.000"]),
    (Day(), ["2020-2-3", "20200210", "2020/02/10", "2020-02-30", "2020-02", "", *NO_TEXT]),
    (CalendarMonth(), ["2020-2", "202002", "2020-13", "2020-00", "2020-02-01", *NO_TEXT]),
    (Flag(), [0, 1, "true", "yes", "是", [], {}]),
    (SIZES, ["Small", "medium", "小型", "", *NO_TEXT]),
    (DistrictCode(), ["370199", "历下区", "3701", *NO_TEXT]),
    (Text(), ["长" * 2001, *NO_TEXT]),
    (IdNumber(), [370112198803122118, "3701", *NO_TEXT]),
    (CreditCode(), ["91370112", *NO_TEXT]),
    (BY_SIZE, ["1.00", {}, {"large": "1.00"}, {"small": 1}, {"small": None}, []]),
    (ONE_FOR_ALL, [1, "-1", {}, {"large": "1.00"}]),
]


@pytest.mark.parametrize(("kind", "given"), [(kind, given) for kind, wrong in WRONG for given in wrong])
def test_other_shapes_are_errors_in_words(kind, given):
    with pytest.raises(Invalid) as caught:
        kind.read(given)
    assert caught.value.sentence.read()


def test_values_are_shown_to_people():
    assert Money().show(123456700) == "1,234,567.00"
    assert Rate().show(Fraction(11, 200)) == "5.5%"
    assert Rate(ratios=True).show(Fraction(2, 3)) == "2/3"
    assert Flag().show(True).read() == "是"
    assert SIZES.show("micro").read() == "微型"
    assert DistrictCode().show("370126") == "商河县"
    assert ONE_FOR_ALL.show({"small": 100, "micro": 250}).read() == "小型 1.00，微型 2.50"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(0), "0"), (Fraction(1, 8), "0.125"), (Fraction(61, 2), "30.5"), (Fraction(2, 3), "2/3"), (Fraction(20), "20")],
)
def test_decimals_are_exact(value, text):
    assert decimal_text(value) == text


def test_per_cent_is_rounded_only_when_asked():
    assert per_cent(Fraction(2, 31), places=2) == "6.45%"
    assert per_cent(Fraction(1, 8)) == "12.5%"
    assert per_cent(Fraction(5, 1000), places=0) == "1%"


@pytest.mark.parametrize(
    ("kind", "given", "why"),
    [
        (Money(), "9" * 5000, "金额应为文字"),
        (Money(), "1000000000000", "金额过大"),
        (Rate(), "9" * 5000, "比例应为文字"),
        (Day(), "2" * 5000, "日期应写作"),
        (Count(), 10**9, "数字过大"),
        (Count(most=1200), 1201, "应不大于 1200"),
        (Count(), 10**4000, "数字过大"),
        (Number(), 10**4000, "数字过大"),
        (Number(), "9" * 5000, "数字过大"),
        (Number(), "1000000000.5", "数字过大"),
        (Text(), "济\0南", "无法显示"),
        (Text(), "济\ud800南", "无法显示"),
        (Text(), "济\x1b[31m南", "无法显示"),
    ],
)
def test_what_fits_nowhere_is_refused_in_a_short_sentence(kind, given, why):
    """Guards: LONGEST, NUMBERS_LIMIT, the largest amount, and characters that nothing can show."""
    with pytest.raises(Invalid) as refused:
        kind.read(given)
    told = refused.value.sentence.read()
    assert why in told
    assert len(told) < 60


@pytest.mark.parametrize("text", ["第一行\n第二行\t完", "王\ue000", "王\U00020bb7"])
def test_line_breaks_and_rare_characters_are_text(text):
    assert Text().read(text) == text


def test_a_count_that_is_counted_through_may_be_as_much_as_it_says():
    assert Count(most=1200).read(1200) == 1200


def test_the_largest_amount_can_be_written_in_words():
    assert Money().read("999999999999.99") == 10**14 - 1


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        (IdNumber(), "3701021990030700", "现为 16 位"), (IdNumber(), "37010219900307001Y", "其中有不能用的字符"),
        (CreditCode(), "91370102ma3n0000", "现为 16 位"), (CreditCode(), "9137010２ MA3N0000", "现为 16 位"),
    ],
)  # fmt: skip
def test_a_number_of_another_length_is_told_how_long_it_is(kind, given, told):
    with pytest.raises(Invalid) as error:
        kind.read(given)
    assert told in error.value.sentence.read()
