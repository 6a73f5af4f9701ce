"""The window from nothing to its first painting, against a bare Qt window; each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jinan_desk.services.demo import Clock, work
from tests.bench.office import scratch_desk
from tests.bench.timing import Pair, side_by_side

_BARE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
app.processEvents()
"""
_OURS = """
import sys
from pathlib import Path
from jinan_desk.app import open_desk
from jinan_desk.gui.application import open_window
app, window = open_window(open_desk(Path(sys.argv[1]), "苏敏"))
app.processEvents()
"""


def run() -> Iterator[Pair]:
    """On the data of the demonstration."""
    clock = Clock(date(2020, 3, 10))
    with tempfile.TemporaryDirectory() as folder:
        with scratch_desk(Path(folder) / "desk", clock) as desk:
            work(desk, clock)
        yield side_by_side(
            "window started",
            lambda: _process(_OURS, str(Path(folder) / "desk")),
            "bare Qt window",
            lambda: _process(_BARE),
            rounds=5,
        )


def _process(code: str, *arguments: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True)
