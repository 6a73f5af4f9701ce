"""Findings in the editor and on the work desk."""

from datetime import date

from PySide6.QtWidgets import QScrollArea

from jinan_desk.services.demo import hires, unit
from jinan_desk.services.findings import FindingView

FACTS = {
    "applicant_name": "山东鲁泉食品有限公司", "credit_code": "91370104MA3015044M", "year_end_headcount": 286,
    "dismissed": 9, "paid_all_months": True, "discredited": False, "has_complaints": False,
    "premium_paid": "158400.00", "category": "general",
}  # fmt: skip


def enter_twice(hall):
    cases = hall.sitting.context.desk.cases

    def enter():
        return [cases.enter("06A", date(2020, month, 1), FACTS).row.case for month in (3, 6)]

    return hall.sitting.store.wait(enter)


def open_case(hall, case):
    hall.window.open_case(case)
    hall.settle()
    return hall.desk


def test_a_case_without_findings_shows_none(hall):
    cases = hall.sitting.context.desk.cases
    desk = open_case(hall, hall.sitting.store.wait(lambda: cases.enter("06A", date(2020, 3, 1), FACTS)).row.case)
    assert not desk.findings.isVisible()


def test_a_finding_is_told_in_words_and_leads_to_the_other_case(hall):
    first, second = enter_twice(hall)
    desk = open_case(hall, second)
    assert desk.findings.isVisible()
    assert "1 项待核实" in desk.findings.heading.text()
    assert desk.findings.blocks == "核实并排除以前不能转入“审批”"
    (link,) = desk.findings.links
    assert "山东鲁泉食品有限公司" in link.text()
    link.click()
    hall.settle()
    assert desk.editor.case == first


def test_a_finding_is_cleared_with_a_reason_that_stands_in_the_history(hall):
    _, second = enter_twice(hall)
    desk = open_case(hall, second)
    (found,) = desk.findings.open
    assert isinstance(found, FindingView)
    desk.findings.clear(found, "")
    hall.settle()
    assert "写明" in hall.window.status.text
    desk.findings.clear(found, "同一企业的更正件，前件已撤回")
    hall.settle()
    assert not desk.findings.open
    assert not desk.findings.buttons
    assert desk.findings.isVisible()
    assert "全部排除" in desk.findings.heading.text()
    assert [revision.action for revision in hall.sitting.store.wait(lambda: history(hall, second))] == ["enter", "clear"]
    assert not desk.editor.dirty


def history(hall, case):
    return hall.sitting.context.desk.cases.history(case)


def test_what_is_being_typed_stays_while_a_finding_is_cleared(hall):
    _, second = enter_twice(hall)
    desk = open_case(hall, second)
    desk.editor.draft.set_text("dismissed", "10")
    desk.findings.clear(desk.findings.open[0], "已核对")
    hall.settle()
    assert desk.editor.draft.text("dismissed") == "10"
    desk.editor.saving.save()
    hall.settle()
    assert not desk.editor.dirty
    assert hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(second)).facts["dismissed"] == 10


def test_the_work_desk_counts_findings_and_leads_to_them(hall):
    cases = enter_twice(hall)
    hall.window.show_page("cases")
    hall.window.show_page("workdesk")
    hall.settle()
    page = hall.window.page("workdesk")
    assert page.tiles["findings"].accessibleName() == "疑点待核实 1 件"
    page.tiles["findings"].click()
    (button,) = page.attention.buttons
    assert "06A" in button.text()
    button.click()
    hall.settle()
    assert hall.desk.editor.case in cases
    found = hall.desk.findings.open[0]
    hall.desk.findings.clear(found, "已核对")
    hall.settle()
    hall.window.show_page("workdesk")
    hall.settle()
    assert "findings" not in page.tiles
    assert not page.back.isVisible()


def test_of_many_findings_some_are_shown_at_a_time(hall):
    cases = hall.sitting.context.desk.cases
    facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 45)}
    twice = hall.sitting.store.wait(lambda: [cases.enter("02B", date(2020, 3, 20), facts).row.case for _ in range(2)])
    findings = open_case(hall, twice[0]).findings
    assert "45 项待核实" in findings.heading.text()
    assert (len(findings.buttons), findings.more.text()) == (20, "还有 25 项，再显示一些")
    findings.more.click()
    findings.more.click()
    assert len(findings.buttons) == 45
    assert not findings.more.isVisible()


def test_in_a_low_window_many_findings_lie_over_nothing(hall):
    """The guard: the list gives up its height before anything below it is covered."""
    cases = hall.sitting.context.desk.cases
    facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 45)}
    twice = hall.sitting.store.wait(lambda: [cases.enter("02B", date(2020, 3, 20), facts).row.case for _ in range(2)])
    hall.window.resize(911, 480)
    findings = open_case(hall, twice[0]).findings
    listed = next(iter(findings.findChildren(QScrollArea)))
    assert findings.more.geometry().bottom() < listed.geometry().top()
    assert listed.geometry().bottom() < findings.height()


def test_in_a_low_window_one_finding_is_shown_and_several_where_there_is_room(hall):
    cases = hall.sitting.context.desk.cases
    facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 5)}
    twice = hall.sitting.store.wait(lambda: [cases.enter("02B", date(2020, 3, 20), facts).row.case for _ in range(2)])
    hall.window.resize(911, 512)
    findings = open_case(hall, twice[0]).findings
    listed = next(iter(findings.findChildren(QScrollArea)))
    line = findings.buttons[0].parentWidget().height()
    assert line <= listed.height() < 2 * line
    hall.window.resize(1366, 768)
    hall.settle()
    assert listed.height() > 2 * line
