"""What the office has laid down for itself: dated values proposed and confirmed, budgets entered. Rows are only added.

A record of this store alone. An act may be about an earlier one: a confirmation is about a proposal. What the kinds are
and what their entries hold is for the services that write them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.revision import canonical
from jinan_desk.store.connection import Database


@dataclass(frozen=True, slots=True)
class Act:
    """One of them. `number` is given by the store, from 1 on; `about` is the number of the act that it is about, 0 for
    none; `at` is UTC, "" where an earlier version of the program kept no time; `entry` is JSON."""

    number: int
    kind: str
    about: int
    at: str
    account: str
    entry: Mapping[str, Any]


class ActTable:
    """Adding and reading them; adding belongs into a transaction of the store. What was read once is remembered until
    one is added: every save asks for the values in force."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: dict[tuple[str, ...], list[Act]] = {}

    def add(self, kind: str, entry: Mapping[str, Any], *, at: str, account: str, about: int = 0) -> Act:
        """Add an act. Raises TypeError for a float in its entry."""
        encoded = canonical(dict(entry)).decode()
        self.forget()
        cursor = self._db.conn.execute(
            "INSERT INTO acts VALUES (NULL, ?, ?, ?, ?, ?)", (kind, about, at, account, encoded)
        )
        assert cursor.lastrowid is not None
        return Act(cursor.lastrowid, kind, about, at, account, entry)

    def of(self, *kinds: str) -> list[Act]:
        """The acts of these kinds, the oldest first."""
        if kinds not in self._read:
            self._read[kinds] = self._of(kinds)
        return list(self._read[kinds])

    def _of(self, kinds: tuple[str, ...]) -> list[Act]:
        marks = ", ".join("?" * len(kinds))
        rows = self._db.conn.execute(
            f"SELECT number, kind, about, at, account, entry FROM acts WHERE kind IN ({marks}) ORDER BY number",  # noqa: S608
            kinds,
        )
        return [
            Act(number, kind, about, at, account, json.loads(entry)) for number, kind, about, at, account, entry in rows
        ]

    def forget(self) -> None:
        """Read everything again: one was added, or a transaction was taken back."""
        self._read.clear()
