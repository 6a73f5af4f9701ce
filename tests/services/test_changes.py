"""A history tells what was changed from one revision to the next."""

from __future__ import annotations

from jinan_desk.core.workflow import Stage
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import hires
from tests.services.test_cases import ON, hiring


def told(cases: Cases, case: str) -> list[str]:
    return [change.sentence().read() for change in cases.changes(case)[cases.view(case).revision.id]]


def test_a_field_is_told_from_what_to_what(cases: Cases) -> None:
    case = cases.enter("02B", ON, hiring(contact="王敏")).row.case
    cases.change(case, ON, hiring(contact="赵青", phone="13864137000"))
    assert told(cases, case) == ["联系人：王敏 → 赵青", "联系电话：0531-80000001 → 13864137000"]
    private = cases.changes(case)[cases.view(case).revision.id][1]
    assert private.veiled().sentence().read() == "联系电话：*********0001 → *******7000"


def test_rows_of_the_roster_come_go_and_change(cases: Cases) -> None:
    rows = hires(1, 3)
    case = cases.enter("02B", ON, hiring(roster=rows)).row.case
    cases.change(case, ON, hiring(roster=[rows[0], {**rows[1], "insured": False}]))
    lines = told(cases, case)
    assert lines[0].startswith("名单第 2 行“")
    assert lines[1] == f"名单第 3 行：{rows[2]['name']} → 已删除"
    assert "金额（元）：3,000.00 → 1,000.00" in lines


def test_a_step_changes_no_field(cases: Cases) -> None:
    case = cases.enter("02B", ON, hiring()).row.case
    cases.advance(case, Stage.RECEIVED)
    assert told(cases, case) == []
