"""A disk that is full, or cannot be written: what was saved stays, what was not is said, and work goes on afterwards.

Guards: `is_of_the_disk` and the rollback in `Store.transaction`; the messages of `open_store` and `data_key`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.protecting import BACKING_UP, OUT

ROOT = Path(__file__).parents[2]


def own_mounts() -> bool:
    """Whether this system lets a process have file systems of its own."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


WORDS = ("磁盘已满", "磁盘读写出错", "文件太大")
WAYS = [
    pytest.param("tmpfs", marks=pytest.mark.skipif(not own_mounts(), reason="no file systems of one's own here")),
    pytest.param("limit", marks=pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")),
]


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_done_on_a_disk_without_room_is_done_whole_or_said_and_not_at_all(tmp_path: Path, way: str) -> None:
    """Saving, keeping a draft, printing, exporting, backing up, merging, destroying, replacing keys, signing in,
    restoring, bringing an older store up to date, founding an office: each with no room, a little, and enough."""
    command = ["unshare", "-Urm"] if way == "tmpfs" else []
    command += [sys.executable, "-m", "tests.faults.crowding", str(tmp_path / "disk"), way]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert answer.returncode == 0, answer.stderr
    told: dict[str, dict[str, Any]] = json.loads(answer.stdout)
    assert len(told) == 21
    for name, one in told.items():
        assert (name, one["done"], one["changed"], one["bugs"], one["wrong"]) == (name, True, [], [], [])
        assert one["refused"] or name == "search", name
        assert all(any(word in refusal for word in WORDS) for refusal in one["refused"]), one["refused"]


@pytest.mark.parametrize("way", WAYS)
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, way: str) -> None:
    command = ["unshare", "-Urm"] if way == "tmpfs" else []
    command += [sys.executable, "-m", "tests.faults.filling", str(tmp_path / "desk"), way]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    assert "磁盘已满或无法写入" in told["refused"]
    assert told["saved"] > 4
    assert (told["lost"], told["wrong"]) == ([], [])
    if way == "tmpfs":
        assert len(told["read_only"]) == 2
        assert all("无法读写" in refusal for refusal in told["read_only"])


@pytest.mark.skipif(not own_mounts(), reason="no file systems of one's own here")
def test_what_cannot_be_written_to_a_protected_stick_is_said_and_what_lies_there_is_read(tmp_path: Path) -> None:
    """Guards: `placing`, `Store.backup`, the trouble in `_copy_to_second_folder` and in `before_change`, and that
    nothing is noted as gone out, or merged, that is not."""
    command = ["unshare", "-Urm", sys.executable, "-m", "tests.faults.protecting", str(tmp_path)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    protected = "磁盘或文件夹是只读的"
    kept_back = {**told["out"], **told["own"]}
    assert set(kept_back) == {*OUT, *BACKING_UP}
    for name, (why, changed) in kept_back.items():
        assert (name, why.endswith(protected), changed) == (name, True, False)
    assert told["in"] == [0, 1]
    assert "已从备份恢复" in told["restored"]
    assert [line.startswith("备份没有写到第二备份目录") for line in told["second"]] == [True]
    rows, *warned = told["saved"]
    assert (rows, [line.endswith(protected) for line in warned]) == (2, [True])
    assert told["founded"].endswith(protected)
