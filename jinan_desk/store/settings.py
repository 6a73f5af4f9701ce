"""Small things that a store remembers by name: the office, its keys, its partners' keys. Values are JSON."""

from __future__ import annotations

import json
from typing import Any

from jinan_desk.core.revision import canonical
from jinan_desk.store.connection import Database, DatabaseError, disk_full, is_of_the_disk

INCARNATION = "incarnation"
"""The setting that names this life of the store."""


DRAFTS = "drafts"
"""The setting that holds drafts: by account, by place in the window, what was `typed` there (over which `case`)."""


class Settings:
    """`get` and `put` by key. Encrypted like everything else in the store.

    What was read once is remembered: nobody else writes to an open store.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: dict[str, str | None] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default where none was put."""
        if key not in self._read:
            row = self._db.conn.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
            self._read[key] = None if row is None else row[0]
        value = self._read[key]
        return default if value is None else json.loads(value)

    def put(self, key: str, value: Any) -> None:
        """Replace the value. Raises TypeError for a float, DeskError where the disk does not take it."""
        self._read.pop(key, None)
        try:
            self._db.conn.execute(
                "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, canonical(value).decode()),
            )
        except DatabaseError as error:
            if is_of_the_disk(error):
                raise disk_full() from None
            raise

    def forget(self) -> None:
        """Read everything again: a transaction was taken back, or the table was written to by somebody else."""
        self._read.clear()
