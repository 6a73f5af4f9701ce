"""Setting texts into cells: the kinds of type a form knows, lines broken to a width, rows high enough for them."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from jinan_desk.documents.band import MM, PADDING, SIDE, Band, Cell, Type
from jinan_desk.documents.block import SIZES
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.typeset import Line, balanced, lines

LETTER = Type(Style.LETTER, 156 * MM / 28, 225 * MM / 22)
"""三号 as GB/T 9704-2012, 5.2.2 has it: 28 characters to the line of 156 mm, 22 lines to the page of 225 mm."""
TITLE = Type(Style.TITLE, SIZES["二号"], 32)
SMALL = Type(Style.TABLE, SIZES["五号"], 18)


def table_type(size: float) -> Type:
    """宋体 of that size, set as tables are."""
    return Type(Style.TABLE, size, size * 1.35)


_EVEN = 4.0
"""Ems that a line has, at least, if its text is to be broken into even lines."""


class NarrowError(Exception):
    """A cell has no room for a single character: `width` points beside its rules."""

    def __init__(self, width: float) -> None:
        super().__init__(width)
        self.width = width


class Setter(NamedTuple):
    """Sets texts for a type area of `width` points; `type` is that of grids and boxes."""

    fonts: Fonts
    width: float
    type: Type

    def cell(
        self,
        text: str,
        kind: Type,
        *,
        x: float,
        width: float,
        side: float = SIDE,
        align: str = "left",
        valign: str = "middle",
        indent: float = 0,
        label: bool = False,
    ) -> Cell:
        """The text in a cell that begins `x` points from the left; labels are broken into even lines, and so is what
        would leave a character alone in the last line of a table's cell.

        Raises NarrowError where not even one character fits.
        """
        breaking = balanced if label else lines
        measure = (width - 2 * side) / kind.size
        if measure < 1:
            raise NarrowError(width - 2 * side)
        broken = breaking(text, fonts=self.fonts, style=kind.style, measure=measure, indent=indent)
        if side and len(broken) > 1 and broken[-1].width <= 1 and measure >= _EVEN:
            broken = balanced(text, fonts=self.fonts, style=kind.style, measure=measure, indent=indent)
        return Cell(x, width, text, tuple(broken), kind, align=align, valign=valign, indent=indent, label=label)

    def label(self, text: str, kind: Type, *, x: float, width: float) -> Cell:
        """A label: centred, in even lines."""
        return self.cell(text, kind, x=x, width=width, align="center", label=True)

    def plain(
        self,
        text: str,
        kind: Type,
        *,
        align: str,
        indent: float = 0,
        justified: bool = False,
        keep: bool = False,
        label: bool = False,
    ) -> Band:
        """The text across the whole width, without rules; the same one where it was set before."""
        self.fonts.shown(text, kind.style)  # what no font has is told each time
        return _plain(self, text, kind, align=align, indent=indent, justified=justified, keep=keep, label=label)

    def lines(self, text: str, width: float) -> tuple[Line, ...]:
        """The lines of a text beside rules; none where it is empty."""
        measure = (width - 2 * SIDE) / self.type.size
        return tuple(lines(text, fonts=self.fonts, style=self.type.style, measure=measure)) if text else ()

    def ruled(self, cells: Iterable[Cell], least: float) -> Band:
        """One row of cells with rules around them, at least so many points high."""
        row = tuple(cells)
        return Band((row_height(row, least),), row, ruled=True)


@lru_cache(maxsize=2048)
def _plain(
    setter: Setter, text: str, kind: Type, *, align: str, indent: float, justified: bool, keep: bool, label: bool
) -> Band:
    """In a batch most paragraphs recur from paper to paper."""
    width = setter.width
    cell = setter.cell(text, kind, x=0, width=width, side=0, align=align, indent=indent, valign="top", label=label)
    return Band((cell.needed(),), (replace(cell, justified=justified),), keep=keep)


def row_height(cells: Iterable[Cell], least: float) -> float:
    """What the highest of the cells needs."""
    return max([least, *(cell.needed() + 2 * PADDING for cell in cells)])


def stretched(heights: list[float], cells: Iterable[Cell]) -> tuple[float, ...]:
    """The heights, where the last row under a cell that reaches down gives it what it lacks."""
    enough = list(heights)
    for cell in cells:
        lacking = cell.needed() + 2 * PADDING - sum(enough[cell.row : cell.row + cell.down])
        if lacking > 0:
            enough[cell.row + cell.down - 1] += lacking
    return tuple(enough)
