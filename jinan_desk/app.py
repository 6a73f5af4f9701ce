"""The composition root: the only place where the parts are put together.

Parts are imported by the function that needs them, so that `evaluate` waits for neither the store nor the window.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinan_desk import paths
from jinan_desk.cli import Outfit, run

if TYPE_CHECKING:
    from jinan_desk.services.desk import Desk


def main() -> None:
    """Run the command line; it opens the window where no command is given. Exits with the command's status."""
    outfit = Outfit(
        open_desk=open_desk,
        found=found,
        show_window=show_window,
        run_demo=run_demo,
        selftest=selftest,
        report_crash=report_crash,
    )
    sys.exit(run(sys.argv[1:], outfit))


def utc_now() -> str:
    """The time as revisions carry it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def open_desk(
    data_dir: Path | None,
    account: str,
    *,
    today: Callable[[], date] = date.today,
    now: Callable[[], str] = utc_now,
) -> Iterator[Desk]:
    """The desk of a data directory for as long as the block lasts. Raises DeskError where it cannot be opened."""
    from jinan_desk.services.desk import assemble
    from jinan_desk.store import open_store
    from jinan_desk.store.keyfile import read_key

    directory = paths.data_directory(data_dir)
    with open_store(directory, read_key(directory)) as store:
        yield assemble(store, account=account, today=today, now=now, places=places())


def found(data_dir: Path | None, **office: Any) -> None:
    """Make a data directory with a key, an empty store and the office. Raises DeskError where there is one already."""
    from jinan_desk.services.office import Level, Office, found_office
    from jinan_desk.store import open_store
    from jinan_desk.store.keyfile import create_key

    directory = paths.data_directory(data_dir)
    office["level"] = Level(office.get("level", Level.DISTRICT))
    with open_store(directory, create_key(directory)) as store:
        found_office(store, Office(**office))


def report_crash(error: BaseException) -> Path:
    """Write a crash report where logs lie and answer its path."""
    from jinan_desk.services.crash import write_report

    return write_report(error, paths.log_directory(), at=utc_now())
