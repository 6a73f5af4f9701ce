"""Destroying cases: their revisions, what only those rest on, and everything derived from them.

Only for cases whose destruction one person proposed and another confirmed; the tables themselves refuse any other (see
`schema`). What was deleted is overwritten in the file; copies in backups and with other offices are not reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinan_desk.core.revision import Revision
from jinan_desk.store.archive import history
from jinan_desk.store.columns import content_hashes
from jinan_desk.store.connection import Database
from jinan_desk.store.findings import remove
from jinan_desk.store.search import SEARCH_TABLES
from jinan_desk.store.settings import DRAFTS, Settings
from jinan_desk.store.tombstones import add_tombstones, tombstone_of

PROPOSED, CONFIRMED, WITHDRAWN = "purge_proposed", "purge_confirmed", "purge_withdrawn"
"""The acts about a destruction: the first says `case` in its entry, the others are about it."""


def purge(db: Database, cases: Sequence[tuple[str, int]]) -> int:
    """Destroy the cases, each with the number of the act that confirmed it, inside the caller's transaction; answers
    how many revisions are gone. Raises DatabaseError where such an act is missing."""
    gone: dict[str, Revision] = {}
    contents: dict[str, int] = {}
    for case, act in cases:
        row, heads = db.conn.execute('SELECT row, heads FROM cases WHERE "case" = ?', (case,)).fetchone()
        for revision in history(db, heads.split()):
            gone[revision.id] = revision
            contents |= dict.fromkeys(content_hashes(revision), act)
        _remove_derived(db, case, row)
        _drop_drafts(db, case)
        db.conn.execute("DELETE FROM waiting WHERE CAST(encoded AS TEXT) ->> '$.case' = ?", (case,))
    add_tombstones(db, map(tombstone_of, gone.values()), own=True)
    db.conn.executemany("DELETE FROM revisions WHERE id = ?", ((identifier,) for identifier in gone))
    unused = contents.keys() - _still_used(db)
    db.conn.executemany("INSERT INTO purging VALUES (?, ?)", ((key, contents[key]) for key in unused))
    db.conn.executemany("DELETE FROM contents WHERE hash = ?", ((key,) for key in unused))
    db.conn.execute("DELETE FROM purging")
    return len(gone)


def _remove_derived(db: Database, case: str, row: int) -> None:
    for table in SEARCH_TABLES:  # words that are deleted leave the index, and do not wait in it to be tidied up
        db.conn.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('secure-delete', 1)")  # noqa: S608
        db.conn.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608
    for table in ("unindexed", "people"):
        db.conn.execute(f"DELETE FROM {table} WHERE row = ?", (row,))  # noqa: S608
    remove(db, case, row)
    db.conn.execute("DELETE FROM cases WHERE row = ?", (row,))


def _drop_drafts(db: Database, case: str) -> None:
    """Keep nothing of what anybody was typing over the case."""
    settings = Settings(db)
    every: dict[str, dict[str, Any]] = settings.get(DRAFTS, {})
    left = {
        account: {place: kept for place, kept in drafts.items() if kept["typed"]["case"] != case}
        for account, drafts in every.items()
    }
    if left != every:
        settings.put(DRAFTS, left)


def _still_used(db: Database) -> set[str]:
    """The hashes on which any revision rests that is here or waits."""
    rows = db.conn.execute(
        """SELECT text ->> '$.body.roster', text ->> '$.body.determination' FROM (
            SELECT CAST(encoded AS TEXT) AS text FROM revisions
            UNION ALL SELECT CAST(encoded AS TEXT) FROM waiting
        )"""
    )
    return {key for pair in rows for key in pair if key}
