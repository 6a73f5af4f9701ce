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
from PySide6.QtWidgets import QApplication
from jinan_desk.app import font_file, open_desk, report_crash
from jinan_desk.gui.application import Sitting, make_application
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.look import LIGHT, Look, dress, has_chinese
application = make_application()
look = Look(LIGHT)
dress(application, look, [] if has_chinese() else [font_file("hei")])
with Sitting(lambda: open_desk(Path(sys.argv[1])), Crashes(report_crash), look) as sitting:
    sitting.window.show()
    application.processEvents()
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
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program in use has its bytecode written
    subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True)
