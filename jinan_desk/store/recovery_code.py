"""The recovery code (恢复码): what is printed once and lies in a safe until every administrator's password is lost.

Eight groups of four: 31 random characters (155 bits) and a check character, of an alphabet in which none is taken for
another (Crockford's base 32). Read back with or without dashes and blanks, in either case, O as 0, I and L as 1.
"""

from __future__ import annotations

import secrets

from jinan_desk.core.identity import compact
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 32
_GROUP = 4
_TAKEN_FOR = str.maketrans("OIL", "011")


def new_code() -> str:
    """A new one, in its groups."""
    random = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH - 1))
    whole = random + _check_character(random)
    return "-".join(whole[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_code(text: str) -> str:
    """The code's 32 characters. Raises DeskError for one that was copied wrong."""
    code = compact(text).upper().replace("-", "").translate(_TAKEN_FOR)
    if len(code) != _LENGTH or any(sign not in _ALPHABET for sign in code):
        raise DeskError(Sentence(N_("恢复码应为 8 组、每组 4 个字母或数字")))
    if code[-1] != _check_character(code[:-1]):
        raise DeskError(Sentence(N_("恢复码有抄错的地方，请逐组核对")))
    return code


def _check_character(code: str) -> str:
    """Luhn's, for 32 characters: any one wrong character is found, and nearly any two exchanged neighbours."""
    total = 0
    for place, sign in enumerate(reversed(code)):
        value = _ALPHABET.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // len(_ALPHABET) + value % len(_ALPHABET)
    return _ALPHABET[-total % len(_ALPHABET)]
