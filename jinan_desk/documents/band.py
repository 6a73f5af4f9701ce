"""What a laid-out paper is made of: bands of cells, stacked from the top of the type area down. Lengths are in points.

A band is one or more rows that belong together because a cell reaches down over them. Both outputs draw bands; how they
come about from a form is the business of `layout`, how they fall on pages that of `paging`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from jinan_desk.documents.fonts import Style
from jinan_desk.documents.typeset import Line

PADDING = 3.0
"""Between a cell's upper or lower rule and its text."""
SIDE = 4.5
"""Between a cell's rule at the left or right and its text."""


class Type(NamedTuple):
    """How a text is set: typeface by its use, size, distance of baselines."""

    style: Style
    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle with text: `row` and `down` count rows of its band, `indent` (ems) shifts first lines of paragraphs.

    `foot` lines stand at the bottom right: what a box is signed with. `justified` lines reach the right edge. A
    `continued` cell begins in the middle of a paragraph that was torn from the page before.
    """

    x: float
    width: float
    text: str
    lines: tuple[Line, ...]
    type: Type
    row: int = 0
    down: int = 1
    align: str = "left"
    valign: str = "middle"
    indent: float = 0
    justified: bool = False
    foot: tuple[Line, ...] = ()
    label: bool = False
    continued: bool = False

    def needed(self) -> float:
        """The height that the text asks for, without padding."""
        return (len(self.lines) + len(self.foot)) * self.type.leading


@dataclass(frozen=True, slots=True)
class Band:
    """Rows by their heights, and the cells in them. A ruled band has lines around every cell.

    `keep` holds it on one page with the band that follows; one that `grows` may be made higher than it has to be, or
    lower, down to `least`.
    """

    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    ruled: bool = False
    keep: bool = False
    grows: bool = False
    least: float = 0.0

    @property
    def height(self) -> float:
        return sum(self.heights)


@dataclass(frozen=True, slots=True)
class Sums:
    """Makes the band that shows sums (in fen, one a money column) under a name; its height is the same for all."""

    band: Callable[[str, tuple[int, ...]], Band]
    height: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A long table: a head that each page repeats, rows made one by one, each with the fen of its money columns."""

    head: Band
    rows: Callable[[], Iterable[tuple[Band, tuple[int, ...]]]]
    sums: Sums | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its size and the type area in it, in points."""

    width: float
    height: float
    left: float
    top: float
    area_width: float
    area_height: float


ALONE = 2
"""The fewest lines of a text that stand on a page of their own."""
MM = 72 / 25.4
PORTRAIT = Paper(210 * MM, 297 * MM, 28 * MM, 37 * MM, 156 * MM, 225 * MM)
"""A4 with the type area of GB/T 9704-2012, 5.2.1."""
LANDSCAPE = Paper(297 * MM, 210 * MM, 35 * MM, 28 * MM, 225 * MM, 156 * MM)
"""The same sheet turned, the binding edge on top."""


@dataclass(frozen=True, slots=True)
class Document:
    """A form filled and laid out. `check_code` stands in the foot of each page, as text and as a QR code.

    `bookmark` names it in a file of many; `seam`: its pages are stamped together where there is more than one.
    """

    title: str
    author: str
    paper: Paper
    check_code: str
    parts: tuple[Band | Listing, ...]
    bookmark: str = ""
    seam: bool = False


def split(band: Band, room: float) -> tuple[Band, Band] | None:
    """Cut a band at `room` points, between rows if one fits, else between lines; None if neither can be."""
    if not band.cells:
        return None
    height = 0.0
    for row, own in enumerate(band.heights):
        if height + own > room:
            return _split_rows(band, row) if row else _split_lines(band, room)
        height += own
    return None


def _split_rows(band: Band, at: int) -> tuple[Band, Band]:
    """Cells that reach over the cut show their text on both sides."""
    above = [replace(c, down=min(c.down, at - c.row)) for c in band.cells if c.row < at]
    below = [
        replace(c, row=max(c.row - at, 0), down=c.down - max(at - c.row, 0)) for c in band.cells if c.row + c.down > at
    ]
    return (
        replace(band, heights=band.heights[:at], cells=tuple(above), keep=False),
        replace(band, heights=band.heights[at:], cells=tuple(below)),
    )


def _split_lines(band: Band, room: float) -> tuple[Band, Band] | None:
    """Cut the first row: labels stand on both sides, what is signed below, no line of a text by itself."""
    padding = 2 * PADDING if band.ruled else 0
    above, below, rest = [], [], 0.0
    for cell in band.cells:
        fitting = int((room - padding) / cell.type.leading + 1e-6)
        if not band.ruled:
            fitting = min(fitting, len(cell.lines) - ALONE)
        if cell.row == 0 and fitting < ALONE:
            return None
        cut = len(cell.lines) if cell.label else fitting
        if cell.row == 0:
            above.append(replace(cell, lines=cell.lines[:cut], foot=(), down=1))
        remaining = cell
        if cell.row == 0 and not cell.label:
            remaining = replace(cell, lines=cell.lines[cut:], continued=not cell.lines[: cut + 1][-1].last)
        below.append(remaining)
        if cell.row == 0 and cell.down == 1:
            rest = max(rest, remaining.needed() + padding)
    return (
        replace(band, heights=(room,), cells=tuple(above), keep=False),
        replace(band, heights=(max(rest, band.cells[0].type.leading + padding), *band.heights[1:]), cells=tuple(below)),
    )
