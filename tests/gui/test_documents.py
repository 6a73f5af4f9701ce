"""Documents are ticked off beside the case, and those that lack are what a correction begins with."""

from PySide6.QtCore import Qt

from jinan_desk.gui.step_dialog import StepDialog
from jinan_desk.services.handed_in import DOCUMENTS, missing
from tests.gui.test_stages import CONTROL, enter_refund, save


def test_documents_are_ticked_undone_saved_and_asked_for(hall):
    desk = enter_refund(hall)
    lines = desk.documents.lines
    desk._side.setCurrentWidget(desk.documents)
    lines[0].tick.setFocus()
    hall.press(Qt.Key.Key_Space)
    hall.settle()
    assert desk.editor.draft.text("document.0.on") == "2020-03-20"
    hall.press(Qt.Key.Key_Z, CONTROL)
    assert not lines[0].tick.isChecked()
    desk.editor.draft.stack.redo()
    assert lines[0].tick.isChecked()
    assert desk._side.tabText(desk._side.indexOf(desk.documents)) == f"材料 1/{len(lines)}"
    save(hall)
    desks = hall.sitting.context.desk
    body = hall.sitting.store.wait(lambda: desks.cases.view(desk.editor.case)).revision.body
    assert [entry["name"] for entry in body[DOCUMENTS]] == [lines[0].fields.document.name]
    hall.step(1, asked=False)
    next(button for button in desk.editor.bar.stages if button.text() == "补正").click()
    hall.settle()
    dialog = hall.window.findChild(StepDialog)
    assert dialog.text.splitlines() == missing(desk.editor.saving.documents()[0])
    assert dialog.ok.isEnabled()
    dialog.accept()
    hall.come_back()
    assert desk.editor.stage == "补正"


def test_a_wrong_day_is_named_and_nothing_is_saved(hall):
    desk = enter_refund(hall)
    desk._side.setCurrentWidget(desk.documents)
    line = desk.documents.lines[0]
    line.tick.click()
    day = line.controls["document.0.on"]
    day.setFocus()
    day.selectAll()
    hall.keys("2020-13-01")
    save(hall)
    assert "材料" in hall.window.status.text
    assert desk.editor.dirty


def test_all_that_came_in_is_taken_by_two_keys(hall):
    desk = enter_refund(hall)
    hall.press(Qt.Key.Key_M, CONTROL)
    assert hall.focus is desk.documents.all
    hall.press(Qt.Key.Key_Return)
    assert all(line.here for line in desk.documents.lines)
    assert desk.editor.draft.text("document.0.on") == "2020-03-20"
    assert not desk.documents.all.isVisible()
    hall.press(Qt.Key.Key_Z, CONTROL)  # all at once
    assert not any(line.here for line in desk.documents.lines)
    assert desk.documents.all.isVisible()
    hall.press(Qt.Key.Key_M, CONTROL)
    assert desk._side.currentWidget() is desk.answer


def test_enter_ticks_a_document_and_goes_on_to_the_next(hall):
    desk = enter_refund(hall)
    hall.press(Qt.Key.Key_M, CONTROL)
    first, second = desk.documents.lines[:2]
    first.tick.setFocus()
    hall.press(Qt.Key.Key_Return)
    assert first.here
    assert hall.focus is second.tick
    assert not second.here
