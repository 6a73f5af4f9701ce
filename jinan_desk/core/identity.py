"""Numbers that identify people and units: resident identity numbers and unified social credit codes.

Sources: GB 11643-1999 and 国务院 1984 (15 digits), GB 32100-2015. Shape and birth date are errors; a wrong check
character or an unknown area is a warning, since genuine documents carry both (catalogue 1.2).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from jinan_desk.core.dates import plus_years

_ID = re.compile(r"[0-9]{17}[0-9X]")
_OLD_ID = re.compile(r"[0-9]{15}")
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")

# GB/T 2260 provinces; 81-83 are residence permits for Hong Kong, Macao and Taiwan residents, 9 those of foreigners.
_PROVINCES = frozenset(
    {
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71"),
        *("81", "82", "83"),
    }
)


def compact(text: str) -> str:
    """The text without blanks and with full-width characters made half-width."""
    if text.isascii():
        return "".join(text.split())
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def read_id_number(text: str) -> str | None:
    """The identity number in its 18-character form (15 digits are converted); None where its shape is wrong."""
    number = compact(text).upper()
    if _OLD_ID.fullmatch(number):
        number = number[:6] + "19" + number[6:]
        number += _check_character(number + "0")
    return number if _ID.fullmatch(number) else None


def birth_date(id_number: str) -> date | None:
    """The birth date in an 18-character identity number; None where there is no such day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_female(id_number: str) -> bool:
    """Whether the order code (17th digit) is even."""
    return int(id_number[16]) % 2 == 0


def age_on(born: date, day: date) -> int:
    """Completed years; somebody born on 29 February completes a year on 28 February of a common year."""
    years = day.year - born.year
    return years if plus_years(born, years) <= day else years - 1


def id_check_digit_fits(id_number: str) -> bool:
    """Whether the last character is the check digit of the others (GB 11643, MOD 11-2)."""
    return _check_character(id_number) == id_number[17]


def id_area_is_known(id_number: str) -> bool:
    """Whether the number begins like one of a province or of a residence permit."""
    return id_number[0] == "9" or id_number[:2] in _PROVINCES


def read_credit_code(text: str) -> str | None:
    """The credit code in capitals; None where its length or alphabet is wrong (I, O, Z, S, V do not occur)."""
    code = compact(text).upper()
    return code if _CREDIT.fullmatch(code) else None


def credit_check_character_fits(code: str) -> bool:
    """Whether the last character is the check character of the others (GB 32100, MOD 31)."""
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_SIGNS[-total % 31] == code[17]


_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def masked(number: str) -> str:
    """The number as the screen shows it: of a long one the first six and last two characters, else the last four."""
    if len(number) >= 15:
        return number[:6] + "*" * (len(number) - 8) + number[-2:]
    return "*" * max(0, len(number) - 4) + number[-4:]


def _check_character(id_number: str) -> str:
    """What the 18th character of an identity number has to be; the one that stands there does not count."""
    from stdnum.cn import ric  # late: stdnum brings the network's libraries with it, which a window can do without

    return str(ric.calc_check_digit(id_number))
