"""What came of printing, what was printed before, and what can be printed of a selection of cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from jinan_desk.core.dates import local_time
from jinan_desk.core.text import N_, Sentence

PRINTER = "printer"
_MEDIA = {"pdf": N_("存为 PDF"), "xlsx": N_("存为 Excel"), PRINTER: N_("打印")}


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of printing: pages, what the person must know before signing (characters that no font has), the number
    that the paper bears, "" where it has none (yet), and how many of the papers had been printed before."""

    pages: int
    remarks: list[Sentence]
    number: str = ""
    again: int = 0
    papers: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of printing for many cases: files in order, papers and pages in them, how many of the papers had been
    printed before, what was left out and why. `medium` is PRINTER where the file only goes to a printer."""

    files: tuple[Path, ...]
    papers: int
    pages: int
    remarks: list[Sentence]
    left_out: list[Sentence]
    again: int = 0
    medium: str = ""

    def sentences(self) -> list[Sentence]:
        """What to tell: how much was printed, what was left out, then what needs a look."""
        words = N_("共 {papers} 份文书 {pages} 页，存为 {files} 个文件")
        if self.medium == PRINTER:
            words = N_("共 {papers} 份文书 {pages} 页")
        told = [Sentence(words, papers=self.papers, pages=self.pages, files=len(self.files))]
        if self.again:
            told.append(Sentence(N_("其中重印 {count} 份，文号不变"), count=self.again))
        if self.left_out:
            told.append(Sentence(N_("没有印的 {count} 件："), count=len(self.left_out)))
        return [*told, *self.left_out, *self.remarks]


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that `count` cases of a selection have; `again` of them have been printed as they are now, and `due` of
    them still have to be: letters of this revision, other papers at all. Its `title` is "" where programmes call it
    differently."""

    key: str
    title: str
    count: int = 0
    again: int = 0
    due: int = 0

    def plus(self, title: str, *, again: bool, due: bool) -> Offer:
        """With one case more."""
        return replace(
            self,
            title=title if title == self.title else "",
            count=self.count + 1,
            again=self.again + again,
            due=self.due + due,
        )


@dataclass(frozen=True, slots=True)
class Before:
    """One earlier print of a paper: its key and title, when (UTC) and by whom. `current`: it is of the revision that
    would be printed now."""

    key: str
    title: str
    number: str
    at: str
    account: str
    medium: str
    current: bool

    def sentence(self) -> Sentence:
        """In one line, the time as the clock on the wall had it."""
        words = N_("{at} {account} {medium}：{title} {number}")
        if not self.current:
            words = N_("{at} {account} {medium}：{title} {number}（办件此后有改动，与现在要印的不同）")
        return Sentence(
            words,
            at=local_time(self.at),
            account=self.account,
            medium=Sentence(_MEDIA.get(self.medium, self.medium)),
            title=self.title,
            number=self.number,
        )
