"""How much text the cells of a workbook come to, before a reader makes them: a table of shared strings, or a repeated
row, lets a few kilobytes stand for gigabytes, and a reader that runs out of memory takes the program along.

Counting exactly means parsing everything once more, so an upper bound is tried first: the longest shared string, as
often as there may be cells. Honest rosters stay below it. Of what may be read in more than one way the most is counted:
a reader is lenient, and whoever wants to swell is not bound to what honest programs write. The old .xls is not looked
into.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import zip_longest
from xml.parsers import expat

TEXT_LIMIT = 200 * 2**20
"""Characters in all cells of a workbook."""

_SHARED = re.compile(rb"[<:]si[\s/>]")
_STRING_END = re.compile(rb"</(?:\w+:)?si\s*>")
_MARKUP = b"<!"  # a comment or a section may hide the end of a string
_CELL = re.compile(rb"[<:](?:c|row|table-row)[\s/>]")
_TAGS_OF_A_CELL = 2  # c and v
_ODS = "content.xml"
_STRING_RECORD, _CELL_RECORD = 19, 7  # BrtSSTItem and BrtCellIsst (MS-XLSB 2.4)


def may_hold_strings(text: bytes) -> bool:
    """Whether a shared string may begin in the text: a quick look, which is right where it says no."""
    return b"<si" in text or b":si" in text


def is_inflated(archive: zipfile.ZipFile, tags: int, holding: Sequence[str]) -> bool:
    """Whether the cells come to more than TEXT_LIMIT characters. `tags`: how many tags all parts have, closing ones
    included; `holding`: the names of the parts that may hold shared strings. Parts must be bounded before: some are
    read whole."""
    names = archive.namelist()
    binary = [archive.read(name) for name in names if name.lower().endswith(".bin")]
    total = _referred_binary(binary) + (_repeated(archive.read(_ODS)) if _ODS in names else 0)
    return total > TEXT_LIMIT or _is_inflated_by_strings(archive, tags, [archive.read(name) for name in holding])


def _is_inflated_by_strings(archive: zipfile.ZipFile, tags: int, holding: Sequence[bytes]) -> bool:
    strings = [part for part in holding if _SHARED.search(part)]
    if any(_MARKUP in part for part in strings):
        longest = max(map(len, strings))
    else:
        longest = max((len(piece) for part in strings for piece in _STRING_END.split(part)), default=0)
    if longest * (tags // (2 * _TAGS_OF_A_CELL)) <= TEXT_LIMIT:
        return False
    lengths = _longest_at_each_place(map(_lengths, strings))
    return sum(_referred(archive.read(name), lengths) for name in archive.namelist()) > TEXT_LIMIT


def _longest_at_each_place(tables: Iterable[Sequence[int]]) -> list[int]:
    """Which part is the table a reader settles, and there may be another one beside."""
    return list(map(max, zip_longest(*tables, fillvalue=0)))


def _lengths(part: bytes) -> list[int]:
    """The lengths of the shared strings, in their order, as far as they can be told."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    _parse(part, start, lambda name: None, text)
    return lengths


def _referred(part: bytes, lengths: list[int]) -> int:
    """The characters of the shared strings that the cells of a sheet stand for; too many where nobody can tell."""
    total = 0
    number = ""
    is_shared = is_value = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, is_shared, is_value
        if name == "c":
            is_shared = attributes.get("t") == "s"
        elif name == "v":
            number, is_value = "", True

    def text(data: str) -> None:
        nonlocal number
        if is_value:
            number += data

    def end(name: str) -> None:
        nonlocal total, is_value
        if name == "v":
            is_value = False
            place = _number(number)
            if is_shared and 0 <= place < len(lengths):
                total += lengths[place]
            _enough(total)

    with suppress(_TooMuch):
        if not _parse(part, start, end, text):
            return TEXT_LIMIT + 1
    return total


def _number(text: str) -> int:
    """The number of a string as lenient readers take it, -1 for none."""
    try:
        return int(text)
    except ValueError:
        return -1


def _repeated(part: bytes) -> int:
    """The characters of an .ods, repeated cells and rows as often as they are. A cell that holds something is some
    characters long whatever it holds; one that only has a style is none to a reader."""
    counted = _Repeated()
    with suppress(_TooMuch):
        if not _parse(part, counted.start, counted.end, counted.text):
            return TEXT_LIMIT + 1
    return counted.total


class _Repeated:
    """What was counted until now: all rows that ended, and of each open row and cell how long it is and how often it is
    there."""

    def __init__(self) -> None:
        self.total = 0
        self._rows: list[list[int]] = []
        self._cells: list[list[int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table-row":
            self._rows.append([0, _times(attributes, "table:number-rows-repeated")])
        elif name in _ODS_CELLS:
            self._cells.append([_length(attributes), _times(attributes, "table:number-columns-repeated")])

    def text(self, data: str) -> None:
        for cell in self._cells:
            if cell[0]:  # it holds something
                cell[0] += len(data)

    def end(self, name: str) -> None:
        if name == "table-row":
            length, times = self._rows.pop()
            self.total += length * times
            _enough(self.total)
        elif name in _ODS_CELLS:
            length, times = self._cells.pop()
            if self._rows:
                self._rows[-1][0] += length * times


_ODS_CELLS = ("table-cell", "covered-table-cell")
_OF_A_CELL = 32
"""Characters as which a cell counts beside its text: about the bytes that it takes."""


def _length(attributes: dict[str, str]) -> int:
    """That of a cell by what its tag says; 0 for one that holds nothing."""
    holds = any(key.rpartition(":")[2] == "value-type" for key in attributes)
    return _OF_A_CELL + sum(map(len, attributes.values())) if holds else 0


def _times(attributes: dict[str, str], name: str) -> int:
    return max(1, _number(attributes.get(name, "1")))


class _TooMuch(Exception):  # noqa: N818  (counting may stop)
    pass


def _enough(total: int) -> None:
    if total > TEXT_LIMIT:
        raise _TooMuch


def _parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> bool:
    """Tell of everything by its local name; whether all of it was told of: a lenient reader goes on where the parser
    breaks off. What breaks off and has no cells in it is no sheet."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        return _CELL.search(part) is None and _SHARED.search(part) is None
    return True


def _referred_binary(parts: list[bytes]) -> int:
    """The characters of the shared strings that the cells of an .xlsb stand for."""
    tables: list[list[int]] = []
    cells: list[int] = []
    for part in parts:
        lengths: list[int] = []
        for kind, start, end in _records(part):
            if kind == _STRING_RECORD:
                lengths.append((end - start) // 2)
            elif kind == _CELL_RECORD:
                cells.append(int.from_bytes(part[start + 8 : start + 12], "little"))
        tables.append(lengths)
    longest = _longest_at_each_place(tables)
    return sum(longest[place] for place in cells if place < len(longest))


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, beginning and end of each record's content; both kind and size are written in groups of seven bits."""
    place = 0
    while place < len(part):
        kind = part[place]
        place += 1
        if kind & 0x80 and place < len(part):
            kind = kind & 0x7F | part[place] << 7
            place += 1
        size = 0
        for shift in (0, 7, 14, 21):
            if place >= len(part):
                return
            size |= (part[place] & 0x7F) << shift
            place += 1
            if not part[place - 1] & 0x80:
                break
        yield kind, place, min(place + size, len(part))
        place += size
