"""A roster of ten thousand: its memory, its sums, its seam."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROWS = 10_000
MOST = 300
"""Megabytes."""
_WORK = f"""
import json, resource, sys
from pathlib import Path
from jinan_desk import paths
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.pdf import write_pdf
from tests.documents import samples
from tests.documents.paper import filled
fonts = Fonts(paths.resources_directory() / "fonts", Path(sys.argv[1]))
pages = write_pdf([filled("roster", samples.context(people={ROWS}), fonts)], Path(sys.argv[1]) / "roster.pdf", fonts)
print(json.dumps([pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource usage there")
def test_ten_thousand_rows_take_little_memory_and_add_up(tmp_path: Path) -> None:
    """The guard: rows are laid out as their page is reached, and pages are kept compressed."""
    from tests.documents.paper import opened

    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _WORK, str(tmp_path)]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
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
