"""Rows made lower where that saves a page."""

from __future__ import annotations

from jinan_desk.documents.band import Band, Cell, Listing, Type
from jinan_desk.documents.fonts import Style
from jinan_desk.documents.lowering import SNUG, height_of, lowered
from jinan_desk.documents.typeset import Line

_TYPE = Type(Style.TABLE, 10, 14)


def row(height: float = 24.0) -> Band:
    return Band((height,), (Cell(0, 100, "一", (Line("一", 1, last=True),), _TYPE),), ruled=True)


def table(rows: int) -> Listing:
    return Listing(row(), lambda: ((row(), ()) for _ in range(rows)))


def test_rows_give_just_what_is_over_and_none_less_than_its_text_needs():
    parts = lowered([row(), Band((8.0,), ()), table(2)], 90.0)
    assert round(sum(map(height_of, parts)), 6) == 90.0
    assert all(height_of(part) >= 14 + 2 * SNUG for part in parts if isinstance(part, Band) and part.cells)


def test_what_fits_stays_as_it_is():
    parts = [row(), row()]
    assert lowered(parts, 48.0) == tuple(parts)


def test_what_would_be_on_two_pages_all_the_same_stays_as_it_is():
    parts = [row(), row()]
    assert lowered(parts, 30.0) == tuple(parts)
    long = [table(13)]
    assert lowered(long, 340.0) == tuple(long)


def test_a_box_that_is_written_in_keeps_its_height():
    box = Band((60.0,), row().cells, ruled=True, grows=True, least=45.0)
    lower, kept = lowered([row(), box], 66.0)
    assert isinstance(lower, Band)
    assert lower.height == 21.0
    assert kept == box
