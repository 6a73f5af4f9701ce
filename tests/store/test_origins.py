"""Which numbers are there without a gap, and which are missing, against counting them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jinan_desk.store import Store, connection, open_store
from jinan_desk.store.origins import gaps, vector
from jinan_desk.store.tombstones import Tombstone, add_tombstones
from tests.store.records import KEY

Number = tuple[str, str, int]

_NUMBERS = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xy"), st.integers(1, 5)), max_size=9)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))
        with open_store(tmp_path_factory.mktemp("store"), KEY) as opened:
            yield opened


@settings(max_examples=50)
@given(here=_NUMBERS, destroyed=_NUMBERS, waiting=_NUMBERS)
@example(here=[("A", "x", 1), ("B", "x", 2)], destroyed=[], waiting=[])  # two offices that share an incarnation
@example(here=[("A", "x", 2)], destroyed=[], waiting=[])
@example(here=[("A", "x", 1), ("A", "x", 1), ("A", "x", 3)], destroyed=[], waiting=[])  # as many as the last one says
@example(here=[("A", "x", 2)], destroyed=[("A", "x", 0)], waiting=[])
def test_gaps_are_what_is_missing_when_one_counts(
    store: Store, here: list[Number], destroyed: list[Number], waiting: list[Number]
) -> None:
    """Guards: each question in `_whole`."""
    db = store._db
    db.conn.execute("BEGIN")
    try:
        db.conn.executemany(
            'INSERT INTO revisions (id, "case", office, incarnation, sequence, at, encoded) VALUES (?, ?, ?, ?, ?, ?, ?)',
            [(f"r{place}", "c", *number, "2020", b"x") for place, number in enumerate(here)],
        )
        stones = (Tombstone(f"t{place}", "c", *number, "2020") for place, number in enumerate(destroyed))
        add_tombstones(db, stones, own=False)
        late = [(f"w{place}", *number, "2020", b"x") for place, number in enumerate(waiting)]
        db.conn.executemany("INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?)", late)
        assert vector(db) == _reached(here + destroyed)
        found = {(gap.office, gap.incarnation, n) for gap in gaps(db) for n in range(gap.first, gap.last + 1)}
        assert found == _missing(here + destroyed + waiting)
    finally:
        db.conn.execute("ROLLBACK")


def _reached(numbers: list[Number]) -> dict[tuple[str, str], int]:
    return {
        (office, incarnation): next(n for n in count() if (office, incarnation, n + 1) not in numbers)
        for office, incarnation, _ in numbers
    }


def _missing(numbers: list[Number]) -> set[Number]:
    return {
        (office, incarnation, number)
        for office, incarnation, last in numbers
        for number in range(1, last)
        if (office, incarnation, number) not in numbers
    }


def test_a_store_where_no_number_is_missing_is_not_searched_for_gaps(store: Store) -> None:
    """Guard: `if not incarnations`: of a hundred thousand it would take a fifth of a second, with every export."""
    asked: list[str] = []
    store._db.conn.set_trace_callback(asked.append)
    try:
        assert gaps(store._db) == ()
    finally:
        store._db.conn.set_trace_callback(None)
    assert not any("lag(" in sql for sql in asked)
    assert any("count(*)" in sql for sql in asked)
