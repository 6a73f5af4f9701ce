"""A new data key under everything: wherever it is interrupted, the key file opens the store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import Opened, Store, data_key, keyfile, open_store
from jinan_desk.store import store as module
from jinan_desk.store.connection import DatabaseError
from jinan_desk.store.keyfile import read_ring
from jinan_desk.store.keyring import Cost, new_ring, open_with_password
from jinan_desk.store.places import key_path, store_path

CHEAP = Cost(2, 1, 1)


def opened(directory: Path) -> Opened:
    found = open_with_password(read_ring(key_path(directory)), "苏敏", "correct horse")
    assert found is not None
    return found


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A store whose key lies in a ring."""
    with open_store(tmp_path, data_key(tmp_path)) as store:
        store.settings.put("word", "kept")
        store.keys.put(new_ring(store.keys.key, "苏敏", "correct horse", cost=CHEAP)[0])
    return tmp_path


def word(directory: Path) -> str:
    with open_store(directory, opened(directory)) as store:
        return str(store.settings.get("word"))


def test_the_store_answers_to_the_new_key_alone_and_goes_on_working(directory: Path) -> None:
    (old,) = opened(directory).keys
    with open_store(directory, opened(directory)) as store:
        store.rekey()
        store.settings.put("word", "after")
    assert word(directory) == "after"
    assert opened(directory).former == (old,)
    with pytest.raises(DeskError, match="密钥不符"):
        open_store(directory, old)


def test_a_backup_made_after_it_is_under_the_new_key(directory: Path, tmp_path: Path) -> None:
    with open_store(directory, opened(directory)) as store:
        store.rekey()
        store.backup(tmp_path / "stick" / "copy.db")
        assert len(read_ring(key_path(directory)).keys) == 1


@pytest.mark.parametrize("step", ["before", "after"])
def test_one_that_was_killed_between_its_steps_ends_when_the_store_opens(
    directory: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **given: object) -> None:
        if step == "after":
            encrypt(*_, **given)
        raise KeyboardInterrupt

    encrypt = module.encrypt_with
    monkeypatch.setattr(module, "encrypt_with", die)
    with open_store(directory, opened(directory)) as store, pytest.raises(KeyboardInterrupt):
        store.rekey()
    assert len(opened(directory).keys) == 2
    assert word(directory) == "kept"
    assert len(opened(directory).keys) == 1
    assert len(opened(directory).former) == (1 if step == "after" else 0)


KILLED = """
import os, sys
from pathlib import Path
from jinan_desk.store import open_store
from tests.store.test_rekey import opened
directory = Path(sys.argv[1])
with open_store(directory, opened(directory)) as store:
    print("ready", flush=True)
    while True:
        store.rekey()
"""


@pytest.mark.parametrize("millisecond", range(0, 40, 8))
def test_one_that_is_killed_anywhere_loses_nothing(directory: Path, millisecond: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(directory)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        process.wait(millisecond / 1000)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
    assert word(directory) == "kept"


def test_where_the_disk_does_not_take_it_the_old_key_holds(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **given: object) -> None:  # noqa: ARG001
        error = DatabaseError("full")
        error.sqlite_errorcode = 13
        raise error

    before = opened(directory).keys
    monkeypatch.setattr(module, "encrypt_with", full)
    with open_store(directory, opened(directory)) as store:
        with pytest.raises(DeskError, match="磁盘已满"):
            store.rekey()
        assert store.settings.get("word") == "kept"
    assert opened(directory).keys == before


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("room", [60_000, 160_000, 290_000])
def test_a_disk_that_fills_up_in_the_middle_of_it_leaves_the_old_key_and_a_store_that_works(
    directory: Path, room: int
) -> None:
    """The guard: `PRAGMA rekey` says "ok" of a full disk, too, so that it is not asked but looked at."""
    import resource

    with open_store(directory, opened(directory)) as store:
        store.settings.put("much", ["x" * 1000] * 300)
        store._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = opened(directory).keys
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
        try:
            with pytest.raises(DeskError, match="磁盘已满"):
                store.rekey()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert opened(directory).keys == before
        store.settings.put("word", "kept on")
        assert store.check() == []
    assert word(directory) == "kept on"
    with open_store(directory, opened(directory)) as store:
        store.rekey()
    assert word(directory) == "kept on"


def test_a_ring_that_cannot_be_written_keeps_the_one_before(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = key_path(directory).read_bytes()
    with open_store(directory, opened(directory)) as store, monkeypatch.context() as patch:
        patch.setattr(keyfile.os, "fsync", full)
        with pytest.raises(DeskError, match="无法读写"):
            store.rekey()
    assert key_path(directory).read_bytes() == before
    assert word(directory) == "kept"


def test_no_page_under_the_old_key_is_left(directory: Path) -> None:
    def pages(store: Store) -> set[bytes]:
        content = store_path(store.directory).read_bytes()
        return {content[start : start + 4096] for start in range(0, len(content), 4096)}

    with open_store(directory, opened(directory)) as store:
        store._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = pages(store)
        store.rekey()
        assert not before & pages(store)
