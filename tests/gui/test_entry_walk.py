"""A clerk's walks: typing a case, seeing the answer, saving it, finding it again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from jinan_desk.core.determination import Outcome
from jinan_desk.gui.flag_control import FlagControl
from jinan_desk.services.listing import CaseFilter

CONTROL = Qt.KeyboardModifier.ControlModifier

REFUND = (
    "",  # the day is there already
    "山东鲁泉食品有限公司", "91370104MA3015044M",
    "",  # the district decides nothing here
    "", "", "", "", "",  # contact and account
    "286", "9", "y", "n", "n", "158400",
)  # fmt: skip

HEADLESS = (
    "李文博\t370112198803122118\t2020/2/15\t2020/2/15\t2021/2/14\t是\t否\r\n"
    "王𬱖\t370102199506150028\t2020-02-08\t2020-02-08\t2022-02-07\t是\t否\r\n"
    "孙悦\t370103199809184641\t2020年3月10日\t2020-03-10\t2021-03-09\t是\t\r\n"
)


def begin_refund(hall):
    desk = hall.choose(6)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    assert hall.focus is desk.editor.form.box("applicant_name").control
    hall.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    return desk


def test_a_refund_is_typed_answered_and_saved_without_a_mouse(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.settle()
    assert desk.editor.answer.outcome is Outcome.INCOMPLETE
    assert [pointer.path for pointer in desk.editor.answer.missing] == ["category"]
    hall.press(Qt.Key.Key_Down)
    hall.settle()
    assert desk.editor.answer.outcome is Outcome.ELIGIBLE
    assert desk.editor.answer.amount == 7_920_000
    hall.press(Qt.Key.Key_Return)
    assert hall.focus is desk.editor.bar.save
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert not desk.editor.dirty
    assert "已保存" in hall.window.status.text
    rows = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.rows(CaseFilter(programme="06A")))
    assert [(row.applicant, row.amount, row.stage) for row in rows] == [("山东鲁泉食品有限公司", 7_920_000, "draft")]
    hall.press(Qt.Key.Key_Escape)
    hall.settle()
    assert desk.list.model.rowCount() == 1


def test_a_wrong_field_says_what_is_allowed_and_the_rest_is_still_answered(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    box = desk.editor.form.box("dismissed")
    box.control.setFocus()
    hall.press(Qt.Key.Key_A, CONTROL)
    hall.fill("9.5")
    hall.settle()
    assert box.note == "应为不小于 0 的整数"
    assert box.control.text() == "9.5"
    assert desk.editor.draft.text("premium_paid") == "158,400.00"
    assert "dismissed" in [pointer.path for pointer in desk.editor.answer.missing]
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert "上年度裁员人数" in hall.window.status.text
    assert desk.editor.dirty
    assert hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.count(CaseFilter())) == 0


def test_a_flag_has_three_states_and_unknown_is_not_no(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    flag = desk.editor.form.box("has_complaints").control
    assert isinstance(flag, FlagControl)
    flag.setFocus()
    for key, text, result in (("y", "是", "fail"), ("n", "否", "pass")):
        hall.keys(key)
        hall.settle()
        assert flag.text() == text
        check = next(c for c in desk.editor.answer.checks if c.key == "no_complaints")
        assert check.result == result
    hall.press(Qt.Key.Key_Delete)
    hall.settle()
    assert flag.text() == ""
    assert "has_complaints" in [pointer.path for pointer in desk.editor.answer.missing]


def test_undo_and_redo_go_through_fields_and_roster(hall):
    desk = hall.choose(2, 1)
    desk.start()
    hall.settle()
    hall.keys("济南历泉机械制造有限公司")
    QGuiApplication.clipboard().setText(HEADLESS)
    desk.editor.go_to("roster[0].name")
    hall.press(Qt.Key.Key_V, CONTROL)
    hall.settle()
    draft = desk.editor.draft
    assert len(draft.lines) == 3
    hall.press(Qt.Key.Key_Z, CONTROL)
    assert len(draft.lines) == 0
    hall.press(Qt.Key.Key_Z, CONTROL)
    assert draft.text("applicant_name") == ""
    assert not desk.editor.dirty
    hall.press(Qt.Key.Key_Y, CONTROL)
    hall.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert draft.text("applicant_name") == "济南历泉机械制造有限公司"
    assert [line.texts[0] for line in draft.lines] == ["李文博", "王𬱖", "孙悦"]


def test_what_was_given_up_can_be_brought_back(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    desk.editor.bar.discard.click()
    hall.settle()
    assert desk.editor.draft.text("applicant_name") == ""
    desk.editor.draft.stack.setIndex(desk.editor.draft.stack.count())
    hall.settle()
    assert desk.editor.draft.text("applicant_name") == "山东鲁泉食品有限公司"


def test_a_click_on_what_is_missing_goes_there(hall):
    desk = begin_refund(hall)
    desk.editor.go_to("premium_paid")
    assert hall.focus is desk.editor.form.box("premium_paid").control


def test_a_stored_case_is_opened_from_the_list_and_moved_on(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_Down)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    case = desk.editor.case
    hall.window.show_page("cases")
    hall.settle()
    page = hall.window.page("cases")
    assert page.list.model.rowCount() == 1
    page.list.table.opened.emit(case)
    hall.settle()
    assert hall.window.current == "measures"
    assert desk.editor.title == "山东鲁泉食品有限公司"
    stages = {button.text(): button for button in desk.editor.bar.stages}
    stages["收件"].click()
    hall.settle()
    assert desk.editor.stage == "收件"
    assert desk.editor.number == "济历下人社受〔2020〕06A-0001号"
    assert {button.text() for button in desk.editor.bar.stages} == {"受理", "补正", "不予受理", "撤回"}


def test_a_stored_case_that_is_only_gone_through_is_not_changed(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    case = desk.editor.case
    desk.start()
    hall.settle()
    desk.open(case)
    hall.settle()
    assert desk.editor.draft.text("premium_paid") == "158,400.00"
    desk.editor.form.box("premium_paid").control.setFocus()
    hall.press(Qt.Key.Key_Return)
    assert not desk.editor.dirty
