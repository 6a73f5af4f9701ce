"""What import-linter cannot see: that parts really do without each other when they run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

IMPORT_ALL = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = None  # importing it fails from here on
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(package, "__path__", []), package.__name__ + "."):
    importlib.import_module(module.name)
"""


@pytest.mark.parametrize("name", ["cli", "services"])
def test_the_headless_desk_does_without_qt(checkout: Path, name: str) -> None:
    command = [sys.executable, "-c", IMPORT_ALL, f"jinan_desk.{name}"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


OPEN_WINDOW = """
import sys
from pathlib import Path
for name in ("fontTools", "msoffcrypto", "openpyxl", "pypdfium2", "python_calamine", "reportlab"):
    sys.modules[name] = None
from jinan_desk.app import found, open_desk, report_crash
from jinan_desk.gui.application import Sitting, make_application
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.services.office import Office
application, directory = make_application(), Path(sys.argv[1])
found(directory, Office("370102", "济南市历下区人力资源和社会保障局", "济历下人社受"))
with Sitting(lambda: open_desk(directory), Crashes(report_crash), Look(LIGHT)) as sitting:
    sitting.window.show()
    while sitting.store.busy:
        application.processEvents()
    assert not sitting.window.status.property("level"), sitting.window.status.text
"""


def test_the_window_stands_there_before_paper_and_workbooks_are_brought_in(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPEN_WINDOW, str(tmp_path / "office")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


BRING_IN = """
import sys
from jinan_desk.gui.pages import PAGES, bring_in
steps = sum(1 for _ in bring_in())
missing = [page.key for page in PAGES if f"jinan_desk.gui.pages.{page.key}" not in sys.modules]
assert not missing, missing
assert steps > 5 * len(PAGES), steps
"""


def test_all_pages_are_brought_in_a_module_at_a_time(checkout: Path) -> None:
    done = subprocess.run([sys.executable, "-c", BRING_IN], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
