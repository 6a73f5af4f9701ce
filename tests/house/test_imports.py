"""What import-linter cannot see: that parts really do without each other when they run."""

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
