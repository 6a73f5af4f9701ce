"""A year's holidays and make-up days (节假日和调休上班日) in a small workbook or text file.

One arrangement a row: a day or a first and a last one, 放假 or 上班, and the holiday's name for people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from openpyxl.utils import get_column_letter

from jinan_desk.core.identity import compact
from jinan_desk.core.kind import Day, Invalid
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.cell import to_json
from jinan_desk.exchange.head import plain
from jinan_desk.exchange.reading import Cell, open_workbook
from jinan_desk.exchange.text_table import read_text_table

ROWS_LIMIT = 400
LONGEST = 31
"""Days of one holiday: more is a year mistyped."""

_HEAD_SEARCH = 10
_TEXT_FILES = frozenset((".csv", ".txt", ".tsv"))
# Heads and words are those that offices write, and what the window calls them in English, as `plain` leaves them.
_HEADS = {
    "first": ("日期", "开始日期", "起始日期", "开始", "起", "date", "firstday"),
    "last": ("结束日期", "截止日期", "终止日期", "结束", "止", "lastday"),
    "what": ("安排", "类别", "类型", "放假或上班", "arrangement"),
    "name": ("名称", "节日", "节假日", "备注", "说明", "holiday"),
}
_OFF = frozenset(("放假", "休", "休息", "假", "节假日", "放假调休", "off"))
_WORKED = frozenset(("上班", "班", "补班", "调休上班", "工作日", "正常上班", "worked"))
_DAY = Day()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The days first..last, both counted, are worked or not; `row` is its row in the file, counted from 1."""

    row: int
    first: date
    last: date
    worked: bool
    name: str


class ArrangementError(DeskError):
    """A file that cannot be taken; `wrong` says of each place what is allowed there."""

    def __init__(self, wrong: Sequence[Sentence]) -> None:
        self.wrong = tuple(wrong)
        words = N_("有 {count} 处需要修改，没有采用任何一天。第一处：{first}")
        super().__init__(Sentence(words, count=len(wrong), first=wrong[0]))


def read_arrangements(path: Path) -> tuple[Arrangement, ...]:
    """The arrangements in the file's first sheet. Raises ArrangementError where a row is wrong, and DeskError where it
    cannot be read, or has no head with 日期 and 安排."""
    rows = _rows(path)
    for index, row in enumerate(rows[:_HEAD_SEARCH]):
        columns = _columns(row)
        if {"first", "what"} <= columns.keys():
            return _below(rows, index + 1, columns)
    words = N_("没有找到表头；表头应有“日期”（或“开始日期”“结束日期”）和“安排”两列，安排写“放假”或“上班”")
    raise DeskError(Sentence(words))


def _rows(path: Path) -> list[list[Cell]]:
    if path.suffix.lower() in _TEXT_FILES:
        rows: list[list[Cell]] = list(read_text_table(path).rows)
    else:
        book = open_workbook(path)
        sheets = (book.stream(name) for name in book.names[:1])  # there are workbooks without any
        rows = [row for sheet in sheets for row in islice(sheet.rows, ROWS_LIMIT + _HEAD_SEARCH + 1)]
    if len(rows) > ROWS_LIMIT + _HEAD_SEARCH:
        raise DeskError(Sentence(N_("节假日安排不超过 {limit} 行，请核对是不是选错了文件"), limit=ROWS_LIMIT))
    return rows


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row):
        for key, names in _HEADS.items():
            if plain(cell) in names:
                columns.setdefault(key, place)
    return columns


def _below(rows: Sequence[Sequence[Cell]], first: int, columns: Mapping[str, int]) -> tuple[Arrangement, ...]:
    found: list[Arrangement] = []
    wrong: list[Sentence] = []
    for number, row in enumerate(rows[first:], first + 1):
        cells = {key: row[place] if place < len(row) else "" for key, place in columns.items()}
        if not any(compact(str(cell)) for cell in cells.values() if cell is not None):
            continue
        try:
            found.append(_arrangement(number, cells))
        except _WrongCellError as error:
            letter = get_column_letter(columns[error.key] + 1)
            words = N_("第 {row} 行 {column} 列：{why}")
            wrong.append(Sentence(words, row=number, column=letter, why=error.why))
    if wrong:
        raise ArrangementError(wrong)
    if not found:
        raise DeskError(Sentence(N_("表头下面没有任何安排")))
    return tuple(found)


class _WrongCellError(Exception):
    def __init__(self, key: str, why: Sentence) -> None:
        super().__init__(key)
        self.key = key
        self.why = why


def _arrangement(number: int, cells: Mapping[str, Cell]) -> Arrangement:
    first = _day("first", cells["first"])
    if first is None:
        raise _WrongCellError("first", Sentence(N_("请填写日期，例如 2020-10-01")))
    last = (_day("last", cells["last"]) if "last" in cells else None) or first
    if last < first:
        raise _WrongCellError("last", Sentence(N_("结束日期早于开始日期")))
    if (last - first).days >= LONGEST:
        raise _WrongCellError("last", Sentence(N_("一次安排不超过 {days} 天，请核对年份"), days=LONGEST))
    word = plain(cells["what"])
    if word not in _OFF | _WORKED:
        raise _WrongCellError("what", Sentence(N_("应写“放假”或“上班”")))
    name = str(cells.get("name") or "").strip()
    return Arrangement(number, first, last, word in _WORKED, name)


def _day(key: str, cell: Cell) -> date | None:
    try:
        given = to_json(_DAY, cell)
        day = None if given is None else _DAY.read(given)
    except Invalid as error:
        raise _WrongCellError(key, error.sentence) from None
    return day if isinstance(day, date) else None
