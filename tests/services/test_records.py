"""Service records are followed up, closed with a result, listed by the month, and raise alerts while they are open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jinan_desk.core.dates import Month
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.i18n import translator
from jinan_desk.measures import find
from jinan_desk.paths import translations_directory
from jinan_desk.services.alerts import alerts
from jinan_desk.services.cases import Cases, CaseView
from jinan_desk.services.demo import DISTRICT, Clock
from jinan_desk.services.records import Records, day_named, month_named
from jinan_desk.store import Store

ON = date(2020, 3, 20)


@pytest.fixture
def records(store: Store, cases: Cases, clock: Clock) -> Records:
    return Records(store, cases, DISTRICT, account="韩立", today=clock.today)


def enter(cases: Cases, code: str = "01S", **other: Any) -> CaseView:
    pair = find(code)
    assert pair is not None
    return cases.enter(code, ON, {**pair[1].examples[0].facts, **other})


def monitor(cases: Cases, before: int, now: int) -> CaseView:
    return enter(cases, "22S", headcount_last_month=before, headcount_this_month=now)


def test_a_record_is_opened_without_an_amount_and_without_a_number(cases: Cases) -> None:
    view = enter(cases)
    assert (view.stage, view.row.outcome, view.row.amount, view.row.number) == (Stage.OPEN, "eligible", None, "")


def test_follow_ups_keep_their_day_and_who_wrote_them(cases: Cases, records: Records, clock: Clock) -> None:
    view = enter(cases)
    records.follow_up(view.row.case, "电话了解缺工情况", on=date(2020, 3, 19))
    clock.day = date(2020, 3, 25)
    records.follow_up(view.row.case, " 推荐 12 人面试 ")
    told = [(event.on.isoformat(), event.what, event.by) for event in records.record(view.row.case).follow_ups]
    assert told == [("2020-03-19", "电话了解缺工情况", "韩立"), ("2020-03-25", "推荐 12 人面试", "韩立")]
    assert [r.action for r in cases.history(view.row.case)] == ["enter", "follow_up", "follow_up"]


def test_facts_may_change_between_follow_ups_which_stay(cases: Cases, records: Records) -> None:
    view = enter(cases)
    records.follow_up(view.row.case, "已解决 40 人")
    cases.change(view.row.case, ON, {**view.facts, "vacancies_filled": 40})
    assert len(records.record(view.row.case).follow_ups) == 1


@pytest.mark.parametrize(
    ("what", "on", "why"),
    [
        ("  ", ON, "请写明"),
        ("太早", date(2020, 2, 10), "登记日期"),  # the example was opened on the day after
        ("还没有到", date(2020, 3, 21), "今日"),
    ],
)
def test_a_follow_up_says_something_on_a_day_that_was(
    cases: Cases, records: Records, what: str, on: date, why: str
) -> None:
    view = enter(cases)
    with pytest.raises(DeskError, match=why):
        records.follow_up(view.row.case, what, on=on)
    assert len(cases.history(view.row.case)) == 1


def test_a_record_is_closed_with_a_day_and_a_result(cases: Cases, records: Records, clock: Clock) -> None:
    view = enter(cases)
    records.follow_up(view.row.case, "推荐 12 人面试")
    clock.day = date(2020, 3, 31)
    with pytest.raises(DeskError, match="早于最后一次跟进"):
        records.close(view.row.case, "缺工已全部解决", on=date(2020, 3, 19))
    closed = records.close(view.row.case, "缺工已全部解决", on=date(2020, 3, 30))
    assert (closed.stage, closed.row.stage_since) == (Stage.CLOSED, "2020-03-30")
    closing = records.record(view.row.case).closing
    assert closing is not None
    assert (closing.on, closing.what, closing.by) == (date(2020, 3, 30), "缺工已全部解决", "苏敏")


def test_the_way_of_stages_closes_with_a_result_too(cases: Cases, records: Records) -> None:
    view = enter(cases)
    with pytest.raises(DeskError, match="须写明理由"):
        cases.advance(view.row.case, Stage.CLOSED)
    cases.advance(view.row.case, Stage.CLOSED, reason="企业已停产")
    closing = records.record(view.row.case).closing
    assert closing is not None
    assert closing.what == "企业已停产"


def test_what_is_closed_stays_closed(cases: Cases, records: Records) -> None:
    view = enter(cases)
    records.close(view.row.case, "已解决")
    with pytest.raises(DeskError, match="服务记录已"):
        records.follow_up(view.row.case, "又来电话")
    with pytest.raises(DeskError, match="服务记录已"):
        records.close(view.row.case, "再次办结")
    with pytest.raises(DeskError, match="不能直接修改"):
        cases.change(view.row.case, ON, {**view.facts, "vacancies_filled": 40})
    with pytest.raises(DeskError, match="不能到"):
        cases.advance(view.row.case, Stage.OPEN, reason="误办结")


def test_an_application_is_no_record(cases: Cases, records: Records) -> None:
    view = enter(cases, "06A")
    with pytest.raises(DeskError, match="不是服务记录"):
        records.follow_up(view.row.case, "电话")


# The month's ledger -------------------------------------------------------------------------------------------------


def busy_months(cases: Cases, records: Records, clock: Clock) -> None:
    """One record opened in February and followed up in March, one of March, one that is closed in April."""
    first, second = enter(cases), enter(cases, "03S", opened_on="2020-03-02", handler=None)
    records.follow_up(first.row.case, "电话了解缺工情况", on=date(2020, 2, 28))
    records.follow_up(first.row.case, "推荐 12 人面试", on=date(2020, 3, 3))
    clock.day = date(2020, 4, 2)
    records.close(second.row.case, "签约 136 人")


def test_a_month_lists_what_was_opened_followed_up_or_closed_in_it(
    cases: Cases, records: Records, clock: Clock
) -> None:
    busy_months(cases, records, clock)
    listed = {str(m): [e.programme for e in records.month(m).entries] for m in (Month(2020, n) for n in range(1, 6))}
    assert listed == {
        "2020-01": [], "2020-02": ["01S"], "2020-03": ["01S", "03S"], "2020-04": ["03S"], "2020-05": []
    }
    march = records.month(Month(2020, 3))
    counts = {one.programme: one.numbers() for one in march.counts if one.records}
    assert counts == {"01S": (1, 0, 1, 0), "03S": (1, 1, 0, 0)}
    assert len(march.counts) == 13
    first, second = march.entries
    assert [event.what for event in first.follow_ups] == ["推荐 12 人面试"]
    assert (first.handler, second.handler) == ("苏敏", "苏敏")
    assert "服务专员：韩立" in [sentence.read() for sentence in first.content]
    assert not any("经办人" in sentence.read() for sentence in first.content)


def test_the_ledger_of_a_month_is_a_workbook(cases: Cases, records: Records, clock: Clock, tmp_path: Path) -> None:
    busy_months(cases, records, clock)
    records.write_month(Month(2020, 4), tmp_path / "ledger.xlsx")
    book = load_workbook(tmp_path / "ledger.xlsx")
    listed, counted = book.worksheets
    assert "2020年4月" in listed["A1"].value
    row = [cell.value for cell in listed[3]]
    assert row[1] == "03S 线上招聘活动"
    assert row[8] == "签约 136 人"
    assert [cell.value for cell in counted[counted.max_row]] == ["合计", 1, 0, 0, 1]


def test_days_and_months_are_read_as_they_are_written() -> None:
    assert day_named(None) is None
    assert day_named("2020-03-22") == date(2020, 3, 22)
    assert month_named("2020-03") == Month(2020, 3)
    for wrong in ("2020-3", "三月"):
        with pytest.raises(DeskError):
            month_named(wrong)
        with pytest.raises(DeskError):
            day_named(wrong)


# Alerts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "keys"),
    [
        (1000, 1000, set()),
        (1000, 1010, set()),
        (0, 0, set()),
        (1000, 982, set()),
        (1000, 981, {"economic_layoff_near"}),  # 19 people: one more makes twenty
        (300, 285, set()),  # 15 of 300 are 5.00 %, and 16 are 5.33 %
        (300, 284, {"refund_at_risk"}),  # 17 would be 5.67 %
        (310, 279, {"headcount_fall", "refund_at_risk", "economic_layoff_near"}),  # 10 % exactly
        (310, 280, {"refund_at_risk", "economic_layoff_near"}),
        (30, 27, {"headcount_fall", "economic_layoff_near"}),  # up to 30 people the refund allows a fifth
        (30, 24, {"headcount_fall", "refund_at_risk", "economic_layoff_near"}),
    ],
)
def test_a_fall_in_headcount_warns_of_what_it_reaches(cases: Cases, before: int, now: int, keys: set[str]) -> None:
    assert {warning["key"] for warning in monitor(cases, before, now).determination["warnings"]} == keys


def test_an_alert_is_shown_until_the_record_is_closed(cases: Cases, records: Records, store: Store) -> None:
    monitor(cases, 300, 299)
    falling = monitor(cases, 310, 279)
    (alert,) = alerts(store)
    assert alert.row.case == falling.row.case
    assert "减少 31 人（10.00%）" in alert.sentence().read()
    records.follow_up(falling.row.case, "已到企业走访")
    assert len(alerts(store)) == 1
    records.close(falling.row.case, "系季节性用工，已恢复")
    assert alerts(store) == []


def test_an_alert_that_was_stored_in_chinese_is_told_in_english(cases: Cases, store: Store) -> None:
    """Guard: `sentences_of` in `alerts`."""
    monitor(cases, 310, 279)
    (alert,) = alerts(store)
    told = alert.sentence().read(translator("en", translations_directory()))
    assert "Headcount is 31 people lower than last month (10.00%)" in told


def test_an_alert_goes_when_the_number_was_a_slip(cases: Cases, store: Store) -> None:
    view = monitor(cases, 310, 79)
    assert len(alerts(store)) == 1
    cases.change(view.row.case, ON, {**view.facts, "headcount_this_month": 309})
    assert alerts(store) == []
