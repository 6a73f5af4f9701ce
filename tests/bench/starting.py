"""Starting: the window from nothing to its first painting, and a command; each in a process of its own.

What a window costs beyond Qt itself is told twice: against a bare Qt window, and against a bare one that imports all
that ours imports, which leaves what the window itself does.
"""

from __future__ import annotations

import json
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

_ROOT = Path(__file__).parents[2]
_BARE = """
import contextlib, importlib, json, sys
from PySide6.QtWidgets import QApplication, QWidget
for name in json.loads(sys.stdin.read()):
    with contextlib.suppress(ImportError):  # what stands under another name was imported under its own
        importlib.import_module(name)
app = QApplication([])
window = QWidget()
window.show()
app.processEvents()
"""
_OURS = """
import json, sys
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
    print(json.dumps([name for name, module in sys.modules.items() if getattr(module, "__spec__", None)]))
"""


def run() -> Iterator[Pair]:
    """On the data of the demonstration."""
    clock = Clock(date(2020, 3, 10))
    with tempfile.TemporaryDirectory() as folder:
        directory = str(Path(folder) / "desk")
        with scratch_desk(Path(directory), clock) as desk:
            work(desk, clock)
        _window(directory)  # once more than it is measured, so that bytecode is written
        imports = _window(directory)
        for floor, modules in (("bare Qt window with the same imports", imports), ("bare Qt window", "[]")):
            yield side_by_side(
                "window started",
                lambda: _window(directory),
                floor,
                lambda modules=modules: _process("-c", _BARE, given=modules),
                rounds=7,
            )
    case = json.dumps({"programme": "06A", "on": "2020-06-10", "facts": {}})
    yield side_by_side(
        "one case evaluated",
        lambda: _process("-m", "jinan_desk", "evaluate", given=case),
        "a process that imports click",
        lambda: _process("-c", "import click"),
        rounds=7,
    )
    if (_ROOT / ".venv").exists():
        yield side_by_side(
            "a command by way of desk.py",
            lambda: _process("desk.py", "--version"),
            "the command itself",
            lambda: _process("-m", "jinan_desk", "--version"),
            rounds=7,
        )


def _window(directory: str) -> str:
    """Start ours; answers the names of all modules that it had to import, as JSON."""
    return _process("-c", _OURS, directory)


def _process(*arguments: str, given: str = "") -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program in use has its bytecode written
    done = subprocess.run(
        [sys.executable, *arguments], input=given, env=environment, check=True, capture_output=True, text=True, cwd=_ROOT
    )
    return done.stdout
