"""How much text the cells of a workbook come to, before a reader makes them: a table of shared strings, or a repeated
row, lets a few kilobytes stand for gigabytes, and a reader that runs out of memory takes the program along.

Counting exactly means parsing everything once more, so an upper bound is tried first: the longest shared string, as
often as there may be cells. Honest rosters stay below it. The old .xls is not looked into.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from xml.parsers import expat

TEXT_LIMIT = 200 * 2**20
"""Characters in all cells of a workbook."""

_SHARED = re.compile(rb"[<:/]si[\s/>]")
_STRING_END = re.compile(rb"</(?:\w+:)?si\s*>")
_MARKUP = b"<!"  # a comment or a section may hide the end of a string
_BEGINNING = 4096
_TAGS_OF_A_CELL = 2  # c and v
_ODS = "content.xml"
_STRING_RECORD, _CELL_RECORD = 19, 7  # BrtSSTItem and BrtCellIsst (MS-XLSB 2.4)


def is_inflated(archive: zipfile.ZipFile, tags: int) -> bool:
    """Whether the cells come to more than TEXT_LIMIT characters. `tags`: how many tags all parts have, closing ones
    included. Parts must be bounded before: some are read whole."""
    names = archive.namelist()
    if _ODS in names:
        return _repeated(archive.read(_ODS)) > TEXT_LIMIT
    binary = [name for name in names if name.lower().endswith(".bin")]
    if binary:
        return _referred_binary([archive.read(name) for name in binary]) > TEXT_LIMIT
    shared = [name for name in names if _holds_strings(archive, name)]
    strings = [archive.read(name) for name in shared]
    if any(_MARKUP in part for part in strings):
        longest = max(map(len, strings))
    else:
        longest = max((len(piece) for part in strings for piece in _STRING_END.split(part)), default=0)
    if longest * (tags // (2 * _TAGS_OF_A_CELL)) <= TEXT_LIMIT:
        return False
    lengths = [length for part in strings for length in _lengths(part)]
    return sum(_referred(archive.read(name), lengths) for name in names if name not in shared) > TEXT_LIMIT


def _holds_strings(archive: zipfile.ZipFile, name: str) -> bool:
    """By what it begins with, not by its name, which may be any."""
    with archive.open(name) as part:
        return _SHARED.search(part.read(_BEGINNING)) is not None


def _lengths(part: bytes) -> list[int]:
    """The lengths of the shared strings, in their order."""
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
    """The characters of the shared strings that the cells of a sheet stand for."""
    total = 0
    number = ""
    is_shared = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, is_shared
        if name == "c":
            number, is_shared = "", attributes.get("t") == "s"

    def text(data: str) -> None:
        nonlocal number
        if is_shared:
            number += data

    def end(name: str) -> None:
        nonlocal total, is_shared
        if name == "c" and is_shared:
            place = number.strip()
            if place.isdecimal() and int(place) < len(lengths):
                total += lengths[int(place)]
            is_shared = False
            _enough(total)

    with suppress(_TooMuch):
        _parse(part, start, end, text)
    return total


def _repeated(part: bytes) -> int:
    """The characters of an .ods, repeated cells and rows as often as they are."""
    total = row = cell = 0
    times_row = times_cell = 1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, cell, times_row, times_cell
        if name == "table-row":
            row, times_row = 0, _times(attributes, "table:number-rows-repeated")
        elif name in ("table-cell", "covered-table-cell"):
            cell, times_cell = sum(map(len, attributes.values())), _times(attributes, "table:number-columns-repeated")

    def text(data: str) -> None:
        nonlocal cell
        cell += len(data)

    def end(name: str) -> None:
        nonlocal total, row, cell
        if name in ("table-cell", "covered-table-cell"):
            row += cell * times_cell if cell > _ATTRIBUTES_ONLY else 0
            cell = 0
        elif name == "table-row":
            total += row * times_row
            _enough(total)

    with suppress(_TooMuch):
        _parse(part, start, end, text)
    return total


_ATTRIBUTES_ONLY = 64
"""Characters: what a blank cell says about its style and how often it is there. The rest of a row is one such cell."""


def _times(attributes: dict[str, str], name: str) -> int:
    times = attributes.get(name, "1")
    return int(times) if times.isdecimal() else 1


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
) -> None:
    """Tell of everything by its local name. What is no XML is for the reader to refuse."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    with suppress(expat.ExpatError):
        parser.Parse(part, True)


def _referred_binary(parts: list[bytes]) -> int:
    """The characters of the shared strings that the cells of an .xlsb stand for."""
    lengths: list[int] = []
    cells: list[int] = []
    for part in parts:
        for kind, start, end in _records(part):
            if kind == _STRING_RECORD:
                lengths.append((end - start) // 2)
            elif kind == _CELL_RECORD:
                cells.append(int.from_bytes(part[start + 8 : start + 12], "little"))
    return sum(lengths[place] for place in cells if place < len(lengths))


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
