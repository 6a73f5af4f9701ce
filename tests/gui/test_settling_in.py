"""What a window can stand without is brought in once it is there, and by whom."""

from __future__ import annotations

from threading import current_thread

from jinan_desk.gui import application


def test_pages_are_brought_in_on_the_thread_of_the_window(hall, monkeypatch):
    """The guard: `settle_in` has no other thread make classes of Qt, which takes a window down that is being drawn."""
    brought = []

    def bring_in():
        brought.append(current_thread())
        yield

    monkeypatch.setattr(application, "bring_in", bring_in)
    hall.sitting.settle_in(lambda name: hall.folder / name)
    hall.settle()
    assert brought == [current_thread()]
