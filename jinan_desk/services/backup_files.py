"""The files of backups in a folder: what their names say, and which of them are worth keeping."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinan_desk.core.text import N_, Sentence
from jinan_desk.store.places import backup_directory

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
_NEWEST, _DAYS, _WEEKS, _MONTHS = 5, 14, 8, 24
"""How many are kept whatever their age, and of how many days, weeks and months the last one."""


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


def day_of(at: str) -> date:
    """The day of a time (UTC)."""
    return date.fromisoformat(at[:10])


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
    for count, of in ((_DAYS, _date_of), (_WEEKS, _week_of), (_MONTHS, _month_of)):
        last: dict[str, Backup] = {}
        for backup in ordered:
            last.setdefault(of(backup), backup)
        keep |= dict.fromkeys(list(last.values())[:count])
    return list(keep)


def _date_of(backup: Backup) -> str:
    return backup.at[:10]


def _week_of(backup: Backup) -> str:
    year, week, _ = day_of(backup.at).isocalendar()
    return f"{year}-{week:02}"


def _month_of(backup: Backup) -> str:
    return backup.at[:7]
