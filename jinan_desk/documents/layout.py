"""A form and a context to a document: every field filled, every text broken into lines, every cell given its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, count
from typing import TypeGuard

from jinan_desk.core.text import Sentence
from jinan_desk.documents.band import LANDSCAPE, MM, PORTRAIT, Band, Cell, Document, Listing, Paper, Type
from jinan_desk.documents.block import (
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
)
from jinan_desk.documents.context import Context
from jinan_desk.documents.filling import Filling
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.lowering import height_of, lowered
from jinan_desk.documents.setting import (
    LETTER,
    SMALL,
    TITLE,
    NarrowError,
    Setter,
    row_height,
    stretched,
    table_type,
)
from jinan_desk.documents.tabulation import crowded, tabulate
from jinan_desk.errors import DeskError

GAP = 8.0
"""Points between blocks that do not belong to one frame."""
_SLOT = 10
"""Characters between the beginnings of 经办人, 负责人 and （盖章）."""
_TIGHTEST = 25.0
"""Points from line to line of a letter, at least: what word processors call 固定值25磅."""
_ACCOMPANIED = 3
"""Lines of a letter that stand with its end, at least."""
_FROM_RIGHT = 4
"""Characters between a letter's date and the right edge; the office is centred over it (GB/T 9704-2012, 7.3.5.1)."""
_SHRUNK = 0.75
"""Of the height that a box would like to have, what it may be left with where that saves a page."""
_STAMP = 2
"""Lines above them that stay free for the stamp."""


def lay_out(form: Form, context: Context, fonts: Fonts) -> Document:
    """Fill the form. Raises DeskError when it names a field or a table that the context lacks, or a cell is too narrow
    for any text."""
    blocks = [(block, Filling(context, block.place)) for block in form.blocks]
    present = [(block, filling) for block, filling in blocks if filling.present(block.when)]
    paper = LANDSCAPE if form.orientation == "landscape" else PORTRAIT
    if form.orientation == "auto":
        upright = Setter(fonts, PORTRAIT.area_width, table_type(form.size))
        if any(crowded(b, filling, upright) for b, filling in present if isinstance(b, TableBlock)):
            paper = LANDSCAPE
    desk = _Desk(Setter(fonts, paper.area_width, table_type(form.size)), count(1))
    parts = [*desk.parts(present)]
    if present and isinstance(present[-1][0], ClosingBlock):
        _accompany(parts)
    whole = Filling(context, Sentence(form.name))
    return Document(
        title=whole.fill(form.title),
        author=whole.fill(form.author),
        paper=paper,
        check_code=whole.field("check.code"),
        parts=_tightened(parts, paper),
        bookmark=context.bookmark,
        seam=form.seam,
    )


def _accompany(parts: list[Band | Listing]) -> None:
    """Hold the last lines of a letter on the page of who signs it: not only how to call the office."""
    lines = 0
    for index in range(len(parts) - 2, -1, -1):
        part = parts[index]
        if isinstance(part, Listing) or lines >= _ACCOMPANIED:
            break
        parts[index] = replace(part, keep=True)
        lines += sum(len(cell.lines) for cell in part.cells[:1])


def _tightened(parts: list[Band | Listing], paper: Paper) -> tuple[Band | Listing, ...]:
    """Where a letter is only a little longer than a page, its lines move together so that it is one: GB/T 9704-2012,
    5.2.2 lets their number be adjusted. Tables without a letter have their rows made lower."""
    letter = sum(part.height for part in parts if _in_letters(part))
    if not letter:
        return lowered(parts, paper.area_height)
    over = sum(map(height_of, parts)) - paper.area_height
    factor = 1 - over / letter
    if over <= 0 or factor * LETTER.leading < _TIGHTEST:
        return tuple(parts)
    return tuple(_closer(part, factor) if _in_letters(part) else part for part in parts)


def _in_letters(part: Band | Listing) -> TypeGuard[Band]:
    return isinstance(part, Band) and any(cell.type.leading == LETTER.leading for cell in part.cells)


def _closer(band: Band, factor: float) -> Band:
    cells = [replace(c, type=c.type._replace(leading=c.type.leading * factor)) for c in band.cells]
    return replace(band, heights=tuple(height * factor for height in band.heights), cells=tuple(cells))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Lays one block after the other out; `numbers` are those that numbered texts take."""

    setter: Setter
    numbers: Iterator[int]

    def parts(self, blocks: Sequence[tuple[Block, Filling]]) -> Iterator[Band | Listing]:
        """All parts of the paper, from the top down."""
        following: list[Block | None] = [*(block for block, _ in blocks[1:]), None]
        for (block, filling), after in zip(blocks, following, strict=True):
            *parts, last = self._laid(block, filling) or [Band((), ())]
            yield from parts
            if isinstance(after, ClosingBlock) and isinstance(last, Band):
                last = replace(last, keep=True)  # what is signed does not stand on a page without text
            yield last
            if after is not None and _apart(block, after):
                yield Band((GAP,), (), keep=True)

    def _laid(self, block: Block, filling: Filling) -> list[Band | Listing]:
        try:
            return [*self._block(block, filling)]
        except NarrowError as error:
            words = "表样 {place} 有一格太窄（除边距外 {width} 毫米），放不下一个字，请加宽或减少列数"
            raise DeskError(Sentence(words, place=block.place, width=f"{max(error.width, 0) / MM:.1f}")) from None

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
                return tabulate(block, filling, self.setter)
            case BoxesBlock():
                return (self._box(box, block.label_width * MM, filling) for box in block.boxes)
            case ClosingBlock():
                return self._closing(block, filling)
        raise AssertionError(block)

    def _title(self, block: TitleBlock, filling: Filling) -> Iterator[Band]:
        text = self._parted(filling.fill(block.text), filling.fill(block.first))
        yield self.setter.plain(text, TITLE, align="center", keep=True, label=True)
        if subtitle := filling.fill(block.subtitle):
            yield self.setter.plain(subtitle, SMALL, align="center", keep=True)
        yield Band((1.5 * GAP,), (), keep=True)

    def _parted(self, title: str, first: str) -> str:
        """A title of two lines, parted where its sense allows it, if both fit: behind `first`, behind a 、 or before a
        bracket."""
        for cut in (len(first) if title.startswith(first) else 0, title.find("、") + 1, title.find("（")):
            if cut > 0 and not self._fits(title) and self._fits(title[:cut]) and self._fits(title[cut:]):
                return f"{title[:cut]}\n{title[cut:]}".strip()
        return title

    def _fits(self, title: str) -> bool:
        return self.setter.fonts.width(title, TITLE.style) * TITLE.size <= self.setter.width

    def _line(self, block: LineBlock, filling: Filling) -> Iterator[Band]:
        left, right = filling.fill(block.left), filling.fill(block.right)
        fonts = self.setter.fonts
        taken = (fonts.width(fonts.shown(right, SMALL.style), SMALL.style) + 1) * SMALL.size if right else 0.0
        taken = min(taken, self.setter.width / 2)
        cells = [
            self.setter.cell(text, SMALL, x=x, width=width, side=0, align=align, valign="top")
            for text, align, x, width in (
                (left, "left", 0.0, self.setter.width - taken),
                (right, "right", self.setter.width - taken, taken),
            )
            if text
        ]
        if cells:
            yield Band((max(cell.needed() for cell in cells),), tuple(cells), keep=True)
            yield Band((2,), (), keep=True)

    def _text(self, block: TextBlock, filling: Filling) -> Iterator[Band]:
        kind = _type_of_text(block.style, block.size)
        for row in self._rows(block.each, filling):
            text = row.fill(block.text)
            if text and block.numbered:
                text = f"{numeral(next(self.numbers))}、{text}"
            if text:
                yield self.setter.plain(
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
        for number, row in enumerate(table.rows, start=1):
            cells = {column.key: cell for column, cell in zip(table.columns, row, strict=True)}
            yield filling.with_row({"no": str(number), **cells})

    def _grid(self, block: GridBlock, filling: Filling) -> Iterator[Band]:
        edges = list(accumulate((c / sum(block.columns) * self.setter.width for c in block.columns), initial=0.0))
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
                width = right - edges[column]
                cell = self.setter.cell(
                    text, self.setter.type, x=edges[column], width=width, align=spec.align, label=spec.label
                )
                cells.append(replace(cell, row=index, down=spec.down))
                for below in range(column, column + spec.across):
                    covered[below] = spec.down
                column += spec.across
            heights.append(row_height((c for c in cells if c.row == index and c.down == 1), block.height * MM))
            covered = [max(rows - 1, 0) for rows in covered]
            if not any(covered):
                yield Band(stretched(heights, cells), tuple(cells), ruled=True, keep=block.keep)
                cells, heights = [], []

    def _pairs(self, block: PairsBlock, filling: Filling) -> Iterator[Band]:
        label_width = block.label_width * MM
        each = self.setter.width / block.across
        pending: list[tuple[str, str]] = []
        for row in self._rows(block.of, filling):
            label, value = row.field("row.label"), row.field("row.value")
            if block.known and not value:
                continue
            alone = len(self.setter.lines(value, each - label_width)) > 2
            if pending and (alone or len(pending) == block.across):
                yield self._pair_band(pending, label_width, each)
                pending = []
            pending.append((label, value))
            if alone:
                yield self._pair_band(pending, label_width, each)
                pending = []
        if pending:
            yield self._pair_band(pending, label_width, each)

    def _pair_band(self, pairs: Sequence[tuple[str, str]], label_width: float, each: float) -> Band:
        """Pairs side by side; the last one's value reaches the right edge."""
        kind = self.setter.type
        cells = []
        for index, (label, value) in enumerate(pairs):
            x = index * each
            end = self.setter.width if index == len(pairs) - 1 else x + each
            cells.append(self.setter.label(label, kind, x=x, width=label_width))
            cells.append(self.setter.cell(value, kind, x=x + label_width, width=end - x - label_width))
        return self.setter.ruled(cells, 8 * MM)

    def _box(self, box: Box, label_width: float, filling: Filling) -> Band:
        kind = self.setter.type
        label = filling.fill(box.label)
        x = label_width if label else 0.0
        width = self.setter.width - x
        signed = "".join([*(_slot(filling.fill(sign)) for sign in box.sign[:-1]), *map(filling.fill, box.sign[-1:])])
        foot = self.setter.lines(signed, width) + self.setter.lines(filling.fill(box.date), width)
        cell = self.setter.cell(filling.fill(box.text), kind, x=x, width=width, valign="top", indent=2)
        cells = [replace(cell, foot=foot)]
        if label:
            cells.insert(0, self.setter.label(label, kind, x=0, width=label_width))
        band = self.setter.ruled(cells, box.height * MM)
        return replace(band, grows=True, least=row_height(cells, _SHRUNK * box.height * MM))

    def _closing(self, block: ClosingBlock, filling: Filling) -> Iterator[Band]:
        texts = [filling.fill(line) for line in block.lines]
        left = block.left * LETTER.size
        align = "left" if left else "center"
        if not left:
            fonts, width = self.setter.fonts, self.setter.width
            widths = [fonts.width(fonts.shown(text, LETTER.style), LETTER.style) * LETTER.size for text in texts]
            axis = min(width - _FROM_RIGHT * LETTER.size - widths[-1] / 2, width - max(widths) / 2)
            left = max(0.0, 2 * axis - width)
        cells = []
        for index, text in enumerate(texts):
            cell = self.setter.cell(text, LETTER, x=left, width=self.setter.width - left, side=0, align=align)
            cells.append(replace(cell, row=index + 1))
        room = LETTER.leading if block.left else _STAMP * LETTER.leading
        yield Band((room, *(cell.needed() for cell in cells)), tuple(cells))


@cache
def _type_of_text(style: Style, size: float | None) -> Type:
    """That of a letter where the form names no size."""
    return LETTER._replace(style=style) if size is None else Type(style, size, size * 1.6)


def numeral(number: int) -> str:
    """A number below 100 as it stands before a heading: 一, 十二, 二十."""
    tens, units = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + _DIGITS[units]


_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


def _slot(text: str) -> str:
    """The text with room to write behind it, so that what is signed stands below one another from box to box."""
    return text + "　" * (_SLOT - len(text) % _SLOT)


def _apart(block: Block, after: Block) -> bool:
    """Whether there is a gap between two blocks: around a frame, behind who signs, where small print begins or ends."""
    if isinstance(block, TextBlock) and isinstance(after, TextBlock):
        return block.size != after.size
    return isinstance(block, ClosingBlock) or _framed(block) != _framed(after)


_FRAMED = (GridBlock, PairsBlock, TableBlock, BoxesBlock)


def _framed(block: Block) -> bool:
    return isinstance(block, _FRAMED)
