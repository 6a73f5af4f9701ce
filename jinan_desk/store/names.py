"""How names and numbers are made searchable from one character on.

A name is indexed character by character, each written as its code point: SQLite's own tokenizers know no character
that came into Unicode after them, and rare characters of names did. Names are told apart by a token of their own, so
that no search finds a piece that reaches from one name into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinan_desk.core.identity import compact

_BETWEEN = "x"
_NO_SIGN = re.compile(r"[^0-9A-Z]")
_BRACKETS = str.maketrans("", "", "〔〕")


def characters(names: Iterable[str]) -> str:
    """The tokens of the names: `张三`, `李四` are `5f20 4e09 x 674e 56db`; "" where no name has a character."""
    return f" {_BETWEEN} ".join(filter(None, map(_tokens, names)))


def phrase(text: str) -> str:
    """The full-text expression that finds names containing the text; "" where nothing of it can be looked for."""
    tokens = _tokens(text)
    return f'"{tokens}"' if tokens else ""


def _tokens(name: str) -> str:
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
