"""Accounts: who may work at this desk and as what. Passwords and keys are in the key ring, not here.

A record of this store alone. Accounts are never deleted, since revisions go on naming them: they are made inactive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinan_desk.store.connection import Database


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account. `roles` are words separated by blanks; times are UTC as `2020-03-20T08:15:00Z`. `given`: the password
    is one that somebody else knows, who gave it."""

    name: str
    roles: str
    active: bool
    created_at: str
    changed_at: str
    given: bool = False


class AccountTable:
    """Reading and putting them; putting belongs into a transaction of the store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[AccountRow]:
        """By name, the active ones first."""
        column = "given" if "given" in self._db["accounts"].columns_dict else "0"  # a store of an earlier version
        rows = self._db.conn.execute(
            f"""SELECT name, roles, active, created_at, changed_at, {column} FROM accounts
            ORDER BY active DESC, name"""  # noqa: S608
        )
        return list(map(_row, rows))

    def get(self, name: str) -> AccountRow | None:
        """The account of that name, None where there is none."""
        sql = "SELECT name, roles, active, created_at, changed_at, given FROM accounts WHERE name = ?"
        found = self._db.conn.execute(sql, (name,)).fetchone()
        return None if found is None else _row(found)

    def put(self, rows: Iterable[AccountRow]) -> None:
        """Add accounts, or replace those of the same names."""
        self._db.conn.executemany(
            "INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?)",
            (
                (row.name, row.roles, int(row.active), row.created_at, row.changed_at, int(row.given))
                for row in rows
            ),
        )


def _row(values: tuple[Any, ...]) -> AccountRow:
    name, roles, active, created_at, changed_at, given = values
    return AccountRow(name, roles, bool(active), created_at, changed_at, bool(given))
