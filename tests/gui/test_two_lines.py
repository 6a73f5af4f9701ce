"""Two groups on one line or on two, as often as the room changes."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton, QWidgetItem

from jinan_desk.gui.two_lines import TwoLines

pytestmark = pytest.mark.usefixtures("qapp")


WIDE, NARROW = 4000, 90


def handles() -> dict[int, QWidgetItem]:
    """The places in layouts that Python has a handle on; those of other windows may go at any time."""
    return {id(one): one for one in shiboken6.getAllValidWrappers() if isinstance(one, QWidgetItem)}


def test_going_from_one_line_to_two_leaves_no_handle_on_what_qt_has_deleted(qtbot):
    """The guard: `part` turns the layout instead of taking the groups out and in, at which PySide keeps a handle on
    every place in them, also when what stood there has long gone."""
    before = handles()
    bar = TwoLines(7)
    qtbot.addWidget(bar)
    bar.show()
    for wide in (WIDE, NARROW) * 3:
        button = QPushButton("a button of some length")
        for group in (bar.first, bar.second):
            group.addWidget(QPushButton("a button of some length"))
        bar.second.addWidget(button)
        bar.setFixedWidth(wide)
        QCoreApplication.processEvents()
        assert bar.in_two == (wide == NARROW)
        button.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert handles().keys() <= before.keys()
