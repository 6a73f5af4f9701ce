"""Bands onto pages: what stays together, what is torn and where, repeated heads, sums at the foot of a page."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import NamedTuple

from jinan_desk.documents.band import ALONE, MM, Band, Document, Listing, Sums, split
from jinan_desk.documents.lowering import FEW
from jinan_desk.documents.sharing import parted, shared

PAGE_SUM, RUNNING_SUM, TOTAL = "本页小计", "累计", "合计"
_TOGETHER = 4
"""So many rows are laid out before they are set: a table begins where there is room for them, or for one where they are
higher than a page."""
_BEGUN = 2
"""So many rows of a longer table begin on a page that would be left with much room."""
_MUCH = 0.15
"""Of a page, room that is not left empty before a table that can be torn."""
_LITTLE = 40 * MM
_LAST = 3
"""So many rows of a table stand on its last page, at least."""


class Placed(NamedTuple):
    """A band on a page, so many points below the top of the type area.

    An `added` one is there because of the page: a head that is repeated, a sum of the page.
    """

    y: float
    band: Band
    added: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, and what stands on it."""

    number: int
    bands: tuple[Placed, ...]


def pages(document: Document) -> Iterator[Page]:
    """The document's pages, one after the other; no more than one is held."""
    press = _Press(document.paper.area_height)
    kept: list[Band] = []
    boxes = _boxes_at_the_end(document)
    for number, part in enumerate(document.parts[: len(document.parts) - len(boxes)], start=1):
        if isinstance(part, Band):
            kept.append(part)
            if part.keep:
                continue
            yield from press.put(kept)
        else:
            yield from press.put_listing(kept, part, after=_end(document.parts[number:]))
        kept = []
    yield from press.put_boxes(kept, boxes) if boxes else press.put(kept)
    yield press.take()


def _end(parts: Sequence[Band | Listing]) -> float:
    """The height of what ends a paper after its last table, where that is little: who signs does not stand alone on a
    page. 0 where it is more, or not the end."""
    high = sum(part.height if isinstance(part, Band) and not part.grows else inf for part in parts)
    return high if high <= _LITTLE else 0.0


def _boxes_at_the_end(document: Document) -> list[Band]:
    boxes: list[Band] = []
    for part in reversed(document.parts):
        if not isinstance(part, Band) or not part.grows:
            break
        boxes.insert(0, part)
    return boxes


class _Press:
    """The page being filled."""

    __slots__ = ("_bands", "_height", "_number", "_y")

    def __init__(self, height: float) -> None:
        self._height = height + 0.01  # heights are sums of fractions
        self._number = 1
        self._bands: list[Placed] = []
        self._y = 0.0

    def take(self) -> Page:
        """The page as it stands; the next one is begun."""
        page = Page(self._number, tuple(self._bands))
        self._number += 1
        self._bands = []
        self._y = 0.0
        return page

    def put(self, bands: list[Band]) -> Iterator[Page]:
        """Put bands down that belong together: on one page if a page can hold them."""
        together = sum(band.height for band in bands[:-1]) + sum(_unbroken(band) for band in bands[-1:])
        if self._bands and not self._fits(together) and together <= self._height:
            yield self.take()
        for band in bands:
            yield from self._place(band)

    def put_boxes(self, above: list[Band], boxes: list[Band]) -> Iterator[Page]:
        """Put the boxes that end a paper down, after the bands that belong to the first. They share what is left of
        the page; where that is too little, those that go on to the next one are so many that it is not empty."""
        begin = sum(band.height for band in above) + boxes[0].least
        if self._bands and not self._fits(begin) and begin <= self._height:
            yield self.take()
        for band in above:
            yield from self._place(band)
        while boxes:
            room = self._height - self._y
            together = shared(boxes, room)
            if together is not None:
                self._set(*together)
                return
            count = parted(boxes, room, self._height)
            if not count and not self._bands:  # one that is higher than a page
                yield from self._place(boxes[0])
                boxes = boxes[1:]
                continue
            self._set(*(shared(boxes[:count], room) or ()) if count else ())
            yield self.take()
            boxes = boxes[count:]

    def put_listing(self, above: list[Band], listing: Listing, *, after: float) -> Iterator[Page]:
        """Put a table down after the bands that belong to it; its last rows stay with what follows, `after` points."""
        tally = _Tally(listing.sums)
        first = 0  # the page on which the table begins
        rows = iter(listing.rows())
        coming = deque(islice(rows, FEW + 1))  # one more tells whether the table is longer
        beginning = _high([*above, listing.head, *(row for row, _ in coming)])
        if len(coming) <= FEW and self._fits(beginning + tally.reserve / 2 + after):  # all of it, and its total
            self._set(*above, listing.head, *(row for row, _ in coming))
            for _, amounts in coming:
                tally.add(amounts)
            self._set(*tally.table_ends())
            return
        while coming:
            together = [row for row, _ in islice(coming, _TOGETHER)]
            band, amounts = coming[0]
            if not first:
                begin = [*above, listing.head]
                reserve = tally.reserve + (after if len(coming) < _TOGETHER else 0.0)
                torn = [*begin, *together[:_BEGUN]] if len(coming) > _TOGETHER else []
                if not self._begins([*begin, *together], len(begin) + 1, reserve, torn):
                    yield self.take()
                first = self._number
                self._set(*begin)
            elif not self._fits((_high(together) + after if len(coming) == _LAST else band.height) + tally.reserve):
                self._set(*tally.page_ends(), added=True)
                yield self.take()
                self._set(listing.head, added=True)
            yield from self._place(band, tally.reserve)
            tally.add(amounts)
            coming.popleft()
            coming.extend(islice(rows, 1))
        if first:
            if self._number > first:
                self._set(*tally.last_page_ends(), added=True)
            self._set(*tally.table_ends())
        else:
            yield from self.put([*above, listing.head])

    def _begins(self, bands: list[Band], fewest: int, reserve: float, torn: list[Band]) -> bool:
        """Whether a table begins on this page: with all of the bands if a page can hold them, else with the fewest;
        with those that are `torn` off where much of the page would be left empty."""
        if torn and self._height - self._y > _MUCH * self._height and self._fits(_high(torn) + reserve):
            return True
        for count in (len(bands), fewest):
            high = _high(bands[:count]) + reserve
            if high <= self._height:
                return self._fits(high)
        return not self._bands

    def _fits(self, height: float) -> bool:
        return self._y + height <= self._height

    def _set(self, *bands: Band, added: bool = False) -> None:
        for band in bands:
            if band.cells or self._bands:  # no gap at the top of a page
                self._bands.append(Placed(self._y, band, added))
                self._y += band.height

    def _place(self, band: Band, reserve: float = 0) -> Iterator[Page]:
        """Put one band down, on the next page if it fits only there, torn if it fits on none."""
        while not self._fits(band.height + reserve):
            torn = None
            if not band.ruled or band.height + reserve > self._height:
                torn = split(band, self._height - self._y - reserve)
            if torn is not None:
                self._set(torn[0])
                band = torn[1]
            elif not self._bands:
                break  # not even a line fits a whole page: nothing is lost by setting it
            yield self.take()
        self._set(band)


def _high(bands: list[Band]) -> float:
    return sum(band.height for band in bands)


def _unbroken(band: Band) -> float:
    """The height of a band's beginning that must not be torn."""
    text = band.cells[0] if band.cells and not band.ruled else None
    if text is None or len(text.lines) < 2 * ALONE:
        return band.height
    return ALONE * text.type.leading


class _Tally:
    """The sums at the foot of each page of a table, and at its end; nothing where a table has none."""

    __slots__ = ("_page", "_running", "_sums", "reserve")

    def __init__(self, sums: Sums | None) -> None:
        self._sums = sums
        self._page = _Sum()
        self._running = _Sum()
        self.reserve = 2 * sums.height if sums is not None else 0.0

    def add(self, amounts: tuple[int, ...]) -> None:
        self._page.add(amounts)
        self._running.add(amounts)

    def page_ends(self) -> Iterator[Band]:
        if self._sums is not None:
            yield self._sums.band(PAGE_SUM, self._page.amounts)
            yield self._sums.band(RUNNING_SUM, self._running.amounts)
            self._page = _Sum()

    def last_page_ends(self) -> Iterator[Band]:
        if self._sums is not None:
            yield self._sums.band(PAGE_SUM, self._page.amounts)

    def table_ends(self) -> Iterator[Band]:
        if self._sums is not None:
            yield self._sums.band(TOTAL, self._running.amounts)


class _Sum:
    """Amounts added up, column by column, in fen."""

    __slots__ = ("amounts",)

    def __init__(self) -> None:
        self.amounts: tuple[int, ...] = ()

    def add(self, amounts: tuple[int, ...]) -> None:
        self.amounts = tuple(map(sum, zip(self.amounts, amounts, strict=True))) if self.amounts else amounts
