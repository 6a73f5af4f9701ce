"""A block of cells from the clipboard, as Excel and WPS put it there: rows by line, cells by tab, quotes where needed.

Texts are taken as they are; what they mean is for `services.entry`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from jinan_desk.core.field import Field
from jinan_desk.core.identity import compact

_BRACKETS = str.maketrans("", "", "*＊()（）:：")
_FEWEST_HEADS = 2


@dataclass(frozen=True, slots=True)
class Pasted:
    """Texts by line and column of the roster. `unknown` are heads that no field has; `headed`: there was a head row."""

    lines: tuple[dict[int, str], ...]
    headed: bool
    unknown: tuple[str, ...] = ()


def cells(text: str) -> list[list[str]]:
    """The rows of a clipboard text, without those that are blank."""
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t")
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def read_block(text: str, fields: Sequence[Field], *, column: int) -> Pasted:
    """The block, by its head row where it has one, else from `column` on; what reaches beyond is left out."""
    rows = cells(text)
    heads = _heads(rows[0], fields) if rows else {}
    if len(heads) >= _FEWEST_HEADS:
        unknown = tuple(cell for place, cell in enumerate(rows[0]) if cell and place not in heads)
        return Pasted(tuple(_picked(row, heads) for row in rows[1:]), headed=True, unknown=unknown)
    straight = {place: column + place for place in range(len(fields) - column)}
    return Pasted(tuple(_picked(row, straight) for row in rows), headed=False)


def _heads(row: Sequence[str], fields: Sequence[Field]) -> dict[int, int]:
    """Which column of the block is which column of the roster, by label, label with unit, or key."""
    names: dict[str, int] = {}
    for number, declared in enumerate(fields):
        for name in (declared.label, declared.label + declared.unit, declared.key):
            names.setdefault(_plain(name), number)
    return {place: names[_plain(cell)] for place, cell in enumerate(row) if _plain(cell) in names}


def _plain(text: str) -> str:
    return compact(text).translate(_BRACKETS).lower()


def _picked(row: Sequence[str], columns: dict[int, int]) -> dict[int, str]:
    return {columns[place]: cell for place, cell in enumerate(row) if place in columns}
