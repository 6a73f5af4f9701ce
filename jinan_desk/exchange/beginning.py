"""The rows with which a sheet of an .xlsx begins, without unpacking what follows them.

They are what the program wrote there: texts that stand in their cells, row by row. A workbook that was saved again has
them elsewhere, and somebody's nonsense nowhere. No bound but that of length holds here, so that nothing is to be made
of what is found but to ask whether the rest should be read.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from typing import BinaryIO
from xml.parsers import expat

from jinan_desk.errors import DeskError
from jinan_desk.exchange.reading import part_content, unpacking

_PIECES = 4
"""Of a part that are read at most: megabytes."""

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET, _RELATION = "sheet", "Relationship"

_Start = Callable[[str, dict[str, str]], object]


class _Enough(Exception):  # noqa: N818  (reading may stop)
    pass


def beginning(file: BinaryIO, sheet: str, wanted: Callable[[str], bool]) -> list[list[str]]:
    """The cells of the rows that the sheet begins with, as long as their first cell is wanted. None of them where there
    is no such sheet, its texts are shared ones, or the container is nonsense."""
    rows: list[list[str]] = []
    with suppress(DeskError, KeyError, OSError), unpacking(file) as archive:
        _read(archive, _part_of(archive, sheet), rows, wanted)
    return rows


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds the sheet. Raises KeyError where there is none."""
    marks: dict[str, str] = {}
    targets: dict[str, str] = {}
    _listen(archive, _BOOK, lambda name, said: name == _SHEET and marks.update({said["name"]: said["id"]}))
    _listen(archive, _RELATIONS, lambda name, said: name == _RELATION and targets.update({said["Id"]: said["Target"]}))
    return posixpath.join("/xl", targets[marks[sheet]]).lstrip("/")


def _read(archive: zipfile.ZipFile, part: str, rows: list[list[str]], wanted: Callable[[str], bool]) -> None:
    cells: list[str] = []

    def start(name: str, said: dict[str, str]) -> None:
        if name == "row":
            cells.clear()
        elif name == "c":
            if said.get("t") == "s":
                raise _Enough
            cells.append("")

    def text(data: str) -> None:
        if cells:
            cells[-1] += data

    def end(name: str) -> None:
        if name == "row":
            if not cells or not wanted(cells[0]):
                raise _Enough
            rows.append(cells.copy())

    _listen(archive, part, start, end, text)


def _listen(
    archive: zipfile.ZipFile,
    part: str,
    start: _Start,
    end: Callable[[str], object] = lambda name: None,
    text: Callable[[str], object] = lambda data: None,
) -> None:
    """Tell of everything at the beginning of a part by its local name, until somebody has heard enough."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, said: start(
        name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in said.items()}
    )
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _stop  # entities may swell
    with suppress(_Enough, expat.ExpatError):
        for piece in islice(part_content(archive, archive.getinfo(part)), _PIECES):
            parser.Parse(piece, False)


def _stop(*_: object) -> None:
    raise _Enough
