"""How wide the columns of a table become: what their cells wish for, and what the paper gives."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinan_desk.core.money import figures, parse_yuan
from jinan_desk.documents.context import Column, Table
from jinan_desk.documents.fonts import Fonts, Style

NUMBER = Column("no", "序号", align="center")
_WRITTEN = 6.0
"""Ems of a column that is written in by hand, where there is room, and two thirds of it where there is little."""
_LEAST = 6.0
"""Ems that a column of running text keeps when there is little room."""
_WHOLE = 8.0
"""Up to so many ems a cell is a name, a date, a word: never broken while another column can give way."""
_HEAD = 3.0
"""Ems that a long head may be broken down to."""
_MOST = 14
"""Ems that a column of running text may wish for; longer texts wrap."""
_SLACK = 0.5
"""Ems added to the longest text, since the next longest may be set in wider letters."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Lengths: less than `least` breaks what should stay whole, `natural` is what a long text may ask for, and `full`
    needs no second line.

    A column is `whole` when none of its cells is running text.
    """

    least: float
    natural: float
    full: float
    whole: bool


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table with some of its columns, numbered or not. Can be read any number of times."""

    source: Iterable[tuple[str, ...]]
    indexes: tuple[int, ...]
    numbered: bool
    blank: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for number, row in enumerate(self.source, start=1):
            cells = (*(row[index] for index in self.indexes), *self.blank)
            yield (str(number), *cells) if self.numbered else cells


def chosen(table: Table, keys: Sequence[str], *, numbered: bool, blank: Sequence[str] = ()) -> Table:
    """The table with the columns of these keys in this order (all where none is named), after a column of row numbers
    and before empty columns with the heads `blank`; without spare columns that are empty.

    Raises KeyError for a key that the table has not.
    """
    places = {column.key: index for index, column in enumerate(table.columns)}
    wanted = [places[key] for key in keys] if keys else range(len(table.columns))
    columns = table.columns
    indexes = tuple(index for index in wanted if not columns[index].spare or any(row[index] for row in table.rows))
    kept = (*(columns[index] for index in indexes), *(Column(title, title, written=True) for title in blank))
    rows = _Rows(table.rows, indexes, numbered, ("",) * len(blank))
    return Table((NUMBER, *kept) if numbered else kept, rows)


def fen(text: str) -> int:
    """The amount of a money cell; 0 for one that is empty or holds words."""
    return parse_yuan(text.removeprefix("¥").replace(",", "")) or 0


def totals(table: Table) -> tuple[int, ...]:
    """The sums of the money columns, in fen."""
    money = [index for index, column in enumerate(table.columns) if column.money]
    sums = [0] * len(money)
    for row in table.rows:
        for place, index in enumerate(money):
            sums[place] += fen(row[index])
    return tuple(sums)


def wishes(table: Table, fonts: Fonts, style: Style, *, roomy: bool = False) -> list[Wish]:
    """What each column wishes for, without padding: by its longest cell, and in a money column by its sum; `roomy`, if
    it will be written in by hand, never less than a long text may take."""
    longest = [""] * len(table.columns)
    weights = [0] * len(table.columns)
    for row in table.rows:
        for index, text in enumerate(row):
            weight = len(text) + len(text.encode())  # two a letter, four a Chinese character
            if weight > weights[index]:
                longest[index], weights[index] = text, weight
    money = [index for index, column in enumerate(table.columns) if column.money]
    for index, total in zip(money, totals(table), strict=True):
        longest[index] = max(longest[index], figures(total), key=len)
    columns = zip(table.columns, longest, strict=True)
    return [_wish(column, text, fonts, style, roomy=roomy) for column, text in columns]


def _wish(column: Column, longest: str, fonts: Fonts, style: Style, *, roomy: bool) -> Wish:
    head = len(column.title) if len(column.title) <= 4 else (len(column.title) + 1) // 2
    cells = max((fonts.width(line, style) for line in longest.split("\n")), default=0.0)
    cells += _SLACK if cells else 0.0
    if column.written:
        room = max(head, _WRITTEN)
        return Wish(_WRITTEN * 2 / 3, room, room, whole=True)
    whole = column.money or (longest.isascii() and len(longest) <= 22) or cells <= _WHOLE
    natural = max(cells if whole else min(cells, column.width or _MOST), head, column.width if roomy else 0.0)
    return Wish(max(cells, min(head, _HEAD)) if whole else min(_LEAST, natural), natural, max(cells, natural), whole)


def fitted(wanted: Sequence[Wish], width: float) -> list[float]:
    """Share `width` out: in proportion when there is enough that no text needs a second line, else what is natural
    first, then the rest to those that would need one, and else what is least first."""
    full = sum(wish.full for wish in wanted)
    if full <= width:
        return [wish.full * width / full for wish in wanted]
    natural = sum(wish.natural for wish in wanted)
    if natural <= width:
        return _filled(wanted, width - natural)
    least = sum(wish.least for wish in wanted)
    if least >= width:
        return [wish.least * width / least for wish in wanted]
    share = (width - least) / sum(max(wish.natural - wish.least, 0) for wish in wanted)
    return [wish.least + max(wish.natural - wish.least, 0) * share for wish in wanted]


def _filled(wanted: Sequence[Wish], left: float) -> list[float]:
    """What is natural, and what is `left` in equal parts, so that those that lack little lack nothing."""
    widths = [wish.natural for wish in wanted]
    poorest = sorted(range(len(wanted)), key=lambda index: wanted[index].full - wanted[index].natural)
    for position, index in enumerate(poorest):
        wish = wanted[index]
        widths[index] += (extra := min(wish.full - wish.natural, left / (len(wanted) - position)))
        left -= extra
    return widths
