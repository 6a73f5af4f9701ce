"""A table of the context as a listing: columns fitted to the paper, a head, rows made when they are needed, sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from jinan_desk.core.money import figures
from jinan_desk.documents.band import MM, SIDE, Band, Listing, Sums, Type
from jinan_desk.documents.block import SIZES, TableBlock
from jinan_desk.documents.columns import Wish, chosen, fen, fitted, totals, wishes
from jinan_desk.documents.context import Column, Table
from jinan_desk.documents.filling import Filling
from jinan_desk.documents.fonts import Style
from jinan_desk.documents.setting import Setter, table_type

_HEAD_HEIGHT, _ROW_HEIGHT = 8 * MM, 7 * MM


def crowded(block: TableBlock, filling: Filling, setter: Setter) -> bool:
    """Whether the table would rather be wider than the paper is."""
    wanted = wishes(_chosen(block, filling), setter.fonts, Style.TABLE, roomy=bool(block.filler))
    return sum(wish.natural for wish in _in_points(wanted, block.size or setter.type.size)) > setter.width


def tabulate(block: TableBlock, filling: Filling, setter: Setter) -> Iterator[Band | Listing]:
    """The table's heading, if it has one, and the table."""
    table = _chosen(block, filling)
    wanted = wishes(table, setter.fonts, Style.TABLE, roomy=bool(block.filler))
    size = _size(wanted, block.size or setter.type.size, setter.width)
    columns = _Columns(
        setter,
        table_type(size),
        tuple(accumulate(fitted(_in_points(wanted, size), setter.width), initial=0.0)),
        tuple(_aligned(column, wish) for column, wish in zip(table.columns, wanted, strict=True)),
        tuple(index for index, column in enumerate(table.columns) if column.money),
    )
    head = columns.head([column.title for column in table.columns])
    if heading := filling.fill(block.heading):
        cell = setter.label(heading, columns.type._replace(style=Style.HEADING), x=0, width=setter.width)
        band = setter.ruled([cell], _HEAD_HEIGHT)
        if len(table.columns) - block.numbered == 1:
            head = band  # says all there is to say over a single column
        else:
            yield replace(band, keep=True)

    def rows() -> Iterator[tuple[Band, tuple[int, ...]]]:
        count = 0
        for row in table.rows:
            count += 1
            yield columns.row(row), tuple(fen(row[index]) for index in columns.money)
        for _ in range(block.filler - count):
            yield columns.row([""] * len(table.columns)), (0,) * len(columns.money)

    summed = block.sums and columns.money and columns.money[0] > 0
    sums = Sums(columns.sums, columns.sums("", totals(table)).height) if summed else None
    yield Listing(head, rows, sums)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns as they stand on paper: their edges in points, how each is aligned, which of them hold money."""

    setter: Setter
    type: Type
    edges: tuple[float, ...]
    aligns: tuple[str, ...]
    money: tuple[int, ...]

    def head(self, titles: Sequence[str]) -> Band:
        cells = [
            self.setter.label(title, self.type, x=left, width=right - left)
            for title, (left, right) in zip(titles, pairwise(self.edges), strict=True)
        ]
        return self.setter.ruled(cells, _HEAD_HEIGHT)

    def row(self, texts: Sequence[str]) -> Band:
        cells = [
            self.setter.cell(text, self.type, x=left, width=right - left, align=align)
            for text, align, (left, right) in zip(texts, self.aligns, pairwise(self.edges), strict=True)
        ]
        return self.setter.ruled(cells, _ROW_HEIGHT)

    def sums(self, name: str, amounts: tuple[int, ...]) -> Band:
        """Amounts (in fen, one a money column) under their columns, behind a name that takes all columns before."""
        texts = [""] * len(self.aligns)
        for index, amount in zip(self.money, amounts, strict=True):
            texts[index] = figures(amount)
        first = self.money[0]
        name_cell = self.setter.label(name, self.type, x=0, width=self.edges[first])
        band = self.row(texts)
        return replace(band, cells=(name_cell, *band.cells[first:]))


def _chosen(block: TableBlock, filling: Filling) -> Table:
    try:
        return chosen(filling.table(block.of), block.columns, numbered=block.numbered, blank=block.blank)
    except KeyError as error:
        raise filling.unknown(f"{block.of}.{error.args[0]}") from None


def _size(wanted: Sequence[Wish], size: float, width: float) -> float:
    """The type size, or the next smaller one at which nothing need be broken: rather small than torn."""
    for smaller in sorted((s for s in SIZES.values() if s < size), reverse=True):
        if sum(wish.least for wish in _in_points(wanted, size)) <= width:
            break
        size = smaller
    return size


def _in_points(wanted: Sequence[Wish], size: float) -> list[Wish]:
    """What columns wish for at that type size, the room beside their texts included."""
    return [
        replace(
            wish,
            least=wish.least * size + 2 * SIDE,
            natural=wish.natural * size + 2 * SIDE,
            full=wish.full * size + 2 * SIDE,
        )
        for wish in wanted
    ]


def _aligned(column: Column, wish: Wish) -> str:
    if column.money:
        return "right"
    return "center" if column.align == "left" and wish.whole else column.align
