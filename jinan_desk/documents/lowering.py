"""Rows of tables made lower where that saves a page with little on it. Lengths in points."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from math import inf

from jinan_desk.documents.band import Band, Listing

FEW = 12
"""Rows of a table that a paper of one page may have in it."""
SNUG = 1.5
"""Between a rule and the text of a row that is as low as can be."""


def height_of(part: Band | Listing) -> float:
    """What a part takes of a page at least, infinite for a table of many rows."""
    if isinstance(part, Band):
        return part.least if part.grows else part.height
    rows = _few_rows(part)
    sums = part.sums.height if part.sums is not None else 0.0
    return part.head.height + sum(band.height for band in rows) + sums if len(rows) <= FEW else inf


def lowered(parts: Sequence[Band | Listing], room: float) -> tuple[Band | Listing, ...]:
    """The parts as they are, or, where they are a little higher than the room and fit into it so, each row that much
    lower."""
    over = sum(map(height_of, parts)) - room
    if not 0 < over < inf:
        return tuple(parts)
    spare = sum(map(_spare_of, parts))
    return tuple(_lower(part, over / spare) for part in parts) if over <= spare else tuple(parts)


def _few_rows(listing: Listing) -> list[Band]:
    return [band for band, _ in islice(listing.rows(), FEW + 1)]


def _spare_of(part: Band | Listing) -> float:
    bands = [part] if isinstance(part, Band) else [part.head, *_few_rows(part)]
    return sum(map(_spare, bands))


def _spare(band: Band) -> float:
    """How much lower a band of one row can be; a box that is written in keeps its height, a gap half of it."""
    if band.grows or len(band.heights) != 1:
        return 0.0
    if not band.cells:
        return band.height / 2
    return max(band.height - max(cell.needed() for cell in band.cells) - 2 * SNUG, 0.0) if band.ruled else 0.0


def _lower(part: Band | Listing, share: float) -> Band | Listing:
    """A part with that share of what it can spare taken off."""
    if isinstance(part, Band):
        return _lower_band(part, share)

    def rows() -> Iterable[tuple[Band, tuple[int, ...]]]:
        return ((_lower_band(band, share), amounts) for band, amounts in part.rows())

    return replace(part, head=_lower_band(part.head, share), rows=rows)


def _lower_band(band: Band, share: float) -> Band:
    spare = _spare(band)
    return replace(band, heights=(band.height - share * spare,)) if spare else band
