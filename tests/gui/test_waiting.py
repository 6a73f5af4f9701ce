"""What opening the desk tells stands in a box until the window is there, and nobody can do anything meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar

from jinan_desk import app
from jinan_desk.gui.application import Sitting
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.gui.task import Worker
from jinan_desk.gui.waiting import News, Waiting


def boxes() -> list[Waiting]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Waiting) and widget.isVisible()]


def test_what_is_done_before_the_window_opens_is_shown(office, monkeypatch, tmp_path):
    """Guards: `meanwhile` in `Sitting.__enter__`, and the end of the box."""
    news, seen, drawn = News(), [], Event()
    show = news.show

    def show_and_look():
        show()
        for box in boxes():
            bar = box.findChild(QProgressBar)
            seen.append((box.findChild(QLabel).text(), bar.value(), bar.maximum(), bar.accessibleName()))
            drawn.set()

    monkeypatch.setattr(news, "show", show_and_look)

    @contextmanager
    def open_desk():
        news.tell("正在备份数据", 3, 10)
        assert drawn.wait(20)
        with app.open_desk(office, "苏敏") as desk:
            yield desk

    with Sitting(open_desk, Crashes(lambda error: tmp_path), Look(LIGHT), news=news):
        assert seen[0] == ("正在备份数据", 3, 10, "正在备份数据")
        assert boxes() == []


@pytest.mark.usefixtures("qapp")
def test_where_nothing_is_told_nothing_is_shown():
    with News() as news:
        news.show()
        assert boxes() == []


@pytest.mark.usefixtures("qapp")
def test_the_box_does_not_go_before_it_is_over():
    """Guard: `reject` in `Waiting`."""
    with News() as news:
        news.tell("正在升级数据", 0, 0)
        news.show()
        (box,) = boxes()
        box.close()
        assert boxes() == [box]
        news.tell("后来说的", 0, 0)
    assert boxes() == []
    with news:  # what was told last is not said the next time
        news.show()
    assert boxes() == []


@pytest.mark.usefixtures("qapp")
def test_whoever_waits_looks_up(monkeypatch):
    """Guard: `meanwhile` in `Worker.wait`."""
    monkeypatch.setattr("jinan_desk.gui.task._GLANCE", 0.001)
    looked = Event()
    worker = Worker("waiting", pytest.fail)
    assert isinstance(worker, QObject)
    try:
        assert worker.wait(lambda: looked.wait(20), meanwhile=looked.set)
    finally:
        worker.close()
