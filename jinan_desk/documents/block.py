"""What a form consists of: its blocks as they are declared, `{fields}` still in their texts. Lengths in millimetres.

How a form file is written is told in `forms/README.md`; reading it is the business of `form`.
"""

from dataclasses import dataclass

from jinan_desk.core.text import Sentence
from jinan_desk.documents.fonts import Style

SIZES = {
    "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0, "三号": 16.0, "小三": 15.0, "四号": 14.0,
    "小四": 12.0, "五号": 10.5, "小五": 9.0, "六号": 7.5, "小六": 6.5,
}  # fmt: skip
"""Chinese type sizes in points, as word processors have them."""

STYLES = {"标宋": Style.TITLE, "仿宋": Style.LETTER, "宋体": Style.TABLE, "黑体": Style.HEADING}
ALIGNMENTS = ("left", "center", "right")
ORIENTATIONS = ("portrait", "landscape", "auto")


@dataclass(frozen=True, slots=True)
class Block:
    """What all blocks have: a place in their form for messages, and a field or table that must not be empty."""

    place: Sentence
    when: str


@dataclass(frozen=True, slots=True)
class TitleBlock(Block):
    """The paper's name, centred in 二号. Where it takes two lines, the first of them ends behind `first`."""

    text: str
    subtitle: str
    first: str


@dataclass(frozen=True, slots=True)
class LineBlock(Block):
    """One line above or below a table: a text at the left, one at the right."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class TextBlock(Block):
    """A paragraph, or one for each row of the table `each`, whose cells are `{row.KEY}`.

    `keep` holds it on the page of what follows. Without `style` and `size` it is set as the text of a letter. Those
    that are `numbered` (一、二、…) are counted through the paper, as far as they are there.
    """

    text: str
    each: str
    style: Style
    size: float | None
    align: str
    indent: float
    keep: bool
    numbered: bool


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A cell of a grid. A text without fields is a label; `across` and `down` count columns and rows."""

    text: str
    across: int
    down: int
    align: str
    label: bool


@dataclass(frozen=True, slots=True)
class GridBlock(Block):
    """Labelled cells in columns of relative widths. `keep` holds it on the page of what follows."""

    columns: tuple[float, ...]
    rows: tuple[tuple[CellSpec, ...], ...]
    height: float
    keep: bool


@dataclass(frozen=True, slots=True)
class PairsBlock(Block):
    """The rows (label, value) of a table as a grid, so many pairs to a line; `known`: only those that have a value."""

    of: str
    across: int
    label_width: float
    known: bool


@dataclass(frozen=True, slots=True)
class TableBlock(Block):
    """A table of the context, all its columns or those named; `filler` is the least number of rows, empty ones added.

    `blank` are the heads of columns behind them to be written in by hand. `sums` adds to money columns page subtotals,
    running totals and a total.
    """

    of: str
    columns: tuple[str, ...]
    blank: tuple[str, ...]
    heading: str
    numbered: bool
    sums: bool
    filler: int
    size: float | None


@dataclass(frozen=True, slots=True)
class Box:
    """A labelled box to be written in and signed. `height` is what it would like to have, in millimetres."""

    label: str
    text: str
    sign: tuple[str, ...]
    date: str
    height: float


@dataclass(frozen=True, slots=True)
class BoxesBlock(Block):
    """Boxes below one another, each with its label at the left; without a label it takes the whole width."""

    boxes: tuple[Box, ...]
    label_width: float


@dataclass(frozen=True, slots=True)
class ClosingBlock(Block):
    """The end of a letter, under room for a stamp; never torn apart.

    Its lines stand at the right, one centred over the other; where `left` is not 0, they begin so many characters from
    the left, below one another, for the hand that signs.
    """

    lines: tuple[str, ...]
    left: float


@dataclass(frozen=True, slots=True)
class Form:
    """A form file, read. `size` is that of its tables and grids in points.

    `paper` is what it calls its paper, "" where that has a name already. `seam`: a line runs down the edge of its
    pages, across which they are stamped together (骑缝章), where there is more than one.
    """

    name: str
    paper: str
    title: str
    author: str
    orientation: str
    size: float
    seam: bool
    blocks: tuple[Block, ...]
