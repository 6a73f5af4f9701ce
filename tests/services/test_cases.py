"""A case is entered, changed, and moved through its stages; every refusal is one sentence and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.cases import Cases, CaseView, FactsError, stage_named
from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.store import CaseFilter, Store
from tests.way import by

ON = date(2020, 3, 20)


def hiring(**other: Any) -> dict[str, Any]:
    return {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 2), **other}


def refund(**other: Any) -> dict[str, Any]:
    pair = find("06A")
    assert pair is not None
    return {**pair[1].examples[0].facts, **other}


def walk(cases: Cases, view: CaseView, *steps: tuple[Stage, str]) -> CaseView:
    for stage, account in steps:
        view = by(cases, account).advance(view.row.case, stage, reason="演示理由")
    return view


REVIEWED = (
    (Stage.RECEIVED, "苏敏"),
    (Stage.ACCEPTED, "苏敏"),
    (Stage.FIRST_REVIEW, "韩立"),
    (Stage.SECOND_REVIEW, "邹平"),
)


def test_a_new_case_is_a_draft_with_its_answer(cases: Cases) -> None:
    view = cases.enter("02B", ON, hiring())
    assert (view.stage, view.row.outcome, view.row.amount, view.row.number) == (Stage.DRAFT, "eligible", 200000, "")
    assert view.facts["roster"][1]["name"] == hires(2, 1)[0]["name"]
    assert view.determination["amount"] == "2000.00"


@pytest.mark.parametrize("code", ["06A", "02B", "14A"])
def test_what_a_save_answers_is_what_is_read_afterwards(cases: Cases, code: str) -> None:
    """Guard: what `_Beside.keep` answers is read from the kept text, and not what it was written from."""
    pair = find(code)
    assert pair is not None
    for example in pair[1].examples:
        view = cases.enter(code, date.fromisoformat(example.on), example.facts)
        assert view == cases.view(view.row.case)


def test_an_amount_that_no_paper_could_show_is_not_saved(cases: Cases, store: Store) -> None:
    """Guard: the largest amount in `Cases._decided`."""
    example = next(e for e in find("14A")[1].examples if e.outcome == "eligible")  # type: ignore[index]
    courses = [{**row, "standard": "9000.00", "passed": 999_999_999} for row in example.facts["roster"]]
    with pytest.raises(DeskError, match="金额过大"):
        cases.enter("14A", date.fromisoformat(example.on), {**example.facts, "roster": courses})
    assert store.count(CaseFilter()) == 0


def test_an_old_number_is_kept_in_its_new_form_and_defaults_are_not_invented(cases: Cases) -> None:
    row = {"id_number": "370112880312211", "insured": True, "duty_from": "2020-01-24", "duty_to": "2020-02-09"}
    facts = {**unit(1, "济南泉润防护用品有限公司", "370112"), "roster": [row]}
    view = cases.enter("02A", ON, facts)
    assert view.facts["roster"][0]["id_number"].startswith("370112198803122")
    assert "already_granted" not in view.facts


def test_wrong_facts_name_every_place_and_keep_nothing(cases: Cases) -> None:
    wrong = hiring(district="370199", roster=[{**hires(1, 1)[0], "hired_on": "2020-02-30"}])
    with pytest.raises(FactsError) as refused:
        cases.enter("02B", ON, wrong)
    assert set(refused.value.wrong) == {"district", "roster[0].hired_on"}
    assert "有 2 处需要修改" in refused.value.read()
    assert cases.count(CaseFilter()) == 0


def test_the_number_is_given_when_the_case_is_received_without_gaps(cases: Cases) -> None:
    first, second = cases.enter("02B", ON, hiring()), cases.enter("02B", ON, hiring())
    cases.enter("02B", ON, hiring())
    assert cases.advance(second.row.case, Stage.RECEIVED).row.number == "济历下人社受〔2020〕02B-0001号"
    assert cases.advance(first.row.case, Stage.RECEIVED).row.number == "济历下人社受〔2020〕02B-0002号"


def test_the_whole_of_02b_is_due_within_ten_working_days_over_a_holiday(cases: Cases, clock: Clock) -> None:
    clock.day = date(2020, 4, 2)
    view = cases.advance(cases.enter("02B", ON, hiring()).row.case, Stage.RECEIVED)
    assert view.row.due_on == "2020-04-17"  # 清明 4 to 6 April off


def test_the_limit_stands_still_while_the_applicant_corrects(cases: Cases, clock: Clock) -> None:
    view = cases.advance(cases.enter("02B", ON, hiring()).row.case, Stage.RECEIVED)
    assert view.row.due_on == "2020-04-03"
    view = cases.advance(view.row.case, Stage.CORRECTION, reason="缺劳动合同")
    clock.day = date(2020, 3, 25)  # Friday to Wednesday: three working days
    assert cases.advance(view.row.case, Stage.RECEIVED).row.due_on == "2020-04-09"


def test_a_stage_that_does_not_follow_is_refused_and_names_those_that_do(cases: Cases) -> None:
    view = cases.enter("02B", ON, hiring())
    with pytest.raises(DeskError, match="不能到") as refused:
        cases.advance(view.row.case, Stage.APPROVED)
    assert refused.value.read() == "“草稿”之后不能到“审批”，可以到：收件"
    assert cases.view(view.row.case).revision.id == view.revision.id


def test_a_reason_must_be_given_where_one_is_owed(cases: Cases) -> None:
    view = cases.advance(cases.enter("02B", ON, hiring()).row.case, Stage.RECEIVED)
    with pytest.raises(DeskError, match="须写明理由"):
        cases.advance(view.row.case, Stage.CORRECTION, reason="  ")


def test_nothing_incomplete_is_accepted_and_nothing_refused_goes_to_publicity(cases: Cases) -> None:
    open_case = cases.advance(cases.enter("06A", ON, refund(has_complaints=None)).row.case, Stage.RECEIVED)
    assert Stage.ACCEPTED not in cases.actions(open_case.row.case)
    with pytest.raises(DeskError) as told:
        cases.advance(open_case.row.case, Stage.ACCEPTED)
    assert told.value.read() == "认定结果为“待补充”，不能转入“受理”；请补齐资料，或转入：补正、不予受理、撤回"
    refused = walk(cases, cases.enter("06A", ON, refund(dismissed=200)), *REVIEWED)
    assert Stage.PUBLICITY not in cases.actions(refused.row.case)
    with pytest.raises(DeskError) as told:
        cases.advance(refused.row.case, Stage.PUBLICITY)
    assert told.value.read() == "认定结果为“不符合”，不能转入“公示”；可以转入：退回修改、不予批准、撤回"
    assert Stage.REJECTED in cases.actions(refused.row.case)


def test_nobody_reviews_what_they_received_and_nobody_approves_what_they_reviewed(cases: Cases, clock: Clock) -> None:
    view = walk(cases, cases.enter("06A", ON, refund()), *REVIEWED[:2])
    with pytest.raises(DeskError, match="请由另一人办理"):
        by(cases, "苏敏").advance(view.row.case, Stage.FIRST_REVIEW)
    view = walk(cases, view, *REVIEWED[2:], (Stage.PUBLICITY, "韩立"))
    clock.day = date(2020, 4, 20)
    for reviewer in ("韩立", "邹平"):
        with pytest.raises(DeskError, match="请由另一人办理"):
            by(cases, reviewer).advance(view.row.case, Stage.APPROVED)
    assert by(cases, "孔祥文").advance(view.row.case, Stage.APPROVED).stage is Stage.APPROVED


def test_approval_waits_until_five_working_days_of_publicity_are_over(cases: Cases, clock: Clock) -> None:
    view = walk(cases, cases.enter("06A", ON, refund()), *REVIEWED, (Stage.PUBLICITY, "韩立"))
    clock.day = date(2020, 3, 27)  # the fifth working day after Friday the 20th
    with pytest.raises(DeskError) as refused:
        by(cases, "孔祥文").advance(view.row.case, Stage.APPROVED)
    assert "2020年3月27日 期满" in refused.value.read()
    clock.day = date(2020, 3, 28)
    assert by(cases, "孔祥文").advance(view.row.case, Stage.APPROVED).stage is Stage.APPROVED


def test_facts_are_fixed_once_the_case_is_accepted(cases: Cases) -> None:
    view = walk(cases, cases.enter("06A", ON, refund()), *REVIEWED[:2])
    with pytest.raises(DeskError, match="不能直接修改"):
        cases.change(view.row.case, ON, refund(dismissed=3))


def test_saving_the_same_again_is_no_revision(cases: Cases) -> None:
    view = cases.enter("02B", ON, hiring())
    assert cases.change(view.row.case, ON, hiring()).revision.id == view.revision.id
    changed = cases.change(view.row.case, ON, hiring(roster=hires(1, 3)))
    assert changed.revision.parents == (view.revision.id,)
    assert [r.action for r in cases.history(view.row.case)] == ["enter", "change"]


def test_columns_agree_with_the_revisions_after_all_of_it(cases: Cases, store: Store) -> None:
    walk(cases, cases.enter("06A", ON, refund()), *REVIEWED)
    cases.enter("02B", ON, hiring())
    assert store.check() == []


def test_stages_are_named_in_either_language() -> None:
    assert stage_named("received") is stage_named("收件") is Stage.RECEIVED
    with pytest.raises(DeskError, match="没有阶段"):
        stage_named("接收")


def test_a_case_in_conflict_is_settled_before_anybody_works_on_it(cases: Cases, store: Store) -> None:
    """Guard: the conflict in `Cases._refuse`."""
    view = cases.enter("06A", ON, refund())
    one, other = (replace(view.revision, parents=(view.revision.id,), account=name, at=f"2020-03-20T0{n}:00:00Z",
                          origin=replace(view.revision.origin, incarnation=f"life{n}", sequence=1))
                  for n, name in enumerate(("韩立", "邹平")))  # fmt: skip
    store.receive([one, other], {})
    assert store.case(view.row.case).conflict
    for work in (
        lambda: cases.change(view.row.case, ON, refund(dismissed=1)),
        lambda: cases.advance(view.row.case, Stage.RECEIVED),
    ):
        with pytest.raises(DeskError, match="处理冲突"):
            work()
