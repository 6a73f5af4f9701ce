"""Where the bank sends money back, the account alone is corrected, and what was granted stands."""

from datetime import date

import pytest

from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import programme_of
from jinan_desk.services.paper_kinds import BY_KEY
from jinan_desk.services.payee import correct_account
from tests.services.test_cases import ON, refund, walk
from tests.services.test_funds import WAY
from tests.way import by

GIVEN = {"account_name": "山东鲁泉食品有限公司", "bank_name": "齐鲁银行历下支行", "bank_account": "6222021602009999999"}


@pytest.fixture
def sent_back(cases, clock):
    case = walk(cases, cases.enter("06A", ON, refund()), *WAY).row.case
    clock.day = date(2020, 12, 30)
    for stage in (Stage.APPROVED, Stage.FUNDING, Stage.PAID):
        by(cases, "方正").advance(case, stage)
    by(cases, "方正").advance(case, Stage.REOPENED, reason="户名与账号不符")
    return case


def test_nothing_but_the_account_changes_and_it_goes_out_again(cases, sent_back):
    before = cases.view(sent_back)
    after = correct_account(cases, sent_back, GIVEN)
    assert {key: after.facts[key] for key in GIVEN} == GIVEN
    assert {**after.facts, **GIVEN} == {**before.facts, **GIVEN}
    kept = {key: value for key, value in before.revision.body.items() if key != "facts"}
    assert {key: value for key, value in after.revision.body.items() if key != "facts"} == kept
    again = by(cases, "方正").advance(sent_back, Stage.FUNDING)
    told = BY_KEY["payment"].revision(programme_of("06A")[1], cases.history(sent_back))
    assert told == again.revision  # the list that goes to the treasury now has the right account


def test_the_same_account_is_no_change(cases, sent_back):
    once = correct_account(cases, sent_back, GIVEN)
    assert correct_account(cases, sent_back, GIVEN).revision == once.revision


def test_an_account_is_asked_for_and_only_once_the_money_came_back(cases, sent_back):
    with pytest.raises(DeskError, match="请填写银行账号"):
        correct_account(cases, sent_back, {})
    by(cases, "方正").advance(sent_back, Stage.FUNDING)
    with pytest.raises(DeskError, match="退票重办时才可以"):
        correct_account(cases, sent_back, GIVEN)
    told = BY_KEY["payment"].revision(programme_of("06A")[1], cases.history(sent_back))
    assert told is not None
    assert told.body["facts"] == cases.view(sent_back).revision.body["facts"]


def test_who_corrected_an_account_does_not_send_the_money_there(cases, sent_back):
    """Guard: `_own_correction`."""
    correct_account(by(cases, "方正"), sent_back, GIVEN)
    with pytest.raises(DeskError, match="更正了收款账户，不能再办理"):
        by(cases, "方正").advance(sent_back, Stage.FUNDING)
    assert by(cases, "秦风").advance(sent_back, Stage.FUNDING).stage is Stage.FUNDING
