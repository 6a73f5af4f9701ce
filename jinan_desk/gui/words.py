"""The texts of the window in its language: a translator, handed down, that also fills gaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jinan_desk.core.dates import Month
from jinan_desk.core.kind import Kind
from jinan_desk.core.money import WORDS_LIMIT, in_words
from jinan_desk.core.text import N_, Sentence, Translate, chinese


class Words:
    """`say(N_("共 {count} 件"), count=3)`; `say.read(sentence)`; `say.value(kind, value)`."""

    __slots__ = ("translate",)

    def __init__(self, translate: Translate = chinese) -> None:
        self.translate = translate

    @property
    def foreign(self) -> bool:
        """Whether the window speaks another language than its sources."""
        return self.translate is not chinese

    def __call__(self, source: str, /, **gaps: Any) -> str:
        return Sentence(source, **gaps).read(self.translate)

    def read(self, sentence: Sentence) -> str:
        return sentence.read(self.translate)

    def listed(self, parts: Iterable[str]) -> str:
        """The parts one after the other, parted as the language parts them: `苏敏、韩立`."""
        return self(N_("、")).join(parts)

    def told(self, label: str, text: str) -> str:
        """A label and what there is to say: `单位名称：营业执照上的全称`."""
        return self(N_("{label}：{text}"), label=label, text=text)

    def beside(self, whole: str, part: object) -> str:
        """Something, and beside it what belongs to it: `还缺（3）`."""
        return self(N_("{whole}（{part}）"), whole=whole, part=part)

    def heading(self, numeral: str, name: str) -> str:
        """The name of a part of the circular behind its numeral, both of them said: `一、保障企业用工需求`."""
        return self(N_("{numeral}、{name}"), numeral=self(numeral), name=self(name))

    def value(self, kind: Kind, value: Any) -> str:
        """A typed value for people; days and months are short in tables and fields."""
        shown = kind.show(value)
        if isinstance(shown, date | Month):
            return str(kind.write(value))
        return Sentence("{value}", value=shown).read(self.translate)

    def amount_in_words(self, fen: int) -> str:
        """人民币大写, as it stands on paper in every language; empty where it cannot be written."""
        return in_words(fen) if 0 <= fen < WORDS_LIMIT else ""


YUAN = N_("元")
"""The unit of every amount shown."""
