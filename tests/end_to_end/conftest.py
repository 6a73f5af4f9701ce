"""A desk with a founded office, worked from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinan_desk.cli.exchange import PASSWORD_VARIABLE
from tests.end_to_end.test_command_line import OFFICE, Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(PASSWORD_VARIABLE, "一个足够长的密码")
    made = Desk(tmp_path / "office", capsys, monkeypatch)
    assert made("init", *OFFICE) == 0
    return made
