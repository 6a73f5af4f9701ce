"""The heads of a table: in which row or two rows they stand, and what each column is, by label or key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from jinan_desk.core.field import Field
from jinan_desk.core.identity import compact

T = TypeVar("T")

HEAD_SEARCH = 20
"""How many rows from the top the head may stand in."""

FEWEST_HEADS = 2

_BRACKETS = str.maketrans("", "", "*()[]:")


def plain(cell: Any) -> str:
    """A head without brackets, stars and blanks: `入职日期*` and `入职 日期` are one."""
    return compact(cell).translate(_BRACKETS).casefold() if isinstance(cell, str) else ""


def names_of(field: Field) -> tuple[str, str, str]:
    """The plain heads that a column of the field may have."""
    return plain(field.label), plain(field.label + field.unit), plain(field.key)


def find_head(rows: Iterable[Sequence[Any]], names: Mapping[str, T], *, fewest: int) -> tuple[int, dict[int, T]]:
    """The index of the row with the most heads, and what each of its columns is named for; no columns where no row has
    at least the `fewest` heads. `names` are plain.
    """
    best: tuple[int, dict[int, T]] = (0, {})
    for index, row in zip(range(HEAD_SEARCH), rows, strict=False):
        heads = map(plain, row)
        found = {place: names[head] for place, head in enumerate(heads) if head in names}
        if len(found) > len(best[1]):
            best = index, found
    return best if len(best[1]) >= fewest else (0, {})


def find_tall_head(
    rows: Sequence[Sequence[Any]], names: Mapping[str, T], *, fewest: int
) -> tuple[int, int, dict[int, T]]:
    """The first and the last index of the head, and what each of its columns is named for, as `find_head`.

    A head of two rows has groups above (合同 over 起始日 and 截止日, the cells of a group merged) or cells that reach
    over both. It counts only where it names more columns than a single row.
    """
    index, columns = find_head(rows, names, fewest=fewest)
    best = index, index, columns
    for upper in range(min(len(rows), HEAD_SEARCH) - 1):
        found = _under(rows[upper], rows[upper + 1], names)
        if len(found) > len(best[2]) and len(found) >= fewest:
            best = upper, upper + 1, found
    return best


def _under(upper: Sequence[Any], lower: Sequence[Any], names: Mapping[str, T]) -> dict[int, T]:
    found: dict[int, T] = {}
    group = ""
    for place, cell in enumerate(lower):
        above, below = plain(upper[place]) if place < len(upper) else "", plain(cell)
        group = above or (group if below else "")  # only the first cell of those that were merged holds the text
        name = next((name for name in (group + below, below) if name in names), None)
        if name is not None:
            found[place] = names[name]
    return found
