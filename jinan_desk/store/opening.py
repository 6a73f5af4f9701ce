"""Opening the store of a directory: the lock, the key that fits, its tables, and how far it had come.

What a store does once it is open is the business of `store`.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.store.backup import Tell, backup_name, nobody, write_backup
from jinan_desk.store.connection import Database, DatabaseError, as_of_a_file, connect, is_of_the_disk
from jinan_desk.store.destroyed import Destroyed, DestroyedFile, destroyed_in, keep_destroyed
from jinan_desk.store.exchanges import REWOUND, Exchange, ExchangeTable
from jinan_desk.store.incarnation import begin_anew, incarnation_of
from jinan_desk.store.keyfile import KeyFile, Opened
from jinan_desk.store.lock import hold
from jinan_desk.store.places import backup_directory, destroyed_path, has_backups, store_path, witness_path
from jinan_desk.store.restore import go_on_counting
from jinan_desk.store.schema import is_newer, migrations
from jinan_desk.store.settings import Settings
from jinan_desk.store.store import Store
from jinan_desk.store.witness import Standing, Witness, standing_of


def open_store(directory: Path, key: bytes | Opened, *, tell: Tell = nobody) -> Store:
    """The store in the directory, made or brought to this version's tables if need be.

    The key is the bare one, or what was opened of a key ring: of two data keys it is the one to which the store
    answers, and replacing the other has come to its end.

    Raises DeskError, and changes nothing, where another process has it open, it was written by a newer version, the
    key does not fit, or the file is damaged. Before tables are changed a backup is made and proven; `tell` hears how
    far that is.
    """
    with ExitStack() as stack:
        try:
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            stack.enter_context(hold(directory))
            _refuse_lost(directory)
            keys = key.keys if isinstance(key, Opened) else (key,)
            db, fitting = _answering(store_path(directory), keys)
            stack.callback(db.conn.close)
            _prepare(db, directory, fitting, tell)
            if len(keys) > 1:
                KeyFile(directory, fitting).settle(keys.index(fitting), fitting)
            before = standing_of(db)
            again = _destroy_again(db, directory, key if isinstance(key, Opened) else Opened(keys), fitting)
            standing = _compare_with_witness(db, before, Witness(witness_path(directory)), again)
        except DatabaseError as error:
            if is_of_the_disk(error):
                words = N_("数据目录 {path} 无法读写：{why}")
                raise DeskError(Sentence(words, path=str(directory), why=reason(as_of_a_file(error)))) from None
            words = N_("数据目录 {path} 中的数据打不开：密钥不符，或文件已损坏；请核对密钥文件，或从备份恢复")
            raise DeskError(Sentence(words, path=str(directory))) from None
        except OSError as error:
            raise DeskError(
                Sentence(N_("数据目录 {path} 无法读写：{why}"), path=str(directory), why=reason(error))
            ) from None
        return Store(db, fitting, directory, stack.pop_all(), standing)


def _answering(path: Path, keys: tuple[bytes, ...]) -> tuple[Database, bytes]:
    """The database with the first of the keys to which it answers. Raises DatabaseError where it answers to none."""
    for key in keys[:-1]:
        try:
            return connect(path, key), key
        except DatabaseError:
            continue
    return connect(path, keys[-1]), keys[-1]


def _refuse_lost(directory: Path) -> None:
    """Where there are backups there was a store: one that is gone or empty is not begun anew."""
    path = store_path(directory)
    if has_backups(directory) and not (path.exists() and path.stat().st_size):
        lost = N_("数据目录 {path} 中的数据文件不见了或是空的；请从备份恢复：jinan-desk restore")
        raise DeskError(Sentence(lost, path=str(directory)))


def _prepare(db: Database, directory: Path, key: bytes, tell: Tell) -> None:
    """Refuse a newer store, bring an older one up to date."""
    if is_newer(db):
        raise DeskError(Sentence(N_("这些数据由更新版本的程序写成，请先升级本程序；数据没有改动")))
    db.conn.execute("PRAGMA journal_mode=WAL")
    pending = migrations.pending(db)
    if not pending:
        return
    if migrations.applied(db):
        at = _utc_now()
        write_backup(db, backup_directory(directory) / backup_name(at, "migration"), key, tell=tell)
        tell(Sentence(N_("正在升级数据")), 0, 0)
    with db.atomic():  # a store has all of its tables and its incarnation, or it is not there yet
        migrations.apply(db)
        settings = Settings(db)
        if not incarnation_of(settings):
            begin_anew(settings)


def _destroy_again(db: Database, directory: Path, opened: Opened, key: bytes) -> int:
    """Purge what the store has of what is named beside it: it is older than the purge. Answers how many cases."""
    file, here = DestroyedFile(destroyed_path(directory)), destroyed_in(db).stones
    named = file.read(opened.keys + opened.former)
    again = 0
    if not set(named) <= set(here):
        with db.atomic():
            again = keep_destroyed(db, Destroyed(named), at=_utc_now())
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if set(named) != set(here) or (named and not file.read((key,))):
        file.write(destroyed_in(db).stones, key)
    return again


def _utc_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _compare_with_witness(db: Database, before: Standing, witness: Witness, destroyed: int) -> Standing:
    """How far the store has come. One that was behind its witness when it was opened, or in which something had to be
    `destroyed` again, was put back by somebody that this program knows nothing of: it takes a new incarnation, goes on
    counting where the witness stood, and keeps what was lost among the exchanges, for people to read."""
    said = witness.read() or before
    if before.is_behind(said) or destroyed:
        lost = [[*key, last] for key, last in before.lost_numbers(said).items()]
        with db.atomic():
            go_on_counting(db, said.numbers)
            begin_anew(Settings(db), [said.incarnation])
            told = {"revisions": before.lost_revisions(said), "numbers": lost, "destroyed": destroyed}
            ExchangeTable(db).add(Exchange(_utc_now(), "", REWOUND, "", "", told))
    present = standing_of(db)
    witness.write(present)
    return present
