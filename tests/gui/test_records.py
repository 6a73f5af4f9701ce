"""Service records in the window: alerts, follow-ups, closing, the month's ledger."""

from datetime import date

from jinan_desk.core.dates import Month
from jinan_desk.gui.month_ledger import MonthDialog, write_month_ledger

FACTS = {
    "applicant_name": "济南历泉机械制造有限公司", "opened_on": "2020-03-02", "handler": "苏敏", "month": "2020-02",
    "headcount_last_month": 310, "headcount_this_month": 270,
}  # fmt: skip


def open_record(hall):
    cases = hall.sitting.context.desk.cases
    case = hall.sitting.store.wait(lambda: cases.enter("22S", date(2020, 3, 2), FACTS)).row.case
    hall.window.open_case(case)
    hall.settle()
    return hall.desk


def follow(hall, what, on="2020-03-10"):
    record = hall.desk.record
    record.kind.picked.emit(0)
    record.day.show_text(on)
    record.what.setPlainText(what)
    record.done.click()
    hall.settle()


def test_a_record_shows_its_course_and_no_amount(hall):
    desk = open_record(hall)
    assert desk.record.isVisible()
    assert len(desk.record.alerts) == 3
    assert "12.90%" in desk.record.alerts[0]
    assert not any("金额" in text for text in desk.record.alerts)


def test_a_programme_that_is_no_record_has_no_course(hall):
    assert hall.choose(6).record is None


def test_follow_ups_are_added_and_listed_newest_first(hall):
    desk = open_record(hall)
    assert not desk.record.done.isEnabled()
    follow(hall, "电话了解减员原因")
    follow(hall, "上门走访", on="2020/3/15")
    assert desk.record.events == ["2020-03-15 上门走访", "2020-03-10 电话了解减员原因"]
    assert desk.record.what.toPlainText() == ""
    assert not desk.editor.dirty


def test_a_follow_up_on_an_impossible_day_is_refused_and_the_words_stay(hall):
    desk = open_record(hall)
    for day in ("2020-13-01", "2020-02-01", "2020-12-01"):
        follow(hall, "电话了解", on=day)
        assert "日期" in hall.window.status.text
        assert desk.record.what.toPlainText() == "电话了解"
    assert desk.record.events == []


def test_a_record_is_closed_with_its_result_and_what_was_typed_is_saved_first(hall):
    desk = open_record(hall)
    desk.editor.draft.set_text("reason", "订单减少")
    (close,) = desk.editor.bar.stages
    close.click()
    hall.settle()
    assert hall.focus is desk.record.what
    desk.record.what.setPlainText("用工恢复，解除预警")
    desk.record.day.show_text("2020-03-18")
    desk.record.done.click()
    hall.settle()
    assert desk.editor.stage == "办结"
    assert not desk.record.form.isVisible()
    assert not desk.record.alerts
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(desk.editor.case))
    assert view.facts["reason"] == "订单减少"
    assert view.revision.body["closing"] == {"on": "2020-03-18", "what": "用工恢复，解除预警", "by": "苏敏"}


def test_a_new_record_has_no_course_yet(hall):
    desk = hall.choose(22)
    desk.start()
    hall.settle()
    assert not desk.record.form.isVisible()
    desk.editor.draft.set_text("applicant_name", "济南历泉机械制造有限公司")
    desk.editor.saving.save()
    hall.settle()
    assert desk.record.form.isVisible()


def test_alerts_stand_on_the_work_desk_until_the_record_is_closed(hall):
    desk = open_record(hall)
    case = desk.editor.case
    hall.window.show_page("workdesk")
    hall.settle()
    page = hall.window.page("workdesk")
    page.tiles["alerts"].click()
    (button,) = page.attention.buttons
    assert "济南历泉机械制造有限公司" in button.text()
    assert "12.90%" in button.text()
    button.click()
    hall.settle()
    assert hall.desk.editor.case == case
    records = hall.sitting.context.desk.records
    hall.sitting.store.wait(lambda: records.close(case, "用工恢复"))
    hall.window.show_page("workdesk")
    hall.settle()
    assert "alerts" not in page.tiles


def test_the_months_ledger_is_written(hall, tmp_path):
    open_record(hall)
    dialog = MonthDialog(hall.sitting.context, hall.window)
    assert dialog.month.text() == "2020-03"
    dialog.deleteLater()
    write_month_ledger(hall.sitting.context, hall.window, Month(2020, 3), tmp_path / "月台账.xlsx")
    hall.settle()
    assert "共 1 条服务记录" in hall.window.status.text
    assert (tmp_path / "月台账.xlsx").stat().st_size > 1000
