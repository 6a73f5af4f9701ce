"""Restoring: a backup put in the place of the store, after a look at what that would lose, by whoever may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinan_desk.core.dates import local_time
from jinan_desk.core.role import Role
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.services.sign_in import open_with_recovery_code, sign_in
from jinan_desk.store import CaseRow, Opened
from jinan_desk.store.keyfile import is_sealed, read_key, read_key_file, take_key_file
from jinan_desk.store.places import key_path
from jinan_desk.store.restore import Comparison, compare, put_back

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Proof:
    """By what somebody shows that they may restore where there are accounts: an administrator's name and password, or
    the recovery code."""

    account: str = ""
    password: str = ""
    code: str = ""


NO_PROOF = Proof()


@dataclass(frozen=True, slots=True)
class Restored:
    """What putting a backup back came to, or would come to (`dry_run`)."""

    comparison: Comparison
    kept: Path | None
    dry_run: bool

    def sentences(self) -> Iterator[Sentence]:
        found = self.comparison
        yield Sentence(
            N_("备份中有 {cases} 个办件、{revisions} 条记录，最后一条记于 {until}"),
            cases=found.cases, revisions=found.revisions, until=local_time(found.until) if found.until else "—",
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
            yield Sentence(N_("另有 {count} 个办件"), count=len(found.touched) - _SHOWN)
        if found.destroyed:
            words = N_("其中 {count} 个办件此后已按保存期限销毁，不会恢复")
            if not self.dry_run:
                words = N_("{count} 个已按保存期限销毁的办件未恢复")
            yield Sentence(words, count=found.destroyed)
        if self.kept is not None:
            yield Sentence(N_("被替换的数据保留在 {path}"), path=str(self.kept))
        if not self.dry_run:
            yield Sentence(N_("已从备份恢复"))
            if found.lost or not found.readable:
                yield Sentence(N_("不再保留的记录如曾送往来机构，请对方导出全部记录送来，合并后即可找回"))


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
            refuse_all_but_administrators(comparison, proof.account)

    opened = opened_by(directory, path, proof, now=now) if sealed else Opened((read_key(path),))
    if dry_run:
        comparison = compare(directory, opened, backup)
        allowed(comparison)
        return Restored(comparison, None, dry_run=True)
    take_key_file(directory, content)
    return Restored(*put_back(directory, opened, backup, at=now, by=proof.account, allowed=allowed), dry_run=False)


def opened_by(directory: Path, key_file: Path, proof: Proof, *, now: str) -> Opened:
    """What the proof opens of the key ring. Raises SignInError where it opens nothing."""
    if proof.code:
        return open_with_recovery_code(directory, proof.code, now=now, key_file=key_file)
    return sign_in(directory, proof.account, proof.password, now=now, key_file=key_file).opened


def refuse_all_but_administrators(comparison: Comparison, account: str) -> None:
    """Raises DeskError where the account is no administrator's of those that would hold."""
    able = (row.name for row in comparison.accounts if row.active and Role.ADMINISTRATOR in row.roles.split())
    if account.strip() not in able:
        raise DeskError(Sentence(N_("只有管理员可以从备份恢复，没有改动；也可以使用恢复码")))
