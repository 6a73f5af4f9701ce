"""Several cases at once: what they come to, taken to a stage together, written as a ledger, narrowed and kept."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jinan_desk.core.workflow import Stage
from jinan_desk.gui import selection_bar
from jinan_desk.gui.batch_dialog import BatchReport, ConfirmDialog
from jinan_desk.gui.batch_print import BatchPrintDialog
from jinan_desk.gui.saved_filter_menu import NameDialog
from jinan_desk.gui.step_dialog import StepDialog
from jinan_desk.measures import find
from jinan_desk.services.listing import CaseFilter
from jinan_desk.services.saved_filters import updated_on

ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip
REFUND = find("06A")[1].examples[0].facts


@pytest.fixture
def page(hall, monkeypatch):
    """Three drafts of which one lacks everything, and one that has been received."""
    monkeypatch.setattr(selection_bar, "_CASES_AT_ONCE", 1)

    def enter():
        cases = hall.sitting.context.desk.cases
        for name in ("济南鲁泉食品有限公司", "济南历泉机械有限公司"):
            cases.enter("06A", date(2020, 6, 10), {**REFUND, "applicant_name": name})
        cases.enter("06A", date(2020, 6, 10), {"applicant_name": "济南空白有限公司"})
        received = cases.enter("06A", date(2020, 6, 10), {**REFUND, "applicant_name": "济南已收有限公司"})
        cases.advance(received.row.case, Stage.RECEIVED)

    hall.day = date(2020, 6, 10)
    hall.sitting.store.wait(enter)
    hall.window.show_page("cases")
    hall.settle()
    page = hall.window.page("cases")
    page.list.table.setFocus()
    return page


def rows(hall):
    return hall.sitting.store.wait(lambda: list(hall.sitting.context.desk.cases.all()))


def stages(hall):
    return sorted(row.stage for row in rows(hall))


def pick_all(hall, page):
    page.list.table.setFocus()
    hall.press(Qt.Key.Key_A, CONTROL)
    hall.settle()


def test_the_bar_counts_what_is_selected_and_says_what_has_no_amount(hall, page):
    bar = page.list.bar
    assert not bar.isVisible()
    pick_all(hall, page)
    amount = sum(row.amount or 0 for row in rows(hall))
    assert bar.isVisible()
    assert "4 件" in bar.told.text()
    assert f"{amount / 100:,.2f}" in bar.told.text()
    assert "1 件没有金额" in bar.told.text()
    assert bar.steps[Stage.RECEIVED] == 3
    hall.press(Qt.Key.Key_Escape)
    hall.settle()
    assert not bar.isVisible()


def test_all_that_may_are_taken_to_a_stage_and_the_others_are_told_with_their_reason(hall, page, tmp_path):
    pick_all(hall, page)
    page.list.bar.ask_step(Stage.RECEIVED)
    hall.settle()
    assert hall.window.findChild(ConfirmDialog) is not None
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    assert stages(hall) == ["received"] * 4
    report = hall.window.findChild(BatchReport)
    assert [report.table.model().index(row, 1).data() for row in range(report.table.model().rowCount())] == ["济南已收有限公司"]
    assert "“收件”之后不能到“收件”" in report.table.model().index(0, 3).data()
    report.write(tmp_path / "result.xlsx")
    hall.settle()
    sheet = load_workbook(tmp_path / "result.xlsx").active
    told = [row[4].value for row in sheet.iter_rows(min_row=3)]
    assert told.count("已办理") == 3
    assert len(told) == 4
    report.close()
    hall.settle()


def test_a_reason_is_asked_once_for_all_of_them(hall, page):
    pick_all(hall, page)
    withdraw(hall, page)
    assert stages(hall) == ["withdrawn"] * 4
    assert hall.window.status.text == "已转入“撤回” 4 件"
    histories = hall.sitting.store.wait(lambda: [hall.sitting.context.desk.cases.history(row.case) for row in hall.sitting.context.desk.cases.all()])
    assert {history[-1].reason for history in histories} == {"申请人当面撤回"}
    assert hall.window.findChild(BatchReport) is None


def test_a_reason_outlives_a_batch_in_which_every_case_was_skipped(hall, page):
    """The guard: what was typed for all of them is asked for again with that."""
    pick_all(hall, page)
    withdraw(hall, page)
    pick_all(hall, page)
    page.list.bar.ask_step(Stage.WITHDRAWN)
    hall.settle()
    assert hall.window.findChild(StepDialog).text == ""  # all went through
    hall.keys("再次撤回")
    hall.press(Qt.Key.Key_Return, CONTROL)
    hall.come_back()
    hall.window.findChild(BatchReport).close()
    hall.settle()
    page.list.bar.ask_step(Stage.WITHDRAWN)
    hall.settle()
    dialog = hall.window.findChild(StepDialog)
    assert dialog.text == "再次撤回"
    dialog.reject()
    hall.come_back()


def withdraw(hall, page):
    """All that are selected are received, then withdrawn."""
    page.list.bar.ask_step(Stage.RECEIVED)
    hall.settle()
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    for dialog in hall.window.findChildren(BatchReport):
        dialog.close()
    hall.settle()
    assert hall.window.status.text == "已转入“收件” 3 件，跳过 1 件"
    pick_all(hall, page)
    assert next(iter(page.list.bar.steps)) is Stage.ACCEPTED  # the straight way comes first
    page.list.bar.ask_step(Stage.WITHDRAWN)
    hall.settle()
    assert hall.window.findChild(StepDialog) is not None
    hall.keys("申请人当面撤回")
    hall.press(Qt.Key.Key_Return, CONTROL)
    hall.come_back()


def test_stopping_leaves_the_rest_alone_and_says_so(hall, page):
    pick_all(hall, page)
    bar = page.list.bar
    bar.portions.progressed.connect(lambda done, total: bar.portions.give_up() if done == 2 else None)
    bar.ask_step(Stage.RECEIVED)
    hall.settle()
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    assert "其余 2 件未办理" in hall.window.status._text.text()
    assert stages(hall).count("draft") == 2


def test_the_selected_cases_are_written_as_a_ledger_in_the_order_of_the_list(hall, page, tmp_path):
    hall.press(Qt.Key.Key_Right, ALT)
    hall.settle()
    page.list.table.setCurrentIndex(page.list.model.index(1, 0))
    hall.press(Qt.Key.Key_Down, SHIFT)
    hall.settle()
    page.list.bar.write_ledger(tmp_path / "ledger.xlsx")
    hall.settle()
    sheet = load_workbook(tmp_path / "ledger.xlsx")["台账"]
    assert [row[3].value for row in sheet.iter_rows(min_row=3)] == ["济南已收有限公司", "济南空白有限公司"]
    noted = hall.sitting.store.wait(hall.sitting.context.desk.access.page)
    assert [(entry.action, entry.subject) for entry in noted][:1] == [("ledger", "2")]


def test_a_paper_is_chosen_for_all_that_are_selected(hall, page):
    pick_all(hall, page)
    hall.press(Qt.Key.Key_P, CONTROL)
    hall.settle()
    dialog = hall.window.findChild(BatchPrintDialog)
    chosen = hall.sitting.store.wait(lambda: [hall.sitting.context.desk.store.case(case).applicant for case in dialog._cases])
    assert chosen == [page.list.model.index(row, 0).data() for row in range(4)]
    dialog.reject()
    hall.settle()


def test_too_many_for_one_print_are_refused_in_words(hall, page, monkeypatch):
    monkeypatch.setattr(selection_bar, "MOST_PRINTED", 3)
    pick_all(hall, page)
    page.list.bar.print_.click()
    hall.settle()
    assert "一次最多打印 3 件" in hall.window.status._text.text()
    assert hall.window.findChild(BatchPrintDialog) is None


def test_too_many_for_one_ledger_are_refused_in_words(hall, page, monkeypatch):
    monkeypatch.setattr(selection_bar, "MOST_EXPORTED", 3)
    pick_all(hall, page)
    page.list.bar.export.click()
    hall.settle()
    assert "一次最多导出 3 件" in hall.window.status._text.text()


def test_the_whole_list_is_narrowed_by_keyboard_alone(hall, page):
    bar = page.filter
    bar.stages.setFocus()
    hall.press(Qt.Key.Key_Space)
    hall.settle()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(bar.stages.list, key)
    hall.come_back()
    assert bar.stages.chosen == ("received",)
    assert page.list.model.rowCount() == 1
    bar.more.setFocus()
    hall.press(Qt.Key.Key_Space)
    bar.stages.choose(())
    bar.least.setFocus()
    hall.keys("100")
    hall.settle()
    assert page.list.model.rowCount() == 3
    bar.most.setFocus()
    hall.keys("1")
    hall.settle()
    assert bar.most.property("wrong")
    assert "上限不小于下限" in bar._wrong.text()
    page.clear.click()
    hall.settle()
    assert page.list.model.rowCount() == 4


@pytest.mark.parametrize(
    "wanted",
    [
        CaseFilter(programme="06A", stages=("draft", "paid"), outcome="eligible", text="鲁泉"),
        CaseFilter(article=6, district="370102", received_from="2020-06-01", received_to="2020-06-30"),
        CaseFilter(handler="王磊", **updated_on(date(2020, 6, 1), date(2020, 6, 30))),
        CaseFilter(due_to="2020-06-09", amount_from=100, amount_to=5_000_050),
        CaseFilter(stages=("received",), ended_from="2020-06-01", ended_by="2020-06-09"),
        CaseFilter(finding=True),
        CaseFilter(mark="alert"),
        CaseFilter(holders=("", "370102")),
    ],
)
def test_a_filter_that_is_shown_asks_for_the_same(hall, page, wanted):
    page.filter.offer([], [("370102", "历下"), ("370103", "市中")])
    page.show_filter(wanted)
    hall.settle()
    assert page.filter.wanted("370102") == wanted


def test_a_filter_is_saved_taken_renamed_and_deleted(hall, page):
    def name(text):
        hall.settle()
        dialog = hall.window.findChild(NameDialog)
        dialog.name.setText(text)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        hall.come_back()

    def actions(menu):
        return {action.text(): action for action in menu.actions()}

    page.show_filter(CaseFilter(stages=("received",)))
    menu = page.saved.choices
    actions(menu)["保存当前筛选…"].trigger()
    name("")
    assert "请填写常用筛选的名称" in hall.window.findChild(NameDialog).wrong.text()
    name("待受理")
    page.show_filter(CaseFilter())
    actions(menu)["待受理"].trigger()
    hall.settle()
    assert page.list.model.rowCount() == 1
    actions(page.saved.manage)["改名“待受理”…"].trigger()
    name("已收件")
    assert "已收件" in actions(menu)
    hall.sit("韩立")
    assert "已收件" not in actions(menu)
    hall.sit("苏敏")
    actions(page.saved.manage)["删除“已收件”"].trigger()
    hall.settle()
    assert list(actions(menu)) == ["保存当前筛选…"]
