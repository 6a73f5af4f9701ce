"""Exchanging packages: merging against bare inserts of the same rows into the same tables, and exporting what is new
against exporting everything.

The revisions are those of cases that went the whole way from a draft, once corrected, to payment, each with a
determination of its own. Merging begins with a package that was read; reading, which decodes every revision and finds
it to be just what its hash says, is measured beside it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
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
_STAGES = (
    "draft", "draft", "received", "accepted", "first_review", "second_review", "publicity", "approved", "funding", "paid",
)  # fmt: skip
_ON = date(2020, 6, 10)


@dataclass(frozen=True, slots=True)
class Lines:
    """A package's records before they are decoded."""

    revisions: Sequence[bytes]
    contents: dict[str, tuple[str, bytes]]

    def package(self) -> Package:
        """The package that they make, of an office of its own."""
        return Package(
            office=STREET.code,
            name=STREET.name,
            incarnation="0" * 16,
            lives=(),
            made_at="2020-06-12T08:00:00Z",
            public_key=public_half(new_key()),
            since={},
            until={(STREET.code, "0" * 16): len(self.revisions)},
            revisions=tuple(map(decode, self.revisions)),
            contents=self.contents,
        )


def run(revisions: int = REVISIONS) -> Iterator[Pair]:
    """Merging, then exporting one hundredth of it."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        clock = Clock(_ON)
        with scratch_desk(folder / "model", clock) as desk:
            lines = _lines(desk, revisions)
        merged = stack.enter_context(scratch_desk(folder / "merged", clock))
        empty = stack.enter_context(scratch_desk(folder / "empty", clock))
        package = lines.package()
        merged.packages.take(package, trust=package.fingerprint)
        tables = {table: _rows(merged.store, table) for table in _TABLES}
        bare = [stack.enter_context(open_store(folder / f"bare-{number}", bytes(32))) for number in range(2)]
        floor = "the same rows by bare executemany"
        yield side_by_side(
            f"{revisions:,} revisions merged",
            lambda: empty.packages.take(package, trust=package.fingerprint),
            floor,
            lambda: _insert(bare[0], tables),
            rounds=1,
            warm=False,
        )
        yield side_by_side(
            f"{revisions:,} revisions decoded and verified",
            lines.package,
            floor,
            lambda: _insert(bare[1], tables),
            rounds=1,
            warm=False,
        )
        yield _exports(merged, folder, revisions)


def _exports(desk: Desk, folder: Path, revisions: int) -> Pair:
    since = {(STREET.code, "0" * 16): revisions - revisions // 100}
    desk.partners.acknowledged = lambda to="": since  # type: ignore[method-assign]
    return side_by_side(
        "exported what is new, one hundredth",
        lambda: desk.packages.export(folder / "some.xlsx", password="bench-password"),
        "exported everything",
        lambda: desk.packages.export(folder / "all.xlsx", password="bench-password", everything=True),
        rounds=1,
        warm=False,
    )


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
    received = "2020-06-11" if stage != "draft" else ""
    numbered = f"济历下泉办〔2020〕06A-{number:06}号" if received else ""
    return {
        "stage": stage,
        "received_on": received,
        "number": numbered,
        "determination": digest(content),
        "stage_since": f"2020-06-{10 + place:02}",
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


_TABLES = (
    "revisions", "contents", "cases", "people", "applicant_search", "roster_search", "judged", "claims", "findings",
    "clearances", "marks",
)  # fmt: skip


def _rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    columns = "rowid, tokens" if table.endswith("_search") else "*"
    return list(store._db.conn.execute(f"SELECT {columns} FROM {table}"))


def _insert(store: Store, tables: dict[str, list[tuple[Any, ...]]]) -> None:
    with store.transaction():
        for table, rows in tables.items():
            if rows:
                columns = "(rowid, tokens)" if table.endswith("_search") else ""
                marks = ", ".join("?" * len(rows[0]))
                store._db.conn.executemany(f"INSERT INTO {table} {columns} VALUES ({marks})", rows)
