"""Numbers of people and units: what is an error, what a warning, and what is made alike first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from jinan_desk.core.dates import plus_years
from jinan_desk.core.identity import (
    age_on,
    birth_date,
    credit_check_character_fits,
    id_area_is_known,
    id_check_digit_fits,
    is_female,
    masked,
    read_credit_code,
    read_id_number,
)
from jinan_desk.core.kind import CreditCode, IdNumber, Invalid


@pytest.mark.parametrize(
    ("given_", "number"),
    [
        ("370112198803122118", "370112198803122118"),
        (" 370112 19880312 2118 ", "370112198803122118"),
        ("３７０１１２１９８８０３１２２１１８", "370112198803122118"),
        ("37011219970421517x", "37011219970421517X"),
        ("37011219970421517Ｘ", "37011219970421517X"),
        ("370112880312211", "370112198803122118"),
        ("370112198803122118\u200b", "370112198803122118"),
    ],
)
def test_one_number_however_it_is_typed(given_, number):
    assert read_id_number(given_) == number


@pytest.mark.parametrize(
    "text", ["", "37011219880312211", "3701121988031221180", "37011219880312211A", "X70112198803122118", "37011288031221X"]
)
def test_what_is_no_number(text):
    assert read_id_number(text) is None


@pytest.mark.parametrize("number", ["370102196202297351", "370103199706314238", "370103000001011234"])
def test_an_impossible_birth_date_is_an_error(number):
    with pytest.raises(Invalid):
        IdNumber().read(number)


def test_a_wrong_check_digit_or_area_is_a_warning():
    assert [key for key, _ in IdNumber().doubts("370112198803122117")] == ["id_check_digit"]
    assert "id_area_code" in [key for key, _ in IdNumber().doubts("990112198803122118".replace("99", "19", 1))]
    assert list(IdNumber().doubts("370112198803122118")) == []


@pytest.mark.parametrize("start", ["81", "82", "83", "9"])
def test_permits_of_residents_and_foreigners_have_an_area(start):
    assert id_area_is_known(start.ljust(18, "0"))


def test_sex_and_birth():
    assert is_female("370102199211053229")
    assert not is_female("370112198803122118")
    assert birth_date("370112198803122118") == date(1988, 3, 12)
    assert birth_date("370104197010151643") == date(1970, 10, 15)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1995, 3, 11), date(2020, 3, 10), 24),
        (date(1995, 3, 11), date(2020, 3, 11), 25),
        (date(1996, 2, 29), date(2021, 2, 27), 24),
        (date(1996, 2, 29), date(2021, 2, 28), 25),
        (date(1996, 2, 29), date(2020, 2, 28), 23),
        (date(2020, 6, 2), date(2020, 6, 1), -1),
    ],
)
def test_age(born, day, age):
    assert age_on(born, day) == age


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40000))
def test_the_day_lies_between_two_birthdays(born, days):
    day = date.fromordinal(born.toordinal() + days)
    age = age_on(born, day)
    assert plus_years(born, age) <= day < plus_years(born, age + 1)


@pytest.mark.parametrize("text", ["91370112MA30120116", "91370112ma30120116", " 91370112MA3012 0116"])
def test_credit_codes_are_read_in_capitals(text):
    assert read_credit_code(text) == "91370112MA30120116"


@pytest.mark.parametrize("text", ["91370112MA3IO0012X", "91370112MA3012011", "91370112MA301201166", "91370112MAS0120116", ""])
def test_what_is_no_credit_code(text):
    assert read_credit_code(text) is None


def test_a_wrong_check_character_is_a_warning():
    assert [key for key, _ in CreditCode().doubts("91370112MA30120115")] == ["credit_code_check"]
    assert credit_check_character_fits("91370102MA27XT3R51") == (not list(CreditCode().doubts("91370102MA27XT3R51")))


def test_check_digits_of_the_examples_fit():
    assert id_check_digit_fits("370112198803122118")


def test_numbers_are_masked():
    assert masked("370112198803122118") == "370112**********18"
    assert masked("370112880312211") == "370112*******11"
    assert masked("37011288031221") == "**********1221"
    assert masked("1234567890") == "******7890"
    assert masked("12") == "12"


def test_check_characters_of_credit_codes_are_those_of_the_standard() -> None:
    """Against python-stdnum, which takes far longer: a save asks for it."""
    for number in range(200):
        front = f"9137010{number % 6 + 2}{'ABCDEFGHJKLMNPQRTUWXY'[number % 21]}{number * 7919:08}"
        right = uscc.calc_check_digit(front)
        assert [credit_check_character_fits(front + sign) for sign in (right, "0" if right != "0" else "1")] == [
            True, False
        ]  # fmt: skip
