"""What a window can stand without is brought in once it is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import current_thread

from jinan_desk.gui import application
from jinan_desk.gui.pages import PAGES


def test_pages_are_brought_in_on_the_thread_of_the_window(hall, monkeypatch):
    """The guard: `settle_in` has no other thread make classes of Qt, which takes a window down that is being drawn."""
    brought = []

    def bring_in():
        brought.append(current_thread())
        yield

    monkeypatch.setattr(application, "bring_in", bring_in)
    hall.sitting.settle_in(lambda name: hall.folder / name)
    hall.settle()
    assert brought == [current_thread()]


_PROBE = """
import sys
from jinan_desk.gui.pages import PAGES, bring_in
steps = sum(1 for _ in bring_in())
missing = [page.key for page in PAGES if f"jinan_desk.gui.pages.{page.key}" not in sys.modules]
assert not missing, missing
assert steps > 5 * len(PAGES), steps
"""


def test_all_pages_are_brought_in_a_module_at_a_time(checkout: Path):
    assert len(PAGES) == 9
    done = subprocess.run([sys.executable, "-c", _PROBE], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
