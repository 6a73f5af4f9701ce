"""The demonstration in a process that may not reach for the network: `python -m tests.faults.secluding DIRECTORY`.

Any use of a socket that Python makes raises at once, and so ends the process with a traceback. What libraries do below
Python finds no device to do it with where the process was started without one (see `test_secluded`).
"""

from __future__ import annotations

import sys
from pathlib import Path

REACHING_OUT = ("socket.", "ftplib.", "http.client.", "imaplib.", "nntplib.", "smtplib.", "urllib.Request")


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(REACHING_OUT):
        raise PermissionError(event)


def main(directory: Path) -> None:
    """Let the demonstration run, with a backup of each office besides."""
    sys.addaudithook(_refuse)
    from jinan_desk.app import open_desk, run_demo
    from jinan_desk.services.demo import DISTRICT_DIRECTORY, STREET_DIRECTORY

    run_demo(directory, window=False)
    for office in (STREET_DIRECTORY, DISTRICT_DIRECTORY):
        with open_desk(directory / office) as desk:
            desk.backups.make()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
