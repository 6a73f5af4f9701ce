"""Putting a backup back: what would be lost is told first, what was there is kept, and no number is used twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, Store, keyfile, open_store, schema
from jinan_desk.store.places import backup_directory, store_path
from jinan_desk.store.restore import compare, put_back
from tests import data
from tests.store.records import KEY, Maker

AT = "2020-06-11T08:00:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The directory of a store that went on after its backup `copy.db`: two cases, one of them new since."""
    with open_store(tmp_path / "desk", KEY) as store:
        maker = Maker(incarnation=store.incarnation)
        first = maker.chain("c1", 2, number="济历下人社受〔2020〕06A-0001号")
        store.append(first, {})
        number(store, "06A")
        store.backup(tmp_path / "copy.db")
        number(store, "06A")
        number(store, "02B")
        store.append([maker.revision("c1", first[-1:]), *maker.chain("c2", 3)], {})
    return tmp_path / "desk"


def number(store: Store, kind: str) -> int:
    with store.transaction():
        return store.next_number("370102", 2020, kind)


def damage(directory: Path) -> bytes:
    path = store_path(directory)
    content = bytearray(path.read_bytes())
    content[5000:5100] = bytes(100)
    path.write_bytes(content)
    return bytes(content)


def test_what_would_be_lost_is_told_and_nothing_is_changed(desk: Path, tmp_path: Path) -> None:
    before = store_path(desk).read_bytes()
    told = compare(desk, KEY, tmp_path / "copy.db")
    assert (told.cases, told.revisions, told.readable, told.lost) == (1, 2, True, 4)
    assert [row.case for row in told.touched] == ["c1", "c2"]
    assert store_path(desk).read_bytes() == before
    assert sorted(path.name for path in desk.iterdir()) == ["desk.db", "desk.lock", "desk.witness"]


def test_a_backup_takes_the_place_of_the_store_which_is_kept(desk: Path, tmp_path: Path) -> None:
    before = store_path(desk).read_bytes()
    with open_store(desk, KEY) as store:
        incarnation = store.incarnation
    _, kept = put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    assert kept is not None
    assert (kept / "desk.db").read_bytes() == before
    with open_store(desk, KEY) as store:
        assert store.check() == []
        assert (store.count(CaseFilter()), len(store.history("c1"))) == (1, 2)
        assert store.incarnation != incarnation
        with store.transaction():
            assert store.next_origin("370102").sequence == 1


def test_the_store_is_backed_up_before_it_is_replaced(desk: Path, tmp_path: Path) -> None:
    put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    (proven,) = backup_directory(desk).iterdir()
    put_back(desk, KEY, proven, at="2020-06-11T08:00:01Z")
    with open_store(desk, KEY) as store:
        assert store.count(CaseFilter()) == 2


def test_numbers_that_went_out_are_not_given_again(desk: Path, tmp_path: Path) -> None:
    put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    with open_store(desk, KEY) as store:
        assert (number(store, "06A"), number(store, "02B")) == (3, 2)


@pytest.mark.parametrize("state", ["damaged", "gone"])
def test_a_store_that_cannot_be_read_is_replaced_and_kept_as_it_is(desk: Path, tmp_path: Path, state: str) -> None:
    content = damage(desk)
    if state == "gone":
        store_path(desk).unlink()
    assert not compare(desk, KEY, tmp_path / "copy.db").readable
    _, kept = put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    assert kept is None if state == "gone" else (kept / "desk.db").read_bytes() == content  # type: ignore[operator]
    with open_store(desk, KEY) as store:
        assert (store.check(), store.count(CaseFilter())) == ([], 1)


def test_the_log_of_the_damaged_store_is_not_played_into_the_other(desk: Path, tmp_path: Path) -> None:
    damage(desk)
    log = store_path(desk).with_name("desk.db-wal")
    log.write_bytes(b"a log")
    _, kept = put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    assert not log.exists()
    assert kept is not None
    assert (kept / "desk.db-wal").read_bytes() == b"a log"


@pytest.mark.parametrize("broken", ["cut", "flipped", "of another key", "no store", "missing"])
def test_a_backup_that_is_not_sound_replaces_nothing(desk: Path, tmp_path: Path, broken: str) -> None:
    copy = tmp_path / "copy.db"
    content = bytearray(copy.read_bytes())
    if broken == "cut":
        copy.write_bytes(content[: len(content) // 2])
    elif broken == "flipped":
        content[len(content) // 2] ^= 1
        copy.write_bytes(content)
    elif broken == "of another key":
        copy.unlink()
        with open_store(tmp_path / "other", bytes(32)) as other:
            other.backup(copy)
    elif broken == "no store":
        copy.write_bytes(b"")
    else:
        copy.unlink()
    before = store_path(desk).read_bytes()
    for attempt in (lambda: compare(desk, KEY, copy), lambda: put_back(desk, KEY, copy, at=AT)):
        with pytest.raises(DeskError):
            attempt()
    assert store_path(desk).read_bytes() == before
    assert sorted(path.name for path in desk.iterdir()) == ["desk.db", "desk.lock", "desk.witness"]


def test_a_backup_of_a_newer_version_replaces_nothing(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store_path(desk).read_bytes()
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:-1])
        with pytest.raises(DeskError, match="更新版本"):
            put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    assert store_path(desk).read_bytes() == before


def test_a_store_in_use_is_not_replaced(desk: Path, tmp_path: Path) -> None:
    with open_store(desk, KEY), pytest.raises(DeskError, match="另一个窗口"):
        put_back(desk, KEY, tmp_path / "copy.db", at=AT)


def test_a_restore_that_is_broken_off_leaves_a_store(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever step fails, either the one or the other stands in its place."""
    for step in ("_set_aside", "_sync", "go_on_counting", "write_backup"):
        with monkeypatch.context() as broken:
            broken.setattr(f"jinan_desk.store.restore.{step}", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                put_back(desk, KEY, tmp_path / "copy.db", at=AT)
        with open_store(desk, KEY) as store:
            assert (store.check(), store.count(CaseFilter())) == ([], 2)


def test_a_backup_of_an_earlier_version_gets_the_tables_of_this_one(tmp_path: Path) -> None:
    """Guard: `_bring_up_to_date`."""
    for path in Path(data.__file__).parent.glob("*.db"):
        desk = tmp_path / path.stem
        desk.mkdir()
        put_back(desk, data.KEY, path, at=AT)
        with open_store(desk, data.KEY) as store:
            assert store.check() == []
            assert store.count(CaseFilter()) == 3


def test_every_life_of_the_store_is_remembered_in_the_one_that_is_put_back(desk: Path, tmp_path: Path) -> None:
    """Guard: `lives` in `put_back`: partners tell later lives from earlier ones by them."""
    with open_store(desk, KEY) as store:
        first = store.incarnation
        with store.transaction():
            store.renew_incarnation()
        second = store.incarnation
        with store.transaction():
            store.renew_incarnation()
        third = store.incarnation
    put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    with open_store(desk, KEY) as store:
        assert {first, second, third} <= set(store.lives)


@pytest.mark.skipif(sys.platform != "linux", reason="only there an open file tells its name")
def test_what_takes_a_files_place_is_on_the_disk_before(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: `fsync` of the store that is put back, of the kept one where there are no links, of key files and backups,
    and of the folders that hold them."""
    synced: list[str] = []
    real = os.fsync

    def sync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    def no_links(*_: Any) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "link", no_links)
    _, kept = put_back(desk, KEY, tmp_path / "copy.db", at=AT)
    assert kept is not None
    assert {"desk.restored", "desk.db", kept.name, desk.name, "backup"} <= set(synced)
    synced.clear()
    keyfile.write_whole(tmp_path / "x.key", b"x")
    assert synced == ["x.key.new", tmp_path.name]
