"""Money in fen, exact: read from yuan, rounded once, written in figures and in words.

Inside the program every amount is an `int` of fen; a product with a rate is a `Fraction` of fen until it is rounded.
No binary floats and no decimal context anywhere. Words follow 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定).
"""

from __future__ import annotations

import re
from fractions import Fraction

Amount = int | Fraction
"""Fen, not yet rounded."""

FEN_PER_YUAN = 100

_YUAN = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
WORDS_LIMIT = 10**14
"""Amounts below this many fen can be written in words (up to 仟亿元)."""


def parse_yuan(text: str) -> int | None:
    """Fen of an amount written in yuan with at most two decimals; None for any other shape."""
    match = _YUAN.fullmatch(text)
    if match is None:
        return None
    yuan, decimals = match.groups()
    return int(yuan) * FEN_PER_YUAN + int((decimals or "0").ljust(2, "0"))


def yuan(fen: int) -> str:
    """`4800000` fen as `48000.00`: the shape in JSON."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // FEN_PER_YUAN}.{fen % FEN_PER_YUAN:02}"


def figures(fen: int) -> str:
    """`4800000` fen as `48,000.00`: the shape for people."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // FEN_PER_YUAN:,}.{fen % FEN_PER_YUAN:02}"


def round_half_up(amount: int | Fraction) -> int:
    """The amount rounded to the whole fen, a half upwards (amounts are never negative)."""
    if isinstance(amount, int):
        return amount
    above, below = amount.as_integer_ratio()
    return (2 * above + below) // (2 * below)


def in_words(fen: int) -> str:
    """The amount as 人民币大写: 480050 fen are 肆仟捌佰元伍角整.

    Raises ValueError for a negative amount or one of WORDS_LIMIT fen or more.
    """
    if not 0 <= fen < WORDS_LIMIT:
        raise ValueError(f"no words for {fen} fen")
    whole, cents = divmod(fen, FEN_PER_YUAN)
    jiao, fen_digit = divmod(cents, 10)
    text = _integer_in_words(whole) + "元" if whole else ""
    if not cents:
        return (text or "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif text:
        text += "零"
    return text + (_DIGITS[fen_digit] + "分" if fen_digit else "整")


def _integer_in_words(number: int) -> str:
    text, gap = "", False
    for group_name, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        group, number = divmod(number, size)
        if group == 0:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _group_in_words(group) + group_name
        gap = False
    return text


def _group_in_words(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
