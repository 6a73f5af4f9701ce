"""A text on a few lines that are about equally long."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PARTS = re.compile(
    r"[ ]*[（(“]*(?:\d{4}年\d{1,2}月\d{1,2}日|[\u3000-\u9fff]|[^\s\u3000-\u9fff（(“]+)[，。、；：）)”]*"
)
"""What stays together: a day, a Chinese character or another word, with what opens before it and closes behind it."""


def whole(text: str) -> str:
    """The text as one that no line ends in."""
    return "\u2060".join(text.replace(" ", "\u00a0"))


def even_lines(text: str, lines: int, measure: Callable[[str], int]) -> list[str]:
    """The text on at most so many lines, the widest of them as narrow as can be. `measure` answers how wide a text
    is."""
    parts = _PARTS.findall(text)
    if lines == 1 or "".join(parts) != text:
        return [text]
    widths = [(measure(part), measure(part.lstrip())) for part in parts]
    room = max(sum(whole for whole, _ in widths) // lines, *(bare for _, bare in widths))
    while len(starts := _starts(widths, room)) > lines:
        room += 1
    ends = [*starts[1:], len(parts)]
    return ["".join(parts[start:end]).lstrip() for start, end in zip(starts, ends, strict=True)]


def lines_side_by_side(
    names: Sequence[str], lines: int, room: int, measure: Callable[[str], int]
) -> list[list[str]]:
    """Each name on at most so many lines, and on fewer where all of them side by side have the room all the same.
    `room` is what the names alone may take."""
    told = [even_lines(name, lines, measure) for name in names]
    while True:
        left = room - sum(_widest(parts, measure) for parts in told)
        wider = [
            (_widest(fewer, measure) - _widest(parts, measure), place, fewer)
            for place, parts in enumerate(told)
            if len(parts) > 1
            for fewer in [even_lines(names[place], len(parts) - 1, measure)]
        ]
        more, place, fewer = min(wider, default=(left + 1, 0, []))
        if more > left:
            return told
        told[place] = fewer


def _widest(parts: Sequence[str], measure: Callable[[str], int]) -> int:
    return max(map(measure, parts), default=0)


def _starts(widths: Sequence[tuple[int, int]], room: int) -> list[int]:
    """The parts with which a line begins, each line as full as it gets; widths with what stands before a part, and
    without it at the beginning of a line."""
    starts: list[int] = []
    left = 0
    for place, (whole, bare) in enumerate(widths):
        if not starts or whole > left:
            starts.append(place)
            left = room - bare
        else:
            left -= whole
    return starts
