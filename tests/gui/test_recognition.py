"""A number brings along what is known of whose it is."""

from PySide6.QtCore import Qt

from jinan_desk.services.listing import CaseFilter
from tests.gui.test_entry_walk import CONTROL, REFUND, begin_refund

NONE = Qt.KeyboardModifier.NoModifier


def type_number(hall, desk, key, number):
    desk.editor.form.box(key).control.setFocus()
    hall.fill(number)
    hall.settle()


def enter_refund(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND[:4], "王敏", "053182601133")
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    return desk.editor.case


def test_a_known_unit_fills_the_blanks_and_lists_its_cases(hall):
    case = enter_refund(hall)
    desk = begin_refund(hall)
    draft = desk.editor.draft
    draft.set_text("contact", "赵青")
    type_number(hall, desk, "credit_code", "91370104MA3015044M")
    assert draft.text("applicant_name") == "山东鲁泉食品有限公司"
    assert draft.text("phone") == "053182601133"
    assert draft.text("contact") == "赵青"
    assert "单位名称" in hall.window.status.text
    assert len(desk.answer.earlier) == 1
    assert "稳岗返还" in desk.answer.earlier[0]
    hall.press(Qt.Key.Key_Z, CONTROL)
    assert draft.text("applicant_name") == ""
    desk.editor.bar.discard.click()
    hall.settle()
    desk.answer.place_wanted.emit("contact")
    hall.sitting.context.bus.case_wanted.emit(case)
    hall.settle()
    assert desk.editor.case == case
    assert desk.answer.earlier == []


def test_the_same_number_is_not_filled_in_again_after_it_was_taken_back(hall):
    enter_refund(hall)
    desk = begin_refund(hall)
    type_number(hall, desk, "credit_code", "91370104MA3015044M")
    hall.press(Qt.Key.Key_Z, CONTROL)
    desk.editor.form.box("credit_code").control.setFocus()
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert desk.editor.draft.text("applicant_name") == ""


def test_an_identity_number_tells_who_it_is_while_it_is_typed(hall):
    desk = hall.choose(12, 1)
    desk.start()
    hall.settle()
    box = desk.editor.form.box("id_number")
    type_number(hall, desk, "id_number", "370112198803122118")
    assert box.told == "男，1988-03-12 出生，32 周岁，历城区"
    assert desk.editor.draft.text("district") == "历城区"
    desk.editor.form.box("applicant_name").control.setFocus()
    hall.fill("李文博")
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.count(CaseFilter())) == 1
    assert box.told == ""  # as long as the number is masked


def test_a_unit_is_of_the_district_it_is_registered_in_or_else_of_the_office(hall):
    desk = begin_refund(hall)
    draft = desk.editor.draft
    type_number(hall, desk, "credit_code", "91370104ma3015044m")
    assert draft.text("credit_code") == "91370104MA3015044M"
    assert draft.text("district") == "槐荫区"
    desk.start()
    hall.settle()
    type_number(hall, desk, "credit_code", "91110108MA3015044X")
    assert draft.text("district") == "历下区"


def test_what_is_being_saved_stays_as_it_was_typed(hall):
    desk = begin_refund(hall)
    hall.fill("", "山东鲁泉食品有限公司")
    hall.keys("91370104MA3015044M")
    hall.press(Qt.Key.Key_S, CONTROL)  # the number is left by this, and looked for
    hall.settle()
    assert desk.editor.case
    assert not desk.editor.dirty


def test_a_text_that_is_no_number_brings_no_district(hall):
    desk = begin_refund(hall)
    type_number(hall, desk, "credit_code", "91370104")
    assert desk.editor.draft.text("district") == ""


def test_an_account_is_in_the_name_of_the_applicant_until_somebody_says_otherwise(hall):
    desk = begin_refund(hall)
    draft = desk.editor.draft
    hall.fill("", "山东鲁泉食品有限公司", "", "", "", "", "", "")
    assert draft.text("account_name") == ""  # nothing is said of an account yet
    hall.fill("1602023409000123456")
    assert draft.text("account_name") == "山东鲁泉食品有限公司"
    assert "开户名称" in hall.window.status.text
    hall.press(Qt.Key.Key_Z, CONTROL)
    desk.editor.form.box("bank_account").control.setFocus()
    hall.press(Qt.Key.Key_Return)
    assert draft.text("account_name") == ""  # taken back, and not brought again
