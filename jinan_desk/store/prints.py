"""What was printed: which paper of which revision, when, by whom, and the number it went out with.

A record of this store alone, not a revision: printing does not change a case, two offices print the same case each with
numbers of their own, and a paper's check code must go on naming the newest revision after the paper was printed. Rows
are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from jinan_desk.store.connection import Database


@dataclass(frozen=True, slots=True)
class Print:
    """One paper of one case, printed once. `number` is "" where the paper has none; `code` is the check code in its
    foot; `at` is UTC; `medium` is how it left: `pdf`, `xlsx` or `printer`. A list of several cases is a print of each,
    under one code."""

    case: str
    revision: str
    form: str
    number: str
    code: str
    at: str
    account: str
    medium: str


class PrintTable:
    """Adding and reading them; adding belongs into a transaction of the store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, prints: Iterable[Print]) -> None:
        self._db.conn.executemany("INSERT INTO prints VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, prints))

    def of(self, case: str) -> list[Print]:
        """What was printed of the case, the latest first."""
        rows = self._db.conn.execute(f'{_SELECT} WHERE "case" = ? ORDER BY place DESC', (case,))
        return [Print(*row) for row in rows]

    def with_code(self, code: str) -> list[Print]:
        """What was printed under the check code, the latest first."""
        rows = self._db.conn.execute(f"{_SELECT} WHERE code = ? ORDER BY place DESC", (code,))
        return [Print(*row) for row in rows]

    def number(self, case: str, form: str, revision: str) -> str | None:
        """The number that the paper of this revision went out with first, "" where it had none; None where it has not
        been printed."""
        row = self._db.conn.execute(
            """SELECT number FROM prints WHERE "case" = ? AND form = ? AND revision = ?
            ORDER BY number = '', place LIMIT 1""",
            (case, form, revision),
        ).fetchone()
        return None if row is None else str(row[0])


_SELECT = 'SELECT "case", revision, form, number, code, at, account, medium FROM prints'
