"""How often a password was wrong since it was last right, beside the store: the waits survive a restart.

By the account's name in the key ring, so that nobody's name stands in the file. Whoever has copied the files is not
held up by this, but by what scrypt costs.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from jinan_desk.store.keyfile import write_whole
from jinan_desk.store.places import attempts_path

_FREE = 2
_FIRST_SECONDS, _MOST_SECONDS = 5, 900


class Attempts:
    """The counts of one data directory. Times are UTC as `2020-03-20T08:15:00Z`. A file that cannot be read counts
    nothing; one that cannot be written raises OSError."""

    def __init__(self, directory: Path) -> None:
        self._path = attempts_path(directory)

    def wait(self, who: str, now: str) -> int:
        """How many seconds there are still to wait; never more than the whole wait, wherever the clock was put."""
        count, last = self._of(who)
        whole = _seconds_after(count)
        if not whole:
            return 0
        passed = (_moment(now) - _moment(last)).total_seconds()
        return max(0, min(whole, whole - int(passed)))

    def failed(self, who: str) -> int:
        """How often it was wrong since it was right."""
        return self._of(who)[0]

    def count(self, who: str, now: str) -> None:
        """One more. To be counted before it is tried, so that ending the program helps nobody."""
        self._put({**self._all(), who: [self.failed(who) + 1, now]})

    def forget(self, who: str) -> None:
        """It was right."""
        self._put({name: kept for name, kept in self._all().items() if name != who})

    def _of(self, who: str) -> tuple[int, str]:
        count, last = self._all().get(who, (0, ""))
        return count, last

    def _all(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._path.read_bytes())
            return {who: (int(count), f"{_moment(last):%Y-%m-%dT%H:%M:%SZ}") for who, (count, last) in kept.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _put(self, kept: dict[str, Any]) -> None:
        write_whole(self._path, json.dumps(kept).encode())


def _seconds_after(count: int) -> int:
    return 0 if count <= _FREE else min(_MOST_SECONDS, _FIRST_SECONDS * 2 ** min(count - _FREE - 1, 16))


def _moment(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S%z")
