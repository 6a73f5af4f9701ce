"""The fund ledger: what counts in which year, and the warning before more is granted than there is."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from jinan_desk.core.text import chinese
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.funds import Entry, Funds, fund_named
from tests.services.test_cases import ON, refund, walk
from tests.way import by

FUND = "失业保险基金"
PAPER = {"source": "济财社〔2020〕3号"}
WAY = (
    (Stage.RECEIVED, "苏敏"), (Stage.ACCEPTED, "苏敏"), (Stage.FIRST_REVIEW, "韩立"), (Stage.SECOND_REVIEW, "邹平"),
    (Stage.PUBLICITY, "邹平"),
)  # fmt: skip
AMOUNT = 7_920_000


@pytest.fixture
def funds(store, clock):
    return Funds(store, account="苏敏", now=clock.now)


@pytest.fixture
def posted(cases, clock):
    """A case whose publicity has ended, one day in December."""

    def make(day=date(2020, 12, 1), end=date(2020, 12, 30)):
        clock.day = day
        view = walk(cases, cases.enter("06A", ON, refund()), *WAY)
        clock.day = end
        return view.row.case

    return make


def approve(cases, case, reason=""):
    return by(cases, "方正").advance(case, Stage.APPROVED, reason=reason)


def year(funds, number):
    return next(one for one in funds.ledger(number) if one.fund == FUND)


def test_what_is_granted_counts_in_the_year_of_approval_and_what_is_paid_in_that_of_payment(cases, clock, funds, posted):
    case = posted()
    approve(cases, case)
    clock.day = date(2021, 1, 8)
    by(cases, "方正").advance(case, Stage.FUNDING)
    by(cases, "方正").advance(case, Stage.PAID)
    assert (year(funds, 2020).whole.granted, year(funds, 2020).whole.paid) == (AMOUNT, 0)
    assert (year(funds, 2021).whole.granted, year(funds, 2021).whole.paid) == (0, AMOUNT)
    clock.day = date(2022, 2, 2)
    cases.advance(case, Stage.ARCHIVED)
    assert year(funds, 2021).whole.paid == AMOUNT
    assert funds.years() == [2021, 2020]


def test_money_that_the_bank_sends_back_is_granted_and_not_paid(cases, funds, posted):
    case = posted()
    approve(cases, case)
    for stage in (Stage.FUNDING, Stage.PAID):
        by(cases, "方正").advance(case, stage)
    by(cases, "方正").advance(case, Stage.REOPENED, reason="户名不符")
    whole = year(funds, 2020).whole
    assert (whole.granted, whole.paid, whole.returned) == (AMOUNT, 0, AMOUNT)


def test_money_claimed_back_is_left_again_once_it_has_come(cases, funds, posted):
    funds.enter(Entry.BUDGET, FUND, 2020, amount="100,000", **PAPER)
    case = posted()
    approve(cases, case)
    for stage in (Stage.FUNDING, Stage.PAID):
        by(cases, "方正").advance(case, stage)
    by(cases, "方正").advance(case, Stage.RECOVERY, reason="虚报人数")
    now = year(funds, 2020)
    assert (now.whole.to_recover, now.left) == (AMOUNT, 10_000_000 - AMOUNT)
    funds.enter(Entry.RECOVERED, FUND, 2020, amount="79200.00", **PAPER)
    assert year(funds, 2020).left == 10_000_000


def test_a_rejected_case_takes_nothing_also_when_it_is_archived(store, cases, funds, posted):
    case = posted()
    by(cases, "方正").advance(case, Stage.REJECTED, reason="不实")
    cases.advance(case, Stage.ARCHIVED)
    assert year(funds, 2020).whole.granted == 0
    assert store.check() == []


def test_the_days_are_columns_like_any_other_and_made_anew_from_the_records(store, cases, funds, posted):
    approve(cases, posted())
    before = store.grants()
    assert before[0].granted == "2020"
    assert funds
    store.rebuild()
    assert store.grants() == before
    assert store.check() == []


def test_before_more_is_granted_than_is_left_a_written_reason_is_asked_for(cases, funds, posted):
    funds.enter(Entry.BUDGET, FUND, 2020, amount="50000", **PAPER)
    case = posted()
    step = cases.steps(case)[0]
    assert (step.stage, step.refusal) == (Stage.APPROVED, None)
    assert step.caution.read() == (
        "“失业保险基金”2020 年预算 50,000.00 元，已审批 0.00 元，结余 50,000.00 元；本件 79,200.00 元将超出 29,200.00 元"
    )
    with pytest.raises(DeskError, match="仍要转入，请写明理由"):
        approve(cases, case, reason="  ")
    assert cases.view(case).stage is Stage.PUBLICITY
    assert approve(cases, case, reason="市财政已答复追加").stage is Stage.APPROVED
    assert year(funds, 2020).left == 5_000_000 - AMOUNT


def test_nothing_is_warned_of_where_it_fits_or_no_budget_is_known(cases, funds, posted):
    assert cases.steps(posted())[0].caution is None
    funds.enter(Entry.BUDGET, FUND, 2020, amount="79200", **PAPER)
    assert cases.steps(posted())[0].caution is None


def test_entries_are_added_and_never_replaced(funds):
    funds.enter(Entry.BUDGET, FUND, 2020, amount="1000", **PAPER)
    funds.enter(Entry.BUDGET, FUND, 2020, amount="500", source="追加")
    funds.enter(Entry.CUT, FUND, 2020, amount="300", source="调减")
    assert year(funds, 2020).budget == 120_000
    assert year(funds, 2021).budget is None
    assert [entry.source for entry in funds.entries()] == ["济财社〔2020〕3号", "追加", "调减"]
    with pytest.raises(DeskError, match="超过了已下达的预算"):
        funds.enter(Entry.CUT, FUND, 2020, amount="1200.01", source="调减")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fund": "菜篮子资金"}, "没有资金"),
        ({"year": 20}, "年度"),
        ({"amount": "0"}, "大于 0"),
        ({"amount": "-5"}, "不是有效金额"),
        ({"source": " "}, "文件"),
    ],
)
def test_what_cannot_be_an_entry_is_refused(funds, changes, said):
    given = {"fund": FUND, "year": 2020, "amount": "5", "source": "x"} | changes
    with pytest.raises(DeskError, match=said):
        funds.enter(Entry.BUDGET, given.pop("fund"), given.pop("year"), **given)
    assert funds.entries() == []


def test_the_ledger_tells_programmes_apart_and_is_written_as_a_workbook(cases, funds, posted, tmp_path):
    funds.enter(Entry.BUDGET, FUND, 2020, amount="100000", **PAPER)
    approve(cases, posted())
    (share,) = year(funds, 2020).programmes
    assert (share.label.read(), share.cases, share.granted) == ("06A 稳岗返还", 1, AMOUNT)
    funds.write(2020, tmp_path / "资金.xlsx", chinese)
    book = openpyxl.load_workbook(tmp_path / "资金.xlsx")
    rows = {row[0]: row[1:] for row in book["资金台账"].iter_rows(values_only=True)}
    assert rows[FUND][:4] == (100000, 1, 79200, 0)
    assert rows[FUND][-1] == 20800
    assert list(book["预算和追回记录"].iter_rows(values_only=True))[2][1:5] == ("下达预算", FUND, 100000, PAPER["source"])


def test_a_fund_is_named_by_the_beginning_of_its_name():
    assert fund_named("失业") == FUND
    with pytest.raises(DeskError, match="没有资金"):
        fund_named("")
