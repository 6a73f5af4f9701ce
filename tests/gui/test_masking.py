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


def test_numbers_of_a_stored_case_are_masked_until_somebody_asks(hall):
    number, account = LI["id_number"], "6230000370000063352"
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=number, bank_account=account)
    control, other = (editor.form.box(key).control for key in ("id_number", "bank_account"))
    assert (control.text(), other.text()) == ("370112**********18", "623000***********52")
    control.setFocus()
    assert control.text() == "370112**********18"
    hall.press(Qt.Key.Key_Return)
    assert editor.draft.text("id_number") == number
    control._eye.trigger()
    assert (control.text(), other.text()) == (number, account)
    editor.draft.veil.cover()  # as it does by itself after a while
    assert control.text() == "370112**********18"
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(editor.case))
    assert (view.facts["id_number"], view.facts["bank_account"]) == (number, account)


def test_a_key_that_changes_a_masked_number_shows_it_first_and_saving_masks_it_again(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.press(Qt.Key.Key_Backspace)
    assert control.text() == LI["id_number"][:-1]
    hall.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hall.keys(WANG["id_number"])
    editor.form.box("applicant_name").control.setFocus()
    assert editor.draft.text("id_number") == WANG["id_number"]
    editor.saving.save()
    hall.settle()
    assert control.text() == "370102**********28"


def test_a_whole_selection_of_a_masked_number_is_typed_over(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hall.keys(WANG["id_number"])
    assert editor.draft.text("id_number") == WANG["id_number"]
    assert control.text() == WANG["id_number"]


def test_a_number_that_is_typed_into_an_empty_field_of_a_stored_case_is_seen(hall):
    editor = open_case(hall, "24A", applicant_name="李文博")
    control = editor.form.box("id_number").control
    control.setFocus()
    hall.keys(LI["id_number"])
    assert control.text() == LI["id_number"]


def test_what_is_typed_for_the_first_time_is_not_masked(hall):
    desk = hall.choose(24)
    desk.start()
    hall.settle()
    control = desk.editor.form.box("id_number").control
    control.setFocus()
    hall.fill(LI["id_number"])
    assert control.text() == LI["id_number"]


def test_numbers_in_a_roster_are_masked_and_copied_whole_only_when_they_are_shown(hall):
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    model, grid = editor.roster.model, editor.roster.grid
    column = 1 + [field.key for field in model.fields].index("id_number")

    def shown():
        return [model.index(row, column).data() for row in range(2)]

    assert shown() == ["370112**********18", "370102**********28"]
    editor.go_to("roster[1].id_number")
    assert shown() == ["370112**********18", "370102**********28"]
    lifted = []
    editor.draft.veil.lifted.connect(lambda: lifted.append(1))
    grid.selectColumn(column)
    grid.copy()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [LI["id_number"], WANG["id_number"]]
    assert shown() == [LI["id_number"], WANG["id_number"]]
    assert lifted == [1]
    grid.copy()
    assert lifted == [1]
    editor.draft.set_text("applicant_name", "济南历泉机械制造集团有限公司")
    editor.saving.save()
    hall.settle()
    assert shown()[1] == "370102**********28"


def test_a_masked_cell_is_shown_when_it_is_typed_into(hall):
    editor = open_case(hall, "02B", applicant_name="济南历泉机械制造有限公司", roster=[LI, WANG])
    editor.go_to("roster[1].id_number")
    hall.press(Qt.Key.Key_F2)
    assert not editor.draft.veil.hidden
    assert hall.focus.text() == WANG["id_number"]
    hall.press(Qt.Key.Key_Escape)


def test_looking_at_whole_numbers_is_noted_under_the_case(hall):
    editor = open_case(hall, "24A", applicant_name="李文博", id_number=LI["id_number"])
    editor.form.box("id_number").control._eye.trigger()
    hall.settle()
    access = hall.sitting.context.desk.access
    (line,) = hall.sitting.store.wait(access.page)
    assert (line.action, line.subject) == ("unmask", editor.case)
