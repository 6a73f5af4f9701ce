"""A long piece of work on a thread of its own, that tells how far it is and can be given up."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from jinan_desk.gui.task import Worker

T = TypeVar("T")

Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]


class Errand(QObject):
    """One at a time. It ends with its owner: the work is told to stop, and nothing is called any more."""

    progressed = Signal(int, int)
    """So many of so many are done."""
    running_changed = Signal(bool)

    def __init__(self, name: str, owner: QObject) -> None:
        super().__init__(owner)
        self._name = name
        self._owner = owner
        self._worker: Worker | None = None
        self._given_up = Event()

    @property
    def running(self) -> bool:
        return self._worker is not None

    def run(
        self,
        work: Callable[[Progress, Cancelled], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[Exception], None],
    ) -> None:
        """Do the work: it is handed whom to tell how far it is, and whom to ask whether it is to stop."""
        assert self._worker is None
        given_up = Event()
        self._given_up = given_up
        self._owner.destroyed.connect(given_up.set)
        worker = Worker(self._name, failed)
        self._worker = worker
        self.running_changed.emit(True)
        worker.progressed.connect(self.progressed)  # it is there as long as the work is, this one perhaps is not
        worker.ask(
            lambda: work(worker.progressed.emit, given_up.is_set),
            lambda result: self._end(worker, then, result),
            owner=worker,  # it has to be ended also where the owner is gone by then
            failed=lambda error: self._end(worker, failed, error),
        )

    def give_up(self) -> None:
        """Tell the work to stop as soon as it asks."""
        self._given_up.set()

    def _end(self, worker: Worker, then: Callable[[Any], None], result: Any) -> None:
        worker.close()
        if isValid(self):
            self._worker = None
            self.running_changed.emit(False)
            then(result)
