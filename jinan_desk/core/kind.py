"""The kinds of value a fact or a parameter can have: how each is read from JSON, written back and shown.

Shapes are exact (catalogue 1.2, 1.5): what a form or a workbook brings is turned into these shapes where it is read,
not here. Blanks and full-width characters are normalised first. A kind is a frozen value without a name of its own;
`Field` and `Parameter` give it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from jinan_desk.core import identity, money
from jinan_desk.core.dates import Month, parse_date, parse_month
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_, Sentence, listed

_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_RATIO = re.compile(r"[0-9]+/[1-9][0-9]*")


class Invalid(Exception):  # noqa: N818  (not an error of the program: the value a reader hands back for one)
    """A value that is not of its kind; carries the sentence that says what is allowed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.source)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """How one type of value behaves. `name` is the type's name in JSON schemas (catalogue 1.2)."""

    @property
    def name(self) -> str:
        raise NotImplementedError

    def read(self, given: Any) -> Any:
        """The typed value of a JSON value, None where a blank counts as unknown. Raises `Invalid`."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """The JSON value of a typed one; `read(write(value)) == value`."""
        return value

    def show(self, value: Any) -> Any:
        """The value for people: a text, or a date, month or sentence that is worded in the reader's language."""
        return str(value)

    def doubts(self, value: Any) -> Iterator[tuple[str, Sentence]]:  # noqa: ARG002  (most kinds doubt nothing)
        """Keys and sentences of what a person should look at and that decides nothing."""
        return iter(())

    @property
    def example(self) -> str:
        """What a person may type, for templates and error sentences."""
        return ""


LONGEST = 100
"""Characters of anything but free text."""


def _string(given: Any, allowed: Sentence) -> str:
    if not isinstance(given, str) or len(given) > LONGEST:
        raise Invalid(allowed)
    return identity.compact(given)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text; blank is unknown."""

    name = "text"

    def read(self, given: Any) -> str | None:
        if not isinstance(given, str):
            raise Invalid(Sentence(N_("应为文字")))
        if len(given) > TEXT_LIMIT:
            raise Invalid(Sentence(N_("文字过长，最多 {limit} 字"), limit=TEXT_LIMIT))
        if not given.isprintable() and _UNSHOWN.search(given):
            raise Invalid(Sentence(N_("文字中有无法显示的字符，请删去后重新填写")))
        return given.strip() if identity.compact(given) else None


TEXT_LIMIT = 2000
_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters but for line breaks and tabs, and halves of characters: no paper, workbook or file holds them."""


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """Yuan with at most two decimals as text; typed value: `int` of fen."""

    positive: bool = False
    name = "money"

    def read(self, given: Any) -> int:
        text = _string(given, Sentence(N_("金额应为文字形式的元，例如 48000.00")))
        fen = money.parse_yuan(text)
        if fen is None:
            allowed = N_("不是有效金额：{text}（以元为单位，不小于 0，最多两位小数，不带千分位）")
            raise Invalid(Sentence(allowed, text=given))
        if self.positive and fen == 0:
            raise Invalid(Sentence(N_("金额应大于 0")))
        if fen >= money.WORDS_LIMIT:
            raise Invalid(Sentence(N_("金额过大，应小于 1 万亿元，请核对")))
        return fen

    def write(self, value: int) -> str:
        return money.yuan(value)

    def show(self, value: int) -> str:
        return money.figures(value)

    example = "48000.00"


@dataclass(frozen=True, slots=True)
class Rate(Kind):
    """Per cent as text, `"5.5"`; typed value: the exact `Fraction` of one.

    With `ratios`, one that has no decimal may be written as a ratio of per cent: `"200/3"` is two thirds.
    """

    ratios: bool = False
    name = "rate"

    def read(self, given: Any) -> Fraction:
        text = _string(given, Sentence(N_("比例应为文字形式的百分数，例如 5.5")))
        if not (_DECIMAL.fullmatch(text) or (self.ratios and _RATIO.fullmatch(text))):
            raise Invalid(Sentence(N_("不是有效比例：{text}（百分数，例如 5.5 表示 5.5%）"), text=given))
        return Fraction(text) / 100

    def write(self, value: Fraction) -> str:
        return decimal_text(value * 100)

    def show(self, value: Fraction) -> str:
        return per_cent(value)

    example = "5.5"


NUMBERS_LIMIT = 10**9
"""Counts and numbers are below it: more is a slip, and what is worked out from it would fit nowhere."""
_TOO_LARGE = Sentence(N_("数字过大，应小于 10 亿，请核对"))


@dataclass(frozen=True, slots=True)
class Count(Kind):
    """A whole number, at least `minimum` and, where it is counted through one by one, at most `most`."""

    minimum: int = 0
    most: int | None = None
    name = "count"

    def read(self, given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or given < self.minimum:
            raise Invalid(Sentence(N_("应为不小于 {minimum} 的整数"), minimum=self.minimum))
        if given >= NUMBERS_LIMIT:
            raise Invalid(_TOO_LARGE)
        if self.most is not None and given > self.most:
            raise Invalid(Sentence(N_("应不大于 {most}"), most=self.most))
        return given

    example = "12"


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A decimal number, as text or integer, at least 0; typed value: an exact `Fraction`."""

    positive: bool = False
    name = "number"

    def read(self, given: Any) -> Fraction:
        if isinstance(given, str):
            given = identity.compact(given)
        elif isinstance(given, bool) or not isinstance(given, int):
            raise Invalid(Sentence(N_("应为数字，例如 286 或 \"30.5\"")))
        if given >= NUMBERS_LIMIT if isinstance(given, int) else len(given) > LONGEST:
            raise Invalid(_TOO_LARGE)
        if not _DECIMAL.fullmatch(str(given)):
            raise Invalid(Sentence(N_("不是有效数字：{text}（不小于 0，不带千分位）"), text=given))
        value = Fraction(str(given))
        if value >= NUMBERS_LIMIT:
            raise Invalid(_TOO_LARGE)
        if self.positive and value == 0:
            raise Invalid(Sentence(N_("应大于 0")))
        return value

    def write(self, value: Fraction) -> str:
        return decimal_text(value)

    def show(self, value: Fraction) -> str:
        return decimal_text(value)

    example = "30.5"


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A calendar day as `2020-02-10`."""

    name = "date"

    def read(self, given: Any) -> date:
        day = parse_date(_string(given, Sentence(N_("日期应写作 2020-02-10"))))
        if day is None:
            raise Invalid(Sentence(N_("不是有效日期：{text}（写法如 2020-02-10）"), text=given))
        return day

    def write(self, value: date) -> str:
        return value.isoformat()

    def show(self, value: date) -> date:
        return value

    example = "2020-02-10"


@dataclass(frozen=True, slots=True)
class CalendarMonth(Kind):
    """A month as `2020-02`."""

    name = "month"

    def read(self, given: Any) -> Month:
        month = parse_month(_string(given, Sentence(N_("月份应写作 2020-02"))))
        if month is None:
            raise Invalid(Sentence(N_("不是有效月份：{text}（写法如 2020-02）"), text=given))
        return month

    def write(self, value: Month) -> str:
        return str(value)

    def show(self, value: Month) -> Month:
        return value

    example = "2020-02"


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no; absent is unknown, which is neither."""

    name = "flag"

    def read(self, given: Any) -> bool:
        if not isinstance(given, bool):
            raise Invalid(Sentence(N_("应为 true（是）或 false（否）")))
        return given

    def show(self, value: bool) -> Sentence:
        return Sentence(N_("是")) if value else Sentence(N_("否"))

    example = "是"


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of the listed words, each with a label for people."""

    words: tuple[tuple[str, str], ...]
    name = "choice"

    def read(self, given: Any) -> str:
        if not isinstance(given, str) or identity.compact(given) not in dict(self.words):
            raise Invalid(Sentence(N_("应为下列之一：{words}"), words=listed(word for word, _ in self.words)))
        return identity.compact(given)

    def show(self, value: str) -> Sentence:
        return Sentence(dict(self.words)[value])

    @property
    def example(self) -> str:
        return self.words[0][1]


@dataclass(frozen=True, slots=True)
class ByWord(Kind):
    """A value for each of the listed words, as an object `{word: value}`; typed value: a dictionary by word.

    A word that is left out has no value. With `uniform`, one value by itself stands for all words.
    """

    words: tuple[tuple[str, str], ...]
    each: Kind
    uniform: bool = False

    @property
    def name(self) -> str:
        return f"{self.each.name}_by_word"

    def read(self, given: Any) -> dict[str, Any]:
        if self.uniform and not isinstance(given, Mapping):
            value = self.each.read(given)
            return {word: value for word, _ in self.words}
        if not isinstance(given, Mapping) or not given.keys() <= dict(self.words).keys():
            words = listed(word for word, _ in self.words)
            raise Invalid(Sentence(N_("应为“键: 值”的对象，键为：{words}"), words=words))
        known = {word: self.each.read(given[word]) for word, _ in self.words if given.get(word) is not None}
        if not known:
            raise Invalid(Sentence(N_("至少应有一个数值")))
        return known

    def write(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {word: self.each.write(part) for word, part in value.items()}

    def show(self, value: Mapping[str, Any]) -> Sentence:
        shown = [
            Sentence(N_("{label} {value}"), label=Sentence(label), value=self.each.show(value[word]))
            for word, label in self.words
            if word in value
        ]
        return reduce(lambda one, other: Sentence(N_("{one}，{other}"), one=one, other=other), shown)

    @property
    def example(self) -> str:
        return self.each.example


@dataclass(frozen=True, slots=True)
class DistrictCode(Kind):
    """The six-digit code of a district or county of Jinan."""

    name = "district"

    def read(self, given: Any) -> str:
        code = _string(given, Sentence(N_("区县应为六位代码，例如 370102")))
        if code not in DISTRICTS:
            raise Invalid(Sentence(N_("不是济南市的区县代码：{text}"), text=given))
        return code

    def show(self, value: str) -> str:
        return DISTRICTS[value].name

    example = "历下区"


@dataclass(frozen=True, slots=True)
class IdNumber(Kind):
    """A resident identity number; 15 digits are converted to 18 characters (GB 11643)."""

    name = "id_number"

    def read(self, given: Any) -> str:
        if not isinstance(given, str):
            raise Invalid(Sentence(N_("应为文字形式的 18 位（17 位数字加数字或 X）或 15 位数字")))
        number = identity.read_id_number(given)
        if number is None:
            count = len(identity.compact(given))
            if count in (15, 18):
                raise Invalid(Sentence(N_("应为 18 位（17 位数字加数字或 X）或 15 位数字，其中有不能用的字符")))
            raise Invalid(Sentence(N_("应为 18 位（17 位数字加数字或 X）或 15 位数字，现为 {count} 位"), count=count))
        if identity.birth_date(number) is None:
            raise Invalid(Sentence(N_("身份证号中的出生日期不存在")))
        return number

    def doubts(self, value: str) -> Iterator[tuple[str, Sentence]]:
        if not identity.id_check_digit_fits(value):
            yield "id_check_digit", Sentence(N_("身份证号末位校验码不符，请核对证件"))
        if not identity.id_area_is_known(value):
            yield "id_area_code", Sentence(N_("身份证号前两位不是已知的地区代码，请核对证件"))


@dataclass(frozen=True, slots=True)
class CreditCode(Kind):
    """A unified social credit code (GB 32100)."""

    name = "credit_code"

    def read(self, given: Any) -> str:
        code = identity.read_credit_code(given) if isinstance(given, str) else None
        if code is None:
            count = len(identity.compact(given)) if isinstance(given, str) else 18
            if count == 18:
                raise Invalid(Sentence(N_("应为 18 位数字或大写字母（不含 I、O、S、V、Z）")))
            raise Invalid(Sentence(N_("应为 18 位数字或大写字母（不含 I、O、S、V、Z），现为 {count} 位"), count=count))
        return code

    def doubts(self, value: str) -> Iterator[tuple[str, Sentence]]:
        if not identity.credit_check_character_fits(value):
            yield "credit_code_check", Sentence(N_("统一社会信用代码末位校验码不符，请核对营业执照"))


def decimal_text(value: Fraction) -> str:
    """The exact decimal without trailing zeros; a fraction that has none is written as such (`2/3`)."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(value)
    places = max(twos, fives)
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@lru_cache(maxsize=1024)
def per_cent(value: Fraction, *, places: int | None = None) -> str:
    """`Fraction(11, 200)` as `5.5%`; with `places`, rounded half up to that many decimals."""
    if places is None:
        exact = decimal_text(value * 100)
        return str(value) if "/" in exact else exact + "%"
    digits = str(money.round_half_up(value * 100 * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}%" if places else f"{digits}%"
