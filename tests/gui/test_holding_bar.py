"""Who holds a case, in the window: nothing for an office alone, one line where others are known."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jinan_desk.core.workflow import Stage
from jinan_desk.gui.form_dialog import TextDialog
from tests.gui.test_conflicts import in_conflict
from tests.gui.test_findings_panel import FACTS, open_case

CITY = {"x": {"office": "370100", "name": "济南市人力资源和社会保障局", "has": []}}
STREET = {"y": {"office": "370102001", "name": "泉城路街道", "has": []}}
TO_REVIEW = (Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW)


def reviewed(hall, partners):
    desk = hall.sitting.context.desk

    def make():
        desk.store.settings.put("partners", partners)
        case = desk.cases.enter("06A", date(2020, 6, 10), FACTS).row.case
        for stage in TO_REVIEW:
            desk.by(stage.value).cases.advance(case, stage)
        return case

    return hall.sitting.store.wait(make)


def view(hall, case):
    return hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(case))


def test_an_office_alone_sees_nothing_of_it(hall):
    desk = open_case(hall, reviewed(hall, {}))
    assert not desk.holding.isVisible()


def test_a_case_is_passed_up_from_the_editor_and_then_only_looked_at(hall):
    case = reviewed(hall, {**CITY, **STREET})
    desk = open_case(hall, case)
    assert [button.text() for button in desk.holding.buttons] == ["上报济南市人力资源和社会保障局"]
    desk.holding.buttons[0].click()
    dialog = hall.window.findChild(TextDialog)
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    hall.settle()
    assert view(hall, case).row.holder == "370100"
    assert desk.holding.text.text() == "现由济南市人力资源和社会保障局办理，本机构只能查阅"
    assert not desk.editor.bar.reason.isVisible()  # it is said once
    assert desk.holding.buttons == []
    assert desk.editor.bar.stages == []
    assert not desk.editor.bar.save.isVisible()
    listed = hall.window.page("cases").list.model
    hall.window.show_page("cases")
    hall.settle()
    row = listed.index(0, 0)
    hall.window.show_page("workdesk")
    hall.settle()
    assert "second_review" not in hall.window.page("workdesk").tiles
    assert any("复核·济南市" in str(row.siblingAtColumn(column).data()) for column in range(listed.columnCount()))
    assert "移交办理" in [label.text() for label in desk.history.findChildren(type(desk.holding.text).__mro__[1])]


def test_what_another_office_holds_cannot_be_typed_over_even_where_its_stage_would_allow_it(hall):
    desk_of = hall.sitting.context.desk

    def make():
        desk_of.store.settings.put("partners", STREET)
        case = desk_of.cases.enter("06A", date(2020, 6, 10), FACTS).row.case
        desk_of.cases.advance(case, Stage.RECEIVED)
        desk_of.cases.note(case, "hand_over", {"holder": "370102001"})
        return case

    case = hall.sitting.store.wait(make)
    desk = open_case(hall, case)
    assert desk.editor.form.box("dismissed").control.isReadOnly()
    (button,) = desk.holding.buttons
    assert button.text() == "调取到本机构办理"
    button.click()
    dialog = hall.window.findChild(TextDialog)
    dialog.ok.click()
    hall.settle()
    assert "须写明理由" in dialog.wrong.text()
    dialog.text.setText("街道停电")
    dialog.ok.click()
    hall.settle()
    assert view(hall, case).row.holder == "370102"
    assert not desk.editor.form.box("dismissed").control.isReadOnly()


def test_a_case_in_conflict_leads_to_its_sides(hall):
    case = in_conflict(hall, {"dismissed": 3}, {"dismissed": 4})
    desk = open_case(hall, case)
    assert "两个不同的最新版本" in desk.holding.text.text()
    desk.holding.buttons[0].click()
    hall.settle()
    assert hall.window.current == "exchange"
    assert hall.window.page("exchange").conflicts.conflict.row.case == case
