"""Taking revisions that come from elsewhere: what fits is added, what has no parents yet or comes after a gap in its
office's sequence waits, what is wrong is named. The result is the union of sets: order, repetition and interruption
make no difference to it. A case that was destroyed here is not taken back; of what comes of it all the same a tombstone
is added, so that nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jinan_desk.core.revision import Revision, decode, read_canonical
from jinan_desk.core.text import N_, Sentence
from jinan_desk.store.admission import is_determination, refuse_inadmissible
from jinan_desk.store.archive import Contents, write_contents, write_revisions
from jinan_desk.store.columns import CONTENT_KINDS
from jinan_desk.store.connection import Database
from jinan_desk.store.derived import refresh
from jinan_desk.store.findings import let_wait
from jinan_desk.store.origins import Fork, Gap, forks, gaps, numbers_beyond, vector
from jinan_desk.store.tombstones import Tombstone, add_tombstones, purged_cases, tombstone_of

Tell = Callable[[int, int], object]
"""Hears that so many of so many steps are done; may raise, to give up. Then nothing has changed."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Received:
    """What came of it: `new` were added (revisions that waited until now among them), `known` were there already,
    `waiting` wait here now, for parents or for the numbers before them; `refused` says why, by revision id.

    `conflicts` are the cases among them that now have two newest revisions. `overtaken`: among the new, or among what
    was destroyed elsewhere, were revisions that this store itself had made and lost, so it has been restored from a
    backup.
    """

    new: int
    known: int
    waiting: int
    refused: Mapping[str, Sentence]
    conflicts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    forks: tuple[Fork, ...]
    overtaken: bool


def nobody(_done: int, _total: int) -> None:
    """Tell nobody."""


def receive(
    db: Database,
    revisions: Iterable[Revision],
    contents: Contents,
    *,
    own: frozenset[str],
    at: str,
    destroyed: Iterable[Tombstone] = (),
    tell: Tell = nobody,
) -> Received:
    """Add what can be added, inside the caller's transaction. Contents that no revision rests on are left out.

    `own` are the incarnations that this store has had, `at` is the time (UTC); `destroyed` is what the sender has not
    got any more.
    """
    stones = tuple(destroyed)
    lost = _lost(db, [stone for stone in stones if stone.incarnation in own])
    add_tombstones(db, stones, own=False)
    given = {revision.id: revision for revision in revisions}
    there = dict(_cases(db, list(given)))
    candidates = {identifier: revision for identifier, revision in given.items() if identifier not in there}
    since = {}
    for identifier, arrived, encoded in db.conn.execute("SELECT id, since, encoded FROM waiting ORDER BY id"):
        since[identifier] = arrived
        candidates.setdefault(identifier, decode(encoded))

    purged = _of_purged(db, candidates.values())
    add_tombstones(db, map(tombstone_of, purged), own=True)
    refused = dict.fromkeys((revision.id for revision in purged), Sentence(N_("该办件已按保存期限销毁，不再接收")))
    refused |= _refused(db, _but(candidates, refused), contents, tell)
    reached = _reached(db, candidates.values())
    fitting = [r for r in _but(candidates, refused) if r.origin.sequence <= reached[_line(r)]]
    added = _parents_first(db, fitting, refused)
    for revision in added:
        del candidates[revision.id]
    left = _but(candidates, refused)

    needed: set[Any] = {revision.body.get(kind) for revision in (*added, *left) for kind in CONTENT_KINDS}
    write_contents(db, {key: contents[key] for key in needed & contents.keys()})
    write_revisions(db, added)
    for _ in refresh(db, added, tell):
        pass
    db.conn.execute("DELETE FROM waiting")
    db.conn.executemany(
        "INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?)",
        ((r.id, *_line(r), r.origin.sequence, since.get(r.id, at), r.encoded) for r in left),
    )
    touched = {revision.case for revision in added}
    let_wait(db, touched)
    in_conflict = db.conn.execute('SELECT "case" FROM cases WHERE conflict ORDER BY "case"')
    return Received(
        new=len(added),
        known=len(there),
        waiting=len(left),
        refused=refused,
        conflicts=tuple(case for (case,) in in_conflict if case in touched),
        gaps=gaps(db),
        forks=forks(db),
        overtaken=lost or any(revision.origin.incarnation in own for revision in added),
    )


def _lost(db: Database, stones: Sequence[Tombstone]) -> bool:
    """Whether one of our own is not known here any more: its number is not to be given out again."""
    here = {identifier for identifier, _ in _cases(db, [stone.id for stone in stones])}
    known = "SELECT 1 FROM tombstones WHERE id = ?"
    return any(
        stone.id not in here and db.conn.execute(known, (stone.id,)).fetchone() is None for stone in stones
    )


def _but(candidates: Mapping[str, Revision], refused: Mapping[str, Sentence]) -> list[Revision]:
    """The candidates that are not refused."""
    return [revision for identifier, revision in candidates.items() if identifier not in refused]


def _line(revision: Revision) -> tuple[str, str]:
    return revision.origin.office, revision.origin.incarnation


def _of_purged(db: Database, candidates: Iterable[Revision]) -> list[Revision]:
    """Those whose case was destroyed here."""
    cases = purged_cases(db)
    return [revision for revision in candidates if revision.case in cases]


def _reached(db: Database, candidates: Iterable[Revision]) -> dict[tuple[str, str], int]:
    """By office and incarnation up to which number everything is here or among the candidates, refused ones included:
    what is refused has come, it is not missing."""
    come: dict[tuple[str, str], set[int]] = {}
    for revision in candidates:
        come.setdefault(_line(revision), set()).add(revision.origin.sequence)
    contiguous = vector(db) if come else {}
    reached = {}
    for line, numbers in come.items():
        last = contiguous.get(line, 0)
        numbers.update(numbers_beyond(db, line, last))
        while last + 1 in numbers:
            last += 1
        reached[line] = last
    return reached


def _refused(
    db: Database, candidates: Sequence[Revision], contents: Contents, tell: Tell
) -> dict[str, Sentence]:
    """Why a candidate cannot be taken, for those that cannot."""
    refused: dict[str, Sentence] = {}
    known: dict[tuple[str, str], Sentence | None] = {}
    for done, revision in enumerate(candidates):
        if done % _AT_ONCE == 0:
            tell(done, 2 * len(candidates))
        wrong = _wrong(db, revision, contents, known)
        if wrong is not None:
            refused[revision.id] = wrong
    return refused


def _wrong(
    db: Database, revision: Revision, contents: Contents, known: dict[tuple[str, str], Sentence | None]
) -> Sentence | None:
    """Why the revision cannot be taken, None where it can; `known` remembers what is wrong with contents, by hash and
    kind: many revisions rest on the same."""
    try:
        refuse_inadmissible(revision)
    except ValueError:
        return Sentence(N_("内容不是本程序认识的办件记录，可能来自更新的版本"))
    for kind in CONTENT_KINDS:
        key = revision.body[kind]
        if not key:
            continue
        if (key, kind) not in known:
            known[key, kind] = _wrong_content(db, key, kind, contents)
        wrong = known[key, kind]
        if wrong is not None:
            return wrong
    return None


def _wrong_content(db: Database, key: str, kind: str, contents: Contents) -> Sentence | None:
    """Why nothing can rest on the content; what is here already was looked at when it came."""
    if key in contents:
        return None if _fits(kind, contents[key]) else Sentence(N_("附带的名单或认定结果无法读取"))
    here = db.conn.execute("SELECT kind FROM contents WHERE hash = ?", (key,)).fetchone()
    if here is None:
        return Sentence(N_("缺少附带的名单或认定结果"))
    return None if here[0] == kind else Sentence(N_("附带的名单或认定结果无法读取"))


def _fits(kind: str, content: tuple[str, bytes]) -> bool:
    """Whether the content is of its kind and written as it should be, so that everything derived from it can be."""
    try:
        value = read_canonical(content[1])
    except (ValueError, RecursionError):
        return False
    if content[0] != kind or not isinstance(value, CONTENT_KINDS[kind]):
        return False
    if kind == "roster":
        return all(isinstance(row, dict) and _is_row(row) for row in value)
    return is_determination(value)


_PLAIN = frozenset({str, int, bool, type(None)})


def _is_row(row: Mapping[str, object]) -> bool:
    named = all(isinstance(row.get(key) or "", str) for key in ("name", "id_number"))
    return named and _PLAIN.issuperset(map(type, row.values()))


def _parents_first(db: Database, fitting: list[Revision], refused: dict[str, Sentence]) -> list[Revision]:
    """Those whose parents are all here or among them, each after its parents; a parent of another case is refused."""
    among = {revision.id for revision in fitting}
    elsewhere = {parent for revision in fitting for parent in revision.parents if parent not in among}
    case_of = dict(_cases(db, list(elsewhere)))
    added: list[Revision] = []
    children: dict[str, list[Revision]] = {}
    for given in fitting:  # most come after their parents
        ready = [given]
        while ready:
            revision = ready.pop()
            cases = [case_of.get(parent) for parent in revision.parents]
            if None in cases:
                children.setdefault(revision.parents[cases.index(None)], []).append(revision)
            elif cases.count(revision.case) < len(cases):
                refused[revision.id] = Sentence(N_("所接续的版本属于另一个办件"))
            else:
                case_of[revision.id] = revision.case
                added.append(revision)
                ready += children.pop(revision.id, ())
    return added


def _cases(db: Database, identifiers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each of these revisions that is here, with its case."""
    left = iter(identifiers)
    while some := list(islice(left, _AT_ONCE)):
        marks = ", ".join("?" * len(some))
        yield from db.conn.execute(f'SELECT id, "case" FROM revisions WHERE id IN ({marks})', some)  # noqa: S608
