"""What a bar chart shows and in which colours; drawing it is for `chart`, which takes long to import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours as `#23648f`, and the size of the page in points."""

    text: str
    muted: str
    line: str
    ground: str
    bars: tuple[str, ...]
    width: float = 320.0
    height: float = 200.0


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour; `name` stands in the legend."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart shows: for each name a bar of each series. `lying`: names stand at the left, bars grow right, and at
    their ends the values with so many `decimals`."""

    title: str
    names: Sequence[str]
    series: Sequence[Series]
    lying: bool = False
    decimals: int = 0
