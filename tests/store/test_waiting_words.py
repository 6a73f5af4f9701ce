"""A save leaves the words of its case to whoever searches first; no search misses a case for that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, Sorting, Store
from jinan_desk.store.parties import Kind, parties
from jinan_desk.store.search import _COUNTED_EVERY, MOST_WAITING, catch_up
from tests.store.records import Maker, firm, person, roster

NAMED = CaseFilter(text="泉润")


def waiting(store: Store) -> list[int]:
    return [row for (row,) in store._db.conn.execute("SELECT row FROM unindexed ORDER BY row")]


@pytest.fixture
def saved(store: Store, maker: Maker) -> Store:
    """A store in which nothing has been searched yet."""
    key, contents = roster(("张伟", "370102199001011234"))
    store.append([maker.revision("c1", facts=firm("济南泉润防护用品有限公司"), roster=key)], contents)
    store.append([maker.revision("c2", facts=firm("山东食品有限公司"))], {})
    assert waiting(store) == [1, 2]
    return store


@pytest.mark.parametrize(
    "look",
    [
        lambda store: len(store.cases(NAMED)),
        lambda store: store.count(NAMED),
        lambda store: sum(store.counts("stage", NAMED).values()),
        lambda store: len(store.lists.numbers(NAMED, Sorting())),
        lambda store: len(list(store.lists.all(NAMED, Sorting()))),
        lambda store: store.lists.total(NAMED).count,
        lambda store: store.lists.many(NAMED) or store.count(NAMED),
        lambda store: sum(store.lists.groups(NAMED).values()),
        lambda store: store.count(CaseFilter(party=("370102199001011234",))),
        lambda store: len(list(parties(store._db, Kind("id_number", (), True), "张伟", {}))),
        lambda store: next(parties(store._db, Kind("id_number", (), True), "", {})).cases,
    ],
)
def test_whoever_searches_finds_what_has_just_been_saved(saved: Store, look: Callable[[Store], int]) -> None:
    """Guard: `get_ready`, called by everything that searches."""
    assert look(saved) == 1
    assert waiting(saved) == []


def test_who_does_not_search_writes_nothing(saved: Store) -> None:
    assert saved.count(CaseFilter(stages=("draft",))) == 2
    assert waiting(saved) == [1, 2]


def test_a_case_is_found_by_its_new_names_and_no_longer_by_its_old_ones(store: Store, maker: Maker) -> None:
    """Guards: `_NAMING`, and the DELETE in `_replace`."""
    before, after = roster(("张伟", "")), roster(("王五", ""))
    first = maker.revision("c1", facts=person("李文博", ""), roster=before[0])
    store.append([first], before[1])
    assert [store.count(CaseFilter(text=name)) for name in ("李文博", "张伟")] == [1, 1]
    second = maker.revision("c1", [first], facts=person("李文博", ""), roster=after[0])
    store.append([second], after[1])
    assert [store.count(CaseFilter(text=name)) for name in ("张伟", "王五")] == [0, 1]
    store.append([maker.revision("c1", [second], facts=person("赵一", ""))], {})
    assert [store.count(CaseFilter(text=name)) for name in ("李文博", "王五", "赵一")] == [0, 0, 1]
    assert store.check() == []


def test_what_changes_nothing_that_is_searched_waits_for_nothing(saved: Store, maker: Maker) -> None:
    catch_up(saved._db)
    head = saved.heads("c2")
    saved.append([maker.revision("c2", list(head), facts=firm("山东食品有限公司"), stage="received")], {})
    assert waiting(saved) == []


def test_a_pile_does_not_wait_for_a_search(store: Store, maker: Maker) -> None:
    """Guard: `MOST_WAITING`. Written some at a time, and counted when every so many have come."""
    store.append([maker.revision(str(number), facts=person("李文博", "")) for number in range(MOST_WAITING)], {})
    assert len(waiting(store)) == MOST_WAITING
    for number in range(_COUNTED_EVERY):
        store.append([maker.revision(f"one more {number}", facts=person("李文博", ""))], {})
    assert waiting(store) == []
    assert store.check() == []
    assert store.count(CaseFilter(text="文博")) == MOST_WAITING + _COUNTED_EVERY


def test_a_case_whose_transaction_fails_waits_for_nothing(saved: Store, maker: Maker) -> None:
    """Searched inside, it is found there and nowhere afterwards; the others still wait."""

    def fail() -> None:
        with saved.transaction():
            saved.append([maker.revision("c3", facts=firm("泉润"))], {})
            assert saved.count(NAMED) == 2
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert waiting(saved) == [1, 2]
    assert saved.count(NAMED) == 1


def test_a_search_on_a_full_disk_says_so_and_the_next_one_finds(saved: Store) -> None:
    """Guard: `disk_full` in `catch_up`."""
    key, contents = roster(*((f"第{number}人", f"37010219900101{number:04}") for number in range(400)))
    saved.append([Maker(incarnation=saved.incarnation, minute=9).revision("c9", roster=key)], contents)
    pages = saved._db.conn.execute("PRAGMA page_count").fetchone()[0]
    saved._db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DeskError, match="磁盘已满"):
        saved.count(NAMED)
    assert waiting(saved) == [1, 2, 3]
    saved._db.conn.execute("PRAGMA max_page_count = 1000000")
    assert saved.count(NAMED) == 1


def test_check_knows_what_waits_from_what_is_missing(saved: Store) -> None:
    assert saved.check() == []
    saved._db.conn.execute("DELETE FROM unindexed WHERE row = 1")
    assert "姓名检索" in "".join(sentence.read() for sentence in saved.check())
    saved.rebuild()
    assert saved.check() == []
    assert waiting(saved) == []
