"""The workbook that says, for everybody on a list, which programmes hold, which may and which do not (政策找人)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from jinan_desk.core.text import N_, Translate
from jinan_desk.exchange.longbook import ROWS_LIMIT, Cells, LongSheet, Value, long_sheet, write_long
from jinan_desk.exchange.sheet import Column, SheetWriter

SUMMARY = N_("汇总")
RESULTS = N_("结果")
PROBLEMS = N_("未采用的内容")

_SUMMARY = (
    (Column(N_("事项"), 46), ""),
    (Column(N_("符合"), 12), 0),
    (Column(N_("符合金额（元）"), 20), Decimal()),
    (Column(N_("可能符合"), 12), 0),
    (Column(N_("不符合"), 12), 0),
)
_RESULTS = (
    (Column(N_("工作表"), 14), ""),
    (Column(N_("行"), 8), 0),
    (Column(N_("名称"), 32), ""),
    (Column(N_("证件号码"), 22), ""),
    (Column(N_("事项"), 34), ""),
    (Column(N_("结论"), 11), ""),
    (Column(N_("金额（元）"), 16), Decimal()),
    (Column(N_("不符合的原因"), 60), ""),
    (Column(N_("尚需的资料"), 60), ""),
)
_PROBLEMS = (
    (Column(N_("工作表"), 16), ""),
    (Column(N_("行"), 8), 0),
    (Column(N_("列"), 8), ""),
    (Column(N_("表头"), 26), ""),
    (Column(N_("问题"), 70), ""),
)
_SUBJECT_COLUMNS = 4
_VERDICT_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Matchbook:
    """A workbook with heads that waits for its rows; `word_…` put them into cells, `write` writes them."""

    _book: Workbook
    _summary: LongSheet
    _results: tuple[LongSheet, ...]
    _problems: LongSheet

    def word_subject(self, sheet: str, row: int, name: str, identity: str) -> str:
        """The first cells of each row about somebody: where they stand on the list, and who they are."""
        return self._cells.word((sheet, row, name, identity))

    def word_verdict(self, programme: str, verdict: str) -> str:
        """The next cells: what a programme is to them."""
        return self._cells.word((programme, verdict), first=_SUBJECT_COLUMNS)

    def word_grounds(self, amount: Decimal | None, reasons: str, needed: str) -> str:
        """The last cells: how much (yuan), or why not, or what is still needed."""
        return self._cells.word((amount, reasons, needed), first=_SUBJECT_COLUMNS + _VERDICT_COLUMNS)

    @property
    def _cells(self) -> Cells:
        return self._results[0].cells

    def write(
        self,
        path: Path,
        results: Iterable[str],
        problems: Iterable[Sequence[Value]],
        summary: Iterable[Sequence[Value]],
    ) -> None:
        """Write the workbook: the worded rows of results, and only when they have run out the problems and the summary.

        Raises DeskError where the file cannot be written; whatever is raised, what was at the path stays.
        """
        write_long(
            path,
            self._book,
            (
                (self._results, results),
                ((self._problems,), map(self._problems.cells.word, problems)),
                ((self._summary,), map(self._summary.cells.word, summary)),
            ),
        )


def begin(title: str, lines: Sequence[str], rows: int, translate: Translate) -> Matchbook:
    """A workbook for at most so many rows of results; the title and the lines head its summary."""
    book = Workbook(write_only=True)
    summary_head = len(lines) + 2
    summary = _sheet(book, translate(SUMMARY), _SUMMARY, translate, head_row=summary_head)
    summary.title(title)
    for line in lines:
        summary.line(line)
    summary.heads()
    waiting = long_sheet(book, summary, _specimen(_SUMMARY), head_row=summary_head)
    results = []
    for number in range(max(1, -(-rows // ROWS_LIMIT))):
        name = translate(RESULTS) + (str(number + 1) if number else "")
        results.append(_filtered(book, name, _RESULTS, translate, rows=min(rows - number * ROWS_LIMIT, ROWS_LIMIT)))
    problems = _filtered(book, translate(PROBLEMS), _PROBLEMS, translate, rows=0)
    return Matchbook(book, waiting, tuple(results), problems)


_Columns = Sequence[tuple[Column, Value]]


def _filtered(book: Workbook, name: str, columns: _Columns, translate: Translate, *, rows: int) -> LongSheet:
    sheet = _sheet(book, name, columns, translate, head_row=1)
    sheet.heads()
    if rows:
        sheet.filter(head_row=1, rows=rows)
    return long_sheet(book, sheet, _specimen(columns), head_row=1)


def _sheet(book: Workbook, name: str, columns: _Columns, translate: Translate, *, head_row: int) -> SheetWriter:
    heads = [Column(translate(column.head), column.width) for column, _ in columns]
    return SheetWriter(book, name, heads, head_row=head_row)


def _specimen(columns: _Columns) -> list[Value]:
    return [value for _, value in columns]
