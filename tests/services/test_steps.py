"""What a person may do with a case now, and by when it must be done."""

from __future__ import annotations

from datetime import date

import pytest

from jinan_desk.core.measure import Route
from jinan_desk.core.workflow import ORDER, Stage, next_stages
from jinan_desk.services.cases import Cases, programme_of
from jinan_desk.services.demo import Clock
from jinan_desk.services.steps import paper_told
from tests.services.test_cases import ON, hiring, refund, walk


def test_what_is_offered_is_what_will_be_done_and_the_rest_says_reason(cases: Cases, clock: Clock) -> None:
    view = walk(cases, cases.enter("06A", ON, refund()), (Stage.RECEIVED, "苏敏"), (Stage.ACCEPTED, "苏敏"))
    steps = {step.stage: step for step in cases.steps(view.row.case)}
    assert steps[Stage.FIRST_REVIEW].straight
    assert "请由另一人办理" in steps[Stage.FIRST_REVIEW].refusal.read()
    assert set(cases.actions(view.row.case)) == {Stage.RETURNED, Stage.WITHDRAWN, Stage.REJECTED}
    view = walk(
        cases, view, (Stage.FIRST_REVIEW, "韩立"), (Stage.SECOND_REVIEW, "邹平"), (Stage.PUBLICITY, "邹平")
    )
    approval = cases.steps(view.row.case)[0]
    assert (approval.stage, approval.straight) == (Stage.APPROVED, True)
    assert "2020年3月27日 期满" in approval.refusal.read()
    clock.day = date(2020, 3, 28)
    assert cases.steps(view.row.case)[0].refusal is None


@pytest.mark.parametrize("route", Route)
def test_every_stage_of_a_route_can_be_left_but_the_last(route: Route) -> None:
    reached, waiting = set(), [ORDER[route][0]]
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting += next_stages(route, stage)
            assert next_stages(route, stage) or stage is ORDER[route][-1]


def test_working_days_are_counted_to_the_limit_and_beyond(cases: Cases, clock: Clock) -> None:
    clock.day = date(2020, 4, 2)
    case = cases.advance(cases.enter("02B", ON, hiring()).row.case, Stage.RECEIVED).row.case
    told, whole = cases.limits(case)
    assert (told.day, told.left) == (date(2020, 4, 10), 5)
    assert whole.sentence.read() == "办理期限 2020-04-17，还剩 10 个工作日"
    clock.day = date(2020, 4, 17)
    assert cases.limits(case)[1].sentence.read() == "办理期限 2020-04-17，今天到期"
    clock.day = date(2020, 4, 18)  # a Saturday
    late = cases.limits(case)[1]
    assert late.pressing
    assert late.sentence.read() == "办理期限 2020-04-17，已超过 1 个工作日"


def test_while_an_applicant_corrects_nothing_runs_out(cases: Cases, clock: Clock) -> None:
    case = cases.advance(cases.enter("02B", ON, hiring()).row.case, Stage.RECEIVED).row.case
    cases.advance(case, Stage.CORRECTION, reason="缺劳动合同")
    clock.day = date(2020, 6, 1)
    (still,) = cases.limits(case)
    assert not still.pressing
    assert "暂停" in still.sentence.read()


def test_publicity_says_until_when(cases: Cases) -> None:
    view = walk(
        cases, cases.enter("06A", ON, refund()), (Stage.RECEIVED, "苏敏"), (Stage.ACCEPTED, "苏敏"),
        (Stage.FIRST_REVIEW, "韩立"), (Stage.SECOND_REVIEW, "邹平"), (Stage.PUBLICITY, "邹平"),
    )  # fmt: skip
    assert [limit.day for limit in cases.limits(view.row.case)] == [date(2020, 3, 27)]


def test_a_step_knows_the_papers_that_tell_of_it() -> None:
    programme = programme_of("06A")[1]
    assert [paper.key for paper in paper_told(Stage.CORRECTION, programme)] == ["correction"]
    assert paper_told(Stage.FIRST_REVIEW, programme) == ()
