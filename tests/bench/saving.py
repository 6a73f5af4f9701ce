"""Saving a case, against a bare one-row commit of the same bytes to the same kind of file (WAL, FULL, encrypted).

The same bytes: the revision, and of what it rests on as much as the store keeps. Every case is one that the store has
not seen: another unit, other people, other numbers. Between two of them there is a quiet moment, as in the window.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from zlib import compress

import sqlcipher3

from jinan_desk.core.revision import Revision
from jinan_desk.measures import find
from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.services.desk import Desk
from tests.bench.office import scratch_desk
from tests.bench.timing import Pair, hundredth, side_by_side


def run() -> Iterator[Pair]:
    """A 06A case without a roster and a 02B case of 20 rows, entered as the window enters them."""
    on = date(2020, 6, 10)
    refund = find("06A")
    assert refund is not None
    steady = refund[1].examples[0].facts
    firms = (
        {**steady, **unit(number, "济南鲁泉食品有限公司", "370104"), "premium_paid": f"{158400 + number}.00"}
        for number in count()
    )
    rosters = ({**unit(number, "济南历泉机械有限公司", "370102"), "roster": hires(20 * number, 20)} for number in count())
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare(Path(folder) / "bare.db")
        with scratch_desk(Path(folder) / "desk", Clock(on)) as desk:

            def commit(body: bytes) -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO kept (body) VALUES (?)", (body,))
                bare.execute("COMMIT")

            for name, code, facts in (("06A saved", "06A", firms), ("02B of 20 rows saved", "02B", rosters)):
                body = bytes(_kept(desk, desk.cases.enter(code, on, next(facts)).revision))
                yield side_by_side(
                    name,
                    lambda code=code, facts=facts: desk.cases.enter(code, on, next(facts)),
                    "bare one-row FULL commit",
                    lambda body=body: commit(body),
                    rounds=60,
                    calls=3,
                    between=desk.store.tidy,
                )
                yield side_by_side(
                    f"{name}, the slowest of a hundred",
                    lambda code=code, facts=facts: desk.cases.enter(code, on, next(facts)),
                    "the slowest of a hundred bare ones",
                    lambda body=body: commit(body),
                    rounds=500,
                    of=hundredth,
                    between=desk.store.tidy,
                )
        bare.close()


def _kept(desk: Desk, revision: Revision) -> int:
    """Bytes that the store keeps for ever of a revision: its own, and those of the contents beside it, packed."""
    contents = [revision.body["determination"], revision.body["roster"]]
    packed = [len(compress(desk.store.content(key), 1)) for key in contents if key]
    return len(revision.encoded) + sum(packed)


def _bare(path: Path) -> sqlcipher3.Connection:
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{bytes(32).hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body BLOB)")
    return connection
