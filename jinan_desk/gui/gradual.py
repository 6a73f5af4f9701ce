"""Work on what the window itself holds, done a little at a time: it can be handed to no thread, and what there is of it
may take longer than the window may answer nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_AT_ONCE, _IN_A_TURN = 0.03, 0.012
"""Seconds: what takes no longer is done before somebody goes on; of more, so much is done in every turn."""


class Gradual(QObject):
    """One piece of work at a time, the one that was asked for last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._then: Callable[[], None] = lambda: None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._go_on(_IN_A_TURN))

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def run(self, steps: Iterator[object], then: Callable[[], None]) -> None:
        """Take all these steps, and then do this; a piece of work before that is not done yet is given up."""
        self._steps, self._then = steps, then
        self._timer.start()
        self._go_on(_AT_ONCE)

    def _go_on(self, seconds: float) -> None:
        until = perf_counter() + seconds
        for _ in self._steps:
            if perf_counter() > until:
                return
        self._timer.stop()
        self._then()
