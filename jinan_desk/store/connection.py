"""Opening the encrypted database: which library, which key, which promises.

sqlcipher3 stands in for the standard library's SQLite in sqlite-utils, too, so that both raise the same errors.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import sqlcipher3
import sqlcipher3.dbapi2

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError

# sqlite-utils takes pysqlite3 where there is one; this must come before its first import.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

from sqlite_utils import Database  # noqa: E402

DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError

__all__ = [
    "Database", "DatabaseError", "OperationalError", "as_of_a_file", "connect", "disk_full", "encrypt_with",
    "is_of_the_disk",
]  # fmt: skip

_READONLY, _IOERR, _FULL, _CANTOPEN = 8, 10, 13, 14  # https://www.sqlite.org/rescode.html
_OF_FILES = {_READONLY: errno.EROFS, _IOERR: errno.EIO, _FULL: errno.ENOSPC, _CANTOPEN: errno.EACCES}

_PROMISES = (
    "cache_size=-32768",  # 32 MiB: a page that is not in it is decrypted anew; a list of a million fits into neither
    "temp_store=MEMORY",  # what SQLite sorts on disk would not be encrypted
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else REPLACE would delete a revision without asking the trigger that refuses it
    "secure_delete=ON",  # what is deleted is overwritten
    "wal_autocheckpoint=8000",  # pages; each time it comes due, one save waits for it
    "synchronous=FULL",  # what has been answered as saved survives a power cut
)


def connect(path: Path, key: bytes) -> Database:
    """The database at the path, made where there is none. Raises DatabaseError where it answers to another key.

    `key` are 32 raw bytes. Transactions are begun and ended explicitly. Belongs to the thread that calls this.
    """
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level=NONE")  # before the key: a wrong one would be reported on stderr
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    database = Database(connection, execute_plugins=False)
    try:
        for promise in _PROMISES:
            connection.execute(f"PRAGMA {promise}")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.close()
        raise
    return database


def encrypt_with(database: Database, key: bytes, *, before: bytes) -> None:
    """Write every page anew under another key, in one transaction. Raises DatabaseError where that fails; then the
    database answers to the key `before` it, as it did.

    SQLCipher says "ok" of a full disk, too, and goes on with the new key where the pages stand under the old one: so
    they are read again, by this connection and by another one, which knows nothing of what was meant to be.
    """
    path = Path(database.conn.execute("PRAGMA database_list").fetchone()[2])
    try:
        database.conn.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"")
        database.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connect(path, key).conn.close()
    except DatabaseError:
        database.conn.close()
        database.conn = connect(path, before).conn
        raise


def disk_full() -> DeskError:
    """What people are told where `is_of_the_disk`."""
    return DeskError(Sentence(N_("磁盘已满或无法写入，本次操作没有保存；请腾出空间后再试")))


def is_of_the_disk(error: BaseException) -> bool:
    """Whether the library could not write: the disk is full, broken, gone or not to be written."""
    return _code_of(error) in _OF_FILES


def as_of_a_file(error: BaseException) -> OSError:
    """An error of the disk as the system would tell it of any file."""
    return OSError(_OF_FILES[_code_of(error)], str(error))


def _code_of(error: BaseException) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # one that `backup` raises has no code
