"""Choices side by side: every name can be read, or at least asked for."""

import pytest
from PySide6.QtWidgets import QPushButton

from jinan_desk.gui.segments import Segments

NAMES = ("Office", "Working days", "Backups", "Accounts", "Access log", "Keeping times", "Own data")


@pytest.fixture
def shown(qtbot):
    """Makes one of that width and answers its buttons."""
    made = []

    def show(width: int, *, wraps: bool) -> list[QPushButton]:
        segments = Segments(NAMES, wraps=wraps)
        made.append(segments)
        qtbot.addWidget(segments)
        segments.resize(width, segments.heightForWidth(width) if wraps else segments.sizeHint().height())
        segments.show()
        return segments.findChildren(QPushButton)

    return show


@pytest.mark.parametrize("width", [200, 350, 600])
def test_names_for_which_a_line_has_no_room_stand_on_more_of_them(shown, width):
    buttons = shown(width, wraps=True)
    assert [button.text() for button in buttons] == list(NAMES)
    assert len({button.y() for button in buttons}) > 1
    assert all(button.geometry().right() < width for button in buttons)
    assert all(button.geometry().bottom() < button.parentWidget().height() for button in buttons)
    assert not any(
        one.geometry().intersects(other.geometry()) for one in buttons for other in buttons if one is not other
    )


def test_on_one_line_the_longest_are_shortened_and_told_in_full(shown):
    buttons = shown(540, wraps=False)
    assert len({button.y() for button in buttons}) == 1
    assert max(button.geometry().right() for button in buttons) < 540
    assert [button.text() for button in buttons] != list(NAMES)
    assert [button.toolTip() for button in buttons] == list(NAMES)


def test_ends_are_round_where_a_line_begins_and_where_it_ends(shown):
    buttons = shown(350, wraps=True)
    for y in {button.y() for button in buttons}:
        line = [button.property("end") for button in buttons if button.y() == y]
        assert line == ["first", *[""] * (len(line) - 2), "last"] or line == ["only"]
