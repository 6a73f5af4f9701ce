"""How names and numbers are made searchable, as words for a full-text index.

A name is indexed character by character, each written as its code point: SQLite's own tokenizers know no character
that came into Unicode after them, and rare characters of names did. Names are told apart by a word of their own, so
that no search finds a piece that reaches from one name into the next. A number is indexed forwards and backwards, so
that its beginning and its end can be looked for as the beginning of a word.

A name is indexed by the initials of its characters' readings (拼音首字母), too: from each character on a word of up to
three letters, and one more for every other way to read them. Latin letters and digits stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from jinan_desk.core.identity import compact
from jinan_desk.resources import initials

# Letters that no code point in hexadecimal begins with.
_BETWEEN = "x"
_READ = "p"
_FORWARDS = "n"
_BACKWARDS = "z"

SHORTEST_NUMBER = 3
SHORTEST_INITIALS = 2
_WINDOW = 3
_NO_SIGN = re.compile(r"[^0-9A-Z]")
_BRACKETS = str.maketrans("", "", "〔〕")

Person = tuple[str, str]
"""A name and an ID number or credit code, "" where one is not known."""


def tokens(people: Iterable[Person]) -> str:
    """The words of people: `张三` with number `12` is `5f20 4e09 x n12 z21 x`; "" where nothing is known of anybody."""
    return " ".join(filter(None, (_words(name, number) for name, number in people)))


def _words(name: str, number: str) -> str:
    plain = compact(name).casefold()
    words = [_code_points(plain), _BETWEEN, *_readings(plain)] if name else []
    if sign := signs(number):
        words += [_FORWARDS + sign, _BACKWARDS + sign[::-1]]
    return " ".join(words)


def _readings(plain: str) -> list[str]:
    """The words of initials that begin at each character of a name without blanks and capitals."""
    table = initials()
    letters = [
        character if character.isascii() else table.get(character, "")
        for character in plain
        if (character.isascii() and character.isalnum()) or character in table
    ]
    windows = (letters[place : place + _WINDOW] for place in range(len(letters)))
    return [_READ + "".join(way) for window in windows for way in product(*window)]


def expression(text: str) -> str:
    """The full-text expression that finds names containing the text, names whose characters are read with the letters
    of the text as initials, and, from three characters on, numbers beginning or ending with it; "" where there is
    nothing to look for. Of more than three letters, every three that follow each other must be found."""
    words = _characters(text)
    number = number_signs(text)
    ways = [phrase(text)] if words else []
    if len(number) >= SHORTEST_NUMBER:
        ways += [f'"{_FORWARDS}{number}"*', f'"{_BACKWARDS}{number[::-1]}"*']
    if letters := _letters(text):
        ways.append(_read_with(letters))
    return " OR ".join(ways)


def finds(person: Person, text: str) -> bool:
    """Whether the expression of the text finds this one person, whoever else stands beside them."""
    name, number = person
    wanted, letters = number_signs(text), _letters(text)
    words = set(_readings(compact(name).casefold())) if letters else set()
    return (
        compact(text).casefold() in compact(name).casefold()
        or (len(wanted) >= SHORTEST_NUMBER and (signs(number).startswith(wanted) or signs(number).endswith(wanted)))
        or (bool(letters) and all(any(w.startswith(_READ + piece) for w in words) for piece in _windows(letters)))
    )


def phrase(name: str) -> str:
    """The full-text expression that finds names containing this one."""
    return f'"{_characters(name)}"'


def whole_number(number: str) -> str:
    """The full-text expression that finds this number and no other."""
    return f'"{_FORWARDS}{signs(number)}"'


def _letters(text: str) -> str:
    """The text, where it can be initials."""
    letters = compact(text).casefold()
    can_be = len(letters) >= SHORTEST_INITIALS and letters.isascii() and letters.isalnum() and not letters.isdecimal()
    return letters if can_be else ""


def _windows(letters: str) -> list[str]:
    return [letters[place : place + _WINDOW] for place in range(max(1, len(letters) - _WINDOW + 1))]


def _read_with(letters: str) -> str:
    if len(letters) < _WINDOW:
        return f'"{_READ}{letters}"*'
    return f"({' AND '.join(f'{_READ}{window}' for window in _windows(letters))})"


def _characters(name: str) -> str:
    return _code_points(compact(name).casefold())


def _code_points(plain: str) -> str:
    return " ".join([format(ord(character), "x") for character in plain])


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
