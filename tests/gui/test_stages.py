"""What a stage leaves behind: its papers, and a history that tells what was changed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.print_dialog import PrintDialog
from jinan_desk.gui.step_dialog import StepDialog, Typed
from jinan_desk.services.cases import Cases
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


@pytest.fixture
def refuse_once(monkeypatch):
    """The service refuses the next step that is asked for, and takes it when it is asked for again."""
    advance, refusals = Cases.advance, [N_("办件正在合并，请稍后再试")]

    def refusing(self, *given, **named):
        if refusals:
            raise DeskError(Sentence(refusals.pop()))
        return advance(self, *given, **named)

    def begin():
        monkeypatch.setattr(Cases, "advance", refusing)

    return begin


def test_a_refused_step_is_asked_for_again_with_what_was_typed(hall, refuse_once):
    """The guard: what was typed outlives its dialog until the step is taken."""
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    refuse_once()
    hall.step(3, "不属于本机构办理\n请到社保机构")
    dialog = hall.window.findChild(StepDialog)
    assert dialog.isVisible()
    assert dialog.text == "不属于本机构办理\n请到社保机构"
    assert "正在合并" in dialog.refusal.text()
    assert desk.editor.stage == "收件"
    dialog.accept()
    hall.come_back()
    assert desk.editor.stage == "不予受理"
    assert hall.window.findChild(StepDialog) is None
    assert desk.editor.view.revision.reason == "不属于本机构办理\n请到社保机构"


def test_what_was_typed_for_a_refused_step_is_there_after_the_dialog_was_left(hall, refuse_once):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    refuse_once()
    hall.step(3, "不属于本机构办理")
    hall.window.findChild(StepDialog).reject()
    hall.come_back()
    hall.press(Qt.Key.Key_3, CONTROL)
    hall.settle()
    dialog = hall.window.findChild(StepDialog)
    assert dialog.text == "不属于本机构办理"
    assert not dialog.refusal.text()
    dialog.accept()
    hall.come_back()
    assert desk.editor.stage == "不予受理"


def test_what_was_typed_for_a_step_that_cannot_be_saved_first_is_there_again(hall):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    desk.editor.draft.set_text("on", "2020-13-01")
    hall.step(3, "不属于本机构办理")
    assert desk.editor.stage == "收件"
    desk.editor.draft.set_text("on", "2020-03-20")
    hall.settle()
    hall.press(Qt.Key.Key_3, CONTROL)
    hall.settle()
    assert hall.window.findChild(StepDialog).text == "不属于本机构办理"
    hall.window.findChild(StepDialog).reject()


def test_a_refused_opinion_and_a_refused_day_are_offered_again(hall):
    context = hall.sitting.context
    opinion = StepDialog(Stage.APPROVED, context, hall.window, typed=Typed("同意", None), refusal="…")
    assert opinion.text == "同意"
    day = StepDialog(Stage.PAID, context, hall.window, typed=Typed("", date(2020, 3, 2)), refusal="…")
    assert day.on == date(2020, 3, 2)


def test_an_acceptance_without_a_document_says_so_in_the_line_below(hall):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    assert desk.editor.stage == "受理"
    assert "没有勾选收到" in hall.window.status.text


def test_an_acceptance_with_a_document_says_nothing_of_documents(hall):
    desk = enter_refund(hall)
    desk.documents.lines[0].tick.click()
    save(hall)
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    assert desk.editor.stage == "受理"
    assert "勾选" not in hall.window.status.text


def test_a_step_keeps_its_key_and_says_why_it_cannot_be_taken(hall):
    """The guard: who may not review does not return a case with the key that takes it on."""
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    at(desk, "受理", "退回修改", "不予批准", "撤回")
    hall.step(1, asked=False)
    assert "苏敏 已办理“收件”，不能再办理“初审”" in hall.window.status.text
    assert desk.editor.stage == "受理"
    hall.step(2, "开户名称不符")
    assert desk.editor.stage == "退回修改"


def test_why_a_case_was_sent_back_stands_above_it_until_it_goes_on(hall):
    desk = enter_refund(hall)
    line = desk.editor.reason
    hall.step(1, asked=False)
    assert not line.isVisible()
    for document in desk.documents.lines:
        document.tick.click()
    hall.step(2, "营业执照不清楚\n缺法定代表人签字")
    assert line.isVisible()
    assert line.textFormat() is Qt.TextFormat.PlainText  # what somebody wrote is never taken for marks
    told = line.text()
    assert told.startswith("转入“补正”（苏敏，")
    assert told.endswith("）：营业执照不清楚；缺法定代表人签字")
    put_contact(hall, desk)
    assert line.isVisible()
    hall.step(1, asked=False)
    assert not line.isVisible()


def put_contact(hall, desk):
    """A change of what was entered, saved."""
    desk.editor.form.box("contact").control.setFocus()
    hall.fill("王敏")
    save(hall)


def test_a_refusal_begins_with_why_the_case_does_not_qualify_and_the_first_key_replaces_it(hall):
    desk = enter_refund(hall)
    desk.editor.draft.fill({"discredited": "是", "has_complaints": "是"})
    save(hall)
    hall.step(1, asked=False)
    hall.press(Qt.Key.Key_3, CONTROL)
    hall.settle()
    dialog = hall.window.findChild(StepDialog)
    assert dialog.text == "；".join(check.reason for check in desk.editor.answer.refusals) != ""
    hall.keys("不属于本机构办理")
    assert dialog.text == "不属于本机构办理"
    dialog.reject()
    hall.come_back()


def test_what_is_told_at_a_stage_is_the_paper_that_is_shown_first(hall, tmp_path):
    desk = enter_refund(hall)
    assert first_paper(hall) == "企业稳岗返还申请表"
    hall.step(1, asked=False)
    assert first_paper(hall) == "企业稳岗返还申请表"  # nobody has printed it
    hall.step(2, "营业执照不清楚")
    assert first_paper(hall) == "稳岗返还补正告知书"
    context = hall.sitting.context
    hall.sitting.store.wait(lambda: context.desk.notices.issue(desk.editor.case, "correction", tmp_path / "correction.pdf"))
    assert first_paper(hall) == "企业稳岗返还申请表"


def first_paper(hall):
    """The paper that Ctrl+P shows first."""
    hall.press(Qt.Key.Key_P, CONTROL)
    hall.settle()
    dialog = hall.window.findChild(PrintDialog)
    title = dialog.forms.currentItem().text()
    dialog.close()
    hall.come_back()
    return title


def test_who_refuses_a_case_that_qualifies_is_told_that_it_does(hall):
    desk = enter_refund(hall)
    hall.step(1, asked=False)
    for answer, told in (("否", True), ("是", False)):
        desk.editor.draft.set_text("has_complaints", answer)
        hall.settle()
        hall.press(Qt.Key.Key_3, CONTROL)
        hall.settle()
        dialog = hall.window.findChild(StepDialog)
        assert any("认定结果为“符合”" in label.text() for label in dialog.findChildren(QLabel)) is told
        dialog.reject()
        hall.come_back()
