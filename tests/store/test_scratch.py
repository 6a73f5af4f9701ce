"""What is readable for a moment lies where nobody else may enter, and nothing of it stays."""

from __future__ import annotations

import stat
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl.worksheet import _writer

from jinan_desk.app import found, open_desk
from jinan_desk.services.demo import STREET
from jinan_desk.store.places import scratch_directory
from jinan_desk.store.scratch import private_scratch


def test_a_sheet_passes_through_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    real = _writer.create_temporary_file
    monkeypatch.setattr(_writer, "create_temporary_file", lambda: made.append(Path(real())) or str(made[-1]))
    found(tmp_path / "desk", STREET)
    with open_desk(tmp_path / "desk", "苏敏", today=lambda: date(2020, 6, 10)) as desk:
        desk.packages.ledger(tmp_path / "ledger.xlsx")
    assert {path.parent for path in made} == {scratch_directory(tmp_path / "desk")}


@pytest.mark.skipif(sys.platform == "win32", reason="a folder of a person's own is theirs there by inheritance")
def test_nobody_else_may_enter(tmp_path: Path) -> None:
    with private_scratch(tmp_path):
        assert stat.S_IMODE(scratch_directory(tmp_path).stat().st_mode) == 0o700


def test_what_a_killed_process_left_is_removed_at_the_next_start_and_the_rest_in_the_end(tmp_path: Path) -> None:
    left = scratch_directory(tmp_path) / "openpyxl.left"
    left.parent.mkdir()
    left.write_text("李文博 370112198803122118", encoding="utf-8")
    with private_scratch(tmp_path):
        assert not left.exists()
        with tempfile.NamedTemporaryFile(delete=False) as file:
            assert Path(file.name).parent == left.parent
    assert not left.parent.exists()


def test_afterwards_temporary_files_lie_where_they_did_in_whatever_order_desks_are_closed(tmp_path: Path) -> None:
    before = tempfile.gettempdir()
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = private_scratch(tmp_path / "one"), private_scratch(tmp_path / "other")
    for step in (one.__enter__, other.__enter__):
        step()
    one.__exit__(None, None, None)
    assert Path(tempfile.gettempdir()).parent == tmp_path / "other"
    other.__exit__(None, None, None)
    assert tempfile.gettempdir() == before
