"""Opening workbooks of strangers: bounded before a cell is read, and every failure of a reader turned into a sentence.

A few kilobytes can claim billions of cells or unpack to gigabytes; honest workbooks stay far below these bounds.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.exchange.expansion import is_inflated, may_hold_strings
from jinan_desk.exchange.slices import length_of

FILE_LIMIT = 100 * 2**20
UNPACKED_LIMIT = 200 * 2**20
RATIO_LIMIT = 200
RATIO_COUNTS_FROM = 2**20
PARTS_LIMIT = 2000
CELLS_LIMIT = 20_000_000
_PIECE = 2**20

_PLACE = re.compile(rb"""r(?<=\sr)\s*=\s*["']([A-Z]{0,3})([0-9]{1,9})["']""")  # where a cell or a row says that it is
_BEGUN = re.compile(rb"""\sr\s*(?:=\s*(?:["'][A-Z]{0,3}[0-9]{0,9})?)?\Z""")
_BOOK = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true)["']""")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of workbooks with a password
_ZIP, _ENTRY = b"PK\x03\x04", b"PK\x01\x02"
_DIRECTORY = 8 * 2**20  # bytes: honest directories of parts are far shorter

Cell = Any
"""What a cell holds: text, number (always a float), yes or no, date, time; "" where it is empty."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and its cells from A1 on; rows are equally long."""

    name: str
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Stream:
    """A sheet that may be too long to hold: how many rows it has, and their cells from A1 on, to be read once."""

    name: str
    height: int
    rows: Iterator[list[Cell]]


class Workbook:
    """An opened workbook; sheets are read one at a time.

    `counts_from_1904`: the serial numbers of its days do not count from 1900, as those of nearly all workbooks do.
    """

    def __init__(self, book: python_calamine.CalamineWorkbook, *, counts_from_1904: bool = False) -> None:
        self._book = book
        self.names: list[str] = list(book.sheet_names)
        self.counts_from_1904 = counts_from_1904

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. Raises DeskError where it cannot be read."""
        try:
            return Sheet(name, self._book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        except BaseException as error:  # noqa: BLE001  (a panic of the reader is no Exception)
            raise _unreadable(error) from None

    def stream(self, name: str) -> Stream:
        """The sheet of that name, row by row. Raises DeskError where it cannot be read; so may asking for a row."""
        try:
            sheet = self._book.get_sheet_by_name(name)
        except BaseException as error:  # noqa: BLE001  (as above)
            raise _unreadable(error) from None
        indent = [""] * sheet.start[1] if sheet.start else []
        return Stream(name, sheet.end[0] + 1 if sheet.end else 0, _rows(sheet, indent))


def _rows(sheet: python_calamine.CalamineSheet, indent: list[Cell]) -> Iterator[list[Cell]]:
    """The rows, each from column A on. Raises DeskError where a cell is what it cannot be: a time of a billion days."""
    try:
        for row in sheet.iter_rows():
            yield indent + row
    except BaseException as error:  # noqa: BLE001  (as above)
        raise _unreadable(error) from None


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file at the path, to be read. Raises DeskError where it cannot be, or is larger than the bounds."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise too_large()
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _not_opened(error) from None


def open_workbook(path: Path) -> Workbook:
    """The workbook at the path (.xlsx .xlsm .xls .xlsb .ods), by its name or, where that is another's, by what it is.

    Raises DeskError where it cannot be read, is larger than the bounds, or is protected by a password.
    """
    with opened(path) as file:
        return _opened(file, lambda: _loaded(path, file))


def _loaded(path: Path, file: BinaryIO) -> python_calamine.CalamineWorkbook:
    """By its path first: then the reader keeps no copy of the file."""
    try:
        return python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError:
        raise
    except BaseException as error:
        if not isinstance(_unreadable(error), DeskError):
            raise
    file.seek(0)
    return python_calamine.CalamineWorkbook.from_filelike(file)


def open_content(file: BinaryIO) -> Workbook:
    """The workbook that is read from there, under the same bounds; the reader keeps a copy of the file. Raises
    DeskError as `open_workbook` does."""
    try:
        return _opened(file, lambda: python_calamine.CalamineWorkbook.from_filelike(file))
    except OSError:  # how bzip2 says that its stream is broken
        raise damaged() from None


@contextmanager
def unpacking(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The container, its parts not yet bounded but for their number. Raises DeskError where there are too many of them,
    or it is nonsense: also where that shows only while a part is read."""
    try:
        if _has_many_parts(file):
            raise too_large()
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):  # all for a container of nonsense
        raise damaged() from None


def _has_many_parts(file: BinaryIO) -> bool:
    """By the entries near its end: the library would make something of each before it says how many there are."""
    file.seek(max(0, length_of(file) - _DIRECTORY))
    return sum(piece.count(_ENTRY) for piece in iter(lambda: file.read(_PIECE), b"")) > PARTS_LIMIT


def _opened(file: BinaryIO, load: Callable[[], python_calamine.CalamineWorkbook]) -> Workbook:
    file.seek(0)
    start = file.read(8)
    counts_from_1904 = False
    if start.startswith(_ZIP):
        with unpacking(file) as archive:
            _bound(archive)
            counts_from_1904 = _counts_from_1904(archive)
    elif start != _OLD:
        raise _not_a_workbook()
    file.seek(0)
    try:
        return Workbook(load(), counts_from_1904=counts_from_1904)
    except BaseException as error:  # noqa: BLE001  (as above)
        raise _unreadable(error) from None


def _bound(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, counting: what a part says about its size may be a lie."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS_LIMIT or unpacked > UNPACKED_LIMIT or any(map(_is_bomb, parts)):
        raise too_large()
    if len({part.filename for part in parts}) < len(parts):
        raise damaged()
    tags = 0
    holding = []
    for part in parts:
        cells, tags_of_part, strings = _extent(part_content(archive, part))
        if cells > CELLS_LIMIT:  # whatever its name: a sheet may have any
            raise too_large()
        tags += tags_of_part
        holding += [part.filename] * strings
    if is_inflated(archive, tags, holding):
        raise too_large()


def part_content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part piece by piece: no longer than it said, and its checksum fits. Raises BadZipFile otherwise."""
    try:
        with archive.open(part) as content:
            while piece := content.read(_PIECE):
                yield piece
    except (RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise zipfile.BadZipFile(str(error)) from None


def _counts_from_1904(archive: zipfile.ZipFile) -> bool:
    return _BOOK in archive.namelist() and _FROM_1904.search(archive.read(_BOOK)) is not None


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > RATIO_LIMIT * part.compress_size


def _extent(sheet: Iterable[bytes]) -> tuple[int, int, bool]:
    """How many cells the smallest block from A1 on has that holds all cells of the sheet, how many tags it has, and
    whether it may hold shared strings. Nothing is looked at twice, however long a text or a tag is."""
    width = height = tags = 0
    strings = False
    rest = end = b""
    for piece in sheet:
        tags += piece.count(b"<")
        strings = strings or may_hold_strings(piece) or may_hold_strings(end + piece[:2])
        end = piece[-2:]
        text = rest + piece
        places = _PLACE.findall(text)
        width = max(width, *map(_column, set(map(itemgetter(0), places))), 0)
        height = max(height, *map(int, set(map(itemgetter(1), places))), 0)
        rest = _unfinished(text)
    return width * height, tags, strings


def _unfinished(text: bytes) -> bytes:
    """What at the end of the text may be the beginning of a place that goes on in the next piece, however many blanks
    part it."""
    begun = max(0, text.rfind(b"r") - 1)
    return b" " + b"".join(text[begun:].split()) if _BEGUN.match(text, begun) else text[-1:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _unreadable(error: BaseException) -> BaseException:
    """What to raise for what calamine raised: its panics are no `Exception`, interruptions are not its.

    What it prints of a panic, its own source's place and a few words, goes past Python to the process's stderr, where
    there is one: the window has none. To turn that away meanwhile would turn it away for all threads, Python's own
    errors included, and a process of its own for each file would cost more than most files do to read.
    """
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
        return error
    if isinstance(error, python_calamine.PasswordError):
        return DeskError(Sentence(N_("工作簿设有密码，请先解除密码后再读入")))
    return damaged()


def damaged() -> DeskError:
    """The file is no workbook any more."""
    return DeskError(Sentence(N_("文件已损坏或不完整，请重新获取该文件；没有读入任何内容")))


def too_large() -> DeskError:
    """The file is larger, or claims to be, than any that an office makes."""
    return DeskError(Sentence(N_("文件过大或内容异常，未予读入；没有读入任何内容")))


def _not_opened(error: OSError) -> DeskError:
    return DeskError(Sentence(N_("文件打不开：{why}"), why=reason(error)))


def _not_a_workbook() -> DeskError:
    return DeskError(Sentence(N_("文件不是 Excel 或 ODS 工作簿；没有读入任何内容")))
