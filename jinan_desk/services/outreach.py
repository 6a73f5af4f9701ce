"""政策找人 for a list: a workbook of units or people in, a workbook of what each programme is to each of them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_, Sentence, Translate, chinese, listed
from jinan_desk.errors import DeskError
from jinan_desk.exchange.longbook import Value
from jinan_desk.exchange.matchbook import Matchbook, begin
from jinan_desk.exchange.reading import Cell
from jinan_desk.exchange.roster import BadCell, is_blank
from jinan_desk.exchange.sheet import yuan
from jinan_desk.exchange.subjects import CellReader, Column, Listed, Unused, read_lists
from jinan_desk.services.matching import VERDICT_LABELS, Asked, Match, Matcher, Verdict, open_to

APPLICANTS = (Applicant.UNIT, Applicant.PERSON)
_NUMBER = {Applicant.UNIT: "credit_code", Applicant.PERSON: "id_number"}

BAD_LIMIT = 10_000
"""So many cells that cannot be read are named; the others are counted."""

Given = Callable[[Asked], bool]

_STEP = 200  # rows between two reports of progress


class CancelledError(DeskError):
    """Somebody has asked to stop; nothing was written."""

    def __init__(self) -> None:
        super().__init__(Sentence(N_("已取消，没有改动")))


@dataclass(slots=True)
class Report:
    """What came of a list: how many were matched, how often each programme holds, and what could not be used.

    `amounts` are in fen, by code. `bad` are the first BAD_LIMIT cells of `bad_count`.
    """

    offered: tuple[Programme, ...]
    unused: tuple[Unused, ...]
    subjects: int = 0
    counts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)
    bad: list[BadCell] = field(default_factory=list)
    bad_count: int = 0

    def note(self, bad: BadCell) -> None:
        """Count a cell that cannot be used, and name it while there are not too many."""
        self.bad_count += 1
        if len(self.bad) < BAD_LIMIT:
            self.bad.append(bad)

    def sentences(self) -> list[Sentence]:
        """What a person should know at once."""
        told = [Sentence(N_("已匹配 {count} 个单位和个人"), count=self.subjects)]
        told += [unused.sentence() for unused in self.unused]
        if self.bad:
            told.append(
                Sentence(
                    N_("有 {count} 个单元格读不出来，按未知处理。第一处：{first}"),
                    count=self.bad_count, first=self.bad[0].sentence(),
                )
            )
        return told


def match_workbook(
    source: Path,
    output: Path,
    *,
    on: date,
    parameters: ParameterSet,
    translate: Translate = chinese,
    progress: Callable[[int, int], object] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Match everybody on the list with every programme as of the day `on`, and write the workbook of results.

    `progress` is told how many of how many rows are done; `cancelled` is asked at every row. Raises DeskError where the
    list cannot be read or the output cannot be written, CancelledError where it is to stop; then there is no output.
    """
    offered = {applicant: open_to(applicant) for applicant in APPLICANTS}
    everything = tuple(programme for one in offered.values() for programme in one)
    lists = read_lists(source, (f for programme in everything for f in programme.shape.fields))
    if output.exists() and output.samefile(source):
        raise DeskError(Sentence(N_("结果不能写在名单文件上，请另起文件名")))
    report = Report(everything, lists.unused)
    book = begin(
        translate(N_("政策找人结果")), _lines(source, on, report, translate), lists.height * len(everything), translate
    )
    liner = _Liner(book, translate)

    def matcher(applicant: Applicant, given: Given) -> Matcher[_Line]:
        return Matcher(offered[applicant], on, parameters, liner.line, given=given)

    run = _Run(book, report, Watch(lists.height, progress, cancelled))
    rows = run.rows(_Sheet(listed, matcher) for listed in lists.sheets)
    book.write(output, rows, _problems(report, translate), _summary(report, translate))
    progress(lists.height, lists.height)
    return report


def _lines(source: Path, on: date, report: Report, translate: Translate) -> list[str]:
    told = [
        Sentence(N_("名单：{name}"), name=source.name),
        Sentence(N_("按 {on} 的政策判断；只用名单上的资料，没有的资料按未知处理"), on=on),
        *(unused.sentence() for unused in report.unused),
    ]
    return [sentence.read(translate) for sentence in told]


# Rows ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A match in cells, with what is counted of it."""

    cells: str
    count: tuple[str, Verdict]
    amount: int
    wrong: tuple[tuple[str, Sentence], ...]


MakeMatcher = Callable[[Applicant, Given], Matcher[_Line]]


class _Liner:
    """Puts matches into cells. What recurs is worded once: the verdicts, and what is possible for the same want."""

    def __init__(self, book: Matchbook, translate: Translate) -> None:
        self._book = book
        self._translate = translate
        self._verdicts: dict[tuple[str, Verdict], str] = {}
        self._possible: dict[tuple[str, tuple[str, ...]], str] = {}

    def line(self, match: Match) -> _Line:
        """The line of a match."""
        code = match.programme.code
        said = (code, match.verdict)
        verdict = self._verdicts.get(said) or self._verdicts.setdefault(said, self._word_verdict(match))
        if match.verdict is Verdict.POSSIBLE:
            want = (code, match.missing)
            grounds = self._possible.get(want) or self._possible.setdefault(want, self._word_grounds(match))
        else:
            grounds = self._word_grounds(match)
        return _Line(verdict + grounds, said, match.amount or 0, match.wrong)

    def _word_verdict(self, match: Match) -> str:
        translate = self._translate
        return self._book.word_verdict(_title(match.programme, translate), translate(VERDICT_LABELS[match.verdict]))

    def _word_grounds(self, match: Match) -> str:
        return self._book.word_grounds(
            yuan(match.amount),
            listed(match.reasons, N_("；")).read(self._translate),
            listed(match.needed).read(self._translate),
        )


def _title(programme: Programme, translate: Translate) -> str:
    return f"{programme.code} {translate(programme.name)}"


class _Sheet:
    """One sheet of the list, with the matchers for what its columns hold."""

    def __init__(self, listed: Listed, make: MakeMatcher) -> None:
        self.listed = listed
        self._matchers = {applicant: _ColumnMatcher(listed, applicant, make) for applicant in APPLICANTS}
        self._numbers = [
            (applicant, one.number.place) for applicant, one in self._matchers.items() if one.number is not None
        ]
        self._usual = tuple(applicant for applicant, _ in self._numbers) if len(self._numbers) == 1 else APPLICANTS

    def matchers(self, cells: Sequence[Cell]) -> Iterator[_ColumnMatcher]:
        """Those for a row: for a unit or a person by the number it has; else by what the sheet lists, or both."""
        numbered = [applicant for applicant, place in self._numbers if not is_blank(cells[place])]
        return (self._matchers[applicant] for applicant in numbered or self._usual)


class _ColumnMatcher:
    """A matcher with the readers for the columns that hold its facts."""

    def __init__(self, listed: Listed, applicant: Applicant, make: MakeMatcher) -> None:
        columns = {fact: column for column in listed.columns for fact in column.facts}
        self._matcher = make(applicant, lambda asked: (asked.key, asked.label) in columns)
        self._blank: list[Any] = [None] * len(self._matcher.asked)
        self._readers: list[tuple[int, Column, CellReader]] = []
        self.columns: dict[str, Column] = {}
        for place, (key, label, kind) in enumerate(self._matcher.asked):
            column = columns.get((key, label))
            if column is not None:
                self._readers.append((place, column, CellReader(kind)))
                self.columns[key] = column
        self.number = self.columns.get(_NUMBER[applicant])
        self._shown = [
            next((place for place, column, _ in self._readers if column is self.columns.get(key)), None)
            for key in ("applicant_name", _NUMBER[applicant])
        ]

    def read(self, cells: Sequence[Cell]) -> tuple[list[Any], dict[int, tuple[Column, Sentence]]]:
        """The facts of a row as `match` takes them and, by place, the columns that cannot be read and why."""
        values = self._blank.copy()
        bad: dict[int, tuple[Column, Sentence]] = {}
        for place, column, reader in self._readers:
            values[place], why = reader.read(cells[column.place])
            if why is not None:
                bad[column.place] = column, why
        return values, bad

    def shown(self, values: Sequence[Any]) -> tuple[str, str]:
        """Name and number of who is on the row, "" where there is none."""
        name, number = ("" if place is None else values[place] or "" for place in self._shown)
        return name, number

    def match(self, values: Sequence[Any]) -> Iterator[_Line]:
        """The line of each programme."""
        return self._matcher.match(values)


class _Run:
    """The rows of results, made while they are asked for."""

    def __init__(self, book: Matchbook, report: Report, watch: Watch) -> None:
        self._book = book
        self._report = report
        self._watch = watch

    def rows(self, sheets: Iterable[_Sheet]) -> Iterator[str]:
        """The worded row of each match."""
        report = self._report
        for sheet in sheets:
            for number, cells in sheet.listed.rows():
                self._watch.step(report.subjects)
                report.subjects += 1
                for matcher in sheet.matchers(cells):
                    yield from self._matched(sheet.listed, number, cells, matcher)

    def _matched(
        self, listed: Listed, number: int, cells: Sequence[Cell], matcher: _ColumnMatcher
    ) -> Iterator[str]:
        report = self._report
        values, bad = matcher.read(cells)
        subject = self._book.word_subject(listed.sheet, number, *matcher.shown(values))
        for line in matcher.match(values):
            report.counts[line.count] += 1
            if line.amount:
                report.amounts[line.count[0]] += line.amount
            for key, why in line.wrong:
                column = matcher.columns[key]
                bad.setdefault(column.place, (column, why))
            yield subject + line.cells
        for column, why in bad.values():
            report.note(listed.bad(number, column, why))


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever waits: `progress` is told how many of how many rows are done, `cancelled` answers whether to stop."""

    total: int
    progress: Callable[[int, int], object]
    cancelled: Callable[[], bool]

    def step(self, done: int) -> None:
        """Before every row. Raises CancelledError."""
        if self.cancelled():
            raise CancelledError
        if done % _STEP == 0:
            self.progress(done, self.total)


# What stands beside the results -------------------------------------------------------------------------------------


def _problems(report: Report, translate: Translate) -> Iterator[Sequence[Value]]:
    for unused in report.unused:
        yield unused.sheet, unused.row or None, unused.column, unused.head, unused.why.read(translate)
    for bad in report.bad:
        yield bad.sheet, bad.row, bad.column, bad.label, bad.why.read(translate)
    if report.bad_count > len(report.bad):
        more = Sentence(N_("另有 {count} 处未列出"), count=report.bad_count - len(report.bad))
        yield "", None, "", "", more.read(translate)


def _summary(report: Report, translate: Translate) -> Iterator[Sequence[Value]]:
    for programme in report.offered:
        holds, possible, excluded = (report.counts[programme.code, verdict] for verdict in Verdict)
        if not holds + possible + excluded:  # nobody on the list could apply for it
            continue
        amount = yuan(report.amounts[programme.code]) if programme.has_amount else None
        yield _title(programme, translate), holds, amount, possible, excluded
    yield Sentence(N_("读入的单位和个人：{count}"), count=report.subjects).read(translate), None, None, None, None
    yield Sentence(N_("读不出来的单元格：{count}"), count=report.bad_count).read(translate), None, None, None, None
