"""What services derive from cases to find those that meet: claims by key, findings, clearances, and marks.

Kept here only so that looking up is no scan; what a claim says and when two of them meet is not known here. All of it
can be made again from the revisions: a case whose claims are not those of its newest revision waits in `unjudged`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store.claims import MOST_LEFT, Claims, in_json, portions, take_back, write
from jinan_desk.store.connection import Database

TABLES = ("unjudged", "judged", "claims", "findings", "clearances", "marks")
"""In this order everything in them may be deleted."""

_BEYOND_HEX = "g"
_LEAST_OF_AN_ID = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """What one case contributes. `sign` tells whether it has changed; `claims` are JSON values by key; `cleared` are
    notes (JSON) by the id of the finding that was cleared; `marks` are words by which the case is looked up."""

    sign: str
    claims: Mapping[str, Sequence[Any]]
    cleared: Mapping[str, Any]
    marks: frozenset[str]


class LastJudged(NamedTuple):
    """What a case has contributed until now: its row, and the sign and the keys of it ("" and None for one that was
    never judged). `written` are the keys under which the table of all claims holds any, see `claims`; `waits`: its
    newest revision was not judged yet; `has_left`: its claims are still to be written there."""

    row: int
    sign: str = ""
    keys: tuple[str, ...] | None = None
    written: tuple[str, ...] = ()
    waits: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: `cases` are one or two ids, `told` its JSON; `cleared` is the note of its clearance, or None."""

    id: str
    key: str
    kind: str
    cases: tuple[str, ...]
    told: Mapping[str, Any]
    cleared: Mapping[str, Any] | None = None


class FindingTables:
    """Reading and writing them; whatever writes belongs into a transaction of the store."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._claims = Claims(db)

    # Cases ----------------------------------------------------------------------------------------------------------

    def unjudged(self, limit: int) -> list[str]:
        """Up to `limit` cases whose newest revision has not been judged."""
        sql = 'SELECT cases."case" FROM unjudged JOIN cases USING (row) ORDER BY row LIMIT ?'
        return [case for (case,) in self._db.conn.execute(sql, (limit,))]

    def count_unjudged(self) -> int:
        return int(self._db.conn.execute("SELECT count(*) FROM unjudged").fetchone()[0])

    def settle(self, case: str) -> None:
        """The case contributes what its newest revision says."""
        self._db.conn.execute('DELETE FROM unjudged WHERE row = (SELECT row FROM cases WHERE "case" = ?)', (case,))

    def last_judged(self, cases: Sequence[str]) -> dict[str, LastJudged]:
        """What these cases have contributed until now, by case; nothing for one that is not there."""
        found: dict[str, LastJudged] = {}
        for some in portions(cases):
            marks = ", ".join("?" * len(some))
            rows = self._db.conn.execute(
                f"""SELECT "case", row, coalesce(unindexed.sign, judged.sign, ''), keys, claims, unjudged.row
                FROM cases LEFT JOIN judged USING (row) LEFT JOIN unindexed USING (row) LEFT JOIN unjudged USING (row)
                WHERE "case" IN ({marks})""",  # noqa: S608
                some,
            )
            for case, row, sign, keys, left, waits in rows:
                written = None if keys is None else tuple(json.loads(keys))
                now = written if left is None else tuple(json.loads(left))
                found[case] = LastJudged(row, sign, now, written or (), waits is not None, left is not None)
        return found

    def put(self, grounds: Iterable[tuple[LastJudged, Ground]]) -> None:
        """Replace what cases have contributed until now by what they do."""
        put = list(grounds)
        before = [(last.row,) for last, _ in put if last.keys is not None]
        self._write("DELETE FROM clearances WHERE row = ?", before)
        self._write("DELETE FROM marks WHERE row = ?", before)
        self._claim(put)
        cleared = [(key, last.row, in_json(note)) for last, ground in put for key, note in ground.cleared.items()]
        self._write("INSERT INTO clearances VALUES (?, ?, ?)", cleared)
        self._write("INSERT INTO marks VALUES (?, ?)", [(mark, s.row) for s, ground in put for mark in ground.marks])
        self._write("DELETE FROM unjudged WHERE row = ?", [(last.row,) for last, _ in put if last.waits])

    def _claim(self, put: Sequence[tuple[LastJudged, Ground]]) -> None:
        if len(put) == 1:
            last, ground = put[0]
            if sum(map(len, ground.claims.values())) <= MOST_LEFT:
                self._claims.leave(last.row, ground.sign, ground.claims)
                return
        take_back(self._db, [last.row for last, _ in put if last.has_left])
        write(self._db, [(last.row, ground.sign, last.written, ground.claims) for last, ground in put])

    def _write(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement for each of the rows; most saves have none for most statements, and none is begun then."""
        if rows:
            self._db.conn.executemany(sql, rows)

    def judge_all_again(self) -> None:
        """Let every case wait to be judged, whatever it contributes now."""
        for table in ("judged", "unindexed"):
            self._db.conn.execute(f"UPDATE {table} SET sign = ''")  # noqa: S608
        let_all_wait(self._db)

    # Claims and findings --------------------------------------------------------------------------------------------

    def others(self, row: int, keys: Iterable[str]) -> dict[str, list[tuple[str, Any]]]:
        """By key, what other cases than that in the row claim under it, each with its case; keys without any are left
        out."""
        return self._claims.others(row, keys)

    def replace(
        self, case: str, capped: Iterable[str], findings: Iterable[FindingRow], *, never_named: bool
    ) -> None:
        """Put findings in place of all that name the case (`never_named`: there is none), and of all under these keys
        that are beyond a cap. Those that are there already are left alone: a pile of cases that all meet has a finding
        for every two of them."""
        conn = self._db.conn
        there = set() if never_named else {identifier for (identifier,) in conn.execute(_NAMING, (case, case))}
        for key in capped:
            there.update(identifier for (identifier,) in conn.execute(_BEYOND_CAP, (key,)))
        now = {finding.id: finding for finding in findings}
        self._write("DELETE FROM findings WHERE id = ?", [(identifier,) for identifier in there - now.keys()])
        self._write(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)",
            [
                (f.id, f.key, f.kind, f.cases[0], f.cases[1] if len(f.cases) > 1 else "", in_json(f.told))
                for f in now.values()
                if f.id not in there
            ],
        )

    def all(self, *, cleared: bool | None = None, after: str = "", limit: int = 100) -> list[FindingRow]:
        """Up to `limit` findings in the order of their ids, beginning after one; `cleared` or not, or None: both."""
        return self._some("id > ? ORDER BY id LIMIT ?", (after, limit), cleared)

    def of(self, case: str, *, cleared: bool | None = None) -> list[FindingRow]:
        """The findings in which the case is named."""
        return self._some('("case" = ? OR other = ?) ORDER BY id', (case, case), cleared)

    def find(self, beginning: str) -> FindingRow:
        """The finding whose id begins like that. Raises DeskError where there is none, or more than one."""
        sign = beginning.strip().lower()
        found = []
        if len(sign) >= _LEAST_OF_AN_ID:
            found = self._some("id >= ? AND id < ? ORDER BY id LIMIT 2", (sign, sign + _BEYOND_HEX), None)
        if len(found) != 1:
            raise DeskError(Sentence(N_("没有编号为 {id} 的疑点，或不止一个"), id=sign[:12]))
        return found[0]

    def count(self, *, cleared: bool) -> int:
        """How many findings are cleared, or are not."""
        sql = f"SELECT count(*) FROM findings WHERE {_CLEARED if cleared else _OPEN}"  # noqa: S608
        return int(self._db.conn.execute(sql).fetchone()[0])

    def _some(self, condition: str, values: tuple[Any, ...], cleared: bool | None) -> list[FindingRow]:
        state = "" if cleared is None else f"{_CLEARED if cleared else _OPEN} AND "
        sql = f"""SELECT id, key, kind, "case", other, told,
                (SELECT note FROM clearances WHERE finding = id ORDER BY row LIMIT 1)
            FROM findings WHERE {state}{condition}"""  # noqa: S608
        return [
            FindingRow(
                id=identifier,
                key=key,
                kind=kind,
                cases=(case, other) if other else (case,),
                told=json.loads(told),
                cleared=None if note is None else json.loads(note),
            )
            for identifier, key, kind, case, other, told, note in self._db.conn.execute(sql, values)
        ]

    # Marks ----------------------------------------------------------------------------------------------------------

    def marked(self, mark: str) -> list[str]:
        """The cases with that mark."""
        sql = 'SELECT cases."case" FROM marks JOIN cases USING (row) WHERE mark = ? ORDER BY row'
        return [case for (case,) in self._db.conn.execute(sql, (mark,))]


_NAMING = """SELECT id FROM findings WHERE "case" = ?
    UNION ALL SELECT id FROM findings WHERE other = ? AND other <> ''"""
_BEYOND_CAP = "SELECT id FROM findings WHERE key = ? AND json_extract(told, '$.excess') > 0"
_CLEARED = "EXISTS (SELECT 1 FROM clearances WHERE finding = id)"
_OPEN = f"NOT {_CLEARED}"
NAMED_BY_OPEN = f"""SELECT "case" FROM findings WHERE {_OPEN}
    UNION SELECT other FROM findings WHERE other <> '' AND {_OPEN}"""  # noqa: S608
"""The cases named by a finding that nobody has cleared, in SQL."""


def let_wait(db: Database, cases: Iterable[str]) -> None:
    """Let cases that have just been written wait to be judged."""
    sql = 'INSERT OR IGNORE INTO unjudged SELECT row FROM cases WHERE "case" = ?'
    db.conn.executemany(sql, ((case,) for case in cases))


def let_all_wait(db: Database) -> None:
    """Let every case wait to be judged."""
    db.conn.execute("INSERT OR IGNORE INTO unjudged SELECT row FROM cases")


def forget(db: Database) -> None:
    """Empty everything, before the cases that it is derived from are made anew."""
    for table in TABLES:
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608


def remove(db: Database, case: str, row: int) -> None:
    """Forget what one case contributes and everything that was found about it, before the case itself goes."""
    found = db.conn.execute("SELECT keys FROM judged WHERE row = ?", (row,)).fetchone()
    keys: list[str] = [] if found is None else json.loads(found[0])
    db.conn.executemany("DELETE FROM claims WHERE key = ? AND row = ?", ((key, row) for key in keys))
    for table in ("unjudged", "judged", "clearances", "marks"):
        db.conn.execute(f"DELETE FROM {table} WHERE row = ?", (row,))  # noqa: S608
    db.conn.execute('DELETE FROM findings WHERE "case" = ? OR (other = ? AND other <> \'\')', (case, case))
