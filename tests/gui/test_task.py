"""Work beside the window comes back in order, one result a turn, and while a dialog waits for its answer, too."""

import gc
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread, current_thread
from weakref import finalize

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from jinan_desk.gui import task
from jinan_desk.gui.task import Worker

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def worker() -> Iterator[Worker]:
    failed: list[Exception] = []
    made = Worker("work", failed.append)
    yield made
    made.close()
    assert not failed


def ask(worker: Worker, owner: QObject, *results: Callable[[], object]) -> None:
    """Have all these results ready before the first of them is delivered."""
    for result in results:
        worker.ask(lambda: None, lambda _, result=result: result(), owner=owner)
    worker.wait(lambda: None)


def turn_until(done: Callable[[], object]) -> None:
    loop = QEventLoop()
    while not done():
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def test_results_come_in_the_order_in_which_they_were_asked_for(worker: Worker) -> None:
    owner, came = QObject(), []
    ask(worker, owner, *(lambda n=n: came.append(n) for n in range(50)))
    turn_until(lambda: not worker.busy)
    assert came == list(range(50))


class Seen(QWidget):
    """Tells when it is drawn."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._told.append("drawn")
        return super().event(event)


def test_between_two_results_the_window_takes_a_key_and_draws(worker: Worker, qtbot) -> None:
    """The guard: one result a turn, after what is to be drawn. Without it both come before the window hears or draws
    anything."""
    told: list[str] = []
    seen, line = Seen(told), QLineEdit()
    for widget in (seen, line):
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
    line.textEdited.connect(lambda text: told.append("key"))
    turn_until(lambda: "drawn" in told)
    told.clear()

    def first() -> None:
        told.append("first")
        seen.update()
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QCoreApplication.postEvent(line, key)

    ask(worker, seen, first, lambda: told.append("second"))
    turn_until(lambda: not worker.busy)
    assert told == ["first", "key", "drawn", "second"]


def test_a_result_that_waits_for_an_answer_lets_the_next_ones_in(worker: Worker) -> None:
    """The guard: the next turn is asked for before a result is delivered. Without it none comes while a dialog that a
    result has opened stands."""
    owner, told = QObject(), []

    def ask_person() -> None:
        told.append("asked")
        turn_until(lambda: "third" in told)
        told.append("answered")

    ask(worker, owner, ask_person, lambda: told.append("second"), lambda: told.append("third"))
    turn_until(lambda: not worker.busy and "answered" in told)
    assert told == ["asked", "second", "third", "answered"]


def test_what_is_asked_for_while_a_dialog_stands_comes_back_to_it(worker: Worker) -> None:
    owner, told = QObject(), []

    def ask_person() -> None:
        worker.ask(lambda: "read", told.append, owner=owner)
        turn_until(lambda: told)

    ask(worker, owner, ask_person)
    turn_until(lambda: not worker.busy)
    assert told == ["read"]


def test_nothing_comes_to_an_owner_that_went_with_the_result_before(worker: Worker) -> None:
    owner, other, told = QObject(), QObject(), []
    worker.ask(lambda: None, lambda _: shiboken6.delete(owner), owner=other)
    worker.ask(lambda: None, lambda _: told.append("to nobody"), owner=owner)
    worker.ask(lambda: None, lambda _: told.append("to another"), owner=other)
    turn_until(lambda: not worker.busy)
    assert told == ["to another"]


def test_an_error_is_told_and_the_next_result_comes_all_the_same(worker: Worker) -> None:
    owner, told = QObject(), []
    worker.ask(lambda: 1 // 0, told.append, owner=owner, failed=lambda error: told.append(type(error)))
    worker.ask(lambda: "read", told.append, owner=owner)
    turn_until(lambda: not worker.busy)
    assert told == [ZeroDivisionError, "read"]


def test_a_result_that_fails_where_it_is_taken_keeps_none_back(worker: Worker, qtbot) -> None:
    owner, told = QObject(), []
    with qtbot.captureExceptions() as raised:
        ask(worker, owner, lambda: 1 // 0, lambda: told.append("second"))
        turn_until(lambda: not worker.busy)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert told == ["second"]


def test_a_worker_ends_and_goes_in_its_own_last_result() -> None:
    owner, told = QObject(), []
    workers = [Worker("once", told.append)]

    def end(result: str) -> None:
        workers.pop().close()
        told.append(result)

    workers[0].ask(lambda: "done", end, owner=owner)
    turn_until(lambda: told)
    gc.collect()
    assert told == ["done"]


def test_what_was_asked_for_is_done_before_a_worker_ends() -> None:
    done: list[str] = []
    ending = Worker("ending", done.append)
    ending.ask(lambda: done.append("written"), lambda _: None, owner=QObject())
    ending.close()
    assert done == ["written"]


def test_when_nobody_has_asked_for_anything_for_a_while_there_is_leisure(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `_next`. Once, until somebody asks again."""
    monkeypatch.setattr(task, "QUIET", 0.001)
    done: SimpleQueue[str] = SimpleQueue()
    worker.at_leisure = lambda: done.put("leisure")
    for _ in range(2):
        worker.wait(lambda: None)
        assert done.get() == "leisure"
    assert done.empty()


def test_what_goes_wrong_at_leisure_is_told_and_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task, "QUIET", 0.001)
    failed: list[Exception] = []
    worker = Worker("work", failed.append)
    worker.at_leisure = lambda: 1 // 0
    worker.wait(lambda: None)
    turn_until(lambda: failed)
    assert isinstance(failed[0], ZeroDivisionError)
    assert worker.wait(lambda: 1) == 1
    assert not worker.busy
    worker.close()


class Held:
    """Something that only what was asked for holds; it tells which thread has taken it away."""

    def __init__(self, gone: list[Thread]) -> None:
        finalize(self, lambda: gone.append(current_thread()))

    def look(self, _: object = None) -> "Held | None":
        return None


def test_what_only_the_work_held_goes_on_the_thread_of_the_window(worker: Worker) -> None:
    """The guard: `_do_next`. Where the thread has its work in hand until the next one comes, it takes away what the
    window has let go of meanwhile."""
    owner, gone, came = QObject(), [], []
    worker.ask(Held(gone).look, came.append, owner=owner)
    worker.ask(lambda: None, Held(gone).look, owner=owner)
    worker.ask(lambda: Held(gone), came.append, owner=owner)
    turn_until(lambda: not worker.busy)
    came.clear()
    worker.wait(Held(gone).look)
    worker.wait(lambda: None)
    assert gone == [current_thread()] * 4
