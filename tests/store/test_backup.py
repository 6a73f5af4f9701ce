"""A backup counts only when it has been opened and checked; one that fails leaves nothing behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, Store, backup, open_store
from jinan_desk.store.places import store_path
from tests.store.records import KEY, Maker, roster


@pytest.fixture
def filled(store: Store, maker: Maker) -> Store:
    key, contents = roster(("王小明测试", "370102199001011234"))
    store.append([*maker.chain("c1", 3), maker.revision("c2", roster=key)], contents)
    return store


def test_a_backup_is_the_whole_store(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "stick" / "desk.db")
    (tmp_path / "restored").mkdir()
    shutil.copy(tmp_path / "stick" / "desk.db", store_path(tmp_path / "restored"))
    with open_store(tmp_path / "restored", KEY) as restored:
        assert restored.check() == []
        assert restored.history("c1") == filled.history("c1")
        assert restored.count(CaseFilter(text="小明")) == 1
        assert restored.incarnation == filled.incarnation  # whoever restores it begins a new one


def test_a_backup_is_one_file_and_encrypted(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "stick" / "desk.db")
    (path,) = (tmp_path / "stick").iterdir()
    assert b"370102199001011234" not in path.read_bytes()


def test_a_backup_replaces_an_older_one_only_when_it_is_proven(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    filled.backup(path)
    before = path.read_bytes()
    monkeypatch.setattr("jinan_desk.store.backup._proof", lambda path, key: [])
    with pytest.raises(DeskError, match="未通过校验"):
        filled.backup(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["desk.db"]


def test_a_place_that_cannot_be_written_is_named(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match="备份写入"):
        filled.backup(tmp_path / "file" / "desk.db")


def test_a_copy_that_is_sound_but_does_not_hold_everything_is_no_backup(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard: it is not only reopened and checked, it is counted."""
    short = [count - 1 for count in backup._count(filled._db)]
    monkeypatch.setattr(backup, "_proof", lambda path, key: short)
    with pytest.raises(DeskError, match="未通过校验"):
        filled.backup(tmp_path / "copy.db")
    assert list(tmp_path.glob("copy.db*")) == []
