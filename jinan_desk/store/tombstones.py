"""Tombstones: what is left of revisions whose bodies were destroyed after their keeping time.

A tombstone is the revision's id (its hash), its case, where it was made and when; no word of what stood in it. With it
sequences stay without gaps, a number is not given out again, and the case is not taken back from an old package.
**Own** ones are of cases that were purged here; others were told by an office that purged them, and only say that their
numbers will not come any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from jinan_desk.core.revision import Revision
from jinan_desk.store.connection import Database
from jinan_desk.store.settings import INCARNATION


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One of them; `at` is UTC."""

    id: str
    case: str
    office: str
    incarnation: str
    sequence: int
    at: str


def tombstone_of(revision: Revision) -> Tombstone:
    """What will be left of the revision."""
    origin = revision.origin
    return Tombstone(revision.id, revision.case, origin.office, origin.incarnation, origin.sequence, revision.at)


def add_tombstones(db: Database, stones: Iterable[Tombstone], *, own: bool) -> None:
    """Add those that are not there yet, inside the caller's transaction."""
    db.conn.executemany(
        "INSERT INTO tombstones VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        ((*astuple(stone), int(own)) for stone in stones),
    )


def all_tombstones(db: Database) -> list[Tombstone]:
    """Every one, by where it was made."""
    return _some(db, "")


def own_tombstones(db: Database) -> list[Tombstone]:
    """Those of the cases that were purged here."""
    return _some(db, "WHERE own")


def _some(db: Database, condition: str) -> list[Tombstone]:
    rows = db.conn.execute(
        f"""SELECT id, "case", office, incarnation, sequence, at FROM tombstones {condition}
        ORDER BY office, incarnation, sequence, id"""  # noqa: S608
    )
    return [Tombstone(*row) for row in rows]


def has_tombstones(db: Database) -> bool:
    """Whether there is any; not in a store that an earlier version made, either."""
    there = db.conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'tombstones'").fetchone()
    return there is not None and db.conn.execute("SELECT 1 FROM tombstones LIMIT 1").fetchone() is not None


def purged_cases(db: Database) -> frozenset[str]:
    """The cases that were purged here."""
    return frozenset(case for (case,) in db.conn.execute('SELECT DISTINCT "case" FROM tombstones WHERE own'))


def last_sequence(db: Database, incarnation: str) -> int:
    """The highest number that the incarnation has given out, 0 where it has given out none."""
    tables = ("revisions", "tombstones") if has_tombstones(db) else ("revisions",)
    highest = "SELECT max(sequence) FROM {} WHERE incarnation = ?"
    found = [db.conn.execute(highest.format(table), (incarnation,)).fetchone()[0] or 0 for table in tables]
    return max(found)


def given_out(db: Database) -> tuple[str, int]:
    """The present incarnation and its last sequence, of a store of this version: every save asks for them twice."""
    incarnation, of_revisions, of_tombstones = db.conn.execute(_GIVEN_OUT, (INCARNATION,)).fetchone()
    return incarnation, max(of_revisions or 0, of_tombstones or 0)


_GIVEN_OUT = """SELECT value ->> '$',
        (SELECT max(sequence) FROM revisions WHERE incarnation = value ->> '$'),
        (SELECT max(sequence) FROM tombstones WHERE incarnation = value ->> '$')
    FROM settings WHERE key = ?"""
