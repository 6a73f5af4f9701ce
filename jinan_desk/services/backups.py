"""Backups: made before what could do harm, thinned with age, and put back after a look at what that would lose.

A backup is a proven copy of the store under the store's own key. **A bare key does not travel with it**: whoever finds
a stick with backups can read nothing, and whoever has lost the key file `desk.key` can read nothing either. So a copy
of the key file is to be kept once, apart from the backups, in the office's safe; on a new machine `restore` is told
where it is. With accounts the key file holds a key ring, which opens nothing without a password or the recovery code:
it is copied beside the backups, wherever they are copied to.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinan_desk.core.role import KEEPS, Role
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.services.access import Access, Action
from jinan_desk.services.rewound import lately_rewound
from jinan_desk.services.roles import demand
from jinan_desk.services.sign_in import open_with_recovery_code, sign_in
from jinan_desk.store import CaseFilter, CaseRow, Opened, Store
from jinan_desk.store.backup import backup_name
from jinan_desk.store.keyfile import is_sealed, read_key, read_key_file, take_key_file, write_whole
from jinan_desk.store.places import backup_directory, key_path
from jinan_desk.store.restore import Comparison, compare, put_back

OCCASIONS = {
    "day": N_("当日首次改动前"),
    "merge": N_("合并数据包前"),
    "migration": N_("升级前"),
    "restore": N_("恢复前"),
    "rekey": N_("更换密钥前"),
    "demand": N_("手工"),
}
"""On what occasion a backup is made, as its file's name says it."""

_NAME = re.compile(r"desk-(\d{8}T\d{6}Z)-(" + "|".join(OCCASIONS) + r")\.db")
_SECOND_FOLDER, _BACKED_UP_ON = "backup_folder", "backed_up_on"
_NEWEST, _DAYS, _WEEKS, _MONTHS = 5, 14, 8, 24
"""How many are kept whatever their age, and of how many days, weeks and months the last one."""
_OLD_DAYS = 3
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was proven when it was made: where, when (UTC as `2020-03-20T08:15:00Z`), on what occasion."""

    path: Path
    at: str
    occasion: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("{at}  {occasion}  {size} KB  {path}"),
            at=self.at, occasion=Sentence(OCCASIONS[self.occasion]), size=self.path.stat().st_size // 1024,
            path=str(self.path),
        )


def backups_in(folder: Path) -> list[Backup]:
    """The backups in the folder, the newest first; none where there is no such folder."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            if match is not None:
                at = datetime.strptime(match[1], "%Y%m%dT%H%M%S%z").strftime("%Y-%m-%dT%H:%M:%SZ")
                found.append(Backup(path, at, match[2]))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def backups_of(directory: Path) -> list[Backup]:
    """The backups in a data directory's own folder, the newest first; the store need not open."""
    return backups_in(backup_directory(directory))


@dataclass(frozen=True, slots=True)
class Proof:
    """By what somebody shows that they may restore where there are accounts: an administrator's name and password, or
    the recovery code."""

    account: str = ""
    password: str = ""
    code: str = ""


NO_PROOF = Proof()


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
            self._copy_to_second_folder(backup)
        else:
            try:
                self._copy_key_ring(folder)
            except OSError as error:
                words = N_("备份 {path} 已写好，但密钥文件没有写到旁边：{why}")
                raise DeskError(Sentence(words, path=str(backup.path), why=error.strerror or str(error))) from None
        return backup

    def _copy_key_ring(self, folder: Path) -> None:
        """Put a key ring beside the backups, under a name that tells offices apart. Raises OSError."""
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
            self._copy_key_ring(folder)
            thin(folder)
        except OSError as error:
            why = error.strerror or str(error)
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
        opened = _opened(directory, key_path(directory), proof, now=self._now()) if sealed else Opened((keys.key,))
        comparison = self._store.compare(opened, backup)
        if sealed and not proof.code:
            _refuse_all_but_administrators(comparison, proof.account)
        return Restored(comparison, None, dry_run=True)

    def last(self) -> Backup | None:
        """The newest proven one, wherever it lies; one of a clock that was ahead does not count."""
        return next((backup for backup in self.everywhere() if backup.at <= self._now()), None)

    def age(self) -> int | None:
        """How many days ago the last proven backup was made, None where there is none."""
        last = self.last()
        return None if last is None else (_day(self._now()) - _day(last.at)).days

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


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def same_disk(one: Path, other: Path) -> bool:
    """Whether both lie in one file system; False where either cannot be asked."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def thin(folder: Path) -> None:
    """Delete the backups that are not worth keeping; one that cannot be deleted stays."""
    backups = backups_in(folder)
    keep = {backup.path for backup in worth_keeping(backups)}
    for backup in backups:
        if backup.path not in keep:
            with suppress(OSError):
                backup.path.unlink()


def worth_keeping(backups: Iterable[Backup]) -> list[Backup]:
    """The newest few, and the last of each of the latest days, weeks and months that have any: a clock that was wrong
    for a while deletes nothing of the time before."""
    ordered = sorted(backups, key=lambda backup: backup.at, reverse=True)
    keep = dict.fromkeys(ordered[:_NEWEST])
    for count, of in ((_DAYS, _day_of), (_WEEKS, _week_of), (_MONTHS, _month_of)):
        last: dict[str, Backup] = {}
        for backup in ordered:
            last.setdefault(of(backup), backup)
        keep |= dict.fromkeys(list(last.values())[:count])
    return list(keep)


def _day_of(backup: Backup) -> str:
    return backup.at[:10]


def _week_of(backup: Backup) -> str:
    year, week, _ = _day(backup.at).isocalendar()
    return f"{year}-{week:02}"


def _month_of(backup: Backup) -> str:
    return backup.at[:7]


# Putting back --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Restored:
    """What putting a backup back came to, or would come to (`dry_run`)."""

    comparison: Comparison
    kept: Path | None
    dry_run: bool

    def sentences(self) -> Iterator[Sentence]:
        found = self.comparison
        yield Sentence(
            N_("备份中有 {cases} 件事项、{revisions} 条记录，最后一条记于 {until}"),
            cases=found.cases, revisions=found.revisions, until=found.until or "—",
        )
        if not found.readable:
            yield Sentence(N_("现有数据不存在或已损坏，无法得知备份之后还有哪些记录；已发出的文号可能重复，请核对"))
        elif not found.lost:
            yield Sentence(N_("备份之后没有新的记录，不会丢失"))
        else:
            would, did = N_("将丢失备份之后的 {count} 条记录，涉及："), N_("备份之后的 {count} 条记录不再保留，涉及：")
            yield Sentence(would if self.dry_run else did, count=found.lost)
        yield from map(_touched, found.touched[:_SHOWN])
        if len(found.touched) > _SHOWN:
            yield Sentence(N_("另有 {count} 件事项"), count=len(found.touched) - _SHOWN)
        if found.destroyed:
            words = N_("其中 {count} 件事项此后已按保存期限销毁，不会恢复")
            if not self.dry_run:
                words = N_("{count} 件已按保存期限销毁的事项未恢复")
            yield Sentence(words, count=found.destroyed)
        if self.kept is not None:
            yield Sentence(N_("被替换的数据保留在 {path}"), path=str(self.kept))
        if not self.dry_run:
            yield Sentence(N_("已从备份恢复"))


def _touched(row: CaseRow) -> Sentence:
    return Sentence(
        N_("{case}  {number}  {programme}  {applicant}"),
        case=row.case[:8], number=row.number or "—", programme=row.programme, applicant=row.applicant or "—",
    )


def key_for(directory: Path, backup: Path, key_file: Path | None = None) -> Path:
    """The key file with which the backup is put back into the directory: the one that is named, the directory's own,
    or a key ring that lies beside the backup. Raises DeskError where several lie there."""
    if key_file is not None or key_path(directory).exists():
        return key_file or key_path(directory)
    beside = sorted(backup.parent.glob("desk-*.key"))
    if len(beside) > 1:
        words = N_("备份旁有 {count} 个密钥文件，请用 --key 写明用哪一个")
        raise DeskError(Sentence(words, count=len(beside)))
    return beside[0] if beside else key_path(directory)


def restore(
    directory: Path,
    backup: Path,
    *,
    now: str,
    key_file: Path | None = None,
    proof: Proof = NO_PROOF,
    dry_run: bool = False,
) -> Restored:
    """Put the backup in the place of the directory's store, or only look (`dry_run`). `now` is UTC.

    `key_file` is the key for a directory that has none: a new machine. Raises DeskError where the store is open
    elsewhere, the backup is not sound or not for this key, or the proof is not an administrator's; then nothing has
    changed.
    """
    path = key_for(directory, backup, key_file)
    content = read_key_file(path)
    sealed = is_sealed(path)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def allowed(comparison: Comparison) -> None:
        if sealed and not proof.code:
            _refuse_all_but_administrators(comparison, proof.account)

    opened = _opened(directory, path, proof, now=now) if sealed else Opened((read_key(path),))
    if dry_run:
        comparison = compare(directory, opened, backup)
        allowed(comparison)
        return Restored(comparison, None, dry_run=True)
    take_key_file(directory, content)
    return Restored(*put_back(directory, opened, backup, at=now, by=proof.account, allowed=allowed), dry_run=False)


def _opened(directory: Path, key_file: Path, proof: Proof, *, now: str) -> Opened:
    if proof.code:
        return open_with_recovery_code(directory, proof.code, now=now, key_file=key_file)
    return sign_in(directory, proof.account, proof.password, now=now, key_file=key_file).opened


def _refuse_all_but_administrators(comparison: Comparison, account: str) -> None:
    able = (row.name for row in comparison.accounts if row.active and Role.ADMINISTRATOR in row.roles.split())
    if account.strip() not in able:
        raise DeskError(Sentence(N_("只有管理员可以从备份恢复，没有改动；也可以使用恢复码")))
