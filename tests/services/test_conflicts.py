"""Two newest versions of a case are settled by a person, piece by piece, and nothing is undone behind their back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinan_desk.core.record import FOLLOW_UPS
from jinan_desk.core.role import Role
from jinan_desk.core.text import Sentence
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services import cases, conflicts
from jinan_desk.services.conflicts import Conflict
from jinan_desk.services.demo import Clock, hires
from jinan_desk.services.handed_in import HandedIn
from jinan_desk.services.sides import FORMER_NUMBERS
from jinan_desk.store import connection
from tests.services.offices import ON, REFUND, Hall, alike

REVIEWED = (Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW)
APPROVED = (*REVIEWED, Stage.PUBLICITY, Stage.APPROVED)


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))


@pytest.fixture
def halls(tmp_path: Path, clock: Clock) -> Iterator[tuple[Hall, Hall]]:
    with ExitStack() as stack:
        made = [
            Hall(tmp_path / code, code, name, clock) for code, name in (("370102", "历下区"), ("370103", "市中区"))
        ]
        for hall in made:
            stack.callback(hall.store.close)
        yield made[0], made[1]


@pytest.fixture
def here(halls: tuple[Hall, Hall]) -> Hall:
    return halls[0]


@pytest.fixture
def there(halls: tuple[Hall, Hall]) -> Hall:
    return halls[1]


@pytest.fixture
def parted(here: Hall, there: Hall) -> Callable[..., str]:
    """A case that both offices have, on which each does something before it hears of the other."""

    def part(
        ours: Callable[[Hall, str], object], theirs: Callable[[Hall, str], object], programme: str = "06A"
    ) -> str:
        case = here.enter(programme)
        here.send(there)
        ours(here, case)
        theirs(there, case)
        here.send(there)
        there.send(here)
        return case

    return part


def difference(conflict: Conflict, key: str) -> list[str]:
    found = next(one for one in conflict.differences if one.key == key)
    return [value.read() for value in found.values]


def keys(conflict: Conflict) -> dict[str, int | None]:
    return {one.key: one.proposed for one in conflict.differences}


def side_of(conflict: Conflict, hall: Hall) -> int:
    return conflict.side_named(hall.office.code)


def test_what_both_sides_have_in_common_is_left_out_and_what_one_alone_changed_is_proposed(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3, year_end_headcount=200),
        lambda hall, case: hall.change(case, dismissed=4, contact="韩立"),
    )
    conflict = here.conflicts.view(case)
    ours, theirs = side_of(conflict, here), side_of(conflict, there)
    assert keys(conflict) == {"dismissed": None, "year_end_headcount": ours, "contact": theirs}
    assert set(difference(conflict, "dismissed")) == {"3 人", "4 人"}
    assert [one.what.read() for one in conflict.differences if one.key == "contact"] == ["联系人"]
    told = "\n".join(version.sentence().read() for version in conflict.versions)
    assert "370103 市中区经办" in told
    assert "历下区 历下区经办" in told
    assert [row.case for row in here.conflicts.all()] == [case]
    assert here.conflicts.count() == 1


def test_differences_are_told_in_lines_and_the_numbers_of_people_among_them_are_named_private(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    """Guards: `Difference.sentences`, and `veiled` in `_difference`: who looks at such numbers is noted."""
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3, bank_account="6222020000000000018"),
        lambda hall, case: hall.change(case, dismissed=4, contact="韩立"),
    )
    conflict = here.conflicts.view(case)
    ours, theirs = (conflict.versions[side_of(conflict, hall)].letter for hall in (here, there))
    lines = {one.key: [line.read() for line in one.sentences()] for one in conflict.differences}
    assert lines["dismissed"][0] == "上年度裁员人数（dismissed）：须选定"
    assert sorted(lines["dismissed"][1:]) == sorted([f"    {ours}  3 人", f"    {theirs}  4 人"])
    assert lines["contact"][0] == f"联系人（contact）：只有版本 {theirs} 改过，拟采用"
    assert lines["bank_account"][0] == f"银行账号（bank_account）：只有版本 {ours} 改过，拟采用"
    veiled = {one.key: [value.read() for value in one.veiled] for one in conflict.differences}
    assert veiled["dismissed"] == veiled["contact"] == []
    assert "6222020000000000018" in "".join(lines["bank_account"])
    assert "6222020000000000018" not in "".join(veiled["bank_account"])
    assert conflict.is_private


def test_a_side_is_named_by_its_letter_or_its_office(here: Hall, there: Hall, parted: Callable[..., str]) -> None:
    """Guard: `side_named`; spaces and small letters are no other side."""
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.change(case, dismissed=4)
    )
    conflict = here.conflicts.view(case)
    theirs = side_of(conflict, there)
    letter = "ab"[theirs]
    assert {conflict.side_named(word) for word in (letter, f" {letter.upper()} ", " 370103 ")} == {theirs}


def test_a_settlement_has_both_parents_one_head_and_the_chosen_facts_determined_anew(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3),
        lambda hall, case: hall.change(case, dismissed=4, premium_paid="100000.00"),
    )
    conflict = here.conflicts.view(case)
    view = here.conflicts.settle(
        case, {"dismissed": side_of(conflict, here)}, reason=" 已与市中区核对 ", heads=conflict.heads
    )
    assert view.revision.parents == conflict.heads
    assert view.revision.action == "settle"
    assert view.revision.reason == "已与市中区核对"
    assert not view.row.conflict
    assert (view.facts["dismissed"], view.facts["premium_paid"]) == (3, "100000.00")
    expected = here.cases.enter("06A", ON["06A"], {**REFUND, "dismissed": 3, "premium_paid": "100000.00"})
    assert view.row.amount == expected.row.amount == 5000000
    here.send(there)
    assert alike(here, there, case)
    assert here.store.check() == there.store.check() == []


def test_what_both_changed_must_be_chosen(here: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.change(case, dismissed=4)
    )
    with pytest.raises(DeskError, match="须由您选定"):
        here.conflicts.settle(case, {}, reason="核对")
    with pytest.raises(DeskError, match="写明理由"):
        here.conflicts.settle(case, {"dismissed": 0}, reason="  ")
    with pytest.raises(DeskError, match="没有不同之处"):
        here.conflicts.settle(case, {"number": 0}, reason="核对")
    with pytest.raises(DeskError, match="没有版本"):
        here.conflicts.view(case).side_named("C")
    assert here.cases.view(case).row.conflict


def test_a_side_may_be_taken_whole(here: Hall, there: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3, contact="苏敏"),
        lambda hall, case: hall.change(case, dismissed=4, year_end_headcount=250),
    )
    conflict = here.conflicts.view(case)
    theirs = side_of(conflict, there)
    view = here.conflicts.settle(case, {}, whole=theirs, reason="以市中区为准")
    kept = conflict.versions[theirs].revision.body
    assert view.revision.body == kept


def test_a_roster_is_settled_person_by_person(here: Hall, there: Hall, parted: Callable[..., str]) -> None:
    def first(hall: Hall, case: str) -> None:
        rows = hires(1, 4)
        rows[0]["insured"] = False
        hall.change(case, roster=[*rows, *hires(9, 1)])

    def second(hall: Hall, case: str) -> None:
        rows = hires(1, 4)
        rows[0]["contract_end"] = "2023-03-01"
        hall.change(case, roster=rows[:3])

    case = parted(first, second, "02B")
    conflict = here.conflicts.view(case)
    ours, theirs = side_of(conflict, here), side_of(conflict, there)
    assert keys(conflict) == {"roster.1": None, "roster.2": theirs, "roster.3": ours}
    row = difference(conflict, "roster.1")
    assert "否" in row[ours]
    assert "2023年3月1日" in row[theirs]
    assert difference(conflict, "roster.2")[theirs] == "不在名单中"
    view = here.conflicts.settle(case, {"roster.1": theirs}, reason="已看合同")
    people = hires(1, 3) + hires(9, 1)
    assert [row["id_number"] for row in view.facts["roster"]] == [person["id_number"] for person in people]
    assert view.facts["roster"][0]["insured"] is True
    assert view.row.amount == 4 * 100000


def test_no_number_of_a_person_stands_in_the_name_of_a_piece(here: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.change(case, roster=hires(1, 3)),
        lambda hall, case: hall.change(case, roster=hires(2, 3)),
        "02B",
    )
    conflict = here.conflicts.view(case)
    number = hires(1, 1)[0]["id_number"]
    assert number not in "".join(keys(conflict))
    assert number not in "".join(one.what.read() for one in conflict.differences)


def test_documents_are_settled_one_by_one(here: Hall, parted: Callable[..., str]) -> None:
    def hand_in(name: str) -> Callable[[Hall, str], object]:
        def act(hall: Hall, case: str) -> None:
            view = hall.cases.view(case)
            hall.cases.change(case, ON["06A"], view.facts, documents=(HandedIn(name, True, "2020-06-10", 1),))

        return act

    case = parted(hand_in("营业执照"), hand_in("承诺书"))
    conflict = here.conflicts.view(case)
    assert sorted(keys(conflict)) == ["documents.1", "documents.2"]
    view = here.conflicts.settle(case, {}, reason="两份都收到了")
    assert {document["name"] for document in view.revision.body["documents"]} == {"营业执照", "承诺书"}


def test_what_was_noted_on_both_sides_is_kept_without_a_choice(here: Hall, parted: Callable[..., str]) -> None:
    def follow_up(on: str) -> Callable[[Hall, str], object]:
        event = {"on": on, "what": "电话回访", "by": "苏敏"}
        return lambda hall, case: hall.cases.note(case, "follow_up", {FOLLOW_UPS: [event]})

    case = parted(follow_up("2020-06-12"), follow_up("2020-06-11"))
    assert here.conflicts.view(case).differences == ()
    view = here.conflicts.settle(case, {}, reason="两次都算")
    assert [event["on"] for event in view.revision.body[FOLLOW_UPS]] == ["2020-06-11", "2020-06-12"]


# Stages and amounts -------------------------------------------------------------------------------------------------


def test_a_stage_that_both_sides_moved_is_chosen_by_the_person(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    case = parted(
        lambda hall, case: hall.go(case, Stage.RECEIVED),
        lambda hall, case: hall.go(case, Stage.RECEIVED, Stage.ACCEPTED),
    )
    conflict = here.conflicts.view(case)
    assert keys(conflict)["stage"] is None
    assert keys(conflict)["number"] is None
    view = here.conflicts.settle(case, dict.fromkeys(("stage", "number"), side_of(conflict, there)), reason="已受理")
    assert view.stage is Stage.ACCEPTED


def test_a_review_is_not_carried_over_to_facts_that_nobody_reviewed(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.go(case, *REVIEWED)
    )
    conflict = here.conflicts.view(case)
    ours, theirs = side_of(conflict, here), side_of(conflict, there)
    assert keys(conflict) == {"dismissed": ours, "stage": theirs}
    with pytest.raises(DeskError, match="不能配上别的内容"):
        here.conflicts.settle(case, {}, reason="合并两边")
    assert here.cases.view(case).row.conflict
    view = here.conflicts.settle(case, {"stage": ours}, reason="以改后的人数重新审核")
    assert (view.stage, view.facts["dismissed"]) == (Stage.DRAFT, 3)
    assert view.row.number  # it had been given one, which nothing else will have


def test_a_review_is_not_carried_over_to_another_day_either(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    """Guard: `on` in `_is_that_side`: on another day other limits hold."""

    def another_day(hall: Hall, case: str) -> None:
        hall.cases.change(case, date(2020, 6, 12), hall.cases.view(case).facts)

    case = parted(another_day, lambda hall, case: hall.go(case, *REVIEWED))
    conflict = here.conflicts.view(case)
    choices = {"on": side_of(conflict, here), "stage": side_of(conflict, there)}
    with pytest.raises(DeskError, match="不能配上别的内容"):
        here.conflicts.settle(case, choices, reason="核对")
    choices["on"] = choices["stage"]
    assert here.conflicts.settle(case, choices, reason="核对").stage is Stage.SECOND_REVIEW


def test_an_approved_side_is_not_undone_silently(here: Hall, there: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.go(case, *REVIEWED, Stage.RETURNED), lambda hall, case: hall.go(case, *APPROVED)
    )
    conflict = here.conflicts.view(case)
    ours, theirs = side_of(conflict, here), side_of(conflict, there)
    preview = here.conflicts.preview(case, {}, whole=ours)
    assert [version.letter for version in preview.undone] == [conflict.versions[theirs].letter]
    with pytest.raises(DeskError, match="将撤销它"):
        here.conflicts.settle(case, {}, whole=ours, reason="企业已撤回")
    assert here.cases.view(case).row.conflict
    view = here.conflicts.settle(case, {}, whole=ours, reason="企业已撤回", undo=True)
    assert view.stage is Stage.RETURNED
    told = [change.sentence().read() for change in here.cases.changes(case)[view.revision.id]]
    letter = conflict.versions[theirs].letter
    assert f"不取版本 {letter}（市中区（370103））的办理阶段：审批 → 退回修改" in told


def test_what_was_passed_on_to_another_department_is_not_undone_silently(here: Hall, there: Hall) -> None:
    """Guard: the route in `_settlement`: on each one other stages are a decision."""
    example = find("09B")[1].examples[0]  # type: ignore[index]
    case = here.cases.enter("09B", date.fromisoformat(example.on), example.facts).row.case
    here.send(there)
    way = (Stage.RECEIVED, Stage.ACCEPTED, Stage.PRE_CHECKED)
    here.go(case, *way, Stage.TRANSFERRED)
    there.go(case, *way)
    there.send(here)
    conflict = here.conflicts.view(case)
    with pytest.raises(DeskError, match="将撤销它"):
        here.conflicts.settle(case, {}, whole=side_of(conflict, there), reason="核对")
    assert here.conflicts.preview(case, {}, whole=side_of(conflict, here)).undone == ()


def test_the_day_of_a_grant_goes_with_the_stage_and_is_no_choice_of_its_own(
    here: Hall, parted: Callable[..., str]
) -> None:
    case = parted(lambda hall, case: hall.change(case, contact="苏敏"), lambda hall, case: hall.go(case, *APPROVED))
    conflict = here.conflicts.view(case)
    assert set(keys(conflict)) == {"contact", "stage"}
    choices = dict.fromkeys(keys(conflict), side_of(conflict, here))
    view = here.conflicts.settle(case, choices, reason="重新审核", undo=True)
    assert "granted_on" not in view.revision.body
    assert here.store.check() == []


def test_nothing_is_undone_by_taking_the_approved_side(here: Hall, there: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.go(case, *REVIEWED), lambda hall, case: hall.go(case, *APPROVED)
    )
    conflict = here.conflicts.view(case)
    view = here.conflicts.settle(case, {}, whole=side_of(conflict, there), reason="已审批")
    assert view.stage is Stage.APPROVED


def test_an_approved_amount_is_not_changed_silently(here: Hall, parted: Callable[..., str]) -> None:
    def approve(dismissed: int) -> Callable[[Hall, str], object]:
        def act(hall: Hall, case: str) -> None:
            hall.change(case, premium_paid=f"{dismissed}0000.00")
            hall.go(case, *APPROVED)

        return act

    case = parted(approve(3), approve(4))
    conflict = here.conflicts.view(case)
    ours = side_of(conflict, here)
    assert "15,000.00" in difference(conflict, "stage")[ours]
    with pytest.raises(DeskError, match="将撤销它"):
        here.conflicts.settle(case, {}, whole=ours, reason="以此为准")
    view = here.conflicts.settle(case, {}, whole=ours, reason="以此为准", undo=True)
    assert view.row.amount == 1500000
    assert view.determination["amount"] == "15000.00"


def test_a_preview_says_the_amount_and_changes_nothing(here: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.change(case, premium_paid="30000.00"),
        lambda hall, case: hall.change(case, premium_paid="40000.00"),
    )
    before = len(here.cases.history(case))
    told = [
        here.conflicts.preview(case, {"premium_paid": place}).result.read() for place in (0, 1)
    ]
    assert {"符合，15,000.00 元", "符合，20,000.00 元"} == set(told)
    assert len(here.cases.history(case)) == before
    assert here.cases.view(case).row.conflict


def test_of_two_numbers_one_is_kept_and_neither_is_given_again(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    case = parted(lambda hall, case: hall.go(case, Stage.RECEIVED), lambda hall, case: hall.go(case, Stage.RECEIVED))
    conflict = here.conflicts.view(case)
    numbers = [version.revision.body["number"] for version in conflict.versions]
    ours = side_of(conflict, here)
    choices = {key: ours for key, proposed in keys(conflict).items() if proposed is None}
    view = here.conflicts.settle(case, choices, reason="同日两处收件")
    assert view.row.number == numbers[ours]
    assert view.revision.body[FORMER_NUMBERS] == [numbers[1 - ours]]
    here.send(there)
    for hall in (here, there):
        fresh = hall.go(hall.enter(dismissed=2), Stage.RECEIVED).row.number
        assert fresh not in numbers


def test_a_settlement_that_was_overtaken_is_refused(here: Hall, there: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.change(case, dismissed=4)
    )
    seen = here.conflicts.view(case)
    there.conflicts.settle(case, {"dismissed": 0}, reason="先处理")
    there.change(case, dismissed=5)
    there.send(here)
    assert not here.cases.view(case).row.conflict
    with pytest.raises(DeskError, match="没有冲突"):
        here.conflicts.settle(case, {"dismissed": 1}, reason="后处理", heads=seen.heads)


def test_what_was_looked_at_is_what_is_settled(here: Hall, parted: Callable[..., str]) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.change(case, dismissed=4)
    )
    with pytest.raises(DeskError, match="新的版本"):
        here.conflicts.settle(case, {"dismissed": 0}, reason="核对", heads=("a", "b"))


def test_settled_at_both_places_at_once_is_a_conflict_again_and_settled_again(
    here: Hall, there: Hall, parted: Callable[..., str]
) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.change(case, dismissed=4)
    )
    here.conflicts.settle(case, {"dismissed": 0}, reason="一处")
    there.conflicts.settle(case, {"dismissed": 1}, reason="另一处")
    here.send(there)
    there.send(here)
    assert alike(here, there, case)
    assert there.cases.view(case).row.conflict
    there.conflicts.settle(case, {"dismissed": 1}, reason="商量以后")
    there.send(here)
    assert alike(here, there, case)
    assert not here.cases.view(case).row.conflict


def test_three_sides_are_settled_at_once(here: Hall, there: Hall, tmp_path: Path, clock: Clock) -> None:
    third = Hall(tmp_path / "third", "370104", "槐荫区", clock)
    case = here.enter()
    for hall, number in ((there, 3), (third, 4)):
        here.send(hall)
        hall.change(case, dismissed=number)
    here.change(case, contact="苏敏")
    for hall in (there, third):
        hall.send(here)
    third.store.close()
    conflict = here.conflicts.view(case)
    assert [version.letter for version in conflict.versions] == ["A", "B", "C"]
    assert keys(conflict) == {"dismissed": None, "contact": side_of(conflict, here)}
    view = here.conflicts.settle(case, {"dismissed": conflict.side_named("370104")}, reason="三方核对")
    assert view.revision.parents == conflict.heads
    assert (view.facts["dismissed"], view.facts["contact"]) == (4, "苏敏")
    assert not view.row.conflict


def test_a_programme_of_a_later_version_is_settled_as_a_whole(
    here: Hall, there: Hall, parted: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = parted(
        lambda hall, case: hall.change(case, dismissed=3), lambda hall, case: hall.change(case, dismissed=4)
    )
    monkeypatch.setattr(conflicts, "find", lambda code: None)
    conflict = here.conflicts.view(case)
    assert keys(conflict) == {"dismissed": None}
    with pytest.raises(DeskError, match="整份采用"):
        here.conflicts.settle(case, {"dismissed": 0}, reason="核对")
    view = here.conflicts.settle(case, {}, whole=side_of(conflict, there), reason="核对")
    assert view.facts["dismissed"] == 4


def test_only_those_who_decide_leave_a_decision(
    here: Hall, parted: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = parted(
        lambda hall, case: hall.go(case, *REVIEWED, Stage.RETURNED), lambda hall, case: hall.go(case, *APPROVED)
    )
    whole = side_of(here.conflicts.view(case), here)
    asked = []

    def refuse(_store: object, _account: str, roles: frozenset[Role]) -> None:
        asked.append(roles)
        raise DeskError(Sentence("须由审批人员办理"))

    monkeypatch.setattr(cases, "demand", refuse)
    with pytest.raises(DeskError, match="须由审批人员办理"):
        here.conflicts.settle(case, {}, whole=whole, reason="企业已撤回", undo=True)
    assert asked == [frozenset({Role.APPROVER})]


# Any two heads ------------------------------------------------------------------------------------------------------

_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "insured": st.booleans(),
        "people": st.lists(st.integers(1, 6), max_size=4, unique=True),
        "contact": st.sampled_from(["苏敏", "韩立", "邹平"]),
        "stages": st.integers(0, 3),
    },
)


def _act(hall: Hall, case: str, what: dict[str, object]) -> None:
    facts: dict[str, object] = {}
    if "contact" in what:
        facts["contact"] = what["contact"]
    if "people" in what:
        facts["roster"] = [
            row for number in what["people"] for row in hires(number, 1, insured=what.get("insured", True))  # type: ignore[attr-defined]
        ]
    if facts:
        hall.change(case, **facts)
    hall.go(case, *REVIEWED[: what.get("stages", 0)])  # type: ignore[misc]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ours=_FACTS, theirs=_FACTS, places=st.lists(st.integers(0, 1), min_size=1, max_size=8))
def test_any_two_heads_settle_into_one_with_both_parents_that_every_office_comes_to(
    ours: dict[str, object], theirs: dict[str, object], places: list[int]
) -> None:
    clock = Clock(date(2020, 3, 20))
    with TemporaryDirectory() as directory, ExitStack() as stack:
        here, there, third = (
            Hall(Path(directory, code), code, code, clock) for code in ("370102", "370103", "370104")
        )
        for hall in (here, there, third):
            stack.callback(hall.store.close)
        case = here.enter("02B")
        here.send(there)
        here.send(third)
        here.cases.note(case, "mark", {"seen": "here"})
        there.cases.note(case, "mark", {"seen": "there"})
        _act(here, case, ours)
        _act(there, case, theirs)
        there.send(here)
        conflict = here.conflicts.view(case)
        choices = {one.key: places[number % len(places)] for number, one in enumerate(conflict.differences)}
        try:
            view = here.conflicts.settle(case, choices, reason="逐项", undo=True)
        except DeskError:  # a review that would be carried over to other facts
            assert here.conflicts.view(case) == conflict
            view = here.conflicts.settle(case, {}, whole=places[0], reason="整份")
        assert view.revision.parents == conflict.heads
        assert [head.id for head in here.store.heads(case)] == [view.revision.id]
        for hall in (there, third):
            here.send(hall)
            assert alike(here, hall, case)
            assert hall.store.check() == []
