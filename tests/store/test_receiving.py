"""What comes from elsewhere: the union of sets, whatever the order; everything that does not fit is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinan_desk.core.revision import Revision, digest
from jinan_desk.store import CaseFilter, Store, open_store
from jinan_desk.store.tombstones import tombstone_of
from tests.store.records import KEY, Contents, Maker, kept, roster


def contents_of(store: Store) -> set[str]:
    return {row[0] for row in store._db.conn.execute("SELECT hash FROM contents")}


def picture(store: Store) -> list[Any]:
    """What a store shows, however it came to it."""
    cases = sorted(store.cases(CaseFilter(), limit=1000), key=lambda row: row.case)
    return [cases, [{r.id for r in store.history(row.case)} for row in cases], dict(store.vector()), contents_of(store)]


def two_offices() -> tuple[list[Revision], Contents]:
    """Three cases: one by one office, one handed from one to the other, one that both changed at once."""
    one, other = Maker("370102", "aaaa"), Maker("370103", "bbbb", minute=30)
    alone = one.chain("alone", 4)
    handed = one.chain("handed", 2)
    handed += [other.revision("handed", handed[-1:], amount=77)]
    handed += [one.revision("handed", handed[-1:], amount=78)]
    torn = one.chain("torn", 2)
    key, contents = roster(("张伟", "370102199001011234"))
    torn += [one.revision("torn", torn[1:2], amount=5), other.revision("torn", torn[1:2], amount=6, roster=key)]
    return [*alone, *handed, *torn], contents


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_order_and_repetition_make_no_difference(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    revisions, contents = two_offices()
    with open_store(tmp_path_factory.mktemp("whole"), KEY) as whole:
        whole.receive(revisions, contents)
        expected = picture(whole)
    shuffled = data.draw(st.permutations([*revisions, *data.draw(st.lists(st.sampled_from(revisions)))]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=5)))
    with open_store(tmp_path_factory.mktemp("pieces"), KEY) as pieces:
        for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
            pieces.receive(shuffled[start:end], contents)
        assert picture(pieces) == expected
        assert pieces.check() == []
        assert pieces.receive([], {}).waiting == 0


def test_new_and_known_are_counted(store: Store) -> None:
    revisions, contents = two_offices()
    first = store.receive(revisions[:5], contents)
    assert (first.new, first.known, first.waiting) == (5, 0, 0)
    second = store.receive(revisions, contents)
    assert (second.new, second.known, second.waiting) == (len(revisions) - 5, 5, 0)
    third = store.receive(revisions, contents)
    assert (third.new, third.known) == (0, len(revisions))


def test_a_dry_run_says_the_same_and_changes_nothing(store: Store) -> None:
    revisions, contents = two_offices()
    before = picture(store)
    said = store.receive(revisions, contents, dry_run=True)
    assert picture(store) == before
    assert store.receive(revisions, contents) == said


def test_an_interrupted_merge_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    revisions, contents = two_offices()
    before = picture(store)
    with monkeypatch.context() as broken:
        broken.setattr("jinan_desk.store.receive.gaps", lambda db: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.receive(revisions, contents)
    assert picture(store) == before
    assert store.receive(revisions, contents).new == len(revisions)


def test_what_has_no_parents_yet_waits_for_them(store: Store) -> None:
    chain = Maker().chain("c1", 4)
    received = store.receive([chain[3], chain[1]], {})
    assert (received.new, received.waiting) == (0, 2)
    assert store.count(CaseFilter()) == 0
    received = store.receive([chain[0]], {})
    assert (received.new, received.waiting) == (2, 1)
    assert store.case("c1").head == chain[1].id
    received = store.receive([chain[2]], {})
    assert (received.new, received.waiting) == (2, 0)
    assert store.history("c1") == tuple(chain)


def test_what_waits_keeps_its_roster(store: Store) -> None:
    key, contents = roster(("张伟", ""))
    maker = Maker()
    first = maker.revision("c1")
    second = maker.revision("c1", [first], roster=key)
    assert store.receive([second], contents).waiting == 1
    assert store.receive([first], {}).new == 2
    assert store.count(CaseFilter(text="张伟")) == 1


def test_what_comes_after_a_gap_waits_until_the_gap_is_filled(store: Store) -> None:
    """Guard: `_reached` in `receive`."""
    maker = Maker()
    cases = [maker.revision(f"c{n}") for n in range(6)]
    received = store.receive([cases[0], cases[3], cases[5]], {}, at="2020-06-11T08:00:00Z")
    assert (received.new, received.waiting) == (1, 2)
    gaps = [(gap.first, gap.last, gap.waiting, gap.since) for gap in received.gaps]
    assert gaps == [(2, 3, 2, "2020-06-11T08:00:00Z"), (5, 5, 1, "2020-06-11T08:00:00Z")]
    assert "机构 370102（aaaa）的第 2–3 号记录尚未收到，其后 2 条自 2020-06-11 起等待" in received.gaps[0].sentence().read()
    assert store.vector() == {("370102", "aaaa"): 1}
    assert store.count(CaseFilter()) == 1
    received = store.receive([cases[1]], {}, at="2020-06-12T08:00:00Z")
    assert [(gap.first, gap.since) for gap in received.gaps] == [(3, "2020-06-11T08:00:00Z"), (5, "2020-06-11T08:00:00Z")]
    received = store.receive([cases[2]], {}, at="2020-06-13T08:00:00Z")
    assert (received.new, received.waiting) == (2, 1)
    assert store.receive(cases, {}).gaps == ()
    assert store.vector() == {("370102", "aaaa"): 6}


def test_what_is_refused_is_no_gap_for_those_after_it(store: Store) -> None:
    maker = Maker()
    bad, good = maker.revision("c1", stage="somewhere"), maker.revision("c2")
    received = store.receive([bad, good], {})
    assert (received.new, received.waiting, set(received.refused)) == (1, 0, {bad.id})
    assert store.vector() == {("370102", "aaaa"): 0}  # so that it is sent again, when this version knows the stage
    assert store.receive([bad, maker.revision("c3")], {}).new == 1


def test_an_incarnation_whose_beginning_is_missing_waits(store: Store) -> None:
    received = store.receive([Maker().revision("c1", sequence=5)], {})
    assert (received.new, received.waiting, store.vector()) == (0, 1, {})
    assert [(gap.first, gap.last) for gap in received.gaps] == [(1, 4)]


def test_a_number_used_twice_is_named_and_both_are_kept(store: Store) -> None:
    """An office that restored a backup without saying so, or worked on in a copy."""
    one = Maker().revision("c1", sequence=1)
    other = Maker(minute=9).revision("c2", sequence=1)
    (fork,) = store.receive([one, other], {}).forks
    assert (fork.office, fork.sequence, set(fork.revisions)) == ("370102", 1, {one.id, other.id})
    assert "核对" in fork.sentence().read()
    assert store.count(CaseFilter()) == 2


def test_two_newest_revisions_are_a_conflict_until_one_follows_both(store: Store) -> None:
    revisions, contents = two_offices()
    assert store.receive(revisions, contents).conflicts == ("torn",)
    assert store.count(CaseFilter(conflict=True)) == 1
    row, heads = store.case("torn"), store.heads("torn")
    assert row.conflict
    assert [head.body["amount"] for head in heads] == [5, 6]
    assert row.head == heads[-1].id
    settled = Maker("370102", "cccc", minute=50).revision("torn", heads, amount=6)
    received = store.receive([settled], {})
    assert received.conflicts == ()
    assert store.heads("torn") == (settled,)
    assert not store.case("torn").conflict
    assert store.check() == []


def test_two_beginnings_of_one_case_are_a_conflict(store: Store) -> None:
    one, other = Maker("370102", "aaaa").revision("c1"), Maker("370103", "bbbb").revision("c1")
    assert store.receive([one, other], {}).conflicts == ("c1",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "somewhere"},
        {"amount": "1.00"},
        {"amount": True},
        {"number": None},
        {"article": "6"},
        {"facts": None},
        {"facts": []},
        {"facts": {"applicant_name": 5}},
        {"roster": 7},
    ],
)
def test_a_body_that_is_no_case_is_refused_alone(store: Store, wrong: dict[str, Any]) -> None:
    maker = Maker()
    good, bad = maker.revision("c1"), maker.revision("c2", **wrong)
    received = store.receive([good, bad], {})
    assert (received.new, set(received.refused)) == (1, {bad.id})
    assert store.count(CaseFilter()) == 1
    assert store.check() == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [("roster", {}), ("roster", [1]), ("roster", [{"name": 5}]), ("determination", []), ("something", [])],
)
def test_a_content_of_another_shape_is_refused(store: Store, kind: str, value: Any) -> None:
    key, contents = kept(kind, value)
    bad = Maker().revision("c1", **{kind if kind != "something" else "roster": key})
    assert set(store.receive([bad], contents).refused) == {bad.id}
    assert store.count(CaseFilter()) == 0


def test_a_content_that_is_missing_is_named(store: Store) -> None:
    key, contents = roster(("张伟", ""))
    revision = Maker().revision("c1", roster=key)
    (why,) = store.receive([revision], {}).refused.values()
    assert "缺少" in why.read()
    assert store.receive([revision], contents).new == 1
    assert store.receive([Maker("370103", "bbbb").revision("c2", roster=key)], {}).new == 1  # it is here already


def test_a_parent_of_another_case_is_refused(store: Store) -> None:
    maker = Maker()
    first = maker.revision("c1")
    stray = maker.revision("c2", [first])
    received = store.receive([first, stray], {})
    assert (received.new, set(received.refused)) == (1, {stray.id})


def test_contents_that_nothing_needs_are_left_out(store: Store) -> None:
    _, contents = roster(("张伟", ""))
    store.receive([Maker().revision("c1")], contents)
    assert contents_of(store) == set()


def test_a_store_that_lost_its_own_revisions_takes_a_new_incarnation(open_in: Callable[[str], Store]) -> None:
    """It has been restored: others still hold what it made after the backup, and it must not use their numbers."""
    store, partner = open_in("desk"), open_in("partner")
    maker = Maker(incarnation=store.incarnation)
    store.append(maker.chain("c1", 2), {})
    lost = maker.revision("c2")
    store_now = [*store.history("c1"), lost]
    partner.receive(store_now, {})
    old = store.incarnation

    received = store.receive(list(partner.revisions_since({})), {})
    assert received.overtaken
    assert received.new == 1
    assert store.incarnation != old
    with store.transaction():
        assert store.next_origin("370102").sequence == 1
    assert not store.receive(store_now, {}).overtaken


def test_revisions_since_a_vector_come_with_parents_first(store: Store) -> None:
    revisions, contents = two_offices()
    store.receive(reversed(revisions), contents)
    seen: set[str] = set()
    for revision in store.revisions_since({}):
        assert seen.issuperset(revision.parents)
        seen.add(revision.id)
    assert len(seen) == len(revisions)
    assert list(store.revisions_since(store.vector())) == []
    since = {("370102", "aaaa"): 4}
    assert {r.id for r in store.revisions_since(since)} == {
        r.id for r in revisions if r.origin.incarnation == "bbbb" or r.origin.sequence > 4
    }


def test_a_number_that_was_destroyed_and_stands_for_another_revision_is_named(store: Store) -> None:
    """Guard: the tombstones in `forks`."""
    gone, other = Maker().revision("c1", sequence=1), Maker(minute=9).revision("c2", sequence=1)
    (fork,) = store.receive([other], {}, destroyed=[tombstone_of(gone)]).forks
    assert set(fork.revisions) == {gone.id, other.id}


def test_only_the_conflicts_of_this_merge_are_told(store: Store) -> None:
    """Guard: the touched cases in `receive`; the others stand in the list of conflicts."""
    revisions, contents = two_offices()
    assert store.receive(revisions, contents).conflicts == ("torn",)
    assert store.receive([Maker("370104", "dddd").revision("c9")], {}).conflicts == ()


def test_what_others_destroyed_of_ours_is_lost_only_where_we_know_nothing_of_it(store: Store) -> None:
    """Guards: what is here, what is known to be gone, and whose it was in `_lost`."""
    maker = Maker(incarnation=store.incarnation)
    held, gone = maker.revision("held"), maker.revision("gone")
    foreign = Maker("370103", "bbbb").revision("foreign")
    store.append([held], {})
    stones = [tombstone_of(one) for one in (held, foreign)]
    assert not store.receive([], {}, destroyed=stones).overtaken
    assert store.receive([], {}, destroyed=[tombstone_of(gone)]).overtaken
    assert not store.receive([], {}, destroyed=[tombstone_of(gone)]).overtaken


@pytest.mark.parametrize(
    "content",
    [b"{", b'[{"name": "x"}]', b"[" * 5000 + b"]" * 5000, b'[{"name":["x"]}]', b'[{"wage":{"a":1}}]', b'[["x"]]', b"{}"],
    ids=lambda content: content[:20],
)
def test_a_roster_that_cannot_be_read_as_one_is_refused(store: Store, maker: Maker, content: bytes) -> None:
    """Guards: `_fits` and `_is_row`: whatever is kept has been read as what it says it is."""
    key = digest(content)
    received = store.receive([maker.revision("c1", roster=key)], {key: ("roster", content)})
    assert [why.read() for why in received.refused.values()] == ["附带的名单或认定结果无法读取"]
    assert contents_of(store) == set()
