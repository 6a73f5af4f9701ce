"""台账报表 in the window."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jinan_desk.core.workflow import Stage
from jinan_desk.gui.step_dialog import StepDialog
from jinan_desk.services.funds import Entry
from jinan_desk.services.reports import By
from tests.services.test_reports import REFUND, RELIEF
from tests.way import by

STEPS = (
    (Stage.RECEIVED, "韩立"), (Stage.ACCEPTED, "韩立"), (Stage.FIRST_REVIEW, "邹平"), (Stage.SECOND_REVIEW, "邹平"),
    (Stage.PUBLICITY, "邹平"),
)  # fmt: skip


def open_page(hall):
    cases = hall.sitting.context.desk.cases

    def enter():
        cases.enter("06A", date(2020, 3, 2), REFUND)
        cases.enter("06A", date(2020, 4, 2), REFUND | {"dismissed": 90})
        cases.enter("07B", date(2020, 3, 9), RELIEF)

    hall.sitting.store.wait(enter)
    hall.window.show_page("reports")
    hall.settle()
    return hall.window.page("reports").show_view(0)


def rows(page):
    model = page.model
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def test_breakdowns_are_shown_one_at_a_time_with_their_sum(hall):
    page = open_page(hall)
    assert rows(page)[0] == ["06A 稳岗返还", "2", "1", "79,200.00", "0.00"]
    assert rows(page)[-1][1:] == ["3", "2", "79,200.00", "0.00"]
    page.by.picked.emit(list(By).index(By.MONTH))
    assert [row[0] for row in rows(page)[:-1]] == ["2020-03", "2020-04"]


def test_charts_are_pictures_of_their_pages(hall):
    page = open_page(hall)
    for what in By:
        page.show_breakdown(what)
        hall.settle()
        for chart in page.charts.values():
            assert not chart.pixmap().isNull()
            assert chart.accessibleName()


def test_where_there_is_nothing_it_says_so(hall):
    page = open_page(hall)
    assert not page.nothing.isVisible()
    page.first.setText("2031-01-01")
    page.first.left.emit()
    hall.settle()
    assert page.nothing.isVisible()
    assert rows(page) == [["合计", "0", "0", "0.00", "0.00"]]


def test_a_period_narrows_the_report(hall):
    page = open_page(hall)
    page.first.setText("2020/3/5")
    page.first.left.emit()
    hall.settle()
    assert rows(page)[-1][1] == "2"
    page.last.setText("2020-03-01")
    page.last.left.emit()
    hall.settle()
    assert "结束早于开始" in hall.window.status.text


def test_a_day_that_is_none_does_not_bind_and_is_marked(hall):
    page = open_page(hall)
    page.first.setText("三月")
    page.first.left.emit()
    hall.settle()
    assert page.first.property("wrong") is True
    assert rows(page)[-1][1] == "3"
    assert "“从”不是有效日期" in hall.window.status.text


def test_the_report_is_written_as_a_workbook(hall, tmp_path):
    page = open_page(hall)
    page.write(tmp_path / "统计表.xlsx")
    hall.settle()
    assert hall.window.status.text == "全部时间的统计表已存为 统计表.xlsx"
    assert (tmp_path / "统计表.xlsx").stat().st_size > 1000
    page.write_charts(tmp_path / "统计图.pdf")
    hall.settle()
    assert hall.window.status.text == "统计图 5 页已存为 统计图.pdf"


# Funds ----------------------------------------------------------------------------------------------------------------


def open_funds(hall):
    hall.window.show_page("reports")
    view = hall.window.page("reports").show_view(1)
    hall.settle()
    return view


def fund_rows(view):
    return [[view.model.index(row, column).data() for column in range(9)] for row in range(view.model.rowCount())]


def test_a_budget_is_entered_and_the_ledger_shows_what_is_left(hall, tmp_path):
    view = open_funds(hall)
    assert view.nothing.isVisible()
    dialog = view.ask_entry()
    dialog.fund.setCurrentIndex(dialog.fund.findData("失业保险基金"))
    dialog.amount.setText("1,000,000")
    dialog.take()
    hall.settle()
    assert dialog.wrong.text() == "请写明下达或调整的文件"
    dialog.source.setText("济财社〔2020〕3号")
    for _ in range(2):  # the guard: a second press enters nothing a second time
        dialog.ok.click()
    hall.settle()
    (row,) = [row for row in fund_rows(view) if row[0] == "失业保险基金"]
    assert row[1:] == ["1,000,000.00", "0", "0.00", "0.00", "0.00", "0.00", "0.00", "1,000,000.00"]
    assert [view.entries.index(0, column).data() for column in (0, 2, 3, 4)] == ["下达预算", "1,000,000.00", "济财社〔2020〕3号", "苏敏"]
    assert not view.nothing.isVisible()
    assert view.entries.rowCount() == 1
    view.write(tmp_path / "资金.xlsx")
    hall.settle()
    assert hall.window.status.text == "2020 年资金台账已存为 资金.xlsx"


def test_an_approval_beyond_the_budget_warns_and_asks_for_a_written_reason(hall):
    desk = hall.sitting.context.desk

    def post():
        cases = desk.cases
        desk.funds.enter(Entry.BUDGET, "失业保险基金", 2020, amount="50000", source="济财社〔2020〕3号")
        case = cases.enter("06A", date(2020, 3, 2), REFUND).row.case
        for stage, name in STEPS:
            by(cases, name).advance(case, stage)
        return case

    case = hall.sitting.store.wait(post)
    hall.day = date(2020, 3, 31)
    hall.window.open_case(case)
    hall.settle()
    hall.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    hall.settle()
    dialog = hall.window.findChild(StepDialog)
    assert any("将超出 29,200.00 元" in label.text() for label in dialog.findChildren(QLabel))
    assert not dialog.ok.isEnabled()
    dialog.answer.setPlainText("市财政已答复追加")
    assert dialog.ok.isEnabled()
    dialog.accept()
    hall.come_back()
    assert hall.desk.editor.stage == "审批"
    view = open_funds(hall)
    assert view.over.text() == "“失业保险基金”已审批的超出预算 29,200.00 元"
