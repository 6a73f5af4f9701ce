"""A dated value: who may put it in force, what it would change, and that nothing decided changes by it."""

from __future__ import annotations

import json
import shutil
from datetime import date

import openpyxl
import pytest

from jinan_desk.core.determination import Outcome
from jinan_desk.core.text import chinese
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.effects import Reckoning
from jinan_desk.services.parameters import Proposals, State, checked, dated_value, office_parameters
from jinan_desk.store import CaseFilter, open_store
from jinan_desk.store.connection import DatabaseError, connect
from jinan_desk.store.places import store_path
from tests import data, way
from tests.services.test_earlier_versions import STORES

KEY = "average_unemployment_benefit"
WHERE = {"since": "2019-12-01", "source": "济人社字〔2020〕5号"}
DIFFICULT = {
    "applicant_name": "济南大明湖酒店管理有限公司", "district": "370102", "year_end_headcount": 92, "dismissed": 5,
    "paid_all_months": True, "discredited": False, "has_complaints": False, "recognised_difficult": True,
    "insured_headcount": 10,
}  # fmt: skip


@pytest.fixture
def by(store, clock):
    return lambda name: Proposals(store, account=name, now=clock.now)


@pytest.fixture
def proposed(by):
    return by("苏敏").propose(KEY, "1503.40", **WHERE)


def effects_of(store, value, since="2019-12-01"):
    reckoning = Reckoning(store, *dated_value(checked(KEY, value, since=since, source="通知")))
    while not reckoning.finished:
        reckoning.more(2)
    return reckoning


def test_a_proposed_value_decides_nothing_until_another_person_confirms_it(store, by, proposed):
    assert proposed.state is State.OPEN
    assert office_parameters(store).added == {}
    confirmed = by("秦岚").confirm(proposed.number)
    assert (confirmed.state, confirmed.settled_by, confirmed.alone) == (State.IN_FORCE, "秦岚", False)
    (dated,) = office_parameters(store).added[KEY]
    assert (dated.since, dated.value, dated.basis.source) == (date(2019, 12, 1), 150_340, WHERE["source"])


def test_the_proposer_cannot_confirm(store, by, proposed):
    with pytest.raises(DeskError, match="须由另一人确认"):
        by("苏敏").confirm(proposed.number)
    assert office_parameters(store).added == {}
    assert by("苏敏").find(proposed.number).state is State.OPEN


def test_a_withdrawn_value_cannot_be_confirmed_and_a_confirmed_one_not_withdrawn(by, proposed):
    with pytest.raises(DeskError, match="请写明撤回的原因"):
        by("苏敏").withdraw(proposed.number, "  ")
    withdrawn = by("苏敏").withdraw(proposed.number, "文号写错")
    assert (withdrawn.state, withdrawn.reason) == (State.WITHDRAWN, "文号写错")
    with pytest.raises(DeskError, match="不能再办理"):
        by("秦岚").confirm(proposed.number)
    again = by("苏敏").propose(KEY, "1503.40", **WHERE)
    by("秦岚").confirm(again.number)
    with pytest.raises(DeskError, match="不能再办理"):
        by("苏敏").withdraw(again.number, "反悔")


def test_the_same_value_is_not_proposed_twice(by, proposed):
    assert proposed
    with pytest.raises(DeskError, match="正待另一人确认"):
        by("秦岚").propose(KEY, "1503.4", **WHERE)


def test_what_cannot_be_a_value_is_refused_and_nothing_is_kept(by):
    for key, value, changed, said in (
        ("temporary_gift", "1", {}, "没有名为"),
        (KEY, "许多", {}, "{label}：{why}"),
        (KEY, "1", {"since": "昨天"}, "不是有效日期"),
        (KEY, "1", {"since": ""}, "起始日"),
        (KEY, "1", {"source": " "}, "文件"),
    ):
        with pytest.raises(DeskError, match=said):
            by("苏敏").propose(key, value, **{**WHERE, **changed})
    assert by("苏敏").all() == []


def test_of_two_values_from_one_day_the_later_holds(store, by):
    for value in ("1500.00", "1503.40"):
        by("秦岚").confirm(by("苏敏").propose(KEY, value, **WHERE).number)
    values = office_parameters(store).added[KEY]
    assert [dated.value for dated in values] == [150_000, 150_340]


def test_the_command_line_enters_alone_and_that_is_on_record(store, by):
    entered = by("苏敏").enter(KEY, "1503.40", **WHERE)
    assert entered.alone
    assert entered.settled().read() == "一人录入"
    assert KEY in office_parameters(store).added


def test_acts_are_never_changed_or_deleted(store, proposed):
    assert proposed
    for statement in ("UPDATE acts SET account = '无名'", "DELETE FROM acts"):
        with pytest.raises(DatabaseError, match="never changed"):
            store._db.conn.execute(statement)


# What it would change ---------------------------------------------------------------------------------------------


@pytest.fixture
def some(cases, by):
    """Two cases under a value in force: one decided, one open; and one the value has no part in."""
    by("苏敏").enter(KEY, "1500.00", **WHERE)
    decided, opened = (cases.enter("06B", date(2020, 7, 1), DIFFICULT | {"insured_headcount": n}).row for n in (10, 20))
    for stage in (Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.REJECTED):
        account = {"first_review": "秦岚", "second_review": "秦岚", "rejected": "方正"}.get(stage.value, "苏敏")
        way.by(cases, account).advance(decided.case, stage, reason="材料不实")
    cases.enter("06A", date(2020, 7, 1), {"applicant_name": "济南泉城公园广告有限公司"})
    return decided, opened


def test_effects_name_every_case_with_both_amounts_and_sum_open_and_decided_apart(store, some):
    decided, opened = some
    reckoning = effects_of(store, "1600.00")
    found = {effect.row.case: effect for effect in reckoning.effects}
    assert found.keys() == {decided.case, opened.case}
    assert (found[decided.case].decided, found[opened.case].decided) == (True, False)
    assert (found[opened.case].before, found[opened.case].after) == (20 * 6 * 150_000, 20 * 6 * 160_000)
    undecided, done = reckoning.sums()
    assert (undecided.count, undecided.after - undecided.before) == (1, 20 * 6 * 10_000)
    assert (done.count, done.after - done.before) == (1, 10 * 6 * 10_000)


def test_reckoning_changes_nothing(store, some):
    before = [(row.case, row.head, row.amount) for row in store.cases(CaseFilter())]
    effects_of(store, "1600.00")
    assert [(row.case, row.head, row.amount) for row in store.cases(CaseFilter())] == before
    assert some


def test_a_value_that_holds_later_or_says_the_same_has_no_effect(store, some):
    assert some
    assert effects_of(store, "1600.00", since="2020-08-01").effects == []
    assert effects_of(store, "1500.00").effects == []


def test_a_confirmed_value_leaves_a_worklist_that_shrinks_as_cases_are_saved_again(store, cases, by, some):
    decided, opened = some
    proposal = by("苏敏").propose(KEY, "1600.00", **WHERE)
    by("秦岚").confirm(proposal.number)

    def listed():
        reckoning = Reckoning(store, proposal.parameter, by("苏敏").find(proposal.number).dated)
        reckoning.more(1000)
        return {effect.row.case for effect in reckoning.effects}

    assert listed() == {decided.case, opened.case}
    cases.change(opened.case, date(2020, 7, 1), cases.view(opened.case).facts, reason="按新标准重算")
    assert listed() == {decided.case}
    assert store.case(decided.case).amount == 10 * 6 * 150_000


def test_a_first_value_turns_what_was_incomplete_into_an_amount(store, cases):
    cases.enter("06B", date(2020, 7, 1), DIFFICULT)
    (effect,) = effects_of(store, "1503.40").effects
    assert (Outcome(effect.row.outcome), effect.outcome) == (Outcome.INCOMPLETE, Outcome.ELIGIBLE)
    assert (effect.before, effect.after) == (0, 9_020_400)


def test_the_worklist_is_written_as_a_workbook_with_exact_amounts(store, some, tmp_path):
    assert some
    effects_of(store, "1600.00").write(tmp_path / "影响.xlsx", chinese)
    rows = list(openpyxl.load_workbook(tmp_path / "影响.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0].startswith("上年12月份当地月人均失业保险金：自 2019-12-01 起")
    assert {row[4] for row in rows[2:4]} == {"未决", "已决"}
    assert sorted(row[9] for row in rows[2:4]) == [6000, 12000]
    assert rows[4][0].startswith("未决办件 1 件")


def test_values_that_an_earlier_version_entered_are_in_force_as_they_were(tmp_path):
    shutil.copy(STORES[0], tmp_path / "desk.db")
    entries = [{"key": KEY, "since": "2019-12-01", "value": v, "source": "通知"} for v in ("1500.00", "1503.40")]
    _write_setting(tmp_path, json.dumps(entries, ensure_ascii=False))
    with open_store(tmp_path, data.KEY) as store:
        assert [dated.value for dated in office_parameters(store).added[KEY]] == [150_000, 150_340]
        assert store.settings.get("parameters") is None
        assert store.check() == []


def _write_setting(folder, encoded):
    db = connect(store_path(folder), data.KEY)
    db.conn.execute("INSERT INTO settings VALUES ('parameters', ?)", (encoded,))
    db.conn.commit()
    db.conn.close()
