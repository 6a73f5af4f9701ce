"""Copies of the whole store that are proven before they count: reopened with the key, checked, and counted."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.store.connection import (
    Database,
    DatabaseError,
    OperationalError,
    as_of_a_file,
    connect,
    is_of_the_disk,
)

Tell = Callable[[Sentence, int, int], object]
"""Hears what is being done, and that so many of so many are; 0 of 0 where nobody knows how many. On this thread."""

_PAGES = 2048
"""That are copied before it is told: some megabytes."""


_MUCH = "PRAGMA cache_size=-262144"
"""256 MiB, as far as the copy is that long: every index is held against its table, so that pages which do not fit are
decrypted again and again; of a million cases the proof takes a third of the time."""


def nobody(_what: Sentence, _done: int, _total: int) -> None:
    """Tell nobody."""


def backup_name(at: str, kind: str) -> str:
    """The name of a backup's file: when it was made (`at` is UTC as `2020-03-20T08:15:00Z`) and on what occasion."""
    return f"desk-{at.replace('-', '').replace(':', '')}-{kind}.db"


def is_sound(db: Database) -> bool:
    """Whether every page is what was written with the key, and every table and index is whole."""
    whole = db.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return whole and not db.conn.execute("PRAGMA cipher_integrity_check").fetchall()


def write_backup(db: Database, path: Path, key: bytes, *, tell: Tell = nobody) -> None:
    """A proven copy at the path, under the same key; there whole or not at all. Raises DeskError where it fails."""
    copying = Sentence(N_("正在备份数据"))
    tell(copying, 0, 1)
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.unlink(missing_ok=True)
        copy = connect(fresh, key)
        try:
            db.conn.backup(
                copy.conn, pages=_PAGES, progress=lambda _, left, total: tell(copying, total - left, total)
            )
        finally:
            copy.conn.close()
        tell(Sentence(N_("正在核对备份，数据多时要几分钟")), 0, 0)
        if _proof(fresh, key) != _count(db):
            fresh.unlink()
            raise DeskError(Sentence(N_("备份 {path} 未通过校验，没有保留"), path=str(path)))
        fresh.replace(path)
        sync_directory(path.parent)
    except (OSError, DatabaseError) as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        why = reason(error) if isinstance(error, OSError) else _why(error, db, path.parent)
        raise DeskError(Sentence(N_("备份写入 {path} 失败：{why}"), path=str(path), why=why)) from None


def _why(error: Exception, db: Database, folder: Path) -> Sentence | str:
    """Why the library could not write; of a copy it does not say, but there may be no room."""
    if is_of_the_disk(error):
        return reason(as_of_a_file(error))
    if not isinstance(error, OperationalError):
        return str(error)
    size = Path(db.conn.execute("PRAGMA database_list").fetchone()[2]).stat().st_size
    return reason(OSError(errno.ENOSPC if shutil.disk_usage(folder).free < size else errno.EIO, str(error)))


def _proof(path: Path, key: bytes) -> list[int]:
    """What the copy holds, once it has been found sound; empty otherwise."""
    copy = connect(path, key)
    try:
        copy.conn.execute(_MUCH)
        copy.conn.execute("PRAGMA journal_mode=DELETE")  # a single file, for a stick
        return _count(copy) if is_sound(copy) else []
    finally:
        copy.conn.close()


def _count(db: Database) -> list[int]:
    return [
        db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in ("revisions", "contents", "settings", "cases")
    ]


def sync_directory(directory: Path) -> None:
    """Wait until the names in the directory are on the disk, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
