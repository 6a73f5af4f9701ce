"""A form and a context to a document: every field filled, every text broken into lines, every cell given its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from jinan_desk.core.money import figures
from jinan_desk.documents.band import (
    LANDSCAPE,
    MM,
    PADDING,
    PORTRAIT,
    SIDE,
    Band,
    Cell,
    Document,
    Listing,
    Paper,
    Sums,
    Type,
)  # fmt: skip
from jinan_desk.documents.columns import Wish, chosen, fen, fitted, totals, wishes
from jinan_desk.documents.context import Column, Context, Table
from jinan_desk.documents.filling import Filling
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.form import (
    SIZES,
    Block,
    Box,
    BoxesBlock,
    ClosingBlock,
    Form,
    GridBlock,
    LineBlock,
    PairsBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
)  # fmt: skip
from jinan_desk.documents.typeset import Line, balanced, lines

LETTER = Type(Style.LETTER, 156 * MM / 28, 225 * MM / 22)
"""三号 as GB/T 9704-2012, 5.2.2 has it: 28 characters to the line of 156 mm, 22 lines to the page of 225 mm."""
TITLE = Type(Style.TITLE, SIZES["二号"], 32)
SMALL = Type(Style.TABLE, SIZES["五号"], 18)
GAP = 8.0
"""Points between blocks that do not belong to one frame."""
_SLOT = 10
"""Characters between the beginnings of 经办人, 负责人 and （盖章）."""


def lay_out(form: Form, context: Context, fonts: Fonts) -> Document:
    """Fill the form. Raises DeskError when it names a field or a table that the context lacks."""
    whole = Filling(context, form.name)
    desk = _Desk(form, context, fonts, _paper(form, context, fonts))
    return Document(
        title=whole.fill(form.title),
        author=whole.fill(form.author),
        paper=desk.paper,
        check_code=whole.field("check.code"),
        parts=_stretched_boxes([*desk.parts()], desk.paper.area_height),
    )


def _stretched_boxes(parts: list[Band | Listing], height: float) -> tuple[Band | Listing, ...]:
    """Where the paper is one page with room left, the boxes that are written in share it, up to their own height."""
    bands = [part for part in parts if isinstance(part, Band)]
    boxes = [band for band in bands if band.grows]
    left = height - sum(band.height for band in bands)
    if not boxes or left <= 0 or len(bands) < len(parts):
        return tuple(parts)
    more = min(left / sum(band.height for band in boxes), 1.0)
    return tuple(
        replace(part, heights=tuple(h * (1 + more) for h in part.heights))
        if isinstance(part, Band) and part.grows
        else part
        for part in parts
    )


def table_type(size: float) -> Type:
    """宋体 of that size, set as tables are."""
    return Type(Style.TABLE, size, size * 1.35)


def _paper(form: Form, context: Context, fonts: Fonts) -> Paper:
    if form.orientation == "auto":
        desk = _Desk(form, context, fonts, PORTRAIT)
        return LANDSCAPE if any(desk.crowded(b) for b in form.blocks if isinstance(b, TableBlock)) else PORTRAIT
    return LANDSCAPE if form.orientation == "landscape" else PORTRAIT


@dataclass(frozen=True, slots=True)
class _Desk:
    """What laying out a block needs."""

    form: Form
    context: Context
    fonts: Fonts
    paper: Paper

    @property
    def width(self) -> float:
        return self.paper.area_width

    @property
    def type(self) -> Type:
        return table_type(self.form.size)

    def parts(self) -> Iterator[Band | Listing]:
        """All parts of the paper, from the top down."""
        blocks = [(b, f) for b in self.form.blocks if (f := Filling(self.context, b.place)).present(b.when)]
        following: list[Block | None] = [*(block for block, _ in blocks[1:]), None]
        for (block, filling), after in zip(blocks, following, strict=True):
            *parts, last = [*self._block(block, filling)] or [Band((), ())]
            yield from parts
            if isinstance(after, ClosingBlock) and isinstance(last, Band):
                last = replace(last, keep=True)  # what is signed does not stand on a page without text
            yield last
            if after is not None and _framed(after) != _framed(block):
                yield Band((GAP,), (), keep=True)

    def _block(self, block: Block, filling: Filling) -> Iterable[Band | Listing]:
        match block:
            case TitleBlock():
                return self._title(block, filling)
            case LineBlock():
                return self._line(block, filling)
            case TextBlock():
                return self._text(block, filling)
            case GridBlock():
                return self._grid(block, filling)
            case PairsBlock():
                return self._pairs(block, filling)
            case TableBlock():
                return self._table(block, filling)
            case BoxesBlock():
                return (self._box(box, block.label_width * MM, filling) for box in block.boxes)
            case ClosingBlock():
                return self._closing(block, filling)
        raise AssertionError(block)

    def _title(self, block: TitleBlock, filling: Filling) -> Iterator[Band]:
        yield self._plain(filling.fill(block.text), TITLE, align="center", keep=True)
        if subtitle := filling.fill(block.subtitle):
            yield self._plain(subtitle, SMALL, align="center", keep=True)
        yield Band((1.5 * GAP,), (), keep=True)

    def _line(self, block: LineBlock, filling: Filling) -> Iterator[Band]:
        left, right = filling.fill(block.left), filling.fill(block.right)
        taken = (self.fonts.width(self.fonts.shown(right, SMALL.style), SMALL.style) + 1) * SMALL.size if right else 0.0
        taken = min(taken, self.width / 2)
        cells = [
            self._cell(text, SMALL, x=x, width=width, padding=0, align=align)
            for text, align, x, width in (
                (left, "left", 0.0, self.width - taken),
                (right, "right", self.width - taken, taken),
            )
            if text
        ]
        if cells:
            yield Band((max(cell.needed() for cell in cells),), tuple(cells), keep=True)
            yield Band((2,), (), keep=True)

    def _text(self, block: TextBlock, filling: Filling) -> Iterator[Band]:
        kind = LETTER if block.size is None else Type(block.style, block.size, block.size * 1.6)
        kind = replace(kind, style=block.style)
        for row in self._rows(block.each, filling):
            text = row.fill(block.text)
            if text:
                yield self._plain(
                    text,
                    kind,
                    align=block.align,
                    indent=block.indent,
                    justified=block.align == "left",
                    keep=block.keep,
                )

    def _rows(self, each: str, filling: Filling) -> Iterator[Filling]:
        if not each:
            yield filling
            return
        table = filling.table(each)
        for row in table.rows:
            cells = {column.key: cell for column, cell in zip(table.columns, row, strict=True)}
            yield filling.with_row(cells)

    def _grid(self, block: GridBlock, filling: Filling) -> Iterator[Band]:
        edges = list(accumulate((c / sum(block.columns) * self.width for c in block.columns), initial=0.0))
        cells: list[Cell] = []
        heights: list[float] = []
        covered = [0] * len(block.columns)  # rows that a cell from above still covers, by column
        for row in block.rows:
            index = len(heights)
            column = 0
            for spec in row:
                while covered[column]:
                    column += 1
                right = edges[column + spec.across]
                text = filling.fill(spec.text)
                cell = self._cell(
                    text, self.type, x=edges[column], width=right - edges[column], align=spec.align, label=spec.label
                )
                cells.append(replace(cell, row=index, down=spec.down))
                for below in range(column, column + spec.across):
                    covered[below] = spec.down
                column += spec.across
            heights.append(_row_height((c for c in cells if c.row == index and c.down == 1), block.height * MM))
            covered = [max(rows - 1, 0) for rows in covered]
            if not any(covered):
                yield Band(_stretched(heights, cells), tuple(cells), ruled=True)
                cells, heights = [], []

    def _pairs(self, block: PairsBlock, filling: Filling) -> Iterator[Band]:
        table = filling.table(block.of)
        each = self.width / block.across
        label_width = block.label_width * MM
        pending: list[tuple[str, str]] = []
        pairs = [(row[0], row[1]) for row in table.rows]
        long = self.type.size * 2  # a value of more than two lines gets a line of its own
        for label, value in pairs:
            if self.fonts.width(value, self.type.style) * self.type.size > long * (each - label_width) / self.type.size:
                if pending:
                    yield self._pair_band(pending, label_width, each)
                    pending = []
                yield self._pair_band([(label, value)], label_width, self.width)
                continue
            pending.append((label, value))
            if len(pending) == block.across:
                yield self._pair_band(pending, label_width, each)
                pending = []
        if pending:
            yield self._pair_band(pending, label_width, each)

    def _pair_band(self, pairs: Sequence[tuple[str, str]], label_width: float, each: float) -> Band:
        cells = []
        for index, (label, value) in enumerate(pairs):
            x = index * each
            end = self.width if index == len(pairs) - 1 else x + each
            cells.append(self._cell(label, self.type, x=x, width=label_width, align="center", label=True))
            cells.append(self._cell(value, self.type, x=x + label_width, width=end - x - label_width))
        return Band((_row_height(cells, 8 * MM),), tuple(cells), ruled=True)

    def _box(self, box: Box, label_width: float, filling: Filling) -> Band:
        cells = []
        label = filling.fill(box.label)
        x = label_width if label else 0.0
        if label:
            cells.append(self._cell(label, self.type, x=0, width=label_width, align="center", label=True))
        signed = "".join(_slot(filling.fill(sign)) for sign in box.sign[:-1]) + "".join(
            map(filling.fill, box.sign[-1:])
        )
        date = filling.fill(box.date)
        foot = [*self._lines(signed, self.width - x), *self._lines(date, self.width - x)]
        cell = self._cell(filling.fill(box.text), self.type, x=x, width=self.width - x, valign="top", indent=2)
        cells.append(replace(cell, foot=tuple(line for line in foot if line.text)))
        return Band((_row_height(cells, box.height * MM),), tuple(cells), ruled=True, grows=True)

    def _closing(self, block: ClosingBlock, filling: Filling) -> Iterator[Band]:
        texts = [filling.fill(line) for line in block.lines]
        cells = []
        for index, text in enumerate(texts):
            cell = self._cell(text, LETTER, x=0, width=self.width - 4 * LETTER.size, padding=0, align="right")
            cells.append(replace(cell, row=index + 1))
        heights = [2 * LETTER.leading, *(cell.needed() for cell in cells)]
        yield Band(tuple(heights), tuple(cells))

    def crowded(self, block: TableBlock) -> bool:
        """Whether the table asks for more than the width of the paper."""
        filling = Filling(self.context, block.place)
        if not filling.present(block.when):
            return False
        wanted = wishes(self._chosen(block, filling), self.fonts, Style.TABLE)
        return sum(wish.natural for wish in in_points(wanted, block.size or self.form.size)) > self.width

    def _chosen(self, block: TableBlock, filling: Filling) -> Table:
        try:
            return chosen(filling.table(block.of), block.columns, numbered=block.numbered)
        except KeyError as error:
            raise filling.unknown(f"{block.of}.{error.args[0]}") from None

    def _table(self, block: TableBlock, filling: Filling) -> Iterator[Band | Listing]:
        table = self._chosen(block, filling)
        wanted = wishes(table, self.fonts, Style.TABLE)
        size = block.size or self.form.size
        for smaller in sorted((s for s in SIZES.values() if s < size), reverse=True):
            if sum(wish.least for wish in in_points(wanted, size)) <= self.width:
                break
            size = smaller  # rather small than torn
        kind = table_type(size)
        edges = list(accumulate(fitted(in_points(wanted, size), self.width), initial=0.0))
        heading = filling.fill(block.heading)
        if heading:
            cell = self._cell(heading, kind, x=0, width=self.width, align="center", label=True)
            yield Band((_row_height([cell], 8 * MM),), (cell,), ruled=True, keep=True)

        def band(texts: Sequence[str], aligns: Sequence[str], *, label: bool = False, least: float = 7) -> Band:
            cells = [
                self._cell(text, kind, x=left, width=right - left, align=align, label=label)
                for text, align, left, right in zip(texts, aligns, edges, edges[1:], strict=False)
            ]
            return Band((_row_height(cells, least * MM),), tuple(cells), ruled=True)

        aligns = [_aligned(column, wish) for column, wish in zip(table.columns, wanted, strict=True)]
        money = [index for index, column in enumerate(table.columns) if column.money]

        def rows() -> Iterator[tuple[Band, tuple[int, ...]]]:
            count = 0
            for row in table.rows:
                count += 1
                yield band(row, aligns), tuple(fen(row[index]) for index in money)
            for _ in range(block.filler - count):
                yield band([""] * len(aligns), aligns), (0,) * len(money)

        def sums(name: str, amounts: tuple[int, ...]) -> Band:
            texts = [""] * len(aligns)
            for index, amount in zip(money, amounts, strict=True):
                texts[index] = figures(amount)
            name_cell = self._cell(name, kind, x=0, width=edges[money[0]], align="center", label=True)
            amounts_band = band(texts, aligns)
            return replace(amounts_band, cells=(name_cell, *amounts_band.cells[money[0] :]))

        head = band([column.title for column in table.columns], ["center"] * len(aligns), label=True, least=9)
        summed = block.sums and money and money[0] > 0
        yield Listing(head, rows, Sums(sums, sums("", totals(table)).height) if summed else None)

    def _plain(
        self, text: str, kind: Type, *, align: str, indent: float = 0, justified: bool = False, keep: bool = False
    ) -> Band:
        cell = self._cell(text, kind, x=0, width=self.width, padding=0, align=align, indent=indent)
        return Band((cell.needed(),), (replace(cell, justified=justified, valign="top"),), keep=keep)

    def _cell(
        self,
        text: str,
        kind: Type,
        *,
        x: float,
        width: float,
        padding: float = SIDE,
        align: str = "left",
        valign: str = "middle",
        indent: float = 0,
        label: bool = False,
    ) -> Cell:
        measure = (width - 2 * padding) / kind.size
        breaking = balanced if label else lines
        broken = breaking(text, fonts=self.fonts, style=kind.style, measure=measure, indent=indent)
        return Cell(x, width, text, tuple(broken), kind, align=align, valign=valign, indent=indent, label=label)

    def _lines(self, text: str, width: float) -> list[Line]:
        return lines(text, fonts=self.fonts, style=self.type.style, measure=(width - 2 * SIDE) / self.type.size)


def in_points(wanted: Sequence[Wish], size: float) -> list[Wish]:
    """What columns wish for at that type size, the room beside their texts included."""
    return [
        replace(wish, least=wish.least * size + 2 * SIDE, natural=wish.natural * size + 2 * SIDE) for wish in wanted
    ]


def _aligned(column: Column, wish: Wish) -> str:
    if column.money:
        return "right"
    return "center" if column.align == "left" and wish.whole else column.align


def _slot(text: str) -> str:
    """The text with room to write behind it, so that what is signed stands below one another from box to box."""
    return text + "　" * (_SLOT - len(text) % _SLOT)


def _framed(block: Block) -> bool:
    return isinstance(block, GridBlock | PairsBlock | TableBlock | BoxesBlock)


def _row_height(cells: Iterable[Cell], least: float) -> float:
    return max([least, *(cell.needed() + 2 * PADDING for cell in cells)])


def _stretched(heights: list[float], cells: Iterable[Cell]) -> tuple[float, ...]:
    """The heights, where the last row under a cell that reaches down gives it what it lacks."""
    stretched = list(heights)
    for cell in cells:
        rows = slice(cell.row, cell.row + cell.down)
        lacking = cell.needed() + 2 * PADDING - sum(stretched[rows])
        if lacking > 0:
            stretched[cell.row + cell.down - 1] += lacking
    return tuple(stretched)
