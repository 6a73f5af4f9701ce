"""A process that is killed loses nothing that it had answered as saved (guard: `Store.append` commits before it
returns). A power cut needs a file system that forgets; it is not tried here, `synchronous=FULL` is what stands for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 60


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing in the middle needs a POSIX system")
def test_every_acknowledged_save_is_there_after_sixty_kills(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", str(tmp_path / "desk"), str(KILLS)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    outcome = json.loads(told.stdout)
    assert outcome["acknowledged"] >= KILLS
    assert (outcome["lost"], outcome["wrong"]) == ([], [])
