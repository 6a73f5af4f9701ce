"""What there is to do, and whose it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jinan_desk.core.role import Role
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import Stage
from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services import workload as module
from jinan_desk.services.demo import DISTRICT
from jinan_desk.services.holding import Holding
from jinan_desk.services.limits import limits_of
from jinan_desk.services.workload import Due, workload
from jinan_desk.store import CaseFilter

DAY = date(2020, 6, 10)
REFUND = find("06A")[1].examples[0].facts


@pytest.fixture
def filled(cases):
    """Two received, one of which is to be decided by the 1st, one draft, one withdrawn, one record of a service."""
    for name in ("甲", "乙", "丙", "丁"):
        cases.enter("06A", DAY, {**REFUND, "applicant_name": f"济南{name}有限公司"})
    first, second, third, _ = [row.case for row in cases.all()]
    for case in (first, second, third):
        cases.advance(case, Stage.RECEIVED)
    cases.advance(third, Stage.WITHDRAWN, reason="申请人撤回")
    cases.note(first, "note", {"due_on": "2020-06-01"})
    cases.note(second, "note", {"due_on": "2020-06-12"})
    cases.enter("26S", DAY, {"subject": "送策上门"})
    return cases


def seen(store, cases, today=DAY, account="苏敏"):
    calendar: Calendar = workday_calendar()
    return workload(store, DISTRICT, Holding(store, DISTRICT, cases), calendar, account=account, today=lambda: today)


def test_what_is_open_is_counted_by_stage_and_every_count_is_that_of_its_list(store, filled):
    load = seen(store, filled)
    assert {one.stage: (one.count, one.mine) for one in load.waiting} == {
        Stage.DRAFT: (1, 1), Stage.RECEIVED: (2, 2), Stage.OPEN: (1, 1),
    }  # fmt: skip
    for one in (*load.waiting, *load.pressing):
        assert filled.count(one.wanted) == one.count


@pytest.mark.parametrize(
    ("today", "counts"),
    [
        (date(2020, 6, 10), {Due.OVER: 1, Due.TODAY: 0, Due.SOON: 1, Due.UNTOLD: 2}),
        (date(2020, 6, 12), {Due.OVER: 1, Due.TODAY: 1, Due.SOON: 0, Due.UNTOLD: 2}),
        (date(2020, 6, 13), {Due.OVER: 2, Due.TODAY: 0, Due.SOON: 0, Due.UNTOLD: 2}),
        (date(2020, 5, 29), {Due.OVER: 0, Due.TODAY: 0, Due.SOON: 1, Due.UNTOLD: 2}),
    ],
)
def test_limits_are_over_today_or_soon(store, filled, today, counts):
    assert {one.due: one.count for one in seen(store, filled, today).pressing} == counts


@pytest.mark.parametrize(("later", "over"), [(0, 0), (1, 2), (30, 2)])
def test_what_is_not_answered_in_five_working_days_is_counted_as_every_case_tells_it(store, filled, later, over):
    """What the head of a case calls over is what the work desk counts."""
    calendar, received = workday_calendar(), filled.rows(CaseFilter(stages=("received",)))
    today = calendar.plus(date.fromisoformat(received[0].stage_since), 5) + timedelta(days=later)
    (untold,) = [one for one in seen(store, filled, today).pressing if one.due is Due.UNTOLD]
    told = [limit for row in received for limit in limits_of(row, calendar, today)]
    assert untold.count == over == sum("受理或告知补正期限" in told_of(one) and one.left < 0 for one in told)


def told_of(limit):
    return limit.sentence.read(str)


def test_what_waits_for_another_role_is_not_mine(store, filled, monkeypatch):
    monkeypatch.setattr(module, "roles_of", lambda store, account: frozenset({Role.REVIEWER}))
    filled.advance(next(row.case for row in filled.all(CaseFilter(stages=("received",)))), Stage.ACCEPTED)
    load = seen(store, filled)
    mine = {one.stage: one.mine for one in load.waiting}
    assert mine[Stage.ACCEPTED] == 1
    assert mine[Stage.DRAFT] == mine[Stage.OPEN] == 0


def test_nothing_was_exchanged_yet(store, filled):
    assert seen(store, filled).exchanged_at == ""
