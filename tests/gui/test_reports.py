"""台账报表 in the window."""

from datetime import date

from jinan_desk.services.reports import By
from tests.services.test_reports import REFUND, RELIEF


def open_page(hall):
    cases = hall.sitting.context.desk.cases

    def enter():
        cases.enter("06A", date(2020, 3, 2), REFUND)
        cases.enter("06A", date(2020, 4, 2), REFUND | {"dismissed": 90})
        cases.enter("07B", date(2020, 3, 9), RELIEF)

    hall.sitting.store.wait(enter)
    hall.window.show_page("reports")
    hall.settle()
    return hall.window.page("reports")


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
    for chart in (page.stages, page.months):
        assert not chart.pixmap().isNull()
        assert chart.accessibleName()


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


def test_the_report_is_written_as_a_workbook(hall, tmp_path):
    page = open_page(hall)
    page.write(tmp_path / "统计表.xlsx")
    hall.settle()
    assert hall.window.status.text == "全部时间的统计表已存为 统计表.xlsx"
    assert (tmp_path / "统计表.xlsx").stat().st_size > 1000
