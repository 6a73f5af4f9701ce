"""Lists of units or people: every sheet that has a head, row by row, with what a programme may ask for in its columns.

A list may be wide and long. What no column is named for is handed on by name, never dropped in silence; a cell that
cannot be read counts as unknown and is named with its place and what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from jinan_desk.core.field import Field
from jinan_desk.core.kind import Invalid, Kind
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.cell import to_json
from jinan_desk.exchange.head import FEWEST_HEADS, HEAD_SEARCH, find_head, names_of
from jinan_desk.exchange.reading import Cell, Stream, open_workbook
from jinan_desk.exchange.roster import BadCell, is_blank, is_end

SUBJECTS_LIMIT = 100_000

Fact = tuple[str, str]
"""The key and label of a fact: programmes that ask for one key in other words may mean something else by it."""

_REMEMBERED = 5_000
"""How many different cells of a column are kept as they were read: flags, choices and days recur, names do not."""


@dataclass(frozen=True, slots=True)
class Unused:
    """What of a workbook is not read: a column (or a whole sheet, where `column` is ""), and why."""

    sheet: str
    row: int
    column: str
    head: str
    why: Sentence

    def sentence(self) -> Sentence:
        """Where it stands and why it is not read."""
        if not self.column:
            return Sentence(N_("工作表“{sheet}”{why}"), sheet=self.sheet, why=self.why)
        return Sentence(
            N_("工作表“{sheet}”{column} 列“{head}”：{why}"),
            sheet=self.sheet, column=self.column, head=self.head, why=self.why,
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its place (from 0), its head as it stands, and the facts it holds."""

    place: int
    head: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet with a head: its columns, and how many rows may follow."""

    sheet: str
    columns: tuple[Column, ...]
    height: int
    _below: Iterator[tuple[int, list[Cell]]]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Number and cells of every row that is about somebody. To be read once."""
        places = [column.place for column in self.columns]
        for number, cells in self._below:
            given = {place: cells[place] for place in places}
            if not all(map(is_blank, given.values())) and not is_end(cells, given):
                yield number, cells

    def bad(self, number: int, column: Column, why: Sentence) -> BadCell:
        """The cell of that row and column, with what is wrong with it."""
        return BadCell(self.sheet, number, get_column_letter(column.place + 1), column.head, why)


@dataclass(frozen=True, slots=True)
class Lists:
    """A workbook's sheets that have heads, and what is not read."""

    sheets: tuple[Listed, ...]
    unused: tuple[Unused, ...]

    @property
    def height(self) -> int:
        """How many rows there are at most."""
        return sum(listed.height for listed in self.sheets)


def read_lists(path: Path, fields: Iterable[Field]) -> Lists:
    """The lists of a workbook. A column named by a label holds what is asked for in these words, one named by a
    key whatever has that key.

    Raises DeskError where the file cannot be read, no sheet has a head, or there are too many rows.
    """
    names = _names(fields)
    book = open_workbook(path)
    sheets: list[Listed] = []
    unused: list[Unused] = []
    for name in book.names:
        listed = _listed(book.stream(name), names, unused)
        if listed is not None:
            sheets.append(listed)
    lists = Lists(tuple(sheets), tuple(unused))
    if not sheets:
        raise DeskError(
            Sentence(
                N_("前 {rows} 行内没有找到表头；表头用填报内容的名称或代码，例如：{labels}"),
                rows=HEAD_SEARCH, labels=N_("单位名称、统一社会信用代码、区县"),
            )
        )
    if lists.height > SUBJECTS_LIMIT:
        raise DeskError(Sentence(N_("名单超过 {limit} 行，请分次读入"), limit=SUBJECTS_LIMIT))
    return lists


def _names(fields: Iterable[Field]) -> dict[str, tuple[Fact, ...]]:
    """The facts that a plain head stands for."""
    names: dict[str, dict[Fact, None]] = {}
    for field in fields:
        for name in names_of(field):
            names.setdefault(name, {})[field.key, field.label] = None
    return {name: tuple(facts) for name, facts in names.items()}


def _listed(stream: Stream, names: Mapping[str, tuple[Fact, ...]], unused: list[Unused]) -> Listed | None:
    top = list(islice(stream.rows, HEAD_SEARCH))
    index, found = find_head(top, names, fewest=min(FEWEST_HEADS, max(map(len, top), default=0)))
    if not found:
        if stream.height:
            unused.append(Unused(stream.name, 0, "", "", Sentence(N_("没有找到表头，整张工作表未读"))))
        return None
    taken: set[Fact] = set()
    columns = []
    for place, cell in enumerate(top[index]):
        facts = tuple(fact for fact in found.get(place, ()) if fact not in taken)
        taken.update(facts)
        head = str(cell).strip()
        if facts:
            columns.append(Column(place, head, facts))
        elif not is_blank(cell):
            why = N_("与前面的列重复，未使用") if place in found else N_("没有事项需要此列，未使用")
            unused.append(Unused(stream.name, index + 1, get_column_letter(place + 1), head, Sentence(why)))
    below = enumerate(chain(top[index + 1 :], stream.rows), start=index + 2)
    return Listed(stream.name, tuple(columns), stream.height - index - 1, below)


class CellReader:
    """Reads the cells of one column as facts of one kind; cells that recur are read once."""

    __slots__ = ("_kind", "_known")

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._known: dict[tuple[type, Cell], tuple[Any, Sentence | None]] = {}

    def read(self, cell: Cell) -> tuple[Any, Sentence | None]:
        """The typed value, None where it is unknown; and what is wrong where it cannot be read."""
        key = (cell.__class__, cell)  # 1, 1.0 and True are equal, and not the same
        try:
            return self._known[key]
        except KeyError:
            pass
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        read = self._known[key] = self._read(cell)
        return read

    def _read(self, cell: Cell) -> tuple[Any, Sentence | None]:
        try:
            given = to_json(self._kind, cell)
            return (None if given is None else self._kind.read(given)), None
        except Invalid as error:
            return None, error.sentence
