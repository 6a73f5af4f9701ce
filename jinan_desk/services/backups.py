"""Backups: made before what could do harm, copied to a second folder, thinned with age, warned about when they are old.

A backup is a proven copy of the store under the store's own key. **A bare key does not travel with it**: whoever finds
a stick with backups can read nothing, and whoever has lost the key file `desk.key` can read nothing either. So a copy
of the key file is to be kept once, apart from the backups, in the office's safe; on a new machine `restoring` is
told where it is. With accounts the key file holds a key ring, which opens nothing without a password or the recovery
code: it is copied beside the backups, wherever they are copied to. So is the list of what was destroyed (see
`store.destroyed`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from jinan_desk.core.role import KEEPS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError, reason
from jinan_desk.services.access import Access, Action
from jinan_desk.services.backup_files import Backup, backups_in, day_of, thin
from jinan_desk.services.restoring import NO_PROOF, Proof, Restored, opened_by, refuse_all_but_administrators
from jinan_desk.services.rewound import lately_rewound
from jinan_desk.services.roles import demand
from jinan_desk.store import CaseFilter, Opened, Store
from jinan_desk.store.backup import backup_name
from jinan_desk.store.keyfile import write_whole
from jinan_desk.store.places import backup_directory, key_path

_SECOND_FOLDER, _BACKED_UP_ON = "backup_folder", "backed_up_on"
_OLD_DAYS = 3


class Backups:
    """The backups of an opened store. `today` and `now` (UTC) are the clock; `before_change` is for the store to call.

    `trouble` says why the last backup that was due by itself could not be made, None where it could: nobody is kept
    from working by it, but told.
    """

    def __init__(
        self, store: Store, *, today: Callable[[], date], now: Callable[[], str], account: str = ""
    ) -> None:
        self._store = store
        self._account = account
        self._folder = backup_directory(store.directory)
        self._today = today
        self._now = now
        self._tried = ""
        self.trouble: Sentence | None = None

    def by(self, account: str) -> Backups:
        """The same for another person."""
        other = Backups(self._store, account=account, today=self._today, now=self._now)
        other.trouble = self.trouble
        return other

    # Making ---------------------------------------------------------------------------------------------------------

    def before_change(self) -> None:
        """Back up before the first change of a day."""
        today = self._today().isoformat()
        if today == self._tried:
            return
        self._tried = today
        if self._store.settings.get(_BACKED_UP_ON) == today or not self._store.count(CaseFilter()):
            return
        try:
            self._make("day")
        except DeskError as error:
            self.trouble = error.sentence
            return
        self._store.settings.put(_BACKED_UP_ON, today)

    def before_merge(self) -> None:
        """Back up before a package is merged. Raises DeskError where that fails; then nothing is to be merged."""
        self._make("merge")

    def make(self, folder: Path | None = None) -> Backup:
        """Back up on demand, into the folder where one is named. Raises DeskError where it fails."""
        backup = self._make("demand", folder)
        if folder is None:  # nothing was changed meanwhile: it is the day's backup as well
            self._tried = self._today().isoformat()
            self._store.settings.put(_BACKED_UP_ON, self._tried)
        Access(self._store, account=self._account, now=self._now).note(Action.BACKUP, backup.path.name)
        return backup

    def before_rekey(self) -> None:
        """Back up before the data key is replaced. Raises DeskError where that fails; then it is not to be."""
        self._make("rekey")

    def _make(self, occasion: str, folder: Path | None = None) -> Backup:
        at = self._now()
        backup = Backup((folder or self._folder) / backup_name(at, occasion), at, occasion)
        self._store.backup(backup.path)
        self.trouble = None
        if folder is None:
            thin(self._folder)
            with suppress(OSError):  # the store says the same, and tells the second folder
                self._store.carry_destroyed(self._folder)
            self._copy_to_second_folder(backup)
        else:
            try:
                self._copy_beside(folder)
            except OSError as error:
                words = N_("备份 {path} 已写好，但密钥文件或销毁清单没有写到旁边：{why}")
                raise DeskError(Sentence(words, path=str(backup.path), why=reason(error))) from None
        return backup

    def carry_destroyed(self) -> None:
        """Let all folders of backups know at once what has just been destroyed; one that cannot be reached is told of,
        and hears of it with the next backup."""
        for folder in filter(None, (self._folder, self.second_folder)):
            try:
                if folder.is_dir():
                    self._store.carry_destroyed(folder)
            except OSError as error:
                words = N_("销毁清单没有写到备份目录 {path}：{why}；请尽快备份一次")
                self.trouble = Sentence(words, path=str(folder), why=reason(error))

    def _copy_beside(self, folder: Path) -> None:
        """Put beside the backups what a restore on another machine needs: a key ring, under a name that tells offices
        apart, and the list of what was destroyed. Raises OSError."""
        self._store.carry_destroyed(folder)
        if self._store.keys.sealed:
            path = folder / f"desk-{self._store.keys.ring.salt.hex()[:8]}.key"
            write_whole(path, key_path(self._store.directory).read_bytes())

    def _copy_to_second_folder(self, backup: Backup) -> None:
        """A stick that is not there, or full, is no reason not to work: it is told."""
        folder = self.second_folder
        if folder is None:
            return
        target = folder / backup.path.name
        fresh = target.with_name(target.name + ".new")
        try:
            shutil.copyfile(backup.path, fresh)
            with fresh.open("rb+") as file:
                os.fsync(file.fileno())
            if _digest(fresh) != _digest(backup.path):
                raise OSError(0, N_("写入的内容与原文件不符"))
            fresh.replace(target)
            self._copy_beside(folder)
            thin(folder)
        except OSError as error:
            why = reason(error)
            self.trouble = Sentence(N_("备份没有写到第二备份目录 {path}：{why}"), path=str(folder), why=why)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    # The second folder ----------------------------------------------------------------------------------------------

    @property
    def second_folder(self) -> Path | None:
        """Where every backup is copied to: a stick, or another machine. None where nobody has said."""
        kept = self._store.settings.get(_SECOND_FOLDER)
        return Path(kept) if kept else None

    def set_second_folder(self, folder: Path | None) -> None:
        """Copy backups there from now on. Raises DeskError where the folder is not there, and for anybody but an
        administrator."""
        demand(self._store, self._account, KEEPS)
        if folder is not None and not folder.is_dir():
            raise DeskError(Sentence(N_("没有目录 {path}"), path=str(folder)))
        self._store.settings.put(_SECOND_FOLDER, None if folder is None else str(folder.absolute()))

    # Looking --------------------------------------------------------------------------------------------------------

    def all(self) -> list[Backup]:
        """Those in the store's own folder, the newest first."""
        return backups_in(self._folder)

    def everywhere(self) -> list[Backup]:
        """Those in the store's own folder and in the second one, the newest first."""
        second = self.second_folder
        found = self.all() + (backups_in(second) if second is not None else [])
        return sorted(found, key=lambda backup: backup.at, reverse=True)

    def look(self, backup: Path, proof: Proof = NO_PROOF) -> Restored:
        """What putting the backup back would come to; nothing changes. Raises DeskError as `restore` does."""
        directory, keys = self._store.directory, self._store.keys
        sealed = keys.sealed
        opened = opened_by(directory, key_path(directory), proof, now=self._now()) if sealed else Opened((keys.key,))
        comparison = self._store.compare(opened, backup)
        if sealed and not proof.code:
            refuse_all_but_administrators(comparison, proof.account)
        return Restored(comparison, None, dry_run=True)

    def last(self) -> Backup | None:
        """The newest proven one, wherever it lies; one of a clock that was ahead does not count."""
        return next((backup for backup in self.everywhere() if backup.at <= self._now()), None)

    def age(self) -> int | None:
        """How many days ago the last proven backup was made, None where there is none."""
        last = self.last()
        return None if last is None else (day_of(self._now()) - day_of(last.at)).days

    def sentences(self) -> Iterator[Sentence]:
        """What the work desk says: how old the last backup is, and what is to be done about the others."""
        age = self.age()
        if age is None:
            yield Sentence(N_("还没有备份"))
        elif age == 0:
            yield Sentence(N_("最近一次备份：今日"))
        else:
            yield Sentence(N_("最近一次备份：{days} 日前"), days=age)
        yield from self.warnings()

    def warnings(self) -> Iterator[Sentence]:
        """What a person should see to; nothing where all is well."""
        age = self.age()
        if age is not None and age > _OLD_DAYS:
            yield Sentence(N_("最近一次备份已是 {days} 日前，请备份一次"), days=age)
        if self.trouble is not None:
            yield self.trouble
        yield from lately_rewound(self._store, self._today())
        second = self.second_folder
        if second is None:
            yield Sentence(N_("备份与数据在同一磁盘上，磁盘损坏时会一同丢失；请设置第二备份目录（如 U 盘）"))
        elif same_disk(second, self._store.directory):
            yield Sentence(N_("第二备份目录 {path} 与数据在同一磁盘上，磁盘损坏时会一同丢失"), path=str(second))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def same_disk(one: Path, other: Path) -> bool:
    """Whether both lie in one file system; False where either cannot be asked."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
