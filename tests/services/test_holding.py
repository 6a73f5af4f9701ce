"""A case is with one office at a time: passed up and down by a person, and nobody else's edit takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.core.revision import HOLDER, Revision
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.demo import Clock
from jinan_desk.services.office import Level
from jinan_desk.services.offices import level_of
from jinan_desk.store import CaseFilter, connection
from tests.services.offices import Hall, alike

PLACES = {
    "370102001": "泉城路街道", "370102002": "解放路街道", "370102": "历下区", "370103": "市中区", "370100": "济南市"
}


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))


@pytest.fixture
def halls(tmp_path: Path, clock: Clock) -> Iterator[dict[str, Hall]]:
    with ExitStack() as stack:
        made = {code: Hall(tmp_path / code, code, name, clock) for code, name in PLACES.items()}
        for hall in made.values():
            stack.callback(hall.store.close)
            hall.knows(*(other for other in made.values() if other is not hall))
        yield made


@pytest.fixture
def street(halls: dict[str, Hall]) -> Hall:
    return halls["370102001"]


@pytest.fixture
def district(halls: dict[str, Hall]) -> Hall:
    return halls["370102"]


@pytest.fixture
def city(halls: dict[str, Hall]) -> Hall:
    return halls["370100"]


def offered(hall: Hall, case: str) -> list[str]:
    return [passing.sentence().read() for passing in hall.holding.passings(case)]


def handed_up(street: Hall, district: Hall) -> str:
    case = street.enter()
    street.go(case, Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW)
    street.holding.hand_over(case, "370102")
    street.send(district)
    return case


def by_stranger(hall: Hall, case: str, parent: Revision, **changes: Any) -> Revision:
    """A revision as an office would write it that knows nothing of holders."""
    with hall.store.transaction():
        revision = Revision(
            case=case,
            parents=(parent.id,),
            origin=hall.store.next_origin(hall.office.code),
            account="外机构",
            at="2020-12-31T00:00:00Z",
            action="change",
            reason="",
            body={**parent.body, **changes},
        )
        hall.store.append([revision], {})
    return revision


def test_the_level_stands_in_the_code() -> None:
    assert [level_of(code) for code in ("370102001", "370102", "370100")] == [Level.STREET, Level.DISTRICT, Level.CITY]


def test_an_office_that_works_alone_is_not_bothered(tmp_path: Path, clock: Clock) -> None:
    alone = Hall(tmp_path / "alone", "370102001", "泉城路街道", clock)
    case = alone.enter()
    alone.go(case, Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW)
    view = alone.cases.view(case)
    assert HOLDER not in view.revision.body
    assert view.row.holder == ""
    assert alone.holding.passings(case) == ()
    assert alone.cases.held(case) is None
    alone.store.close()


def test_a_street_passes_a_checked_case_to_its_own_district_and_the_district_to_the_city(
    street: Hall, district: Hall, city: Hall
) -> None:
    case = street.enter()
    assert offered(street, case) == []
    street.go(case, Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW)
    assert offered(street, case) == ["上报济南市", "上报历下区"]
    view = street.holding.hand_over(case, "370102")
    assert (view.revision.action, view.row.holder) == ("hand_over", "370102")
    street.send(district)
    assert offered(district, case) == []
    district.go(case, Stage.SECOND_REVIEW)
    assert offered(district, case) == ["上报济南市"]
    district.holding.hand_over(case, "370100")
    district.send(city)
    city.go(case, Stage.PUBLICITY, Stage.APPROVED)
    assert offered(city, case) == ["下转历下区", "下转泉城路街道"]
    city.holding.hand_over(case, "370102")
    city.send(district)
    city.send(street)
    assert alike(street, city, case)
    assert district.go(case, Stage.FUNDING).stage is Stage.FUNDING


def test_whoever_does_not_hold_it_is_refused_in_words_and_sees_who_does(street: Hall, district: Hall) -> None:
    case = handed_up(street, district)
    assert street.cases.held(case).read() == "现由历下区办理，本机构只能查阅"  # type: ignore[union-attr]
    acts = (
        lambda: street.go(case, Stage.RETURNED),
        lambda: street.cases.note(case, "clear", {}),
        lambda: street.holding.hand_over(case, "370102"),
    )
    before = street.cases.history(case)
    for act in acts:
        with pytest.raises(DeskError, match="只能查阅"):
            act()
    assert street.cases.history(case) == before
    assert street.cases.actions(case) == ()
    assert [step.refusal.read() for step in street.cases.steps(case)][:1] == ["现由历下区办理，本机构只能查阅"]  # type: ignore[union-attr]
    assert [row.case for row in street.cases.all(CaseFilter(holders=("370102",)))] == [case]
    assert district.cases.held(case) is None


def test_a_case_is_held_from_its_entry_where_other_offices_are_known(street: Hall, district: Hall) -> None:
    case = street.enter()
    street.send(district)
    with pytest.raises(DeskError, match="只能查阅"):
        district.change(case, dismissed=2)


def test_what_is_returned_goes_down_with_the_reason(street: Hall, district: Hall) -> None:
    case = handed_up(street, district)
    district.go(case, Stage.RETURNED, reason="裁员人数与附件不符")
    assert offered(district, case) == ["下转泉城路街道"]
    view = district.holding.hand_over(case, "370102001")
    assert view.revision.reason == "裁员人数与附件不符"
    district.send(street)
    assert street.change(case, dismissed=3).stage is Stage.RETURNED
    told = [change.sentence().read() for change in street.cases.changes(case)[view.revision.id]]
    assert told == ["办理机构：历下区（370102） → 历下区（370102001）"]


def test_it_goes_only_where_it_may(street: Hall) -> None:
    case = street.enter()
    street.go(case, Stage.RECEIVED)
    for to in ("370103", "370102002", "370102001", "999999"):
        with pytest.raises(DeskError, match="不能转给"):
            street.holding.hand_over(case, to)
    assert street.cases.view(case).row.holder == "370102001"


def test_a_superior_may_call_a_case_up_with_a_reason(street: Hall, district: Hall, halls: dict[str, Hall]) -> None:
    case = street.enter()
    street.go(case, Stage.RECEIVED)
    street.send(district)
    street.send(halls["370103"])
    assert offered(district, case) == ["调取到本机构办理"]
    assert offered(halls["370103"], case) == []
    with pytest.raises(DeskError, match="写明理由"):
        district.holding.hand_over(case, "370102")
    district.holding.hand_over(case, "370102", reason="街道机器损坏")
    district.go(case, Stage.ACCEPTED)
    district.send(street)
    assert not street.cases.view(case).row.conflict
    assert street.cases.view(case).stage is Stage.ACCEPTED


def test_a_strangers_edit_is_a_conflict_and_no_newer_version(street: Hall, district: Hall) -> None:
    case = handed_up(street, district)
    held = district.store.case(case).head
    strange = by_stranger(street, case, street.store.heads(case)[-1], stage="archived")
    strange = by_stranger(street, case, strange, stage="archived", due_on="2020-07-01")
    street.send(district)
    row = district.store.case(case)
    assert row.conflict
    assert (row.head, row.stage) == (held, "first_review")
    assert [head.id for head in district.store.heads(case)] == [strange.id, held]
    assert alike(street, district, case)
    for hall in (street, district):
        assert hall.store.check() == []
        hall.store.rebuild()
        assert hall.store.check() == []
    conflict = district.conflicts.view(case)
    assert [version.strange for version in conflict.versions] == [True, False]
    told = [version.sentence().read() for version in conflict.versions]
    assert [line.endswith("（该机构当时并不办理此办件）") for line in told] == [True, False]
    assert [one.proposed for one in conflict.differences] == [None]
    with pytest.raises(DeskError, match="请由该机构处理冲突"):
        street.conflicts.settle(case, {}, whole=0, reason="以街道为准")
    with pytest.raises(DeskError, match="须由您选定"):
        district.conflicts.settle(case, {}, reason="核对")
    view = district.conflicts.settle(case, {}, whole=1, reason="街道已无权办理", undo=True)
    assert view.row.stage == "first_review"
    assert not view.row.conflict
    district.send(street)
    assert alike(street, district, case)


def test_in_whatever_order_offices_hear_of_a_stranger_they_see_the_same(
    street: Hall, district: Hall, halls: dict[str, Hall]
) -> None:
    case = handed_up(street, district)
    third = halls["370103"]
    by_stranger(street, case, street.store.heads(case)[-1], due_on="2020-07-01")
    district.go(case, Stage.SECOND_REVIEW)
    revisions = [*street.store.revisions_since({}), *district.store.revisions_since({})]
    keys = {r.body[kind] for r in revisions for kind in ("roster", "determination")} - {None}
    contents = {key: street.store.kept(key) for key in keys}
    seen = set()
    last = revisions[-4:]
    for number, order in enumerate(list(permutations(last))[::5]):
        hall = halls["370102002"] if number == 0 else third
        for revision in (*revisions[:-4], *order):
            hall.store.receive([revision], contents)
        seen.add((hall.store.case(case), tuple(head.id for head in hall.store.heads(case))))
    assert len(seen) == 1
    assert seen.pop()[0].conflict


def test_a_clearance_is_noted_with_the_case_that_is_here(street: Hall, district: Hall) -> None:
    case = handed_up(street, district)
    own = district.enter()
    found = district.findings.of(own)
    assert found
    district.findings.clear([found[0].id], "两件为同一申请，另一件将撤回")
    assert district.findings.of(own, cleared=False) == []
    away = street.enter()
    found = street.findings.of(away)
    street.findings.clear([one.id for one in found], "已核实")
    assert street.cases.history(case)[-1].action == "hand_over"
