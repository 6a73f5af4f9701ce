"""Revisions and contents: what is kept for ever, how it is written and read back."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

from jinan_desk.core.revision import Revision, digest, recall
from jinan_desk.store.connection import Database

Contents = Mapping[str, tuple[str, bytes]]
"""By hash: the kind (`roster`, `determination`) and the canonical JSON."""

_WORTH_PACKING = 256
_AT_ONCE = 500
_PACKING_LEVEL = 1  # three quarters of what the best level saves, in a fifth of its time


def write_revisions(db: Database, revisions: Iterable[Revision]) -> None:
    """Add revisions that are not there yet; parents must come before their children."""
    db.conn.executemany(_INSERT, map(_columns, revisions))


def write_new(db: Database, revisions: Iterable[Revision]) -> list[Revision]:
    """The same for revisions of which some may be there; answers those that were not."""
    insert = f"{_INSERT} ON CONFLICT (id) DO NOTHING"
    return [revision for revision in revisions if db.conn.execute(insert, _columns(revision)).rowcount]


_INSERT = """INSERT INTO revisions (id, "case", office, incarnation, sequence, at, encoded)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""


def _columns(revision: Revision) -> tuple[str, str, str, str, int, str, bytes]:
    origin = revision.origin
    return (
        revision.id, revision.case, origin.office, origin.incarnation, origin.sequence, revision.at, revision.encoded
    )


def write_contents(db: Database, contents: Contents) -> None:
    """Add those contents that are not there yet. Raises ValueError where one is not what its hash says."""
    rows = []
    for key, (kind, content) in contents.items():
        if digest(content) != key:
            raise ValueError(f"content is not {key}")
        packed = zlib.compress(content, _PACKING_LEVEL) if len(content) >= _WORTH_PACKING else content
        worth = len(packed) < len(content)
        rows.append((key, kind, int(worth), packed if worth else content))
    db.conn.executemany(
        "INSERT INTO contents (hash, kind, packed, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows
    )


def read_revision(db: Database, identifier: str) -> Revision | None:
    """The revision of that id, None where there is none."""
    row = db.conn.execute("SELECT encoded FROM revisions WHERE id = ?", (identifier,)).fetchone()
    return None if row is None else recall(row[0])


def newest(db: Database, cases: Sequence[str]) -> list[Revision]:
    """The newest revision of each of these cases that there are, or the latest of several."""
    found = []
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f'SELECT encoded FROM cases JOIN revisions ON id = head WHERE cases."case" IN ({marks})'  # noqa: S608
        found += [recall(encoded) for (encoded,) in db.conn.execute(sql, some)]
    return found


def read_content(db: Database, key: str) -> tuple[str, bytes] | None:
    """The kind and the bytes of a content, None where there is none of that hash."""
    row = db.conn.execute("SELECT kind, packed, data FROM contents WHERE hash = ?", (key,)).fetchone()
    return None if row is None else (row[0], unpack(row[1], row[2]))


def unpack(packed: int, data: bytes) -> bytes:
    """The content as it was given."""
    return zlib.decompress(data) if packed else data


def history(db: Database, newest: Iterable[str]) -> tuple[Revision, ...]:
    """The revisions with these ids, of however many cases, and all before them, in the order of arrival."""
    found: dict[str, tuple[int, Revision]] = {}
    ahead = list(newest)
    while ahead:
        some, ahead = ahead[:_AT_ONCE], ahead[_AT_ONCE:]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT id, place, encoded FROM revisions WHERE id IN ({marks})"  # noqa: S608
        for identifier, place, encoded in db.conn.execute(sql, some):
            revision = recall(encoded)
            found[identifier] = place, revision
            ahead += [parent for parent in revision.parents if parent not in found]
        ahead = list(dict.fromkeys(ahead))
    return tuple(revision for _, revision in sorted(found.values(), key=lambda pair: pair[0]))
