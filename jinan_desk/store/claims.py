"""Claims by the key under which they meet: what several cases claim under one key may not be able to stand together.

A case saved by itself leaves its claims in `unindexed`, in one piece: each of its keys has a page of its own in the
table of all claims, and a roster of twenty people would have twenty pages enciphered and written. They are written
there when the words of the case are (see `search`). Until then they are found all the same: it is remembered which
cases may have left any under a key, and what they have left is read. It takes the place of what the table of all
claims holds of the case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinan_desk.store.connection import Database

MOST_LEFT = 500
"""Claims of one case: more than that are written at once, they take their time anyway."""

_MOST_REMEMBERED = 100_000
_AT_ONCE = 500

Given = tuple[int, str, Iterable[str], Mapping[str, Sequence[Any]]]
"""The row of a case, its sign, the keys under which the table of all claims holds any of it, and what it claims now by
key."""


class Claims:
    """Those of an open store: whatever is left there is left by this."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._recent: dict[str, set[int]] = {}
        self._remembered = 0
        self._remember_anew()

    def leave(self, row: int, sign: str, claims: Mapping[str, Sequence[Any]]) -> None:
        """Leave the claims of the case in the row, of this sign, to whoever writes its words."""
        if self._remembered > _MOST_REMEMBERED:
            self._remember_anew()  # before anything is written, which may be taken back
        self._db.conn.execute(
            """INSERT INTO unindexed VALUES (?, ?, ?)
            ON CONFLICT (row) DO UPDATE SET sign = excluded.sign, claims = excluded.claims""",
            (row, sign, in_json(claims)),
        )
        self._remember(row, claims)

    def _remember_anew(self) -> None:
        self._recent.clear()
        self._remembered = 0
        for row, left in self._db.conn.execute("SELECT row, claims FROM unindexed WHERE claims IS NOT NULL"):
            self._remember(row, json.loads(left))

    def _remember(self, row: int, keys: Iterable[str]) -> None:
        """Nothing is forgotten when it is written or taken back: what is left is read from the table."""
        for key in keys:
            self._recent.setdefault(key, set()).add(row)
            self._remembered += 1

    def others(self, row: int, keys: Iterable[str]) -> dict[str, list[tuple[str, Any]]]:
        """By key, what other cases than that in the row claim under it, each with its case; keys without any are left
        out."""
        wanted = sorted(keys)
        found: dict[str, list[tuple[str, Any]]] = {}
        for some in portions(wanted):
            marks = ", ".join("?" * len(some))
            written = self._db.conn.execute(
                f"""SELECT key, cases."case", claim FROM claims JOIN cases USING (row)
                WHERE key IN ({marks}) AND row <> ?
                AND NOT EXISTS (SELECT 1 FROM unindexed WHERE unindexed.row = claims.row AND claims IS NOT NULL)""",  # noqa: S608
                (*some, row),
            )
            for key, other, claim in written:
                found.setdefault(key, []).append((other, json.loads(claim)))
        for other, claims in self._left(set().union(*(self._recent.get(key, ()) for key in wanted)) - {row}):
            for key in claims.keys() & wanted:
                found.setdefault(key, []).extend((other, claim) for claim in claims[key])
        return found

    def _left(self, rows: Iterable[int]) -> Iterator[tuple[str, Mapping[str, Sequence[Any]]]]:
        """What the cases in these rows have left, with each case."""
        sql = 'SELECT "case", claims FROM unindexed JOIN cases USING (row) WHERE row = ? AND claims IS NOT NULL'
        for row in rows:
            for case, left in self._db.conn.execute(sql, (row,)):
                yield case, json.loads(left)


def take_back(db: Database, rows: Iterable[int]) -> None:
    """Forget what the cases in these rows have left."""
    sql = "UPDATE unindexed SET sign = NULL, claims = NULL WHERE row = ?"
    db.conn.executemany(sql, [(row,) for row in rows])


def write(db: Database, given: Sequence[Given]) -> None:
    """Put claims in place of those that the table of all claims holds of some cases."""
    gone = [(key, row) for row, _, old, _ in given for key in old]
    claims = [
        (key, row, place, in_json(claim))
        for row, _, _, now in given
        for key, some in now.items()
        for place, claim in enumerate(some)
    ]
    judged = [(row, sign, in_json(sorted(now))) for row, sign, _, now in given]
    db.conn.executemany("DELETE FROM claims WHERE key = ? AND row = ?", gone)
    db.conn.executemany("INSERT INTO claims VALUES (?, ?, ?, ?)", claims)
    db.conn.executemany("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)", judged)


def write_waiting(db: Database, rows: Sequence[int]) -> None:
    """Write the claims that cases in these rows have left, if they have, before they are gone from there."""
    marks = ", ".join("?" * len(rows))
    waiting = db.conn.execute(
        f"""SELECT row, unindexed.sign, coalesce(keys, '[]'), claims FROM unindexed LEFT JOIN judged USING (row)
        WHERE row IN ({marks}) AND claims IS NOT NULL""",  # noqa: S608
        rows,
    )
    write(db, [(row, sign, json.loads(keys), json.loads(left)) for row, sign, keys, left in waiting.fetchall()])


def portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys, as many at a time as are asked for at once."""
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


in_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
