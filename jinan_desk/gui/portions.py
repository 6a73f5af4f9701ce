"""Work over many cases on the store's thread, some at a time: between them others get their turn, and it can be
stopped."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from jinan_desk.gui.task import Worker


class Portions(QObject):
    """One piece of work at a time."""

    progressed = Signal(int, int)
    """So many of so many are done."""
    running_changed = Signal(bool)

    def __init__(self, store: Worker, owner: QObject) -> None:
        super().__init__(owner)
        self._store = store
        self._running = False
        self._given_up = False

    @property
    def running(self) -> bool:
        return self._running

    def run(
        self,
        numbers: array[int],
        work: Callable[[Sequence[int]], list[Any]],
        then: Callable[[list[Any], int], None],
        *,
        size: int,
    ) -> None:
        """Do the work on so many rows at a time; `then` is called with all that came of it, and how many rows were
        left when it was stopped."""
        assert not self._running
        self._given_up = False
        self._set_running(True)
        results: list[Any] = []

        def next_portion(done: int) -> None:
            self.progressed.emit(done, len(numbers))
            if done >= len(numbers) or self._given_up:
                self._set_running(False)
                then(results, len(numbers) - done)
                return
            portion = numbers[done : done + size]

            def add(some: list[Any]) -> None:
                results.extend(some)
                next_portion(done + len(portion))

            self._store.ask(lambda: work(portion), add, owner=self, failed=self._fail)

        next_portion(0)

    def give_up(self) -> None:
        """Stop after the rows that are being worked on."""
        self._given_up = True

    def _fail(self, error: Exception) -> None:
        self._set_running(False)
        raise error

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.running_changed.emit(running)
