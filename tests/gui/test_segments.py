"""Choices side by side: every name can be read, or at least asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from jinan_desk.gui.even_lines import even_lines, lines_side_by_side
from jinan_desk.gui.segments import Segments

NAMES = ("Office", "Working days", "Backups", "Accounts", "Access log", "Keeping times", "Own data")


@pytest.fixture
def shown(qtbot):
    """Makes one of that width and answers its buttons."""
    made = []

    def show(width: int, *, wraps: bool, names: Sequence[str] = NAMES) -> list[QPushButton]:
        segments = Segments(names, wraps=wraps)
        made.append(segments)
        qtbot.addWidget(segments)
        segments.resize(width, segments.heightForWidth(width))
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


@pytest.mark.parametrize("lines", [2, 3])
def test_side_by_side_names_for_which_a_line_has_no_room_take_several(shown, lines):
    names = ("10A Subsidy for small enterprises hiring", "10B Subsidy for flexible employment", "10D Traineeship")
    buttons = shown(Segments(names).width_for(lines), wraps=False, names=names)
    assert len({button.y() for button in buttons}) == 1
    assert [button.text().replace("\n", " ") for button in buttons] == list(names)
    assert max(button.text().count("\n") + 1 for button in buttons) == lines
    height = buttons[0].parentWidget().height()
    assert {button.height() for button in buttons} == {height}
    assert height >= lines * buttons[0].fontMetrics().lineSpacing()
    assert buttons[0].parentWidget().heightForWidth(buttons[0].parentWidget().width()) == height


def test_what_is_cut_even_then_is_told_in_full(shown):
    buttons = shown(150, wraps=False)
    assert [button.text() for button in buttons] != list(NAMES)
    assert [button.toolTip() for button in buttons] == list(NAMES)


def test_a_name_is_parted_between_words_and_characters_into_lines_about_equally_long():
    assert even_lines("10A Subsidy for small enterprises", 2, len) == ["10A Subsidy for", "small enterprises"]
    assert even_lines("12C 就业扶贫车间补助（含期满）", 2, len) == ["12C 就业扶贫车", "间补助（含期满）"]
    assert even_lines("公益性岗位补贴（含）", 3, len) == ["公益性岗", "位补贴", "（含）"]
    assert even_lines("short", 3, len) == ["short"]


def test_no_evened_line_ends_within_a_day():
    assert even_lines("依据：“对2020年2月10日起一个月内复工”", 2, len) == ["依据：“对2020年2月10日", "起一个月内复工”"]
    assert even_lines("每人（截至2020年2月9日）", 2, len) == ["每人（截至", "2020年2月9日）"]


def test_ends_are_round_where_a_line_begins_and_where_it_ends(shown):
    buttons = shown(350, wraps=True)
    for y in {button.y() for button in buttons}:
        line = [button.property("end") for button in buttons if button.y() == y]
        assert line == ["first", *[""] * (len(line) - 2), "last"] or line == ["only"]


def test_the_focus_goes_along_when_another_is_taken_by_the_program(qtbot):
    segments = Segments(NAMES)
    qtbot.addWidget(segments)
    first, second, *_ = segments.findChildren(QPushButton)
    first.setFocus()
    segments.show_picked(1)
    assert segments.focusWidget() is second


def test_the_focus_stays_where_it_is_outside(qtbot):
    window = QWidget()
    segments, line = Segments(NAMES), QLineEdit()
    for part in (segments, line):
        part.setParent(window)
    qtbot.addWidget(window)
    line.setFocus()
    segments.show_picked(1)
    assert window.focusWidget() is line


def test_names_that_need_fewer_lines_than_others_stand_on_fewer_where_there_is_room():
    names = ("22. Monitoring", "23. Unemployment risks")
    assert lines_side_by_side(names, 2, 26, len) == [["22.", "Monitoring"], ["23. Unemployment", "risks"]]
    assert lines_side_by_side(names, 2, 30, len) == [["22. Monitoring"], ["23. Unemployment", "risks"]]
    assert lines_side_by_side(names, 2, 36, len) == [["22. Monitoring"], ["23. Unemployment risks"]]
