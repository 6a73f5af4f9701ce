"""What the system refuses is told in the words of the person at the desk."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError, reason
from jinan_desk.exchange.reading import opened


def test_a_file_that_is_not_there_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refusal, opened(tmp_path / "nowhere.xlsx"):
        pass
    assert refusal.value.read() == "文件打不开：文件或文件夹不存在"


def test_what_has_no_words_here_is_told_as_the_system_does() -> None:
    assert reason(OSError(errno.ENOTCONN, "Not connected")) == "Not connected"
    assert reason(OSError("odd")) == "odd"
