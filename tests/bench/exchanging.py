"""Exchanging packages: merging against bare inserts of the same rows into the same tables, and exporting what is new
against exporting everything.

The revisions are those of cases that were entered, corrected, received and accepted, each with a determination of its
own. What is merged are their encoded lines, as they stand in a package: decoding and verifying them is part of merging.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

from jinan_desk.core.revision import Origin, Revision, canonical, decode, digest
from jinan_desk.exchange.package import Package
from jinan_desk.exchange.signing import new_key, public_half
from jinan_desk.measures import find
from jinan_desk.services.demo import STREET, Clock, unit
from jinan_desk.services.desk import Desk
from jinan_desk.store import Store, open_store
from tests.bench.office import scratch_desk
from tests.bench.timing import Pair, side_by_side

REVISIONS = 100_000
_STAGES = ("draft", "draft", "received", "accepted")
_ON = date(2020, 6, 10)


@dataclass(frozen=True, slots=True)
class Lines:
    """A package's records before they are decoded."""

    revisions: Sequence[bytes]
    contents: dict[str, tuple[str, bytes]]

    def package(self, sequence: int) -> Package:
        """The package that they make, of an office of its own."""
        return Package(
            office=STREET.code,
            name=STREET.name,
            incarnation="0" * 16,
            lives=(),
            made_at="2020-06-12T08:00:00Z",
            public_key=public_half(new_key()),
            since={},
            until={(STREET.code, "0" * 16): sequence},
            revisions=tuple(map(decode, self.revisions)),
            contents=self.contents,
        )


def run(revisions: int = REVISIONS) -> Iterator[Pair]:
    """Merging, then exporting one hundredth of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = Clock(_ON)
        with scratch_desk(folder / "model", clock) as desk:
            lines = _lines(desk, revisions)
        merged = folder / "0"
        tables = _merged_tables(merged, lines, clock)
        numbers = count(1)
        yield side_by_side(
            f"{revisions:,} revisions merged",
            lambda: _merge(folder / str(next(numbers)), lines, clock),
            "the same rows by bare executemany",
            lambda: _insert(folder / str(next(numbers)), tables),
            rounds=1,
            warm=False,
        )
        yield _exports(merged, folder, clock, revisions)


def _exports(directory: Path, folder: Path, clock: Clock, revisions: int) -> Pair:
    from jinan_desk.app import open_desk

    with open_desk(directory, today=clock.today, now=clock.now) as desk:
        since = {(STREET.code, "0" * 16): revisions - revisions // 100}
        desk.partners.acknowledged = lambda to="": since  # type: ignore[method-assign]
        pair = side_by_side(
            "exported what is new, one hundredth",
            lambda: desk.packages.export(folder / "some.xlsx", password="bench-password"),
            "exported everything",
            lambda: desk.packages.export(folder / "all.xlsx", password="bench-password", everything=True),
            rounds=1,
            warm=False,
        )
    return replace(pair)


def _lines(desk: Desk, count_of: int) -> Lines:
    """The revisions of made-up cases, four a case, and their determinations."""
    refund = find("06A")
    assert refund is not None
    facts = dict(refund[1].examples[0].facts)
    view = desk.cases.enter("06A", _ON, facts)
    body = dict(view.revision.body)
    told = json.loads(desk.store.content(body["determination"]))
    encoded, contents = [], {}
    sequence = 0
    for number in range(-(-count_of // len(_STAGES))):
        parents: tuple[str, ...] = ()
        content = canonical({**told, "on": f"2020-06-{number % 28 + 1:02}", "case": number})
        contents[digest(content)] = ("determination", content)
        own = {**body, "facts": {**body["facts"], **unit(number, f"济南历泉机械制造第{number}有限公司", "370102")}}
        for place, stage in enumerate(_STAGES):
            sequence += 1
            revision = _revision(number, parents, sequence, {**own, **_course(stage, number, content, place)})
            parents = (revision.id,)
            encoded.append(revision.encoded)
    return Lines(list(islice(encoded, count_of)), contents)


def _course(stage: str, number: int, content: bytes, place: int) -> dict[str, Any]:
    received = "2020-06-11" if stage in ("received", "accepted") else ""
    numbered = f"济历下泉办〔2020〕06A-{number:06}号" if received else ""
    return {
        "stage": stage,
        "received_on": received,
        "number": numbered,
        "determination": digest(content),
        "stage_since": f"2020-06-{10 + place}",
    }


def _revision(number: int, parents: tuple[str, ...], sequence: int, body: dict[str, Any]) -> Revision:
    return Revision(
        case=f"{number:032x}",
        parents=parents,
        origin=Origin(STREET.code, "0" * 16, sequence),
        account="苏敏",
        at=f"2020-06-11T{sequence // 3600 % 24:02}:{sequence // 60 % 60:02}:{sequence % 60:02}Z",
        action="advance" if parents else "enter",
        reason="",
        body=body,
    )


def _merge(directory: Path, lines: Lines, clock: Clock) -> None:
    with scratch_desk(directory, clock) as desk:
        package = lines.package(len(lines.revisions))
        assert desk.packages.take(package, trust=package.fingerprint).received.new == len(lines.revisions)


def _merged_tables(directory: Path, lines: Lines, clock: Clock) -> dict[str, list[tuple[Any, ...]]]:
    """What merging writes, table by table."""
    _merge(directory, lines, clock)
    from jinan_desk.store import data_key

    with open_store(directory, data_key(directory)) as store:
        return {table: _rows(store, table) for table in _TABLES}


_TABLES = (
    "revisions", "contents", "cases", "people", "applicant_search", "roster_search", "judged", "claims", "findings",
    "clearances", "marks",
)  # fmt: skip


def _rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    columns = "rowid, tokens" if table.endswith("_search") else "*"
    return list(store._db.conn.execute(f"SELECT {columns} FROM {table}"))


def _insert(directory: Path, tables: dict[str, list[tuple[Any, ...]]]) -> None:
    with open_store(directory, bytes(32)) as store, store.transaction():
        for table, rows in tables.items():
            if rows:
                columns = "(rowid, tokens)" if table.endswith("_search") else ""
                marks = ", ".join("?" * len(rows[0]))
                store._db.conn.executemany(f"INSERT INTO {table} {columns} VALUES ({marks})", rows)
