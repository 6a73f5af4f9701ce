"""Amounts are exact to the fen, rounded once, half up, and read as a bank would write them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinan_desk.core.money import WORDS_LIMIT, figures, in_words, parse_yuan, round_half_up, yuan


@given(st.integers(0, WORDS_LIMIT - 1))
def test_words_agree_with_an_independent_speller(fen):
    whole, cents = divmod(fen, 100)
    assert in_words(fen) == spelled(whole, cents)


def spelled(whole, cents):
    """By cn2an, which spells integers; 角 and 分 by hand, and 零 between 元 and 分."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    jiao, fen = divmod(cents, 10)
    text = cn2an.an2cn(str(whole), "rmb").removesuffix("元整") + "元" if whole else ""
    if not cents:
        return (text or "零元") + "整"
    text += digits[jiao] + "角" if jiao else ("零" if text else "")
    return text + (digits[fen] + "分" if fen else "整")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (480050, "肆仟捌佰元伍角整"),
        (1000000, "壹万元整"),
        (11000 * 100, "壹万壹仟元整"),
        (100001000 * 100, "壹亿零壹仟元整"),
        (1010000, "壹万零壹佰元整"),
        (10000001 * 100, "壹仟万零壹元整"),
        (100000000 * 100, "壹亿元整"),
        (100010000 * 100, "壹亿零壹万元整"),
        (50000000, "伍拾万元整"),
    ],
)
def test_words(fen, words):
    assert in_words(fen) == words


@pytest.mark.parametrize("fen", [-1, WORDS_LIMIT])
def test_what_has_no_words(fen):
    with pytest.raises(ValueError, match="no words"):
        in_words(fen)


@given(st.integers(0, 10**15))
def test_yuan_reads_what_it_wrote(fen):
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(figures(fen).replace(",", "")) == fen


def test_less_than_nothing_has_its_sign_before_the_figures():
    assert (yuan(-5), figures(-12_345_678)) == ("-0.05", "-123,456.78")


@pytest.mark.parametrize(
    "text", ["", ".5", "5.", "1.005", "-1", "+1", "1e3", "1,000", "NaN", "inf", "0x1", "１", "1 0", "1_000", "٣"]
)
def test_what_is_no_amount(text):
    assert parse_yuan(text) is None


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_halves_are_rounded_up(numerator, denominator):
    exact = Decimal(numerator) / Decimal(denominator)
    if Fraction(exact) == Fraction(numerator, denominator):
        assert round_half_up(Fraction(numerator, denominator)) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert abs(round_half_up(Fraction(numerator, denominator)) - Fraction(numerator, denominator)) <= Fraction(1, 2)


def test_a_half_goes_up():
    assert [round_half_up(Fraction(n, 2)) for n in (1, 3, 5)] == [1, 2, 3]
