import pytest

from jinan_desk.store import Print, Store
from jinan_desk.store.connection import DatabaseError


def printed(**other: str) -> Print:
    return Print(**{**dict.fromkeys(Print.__slots__, ""), "case": "a", "revision": "r", "form": "notice", **other})


def test_what_was_printed_is_read_back_the_latest_first(store: Store):
    first, second = printed(at="2020-03-20T08:00:00Z", number="1号"), printed(at="2020-03-21T08:00:00Z")
    with store.transaction():
        store.prints.add([first, second, printed(case="b")])
    assert store.prints.of("a") == [second, first]


def test_a_list_is_found_by_its_code(store: Store):
    with store.transaction():
        store.prints.add([printed(code="3f2a9c01b7de"), printed(case="b", code="3f2a9c01b7de"), printed(code="0")])
    assert {one.case for one in store.prints.with_code("3f2a9c01b7de")} == {"a", "b"}


def test_the_number_is_that_of_the_paper_of_the_revision(store: Store):
    with store.transaction():
        store.prints.add([printed(number="1号"), printed(revision="s", number="2号")])
    found = [store.prints.number("a", "notice", revision) for revision in ("r", "s", "t")]
    assert found == ["1号", "2号", None]


def test_a_print_is_never_changed_or_deleted(store: Store):
    with store.transaction():
        store.prints.add([printed()])
    for statement in ("UPDATE prints SET number = '2号'", "DELETE FROM prints"):
        with pytest.raises(DatabaseError, match="never changed"):
            store._db.conn.execute(statement)
