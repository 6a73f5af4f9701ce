"""The units and people that cases name, each once: by number or, where none is known, by name.

Who a case names stands in its columns and in `people`; nothing of its own is kept. They are told of from the case last
worked on backwards, so that the first of them cost no more in a great store than in a small one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinan_desk.core.identity import compact
from jinan_desk.store.connection import Database
from jinan_desk.store.filter import CaseFilter, Sorting, key_of, where
from jinan_desk.store.listing import Listing
from jinan_desk.store.search import get_ready
from jinan_desk.store.tokens import Person, finds

_PAGE = 200
_BEYOND_ALL = ("~", 0)


@dataclass(frozen=True, slots=True)
class Party:
    """A unit or a person: the newest name, the number that stands beside it ("" where none is known), in how many
    cases, and when (UTC) one of them was last worked on. `keys` are all by which it is known: more than one where a
    person has said that several entries are one."""

    name: str
    number: str
    cases: int
    updated_at: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Of whom is told: the column of the applicant's number, the codes of the programmes in which they apply, and
    whether they stand in rosters, too."""

    number: str
    codes: tuple[str, ...]
    in_rosters: bool


Joined = Mapping[str, frozenset[str]]
"""By key all keys of the same party, where there is more than one."""

_HAS_ROSTER = "EXISTS (SELECT 1 FROM people WHERE people.row = cases.row)"
_Row = tuple[int, str, str, str, bool]


def parties(db: Database, kind: Kind, text: str, joined: Joined) -> Iterator[Party]:
    """The parties with a text in their names or at an end of their numbers, that of the newest case first.

    To be gone on with on the store's thread; a party whose case changes meanwhile still comes once.
    """
    wanted = bool(compact(text))
    seen: set[str] = set()
    for row in _found(db, kind, text) if wanted else _newest(db, kind):
        for person in _named(db, kind, row):
            key = key_of(person)
            if key in seen or not key or (wanted and not finds(person, text)):
                continue
            keys = tuple(sorted(joined.get(key, (key,))))
            seen.update(keys)
            get_ready(db, CaseFilter(party=keys))
            condition = where(CaseFilter(party=keys))
            sql = f"SELECT count(*) FROM cases {condition.sql}"  # noqa: S608
            count = db.conn.execute(sql, condition.values).fetchone()[0]
            yield Party(*person, count, row[3], keys)


def _select(kind: Kind) -> tuple[str, str, tuple[str, ...]]:
    """The columns of a row, and the condition that it may name somebody."""
    applies = f"programme IN ({', '.join('?' * len(kind.codes))})"
    condition = f"({applies} OR {_HAS_ROSTER})" if kind.in_rosters else applies
    return f"row, applicant, {kind.number}, updated_at, {applies}", condition, kind.codes


def _newest(db: Database, kind: Kind) -> Iterator[_Row]:
    columns, condition, codes = _select(kind)
    sql = f"""SELECT {columns} FROM cases WHERE {condition} AND (updated_at, row) < (?, ?)
        {Sorting().sql} LIMIT {_PAGE}"""  # noqa: S608
    last: tuple[str, int] = _BEYOND_ALL
    while rows := db.conn.execute(sql, (*codes, *codes, *last)).fetchall():
        yield from rows
        last = rows[-1][3], rows[-1][0]


def _found(db: Database, kind: Kind, text: str) -> Iterator[_Row]:
    columns, condition, codes = _select(kind)
    numbers = Listing(db).numbers(CaseFilter(text=text), Sorting()) or ()
    for begin in range(0, len(numbers), _PAGE):
        yield from db.conn.execute(
            f"""SELECT {columns} FROM cases WHERE row IN (SELECT value FROM json_each(?)) AND {condition}
            {Sorting().sql}""",  # noqa: S608
            (*codes, json.dumps(list(numbers[begin : begin + _PAGE])), *codes),
        ).fetchall()


def _named(db: Database, kind: Kind, row: _Row) -> Sequence[Person]:
    number, applicant, identity, _, applies = row
    people: list[Person] = [(applicant, identity)] if applies else []
    if kind.in_rosters:
        people += db.conn.execute("SELECT name, id_number FROM people WHERE row = ? ORDER BY place", (number,))
    return people
