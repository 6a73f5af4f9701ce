"""A long piece of work on a thread of its own tells how far it is, ends with its owner, and leaves no thread behind."""

from __future__ import annotations

import threading
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QObject

from jinan_desk.gui.errand import Errand

pytestmark = pytest.mark.usefixtures("qapp")


def threads(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_it_tells_how_far_it_is_and_what_came_of_it(qtbot):
    owner, told, came = QObject(), [], []
    errand = Errand("long", owner)
    errand.progressed.connect(lambda done, total: told.append((done, total)))
    errand.run(lambda progress, cancelled: [progress(n, 2) for n in (1, 2)], came.append, failed=came.append)
    assert errand.running
    qtbot.waitUntil(lambda: bool(came))
    assert told == [(1, 2), (2, 2)]
    assert not errand.running
    assert threads("long") == []


def test_work_whose_owner_has_gone_stops_tells_nobody_and_leaves_no_thread(qtbot):
    """The guard: who ends the thread is not the owner. Without it the thread waits for ever for what nobody asks."""
    owner, came, begun = QObject(), [], Event()

    def work(progress, cancelled):
        begun.set()
        while not cancelled():
            progress(1, 2)

    errand = Errand("left", owner)
    errand.run(work, came.append, failed=came.append)
    begun.wait()
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: threads("left") == [])
    assert came == []
