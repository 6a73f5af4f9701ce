"""What is derived from revisions: query columns, people, search. Kept up to date with every revision (but for the words
of the search, see `search`), or made anew.

Cases that are new, and all of them when everything is made anew, are written some at a time. One that is there costs
only what has changed in it: a roster is read again when its hash is another one, and an index is touched when its
column is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, NamedTuple

from jinan_desk.core.revision import HOLDER, Revision, heads, recall
from jinan_desk.store.archive import history, read_content, read_revision
from jinan_desk.store.columns import CaseRow, derive, row_of
from jinan_desk.store.connection import Database
from jinan_desk.store.findings import forget, let_all_wait
from jinan_desk.store.search import SEARCH_TABLES, catch_up, keep_few, let_wait
from jinan_desk.store.tokens import Person

_AT_ONCE = 500


class Written(NamedTuple):
    """A case that was brought up to date: its row, whether it was not there before, and its columns now."""

    row: int
    is_new: bool
    columns: Mapping[str, Any]

    @property
    def as_listed(self) -> CaseRow:
        """The case as lists show it."""
        return row_of(self.columns)


def refresh(
    db: Database, added: Iterable[Revision], tell: Callable[[int, int], object] = lambda done, total: None
) -> Iterator[Written]:
    """Bring the cases of revisions that have just been added up to date, some at a time as the answer is read; `tell`
    hears how many of how many are done, the second half of the work that it hears of."""
    by_case: dict[str, list[Revision]] = {}
    for revision in added:
        by_case.setdefault(revision.case, []).append(revision)
    total, cases = len(by_case), iter(by_case.items())
    done = 0
    while some := dict(islice(cases, _AT_ONCE)):
        tell(total + done, 2 * total)
        done += len(some)
        known = _rows(db, list(some))
        written, fresh = [], []
        for case, revisions in some.items():
            old = known.get(case, {})
            new = derive(_new_heads(db, old, revisions))
            if old:
                _write(db, old, new)
                written.append(Written(old["row"], False, new))
            else:
                fresh.append(new)
        written += [Written(row, True, new) for row, new in _write_fresh(db, fresh)]
        keep_few(db, (one.row for one in written))
        yield from written


def _rows(db: Database, cases: list[str]) -> dict[str, dict[str, Any]]:
    """The rows of those of the cases that there are."""
    marks = ", ".join("?" * len(cases))
    cursor = db.conn.execute(f'SELECT * FROM cases WHERE "case" IN ({marks})', cases)  # noqa: S608
    names = [name for name, *_ in cursor.description]
    rows = (dict(zip(names, values, strict=True)) for values in cursor)
    return {row["case"]: row for row in rows}


def _write_fresh(db: Database, fresh: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Write cases that are not there yet; answers each with its row."""
    if not fresh:
        return []
    names = ", ".join(f'"{name}"' for name in fresh[0])
    marks = ", ".join("?" * len(fresh[0]))
    insert = f"INSERT INTO cases ({names}) VALUES ({marks})"  # noqa: S608
    numbered = [(int(db.conn.execute(insert, tuple(new.values())).lastrowid or 0), new) for new in fresh]
    rostered = [(row, roster_people(db, new["roster"])) for row, new in numbered if new["roster"]]
    if rostered:
        entries = (entry for row, people in rostered for entry in people_rows(row, people))
        db.conn.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", entries)
    let_wait(db, [row for row, _ in numbered])
    return numbered


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
    for table in ("people", "unindexed", *SEARCH_TABLES, "cases"):
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608
    cases = (derive(heads(case)) for case in revisions_by_case(db))
    while some := list(islice(cases, _AT_ONCE)):
        keep_few(db, (row for row, _ in _write_fresh(db, some)))
    catch_up(db)
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
        yield [recall(encoded) for _, encoded in case]


def _write(db: Database, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Bring a case that is there up to date."""
    changed = {name: value for name, value in new.items() if old[name] != value}
    if not changed:
        return
    row = old["row"]
    setting = ", ".join(f'"{name}" = ?' for name in changed)
    db.conn.execute(f"UPDATE cases SET {setting} WHERE row = ?", (*changed.values(), row))  # noqa: S608
    if "roster" in changed:
        people = roster_people(db, new["roster"])
        db.conn.execute("DELETE FROM people WHERE row = ?", (row,))
        db.conn.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", people_rows(row, people))
    if changed.keys() & _NAMING:
        let_wait(db, [row])


_NAMING = frozenset({"applicant", "id_number", "credit_code", "roster"})
"""The columns with which the words change by which a case is found."""


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
