"""The line in which somebody searches: what may be looked for is said whole, or in short."""

from __future__ import annotations

import pytest

from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.gui.search_line import SearchLine


@pytest.fixture
def line(qtbot):
    made = SearchLine(Look(LIGHT), "Name, initials, ID ending, number", "Find cases")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_hint_that_has_no_room_gives_way_to_the_name_of_the_line(line):
    line.resize(line.room_for_hint, line.height())
    assert line.placeholderText() == "Name, initials, ID ending, number"
    wide = line.room_for_hint
    line.resize(wide // 2, line.height())
    assert line.placeholderText() == "Find cases"
    assert line.room_for_hint == wide
    line.resize(wide, line.height())
    assert line.placeholderText() == "Name, initials, ID ending, number"
