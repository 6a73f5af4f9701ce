"""What exporting, checking and merging a package came to, and what is wrong between offices: values and their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from jinan_desk.core.dates import local_time
from jinan_desk.core.text import N_, Sentence
from jinan_desk.exchange.table import Changed
from jinan_desk.services.handed_down import NOTHING, HandedDown
from jinan_desk.services.rewound import told_rewound
from jinan_desk.store import Exchange, Fork, Gap, Received

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written. `digest` names a package, `unlocked` is why it has no password."""

    path: Path
    cases: int
    revisions: int | None = None
    fingerprint: str = ""
    digest: str = ""
    unlocked: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """What it holds and where it is."""
        if self.revisions is None:
            yield Sentence(N_("台账 {count} 件，已存到 {path}"), count=self.cases, path=str(self.path))
            return
        yield Sentence(
            N_("数据包 {count} 个办件、{revisions} 条记录，已存到 {path}"),
            count=self.cases, revisions=self.revisions, path=str(self.path),
        )
        if not self.revisions:
            yield Sentence(N_("没有对方尚未确认收到的记录；对方数据有缺的，请导出全部记录"))
        if self.unlocked:
            yield Sentence(N_("未设密码，原因：{reason}；已记录"), reason=self.unlocked)
        else:
            yield Sentence(N_("已设密码；请另行（如电话）告知对方，不要与文件一同送交"))
        yield Sentence(N_("本机构公钥指纹：{fingerprint}"), fingerprint=self.fingerprint)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a package holds and what came, or would come, of merging it. `trusted`: its key is enrolled here and was not
    withdrawn; else its fingerprint was compared. `digest` names it. `conflicting` names the cases in conflict."""

    office: str
    name: str
    fingerprint: str
    made_at: str
    digest: str
    trusted: bool
    dry_run: bool
    received: Received
    changed: tuple[Changed, ...]
    conflicting: tuple[str, ...] = ()
    handed_down: HandedDown = NOTHING
    handed_over: int = 0

    def sentences(self, *, cells: bool = True) -> Iterator[Sentence]:
        """The whole report; without the `cells` that were changed by hand where they are shown elsewhere."""
        received = self.received
        yield Sentence(
            N_("数据包来自 {name}（{office}），生成于 {at}"),
            name=self.name, office=self.office, at=local_time(self.made_at),
        )
        yield Sentence(N_("公钥指纹：{fingerprint}"), fingerprint=self.fingerprint)
        if not self.trusted:
            yield Sentence(N_("该机构的公钥尚未登记；指纹已核对，合并时一并登记"))
        would = N_("将新增记录 {new} 条，已有 {known} 条，待前序 {waiting} 条，冲突 {conflicts} 件，拒收 {refused} 条")
        did = N_("新增记录 {new} 条，已有 {known} 条，待前序 {waiting} 条，冲突 {conflicts} 件，拒收 {refused} 条")
        yield Sentence(would if self.dry_run else did, **self.counts())
        come = received.new or received.waiting or received.refused or self.handed_down != NOTHING
        if not come:
            had, none = N_("这些记录本机构都已有，没有新的内容"), N_("数据包里没有记录，没有新的内容")
            yield Sentence(had if received.known else none)
        for identifier, why in received.refused.items():
            yield Sentence(N_("记录 {id} 拒收：{why}"), id=identifier[:12], why=why)
        for case in self.conflicting:
            yield Sentence(N_("办件 {case} 有两个不同的最新版本，请处理冲突"), case=case)
        if self.handed_over:
            yield Sentence(N_("其中 {count} 个办件已移交本机构办理"), count=self.handed_over)
        yield from self.handed_down.sentences(dry_run=self.dry_run)
        yield from (gap.sentence() for gap in received.gaps)
        yield from (fork.sentence() for fork in received.forks)
        if received.overtaken:
            would = N_("其中有本机构遗失的记录：本机构的数据曾从备份恢复，合并后补回，并启用新的编号序列")
            did = N_("其中有本机构遗失的记录：本机构的数据曾从备份恢复，现已补回，并启用新的编号序列")
            yield Sentence(would if self.dry_run else did)
        yield from (change.sentence() for change in islice(self.changed, _SHOWN if cells else 0))
        if cells and len(self.changed) > _SHOWN:
            yield Sentence(N_("另有 {count} 个单元格被改动，未采用"), count=len(self.changed) - _SHOWN)

    def counts(self) -> dict[str, int]:
        """The counts by the keys of a receipt."""
        received = self.received
        return {
            "new": received.new,
            "known": received.known,
            "waiting": received.waiting,
            "conflicts": len(received.conflicts),
            "refused": len(received.refused),
        }


@dataclass(frozen=True, slots=True)
class Troubles:
    """What is wrong between offices: numbers that are missing, numbers used twice, and what was found after this store
    had been put back (`rewound`: UTC, how many revisions, and whose numbers)."""

    gaps: tuple[Gap, ...]
    forks: tuple[Fork, ...]
    rewound: tuple[Exchange, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All of it, in words."""
        yield from (gap.sentence() for gap in self.gaps)
        yield from (fork.sentence() for fork in self.forks)
        yield from map(told_rewound, self.rewound)
