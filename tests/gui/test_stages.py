"""What a stage leaves behind: its papers, and a history that tells what was changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jinan_desk.gui.print_dialog import PrintDialog
from tests.gui.test_entry_walk import REFUND

CONTROL = Qt.KeyboardModifier.ControlModifier


def enter(hall, article, *texts, programme=0):
    """Ctrl+N, a text in every field from the day on, Ctrl+S."""
    desk = hall.choose(article, programme)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    hall.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    hall.fill(*texts)
    hall.settle()
    return desk


def save(hall):
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()


def enter_refund(hall):
    desk = enter(hall, 6, *REFUND)
    hall.press(Qt.Key.Key_Down)
    save(hall)
    assert desk.editor.case
    return desk


def at(desk, stage, *steps):
    """The editor shows the stage and offers these steps in this order."""
    assert desk.editor.stage == stage
    assert tuple(button.text() for button in desk.editor.bar.stages) == steps


def test_what_is_not_accepted_ends_in_the_archive_and_its_paper_is_offered(hall):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    hall.step(3, "不属于本机构办理")
    at(desk, "不予受理", "归档")
    desk.editor.bar.papers[0].click()
    hall.settle()
    dialog = hall.window.findChild(PrintDialog)
    assert "不予受理" in dialog.forms.currentItem().text()
    assert dialog.preview is not None
    dialog.close()


def test_the_history_tells_what_was_changed(hall):
    desk = enter_refund(hall)
    desk.editor.form.box("contact").control.setFocus()
    hall.fill("王敏", "13864137000")
    save(hall)
    desk.show_history()
    hall.settle()
    told = [label.text() for label in desk.history.findChildren(QLabel)]
    assert "联系人：（空） → 王敏" in told
    assert "联系电话：（空） → *******7000" in told


def test_steps_that_find_no_room_beside_what_can_be_done_have_a_line_of_their_own(hall):
    bar = enter_refund(hall).editor.bar
    hall.step(1, asked=False)
    assert not bar.in_two
    name = bar.stages[0].text()
    bar.stages[0].setText("Returned for changes in a language of longer words" * 2)
    hall.settle()
    assert bar.in_two
    for button in (*bar.stages, *bar.papers, bar.save):
        assert button.width() >= button.sizeHint().width(), button.text()
    bar.stages[0].setText(name)
    hall.settle()
    assert not bar.in_two


def test_why_the_next_step_cannot_be_taken_is_told_whole(hall):
    bar = enter_refund(hall).editor.bar
    bar.tell_reason("already received by the same person, so that somebody else has to look at it " * 3)
    hall.settle()
    assert bar.in_two
    assert bar.reason.height() >= bar.reason.heightForWidth(bar.reason.width())


def test_number_and_limit_of_a_case_are_whole_where_the_strip_is_narrow(hall):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    strip = desk._strip
    assert strip.limit.text()
    for width in (1366, 640):
        strip.setFixedWidth(width)
        hall.settle()
        for label in (strip._number, strip.limit, strip._title):
            assert label.width() >= label.sizeHint().width(), width
    assert strip.in_two
