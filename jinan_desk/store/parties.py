"""The units and people that cases name, each once: by number or, where none is known, by name.

Who a case names stands in its columns and in `people`; nothing of its own is kept. A page costs a pass over them, and
over no more than the cases that the search finds where a text is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.identity import compact
from jinan_desk.store.connection import Database
from jinan_desk.store.filter import CaseFilter, where


@dataclass(frozen=True, slots=True)
class Party:
    """A unit or a person: the newest name, the number ("" where none is known), in how many cases, and when (UTC) one
    of them was last worked on."""

    name: str
    number: str
    cases: int
    updated_at: str


_UNITS = """SELECT row, applicant AS name, credit_code AS number, updated_at FROM cases WHERE programme IN ({codes})"""
_PEOPLE = """SELECT row, applicant AS name, id_number AS number, updated_at FROM cases WHERE programme IN ({codes})
    UNION ALL SELECT people.row, people.name, people.id_number, cases.updated_at FROM people JOIN cases USING (row)"""


def units(db: Database, codes: Sequence[str], text: str, after: Party | None, limit: int) -> list[Party]:
    """Units that have applied in the programmes of these codes, in the order of names, after one of them."""
    return _parties(db, _UNITS, codes, text, after=after, limit=limit)


def people(db: Database, codes: Sequence[str], text: str, after: Party | None, limit: int) -> list[Party]:
    """People who have applied in the programmes of these codes or stand in a roster, likewise."""
    return _parties(db, _PEOPLE, codes, text, after=after, limit=limit)


def _parties(
    db: Database, source: str, codes: Sequence[str], text: str, *, after: Party | None, limit: int
) -> list[Party]:
    condition, found = _found(text)
    values: list[Any] = [*codes, *found]
    beyond = ""
    if after is not None:
        beyond = "WHERE (name, number) > (?, ?)"
        values += [after.name, after.number]
    # Beside max(), SQLite answers the other columns of the row that has it: the newest name.
    rows = db.conn.execute(
        f"""SELECT name, number, cases, updated_at FROM (
            SELECT name, number, count(DISTINCT row) AS cases, max(updated_at) AS updated_at
            FROM ({source.format(codes=", ".join("?" * len(codes)))})
            WHERE (name <> '' OR number <> ''){condition}
            GROUP BY CASE number WHEN '' THEN 'x' || name ELSE number END
        ) {beyond} ORDER BY name, number LIMIT ?""",  # noqa: S608
        (*values, limit),
    )
    return [Party(*row) for row in rows]


def _found(text: str) -> tuple[str, tuple[Any, ...]]:
    """The condition that a name or a number is one that is looked for, by way of the search."""
    wanted = compact(text)
    clause = where(CaseFilter(text=text))
    if not wanted or not clause.sql:
        return "", ()
    number = wanted.upper()
    own = "(instr(name, ?) OR substr(number, 1, length(?)) = ? OR substr(number, -length(?)) = ?)"
    values = (wanted, number, number, number, number)
    return f" AND row IN (SELECT row FROM cases {clause.sql}) AND {own}", (*clause.values, *values)  # noqa: S608
