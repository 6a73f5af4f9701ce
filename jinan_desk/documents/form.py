"""Finding and reading a form file: what a block may say, and one clear sentence where a file says something else."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinan_desk.core.text import Sentence
from jinan_desk.documents.block import (
    ALIGNMENTS,
    ORIENTATIONS,
    SIZES,
    STYLES,
    Block,
    Box,
    BoxesBlock,
    CellSpec,
    ClosingBlock,
    Form,
    GridBlock,
    LineBlock,
    PairsBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
)
from jinan_desk.errors import DeskError


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
    entry = _Entry(content, Sentence(path.stem))
    blocks = entry.entries("block")
    form = Form(
        name=path.stem,
        title=entry.text("title"),
        author=entry.text("author", "{office.name}"),
        orientation=entry.choice("orientation", ORIENTATIONS, "portrait"),
        size=entry.size("size") or SIZES["五号"],
        blocks=tuple(_block(block, path.stem, number) for number, block in enumerate(blocks, start=1)),
    )
    entry.finish()
    return form


def _block(content: dict[str, Any], form: str, number: int) -> Block:
    entry = _Entry(content, Sentence("{form} 第{number}块", form=form, number=number))
    kind = entry.choice("kind", tuple(_READERS), None)
    place = Sentence("{form} 第{number}块（{kind}）", form=form, number=number, kind=kind)
    block = _READERS[kind](entry, place, entry.text("when", ""))
    entry.finish()
    return block


def _title(entry: "_Entry", place: Sentence, when: str) -> Block:
    return TitleBlock(place, when, entry.text("text"), entry.text("subtitle", ""))


def _line(entry: "_Entry", place: Sentence, when: str) -> Block:
    return LineBlock(place, when, entry.text("left", ""), entry.text("right", ""))


def _text(entry: "_Entry", place: Sentence, when: str) -> Block:
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


def _grid(entry: "_Entry", place: Sentence, when: str) -> Block:
    columns = tuple(entry.numbers("columns"))
    rows: list[tuple[CellSpec, ...]] = []
    covered = [0] * len(columns)  # rows that a cell from above still covers, by column
    for row in entry.lists("rows"):
        cells = tuple(_cell(cell, place) for cell in row)
        free = [column for column, left in enumerate(covered) if not left]
        covered = [max(left - 1, 0) for left in covered]
        for cell in cells:
            own, free = free[: cell.across], free[cell.across :]
            if len(own) < cell.across or own[-1] - own[0] >= cell.across:
                raise _uneven(place, len(rows) + 1, len(columns))
            for column in own:
                covered[column] = cell.down - 1
        if free:
            raise _uneven(place, len(rows) + 1, len(columns))
        rows.append(cells)
    if any(covered):
        raise DeskError(Sentence("表样 {place} 有一格向下伸出了最后一行", place=place))
    return GridBlock(place, when, columns, tuple(rows), entry.number("height", 8))


def _uneven(place: Sentence, row: int, columns: int) -> DeskError:
    return DeskError(
        Sentence("表样 {place} 第{row}行的格数与列数（{columns}）不符", place=place, row=row, columns=columns)
    )


def _cell(content: object, place: Sentence) -> CellSpec:
    entry = _Entry({"text": content} if isinstance(content, str) else content, place)
    text = entry.text("text")
    label = entry.flag("label", default="{" not in text)
    cell = CellSpec(
        text=text,
        across=entry.count("across", 1),
        down=entry.count("down", 1),
        align=entry.choice("align", ALIGNMENTS, "center" if label else "left"),
        label=label,
    )
    entry.finish()
    return cell


def _pairs(entry: "_Entry", place: Sentence, when: str) -> Block:
    return PairsBlock(place, when, entry.text("of"), entry.count("across", 2), entry.number("label_width", 30))


def _table(entry: "_Entry", place: Sentence, when: str) -> Block:
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


def _boxes(entry: "_Entry", place: Sentence, when: str) -> Block:
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


def _closing(entry: "_Entry", place: Sentence, when: str) -> Block:
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

    def __init__(self, content: object, place: Sentence) -> None:
        self._place = place
        if not isinstance(content, dict):
            raise self._wrong("block", Sentence("表"))
        self._content: dict[str, Any] = dict(content)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, Sentence("文字"))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, Sentence("true 或 false"))
        return value

    def number(self, key: str, default: float) -> float:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise self._wrong(key, Sentence("不小于 0 的数"))
        return value

    def count(self, key: str, default: int) -> int:
        value = self._take(key, default)
        if type(value) is not int or value < 1:
            raise self._wrong(key, Sentence("不小于 1 的整数"))
        return value

    def numbers(self, key: str) -> list[float]:
        values = self._take(key, None)
        if not isinstance(values, list) or not values or any(type(v) not in {int, float} or v <= 0 for v in values):
            raise self._wrong(key, Sentence("一组大于 0 的数"))
        return values

    def texts(self, key: str, default: Iterable[str] | None) -> Iterable[str]:
        values = self._take(key, default)
        if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
            raise self._wrong(key, Sentence("一组文字"))
        return values

    def entries(self, key: str) -> list[dict[str, Any]]:
        values = self._take(key, None)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._wrong(key, Sentence("一组表"))
        return values

    def lists(self, key: str) -> list[list[Any]]:
        values = self._take(key, None)
        if not isinstance(values, list) or not all(isinstance(value, list) for value in values):
            raise self._wrong(key, Sentence("一组行"))
        return values

    def choice(self, key: str, words: Sequence[str], default: str | None) -> str:
        value = self._take(key, default)
        if value not in words:
            raise self._wrong(key, Sentence("{words}之一", words="、".join(words)))
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

    def _wrong(self, key: str, allowed: Sentence) -> DeskError:
        return DeskError(Sentence("表样 {place} 的“{key}”应为{allowed}", place=self._place, key=key, allowed=allowed))
