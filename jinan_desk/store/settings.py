"""Small things that a store remembers by name: the office, its keys, its partners' keys. Values are JSON."""

from __future__ import annotations

import json
from typing import Any

from jinan_desk.core.revision import canonical
from jinan_desk.store.connection import Database

INCARNATION = "incarnation"
"""The setting that names this life of the store."""


DRAFTS = "drafts"
"""The setting that holds drafts: by account, by place in the window, what was `typed` there (over which `case`)."""


class Settings:
    """`get` and `put` by key. Encrypted like everything else in the store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default where none was put."""
        row = self._db.conn.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def put(self, key: str, value: Any) -> None:
        """Replace the value. Raises TypeError for a float."""
        self._db.conn.execute(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, canonical(value).decode()),
        )
