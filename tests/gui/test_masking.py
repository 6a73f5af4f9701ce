"""Identity numbers and accounts are masked where nobody works on them, and stay what they are."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.services.test_parties import LI, WANG


def open_case(hall, programme, **facts):
    cases = hall.sitting.context.desk.cases
    case = hall.sitting.store.wait(lambda: cases.enter(programme, date(2020, 3, 1), facts)).row.case
    hall.window.open_case(case)
    hall.settle()
    return hall.desk.editor


def test_a_number_is_whole_where_the_focus_is_and_while_the_case_is_edited(hall):
    number, account = LI["id_number"], "6230000370000063352"
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=number, bank_account=account)
    control, other = (editor.form.box(key).control for key in ("id_number", "bank_account"))
    name = editor.form.box("applicant_name").control
    name.setFocus()
    assert control.text() == "370112**********18"
    assert other.text() == "623000***********52"
    control.setFocus()
    assert control.text() == number
    assert other.text() == "623000***********52"
    name.setFocus()
    assert control.text() == "370112**********18"
    hall.press(Qt.Key.Key_End)
    hall.keys("x")
    assert (control.text(), other.text()) == (number, account)
    editor.save()
    hall.settle()
    assert control.text() == "370112**********18"
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(editor.case))
    assert (view.facts["id_number"], view.facts["bank_account"]) == (number, account)


def test_what_is_typed_into_a_masked_number_is_kept(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hall.keys(WANG["id_number"])
    editor.form.box("applicant_name").control.setFocus()
    assert editor.draft.text("id_number") == WANG["id_number"]
    editor.save()
    hall.settle()
    assert control.text() == "370102**********28"


def test_numbers_in_a_roster_are_masked_but_in_the_current_cell_and_copied_whole(hall):
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    model, grid = editor.roster.model, editor.roster.grid
    column = 1 + [field.key for field in model.fields].index("id_number")

    def shown():
        return [model.index(row, column).data() for row in range(2)]

    assert shown() == ["370112**********18", "370102**********28"]
    editor.go_to("roster[1].id_number")
    assert shown() == ["370112**********18", WANG["id_number"]]
    grid.selectColumn(column)
    grid.copy()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [LI["id_number"], WANG["id_number"]]
    editor.draft.set_text("applicant_name", "济南历泉机械制造集团有限公司")
    assert shown() == [LI["id_number"], WANG["id_number"]]
    editor.save()
    hall.settle()
    assert shown()[1] == "370102**********28"
