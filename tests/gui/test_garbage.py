"""Garbage is collected on the window's thread, whichever thread made it due."""

from __future__ import annotations

import gc
from threading import Thread, current_thread
from weakref import finalize

from PySide6.QtWidgets import QWidget

from jinan_desk.gui import garbage
from jinan_desk.gui.garbage import collected_here


class Circle(QWidget):
    """A widget that only a circle keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_a_widget_in_a_circle_is_taken_away_by_the_thread_of_the_window(qapp, qtbot, monkeypatch):
    """The guard: `collected_here`, without which the thread that makes most would collect."""
    monkeypatch.setattr(garbage, "_EVERY", 0)
    gone, kept = [], []

    def make_much() -> None:
        kept.extend([number] for number in range(10 * gc.get_threshold()[0]))

    with collected_here(qapp):
        finalize(Circle(), lambda: gone.append(current_thread()))
        busy = Thread(target=make_much)
        busy.start()
        busy.join()
        assert gone == []
        qtbot.waitUntil(lambda: gone != [])
    assert gone == [current_thread()]
