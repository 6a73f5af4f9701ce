"""The access log: who looked at, took out or let in what leaves no revision. Rows are only ever added.

No row names a person of a case: its subject is a case, a count, or the name of an account.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinan_desk.store.connection import Database


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One line: when (`at` is UTC as `2020-03-20T08:15:00Z`), who, which kind of action, and of what."""

    place: int
    at: str
    account: str
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What is wanted of it: by whom, of which action, from when until before when (UTC); "" for anything."""

    account: str = ""
    action: str = ""
    since: str = ""
    before: str = ""


class AccessTable:
    """Adding and reading it; adding belongs into a transaction of the store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, at: str, account: str, action: str, subject: str) -> None:
        self._db.conn.execute("INSERT INTO access VALUES (NULL, ?, ?, ?, ?)", (at, account, action, subject))

    def page(self, wanted: AccessFilter, *, before: int | None = None, limit: int = 100) -> list[AccessRow]:
        """Up to `limit` lines, the latest first, beginning below the place of the last line of the page before."""
        conditions, values = _condition(wanted)
        if before is not None:
            conditions, values = [*conditions, "place < ?"], [*values, before]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        sql = f"SELECT place, at, account, action, subject FROM access {where} ORDER BY place DESC LIMIT ?"  # noqa: S608
        return [AccessRow(*row) for row in self._db.conn.execute(sql, (*values, limit))]

    def accounts(self) -> list[str]:
        """Everybody who is named in it."""
        return [name for (name,) in self._db.conn.execute("SELECT DISTINCT account FROM access ORDER BY account")]


def _condition(wanted: AccessFilter) -> tuple[list[str], list[str | int]]:
    given = (
        ("account = ?", wanted.account),
        ("action = ?", wanted.action),
        ("at >= ?", wanted.since),
        ("at < ?", wanted.before),
    )
    return [sql for sql, value in given if value], [value for _, value in given if value]
