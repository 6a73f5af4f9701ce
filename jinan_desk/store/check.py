"""Proving that a store is whole: pages, hashes, sequences, and that everything derived agrees with the revisions."""

from __future__ import annotations

from collections.abc import Iterator

from jinan_desk.core.revision import Revision, decode, digest, heads
from jinan_desk.core.text import N_, Sentence
from jinan_desk.store.archive import unpack
from jinan_desk.store.columns import content_hashes, derive
from jinan_desk.store.connection import Database, DatabaseError
from jinan_desk.store.derived import (
    applicant,
    people_rows,
    revisions_by_case,
    roster_people,
)
from jinan_desk.store.origins import forks, gaps
from jinan_desk.store.search import SEARCH_TABLES
from jinan_desk.store.tokens import tokens


def check(db: Database, incarnation: str) -> list[Sentence]:
    """Everything that is wrong, in sentences; empty where the store is whole."""
    try:
        damaged = list(_pages(db))
        return damaged or [*_contents(db), *_revisions(db), *_sequences(db, incarnation), *_derived(db), *_search(db)]
    except DatabaseError:
        return [_DAMAGED]


_OWN_TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
"""Without the search tables and what lies below them: those are derived, and looked at by `_search`."""

_DAMAGED = Sentence(N_("数据库文件已损坏，请从备份恢复"))
_REBUILD = N_("{what}与记录不一致，可以重建（{count} 处）")


def _pages(db: Database) -> Iterator[Sentence]:
    tables = [name for (name,) in db.conn.execute(_OWN_TABLES)]
    sound = not db.conn.execute("PRAGMA cipher_integrity_check").fetchall()
    if not sound or any(db.conn.execute(f"PRAGMA integrity_check ({name})").fetchall() != [("ok",)] for name in tables):
        yield _DAMAGED
    elif db.conn.execute("PRAGMA foreign_key_check").fetchall():
        yield Sentence(_REBUILD, what=Sentence(N_("人员索引")), count=1)


def _contents(db: Database) -> Iterator[Sentence]:
    for key, packed, data in db.conn.execute("SELECT hash, packed, data FROM contents"):
        if digest(unpack(packed, data)) != key:
            yield Sentence(N_("名单或认定结果 {key} 与其摘要不符，请从备份恢复"), key=key[:12])


def _revisions(db: Database) -> Iterator[Sentence]:
    there = {row[0] for row in db.conn.execute("SELECT id FROM revisions")}
    contents = {row[0] for row in db.conn.execute("SELECT hash FROM contents")}
    rows = db.conn.execute('SELECT id, "case", office, incarnation, sequence, at, encoded FROM revisions')
    for identifier, *columns, encoded in rows:
        wrong = _wrong(identifier, tuple(columns), encoded, there, contents)
        if wrong:
            yield Sentence(N_("记录 {id}{wrong}，请从备份恢复"), id=identifier[:12], wrong=Sentence(wrong))


def _wrong(identifier: str, columns: tuple[object, ...], encoded: bytes, there: set[str], contents: set[str]) -> str:
    if digest(encoded) != identifier:
        return N_("与其摘要不符")
    try:
        revision = decode(encoded)
        needed = content_hashes(revision)
    except ValueError:
        return N_("无法读取")
    origin = revision.origin
    if columns != (revision.case, origin.office, origin.incarnation, origin.sequence, revision.at):
        return N_("与其检索列不符")
    if not there.issuperset(revision.parents):
        return N_("缺少上一版本")
    if not contents.issuperset(needed):
        return N_("缺少附带的名单或认定结果")
    return ""


def _sequences(db: Database, incarnation: str) -> Iterator[Sentence]:
    yield from (gap.sentence() for gap in gaps(db) if gap.incarnation == incarnation)
    yield from (fork.sentence() for fork in forks(db))
    twice = db.conn.execute("SELECT number, count(*) FROM cases WHERE number <> '' GROUP BY number HAVING count(*) > 1")
    for number, count in twice:
        yield Sentence(N_("编号 {number} 用于 {count} 个办件，请核对"), number=number, count=count)


def _derived(db: Database) -> Iterator[Sentence]:
    """The columns, people and search texts of every case against those that its revisions come to."""
    cursor = db.conn.execute('SELECT * FROM cases ORDER BY "case"')
    names = [name for name, *_ in cursor.description]
    left = {row["case"]: row for row in (dict(zip(names, values, strict=True)) for values in cursor)}
    wrong = {"columns": 0, "people": 0, "search": 0}
    for revisions in revisions_by_case(db):
        row = left.pop(revisions[0].case, None)
        for what in wrong:
            wrong[what] += row is None
        if row is not None:
            _compare(db, row, revisions, wrong)
    wrong["columns"] += len(left)
    for what, label in (("columns", N_("查询列")), ("people", N_("人员索引")), ("search", N_("姓名检索"))):
        if wrong[what]:
            yield Sentence(_REBUILD, what=Sentence(label), count=wrong[what])


def _compare(db: Database, row: dict[str, object], revisions: list[Revision], wrong: dict[str, int]) -> None:
    number = int(str(row["row"]))
    columns = derive(heads(revisions))
    roster = roster_people(db, columns["roster"])
    found = db.conn.execute("SELECT * FROM people WHERE row = ? ORDER BY place", (number,)).fetchall()
    wrong["columns"] += row != {"row": number, **columns}
    wrong["people"] += found != people_rows(number, roster)
    words = [tokens([applicant(columns)]), tokens(roster)]
    if [_tokens(db, table, number) for table in SEARCH_TABLES] != words:
        wrong["search"] += not _waits(db, number)


def _tokens(db: Database, table: str, row: int) -> str:
    found = db.conn.execute(f"SELECT tokens FROM {table} WHERE rowid = ?", (row,)).fetchone()  # noqa: S608
    return "" if found is None else str(found[0])


def _waits(db: Database, row: int) -> bool:
    """Whether the words of the case are still to be written."""
    return db.conn.execute("SELECT 1 FROM unindexed WHERE row = ?", (row,)).fetchone() is not None


def _search(db: Database) -> Iterator[Sentence]:
    """Whether each full-text index agrees with the texts that it indexes, and holds no case too many."""
    for table in SEARCH_TABLES:
        orphans = db.conn.execute(
            f"SELECT count(*) FROM {table} WHERE rowid NOT IN (SELECT row FROM cases)"  # noqa: S608
        ).fetchone()[0]
        try:
            db.conn.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except DatabaseError:
            orphans += 1
        if orphans:
            yield Sentence(_REBUILD, what=Sentence(N_("姓名检索")), count=orphans)
