"""Finding and reading a form file: what a block may say, and one clear sentence where a file says something else."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
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
from jinan_desk.documents.fonts import Style
from jinan_desk.documents.toml_fault import in_words
from jinan_desk.errors import DeskError


def find_form(name: str, programme: str, folders: Sequence[Path]) -> Path:
    """The file of a form: the programme's own before the generic one, an earlier folder before a later."""
    for stem in (f"{name}-{programme}", name):
        for folder in folders:
            path = folder / f"{stem}.toml"
            if path.is_file():
                return path
    raise DeskError(Sentence("没有这种表样：{form}", form=name))


def forms_in(folders: Sequence[Path]) -> list[Path]:
    """Every form there is, an earlier folder's before a later one's of the same name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return list(found.values())


_STEM = re.compile(r"(.+?)(?:-([0-9]{2}[A-Z]))?")


def parts_of(stem: str) -> tuple[str, str]:
    """The kind of paper and the programme's code in a form's file name; "" where it serves every programme."""
    match = _STEM.fullmatch(stem)
    assert match is not None, "no file name is empty"
    return match.group(1), match.group(2) or ""


def read_form(path: Path) -> Form:
    """Read and check a form file. Raises DeskError for the first thing that is wrong with it."""
    form, faults = examine(path)
    if form is None or faults:
        raise DeskError(faults[0])
    return form


def examine(path: Path) -> tuple[Form | None, list[Sentence]]:
    """The form of a file as far as it can be read (None: not at all), and everything that is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return None, [Sentence("表样打不开：{file}", file=str(path))]
    except UnicodeDecodeError:
        return None, [Sentence("表样 {file} 不是 UTF-8 编码，请另存为 UTF-8", file=path.name)]
    except tomllib.TOMLDecodeError as error:
        return None, [Sentence("表样写法有误：{file}，{error}", file=path.name, error=in_words(str(error)))]
    faults: list[Sentence] = []
    entry = _Entry(content, Sentence(path.stem), faults)
    blocks = [_block(block, path.stem, number, faults) for number, block in enumerate(entry.entries("block"), start=1)]
    form = Form(
        name=path.stem,
        paper=entry.text("name", ""),
        title=entry.text("title"),
        author=entry.text("author", "{office.name}"),
        orientation=entry.choice("orientation", ORIENTATIONS, "portrait"),
        size=entry.size("size") or SIZES["五号"],
        seam=entry.flag("seam", default=False),
        blocks=tuple(block for block in blocks if block is not None),
    )
    entry.finish()
    return form, faults


def _block(content: dict[str, Any], form: str, number: int, faults: list[Sentence]) -> Block | None:
    entry = _Entry(content, Sentence("{form} 第{number}块", form=form, number=number), faults)
    kind = entry.choice("kind", tuple(_READERS), None)
    if kind not in _READERS:
        return None
    entry.place = place = Sentence("{form} 第{number}块（{kind}）", form=form, number=number, kind=kind)
    block = _READERS[kind](entry, place, entry.text("when", ""))
    entry.finish()
    return block


def _title(entry: "_Entry", place: Sentence, when: str) -> Block:
    return TitleBlock(place, when, entry.text("text"), entry.text("subtitle", ""), entry.text("first", ""))


def _line(entry: "_Entry", place: Sentence, when: str) -> Block:
    return LineBlock(place, when, entry.text("left", ""), entry.text("right", ""))


def _text(entry: "_Entry", place: Sentence, when: str) -> Block:
    return TextBlock(
        place,
        when,
        text=entry.text("text"),
        each=entry.text("each", ""),
        style=STYLES.get(entry.choice("style", tuple(STYLES), "仿宋"), Style.LETTER),
        size=entry.size("size"),
        align=entry.choice("align", ALIGNMENTS, "left"),
        indent=entry.number("indent", 2),
        keep=entry.flag("keep", default=False),
        numbered=entry.flag("numbered", default=False),
    )


def _grid(entry: "_Entry", place: Sentence, when: str) -> Block:
    columns = tuple(entry.numbers("columns"))
    rows: list[tuple[CellSpec, ...]] = []
    covered = [0] * len(columns)  # rows that a cell from above still covers, by column
    even = True
    for row in entry.lists("rows"):
        cells = tuple(_cell(cell, place, entry.faults) for cell in row)
        rows.append(cells)
        if even:
            even = _covers(cells, covered)
            if not even:
                words = "表样 {place} 第{row}行的格数与列数（{columns}）不符"
                entry.faults.append(Sentence(words, place=place, row=len(rows), columns=len(columns)))
    if even and any(covered):
        entry.faults.append(Sentence("表样 {place} 有一格向下伸出了最后一行", place=place))
    return GridBlock(place, when, columns, tuple(rows), entry.number("height", 8), entry.flag("keep", default=False))


def _covers(cells: Sequence[CellSpec], covered: list[int]) -> bool:
    """Whether the cells of a row fill what the rows above leave free; `covered` then tells what the next one finds."""
    free = [column for column, left in enumerate(covered) if not left]
    covered[:] = [max(left - 1, 0) for left in covered]
    for cell in cells:
        own, free = free[: cell.across], free[cell.across :]
        if len(own) < cell.across or own[-1] - own[0] >= cell.across:
            return False
        for column in own:
            covered[column] = cell.down - 1
    return not free


def _cell(content: object, place: Sentence, faults: list[Sentence]) -> CellSpec:
    entry = _Entry({"text": content} if isinstance(content, str) else content, place, faults)
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
    return PairsBlock(
        place,
        when,
        of=entry.text("of"),
        across=entry.count("across", 2),
        label_width=entry.number("label_width", 33),
        known=entry.flag("known", default=False),
    )


def _table(entry: "_Entry", place: Sentence, when: str) -> Block:
    return TableBlock(
        place,
        when,
        of=entry.text("of"),
        columns=tuple(entry.texts("columns", ())),
        blank=tuple(entry.texts("blank", ())),
        heading=entry.text("heading", ""),
        numbered=entry.flag("numbered", default=True),
        sums=entry.flag("sums", default=False),
        filler=int(entry.number("filler", 0)),
        size=entry.size("size"),
    )


def _boxes(entry: "_Entry", place: Sentence, when: str) -> Block:
    boxes = []
    for content in entry.entries("boxes"):
        box = _Entry(content, place, entry.faults)
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
    return BoxesBlock(place, when, tuple(boxes), entry.number("label_width", 33))


def _closing(entry: "_Entry", place: Sentence, when: str) -> Block:
    return ClosingBlock(place, when, tuple(entry.texts("lines", None)), entry.number("left", 0))


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
    """A TOML table that is read key by key; what is left at the end nobody knows.

    What is wrong is added to `faults`, and something harmless is read in its place, so that the rest is looked at, too.
    """

    __slots__ = ("_content", "faults", "place")

    def __init__(self, content: object, place: Sentence, faults: list[Sentence]) -> None:
        self.place = place
        self.faults = faults
        self._content: dict[str, Any] = dict(content) if isinstance(content, dict) else {}
        if not isinstance(content, dict):
            self._wrong("block", Sentence("表"))

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._fitting(key, default, "", lambda value: isinstance(value, str), Sentence("文字")))

    def flag(self, key: str, *, default: bool) -> bool:
        allowed = Sentence("true 或 false")
        return bool(self._fitting(key, default, default, lambda value: isinstance(value, bool), allowed))

    def number(self, key: str, default: float) -> float:
        value: float = self._fitting(
            key, default, default, lambda value: type(value) in _NUMBERS and value >= 0, Sentence("不小于 0 的数")
        )
        return value

    def count(self, key: str, default: int) -> int:
        allowed = Sentence("不小于 1 的整数")
        return int(self._fitting(key, default, default, lambda value: type(value) is int and value >= 1, allowed))

    def numbers(self, key: str) -> list[float]:
        values: list[float] = self._fitting(
            key,
            None,
            [1.0],
            lambda values: isinstance(values, list) and values and all(type(v) in _NUMBERS and v > 0 for v in values),
            Sentence("一组大于 0 的数"),
        )
        return values

    def texts(self, key: str, default: Iterable[str] | None) -> Iterable[str]:
        values: Iterable[str] = self._fitting(key, default, (), _list_of(str), Sentence("一组文字"))
        return values

    def entries(self, key: str) -> list[dict[str, Any]]:
        values: list[dict[str, Any]] = self._fitting(key, None, [], _list_of(dict), Sentence("一组表"))
        return values

    def lists(self, key: str) -> list[list[Any]]:
        values: list[list[Any]] = self._fitting(key, None, [], _list_of(list), Sentence("一组行"))
        return values

    def choice(self, key: str, words: Sequence[str], default: str | None) -> str:
        allowed = Sentence("{words}之一", words="、".join(words))
        return str(self._fitting(key, default, default or "", lambda value: value in words, allowed))

    def size(self, key: str) -> float | None:
        return SIZES.get(self.choice(key, tuple(SIZES), None)) if key in self._content else None

    def finish(self) -> None:
        """Complain about keys that nobody read."""
        if self._content:
            unknown = "、".join(sorted(self._content))
            self.faults.append(Sentence("表样 {place} 有不认识的项：{keys}", place=self.place, keys=unknown))

    def _fitting(
        self, key: str, default: Any, instead: Any, fits: Callable[[Any], object], allowed: Sentence
    ) -> Any:
        """The key's value or its default (None: there must be one); `instead` where it does not fit."""
        value = self._content.pop(key, default)
        if value is None:
            self.faults.append(Sentence("表样 {place} 缺少“{key}”", place=self.place, key=key))
            return instead
        if fits(value):
            return value
        self._wrong(key, allowed)
        return instead

    def _wrong(self, key: str, allowed: Sentence) -> None:
        words = "表样 {place} 的“{key}”应为{allowed}"
        self.faults.append(Sentence(words, place=self.place, key=key, allowed=allowed))


_NUMBERS = (int, float)


def _list_of(kind: type) -> Callable[[Any], bool]:
    return lambda values: isinstance(values, list | tuple) and all(isinstance(value, kind) for value in values)
