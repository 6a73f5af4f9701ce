"""Work beside the window: threads that take one piece after the other and hand the result back by signal.

Two of them stand beside the window. The first owns the store: every service call that reads or writes it is made there
and nowhere else, so that the window never waits for a disk. The second reckons: live answers and pictures of pages.
Neither touches a widget; what is to happen with a result is called on the window's thread, with one result a turn of
the event loop: between two of them the window answers keys and draws what the one before has changed. A thread has let
go of a piece of work before it tells that it is done: what only the work still held, a picture or a printer, then goes
on the window's thread as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")

QUIET = 3.0
"""Seconds in which nobody asks for anything, after which there is leisure."""

_GLANCE = 0.1
"""Seconds until whoever waits looks up."""

_TURN = QEvent.Type(QEvent.registerEventType())
_AFTER_DRAWING = Qt.EventPriority.LowEventPriority.value - 1
"""Qt asks widgets to draw themselves with its low priority."""


@dataclass(frozen=True, slots=True)
class _Task:
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    owner: QObject
    silent: bool = False
    """Nobody has asked for it, or somebody waits for it."""
    told: Callable[[], object] | None = None
    """What lets the one go on who waits for it."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    task: _Task
    result: Any = None
    error: Exception | None = None


def _outcome(task: _Task) -> _Outcome:
    """Do a piece of work."""
    try:
        return _Outcome(task, task.work())
    except Exception as error:  # noqa: BLE001  (handed on to the window's thread)
        return _Outcome(task, error=error)


class Worker(QObject):
    """A thread with a queue. `failed` takes what a piece of work raised where nobody else wants to know."""

    busy_changed = Signal(bool)
    progressed = Signal(int, int)
    """So many of so many are done: for work that tells of it, while it goes on."""
    _done = Signal()
    _turn = Signal()

    def __init__(self, name: str, failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self.at_leisure: Callable[[], None] = lambda: None
        """What to do on the thread once nobody has asked for anything for a while."""
        self._failed = failed
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._waiting = 0
        self._outcomes: SimpleQueue[_Outcome] = SimpleQueue()
        self._results: deque[_Outcome] = deque()
        self._done.connect(self._take)
        self._turn.connect(self._deliver_next)
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether anything was asked for that has not been delivered."""
        return self._waiting > 0

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work` on the thread, then call `then` with its result here; nothing is called once `owner` is gone."""
        self._waiting += 1
        if self._waiting == 1:
            self.busy_changed.emit(True)
        self._queue.put(_Task(work, then, failed, owner))

    def wait(self, work: Callable[[], T], *, meanwhile: Callable[[], object] = lambda: None) -> T:
        """Do `work` on the thread and wait for its result: only where there is no window yet, or none any more.
        `meanwhile` is called again and again until then."""
        done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()
        told = Event()

        def tell() -> None:
            try:
                done.put((work(), None))
            except BaseException as error:  # noqa: BLE001  (raised again where it is waited for)
                done.put((None, error))

        self._queue.put(_Task(tell, lambda result: None, None, self, silent=True, told=told.set))
        while not told.wait(_GLANCE):
            meanwhile()
        result, error = done.get()
        if error is not None:
            raise error
        return result  # type: ignore[return-value]

    def close(self) -> None:
        """Finish what was asked for and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (tell := self._do_next()) is not None:
            tell()

    def _do_next(self) -> Callable[[], object] | None:
        """Do what was asked for next, and answer what tells of it; None when it is enough."""
        task = self._next()
        if task is None:
            return None
        outcome = _outcome(task)
        if task.told is not None:
            return task.told
        self._outcomes.put(outcome)
        return self._done.emit

    def _next(self) -> _Task | None:
        """What was asked for next; None when it is enough. Nothing comes for a while: something for that."""
        with suppress(Empty):
            return self._queue.get(timeout=QUIET)
        try:
            self.at_leisure()
        except Exception as error:  # noqa: BLE001  (handed on to the window's thread)
            self._outcomes.put(_Outcome(_Task(self.at_leisure, lambda _: None, None, self, silent=True), error=error))
            self._done.emit()
        return self._queue.get()

    def _take(self) -> None:
        self._results.append(self._outcomes.get())
        if len(self._results) == 1:
            self._ask_for_turn()

    def _ask_for_turn(self) -> None:
        QCoreApplication.postEvent(self, QEvent(_TURN), _AFTER_DRAWING)

    def event(self, event: QEvent) -> bool:
        if event.type() != _TURN:
            return super().event(event)
        self._turn.emit()  # what a slot raises is taken as it is, what an event raises not by every version
        return True

    def _deliver_next(self) -> None:
        outcome = self._results.popleft()
        if self._results:  # before this one is delivered: it may wait in a loop of its own for an answer
            self._ask_for_turn()
        self._deliver(outcome)

    def _deliver(self, outcome: _Outcome) -> None:
        task = outcome.task
        if not task.silent:
            self._waiting -= 1
            if self._waiting == 0:
                self.busy_changed.emit(False)
        if not isValid(task.owner):
            return
        if outcome.error is None:
            task.then(outcome.result)
        else:
            (task.failed or self._failed)(outcome.error)
