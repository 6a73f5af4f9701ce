"""What people entrust to the desk stays in it: unreadable on the disk, and never sent anywhere.

Guards: the key in `store.connection.connect`, `temp_store=MEMORY`, file names made of programmes and cases only, and
that no module opens a connection.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jinan_desk.services.demo import DISTRICT_DIRECTORY, STREET_DIRECTORY, stories

ROOT = Path(__file__).parents[2]
LEAST = 6
"""Bytes: fewer stand somewhere in some megabytes of encrypted pages by chance. Two characters in UTF-8 are as many."""
PERSONAL = ("name", "id_number", "applicant_name", "account_name", "bank_account", "contact", "phone", "credit_code")


def without_network() -> list[str]:
    """What to put before a command so that it has no network device, where the system lets us."""
    if shutil.which("unshare") is None:
        return []
    command = ["unshare", "--user", "--map-root-user", "--net"]
    allowed = subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0
    return command if allowed else []


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's folder, with everything that a user's own folders got of it."""
    scratch = tmp_path_factory.mktemp("secluded")
    home = scratch / "home"
    home.mkdir()
    own = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR")}
    own["XDG_CACHE_HOME"] = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))  # unpacked fonts, large
    Path(own["TMPDIR"]).mkdir()
    command = [*without_network(), sys.executable, "-m", "tests.faults.secluding", str(scratch / "demo")]
    environment = {**os.environ, **own, "HOME": str(home), "LOCALAPPDATA": str(home), "TEMP": own["TMPDIR"]}
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert answer.returncode == 0, answer.stderr
    return scratch


def entrusted() -> set[str]:
    """Every name, number and account of the demonstration."""

    def found() -> Iterator[str]:
        for story in stories():
            for facts in (story.facts, *story.facts.get("roster", ())):
                yield from (facts[key] for key in PERSONAL if facts.get(key))

    return set(found())


def test_the_demonstration_needs_no_network_and_reaches_for_none(shown: Path):
    assert (shown / "demo" / "documents").is_dir()


def test_nothing_of_anybody_can_be_read_where_the_desk_keeps_it(shown: Path):
    written = {text.encode(coding) for text in entrusted() for coding in ("utf-8", "utf-16-le")}
    secrets = {secret for secret in written if len(secret) >= LEAST}
    kept = [path for office in (STREET_DIRECTORY, DISTRICT_DIRECTORY) for path in (shown / "demo" / office).rglob("*")]
    files = [path for path in (*kept, *(shown / "home").rglob("*")) if path.is_file()]
    assert {"desk.db", "desk.key"} <= {path.name for path in files}
    assert any(path.parent.name == "backup" for path in files)
    readable = [path.name for path in files if any(secret in path.read_bytes() for secret in secrets)]
    assert readable == []


def test_no_file_is_named_after_anybody(shown: Path):
    names = "\n".join(str(path.relative_to(shown)) for path in shown.rglob("*"))
    assert [text for text in entrusted() if text in names] == []


def test_a_connection_would_be_refused():
    attempt = "from tests.faults import secluding; import sys, socket; sys.addaudithook(secluding._refuse); socket.socket()"
    answer = subprocess.run([sys.executable, "-c", attempt], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "PermissionError: socket." in answer.stderr
