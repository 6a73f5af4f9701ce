"""The key is made once, for its owner alone, and never for a store that has lost its own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import data_key, open_store
from jinan_desk.store.keyfile import is_sealed
from jinan_desk.store.places import backup_directory, key_path, store_path


def test_the_key_is_made_once_and_then_read(tmp_path: Path) -> None:
    first = data_key(tmp_path / "desk")
    assert len(first) == 32
    assert data_key(tmp_path / "desk") == first
    assert data_key(tmp_path / "other") != first


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folder to the user")
def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    data_key(tmp_path / "desk")
    assert stat.S_IMODE(key_path(tmp_path / "desk").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "desk").stat().st_mode) == 0o700


def test_a_store_without_its_key_gets_no_new_one(tmp_path: Path) -> None:
    open_store(tmp_path, data_key(tmp_path)).close()
    key_path(tmp_path).unlink()
    with pytest.raises(DeskError, match="找不到密钥文件"):
        data_key(tmp_path)
    assert not key_path(tmp_path).exists()


def test_backups_without_a_key_and_a_store_get_no_new_one(tmp_path: Path) -> None:
    with open_store(tmp_path, data_key(tmp_path)) as store:
        store.backup(backup_directory(tmp_path) / "desk-20200320T081500Z-day.db")
    key_path(tmp_path).unlink()
    store_path(tmp_path).unlink()
    with pytest.raises(DeskError, match="找不到密钥文件"):
        data_key(tmp_path)


def test_a_damaged_key_is_named(tmp_path: Path) -> None:
    data_key(tmp_path)
    key_path(tmp_path).write_bytes(b"short")
    with pytest.raises(DeskError, match="已损坏"):
        data_key(tmp_path)
    assert key_path(tmp_path).read_bytes() == b"short"


def test_a_key_that_could_not_be_synced_is_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DeskError, match="无法读写"):
        data_key(tmp_path)
    assert not key_path(tmp_path).exists()


def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match="无法读写"):
        data_key(tmp_path / "file" / "desk")


def test_a_bare_key_may_begin_like_a_ring(tmp_path: Path) -> None:
    """Guard: the length in `_whole` and `is_sealed`: one key of 256 begins with a brace."""
    key = b"{" + bytes(31)
    key_path(tmp_path).write_bytes(key)
    assert data_key(tmp_path) == key
    assert not is_sealed(key_path(tmp_path))
