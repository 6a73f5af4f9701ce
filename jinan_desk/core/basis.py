"""What a number or a check rests on: the words, their source, and how sure they are.

Marks (catalogue): C the circular says so; L another public rule says so; R a reading chosen here, to be confirmed by
the bureau; U not known, the office enters it. R and U are never shown as if the circular said them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jinan_desk.core.text import N_, Sentence

CIRCULAR = "济政发〔2020〕1号"


class Mark(StrEnum):
    """How sure the words are: see the module."""

    CIRCULAR = "C"
    LAW = "L"
    READING = "R"
    UNKNOWN = "U"


MARK_LABELS = {
    Mark.CIRCULAR: N_("本意见"),
    Mark.LAW: N_("其他公开规定"),
    Mark.READING: N_("本机构确认"),
    Mark.UNKNOWN: N_("待本机构录入"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """The words something rests on. `quote` are the circular's, verbatim; they may be empty where `mark` is another."""

    mark: Mark
    source: str
    quote: str = ""

    def cite(self) -> Sentence:
        """One line for people: the source, and the circular's words where there are any."""
        if not self.quote:
            return Sentence(self.source)
        words = N_("{source}：“{quote}”") if self.mark is Mark.CIRCULAR else N_("{source}（本意见：“{quote}”）")
        return Sentence(words, source=Sentence(self.source), quote=self.quote)


def circular(quote: str) -> Basis:
    """Words of the circular, verbatim."""
    return Basis(Mark.CIRCULAR, CIRCULAR, quote)


def law(source: str, quote: str = "") -> Basis:
    """Another public rule, named; `quote` are the circular's words that it fills in."""
    return Basis(Mark.LAW, source, quote)


def reading(source: str, quote: str = "") -> Basis:
    """A reading taken where the rules are silent; `quote` are the circular's words that it reads."""
    return Basis(Mark.READING, source, quote)
