"""What was exchanged is kept for ever, and what waited before that was kept goes on waiting."""

from __future__ import annotations

import pytest

from jinan_desk.store import Exchange, Store, schema
from jinan_desk.store.connection import DatabaseError, connect
from tests.store.records import KEY, Maker

EVENT = Exchange("2020-06-11T08:00:00Z", "苏敏", "export", "AAAA", "d1", {"unlocked": "对方的电脑打不开"})


def test_the_newest_comes_first_and_can_be_asked_for_by_kind_and_package(store: Store) -> None:
    later = Exchange("2020-06-12T08:00:00Z", "苏敏", "merge", "BBBB", "d2", {})
    for event in (EVENT, later):
        store.exchanges.add(event)
    assert store.exchanges.all() == [later, EVENT]
    assert store.exchanges.all(kind="export") == store.exchanges.all(package="d1") == [EVENT]
    assert store.exchanges.last() == {"AAAA": EVENT.at, "BBBB": later.at}


@pytest.mark.parametrize("change", ["UPDATE exchanges SET account = ''", "DELETE FROM exchanges"])
def test_nothing_of_it_is_ever_changed(store: Store, change: str) -> None:
    """Guard: the triggers of the table."""
    store.exchanges.add(EVENT)
    with pytest.raises(DatabaseError, match="never changed"):
        store._db.conn.execute(change)
    assert store.exchanges.all() == [EVENT]


def test_a_store_of_an_earlier_version_keeps_what_waits() -> None:
    db = connect(":memory:", KEY)  # type: ignore[arg-type]
    names = [migration.__name__ for migration in schema.MIGRATIONS]
    place = names.index(next(name for name in names if name.endswith("_exchange")))
    for migration in schema.MIGRATIONS[:place]:
        migration(db)
    late = Maker().revision("c1", sequence=7)
    db.conn.execute("INSERT INTO waiting VALUES (?, ?)", (late.id, late.encoded))
    schema.MIGRATIONS[place](db)
    rows = db.conn.execute("SELECT id, office, incarnation, sequence, since, encoded FROM waiting").fetchall()
    assert rows == [(late.id, "370102", "aaaa", 7, "", late.encoded)]
    db.conn.close()
