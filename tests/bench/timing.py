"""Timing two things alternately, so that whatever else the machine does falls on both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds a call of the floor and of ours: the median where the name says nothing else."""

    name: str
    floor_name: str
    floor: float
    ours: float

    def line(self) -> str:
        """One line: both times and how many times the floor ours takes."""
        return (
            f"{self.name:<46} {_time(self.ours):>10}   {self.floor_name:<38} {_time(self.floor):>10}"
            f"   {self.ours / self.floor:6.2f} ×   ({self.floor / self.ours:.3f} of its speed)"
        )


def side_by_side(
    name: str,
    ours: Callable[[], object],
    floor_name: str,
    floor: Callable[[], object],
    *,
    rounds: int,
    calls: int = 1,
    warm: bool = True,
    of: Callable[[Sequence[float]], float] = statistics.median,
    between: Callable[[], object] = lambda: None,
) -> Pair:
    """`rounds` times `calls` calls of each, in turn, after one round that does not count (`warm`); then one value `of`
    all rounds. What is called `between` two rounds takes time of nobody's."""
    if warm:
        _timed(floor, calls)
        _timed(ours, calls)
    times = []
    for _ in range(rounds):
        times.append((_timed(floor, calls), _timed(ours, calls)))
        between()
    return Pair(name, floor_name, of([t[0] for t in times]), of([t[1] for t in times]))


def hundredth(times: Sequence[float]) -> float:
    """What one in a hundred takes longer than."""
    return statistics.quantiles(times, n=100)[98]


def _timed(call: Callable[[], object], calls: int) -> float:
    begun = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - begun) / calls


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds * 1e9:.0f} ns"
