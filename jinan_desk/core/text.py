"""Texts that are worded when somebody reads them, in the reader's language.

A `Sentence` keeps the Chinese source text (the key into the translation catalogues) and what goes into its gaps.
Nothing here knows where translations come from: a `Translate` function is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from string import Formatter
from typing import Any

from jinan_desk.core.dates import Month

Translate = Callable[[str], str]


_AS_THEY_STAND = frozenset({str, int})
"""Most gaps by far."""


def N_(source: str) -> str:  # noqa: N802  (the customary name of gettext's marker)
    """Mark a source text for the translation catalogues without translating it yet."""
    return source


def chinese(source: str) -> str:
    """The translator of the source language: every text as it stands."""
    return source


class Sentence:
    """A source text with named gaps, e.g. `Sentence("早于 {first}", first=date(2020, 2, 10))`.

    Gaps take text, integers, dates, months, or sentences; dates and months are written in the reader's language.
    """

    __slots__ = ("gaps", "source")

    def __init__(self, source: str, /, **gaps: Any) -> None:
        self.source = source
        self.gaps = gaps

    def read(self, translate: Translate = chinese) -> str:
        """The sentence in the translator's language."""
        text = translate(self.source)
        if not self.gaps:
            return text
        gaps = {k: _worded(v, translate) for k, v in self.gaps.items()}
        return text.format(**gaps) if translate is chinese else _COUNTING.vformat(text, (), gaps)

    def __repr__(self) -> str:
        return f"Sentence({self.read()!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.source, self.gaps) == (other.source, other.gaps)

    def __hash__(self) -> int:
        return hash(self.source)


class _Counting(Formatter):
    """Fills gaps; `{count:case|cases}` is the first word where the gap holds one, else the second."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, mark, many = format_spec.partition("|")
        if mark:
            return one if str(value) == "1" else many
        return str(super().format_field(value, format_spec))


_COUNTING = _Counting()

_ONE = {
    "个月": N_("1 个月"), "人": N_("1 人"), "天": N_("1 天"), "年": N_("1 年"), "次": N_("1 次"), "人次": N_("1 人次"),
    "户": N_("1 户"), "家": N_("1 家"), "项": N_("1 项"), "个": N_("1 个"),
}  # fmt: skip
"""One of each of the units that other languages have a word of its own for."""


def quantity(number: Any, unit: str) -> Sentence:
    """`12 个月`: a number and its unit, as a language puts them together; just the number where there is no unit."""
    if str(number) == "1" and unit in _ONE:
        return Sentence(_ONE[unit])
    return Sentence("{number} {unit}" if unit else "{number}", number=number, unit=Sentence(unit))


def unit_beside(number: str, unit: str, translate: Translate = chinese) -> str:
    """The unit alone, as it reads beside the number: `month` beside 1, `months` beside 12."""
    told, before = quantity(number, unit).read(translate), f"{number} "
    return told.removeprefix(before) if told.startswith(before) else translate(unit)


def listed(parts: Iterable[str | Sentence], mark: str = "、") -> Sentence:
    """The parts one after the other, parted as the reader's language parts them: with what it has for the `mark`."""
    gaps: dict[str, Any] = {f"part{place}": part for place, part in enumerate(parts)}
    return Sentence("{mark}".join(f"{{{gap}}}" for gap in gaps), mark=Sentence(mark), **gaps)


def _worded(value: Any, translate: Translate) -> Any:
    if type(value) in _AS_THEY_STAND:
        return value
    if isinstance(value, Sentence):
        return value.read(translate)
    if isinstance(value, date) and translate is chinese:
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, date):
        return translate("{year}年{month}月{day}日").format(year=value.year, month=value.month, day=value.day)
    if isinstance(value, Month):
        return translate("{year}年{month}月").format(year=value.year, month=value.month)
    return value
