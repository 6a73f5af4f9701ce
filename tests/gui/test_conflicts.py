"""Conflicts in the window: found on the work desk, seen side by side, chosen by keyboard, settled with a reason."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from jinan_desk.core.revision import Origin, Revision
from jinan_desk.core.text import Sentence
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui import conflict_grid
from tests.gui.english import texts
from tests.gui.test_drafts import raises
from tests.gui.test_findings_panel import FACTS


def in_conflict(hall, ours=None, theirs=None, stage="draft"):
    """A case that we changed to `ours` while another office made it what `theirs` and `stage` say."""
    desk = hall.sitting.context.desk

    def make():
        first = desk.cases.enter("06A", date(2020, 6, 10), FACTS)
        if ours is not None:
            desk.cases.change(first.row.case, date(2020, 6, 10), {**FACTS, **ours})
        body = first.revision.body
        other = Revision(
            case=first.row.case,
            parents=(first.revision.id,),
            origin=Origin("370103", "bbbb", 1),
            account="韩立",
            at="2020-06-11T01:00:00Z",
            action="change",
            reason="",
            body={**body, "stage": stage, "facts": {**body["facts"], **(theirs or {})}},
        )
        desk.store.append([other], {})
        return first.row.case

    case = hall.sitting.store.wait(make)
    hall.sitting.context.bus.cases_changed.emit()
    hall.settle()
    return case


def panel_of(hall):
    hall.window.show_page("workdesk")
    hall.settle()
    hall.window.page("workdesk").tiles["conflicts"].click()
    hall.settle()
    page = hall.window.page("exchange")
    assert hall.window.current == "exchange"
    assert page.tabs.currentWidget() is page.conflicts
    return page.conflicts


def test_the_work_desk_counts_conflicts_and_leads_to_them(hall):
    in_conflict(hall, {"dismissed": 3}, {"dismissed": 4})
    panel = panel_of(hall)
    assert panel.list.count() == 1
    assert "山东鲁泉食品有限公司" in panel.heading.text()
    assert len(panel.grid.whole) == 2
    assert list(panel.grid.cells) == ["dismissed"]


def test_a_listed_case_has_the_height_of_all_the_lines_of_its_name(hall):
    in_conflict(hall, {"dismissed": 3}, {"dismissed": 4})
    panel = panel_of(hall)
    metrics = panel.list.fontMetrics()
    a_line = (panel.list.width() - 24) // metrics.horizontalAdvance("济")
    short, long = (
        panel.list.visualItemRect(panel.list_case(replace(panel.conflict.row, applicant="济" * count))).height()
        for count in (a_line, 5 * a_line + 1)
    )
    assert long - short >= 5 * metrics.lineSpacing()


def test_without_conflicts_there_is_nothing_to_be_seen(hall):
    hall.window.show_page("workdesk")
    hall.settle()
    assert "conflicts" not in hall.window.page("workdesk").tiles
    hall.window.page("exchange").show_conflict("")
    hall.window.show_page("exchange")
    hall.settle()
    assert not hall.window.page("exchange").conflicts.list.isVisible()


def test_what_both_changed_is_chosen_by_keyboard_before_it_can_be_settled(hall):
    case = in_conflict(hall, {"dismissed": 3, "contact": "苏敏"}, {"dismissed": 4})
    panel = panel_of(hall)
    assert dict(panel.grid.choices) == {"contact": 1} or dict(panel.grid.choices) == {"contact": 0}
    assert panel.result.text() == "还有 1 项请选定"
    panel.reason.setText("已与市中区核对")
    assert not panel.settle.isEnabled()
    first, second = (cell.radio for cell in panel.grid.cells["dismissed"])
    assert hall.focus is first  # which is the one that is still to be chosen
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClick(first, Qt.Key.Key_Right)
    hall.settle()
    assert second.isChecked()
    assert "处理后：草稿，符合" in panel.result.text()
    assert panel.settle.isEnabled()
    while hall.focus in panel.grid.buttons:
        hall.press(Qt.Key.Key_Tab)
    assert hall.focus is panel.reason  # after all versions, where Enter settles it
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(case))
    assert not view.row.conflict
    assert view.revision.reason == "已与市中区核对"
    assert view.facts["contact"] == "苏敏"
    assert not panel.list.isVisible()


def test_a_decision_is_left_only_when_somebody_says_so(hall):
    case = in_conflict(hall, {"dismissed": 3}, stage="approved")
    panel = panel_of(hall)
    panel.reason.setText("企业已撤回")
    offices = [version.revision.origin.office for version in panel.conflict.versions]
    ours = offices.index(hall.sitting.context.desk.office.code)
    panel.grid.whole[ours].click()
    hall.settle()
    assert "将撤销它" in panel.result.text()
    assert panel.undo.isVisible()
    assert not panel.settle.isEnabled()
    panel.undo.click()
    assert panel.settle.isEnabled()
    panel.settle.click()
    hall.settle()
    assert hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(case)).stage is Stage.DRAFT


def test_a_choice_that_may_not_be_is_told_and_not_settled(hall):
    in_conflict(hall, {"dismissed": 3}, stage="approved")
    panel = panel_of(hall)
    panel.reason.setText("合并两边")
    hall.settle()
    assert "不能配上别的内容" in panel.result.text()
    assert not panel.settle.isEnabled()


def test_everything_has_a_name_for_those_who_cannot_see_it(hall):
    in_conflict(hall, {"dismissed": 3}, {"dismissed": 4})
    panel = panel_of(hall)
    names = [cell.radio.accessibleName() for cell in panel.grid.cells["dismissed"]]
    assert names[0].startswith("上年度裁员人数，版本 A：")
    assert names[1].startswith("上年度裁员人数，版本 B：")
    assert panel.list.accessibleName()
    assert panel.reason.accessibleName()
    assert all(button.text() for button in panel.findChildren(QPushButton))


def test_of_very_many_differences_the_last_are_chosen_as_one(hall, monkeypatch):
    monkeypatch.setattr(conflict_grid, "_MOST", 2)
    case = in_conflict(hall, {"dismissed": 3, "year_end_headcount": 200, "contact": "苏敏"}, {"dismissed": 4})
    panel = panel_of(hall)
    assert len(panel.grid.cells) == 3
    last = list(panel.grid.cells.values())[-1]
    assert "都取版本" in last[0].radio.accessibleName()
    ours = [version.revision.origin.office for version in panel.conflict.versions].index("370102")
    panel.grid.take_whole(ours)
    assert len(panel.grid.choices) == 3
    panel.reason.setText("已核对")
    hall.settle()
    panel.settle.click()
    hall.settle()
    facts = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(case)).facts
    assert (facts["dismissed"], facts["year_end_headcount"], facts["contact"]) == (3, 200, "苏敏")


def test_numbers_of_people_are_masked_until_it_is_noted_who_wants_to_see_them(hall, monkeypatch):
    """The guards: masked values and names for screen readers; the note comes before the numbers."""
    phones = ("13800010001", "13800020001")
    in_conflict(hall, {"phone": phones[0]}, {"phone": phones[1]})
    panel = panel_of(hall)

    def seen():
        said = [text for _, text in texts(panel)]
        return {phone for phone in phones if any(phone in text for text in said)}

    access = hall.sitting.context.desk.access
    with monkeypatch.context() as full:
        full.setattr(access, "note", raises(DeskError(Sentence("磁盘已满"))))
        panel.numbers.click()
        hall.settle()
        assert seen() == set()
    panel.numbers.click()
    hall.settle()
    assert seen() == set(phones)
    assert not panel.numbers.isVisible()
    (line,) = hall.sitting.store.wait(access.page)
    assert (line.action, line.subject) == ("unmask", panel.conflict.row.case)


def test_where_no_numbers_of_people_differ_nothing_asks_to_show_them(hall):
    in_conflict(hall, {"dismissed": 3}, {"dismissed": 4})
    assert not panel_of(hall).numbers.isVisible()
