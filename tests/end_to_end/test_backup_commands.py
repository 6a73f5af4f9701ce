"""Backing up, restoring and checking from the command line, as somebody whose store is damaged would."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.cli import narrate
from jinan_desk.store import open_store
from jinan_desk.store.places import key_path, store_path
from tests.end_to_end.test_command_line import Desk, line


def test_a_lost_store_is_restored_from_a_backup(desk: Desk, tmp_path: Path) -> None:
    desk("enter", given=line("06A"))
    assert desk("backup", str(tmp_path / "stick")) == 0
    (path,) = (tmp_path / "stick").iterdir()
    desk("enter", given=line("06B"))
    assert desk("restore", str(path), "--dry-run") == 0
    assert "将丢失备份之后的 1 条记录" in desk.out
    assert len(desk_list(desk)) == 2
    assert desk("restore", str(path)) == 0
    assert len(desk_list(desk)) == 1
    assert desk("backups") == 0
    assert "恢复前" in desk.out


def desk_list(desk: Desk) -> list[str]:
    assert desk("list") == 0
    return desk.out.splitlines()


def test_a_store_that_is_gone_is_not_founded_anew(desk: Desk) -> None:
    desk("enter", given=line("06A"))
    desk("backup")
    store_path(desk.directory).unlink()
    assert "从备份恢复" in desk.refused("list")
    assert desk("backups") == 0
    assert desk("restore", desk.out.split("KB", 1)[1].strip()) == 0
    assert len(desk_list(desk)) == 1


def test_a_backup_needs_the_key_on_another_machine(
    desk: Desk, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("enter", given=line("06A"))
    desk("backup", str(tmp_path / "stick"))
    (path,) = (tmp_path / "stick").iterdir()
    other = Desk(tmp_path / "other", capsys, monkeypatch)
    assert other.refused("restore", str(path))
    assert other("restore", str(path), "--key", str(key_path(desk.directory))) == 0
    assert len(desk_list(other)) == 1


def test_a_second_folder_is_set_and_used(desk: Desk, tmp_path: Path) -> None:
    desk("enter", given=line("06A"))
    assert "没有目录" in desk.refused("backups", "--second", str(tmp_path / "stick"))
    (tmp_path / "stick").mkdir()
    assert desk("backups", "--second", str(tmp_path / "stick")) == 0
    assert "同一磁盘" in desk.out
    desk("backup")
    assert len(list((tmp_path / "stick").iterdir())) == 1


def test_check_repairs_what_is_derived_and_names_what_is_not(desk: Desk, tmp_path: Path) -> None:
    desk("enter", given=line("06A"))
    key = key_path(desk.directory).read_bytes()
    with open_store(desk.directory, key) as store:
        store._db.conn.execute("UPDATE cases SET applicant = '另一家', amount = 1")
        store._db.conn.execute("DELETE FROM applicant_search")
    shutil.copytree(desk.directory, tmp_path / "worse")
    assert desk("check") == 0
    assert "已修复：查询列与记录不一致" in desk.out
    assert desk("check") == 0
    assert "已修复" not in desk.out
    desk.directory = tmp_path / "worse"
    with open_store(desk.directory, key) as store:
        store._db.conn.execute("DROP TRIGGER contents_refuse_UPDATE")
        store._db.conn.execute("UPDATE contents SET data = x'00', packed = 0")
    assert desk("check") == 1
    assert "与其摘要不符" in desk.out


@pytest.mark.parametrize("terminal", [False, True])
def test_what_has_to_be_done_first_is_said_beside_the_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    """Guard: `narrate`."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    for done in (0, 5, 10):
        narrate("正在备份数据", done, 10)
    narrate("正在升级数据", 0, 0)
    said = capsys.readouterr()
    assert said.out == ""
    copying = "\r正在备份数据… 0%\r正在备份数据… 50%\r正在备份数据… 100%\n" if terminal else "正在备份数据…\n"
    assert said.err == copying + "正在升级数据…\n"
