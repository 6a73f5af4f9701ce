"""Putting a backup in the place of the store: first what would be lost, then the exchange itself.

What was there, damaged or not, is kept beside under a name of its own. The store that is put back begins a new
incarnation, so that numbers given out after the backup are not used for other revisions, and it goes on counting case
numbers where the replaced store stood, as far as that store or its witness can be read. Accounts and the access log
are not put back: those of the replaced store hold, and a backup under a former data key takes the present one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.store.access import AccessTable
from jinan_desk.store.accounts import AccountRow, AccountTable
from jinan_desk.store.backup import backup_name, is_sound, sync_directory, write_backup
from jinan_desk.store.columns import SELECT_ROW, CaseRow, read_row
from jinan_desk.store.connection import Database, DatabaseError, connect, encrypt_with
from jinan_desk.store.destroyed import (
    Destroyed,
    DestroyedFile,
    count_destroyed,
    destroyed_in,
    keep_destroyed,
    named_beside,
)
from jinan_desk.store.incarnation import begin_anew, lives_of
from jinan_desk.store.keyfile import Opened
from jinan_desk.store.lock import hold
from jinan_desk.store.places import backup_directory, destroyed_path, store_path, witness_path
from jinan_desk.store.schema import is_newer, migrations
from jinan_desk.store.settings import INCARNATION, Settings
from jinan_desk.store.witness import Numbers, Witness, standing_of

_COMPANIONS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A proven backup against the store it would replace.

    `cases`, `revisions` and `until` (UTC of the last revision, "" where there is none) are the backup's. `lost` counts
    the store's revisions that the backup has not, `touched` are their cases as they stand. `readable`: whether there is
    a store that could be looked into; where it is not, nobody knows what would be lost. `accounts` are those that would
    hold: the store's, or where it is not readable or has none the backup's. `destroyed` counts the backup's cases that
    were purged here since: they do not come back.
    """

    cases: int
    revisions: int
    until: str
    readable: bool
    lost: int
    touched: tuple[CaseRow, ...]
    accounts: tuple[AccountRow, ...]
    destroyed: int


def compare(directory: Path, key: bytes | Opened, backup: Path) -> Comparison:
    """What putting the backup back would come to. Changes nothing.

    Raises DeskError where another process has the store open, or the backup is not sound or not for this key.
    """
    opened = key if isinstance(key, Opened) else Opened((key,))
    with _both(directory, opened, backup) as (held, present):
        return _compared(_proven(held, backup).db, present, _known(directory, opened, present, backup))


def compare_with(db: Database, key: bytes, directory: Path, opened: Opened, backup: Path) -> Comparison:
    """The same against the open store of the directory, by whoever has it open."""
    with _copied(backup, directory, opened.keys + opened.former) as held:
        present = _Read(db, key)
        return _compared(_proven(held, backup).db, present, _known(directory, opened, present, backup))


def put_back(
    directory: Path,
    key: bytes | Opened,
    backup: Path,
    *,
    at: str,
    by: str = "",
    allowed: Callable[[Comparison], None] = lambda comparison: None,
) -> tuple[Comparison, Path | None]:
    """Put the backup in the place of the store; answers what it came to and where the replaced files are kept (None
    where there were none). `at` is UTC, `by` the account that the access log is to name; `allowed` raises what is to
    keep it from being done. Raises DeskError as `compare` does; then nothing has changed.
    """
    opened = key if isinstance(key, Opened) else Opened((key,))
    with _both(directory, opened, backup) as (held, present):
        read = _proven(held, backup)
        db, fitting = read.db, opened.keys[0]
        known = _known(directory, opened, present, backup)
        comparison = _compared(db, present, known)
        allowed(comparison)
        _bring_up_to_date(db)
        witness = Witness(witness_path(directory))
        before = [standing for standing in (witness.read(),) if standing is not None]
        lives: tuple[str, ...] = ()
        if present is not None:
            fitting = present.key
            write_backup(present.db, backup_directory(directory) / backup_name(at, "restore"), fitting)
            before.append(standing_of(present.db))
            lives = lives_of(Settings(present.db))
            _keep_log(db, present.db)
        keep_destroyed(db, known, at=at, by=by)
        AccountTable(db).put(comparison.accounts)
        AccessTable(db).add(at, by, "restore", backup.name)
        for standing in before:
            go_on_counting(db, standing.numbers)
        begin_anew(Settings(db), [*lives, *(standing.incarnation for standing in before)])
        standing, stones = standing_of(db), destroyed_in(db).stones
        if read.key != fitting:
            encrypt_with(db, fitting, before=read.key)
        db.conn.close()
        fresh = _place_of_copy(backup, directory)
        _sync(fresh)
        kept = _set_aside(directory, at)
        fresh.replace(store_path(directory))
        sync_directory(directory)
        witness.write(standing)
        DestroyedFile(destroyed_path(directory)).write(stones, fitting)
    return comparison, kept


@dataclass(frozen=True, slots=True)
class _Read:
    """A sound store and the key to which it answers."""

    db: Database
    key: bytes


@contextmanager
def _both(directory: Path, opened: Opened, backup: Path) -> Iterator[tuple[_Read | None, _Read | None]]:
    """A copy of the backup and one of the store, while nobody else works with it."""
    with (
        hold(directory),
        _copied(backup, directory, opened.keys + opened.former) as held,
        _looked_into(directory, opened.keys) as present,
    ):
        yield held, present


def _proven(held: _Read | None, backup: Path) -> _Read:
    if held is None:
        raise DeskError(Sentence(N_("备份 {path} 打不开：密钥不符，或文件已损坏；没有改动"), path=str(backup)))
    if is_newer(held.db):
        raise DeskError(Sentence(N_("这些数据由更新版本的程序写成，请先升级本程序；数据没有改动")))
    return held


@contextmanager
def _looked_into(directory: Path, keys: tuple[bytes, ...]) -> Iterator[_Read | None]:
    """The store that is to be replaced, None where there is none that can be read."""
    path = store_path(directory)
    if not path.exists():
        yield None
        return
    with _copied(path, directory, keys) as present:
        yield present


@contextmanager
def _copied(path: Path, directory: Path, keys: tuple[bytes, ...]) -> Iterator[_Read | None]:
    """A copy of a database with its log, None where it is no sound store. Opening the original would change it: its
    log would be played into it."""
    copy = _place_of_copy(path, directory)
    try:
        for end in ("", "-wal"):
            if not end or path.with_name(path.name + end).exists():
                shutil.copyfile(path.with_name(path.name + end), copy.with_name(copy.name + end))
        found = next(filter(None, (_sound_store(copy, key) for key in keys)), None)
        try:
            yield found
        finally:
            if found is not None:
                found.db.conn.close()
    except OSError as error:
        raise DeskError(
            Sentence(N_("恢复时文件读写失败（{path}）：{why}"), path=str(path), why=reason(error))
        ) from None
    finally:
        for end in ("", "-journal", *_COMPANIONS):
            with suppress(OSError):
                copy.with_name(copy.name + end).unlink(missing_ok=True)


def _place_of_copy(path: Path, directory: Path) -> Path:
    return store_path(directory).with_suffix(".present" if path == store_path(directory) else ".restored")


def _sound_store(path: Path, key: bytes) -> _Read | None:
    try:
        db = connect(path, key)
    except DatabaseError:
        return None
    try:
        if is_sound(db) and Settings(db).get(INCARNATION) is not None:
            return _Read(db, key)
    except DatabaseError:
        pass
    db.conn.close()
    return None


def _known(directory: Path, opened: Opened, present: _Read | None, backup: Path) -> Destroyed:
    """What is known to have been purged: by the store that is to be replaced, by the file beside it, and by the list
    that travels with backups."""
    keys = opened.keys + opened.former
    beside = (*DestroyedFile(destroyed_path(directory)).read(keys), *named_beside(backup, keys))
    return (Destroyed() if present is None else destroyed_in(present.db)).and_also(beside)


def _compared(backup: Database, read: _Read | None, known: Destroyed) -> Comparison:
    present = None if read is None else read.db
    accounts = tuple((_accounts(present) if present is not None else ()) or _accounts(backup))
    there = {row[0] for row in backup.conn.execute("SELECT id FROM revisions")}
    until = backup.conn.execute("SELECT max(at) FROM revisions").fetchone()[0] or ""
    cases = backup.conn.execute("SELECT count(*) FROM cases").fetchone()[0]
    destroyed = count_destroyed(backup, known)
    if present is None:
        return Comparison(
            cases, len(there), until, readable=False, lost=0, touched=(), accounts=accounts, destroyed=destroyed
        )
    every = present.conn.execute('SELECT id, "case" FROM revisions')
    lost = [case for identifier, case in every if identifier not in there]
    select = f'SELECT {SELECT_ROW} FROM cases WHERE "case" = ?'  # noqa: S608
    rows = (present.conn.execute(select, (case,)).fetchone() for case in dict.fromkeys(lost))
    touched = tuple(read_row(row) for row in rows if row is not None)
    return Comparison(
        cases, len(there), until, readable=True, lost=len(lost), touched=touched, accounts=accounts, destroyed=destroyed
    )


def _accounts(db: Database) -> list[AccountRow]:
    """The accounts in a store, none in one from before there were any."""
    return AccountTable(db).all() if "accounts" in db.table_names() else []


def _bring_up_to_date(db: Database) -> None:
    """Give a backup of an earlier version this version's tables."""
    if migrations.pending(db):
        with db.atomic():
            migrations.apply(db)


def _keep_log(db: Database, present: Database) -> None:
    """What was noted after the backup stays noted."""
    if "access" not in present.table_names():
        return
    last = db.conn.execute("SELECT coalesce(max(place), 0) FROM access").fetchone()[0]
    later = "SELECT at, account, action, subject FROM access WHERE place > ? ORDER BY place"
    table = AccessTable(db)
    for at, account, action, subject in present.conn.execute(later, (last,)).fetchall():
        table.add(at, account, action, subject)


def go_on_counting(db: Database, numbers: Numbers) -> None:
    """No number that went out on paper is given to another case."""
    db.conn.executemany(
        """INSERT INTO numbers VALUES (?, ?, ?, ?)
        ON CONFLICT (office, year, kind) DO UPDATE SET last = max(last, excluded.last)""",
        ((*key, last) for key, last in numbers.items()),
    )


def _set_aside(directory: Path, at: str) -> Path | None:
    """Keep the store's files beside. The database stays in its place until the other takes it: a store that stands
    nowhere would be founded anew. Its log must go first, or it would be played into the other."""
    path = store_path(directory)
    if not path.exists():
        return None
    kept = directory / f"replaced-{at.replace(':', '')}"
    kept.mkdir(exist_ok=True, mode=0o700)
    try:
        os.link(path, kept / path.name)
    except OSError:  # file systems of sticks have no links
        shutil.copyfile(path, kept / path.name)
        _sync(kept / path.name)
    for end in _COMPANIONS:
        companion = path.with_name(path.name + end)
        if companion.exists():
            companion.replace(kept / companion.name)
    sync_directory(kept)
    return kept


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
