"""What a person types or a workbook holds, turned into the exact JSON shape that a kind reads.

Nothing is guessed: a value that could mean two things is refused in words, and one that has been damaged on its way
(an 18-digit number kept by a spreadsheet as a number) is refused and never repaired. Whether the value is right is
for `Kind.read` to say; here it is only put into shape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.identity import compact
from jinan_desk.core.kind import (
    CalendarMonth,
    Choice,
    Count,
    CreditCode,
    Day,
    DistrictCode,
    Flag,
    IdNumber,
    Invalid,
    Kind,
    Money,
    Number,
    Rate,
    Text,
)
from jinan_desk.core.text import N_, Sentence, listed

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; the others become zeros."""

TRUE_WORDS = frozenset(("是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1"))
FALSE_WORDS = frozenset(("否", "无", "没有", "错", "×", "✗", "✘", "☒", "n", "no", "false", "f", "0"))

_TIME = r"(?:[ T]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?" + _TIME)
_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})月?")
_PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_PLAIN_MONTH = re.compile(r"([0-9]{4})([0-9]{2})")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_ERRORS = frozenset(("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"))
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+")  # how a spreadsheet writes a long number to a text file
_SERIAL = re.compile(r"[0-9]{5}")
_SERIALS = range(20000, 80000)  # 1954 to 2119
_FIRST_SERIAL = date(1899, 12, 30)


def to_json(kind: Kind, given: Any) -> Any:
    """The JSON value for `kind.read`, None for a blank. `given` is a text, or what a workbook's cell holds: a number,
    a yes or no, a day. Raises `Invalid` where it cannot be put into the kind's shape.
    """
    if given is None:
        return None
    if isinstance(given, str):
        text = compact(given)
        if not text:
            return None
        if text in _ERRORS:
            raise Invalid(Sentence(N_("单元格是公式错误 {text}，请改正公式或填写数值"), text=text))
        if isinstance(kind, IdNumber | CreditCode) and _SCIENTIFIC.fullmatch(text):
            raise Invalid(_damaged(kind))
    elif isinstance(given, time | timedelta):
        raise Invalid(Sentence(N_("单元格是时间，不是所需的内容")))
    elif isinstance(given, float) and not isfinite(given):
        raise Invalid(Sentence(N_("单元格不是有效的数字")))
    elif isinstance(given, int | float) and abs(given) >= 10**EXACT_DIGITS:
        raise Invalid(_damaged(kind))
    if isinstance(kind, Choice):
        return _choice(kind, given)
    shape = _text if isinstance(kind, Text) else _SHAPES[type(kind)]
    return shape(given)


def _damaged(kind: Kind) -> Sentence:
    if isinstance(kind, IdNumber):
        return Sentence(N_("以数字格式保存，后几位已丢失；请将该列设为文本格式后重新录入"))
    lost = N_("超过 {digits} 位的号码以数字格式保存，后几位已丢失；请将该列设为文本格式后重新录入")
    return Sentence(lost, digits=EXACT_DIGITS)


def _text(given: Any) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, bool):
        raise Invalid(Sentence(N_("应为文字")))
    if isinstance(given, datetime):
        return given.date().isoformat() if given.time() == time() else given.isoformat(" ")
    return given.isoformat() if isinstance(given, date) else _digits(given)


def _digits(number: float) -> str:
    """A number as a spreadsheet shows it: without what binary arithmetic adds after the fifteenth digit."""
    return format(Decimal(format(number, f".{EXACT_DIGITS}g")).normalize(), "f")


def _decimal(given: Any) -> Any:
    if isinstance(given, bool | date):
        return given
    if not isinstance(given, str):
        return _digits(given)
    text = compact(given)
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def _money(given: Any) -> Any:
    if isinstance(given, str):
        given = compact(given).strip("¥元圆")
    return _decimal(given)


def _rate(given: Any) -> Any:
    if isinstance(given, str):
        return _decimal(compact(given).removesuffix("%"))
    if isinstance(given, float) and 0 < given < 1:  # 5.5 % shown in a cell is 0.055 in it
        raise Invalid(Sentence(N_("比例 {number} 可能有两种含义，请写成文字，例如 5.5%"), number=_digits(given)))
    return _decimal(given)


def _count(given: Any) -> Any:
    text = _decimal(given)
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else text


def _day(given: Any) -> Any:
    if isinstance(given, date):  # a datetime is one, too
        return given.strftime("%Y-%m-%d").rjust(10, "0")
    text = _date_text(given)
    match = _DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    if match is not None:
        year, month, day = match.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    serial = None if isinstance(given, str) else serial_day(given)
    if serial is not None:
        raise Invalid(
            Sentence(
                N_("单元格是数字 {number}，不是日期（按日期显示是 {day}）；请将该列设为日期格式"),
                number=text, day=serial,
            )
        )
    return text


def serial_day(given: Any) -> date | None:
    """The day that a number (or the text of one) is in a spreadsheet that counts from 1900, None where it is none.

    For readers that say afterwards which numbers they took for days: a spreadsheet may count from 1904.
    """
    if isinstance(given, str):
        text = compact(given)
        given = int(text) if _SERIAL.fullmatch(text) else None
    if isinstance(given, bool) or not isinstance(given, int | float) or int(given) not in _SERIALS:
        return None
    return _FIRST_SERIAL + timedelta(days=int(given))


def _month(given: Any) -> Any:
    if isinstance(given, date):
        return f"{given.year:04}-{given.month:02}"
    if isinstance(given, float) and not given.is_integer():
        raise Invalid(Sentence(N_("单元格是数字 {number}，月份请写成文字，例如 2020-02"), number=_digits(given)))
    text = _date_text(given)
    match = _MONTH.fullmatch(text) or _PLAIN_MONTH.fullmatch(text)
    if match is None:
        return text
    year, month = match.groups()
    return f"{year}-{month:0>2}"


def _date_text(given: Any) -> Any:
    if isinstance(given, str):
        return compact(given) if ":" not in given else unicodedata.normalize("NFKC", given).strip()
    return str(given) if isinstance(given, bool) else _digits(given)


def _flag(given: Any) -> Any:
    if isinstance(given, bool):
        return given
    word = compact(_text(given)).casefold()
    if word in TRUE_WORDS or word in FALSE_WORDS:
        return word in TRUE_WORDS
    raise Invalid(Sentence(N_("应填“是”或“否”，不能是“{text}”"), text=str(given).strip()))


def _choice(kind: Choice, given: Any) -> str:
    wanted = compact(_text(given)).casefold()
    for word, label in kind.words:
        if wanted in (word.casefold(), compact(label).casefold()):
            return word
    labels = listed(label for _, label in kind.words)
    raise Invalid(Sentence(N_("应为下列之一：{words}"), words=labels))


def _district(given: Any) -> Any:
    text = compact(_text(given))
    name = text.removeprefix("山东省").removeprefix("济南市")
    for district in DISTRICTS.values():
        if name in (district.name, district.name[:-1]):
            return district.code
    return text


def _identity(given: Any) -> str:
    """An apostrophe before a number says that it is text, where it has not done its work already."""
    return _text(given).strip().lstrip("'’")


_SHAPES: dict[type[Kind], Callable[[Any], Any]] = {
    Money: _money,
    Rate: _rate,
    Count: _count,
    Number: _decimal,
    Day: _day,
    CalendarMonth: _month,
    Flag: _flag,
    DistrictCode: _district,
    IdNumber: _identity,
    CreditCode: _identity,
}
