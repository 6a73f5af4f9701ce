"""How names and numbers are made searchable, as words for a full-text index.

A name is indexed character by character, each written as its code point: SQLite's own tokenizers know no character
that came into Unicode after them, and rare characters of names did. Names are told apart by a word of their own, so
that no search finds a piece that reaches from one name into the next. A number is indexed forwards and backwards, so
that its beginning and its end can be looked for as the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinan_desk.core.identity import compact

# Letters that no code point in hexadecimal begins with.
_BETWEEN = "x"
_FORWARDS = "n"
_BACKWARDS = "z"

SHORTEST_NUMBER = 3
_NO_SIGN = re.compile(r"[^0-9A-Z]")
_BRACKETS = str.maketrans("", "", "〔〕")

Person = tuple[str, str]
"""A name and an ID number or credit code, "" where one is not known."""


def tokens(people: Iterable[Person]) -> str:
    """The words of people: `张三` with number `12` is `5f20 4e09 x n12 z21 x`; "" where nothing is known of anybody."""
    return " ".join(filter(None, (_words(name, number) for name, number in people)))


def _words(name: str, number: str) -> str:
    words = [_characters(name)] if name else []
    words += [_BETWEEN] if words else []
    if sign := signs(number):
        words += [_FORWARDS + sign, _BACKWARDS + sign[::-1]]
    return " ".join(words)


def expression(text: str) -> str:
    """The full-text expression that finds names containing the text and, from three characters on, numbers beginning
    or ending with it; "" where there is nothing to look for."""
    words = _characters(text)
    number = number_signs(text)
    ways = [f'"{words}"'] if words else []
    if len(number) >= SHORTEST_NUMBER:
        ways += [f'"{_FORWARDS}{number}"*', f'"{_BACKWARDS}{number[::-1]}"*']
    return " OR ".join(ways)


def _characters(name: str) -> str:
    return " ".join(format(ord(character), "x") for character in compact(name).casefold())


def signs(text: str) -> str:
    """The digits and capital letters of a number as people type it: `〔2020〕02B-0001号` is `202002B0001`."""
    return _NO_SIGN.sub("", compact(text).upper())


def number_signs(text: str) -> str:
    """The signs of a text that looks like a number or an end of one; "" for a name, though it may hold digits."""
    text = compact(text).translate(_BRACKETS)
    return signs(text) if text.isascii() or text.endswith("号") else ""


def ending(number: str) -> str:
    """The number's signs backwards, so that a search for its end is a search for this one's beginning."""
    return signs(number)[::-1]
