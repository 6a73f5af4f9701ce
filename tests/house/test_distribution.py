"""What is handed out: the pins, the lock files, the wheel."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest


def locked(path: Path) -> dict[str, str]:
    """Read a lock file: name to version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ \\]+)", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("size", ["run", "test"])
def test_every_pin_is_locked_by_hash_and_names_no_place(checkout: Path, size: str) -> None:
    text = (checkout / "requirements" / f"{size}.lock").read_text()
    assert "://" not in text
    assert len(locked(checkout / "requirements" / f"{size}.lock")) > 20
    for entry in re.split(r"\n(?=[a-z])", text):
        assert "--hash=sha256:" in entry, entry


def test_the_lock_files_follow_the_pins(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = locked(checkout / "requirements" / "run.lock")
    test = locked(checkout / "requirements" / "test.lock")
    for pin in project["dependencies"]:
        name, version = pin.split("==")
        assert run[name] == version
    for pin in project["optional-dependencies"]["test"]:
        assert pin.partition("==")[0] in test
    assert run.items() <= test.items()


def test_the_wheel_carries_its_folders(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=checkout, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("resources", "forms", "i18n", "docs/manual"):
        files = {path for path in (checkout / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        assert files
        assert {f"jinan_desk/_data/{path.relative_to(checkout).as_posix()}" for path in files} <= names
    assert "jinan_desk/measures/__init__.py" in names
    assert not any(name.startswith(("tests/", "desk.py")) for name in names)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is never freed there")
@pytest.mark.usefixtures("qapp")
def test_qt_does_not_use_up_the_references_to_none() -> None:
    """Later releases of PySide6 drop one with each call that returns nothing, and abort in the end."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("")
    assert abs(sys.getrefcount(None) - before) < 100
