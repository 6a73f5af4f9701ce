"""What is derived from revisions: query columns, people, search. Kept up to date with every revision, or made anew.

Both ways go through `_write`, and a case costs only what has changed in it: a roster is read again when its hash is
another one, and an index is touched when its column is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from jinan_desk.core.revision import HOLDER, Revision, decode, heads
from jinan_desk.store.archive import history, read_content, read_revision
from jinan_desk.store.columns import derive
from jinan_desk.store.connection import Database
from jinan_desk.store.findings import forget, let_all_wait
from jinan_desk.store.tokens import Person, tokens

APPLICANT_SEARCH = "applicant_search"
ROSTER_SEARCH = "roster_search"
_TOLD_EACH = 500
SEARCH_TABLES = (APPLICANT_SEARCH, ROSTER_SEARCH)


def refresh(
    db: Database, added: Iterable[Revision], tell: Callable[[int, int], object] = lambda done, total: None
) -> None:
    """Bring the cases of revisions that have just been added up to date; `tell` hears how many of how many are done,
    the second half of the work that it hears of."""
    by_case: dict[str, list[Revision]] = {}
    for revision in added:
        by_case.setdefault(revision.case, []).append(revision)
    for done, (case, revisions) in enumerate(by_case.items(), len(by_case)):
        if done % _TOLD_EACH == 0:
            tell(done, 2 * len(by_case))
        cursor = db.conn.execute('SELECT * FROM cases WHERE "case" = ?', (case,))
        found = cursor.fetchone()
        old = {} if found is None else dict(zip((name for name, *_ in cursor.description), found, strict=True))
        _write(db, old, derive(_new_heads(db, old, revisions)))


def _new_heads(db: Database, row: Mapping[str, Any], added: list[Revision]) -> tuple[Revision, ...]:
    """The heads among the old heads and the added revisions, which are all later than the old heads' parents.

    Where offices pass a case on, it takes the whole history to tell who held it; but for the usual one revision more.
    """
    old: list[str] = row.get("heads", "").split()
    if len(added) == 1 and added[0].parents == tuple(old) and row.get("holder", "") in ("", added[0].origin.office):
        return (added[0],)
    if row.get("conflict") or row.get("holder") or any(HOLDER in revision.body for revision in added):
        return heads(history(db, [*old, *(revision.id for revision in added)]))
    known = {revision.id: revision for revision in added}
    ended = {parent for revision in added for parent in revision.parents}
    for identifier in old:
        if identifier not in ended and identifier not in known:
            rival = read_revision(db, identifier)
            assert rival is not None
            known[identifier] = rival
    return heads(known.values())


def rebuild(db: Database) -> None:
    """Make everything that is derived anew from the revisions; every case then waits to be judged."""
    forget(db)
    for table in SEARCH_TABLES:  # a damaged index would refuse to have anything deleted from it
        db.conn.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608
    for table in ("people", *SEARCH_TABLES, "cases"):
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608
    for case in revisions_by_case(db):
        _write(db, {}, derive(heads(case)))
    let_all_wait(db)


def revisions_by_case(db: Database) -> Iterator[list[Revision]]:
    """The revisions of each case, in the order of arrival."""
    # Only places are sorted, not texts: there may be gigabytes of them.
    rows = db.conn.execute(
        """SELECT sorted."case", encoded
        FROM (SELECT place, "case" FROM revisions ORDER BY "case", place LIMIT -1) AS sorted
        CROSS JOIN revisions USING (place)"""
    )
    for _, case in groupby(rows, key=lambda row: row[0]):
        yield [decode(encoded) for _, encoded in case]


def _write(db: Database, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    changed = {name: value for name, value in new.items() if not old or old[name] != value}
    if not changed:
        return
    if old:
        row = old["row"]
        setting = ", ".join(f'"{name}" = ?' for name in changed)
        db.conn.execute(f"UPDATE cases SET {setting} WHERE row = ?", (*changed.values(), row))  # noqa: S608
    else:
        names = ", ".join(f'"{name}"' for name in changed)
        marks = ", ".join("?" * len(changed))
        cursor = db.conn.execute(f"INSERT INTO cases ({names}) VALUES ({marks})", tuple(changed.values()))  # noqa: S608
        row = cursor.lastrowid
    if changed.keys() & {"applicant", "id_number", "credit_code"}:
        _index(db, APPLICANT_SEARCH, row, [applicant(new)], known=bool(old))
    if new["roster"] != old.get("roster", ""):
        people = roster_people(db, new["roster"])
        db.conn.execute("DELETE FROM people WHERE row = ?", (row,))
        db.conn.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", people_rows(row, people))
        _index(db, ROSTER_SEARCH, row, people, known=bool(old))


def _index(db: Database, table: str, row: int, people: list[Person], *, known: bool) -> None:
    """Replace what a search table holds of a case; `known`: there may be something already."""
    if known:
        db.conn.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608
    words = tokens(people)
    if words:
        db.conn.execute(f"INSERT INTO {table} (rowid, tokens) VALUES (?, ?)", (row, words))  # noqa: S608


def applicant(columns: Mapping[str, Any]) -> Person:
    """Name and identity of the applicant in the columns."""
    return columns["applicant"], columns["id_number"] or columns["credit_code"]


def roster_people(db: Database, roster: str) -> list[Person]:
    """Name and identity of each row of the roster with that hash; none for ""."""
    found = read_content(db, roster) if roster else None
    if found is None:
        return []
    return [(entry.get("name") or "", entry.get("id_number") or "") for entry in json.loads(found[1])]


def people_rows(row: int, people: list[Person]) -> list[tuple[int, int, str, str]]:
    """The rows of the table `people`, by place in the roster; whoever has neither name nor number has none."""
    return [(row, place, name, number) for place, (name, number) in enumerate(people) if name or number]
