"""A package whose key is enrolled, and whose content no program of ours has made: all of it is refused in words, nothing
is changed, and whoever works goes on working."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.core.revision import Origin, Revision, canonical, digest
from jinan_desk.errors import DeskError
from jinan_desk.exchange import package as packages
from jinan_desk.exchange.package import Package, read_package, write_package
from jinan_desk.store import CaseFilter, Sorting
from tests.services.desks import Desk, introduce, told


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.fixture
def sent(street: Desk, district: Desk, tmp_path: Path) -> Package:
    """What the street would send: one case. The offices know each other."""
    introduce(street, district, tmp_path)
    street.enter()
    return street.packages.compose(everything=True)


def hand(street: Desk, district: Desk, package: Package, path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sign it with the street's key, carry it over and merge it. The sender leaves out its readable sheets."""
    with monkeypatch.context() as sender:
        sender.setattr(packages, "tables", lambda *_, **__: [])
        sender.setattr(packages, "newest", lambda _: [])
        write_package(path, street.partners.sender(), package, unlocked="测试")
    return district.packages.take(read_package(path))


def altered(revision: Revision, *, body: dict[str, Any] | None = None, **changes: Any) -> Revision:
    return replace(revision, body={**revision.body, **(body or {})}, **changes)


def works(desk: Desk) -> None:
    """The desk goes on: it lists, checks, exports, and gives the next number to a new case."""
    assert desk.store.check() == []
    desk.store.lists.page(CaseFilter(), Sorting(), None, 10)
    desk.store.tally()
    desk.enter()
    written = desk.packages.export(desk.directory.parent / "out.xlsx", everything=True, unlocked="测试")
    read_package(written.path)


BODIES: list[dict[str, Any]] = [
    {"stage": []},
    {"stage": {"a": 1}},
    {"stage": "somewhere"},
    {"outcome": "maybe"},
    {"outcome": 1},
    {"amount": 10**30},
    {"amount": -1},
    {"amount": 10**14},
    {"article": 2**63},
    {"article": 0},
    {"on": "2020-02-30"},
    {"on": "9999-12-31"},
    {"stage_since": ""},
    {"stage_since": "9999-12-31"},
    {"received_on": "昨日"},
    {"due_on": "0001-01-01"},
    {"granted_on": []},
    {"paid_on": 0},
    {"holder": 5},
    {"number": "A" * 1000},
    {"roster": "x"},
    {"determination": []},
    {"determination": {}},
    {"determination": "../../etc/passwd"},
    {"facts": {"applicant_name": ["x"]}},
    {"facts": {"year_end_headcount": {"a": 1}}},
    {"facts": {"applicant_name": "济\0南"}},
    {"facts": {"applicant_name": "济\x7f南"}},
    {"facts": {"\x1b[31m": "x"}},
    {"documents": "x"},
    {"documents": [{"name": "营业执照"}]},
    {"documents": [{"name": "a", "received": True, "on": "", "copies": 1, "note": "", "owner": "x"}]},
    {"documents": [{"name": "a", "received": True, "on": "2020-13-01", "copies": 1, "note": ""}]},
    {"documents": [{"name": "a", "received": True, "on": "", "copies": 10**9, "note": ""}]},
    {"documents": [{"name": "a", "received": 1, "on": "", "copies": 1, "note": ""}]},
    {"follow_ups": [{"on": "2020-03-20"}]},
    {"closing": {"on": "明日", "what": "x", "by": "y"}},
    {"closing": []},
    {"cleared": []},
    {"cleared": {"x": "y"}},
    {"former_numbers": 5},
    {"former_numbers": [5]},
    {"something": deep(60)},
    {"something": deep(400)},
    {"something": "A" * 2**20},
]


def test_a_body_that_no_program_makes_is_refused_by_name(district: Desk, sent: Package) -> None:
    """Guard: `refuse_inadmissible`, each of its lines."""
    for body in BODIES:
        bad = altered(sent.revisions[0], body=body)
        merged = district.packages.take(replace(sent, revisions=(bad,)))
        assert set(merged.received.refused) == {bad.id}, str(body)[:80]
        assert "不是本程序认识的办件记录" in told(merged)
    assert district.all() == []
    works(district)


def test_a_body_that_lacks_something_is_refused(district: Desk, sent: Package) -> None:
    """Guard: `_ALWAYS` in `admission`."""
    for key in ("amount", "number", "on", "stage_since", "outcome", "roster", "facts", "due_on"):
        body = {name: value for name, value in sent.revisions[0].body.items() if name != key}
        bad = replace(sent.revisions[0], body=body)
        assert set(district.packages.take(replace(sent, revisions=(bad,))).received.refused) == {bad.id}, key
    assert district.all() == []
    works(district)


@pytest.mark.parametrize("kind", ["roster", "determination"])
def test_what_is_kept_as_one_thing_is_not_taken_for_another(district: Desk, sent: Package, kind: str) -> None:
    """Guard: the kind in `_wrong_content`: a determination that is here already is nobody's roster, nor the contrary."""
    first = sent.revisions[0]
    rows = canonical([{"name": "张伟"}])
    other = {digest(rows): ("roster", rows)}
    rostered = altered(first, case="r", body={"roster": digest(rows)}, origin=replace(first.origin, sequence=2))
    both = replace(sent, revisions=(first, rostered), contents={**sent.contents, **other})
    assert district.packages.take(both).received.new == 2
    wrong = first.body["determination"] if kind == "roster" else digest(rows)
    bad = altered(first, case="w", body={kind: wrong}, origin=replace(first.origin, sequence=3))
    merged = district.packages.take(replace(sent, revisions=(bad,), contents={}))
    assert set(merged.received.refused) == {bad.id}
    works(district)


ELSEWHERE: list[dict[str, Any]] = [
    {"case": ""},
    {"case": "a b"},
    {"case": "x" * 65},
    {"at": "2020-03-20"},
    {"at": "2020-02-30T08:00:00Z"},
    {"at": "9999-12-31T08:00:00Z"},
    {"at": "2020-03-20T24:00:00Z"},
    {"at": "2020-03-20T08:00:00Z" * 2},
    {"account": "x" * 1000},
    {"account": "苏\0敏"},
    {"action": "x" * 1000},
    {"parents": ("x",)},
    {"parents": ("a" * 64, "a" * 64)},
    {"parents": tuple(f"{n:064x}" for n in range(101))},
    {"origin": Origin("", "aaaa", 1)},
    {"origin": Origin("370102001", "a\na", 1)},
    {"origin": Origin("370102001", "aaaa", 0)},
    {"origin": Origin("370102001", "aaaa", -1)},
    {"origin": Origin("370102001", "aaaa", 2**63)},
    {"origin": Origin("370102001", "aaaa", 10**30)},
]


def test_an_origin_a_time_or_a_parent_that_cannot_be_is_refused(district: Desk, sent: Package) -> None:
    """Guard: `refuse_inadmissible`."""
    for changes in ELSEWHERE:
        bad = altered(sent.revisions[0], **changes)
        merged = district.packages.take(replace(sent, revisions=(bad,)))
        assert set(merged.received.refused) == {bad.id}, str(changes)[:80]
        assert merged.received.gaps == ()
    assert district.all() == []
    works(district)


def without(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: kept for name, kept in value.items() if name != key}


WITHOUT: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda value: {},
    lambda value: {**value, "outcome": "maybe"},
    lambda value: {**value, "amount": 5},
    lambda value: {**value, "checks": {}},
    lambda value: {**value, "checks": [{"label": "x"}]},
    lambda value: {**value, "warnings": ["x"]},
    lambda value: {**value, "missing": [5]},
    lambda value: {**value, "rows": [{"outcome": "eligible"}]},
    lambda value: {**value, "rows": "x"},
    lambda value: without(value, "steps"),
    lambda value: without(value, "parameters"),
]


def test_a_determination_without_what_is_read_of_it_is_refused(district: Desk, sent: Package) -> None:
    """Guard: `is_determination`."""
    revision = sent.revisions[0]
    _, kept = sent.contents[revision.body["determination"]]
    for change in WITHOUT:
        content = canonical(change(json.loads(kept)))
        bad = altered(revision, body={"determination": digest(content)})
        contents = {digest(content): ("determination", content)}
        merged = district.packages.take(replace(sent, revisions=(bad,), contents=contents))
        assert "无法读取" in told(merged), content[:80]
    works(district)


def test_a_record_without_a_determination_lets_nothing_in(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `_refuse_undecided`."""
    bad = replace(sent, revisions=(altered(sent.revisions[0], body={"determination": None}),))
    with pytest.raises(DeskError, match="缺少认定结果"):
        hand(street, district, bad, tmp_path / "p.xlsx", monkeypatch)
    with pytest.raises(DeskError, match="缺少认定结果"):
        district.packages.look(bad)
    assert district.all() == []


def test_a_hash_that_is_not_the_contents_own_lets_nothing_in(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contents are known by what they are, whatever a sender calls them."""
    (kept,) = sent.contents.values()
    package = replace(sent, contents={"0" * 64: (kept[0], canonical({"outcome": "eligible"}))})
    merged = hand(street, district, package, tmp_path / "p.xlsx", monkeypatch)
    assert "缺少附带" in told(merged)
    assert district.all() == []


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_an_enrolled_key_does_not_speak_for_another_office(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, found: Callable[[str, str], Desk]
) -> None:
    """Guard: the office in `Partners.doubt`. A street could else hand down values as if it were the city."""
    city = found("370100", "济南市")
    introduce(city, district, tmp_path)
    before = len(district.packages.history())
    for office in ("370100", "370102"):
        liar = replace(street.partners.sender(), office=office, name="济南市")
        write_package(tmp_path / "p.xlsx", liar, sent, unlocked="测试")
        for look in (district.packages.merge, district.packages.inspect):
            with pytest.raises(DeskError, match="自称来自机构"):
                look(tmp_path / "p.xlsx", trust=street.packages.fingerprint())
    assert district.all() == []
    assert len(district.packages.history()) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"office": ""},
        {"office": "370102001\n370100"},
        {"name": " "},
        {"name": "街\x1b[31m道"},
        {"name": "街" * 201},
        {"incarnation": ""},
        {"lives": ("\0",)},
    ],
    ids=str,
)
def test_a_sender_with_no_name_that_an_office_has_is_refused(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, changes: dict[str, Any]
) -> None:
    """Guard: `_refuse_strange`."""
    write_package(tmp_path / "p.xlsx", replace(street.partners.sender(), **changes), sent, unlocked="测试")
    with pytest.raises(DeskError, match="已损坏"):
        district.packages.inspect(tmp_path / "p.xlsx")


@pytest.mark.parametrize("made_at", ["", "2020-06-20", "9999-12-31T00:00:00Z", "=1+1"])
def test_a_package_of_no_time_is_refused(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, made_at: str
) -> None:
    """Guard: `_refuse_strange`."""
    write_package(tmp_path / "p.xlsx", street.partners.sender(), replace(sent, made_at=made_at), unlocked="测试")
    with pytest.raises(DeskError, match="已损坏"):
        district.packages.inspect(tmp_path / "p.xlsx")


# Numbers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [-1, 2**53 + 1, 10**30])
def test_nobody_has_more_than_any_store_can_make(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, last: int
) -> None:
    """Guard: the bounds of `vector_from_json`: what a partner says that it has is asked for at every export."""
    until = {("370102", district.store.incarnation): last}
    write_package(tmp_path / "p.xlsx", street.partners.sender(), replace(sent, until=until), unlocked="测试")
    with pytest.raises(DeskError, match="已损坏"):
        district.packages.merge(tmp_path / "p.xlsx")
    works(district)


@pytest.mark.parametrize(
    "stone",
    [
        ("a" * 64, "c1", "370102001", "aaaa", 0, "2020-06-10T08:00:00Z"),
        ("a" * 64, "c1", "370102001", "aaaa", 2**63, "2020-06-10T08:00:00Z"),
        ("a" * 64, "c1", "370102001", "aaaa", True, "2020-06-10T08:00:00Z"),
        ("a" * 64, "c1", "370102001", "aaaa", 1, "昨日"),
        ("", "c1", "370102001", "aaaa", 1, "2020-06-10T08:00:00Z"),
        ("a" * 65, "c1", "370102001", "aaaa", 1, "2020-06-10T08:00:00Z"),
        ("a" * 64, 5, "370102001", "aaaa", 1, "2020-06-10T08:00:00Z"),
    ],
    ids=str,
)
def test_what_is_left_of_something_destroyed_is_of_its_shape(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, stone: Any
) -> None:
    """Guard: `_destroyed` in `exchange.package`."""
    write_package(tmp_path / "p.xlsx", street.partners.sender(), replace(sent, destroyed=(stone,)), unlocked="测试")
    with pytest.raises(DeskError, match="已损坏"):
        district.packages.merge(tmp_path / "p.xlsx")


def test_nobody_uses_up_our_numbers_by_saying_that_ours_were_destroyed(
    street: Desk, district: Desk, sent: Package, tmp_path: Path
) -> None:
    """Guard: `_lost` in `receive`. We would go on behind a number that we never gave out, and everybody would wait for
    those before it."""
    district.enter()
    life = district.store.incarnation
    stone = ("b" * 64, "c9", "370102", life, 10**9, "2020-06-10T08:00:00Z")
    write_package(tmp_path / "p.xlsx", street.partners.sender(), replace(sent, destroyed=(stone,)), unlocked="测试")
    assert district.packages.merge(tmp_path / "p.xlsx").received.overtaken
    assert district.store.incarnation != life
    district.enter()
    assert district.store.vector()["370102", district.store.incarnation] == 1
    again = district.store.incarnation
    assert not district.packages.merge(tmp_path / "p.xlsx").received.overtaken
    assert district.store.incarnation == again


def test_what_waits_for_a_parent_that_will_never_come_keeps_nobody_waiting(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No revision is before itself, since its name is its hash: a circle can only be claimed, and waits for ever."""
    one = altered(sent.revisions[0], parents=("a" * 64,))
    other = altered(sent.revisions[0], parents=(one.id,), origin=replace(one.origin, sequence=2))
    merged = hand(street, district, replace(sent, revisions=(other, one)), tmp_path / "p.xlsx", monkeypatch)
    assert (merged.received.new, merged.received.waiting) == (0, 2)
    assert district.all() == []
    street.enter()
    street.packages.export(tmp_path / "q.xlsx", everything=True, unlocked="测试")
    assert district.packages.merge(tmp_path / "q.xlsx").received.new == 2
    works(district)


def test_a_number_that_stands_for_two_revisions_is_named(
    street: Desk, district: Desk, sent: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `forks`."""
    twin = altered(sent.revisions[0], case="twin", at="2020-06-10T09:00:00Z")
    package = replace(sent, revisions=(*sent.revisions, twin))
    assert "对应 2 条不同的记录" in told(hand(street, district, package, tmp_path / "p.xlsx", monkeypatch))
    assert "对应 2 条不同的记录" in "".join(sentence.read() for sentence in district.packages.troubles().sentences())
