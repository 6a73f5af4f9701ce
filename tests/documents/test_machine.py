"""Limits of the machine: the memory that a roster of ten thousand takes, a disk without room."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.documents.fonts import Fonts
from tests.documents.paper import opened
from tests.faults.test_disk import WAYS

ROOT = Path(__file__).parents[2]
ROWS = 10_000
MOST = 300
"""Megabytes."""
_WORK = f"""
import json, re, sys
from pathlib import Path
from jinan_desk import paths
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.pdf import write_pdf
from tests.documents import samples
from tests.documents.paper import filled
fonts = Fonts(paths.resources_directory() / "fonts", Path(sys.argv[1]))
pages = write_pdf([filled("roster", samples.context(people={ROWS}), fonts)], Path(sys.argv[2]), fonts)
# Not `ru_maxrss`, which remembers the size of the process that started this one.
most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([pages, int(most[1]) // 1024]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here to tell the memory")
def test_ten_thousand_rows_take_little_memory_and_add_up(tmp_path: Path, fonts: Fonts, font_cache: Path) -> None:
    """The guard: rows are laid out as their page is reached, and pages are kept compressed."""
    for name in ("song", "title", "rare", "hei"):
        fonts.file(name)  # unpacked once for all tests
    command = [sys.executable, "-c", _WORK, str(font_cache), str(tmp_path / "roster.pdf")]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert answer.returncode == 0, answer.stderr
    pages, megabytes = json.loads(answer.stdout)
    assert megabytes < MOST
    found: dict[int, Any] = {}
    with opened(tmp_path / "roster.pdf") as pdf:
        assert len(pdf) == pages > 400
        for number in (0, 1, pages // 2, pages - 1):
            found[number] = pdf[number].get_textpage().get_text_range().replace("\r\n", "\n")
    for number, text in found.items():
        assert "身份证号码" in text
        assert "本页小计" in text
        assert ("累计" in text) == (number < pages - 1)
        assert f"— {number + 1} —" in text
        assert "骑" in text
    assert "合计" in found[pages - 1]
    assert str(ROWS) in found[pages - 1]


@pytest.mark.parametrize("way", WAYS)
def test_paper_that_finds_no_room_is_one_sentence_and_the_good_file_stays(tmp_path: Path, fonts: Fonts, font_cache: Path, way: str) -> None:
    """The guard: `write_whole` puts a file in its place only when it is finished."""
    command = ["unshare", "-Urm"] if way == "tmpfs" else []
    command += [sys.executable, "-m", "tests.faults.printing", str(tmp_path / "paper"), way, str(font_cache)]
    for name in ("song", "title", "rare", "hei"):
        fonts.file(name)
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    for suffix in (".pdf", ".xlsx"):
        assert "写不进去" in told[suffix]
        assert f"good{suffix}" in told[suffix]
        assert told[suffix].endswith(("磁盘已满", "文件太大，超出系统限制"))
    assert told["left"] == ["good.pdf", "good.xlsx"]
    assert told["good"]
