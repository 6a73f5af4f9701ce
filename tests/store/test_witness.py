"""A store that was put back behind the program's back is found out, and uses no number twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jinan_desk.store import REWOUND, Exchange, Store, open_store
from jinan_desk.store.places import store_path, witness_path
from jinan_desk.store.restore import put_back
from jinan_desk.store.witness import Standing, Witness
from tests.store.records import KEY, Maker


def save(store: Store, count: int = 1) -> None:
    for _ in range(count):
        with store.transaction():
            maker = Maker(incarnation=store.incarnation)
            sequence = store.next_origin("370102").sequence
            store.append([maker.revision(f"{store.incarnation}-{sequence}", sequence=sequence)], {})


def number(store: Store, kind: str = "06A") -> int:
    with store.transaction():
        return store.next_number("370102", 2020, kind)


def rewound(store: Store) -> list[Exchange]:
    return store.exchanges.all(kind=REWOUND)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A store that went on after `copy.db`."""
    with open_store(tmp_path / "desk", KEY) as store:
        save(store, 3)
        number(store)
        store.backup(tmp_path / "copy.db")
        save(store, 2)
        number(store)
        number(store, "letter")
    return tmp_path / "desk"


def replace(desk: Path, copy: Path) -> None:
    for path in desk.glob("desk.db*"):
        path.unlink()
    shutil.copyfile(copy, store_path(desk))


def test_a_store_that_was_replaced_by_an_older_one_begins_a_new_life_and_says_so(desk: Path, tmp_path: Path) -> None:
    """Guard: `_compare_with_witness`."""
    with open_store(desk, KEY) as store:
        before = store.incarnation
    replace(desk, tmp_path / "copy.db")
    with open_store(desk, KEY) as store:
        assert store.incarnation != before
        assert store.lives == (before,)
        (found,) = rewound(store)
        assert found.told["revisions"] == 2
        with store.transaction():
            assert store.next_origin("370102").sequence == 1
    with open_store(desk, KEY) as store:
        assert len(rewound(store)) == 1  # told once


def test_numbers_of_papers_go_on_where_they_were_and_are_named(desk: Path, tmp_path: Path) -> None:
    """Guard: `go_on_counting` there."""
    replace(desk, tmp_path / "copy.db")
    with open_store(desk, KEY) as store:
        assert rewound(store)[0].told["numbers"] == [["370102", 2020, "06A", 2], ["370102", 2020, "letter", 1]]
        assert (number(store), number(store, "letter")) == (3, 2)


def test_a_number_that_was_given_out_without_a_revision_is_missed_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "desk", KEY) as store:
        store.backup(tmp_path / "copy.db")
        number(store, "letter")
    replace(tmp_path / "desk", tmp_path / "copy.db")
    with open_store(tmp_path / "desk", KEY) as store:
        assert rewound(store)
        assert number(store, "letter") == 2


def test_a_store_of_a_former_life_is_found_out(desk: Path, tmp_path: Path) -> None:
    with open_store(desk, KEY) as store:
        store.renew_incarnation()
        save(store)
        before = store.incarnation
    replace(desk, tmp_path / "copy.db")
    with open_store(desk, KEY) as store:
        assert rewound(store)
        assert before in store.lives


def test_two_stores_from_one_copy_have_lives_of_their_own(desk: Path, tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        replace(desk, tmp_path / "copy.db")
        with open_store(desk, KEY) as store:
            save(store)
            names.append(store.incarnation)
    assert names[0] != names[1]


def test_a_store_that_is_only_opened_again_goes_on(desk: Path) -> None:
    with open_store(desk, KEY) as store:
        before = store.incarnation
        assert rewound(store) == []
        save(store)
    with open_store(desk, KEY) as store:
        assert (store.incarnation, rewound(store)) == (before, [])


def test_a_witness_that_was_not_written_in_time_proves_nothing_against_the_store(desk: Path) -> None:
    """Killed after the commit: the witness is behind, never ahead."""
    earlier = witness_path(desk).read_bytes()
    with open_store(desk, KEY) as store:
        save(store)
    witness_path(desk).write_bytes(earlier)
    with open_store(desk, KEY) as store:
        assert rewound(store) == []


def test_a_transaction_that_fails_is_not_witnessed(desk: Path) -> None:
    before = witness_path(desk).read_bytes()

    def fail() -> None:
        with open_store(desk, KEY) as store, store.transaction():
            store.next_number("370102", 2020, "06A")
            store.next_origin("370102")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert witness_path(desk).read_bytes() == before


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"12\n{}"), lambda path: path.write_bytes(b"")])
def test_a_witness_that_cannot_be_read_is_written_anew(desk: Path, spoil: Callable[[Path], object]) -> None:
    whole = Witness(witness_path(desk)).read()
    spoil(witness_path(desk))
    assert Witness(witness_path(desk)).read() is None
    with open_store(desk, KEY) as store:
        assert rewound(store) == []
    assert Witness(witness_path(desk)).read() == whole


def test_a_witness_that_cannot_be_written_keeps_nobody_from_working(desk: Path) -> None:
    with open_store(desk, KEY) as store:
        witness_path(desk).unlink()
        witness_path(desk).mkdir()
        save(store)
        assert store.vector()


def test_restoring_by_the_program_is_no_rewinding(desk: Path, tmp_path: Path) -> None:
    put_back(desk, KEY, tmp_path / "copy.db", at="2020-06-11T08:00:00Z")
    with open_store(desk, KEY) as store:
        assert rewound(store) == []
        assert number(store) == 3


def test_a_damaged_store_is_restored_with_the_numbers_of_its_witness(desk: Path, tmp_path: Path) -> None:
    """Guard: `put_back` asks the witness, too."""
    store_path(desk).write_bytes(b"damaged")
    put_back(desk, KEY, tmp_path / "copy.db", at="2020-06-11T08:00:00Z")
    with open_store(desk, KEY) as store:
        assert (number(store), number(store, "letter")) == (3, 2)


def test_the_witness_tells_nothing_of_anybody(desk: Path) -> None:
    assert "泉" not in witness_path(desk).read_text()
    assert Standing("a", 3, {}).is_behind(Standing("a", 4, {}))
    assert not Standing("a", 3, {}).is_behind(Standing("a", 3, {}))


def test_a_witness_in_which_anything_was_changed_proves_nothing(desk: Path) -> None:
    """The guard: the checksum. A number too high would begin a new life and frighten people with lost records."""
    path = witness_path(desk)
    said = Witness(path).read()
    assert said is not None
    whole = path.read_bytes()
    changed = whole.replace(b'"sequence":%d' % said.sequence, b'"sequence":%d' % (said.sequence + 4))
    assert changed != whole
    path.write_bytes(changed)
    assert Witness(path).read() is None
    with open_store(desk, KEY) as store:
        assert rewound(store) == []
    assert Witness(path).read() == said


def test_a_shorter_witness_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "witness")
    witness.write(Standing("a" * 32, 123456789, {("370102", 2020, kind): 10_000 for kind in ("06A", "07A", "08A")}))
    short = Standing("b", 1, {})
    witness.write(short)
    assert witness.read() == short
