"""A form as it is declared in `forms/*.toml`: blocks of text, grids, tables and boxes, with `{fields}` in them.

Reading only: what a block may say, and one clear sentence where a file says something else. README.md beside the forms
describes the format for the office that writes its own.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinan_desk.core.text import Sentence
from jinan_desk.documents.fonts import Style
from jinan_desk.errors import DeskError

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

    place: str
    when: str


@dataclass(frozen=True, slots=True)
class TitleBlock(Block):
    """The paper's name, centred in 二号."""

    text: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class LineBlock(Block):
    """One line above or below a table: a text at the left, one at the right."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class TextBlock(Block):
    """A paragraph, or one for each row of the table `each`, whose cells are `{row.KEY}`.

    `keep` holds it on the page of what follows. Without `style` and `size` it is set as the text of a letter.
    """

    text: str
    each: str
    style: Style
    size: float | None
    align: str
    indent: float
    keep: bool


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
    """Labelled cells in columns of relative widths."""

    columns: tuple[float, ...]
    rows: tuple[tuple[CellSpec, ...], ...]
    height: float


@dataclass(frozen=True, slots=True)
class PairsBlock(Block):
    """The rows (label, value) of a table as a grid, so many pairs to a line."""

    of: str
    across: int
    label_width: float


@dataclass(frozen=True, slots=True)
class TableBlock(Block):
    """A table of the context, all its columns or those named; `filler` is the least number of rows, empty ones added.

    `sums` adds to money columns page subtotals, running totals and a total.
    """

    of: str
    columns: tuple[str, ...]
    heading: str
    numbered: bool
    sums: bool
    filler: int
    size: float | None


@dataclass(frozen=True, slots=True)
class Box:
    """A labelled box to be written in and signed. `height` is the least, in millimetres."""

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
    """The end of a letter: its lines at the right, under room for a stamp. Never torn apart."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form file, read. `size` is that of its tables and grids in points."""

    name: str
    title: str
    author: str
    orientation: str
    size: float
    blocks: tuple[Block, ...]


def find_form(name: str, programme: str, folders: Sequence[Path]) -> Path:
    """The file of a form: the programme's own before the generic one, an earlier folder before a later."""
    for stem in (f"{name}-{programme}", name):
        for folder in folders:
            path = folder / f"{stem}.toml"
            if path.is_file():
                return path
    raise DeskError(Sentence("没有这种表样：{form}", form=name))


def read_form(path: Path) -> Form:
    """Read and check a form file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DeskError(Sentence("表样打不开：{file}", file=str(path))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeskError(Sentence("表样写法有误：{file}，{error}", file=path.name, error=str(error))) from error
    entry = _Entry(content, path.stem)
    blocks = entry.entries("block")
    form = Form(
        name=path.stem,
        title=entry.text("title"),
        author=entry.text("author", "{office.name}"),
        orientation=entry.choice("orientation", ORIENTATIONS, "portrait"),
        size=entry.size("size") or SIZES["五号"],
        blocks=tuple(_block(block, f"{path.stem} 第{number}块") for number, block in enumerate(blocks, start=1)),
    )
    entry.finish()
    return form


def _block(content: dict[str, Any], place: str) -> Block:
    entry = _Entry(content, place)
    kind = entry.choice("kind", tuple(_READERS), None)
    block = _READERS[kind](entry, f"{place}（{kind}）", entry.text("when", ""))
    entry.finish()
    return block


def _title(entry: "_Entry", place: str, when: str) -> Block:
    return TitleBlock(place, when, entry.text("text"), entry.text("subtitle", ""))


def _line(entry: "_Entry", place: str, when: str) -> Block:
    return LineBlock(place, when, entry.text("left", ""), entry.text("right", ""))


def _text(entry: "_Entry", place: str, when: str) -> Block:
    return TextBlock(
        place,
        when,
        text=entry.text("text"),
        each=entry.text("each", ""),
        style=STYLES[entry.choice("style", tuple(STYLES), "仿宋")],
        size=entry.size("size"),
        align=entry.choice("align", ALIGNMENTS, "left"),
        indent=entry.number("indent", 2),
        keep=entry.flag("keep", default=False),
    )


def _grid(entry: "_Entry", place: str, when: str) -> Block:
    columns = tuple(entry.numbers("columns"))
    rows: list[tuple[CellSpec, ...]] = []
    taken: dict[int, int] = {}  # column to the rows that a cell from above still covers
    for row in entry.lists("rows"):
        cells = tuple(_cell(cell, place) for cell in row)
        covered = sum(1 for left in taken.values() if left)
        if covered + sum(cell.across for cell in cells) != len(columns):
            raise DeskError(
                Sentence("表样 {place} 第{row}行的格数与列数（{columns}）不符",
                         place=place, row=len(rows) + 1, columns=len(columns))
            )  # fmt: skip
        free = [column for column in range(len(columns)) if not taken.get(column)]
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in cells:
            own, free = free[: cell.across], free[cell.across :]
            taken.update({column: cell.down - 1 for column in own if cell.down > 1})
        rows.append(cells)
    return GridBlock(place, when, columns, tuple(rows), entry.number("height", 8))


def _cell(content: object, place: str) -> CellSpec:
    entry = _Entry({"text": content} if isinstance(content, str) else content, place)
    text = entry.text("text")
    label = entry.flag("label", default="{" not in text)
    cell = CellSpec(
        text=text,
        across=int(entry.number("across", 1)),
        down=int(entry.number("down", 1)),
        align=entry.choice("align", ALIGNMENTS, "center" if label else "left"),
        label=label,
    )
    entry.finish()
    return cell


def _pairs(entry: "_Entry", place: str, when: str) -> Block:
    return PairsBlock(place, when, entry.text("of"), int(entry.number("across", 2)), entry.number("label_width", 30))


def _table(entry: "_Entry", place: str, when: str) -> Block:
    return TableBlock(
        place,
        when,
        of=entry.text("of"),
        columns=tuple(entry.texts("columns", ())),
        heading=entry.text("heading", ""),
        numbered=entry.flag("numbered", default=True),
        sums=entry.flag("sums", default=False),
        filler=int(entry.number("filler", 0)),
        size=entry.size("size"),
    )


def _boxes(entry: "_Entry", place: str, when: str) -> Block:
    boxes = []
    for content in entry.entries("boxes"):
        box = _Entry(content, place)
        boxes.append(
            Box(
                label=box.text("label", ""),
                text=box.text("text", ""),
                sign=tuple(box.texts("sign", ())),
                date=box.text("date", ""),
                height=box.number("height", 24),
            )
        )
        box.finish()
    return BoxesBlock(place, when, tuple(boxes), entry.number("label_width", 24))


def _closing(entry: "_Entry", place: str, when: str) -> Block:
    return ClosingBlock(place, when, tuple(entry.texts("lines", None)))


_READERS = {
    "title": _title,
    "line": _line,
    "text": _text,
    "grid": _grid,
    "pairs": _pairs,
    "table": _table,
    "boxes": _boxes,
    "closing": _closing,
}


class _Entry:
    """A TOML table that is read key by key; what is left at the end nobody knows."""

    __slots__ = ("_content", "_place")

    def __init__(self, content: object, place: str) -> None:
        self._place = place
        if not isinstance(content, dict):
            raise self._wrong("block", "表")
        self._content: dict[str, Any] = dict(content)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "文字")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true 或 false")
        return value

    def number(self, key: str, default: float) -> float:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise self._wrong(key, "不小于 0 的数")
        return value

    def numbers(self, key: str) -> list[float]:
        values = self._take(key, None)
        if not isinstance(values, list) or not values or any(type(v) not in {int, float} or v <= 0 for v in values):
            raise self._wrong(key, "一组大于 0 的数")
        return values

    def texts(self, key: str, default: Iterable[str] | None) -> Iterable[str]:
        values = self._take(key, default)
        if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
            raise self._wrong(key, "一组文字")
        return values

    def entries(self, key: str) -> list[dict[str, Any]]:
        values = self._take(key, None)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._wrong(key, "一组表")
        return values

    def lists(self, key: str) -> list[list[Any]]:
        values = self._take(key, None)
        if not isinstance(values, list) or not all(isinstance(value, list) for value in values):
            raise self._wrong(key, "一组行")
        return values

    def choice(self, key: str, words: Sequence[str], default: str | None) -> str:
        value = self._take(key, default)
        if value not in words:
            raise self._wrong(key, "、".join(words) + "之一")
        return str(value)

    def size(self, key: str) -> float | None:
        if key not in self._content:
            return None
        return SIZES[self.choice(key, tuple(SIZES), None)]

    def finish(self) -> None:
        """Complain about keys that nobody read."""
        if self._content:
            raise DeskError(
                Sentence("表样 {place} 有不认识的项：{keys}", place=self._place, keys="、".join(sorted(self._content)))
            )

    def _take(self, key: str, default: object) -> Any:
        value = self._content.pop(key, default)
        if value is None:
            raise DeskError(Sentence("表样 {place} 缺少“{key}”", place=self._place, key=key))
        return value

    def _wrong(self, key: str, allowed: str) -> DeskError:
        return DeskError(Sentence("表样 {place} 的“{key}”应为{allowed}", place=self._place, key=key, allowed=allowed))
