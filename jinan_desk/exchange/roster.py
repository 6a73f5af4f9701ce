"""Rosters (花名册) in workbooks and text files: which column is which, and the rows below the head.

Every cell that cannot be taken is named with its place and what is allowed. Nothing is taken from a row with such a
cell; whether the other rows are of use without it is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from jinan_desk.core.field import Field, Shape
from jinan_desk.core.identity import compact
from jinan_desk.core.kind import Choice, CreditCode, Day, DistrictCode, IdNumber, Invalid
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.errors import DeskError
from jinan_desk.exchange.cell import serial_day, to_json
from jinan_desk.exchange.head import FEWEST_HEADS, HEAD_SEARCH, find_tall_head, names_of, plain
from jinan_desk.exchange.reading import Cell, Stream, open_workbook
from jinan_desk.exchange.text_table import read_text_table

ROWS_LIMIT = 200_000
BAD_LIMIT = 10_000
"""So many bad cells are named one by one; of more it is said only how many rows they spoil."""

REASONS = "错误说明"
"""The head, in every language, of the column in which a workbook that went back says what is wrong; never a fact."""

_SAMPLES = 3
_SAMPLE_LENGTH = 40
_REMEMBERED = 5_000
"""How many different cells of a column are kept as they were read: flags, choices and days recur, names do not."""
_ALIKE = 0.5
"""How alike (of 1) a head and a label must be for the one to be offered for the other."""
_TELLING = (IdNumber, CreditCode, DistrictCode, Choice)
"""Kinds that a column's cells betray, whatever its head says."""
_ENDS = ("合计", "总计", "小计", "填表人", "填报人", "审核人", "经办人", "负责人", "备注", "说明", "注:")
_NEVER_FACTS = frozenset(map(plain, ("序号", "编号", "备注", REASONS)))
TEXT_FILES = frozenset((".csv", ".txt", ".tsv"))


def row_shape(programme: Programme) -> Shape:
    """What a row of the programme's roster holds. Raises DeskError where it has no roster."""
    if programme.row_shape is None:
        raise DeskError(Sentence(N_("“{name}”没有花名册"), name=Sentence(programme.name)))
    return programme.row_shape


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a sheet as a person sees it: its place (from 0), head and first cells, and the fact it is taken
    for ("" where it is none). `guess` is the fact it may be, for a person to confirm."""

    place: int
    head: str
    samples: tuple[str, ...]
    key: str
    guess: str

    @property
    def letter(self) -> str:
        return str(get_column_letter(self.place + 1))


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of the sheet that a roster would be read from, `absent` the facts that none of them is taken for."""

    sheet: str
    row: int
    columns: tuple[Head, ...]
    absent: tuple[Field, ...]

    @property
    def sure(self) -> bool:
        """Whether no person need say which column is which: nothing is lacking, or no column is left to be it."""
        return not self.absent or all(column.key or plain(column.head) in _NEVER_FACTS for column in self.columns)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be taken: where it is, and the sentence that says what is allowed. Rows count from 1."""

    sheet: str
    row: int
    column: str
    label: str
    why: Sentence

    def sentence(self) -> Sentence:
        """The place and what is allowed there."""
        return Sentence(
            N_("工作表“{sheet}”第 {row} 行 {column} 列“{label}”：{why}"),
            sheet=self.sheet, row=self.row, column=self.column, label=Sentence(self.label), why=self.why,
        )


class RosterError(DeskError):
    """A roster that cannot be taken; `bad` are the cells that are wrong."""

    def __init__(self, bad: Sequence[BadCell]) -> None:
        self.bad = tuple(bad)
        super().__init__(
            Sentence(
                N_("有 {count} 个单元格需要修改，没有读入任何一行。第一处：{first}"),
                count=len(bad), first=bad[0].sentence(),
            )
        )


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that was read: rows in JSON shape, and for each the number of its row in the sheet.

    `head` is the number of the last row of its head, `reasons` that of the column where it is to be said what is wrong
    (both from 1): the one of last time, else the first without a head. `bad` are the cells that spoil the `refused`
    rows, which are not among the rows. `doubtful` cells were taken, and a person should look at how. `absent` are
    labels that no column has, `unknown` heads that no field has, `left_out` rows of totals and notes. `columns` are the
    letters of the columns by the keys of their fields, `heads` all heads by place (from 0).
    """

    sheet: str
    head: int
    reasons: int
    rows: tuple[dict[str, Any], ...]
    places: tuple[int, ...]
    bad: tuple[BadCell, ...]
    refused: tuple[int, ...]
    doubtful: tuple[BadCell, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    left_out: tuple[int, ...]
    columns: Mapping[str, str]
    heads: Mapping[int, str]


def read_heads(path: Path, programme: Programme, synonyms: Mapping[str, str] | None = None) -> Heads:
    """The columns of a file, for a person to say which is which. `synonyms` are labels by plain head.

    Raises DeskError where the file cannot be read, or nothing in it looks like a head.
    """
    shape = row_shape(programme)
    table = _table(path, shape, synonyms or {})
    taken = {field.key for field in table.columns.values()}
    absent = tuple(field for field in shape.fields if field.key not in taken)
    below = table.top[table.last + 1 :]
    columns = []
    for place, head in sorted(table.heads.items()):
        cells = [row[place] for row in below if place < len(row) and not is_blank(row[place])]
        field = table.columns.get(place)
        guess = "" if field is not None or plain(head) in _NEVER_FACTS else _guess(head, cells, absent)
        samples = tuple(str(cell)[:_SAMPLE_LENGTH] for cell in cells[:_SAMPLES])
        columns.append(Head(place, head, samples, field.key if field is not None else "", guess))
    return Heads(table.stream.name, table.last + 1, tuple(columns), absent)


def read_roster(
    path: Path,
    programme: Programme,
    *,
    synonyms: Mapping[str, str] | None = None,
    chosen: Mapping[int, str] | None = None,
) -> Roster:
    """The roster in a workbook (.xlsx .xls .xlsb .ods) or a text file (.csv). The head may stand in any sheet.

    `synonyms` are labels by plain head; `chosen` are keys by the place of a column ("" for none), where a person said
    which column is which. Raises RosterError for a field with two columns, and DeskError where there is no head, the
    file cannot be read or has too many rows.
    """
    shape = row_shape(programme)
    table = _table(path, shape, synonyms or {})
    columns = table.columns
    if chosen is not None:
        fields = {declared.key: declared for declared in shape.fields}
        columns = {place: fields[key] for place, key in sorted(chosen.items()) if key}
    if not columns:
        raise _no_head(shape)
    _refuse_double_heads(table, columns)
    if table.stream.height - table.last - 1 > ROWS_LIMIT:
        raise DeskError(Sentence(N_("名单超过 {limit} 行，请分次读入"), limit=ROWS_LIMIT))
    return _Reading(table, shape, columns).roster()


# The head ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet, its first rows, the first and last index of its head, its heads by place, and what they stand for."""

    stream: Stream
    top: list[list[Cell]]
    last: int
    heads: Mapping[int, str]
    columns: Mapping[int, Field]
    serials: bool


def _table(path: Path, shape: Shape, synonyms: Mapping[str, str]) -> _Table:
    """The sheet whose head names most fields; where none names enough, the first that has something like a head."""
    if path.suffix.lower() in TEXT_FILES:
        sheet = read_text_table(path)
        streams, serials = iter([Stream(sheet.name, len(sheet.rows), iter(sheet.rows))]), True
    else:
        book = open_workbook(path)
        streams, serials = map(book.stream, book.names), not book.counts_from_1904
    names = _names(shape, synonyms)
    best: _Table | None = None
    for stream in streams:
        found = _headed(stream, names, _fewest(shape), serials=serials)
        if found is not None and (best is None or len(found.columns) > len(best.columns)):
            best = found
    if best is None:
        raise _no_head(shape)
    return best


def _fewest(shape: Shape) -> int:
    return min(FEWEST_HEADS, len(shape.fields))


def _names(shape: Shape, synonyms: Mapping[str, str]) -> dict[str, Field]:
    names: dict[str, Field] = {}
    labels: dict[str, Field] = {}
    for declared in shape.fields:
        labels.setdefault(declared.label, declared)
        for name in names_of(declared):
            names.setdefault(name, declared)
    for head, label in synonyms.items():
        if label in labels:
            names.setdefault(head, labels[label])
    return names


def _headed(stream: Stream, names: Mapping[str, Field], fewest: int, *, serials: bool) -> _Table | None:
    top = list(islice(stream.rows, HEAD_SEARCH + 1))
    first, last, columns = find_tall_head(top[:HEAD_SEARCH], names, fewest=fewest)
    if not columns:
        first = last = max(range(min(len(top), HEAD_SEARCH)), key=lambda index: _texts(top[index]), default=0)
        if not top or _texts(top[first]) < FEWEST_HEADS:
            return None
    heads: dict[int, str] = {}
    for row in top[first : last + 1]:
        for place, cell in enumerate(row):
            if not is_blank(cell):
                heads[place] = heads.get(place, "") + str(cell).strip()
    return _Table(stream, top, last, heads, columns, serials)


def _texts(row: Sequence[Cell]) -> int:
    """How many different texts without digits the row holds: heads are such, cells below them seldom."""
    return len({plain(cell) for cell in row if plain(cell) and not any(map(str.isdigit, cell))})


def _no_head(shape: Shape) -> DeskError:
    labels = listed(field.label for field in shape.fields)
    return DeskError(
        Sentence(N_("前 {rows} 行内没有找到表头；表头应有这些列：{labels}"), rows=HEAD_SEARCH, labels=labels)
    )


def _guess(head: str, cells: Sequence[Cell], absent: Sequence[Field]) -> str:
    """The key of the absent field whose label is most like the head, else of the one whose kind the cells betray."""
    name = plain(head)
    likeness = {
        declared.key: max(SequenceMatcher(None, name, other).ratio() for other in names_of(declared))
        for declared in absent
    }
    best = max(likeness, key=lambda key: likeness[key], default="")
    if best and likeness[best] >= _ALIKE:
        return best
    telling = [declared.key for declared in absent if cells and _betray(cells[:_SAMPLES], declared)]
    return telling[0] if len(telling) == 1 else ""


def _betray(cells: Sequence[Cell], declared: Field) -> bool:
    if not isinstance(declared.kind, _TELLING):
        return False
    column = _Column(declared, serials=False)
    return all(column.read(cell).wrong is None for cell in cells)


def _refuse_double_heads(table: _Table, columns: Mapping[int, Field]) -> None:
    first: dict[str, int] = {}
    why = Sentence(N_("这一列出现了两次"))
    twice = [
        BadCell(table.stream.name, table.last + 1, get_column_letter(place + 1), declared.label, why)
        for place, declared in columns.items()
        if first.setdefault(declared.key, place) != place
    ]
    if twice:
        raise RosterError(twice)


def _reasons(heads: Mapping[int, str]) -> int:
    places = [place for place, head in heads.items() if plain(head) == plain(REASONS)] or [max(heads) + 1]
    return places[0] + 1


# The rows ------------------------------------------------------------------------------------------------------------


class _Read(NamedTuple):
    """A cell as it was read: the value in JSON shape and typed (None where it is unknown), or what is wrong with it,
    or what to look at."""

    value: Any = None
    typed: Any = None
    wrong: Sentence | None = None
    doubt: Sentence | None = None


class _Column:
    """Reads the cells of one column as facts of its field; cells that recur are read once."""

    __slots__ = ("_field", "_known", "_serials")

    def __init__(self, declared: Field, *, serials: bool) -> None:
        self._field = declared
        self._serials = serials and isinstance(declared.kind, Day)
        self._known: dict[tuple[type, Cell], _Read] = {}

    def read(self, cell: Cell) -> _Read:
        key = (cell.__class__, cell)  # 1, 1.0 and True are equal, and not the same
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._read(cell)
        return found

    def _read(self, cell: Cell) -> _Read:
        kind = self._field.kind
        doubt = None
        serial = serial_day(cell) if self._serials else None
        if serial is not None:
            doubt = Sentence(N_("数字 {number} 按日期读作 {day}，请核对"), number=int(float(cell)), day=serial)
            cell = serial
        try:
            given = to_json(kind, cell)
            typed = None if given is None else kind.read(given)
        except Invalid as error:
            return _Read(wrong=error.sentence)
        return _Read() if typed is None else _Read(kind.write(typed), typed, None, doubt)


class _Reading:
    """The rows of one table on their way into a roster."""

    def __init__(self, table: _Table, shape: Shape, columns: Mapping[int, Field]) -> None:
        self._table = table
        self._shape = shape
        self._columns = columns
        self._readers = [
            (place, declared.key, _Column(declared, serials=table.serials)) for place, declared in columns.items()
        ]
        self._place_of = {declared.key: place for place, declared in columns.items()}
        self._defaults = {field.key: field.default for field in shape.fields if field.default is not None}
        self._rows: list[dict[str, Any]] = []
        self._places: list[int] = []
        self._left_out: list[int] = []
        self._refused: list[int] = []
        self._bad: list[BadCell] = []
        self._doubtful: list[BadCell] = []

    def roster(self) -> Roster:
        for number, cells in self._below():
            self._take(number, cells)
        table = self._table
        return Roster(
            sheet=table.stream.name,
            head=table.last + 1,
            reasons=_reasons(table.heads),
            rows=tuple(self._rows),
            places=tuple(self._places),
            bad=tuple(self._bad),
            refused=tuple(self._refused),
            doubtful=tuple(self._doubtful),
            absent=tuple(field.label for field in self._shape.fields if field.key not in self._place_of),
            unknown=tuple(
                head
                for place, head in sorted(table.heads.items())
                if place not in self._columns and plain(head) != plain(REASONS)
            ),
            left_out=tuple(self._left_out),
            columns={key: get_column_letter(place + 1) for key, place in self._place_of.items()},
            heads=table.heads,
        )

    def _below(self) -> Iterator[tuple[int, list[Cell]]]:
        first = self._table.last + 1
        return enumerate(chain(self._table.top[first:], self._table.stream.rows), first + 1)

    def _take(self, number: int, cells: list[Cell]) -> None:
        row, wrong, doubts = self._facts(cells)
        filled = len(row) + len(wrong)
        if not filled and all(is_blank(cells[place]) for place in self._columns if place < len(cells)):
            return
        if filled <= FEWEST_HEADS and begins_an_end(cells):
            self._left_out.append(number)
        elif wrong:
            self._refused.append(number)
            self._note(self._bad, number, wrong)
        else:
            self._note(self._doubtful, number, doubts)
            self._rows.append(row)
            self._places.append(number)

    def _facts(self, cells: list[Cell]) -> tuple[dict[str, Any], dict[str, Sentence], dict[str, Sentence]]:
        """The row in JSON shape and, by key, what is wrong with it and what is doubtful."""
        row: dict[str, Any] = {}
        typed = self._defaults.copy()
        wrong: dict[str, Sentence] = {}
        doubts: dict[str, Sentence] = {}
        for place, key, column in self._readers:
            cell = cells[place] if place < len(cells) else ""
            if cell == "":
                continue
            value, typed_value, bad, doubt = column.read(cell)
            if bad is not None:
                wrong[key] = bad
            elif value is not None:
                row[key], typed[key] = value, typed_value
                if doubt is not None:
                    doubts[key] = doubt
        for relation in self._shape.relations:
            if not relation.holds(typed):
                wrong.setdefault(relation.upper, Sentence(relation.sentence))
        return row, wrong, doubts

    def _note(self, cells: list[BadCell], number: int, sentences: Mapping[str, Sentence]) -> None:
        """The cells of a row that something is said about, in the order of the columns."""
        if not sentences or len(cells) >= BAD_LIMIT:
            return
        for key, place in self._place_of.items():
            if key in sentences:
                label = self._columns[place].label
                letter = get_column_letter(place + 1)
                cells.append(BadCell(self._table.stream.name, number, letter, label, sentences[key]))


def is_blank(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not compact(cell))


def is_end(cells: Sequence[Any], given: Mapping[int, Any]) -> bool:
    """Whether the row is a total or a note: it begins with such a word, and hardly anything else is filled in."""
    return begins_an_end(cells) and sum(not is_blank(cell) for cell in given.values()) <= FEWEST_HEADS


def begins_an_end(cells: Sequence[Any]) -> bool:
    """Whether the first cell that is filled in begins as those of totals and notes do."""
    first = next((cell for cell in cells if not is_blank(cell)), "")
    return isinstance(first, str) and compact(first).startswith(_ENDS)
