"""Boxes that are written in and signed, as they share the room of a page: higher where there is some, lower where that
saves a page, and parted so that no page is left nearly empty. Lengths in points."""

from collections.abc import Sequence
from dataclasses import replace

from jinan_desk.documents.band import Band

_MOST = 2.0
"""Times its own height that a box may be made higher."""


def shared(boxes: Sequence[Band], room: float) -> list[Band] | None:
    """The boxes as high as the room allows, None where it is too little for them."""
    wanted, least = sum(box.height for box in boxes), sum(box.least for box in boxes)
    if wanted <= room:
        factor = min(room / wanted, _MOST)
        return [_as_high(box, box.height * factor) for box in boxes]
    if least > room:
        return None
    part = (room - least) / (wanted - least)
    return [_as_high(box, box.least + (box.height - box.least) * part) for box in boxes]


def parted(boxes: Sequence[Band], room: float, height: float) -> int:
    """How many of the boxes stay where there is `room`, so that this page and the next, which has `height`, are left
    as little empty as can be."""
    fitting = [count for count in range(len(boxes)) if sum(box.least for box in boxes[:count]) <= room]
    return min(fitting, key=lambda count: (round(_empty(boxes[:count], room) + _empty(boxes[count:], height)), -count))


def _empty(boxes: Sequence[Band], room: float) -> float:
    return max(room - _MOST * sum(box.height for box in boxes), 0.0)


def _as_high(box: Band, height: float) -> Band:
    return replace(box, heights=(height,))
