"""The walks once more with windows of a real screen, where focus, shortcuts and dialogs are the desktop's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ONE_OF_EACH_ROUTE = "sent_back_by_the_bank or checked_and_passed_on or comes_by_itself or followed_up_and_closed"


@pytest.fixture
def screen() -> Iterator[str]:
    """An X server of its own, on a display that is free."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as running:
        os.close(writing)
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
        running.terminate()


def test_a_case_of_each_route_is_walked_through_on_a_real_screen(screen: str) -> None:
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/gui/test_walks.py"]
    walked = subprocess.run(
        [*command, "-k", ONE_OF_EACH_ROUTE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert walked.returncode == 0, walked.stdout[-4000:]
    assert "4 passed" in walked.stdout
