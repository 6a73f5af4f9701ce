"""Where revisions were made and which are not here: sequences without gaps, gaps, and numbers used twice.

Every revision says (office, incarnation, sequence). An incarnation is one life of one store: it begins with the store,
and anew when the store has been restored from a backup or copied, so that a number never stands for two revisions. A
store that reuses its numbers all the same is found out by a fork, or by others holding revisions of its own that it
has not (`Store.receive` takes a new incarnation then). A revision that was destroyed counts by its tombstone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinan_desk.core.text import N_, Sentence
from jinan_desk.store.connection import Database
from jinan_desk.store.tombstones import has_tombstones

Vector = Mapping[tuple[str, str], int]
"""By (office, incarnation): the highest sequence up to which all revisions are there."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Revisions that are not there though later ones are: `first`..`last` of one office's incarnation. `waiting` later
    ones wait for them, since the time `since` (UTC, "" where none waits)."""

    office: str
    incarnation: str
    first: int
    last: int
    waiting: int = 0
    since: str = ""

    def sentence(self) -> Sentence:
        """What is missing, for people."""
        told = N_("机构 {office}（{incarnation}）的第 {first}–{last} 号记录尚未收到，请该机构导出全部记录送来")
        if self.waiting:
            told = N_(
                "机构 {office}（{incarnation}）的第 {first}–{last} 号记录尚未收到，其后 {waiting} 条自 {since} 起等待，"
                "请该机构导出全部记录送来"
            )
        return Sentence(
            told,
            office=self.office, incarnation=self.incarnation[:6], first=self.first, last=self.last,
            waiting=self.waiting, since=self.since[:10] or "—",
        )


@dataclass(frozen=True, slots=True)
class Fork:
    """One number that stands for several revisions: a store was copied, or restored and worked on."""

    office: str
    incarnation: str
    sequence: int
    revisions: tuple[str, ...]

    def sentence(self) -> Sentence:
        """What happened, for people."""
        return Sentence(
            N_("机构 {office}（{incarnation}）的第 {sequence} 号对应 {count} 条不同的记录，数据曾被复制或恢复，请核对"),
            office=self.office, incarnation=self.incarnation[:6], sequence=self.sequence, count=len(self.revisions),
        )


def vector(db: Database) -> Vector:
    """What is there without a gap; an origin whose first revision is missing stands at 0."""
    there = _there(db)
    highest, open_ones = _whole(db, there)
    last = f"SELECT office, incarnation, max(sequence) FROM {there} WHERE {_AMONG} GROUP BY office, incarnation"  # noqa: S608
    for office, incarnation, sequence in db.conn.execute(last, (json.dumps(open_ones),)):
        highest[office, incarnation] = sequence
    for office, incarnation, first, _ in reversed(_holes(db, there, open_ones)):
        highest[office, incarnation] = first - 1
    return highest


def gaps(db: Database) -> tuple[Gap, ...]:
    """Every gap before what is there or waits, in order."""
    there = _there(db)
    with_waiting = f"(SELECT office, incarnation, sequence FROM {there} UNION {_LINE} waiting)"  # noqa: S608
    some_wait = db.conn.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is not None
    late = "SELECT count(*), min(since) FROM waiting WHERE office = ? AND incarnation = ? AND sequence > ?"
    found = []
    source = with_waiting if some_wait else there
    for office, incarnation, first, last in _holes(db, source, _whole(db, source)[1]):
        waiting, since = db.conn.execute(late, (office, incarnation, last)).fetchone()
        found.append(Gap(office, incarnation, first, last, waiting, since or ""))
    return tuple(found)


_AMONG = "incarnation IN (SELECT value FROM json_each(?))"
_LINE = "SELECT office, incarnation, sequence FROM"
_WITH_STONES = f"({_LINE} revisions UNION {_LINE} tombstones)"


def _there(db: Database) -> str:
    """Where it stands in SQL which numbers have come."""
    return _WITH_STONES if has_tombstones(db) else "revisions"


def numbers_beyond(db: Database, line: tuple[str, str], last: int) -> set[int]:
    """The numbers of an office's incarnation beyond one that have come."""
    sql = f"SELECT sequence FROM {_there(db)} WHERE office = ? AND incarnation = ? AND sequence > ?"  # noqa: S608
    return {number for (number,) in db.conn.execute(sql, (*line, last))}


def _whole(db: Database, source: str) -> tuple[dict[tuple[str, str], int], list[str]]:
    """The origins that are easily seen to have no gap, each with its last number, and the incarnations of all others:
    where one office alone has an incarnation and there are as many numbers as the last one says, none is missing. A
    look for the gaps themselves takes several times as long."""
    highest: dict[tuple[str, str], int] = {}
    open_ones: list[str] = []
    rows = db.conn.execute(
        f"""SELECT incarnation, min(least), max(most), min(sequence), max(sequence), count(*) FROM (
            SELECT incarnation, sequence, min(office) AS least, max(office) AS most
            FROM {source} GROUP BY incarnation, sequence
        ) GROUP BY incarnation"""  # noqa: S608
    )
    for incarnation, least, most, first, last, count in rows:
        if least == most and first == 1 and count == last:
            highest[least, incarnation] = last
        else:
            open_ones.append(incarnation)
    return highest, open_ones


def _holes(db: Database, source: str, incarnations: Sequence[str]) -> list[tuple[str, str, int, int]]:
    """Runs of numbers of these incarnations that are not in the source, each before one that is: office, incarnation,
    first, last."""
    if not incarnations:
        return []
    rows: list[tuple[str, str, int, int]] = db.conn.execute(
        f"""SELECT office, incarnation, before + 1, sequence - 1 FROM (
            SELECT office, incarnation, sequence,
                lag(sequence, 1, 0) OVER (PARTITION BY office, incarnation ORDER BY sequence) AS before
            FROM {source} WHERE {_AMONG}
        ) WHERE sequence > before + 1""",  # noqa: S608
        (json.dumps(incarnations),),
    ).fetchall()
    return rows


def places_since(db: Database, since: Vector) -> list[int]:
    """The places of all revisions beyond the vector, in the order of arrival: parents before children."""
    lines = db.conn.execute("SELECT DISTINCT office, incarnation FROM revisions").fetchall()
    beyond = "SELECT place FROM revisions WHERE incarnation = ? AND office = ? AND sequence > ?"
    places = []
    for office, incarnation in lines:
        rows = db.conn.execute(beyond, (incarnation, office, since.get((office, incarnation), 0)))
        places += [place for (place,) in rows]
    return sorted(places)


def forks(db: Database) -> tuple[Fork, ...]:
    """Every number used more than once, in order."""
    there = "revisions"
    if has_tombstones(db):
        columns = "SELECT id, office, incarnation, sequence FROM"
        there = f"({columns} revisions UNION {columns} tombstones)"
    rows = db.conn.execute(
        f"""SELECT office, incarnation, sequence FROM {there}
        GROUP BY office, incarnation, sequence HAVING count(*) > 1 ORDER BY office, incarnation, sequence"""  # noqa: S608
    ).fetchall()
    same = f"SELECT id FROM {there} WHERE office = ? AND incarnation = ? AND sequence = ? ORDER BY id"  # noqa: S608
    found = []
    for office, incarnation, sequence in rows:
        revisions = db.conn.execute(same, (office, incarnation, sequence))
        found.append(Fork(office, incarnation, sequence, tuple(identifier for (identifier,) in revisions)))
    return tuple(found)
