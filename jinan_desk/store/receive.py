"""Taking revisions that come from elsewhere: what fits is added, what has no parents yet waits for them, what is wrong
is named. The result is the union of sets: order, repetition and interruption make no difference to it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.revision import Revision, canonical, decode
from jinan_desk.core.text import N_, Sentence
from jinan_desk.store.archive import Contents, write_contents, write_revisions
from jinan_desk.store.columns import CONTENT_KINDS, content_hashes, derive
from jinan_desk.store.connection import Database
from jinan_desk.store.derived import refresh
from jinan_desk.store.findings import let_wait
from jinan_desk.store.origins import Fork, Gap, forks, gaps


@dataclass(frozen=True, slots=True)
class Received:
    """What came of it: `new` were added (revisions that waited until now among them), `known` were there already,
    `waiting` have no parents here yet (all that wait now); `refused` says why, by revision id.

    `conflicts` are the cases among them that now have two newest revisions. `overtaken`: among the new were revisions
    that this store itself had made and lost, so it has been restored from a backup.
    """

    new: int
    known: int
    waiting: int
    refused: Mapping[str, Sentence]
    conflicts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    forks: tuple[Fork, ...]
    overtaken: bool


def receive(db: Database, revisions: Iterable[Revision], contents: Contents, incarnation: str) -> Received:
    """Add what can be added, inside the caller's transaction. Contents that no revision rests on are left out."""
    known = 0
    candidates: dict[str, Revision] = {}
    for revision in revisions:
        if _has(db, "revisions", "id", revision.id):
            known += 1
        else:
            candidates[revision.id] = revision
    for identifier, encoded in db.conn.execute("SELECT id, encoded FROM waiting ORDER BY id"):
        candidates.setdefault(identifier, decode(encoded))

    refused: dict[str, Sentence] = {}
    for revision in candidates.values():
        wrong = _wrong(db, revision, contents)
        if wrong is not None:
            refused[revision.id] = wrong
    added = _parents_first(db, [r for r in candidates.values() if r.id not in refused], refused)
    for revision in added:
        del candidates[revision.id]
    left = [r for r in candidates.values() if r.id not in refused]

    needed = {key for revision in (*added, *left) for key in content_hashes(revision)}
    write_contents(db, {key: contents[key] for key in needed & contents.keys()})
    write_revisions(db, added)
    refresh(db, added)
    db.conn.execute("DELETE FROM waiting")
    db.conn.executemany("INSERT INTO waiting VALUES (?, ?)", ((r.id, r.encoded) for r in left))
    touched = {revision.case for revision in added}
    let_wait(db, touched)
    in_conflict = db.conn.execute('SELECT "case" FROM cases WHERE conflict ORDER BY "case"')
    return Received(
        new=len(added),
        known=known,
        waiting=len(left),
        refused=refused,
        conflicts=tuple(case for (case,) in in_conflict if case in touched),
        gaps=gaps(db),
        forks=forks(db),
        overtaken=any(revision.origin.incarnation == incarnation for revision in added),
    )


def _has(db: Database, table: str, column: str, key: str) -> bool:
    return db.conn.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (key,)).fetchone() is not None  # noqa: S608


def _wrong(db: Database, revision: Revision, contents: Contents) -> Sentence | None:
    """Why the revision cannot be taken, None where it can."""
    try:
        derive((revision,))
        needed = content_hashes(revision)
    except ValueError:
        return Sentence(N_("内容不是本程序认识的办件记录，可能来自更新的版本"))
    for key, kind in needed.items():
        if key in contents:
            if not _fits(kind, contents[key]):
                return Sentence(N_("附带的名单或认定结果无法读取"))
        elif not _has(db, "contents", "hash", key):
            return Sentence(N_("缺少附带的名单或认定结果"))
    return None


def _fits(kind: str, content: tuple[str, bytes]) -> bool:
    """Whether the content is of its kind and written as it should be, so that everything derived from it can be."""
    try:
        value: Any = json.loads(content[1])
        written = canonical(value)
    except (ValueError, TypeError, RecursionError):
        return False
    if content != (kind, written) or not isinstance(value, CONTENT_KINDS[kind]):
        return False
    return kind != "roster" or all(isinstance(row, dict) and _named(row) for row in value)


def _named(row: Mapping[str, object]) -> bool:
    return all(isinstance(row.get(key) or "", str) for key in ("name", "id_number"))


def _parents_first(db: Database, fitting: list[Revision], refused: dict[str, Sentence]) -> list[Revision]:
    """Those whose parents are all here or among them, each after its parents; a parent of another case is refused."""
    case_of: dict[str, str] = {}
    open_parents: dict[str, int] = {}
    children: dict[str, list[Revision]] = {}
    ready: deque[Revision] = deque()
    for revision in fitting:
        missing = 0
        for parent in revision.parents:
            row = db.conn.execute('SELECT "case" FROM revisions WHERE id = ?', (parent,)).fetchone()
            if row is None:
                missing += 1
                children.setdefault(parent, []).append(revision)
            else:
                case_of[parent] = row[0]
        open_parents[revision.id] = missing
        if not missing:
            ready.append(revision)
    added = []
    while ready:
        revision = ready.popleft()
        if any(case_of[parent] != revision.case for parent in revision.parents):
            refused[revision.id] = Sentence(N_("所接续的版本属于另一件事项"))
            continue
        case_of[revision.id] = revision.case
        added.append(revision)
        for child in children.get(revision.id, ()):
            open_parents[child.id] -= 1
            if not open_parents[child.id]:
                ready.append(child)
    return added
