"""Long work on what the window holds leaves the window its turns."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QObject

from jinan_desk.gui import gradual
from jinan_desk.gui.gradual import Gradual

pytestmark = pytest.mark.usefixtures("qapp")


def steps(count: int, told: list[object]) -> Iterator[None]:
    for number in range(count):
        told.append(number)
        yield


def turn_until_rest(work: Gradual) -> None:
    loop = QEventLoop()
    while work.running:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@pytest.fixture
def bit_by_bit(monkeypatch):
    """A turn has room for one step."""
    monkeypatch.setattr(gradual, "_AT_ONCE", 0.0)
    monkeypatch.setattr(gradual, "_IN_A_TURN", 0.0)


def test_short_work_is_done_at_once():
    owner, told = QObject(), []
    work = Gradual(owner)
    work.run(steps(3, told), lambda: told.append("done"))
    assert told == [0, 1, 2, "done"]
    assert not work.running


@pytest.mark.usefixtures("bit_by_bit")
def test_long_work_goes_on_in_later_turns():
    """The guard: no more is done in a turn than fits into it."""
    owner, told = QObject(), []
    work = Gradual(owner)
    work.run(steps(3, told), lambda: told.append("done"))
    assert told == [0]
    turn_until_rest(work)
    assert told == [0, 1, 2, "done"]


@pytest.mark.usefixtures("bit_by_bit")
def test_what_is_asked_for_last_takes_the_place_of_what_is_not_done():
    owner, told = QObject(), []
    work = Gradual(owner)
    work.run(steps(3, told), lambda: told.append("first"))
    work.run(steps(2, told), lambda: told.append("second"))
    turn_until_rest(work)
    assert told == [0, 0, 1, "second"]
