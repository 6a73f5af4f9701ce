"""Findings across cases: found when a case is saved, cleared by a person, in the way of approval until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.core import finding
from jinan_desk.core.finding import FindingKind
from jinan_desk.core.revision import Revision
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases, CaseView
from jinan_desk.services.demo import STREET, Clock, hires, unit
from jinan_desk.services.findings import Findings
from jinan_desk.services.judgement import judge_waiting
from jinan_desk.store import Store, open_store, schema
from jinan_desk.store.findings import TABLES
from tests.services.conftest import KEY
from tests.services.test_cases import REVIEWED, walk
from tests.way import by

ON = date(2020, 3, 20)
FIRST, SECOND = unit(1, "济南历泉机械制造有限公司", "370102"), unit(2, "济南大明湖数字文化有限公司", "370103")


@pytest.fixture
def findings(store: Store, cases: Cases, clock: Clock) -> Findings:
    return Findings(store, cases, account="韩立", today=clock.today)


def enter(cases: Cases, employer: dict[str, str], first: int, count: int = 1, **other: Any) -> CaseView:
    return cases.enter("02B", ON, {**employer, "roster": hires(first, count, **other)})


def example(code: str, **other: Any) -> dict[str, Any]:
    pair = find(code)
    assert pair is not None
    return {**pair[1].examples[0].facts, **other}


def kinds(findings: Findings, case: str | None = None) -> list[FindingKind]:
    return sorted(view.finding.kind for view in (findings.of(case) if case else findings.all()))


def test_a_person_who_is_claimed_for_twice_is_found_when_the_second_case_is_saved(
    cases: Cases, findings: Findings
) -> None:
    first, second = enter(cases, FIRST, 1, 3), enter(cases, SECOND, 3, 3)
    (found,) = findings.all()
    assert found.finding.kind is FindingKind.REPEATED
    assert {row.case for row in found.cases} == {first.row.case, second.row.case}
    assert findings.of(first.row.case) == findings.of(second.row.case) == [found]
    assert hires(3, 1)[0]["id_number"] not in found.sentence().read()


def test_whoever_was_refused_before_may_be_claimed_for_again(cases: Cases, findings: Findings) -> None:
    enter(cases, FIRST, 1, 2, prior_record=True)
    enter(cases, FIRST, 1, 2)
    assert kinds(findings) == []


def test_both_refunds_of_one_year(cases: Cases, findings: Findings) -> None:
    code = example("06A")["credit_code"]
    cases.enter("06A", date(2020, 6, 10), example("06A"))
    cases.enter("06B", date(2020, 7, 1), example("06B", credit_code=code))
    cases.enter("06B", date(2021, 1, 4), example("06B", credit_code=code))
    assert kinds(findings) == [FindingKind.REFUNDED_TWICE]


def test_a_benefit_drawn_by_somebody_on_a_roster(cases: Cases, findings: Findings) -> None:
    enter(cases, FIRST, 7)
    benefit = example("24A", id_number=hires(7, 1)[0]["id_number"], from_month="2020-03")
    cases.enter("24A", ON, benefit)
    assert FindingKind.EMPLOYED_ON_BENEFIT in kinds(findings)


def test_one_account_of_two_people(cases: Cases, findings: Findings) -> None:
    people = [row["id_number"] for row in hires(1, 2)]
    for person, account in ((people[0], "6230 1111"), (people[1], "6230-1111"), (people[1], "6230 2222")):
        cases.enter("10B", date(2020, 6, 10), example("10B", id_number=person, bank_account=account))
    assert kinds(findings) == [FindingKind.REPEATED, FindingKind.SHARED_ACCOUNT]


def test_a_claim_for_months_past_retirement(cases: Cases, findings: Findings) -> None:
    retired = example("24A", id_number="370102195501011236", from_month="2020-03")
    view = cases.enter("24A", ON, retired)
    assert kinds(findings, view.row.case) == [FindingKind.PAST_RETIREMENT]


def test_the_cap_of_a_unit_counts_over_all_its_cases(cases: Cases, findings: Findings) -> None:
    def workers(first: int) -> dict[str, Any]:
        duty = {"insured": True, "duty_from": "2020-01-24", "duty_to": "2020-02-09"}
        roster = [{"name": row["name"], "id_number": row["id_number"], **duty} for row in hires(first, 100)]
        return example("02A", roster=roster)

    cases.enter("02A", ON, workers(1))
    assert kinds(findings) == []
    cases.enter("02A", ON, workers(101))
    (found,) = findings.all()
    assert found.finding.excess == 2 * 100 * 17 * 200_00 - 500_000_00


def test_a_case_on_a_pile_is_held_against_each_of_the_others_once(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    pile = [cases.enter("02A", ON, example("02A")) for _ in range(8)]
    held: list[tuple[Any, Any]] = []
    pair = finding._pair
    monkeypatch.setattr(finding, "_pair", lambda one, other: held.append((one, other)) or pair(one, other))
    cases.enter("02A", ON, example("02A"))
    of_the_unit = [one for one, other in held if one.party == other.party == example("02A")["credit_code"]]
    assert len(of_the_unit) == len(pile)


# How one comes and goes ---------------------------------------------------------------------------------------------


def test_a_finding_goes_when_the_case_is_withdrawn_and_archiving_does_not_bring_it_back(
    cases: Cases, findings: Findings
) -> None:
    enter(cases, FIRST, 1)
    second = enter(cases, SECOND, 1)
    walk(cases, second, (Stage.RECEIVED, "苏敏"))
    assert len(kinds(findings)) == 1
    walk(cases, second, (Stage.WITHDRAWN, "苏敏"))
    assert kinds(findings) == []
    walk(cases, second, (Stage.ARCHIVED, "苏敏"))
    assert kinds(findings) == []


def test_a_finding_goes_when_the_person_does_and_comes_back_with_another(cases: Cases, findings: Findings) -> None:
    enter(cases, FIRST, 1, 2)
    second = enter(cases, SECOND, 1)
    (before,) = findings.all()
    cases.change(second.row.case, ON, {**SECOND, "roster": hires(9, 1)})
    assert kinds(findings) == []
    cases.change(second.row.case, ON, {**SECOND, "roster": hires(2, 1)})
    (after,) = findings.all()
    assert after.id != before.id


def test_clearing_needs_a_reason_and_stands_in_both_histories(cases: Cases, findings: Findings) -> None:
    first, second = enter(cases, FIRST, 1), enter(cases, SECOND, 1)
    (found,) = findings.all()
    with pytest.raises(DeskError, match="理由"):
        findings.clear([found.id[:8]], " ")
    (cleared,) = findings.clear([found.id[:8]], "前一单位合同已于 2 月解除，凭证已核")
    assert cleared.cleared == {"on": "2020-03-20", "by": "韩立", "reason": "前一单位合同已于 2 月解除，凭证已核"}
    assert "已排除" in cleared.sentence().read()
    assert kinds(findings) == []
    assert [view.id for view in findings.all(cleared=True)] == [found.id]
    for view in (first, second):
        last = cases.history(view.row.case)[-1]
        assert (last.action, last.reason) == ("clear", "前一单位合同已于 2 月解除，凭证已核")


def test_a_cleared_finding_comes_back_only_with_another_ground(cases: Cases, findings: Findings) -> None:
    person = hires(1, 1)[0]["id_number"]
    first = example("10B", id_number=person, from_month="2020-02", to_month="2020-04")
    cases.enter("10B", date(2020, 6, 10), first)
    second = cases.enter("10B", date(2020, 6, 10), first)
    (found,) = findings.all()
    findings.clear([found.id], "代为补录")
    cases.change(second.row.case, date(2020, 6, 10), {**first, "phone": "0531-80000001"})
    assert kinds(findings) == []
    cases.change(second.row.case, date(2020, 6, 10), {**first, "to_month": "2020-05"})
    assert kinds(findings) == [FindingKind.REPEATED]


def test_a_finding_is_named_by_enough_of_its_id(findings: Findings) -> None:
    with pytest.raises(DeskError, match="没有编号为"):
        findings.clear(["abcdef12"], "无")
    with pytest.raises(DeskError, match="没有编号为"):
        findings.clear(["a"], "无")


def test_an_open_finding_is_in_the_way_of_approval(cases: Cases, findings: Findings, clock: Clock) -> None:
    first = walk(cases, enter(cases, FIRST, 1), *REVIEWED, (Stage.PUBLICITY, "韩立"))
    enter(cases, SECOND, 1)
    clock.day = date(2020, 4, 20)
    with pytest.raises(DeskError, match="疑点尚未排除") as refused:
        by(cases, "孔祥文").advance(first.row.case, Stage.APPROVED)
    assert "同一事项重复申领" in refused.value.read()
    (found,) = findings.all()
    findings.clear([found.id], "另一件为重复录入，将撤回")
    assert by(cases, "孔祥文").advance(first.row.case, Stage.APPROVED).stage is Stage.APPROVED


# Over the whole store and between offices ---------------------------------------------------------------------------


def fill(cases: Cases) -> list[str]:
    views = [enter(cases, FIRST, 1, 3), enter(cases, SECOND, 2, 2), enter(cases, SECOND, 3, 1)]
    views.append(cases.enter("24A", ON, example("24A", id_number=hires(1, 1)[0]["id_number"], from_month="2020-03")))
    walk(cases, views[2], (Stage.RECEIVED, "苏敏"), (Stage.WITHDRAWN, "苏敏"))
    return [view.row.case for view in views]


def told(findings: Findings) -> list[tuple[str, bool]]:
    return [(view.id, view.cleared is not None) for view in findings.all(cleared=None)]


def test_judging_the_whole_store_again_and_rebuilding_it_find_the_same(
    cases: Cases, findings: Findings, store: Store
) -> None:
    fill(cases)
    findings.clear([next(findings.all()).id], "已核实")
    before = told(findings)
    assert len(before) == 3
    heard: list[tuple[int, int]] = []
    assert findings.judge_again(lambda done, total: heard.append((done, total))) == 2
    assert heard == [(4, 4)]
    assert told(findings) == before
    store.rebuild()
    assert told(findings) == before
    assert store.check() == []


def test_the_cases_of_an_earlier_version_are_judged(tmp_path: Path) -> None:
    clock = Clock(ON)

    def cases_of(store: Store) -> Cases:
        return Cases(store, STREET, workday_calendar(), account="邹平", today=clock.today, now=clock.now)

    with open_store(tmp_path / "old", KEY) as store:
        enter(cases_of(store), FIRST, 1)
        enter(cases_of(store), SECOND, 1)
        for table in TABLES:
            store._db.conn.execute(f"DROP TABLE {table}")
        store._db.conn.execute("DELETE FROM unindexed")
        store._db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0002_findings'")
    with open_store(tmp_path / "old", KEY) as store:
        assert kinds(Findings(store, cases_of(store), account="邹平", today=clock.today)) == [FindingKind.REPEATED]


@dataclass(frozen=True)
class Office:
    """An office with a store of its own."""

    store: Store
    cases: Cases
    findings: Findings


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Office]:
    with open_store(tmp_path / "elsewhere", KEY) as store:
        clock = Clock(date(2020, 3, 21))
        cases = Cases(store, STREET, workday_calendar(), account="邹平", today=clock.today, now=clock.now)
        yield Office(store, cases, Findings(store, cases, account="邹平", today=clock.today))


@pytest.fixture
def here(store: Store, cases: Cases, findings: Findings) -> Office:
    return Office(store, cases, findings)


def contents(store: Store, revisions: list[Revision]) -> dict[str, tuple[str, bytes]]:
    keys = {revision.body[kind] for revision in revisions for kind in ("roster", "determination")}
    return {key: store.kept(key) for key in keys if key}


@pytest.mark.parametrize(("portion", "backwards"), [(1, False), (1, True), (2, True), (7, False)])
def test_what_comes_from_elsewhere_is_found_in_whatever_order_it_comes(
    here: Office, elsewhere: Office, portion: int, backwards: bool
) -> None:
    fill(here.cases)
    here.findings.clear([next(here.findings.all()).id], "已核实")
    revisions = sorted(here.store.revisions_since({}), key=lambda revision: revision.id, reverse=backwards)
    for start in range(0, len(revisions), portion):
        elsewhere.store.receive(revisions[start : start + portion], contents(here.store, revisions))
        judge_waiting(elsewhere.store)
    assert told(elsewhere.findings) == told(here.findings)


def test_a_case_saved_while_others_wait_to_be_judged_meets_them(cases: Cases, store: Store, findings: Findings) -> None:
    enter(cases, FIRST, 1)
    with store.transaction():
        store.findings.judge_all_again()
    enter(cases, SECOND, 1)
    assert kinds(findings) == [FindingKind.REPEATED]


def test_what_is_only_looked_at_is_not_judged(cases: Cases, store: Store, elsewhere: Office) -> None:
    revision = enter(cases, FIRST, 1).revision
    enter(elsewhere.cases, SECOND, 1)
    elsewhere.store.receive([revision], contents(store, [revision]), dry_run=True)
    assert elsewhere.store.findings.count_unjudged() == 0
    elsewhere.store.receive([revision], contents(store, [revision]))
    assert elsewhere.store.findings.count_unjudged() == 1
    assert kinds(elsewhere.findings) == [FindingKind.REPEATED]


def test_a_graduate_claimed_for_past_retirement_is_found(cases: Cases, findings: Findings) -> None:
    """Article 10 asks for no class of retirement: the latest age of a man or a woman decides (catalogue 5.7)."""
    (row,) = example("10A")["roster"]
    aged = {**row, "id_number": "370112196003105175"}  # 60 on the 10th of the first month that is claimed
    cases.enter("10A", date(2020, 11, 16), example("10A", roster=[{**aged, "to_month": "2020-03"}]))
    assert kinds(findings) == []
    case = cases.enter("10A", date(2020, 11, 16), example("10A", roster=[{**aged, "from_month": "2020-04"}]))
    assert kinds(findings, case.row.case) == [FindingKind.PAST_RETIREMENT]


def test_cases_of_article_10_of_an_earlier_version_are_judged_again(store: Store, cases: Cases) -> None:
    cases.enter("10A", date(2020, 11, 16), example("10A"))
    enter(cases, FIRST, 1)
    judge_waiting(store)
    assert store.findings.count_unjudged() == 0
    schema.m0016_retirement(store._db)
    assert store.findings.count_unjudged() == 1
