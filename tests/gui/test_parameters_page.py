"""An office's own dated values: proposed in the window, their effect seen first, confirmed by somebody else."""

from datetime import date

import openpyxl
from PySide6.QtCore import Qt

from jinan_desk.gui.parameter_dialog import ParameterDialog

KEY = "average_unemployment_benefit"
LABEL = "上年12月份当地月人均失业保险金"
DIFFICULT = {
    "applicant_name": "济南大明湖酒店管理有限公司", "year_end_headcount": "92", "dismissed": "5", "paid_all_months": "是",
    "discredited": "否", "has_complaints": "否", "recognised_difficult": "是", "insured_headcount": "10",
}  # fmt: skip


def open_page(hall, key):
    hall.window.show_page("parameters")
    page = hall.window.page("parameters")
    page.show_parameter(key)
    hall.settle()
    return page


def rows_of(page, label):
    model = page.model
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    return [row[1:] for row in rows if row[0] == label]


def propose(hall, page, value="1,503.40"):
    dialog = page.ask_value()
    assert isinstance(dialog, ParameterDialog)
    assert dialog.parameter.currentData() == KEY
    dialog.values[""].setText(value)
    dialog.since.setText("2019/12/1")
    dialog.source.setText("济人社字〔2020〕5号")
    dialog.take()
    hall.settle()
    return dialog


def test_a_value_holds_once_another_person_has_confirmed_it_also_in_an_open_editor(hall):
    desk = hall.choose(6, 1)
    desk.start()
    desk.editor.draft.fill(DIFFICULT)
    hall.settle()
    assert [pointer.path for pointer in desk.editor.answer.missing] == [f"parameter:{KEY}"]
    page = open_page(hall, KEY)
    dialog = propose(hall, page)
    assert dialog.effects.state == "已看 0 件，没有办件的结果因此不同"
    dialog.take()
    hall.settle()
    assert rows_of(page, LABEL) == [["1,503.40 元/月", "2019-12-01", "待确认", "济人社字〔2020〕5号"]]
    assert desk.editor.answer.missing
    page.show_parameter(KEY)
    assert page.confirm.isVisible()
    assert not page.confirm.isEnabled()
    hall.come_back()
    hall.sit("秦岚")
    assert page.confirm.isEnabled()
    page.put_in_force(page.chosen.proposal.number)
    hall.settle()
    assert rows_of(page, LABEL) == [["1,503.40 元/月", "2019-12-01", "本机构录入", "济人社字〔2020〕5号"]]
    assert page.words.splitlines()[-1] == "本机构录入　提出：苏敏　确认：秦岚"
    assert not desk.editor.answer.missing
    assert desk.editor.answer.amount == 9_020_400


def test_before_a_value_is_proposed_the_cases_and_the_money_it_changes_are_seen(hall, tmp_path):
    def enter(cases):
        facts = {
            "applicant_name": "济南大明湖酒店管理有限公司", "year_end_headcount": 92, "dismissed": 5, "paid_all_months": True,
            "discredited": False, "has_complaints": False, "recognised_difficult": True, "insured_headcount": 10,
        }  # fmt: skip
        return cases.enter("06B", date(2020, 3, 2), facts).row.case

    case = hall.sitting.store.wait(lambda: enter(hall.sitting.context.desk.cases))
    page = open_page(hall, KEY)
    dialog = propose(hall, page)
    panel = dialog.effects
    assert panel.state == "已看 1 件，结果不同的 1 件"
    assert panel.sums == "未决办件 1 件：原 0.00 元，新 90,204.00 元，相差 +90,204.00 元"
    dialog.take()
    hall.settle()
    page.show_parameter(KEY)
    page.show_effects()
    hall.settle()
    panel = page.effects
    assert [panel.model.index(0, column).data() for column in (1, 4, 6, 7)] == ["06B", "待补充", "符合", "90,204.00"]
    panel.write(tmp_path / "清单.xlsx")
    hall.settle()
    assert len(list(openpyxl.load_workbook(tmp_path / "清单.xlsx").active.iter_rows())) == 4
    panel.table.activated.emit(panel.model.index(0, 0))
    hall.settle()
    assert hall.window.current == "measures"
    assert hall.desk.editor.case == case


def test_a_proposal_is_withdrawn_with_a_reason_and_stays_to_be_seen(hall):
    page = open_page(hall, KEY)
    propose(hall, page).take()
    hall.settle()
    page.show_parameter(KEY)
    dialog = page.ask_withdrawal()
    dialog.take()
    hall.settle()
    assert dialog.wrong.text() == "请写明撤回的原因"
    dialog.text.setText("文号写错")
    dialog.take()
    hall.settle()
    assert rows_of(page, LABEL)[0][2] == "已撤回"
    assert page.words.endswith("撤回：苏敏，文号写错")
    assert not page.confirm.isVisible()


def test_what_cannot_be_a_value_is_refused_and_stays(hall):
    page = open_page(hall, KEY)
    dialog = page.ask_value()
    dialog.take()
    assert dialog.wrong.text() == "请填写数值"
    dialog.values[""].setText("许多")
    dialog.take()
    assert "金额" in dialog.wrong.text()
    dialog.values[""].setText("1500")
    dialog.take()
    hall.settle()
    assert "起始日" in dialog.wrong.text()
    dialog.since.setText("2019-12-01")
    dialog.take()
    hall.settle()
    assert "文件" in dialog.wrong.text()
    assert dialog.isVisible()
    assert dialog.values[""].text() == "1500"
    dialog.reject()


def test_a_value_by_tier_is_asked_tier_by_tier(hall):
    page = open_page(hall, "minimum_wage")
    dialog = page.ask_value()
    assert dialog.values.keys() == {"1", "2"}
    for control, text in zip(dialog.values.values(), ("2500", "2300"), strict=True):
        control.setText(text)
    dialog.since.setText("2027-10-01")
    dialog.source.setText("鲁政字〔2027〕1号")
    for _ in range(2):
        dialog.take()
        hall.settle()
    assert rows_of(page, "最低工资标准")[-1][0].startswith("一档 2,500.00")
    assert len(rows_of(page, "最低工资标准")) == 5


def test_the_work_desk_tells_who_may_confirm_that_a_value_waits_and_leads_to_it(hall):
    page = open_page(hall, KEY)
    propose(hall, page).take()
    hall.settle()
    hall.come_back()
    hall.window.show_page("workdesk")
    hall.settle()
    desk = hall.window.page("workdesk")
    assert "proposals" not in desk.tiles
    hall.sit("秦岚")
    desk.tiles["proposals"].click()
    hall.settle()
    assert hall.window.current == "parameters"
    assert page.chosen.proposal.by == "苏敏"
    assert page.confirm.isEnabled()


def test_a_value_is_typed_field_by_field_with_enter(hall):
    page = open_page(hall, KEY)
    dialog = page.ask_value()
    hall.settle()
    for text in ("1503.4", "2019-12-01", "济人社字〔2020〕5号"):
        hall.keys(text)
        hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert dialog.wrong.text() == ""
    assert dialog.effects.isVisible()
    dialog.back.click()
    dialog.ok.setFocus()  # the guard: a button that once had the focus is still what Enter presses
    dialog.source.setFocus()
    hall.press(Qt.Key.Key_Return)
    assert dialog.effects.isVisible()
    dialog.reject()


def test_enter_leads_from_the_search_to_the_first_parameter_found(hall):
    page = open_page(hall, "")
    page.start_search()
    hall.keys("裁员率上限")
    hall.press(Qt.Key.Key_Return)
    assert hall.focus is page.table
    assert page.table.currentIndex().data() == "裁员率上限"
