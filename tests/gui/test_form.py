"""The sheet of a case: form and roster have all the room there is, and no hint is cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from jinan_desk.gui.answer_panel import AnswerPanel
from jinan_desk.gui.field_box import FieldBox
from jinan_desk.gui.line_control import LineControl
from jinan_desk.gui.pointers import WrappingButton
from jinan_desk.gui.symbol import Symbol
from tests.gui.walk import example_of

HINT = "Full name, as on the licence; blank if there is none"


def begin(hall, code, *, height=768):
    """A new case of the programme's example, in a window so high."""
    hall.window.resize(1366, height)
    hall.window.measures.show_article(int(code[:2]), code)
    hall.window.show_article(int(code[:2]))
    hall.desk.begin(example_of(code))
    hall.settle()
    return hall.desk.editor


def seen(editor, widget):
    """The widget's upper and lower edge on what is seen of the sheet, and how high that is."""
    view = editor.form.viewport()
    top = widget.mapTo(view, widget.rect().topLeft()).y()
    return top, top + widget.height(), view.height()


def test_a_long_roster_does_not_press_the_fields_above_it(hall):
    editor = begin(hall, "02A", height=560)
    boxes = editor.form.findChildren(FieldBox)
    assert len(boxes) > 8
    assert all(box.height() >= box.sizeHint().height() for box in boxes)
    assert editor.form.verticalScrollBar().maximum() > 0
    assert editor.roster.height() >= min(editor.form.viewport().height(), editor.roster.needed_height)


def test_going_to_a_row_shows_all_of_the_roster(hall):
    editor = begin(hall, "02A", height=560)
    editor.go_to("roster[0].name")
    top, bottom, height = seen(editor, editor.roster)
    assert top >= 0
    assert bottom <= height


def test_going_to_a_field_shows_it_and_the_next_case_is_read_from_its_beginning(hall):
    editor = begin(hall, "02A", height=560)
    editor.go_to("roster[0].name")
    assert editor.form.verticalScrollBar().value() > 0
    editor.go_to("applicant_name")
    top, bottom, height = seen(editor, editor.form.box("applicant_name"))
    assert 0 <= top < bottom <= height
    editor.go_to("roster[0].name")
    editor.draft.load(editor.draft.entry)
    assert editor.form.verticalScrollBar().value() == 0


def test_an_empty_field_says_as_many_clauses_of_its_hint_as_there_is_room_for(hall):
    hall.choose(6).start()
    control = hall.desk.editor.form.box("contact").control
    assert isinstance(control, LineControl)
    control.show_hint(HINT)
    said = []
    for width in (600, control.fontMetrics().horizontalAdvance("Full name, as on") + 24, 40):
        control.setFixedWidth(width)
        hall.settle()
        said.append(control.placeholderText())
    assert said == [HINT, "Full name", ""]


def test_a_symbol_stands_level_with_the_first_line_beside_it(hall):
    begin(hall, "12B")
    panel = hall.window.findChild(AnswerPanel)
    symbols = [symbol for symbol in hall.desk.answer.findChildren(Symbol) if symbol.isVisible()]
    assert panel is not None
    assert len(symbols) > 2
    for symbol in symbols:
        row = symbol.parentWidget()
        labels = [one for one in row.findChildren(QLabel) if one.isVisible() and one.text() and one.x() > symbol.x()]
        first = min(labels, key=lambda label: label.y())
        middle = first.y() + first.contentsMargins().top() + first.fontMetrics().height() / 2
        assert abs(symbol.geometry().center().y() + 0.5 - middle) <= 1, row


def test_links_to_what_is_missing_stand_level_too(hall):
    hall.choose(6).start()
    hall.settle()
    button = next(one for one in hall.desk.answer.findChildren(WrappingButton) if one.isVisible())
    symbol, label = button.findChild(Symbol), next(one for one in button.findChildren(QLabel) if one.text())
    assert abs(symbol.geometry().center().y() - (label.y() + label.height() / 2)) <= 1


def test_what_is_pasted_into_a_field_becomes_one_line(hall):
    """The guard: a cell of a spreadsheet ends in a line break, and a head of many lines would fill the window."""
    editor = begin(hall, "02B")
    control = editor.form.box("applicant_name").control
    control.setFocus()
    for copied, taken in (("济南历泉有限公司\r\n", "济南历泉有限公司"), ("济南历泉\n有限公司\t王\n", "济南历泉 有限公司 王")):
        QGuiApplication.clipboard().setText(copied)
        hall.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hall.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert (control.text(), editor.draft.text("applicant_name")) == (taken, taken)


def test_a_file_dialog_keeps_its_own_colours_beside_those_of_the_sidebar(hall):
    """The guard: the list of places in a file dialog of Qt is named "sidebar", too, and would be dark without words."""
    dialog = QFileDialog(hall.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    named = {part.objectName() for part in dialog.findChildren(QWidget)}
    assert hall.window.sidebar.objectName() not in named
