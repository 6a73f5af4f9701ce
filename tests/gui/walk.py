"""How a person goes through the window without a mouse: to a programme, from field to field, from stage to stage."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from jinan_desk.core.measure import Programme
from jinan_desk.gui.choice_control import ChoiceControl
from jinan_desk.gui.flag_control import FlagControl
from jinan_desk.gui.programme_desk import ProgrammeDesk
from jinan_desk.measures import find
from jinan_desk.services.entry import ON, Entry, of_case
from tests.gui.conftest import Hall

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOST = 120
_FLAGS = {"是": "y", "否": "n"}


def programme_of(code: str) -> Programme:
    found = find(code)
    assert found is not None
    return found[1]


def example_of(code: str) -> Entry:
    """An entry of the programme that comes to an eligible case, from its own examples."""
    programme = programme_of(code)
    example = next(one for one in programme.examples if one.outcome == "eligible")
    return of_case(programme, example.on, example.facts)


def go(hall: Hall, code: str) -> ProgrammeDesk:
    """Ctrl+G, the code, Enter."""
    hall.press(Qt.Key.Key_G, CONTROL)
    hall.settle()
    hall.keys(code)
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    assert hall.desk.programme.code == code
    return hall.desk


def begin(hall: Hall, code: str) -> ProgrammeDesk:
    """A new case of the programme."""
    desk = go(hall, code)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    return desk


def reach(hall: Hall, key: str) -> None:
    """Tab until the field of that key has the focus."""
    box = hall.desk.editor.form.box(key)
    assert box is not None
    tab_to(hall, box.control)


def tab_to(hall: Hall, widget: QWidget) -> None:
    """Tab until the widget has the focus."""
    for _ in range(_MOST):
        if hall.focus is widget:
            return
        hall.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {widget}")


def put(hall: Hall, text: str) -> None:
    """Fill in the field that has the focus, and go on with Enter."""
    focus = hall.focus
    if isinstance(focus, FlagControl) and text:
        hall.keys(_FLAGS[text])
    elif isinstance(focus, ChoiceControl):
        for _ in range(focus.count()):
            if focus.currentData() == text:
                break
            hall.press(Qt.Key.Key_Down)
        assert focus.currentData() == text
    elif text:
        hall.press(Qt.Key.Key_A, CONTROL)
        hall.keys(text)
    hall.press(Qt.Key.Key_Return)


def fill_in(hall: Hall, entry: Entry) -> None:
    """Type a whole entry: the day, every field in turn, and the lines of the roster cell by cell."""
    desk = hall.desk
    keys = [ON, *(field.key for field in entry.programme.shape.fields)]
    reach(hall, ON)
    for key in keys:
        box = desk.editor.form.box(key)
        assert hall.focus is box.control, key
        put(hall, entry.on if key == ON else entry.texts.get(key, ""))
    if entry.lines:
        type_lines(hall, entry)
    hall.settle()


def type_lines(hall: Hall, entry: Entry) -> None:
    """The roster's lines, Enter after each cell; the cursor begins in the first field of the first line."""
    roster = hall.desk.editor.roster
    assert roster is not None
    tab_to(hall, roster.grid)
    for line in entry.lines:
        for text in line.texts:
            cell = QPersistentModelIndex(roster.grid.currentIndex())
            if text in _FLAGS:
                hall.keys(_FLAGS[text])
            else:
                if text:
                    hall.keys(text)
                hall.press(Qt.Key.Key_Return)
                QCoreApplication.processEvents()  # a cell is taken over in the next turn
            assert cell.data(Qt.ItemDataRole.EditRole) == text, (cell.row(), cell.column())


def save(hall: Hall) -> None:
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert not hall.desk.editor.dirty, hall.window.status.text
