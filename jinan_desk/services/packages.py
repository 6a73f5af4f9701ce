"""Packages between offices, out and in, and the ledger: what leaves the desk as a workbook and what comes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.ledger import Line, write_ledger
from jinan_desk.exchange.package import Package, Sender, read_package, vector_from_json, write_package
from jinan_desk.exchange.signing import fingerprint, new_key, public_half, same_fingerprint
from jinan_desk.exchange.table import Changed
from jinan_desk.services.judgement import judge_waiting
from jinan_desk.services.office import Office
from jinan_desk.services.offices import PARTNERS
from jinan_desk.store import CaseFilter, CaseRow, Order, Received, Sorting, Store, Vector

_KEY = "signing_key"
_SHOWN = 20

EVERYTHING = CaseFilter()


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written."""

    path: Path
    cases: int
    revisions: int | None = None
    fingerprint: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """What it holds and where it is."""
        if self.revisions is None:
            yield Sentence(N_("台账 {count} 件，已存到 {path}"), count=self.cases, path=str(self.path))
            return
        yield Sentence(
            N_("数据包 {count} 件事项、{revisions} 条记录，已存到 {path}"),
            count=self.cases, revisions=self.revisions, path=str(self.path),
        )
        yield Sentence(N_("本机构公钥指纹：{fingerprint}"), fingerprint=self.fingerprint)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a package holds and what came, or would come, of merging it. `trusted`: its key is enrolled here."""

    office: str
    name: str
    fingerprint: str
    made_at: str
    trusted: bool
    dry_run: bool
    received: Received
    changed: tuple[Changed, ...]

    def sentences(self) -> Iterator[Sentence]:
        """The whole report."""
        received = self.received
        yield Sentence(
            N_("数据包来自 {name}（{office}），生成于 {at}"), name=self.name, office=self.office, at=self.made_at
        )
        yield Sentence(N_("公钥指纹：{fingerprint}"), fingerprint=self.fingerprint)
        if not self.trusted:
            yield Sentence(N_("该机构的公钥尚未登记，请先与其电话核对指纹"))
        would = N_("将新增记录 {new} 条，已有 {known} 条，待前序 {waiting} 条，冲突 {conflicts} 件，拒收 {refused} 条")
        did = N_("新增记录 {new} 条，已有 {known} 条，待前序 {waiting} 条，冲突 {conflicts} 件，拒收 {refused} 条")
        yield Sentence(
            would if self.dry_run else did,
            new=received.new, known=received.known, waiting=received.waiting,
            conflicts=len(received.conflicts), refused=len(received.refused),
        )
        for identifier, why in received.refused.items():
            yield Sentence(N_("记录 {id} 拒收：{why}"), id=identifier[:12], why=why)
        for case in received.conflicts:
            yield Sentence(N_("事项 {case} 有两个不同的最新版本，请处理冲突"), case=case[:8])
        yield from (gap.sentence() for gap in received.gaps)
        yield from (fork.sentence() for fork in received.forks)
        if received.overtaken:
            yield Sentence(N_("其中有本机构遗失的记录：本机构的数据曾从备份恢复，现已补回，并启用新的编号序列"))
        yield from (change.sentence() for change in islice(self.changed, _SHOWN))
        if len(self.changed) > _SHOWN:
            yield Sentence(N_("另有 {count} 个单元格被改动，未采用"), count=len(self.changed) - _SHOWN)


class Packages:
    """The packages of a store. `now` is UTC as `2020-03-20T08:15:00Z`; `before_merge` saves what is there.

    The office's key is made when it is first needed and kept in the encrypted store. Offices whose packages are taken
    are **partners**, enrolled by the fingerprint that somebody compared with them over the phone.
    """

    def __init__(
        self, store: Store, office: Office, *, now: Callable[[], str], before_merge: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._office = office
        self._now = now
        self._before_merge = before_merge

    def fingerprint(self) -> str:
        """The fingerprint of this office's public key."""
        return fingerprint(public_half(self._private_key()))

    def export(self, path: Path, *, everything: bool = False) -> Written:
        """Write a package of all revisions that some partner is not known to have, or of `everything`.

        A partner is known to have what its own last package said it had; nothing else counts as received.
        """
        since: Vector = {} if everything else self._acknowledged()
        revisions = list(self._store.revisions_since(since))
        contents = self._contents_of(revisions)
        sender = Sender(self._office.code, self._office.name, self._store.incarnation, self._private_key())
        cases = write_package(
            path, sender, revisions, contents, since=since, until=self._store.vector(), made_at=self._now()
        )
        return Written(path, cases, len(revisions), self.fingerprint())

    def inspect(self, path: Path) -> Merged:
        """What merging the package would come to. Nothing is changed. Raises DeskError for what is no whole package."""
        package = read_package(path)
        received = self._store.receive(package.revisions, package.contents, dry_run=True)
        return self._report(package, received, dry_run=True)

    def merge(self, path: Path, *, trust: str = "") -> Merged:
        """Merge a package in one transaction. Once or ten times, in any order: the result is the same.

        Raises DeskError, with nothing changed, for what is no whole package, and for one whose key is not enrolled
        unless `trust` is the key's fingerprint, which enrols it.
        """
        package = read_package(path)
        if not self._trusts(package) and not (trust and same_fingerprint(trust, package.fingerprint)):
            raise DeskError(
                Sentence(
                    N_("数据包来自 {name}，其公钥尚未登记；请电话核对指纹 {fingerprint}，相符后指明信任该指纹再合并"),
                    name=package.name, fingerprint=package.fingerprint,
                )
            )
        self._before_merge()
        with self._store.transaction():
            received = self._store.receive(package.revisions, package.contents)
            judge_waiting(self._store)
            self._remember(package)
        return self._report(package, received, dry_run=False)

    def ledger(self, path: Path, wanted: CaseFilter = EVERYTHING) -> Written:
        """Write the ledger of the cases wanted, and its totals."""
        lines = [_line(row) for row in self._store.lists.all(wanted, Sorting(Order.NUMBER))]
        write_ledger(path, lines, title=N_("{name} 稳就业政策措施办理台账").format(name=self._office.name))
        return Written(path, len(lines))

    def partners(self) -> Mapping[str, Mapping[str, Any]]:
        """The enrolled offices by fingerprint: `office`, `name`, `public_key`, `enrolled_at`, `has`."""
        enrolled: dict[str, Mapping[str, Any]] = self._store.settings.get(PARTNERS, {})
        return enrolled

    def _private_key(self) -> bytes:
        kept = self._store.settings.get(_KEY)
        if kept is None:
            kept = new_key().hex()
            self._store.settings.put(_KEY, kept)
        return bytes.fromhex(kept)

    def _contents_of(self, revisions: list[Any]) -> dict[str, tuple[str, bytes]]:
        keys = {revision.body[kind] for revision in revisions for kind in ("roster", "determination")}
        return {key: self._store.kept(key) for key in sorted(filter(None, keys))}

    def _acknowledged(self) -> dict[tuple[str, str], int]:
        """What every partner has; nothing where there is no partner."""
        have = [vector_from_json(partner["has"]) for partner in self.partners().values()]
        common = set.intersection(*(set(vector) for vector in have)) if have else set()
        return {origin: min(vector[origin] for vector in have) for origin in common}

    def _trusts(self, package: Package) -> bool:
        return package.fingerprint in self.partners() or package.public_key == public_half(self._private_key())

    def _remember(self, package: Package) -> None:
        """Enrol the partner, and note what it has: what it said last, and no less than before."""
        if package.public_key == public_half(self._private_key()):
            return
        partners = dict(self.partners())
        known = partners.get(package.fingerprint, {"enrolled_at": self._now(), "has": []})
        has = vector_from_json(known["has"])
        for origin, sequence in package.until.items():
            has[origin] = max(sequence, has.get(origin, 0))
        partners[package.fingerprint] = {
            "office": package.office,
            "name": package.name,
            "public_key": package.public_key.hex(),
            "enrolled_at": known["enrolled_at"],
            "has": [[office, incarnation, has[office, incarnation]] for office, incarnation in sorted(has)],
        }
        self._store.settings.put(PARTNERS, partners)

    def _report(self, package: Package, received: Received, *, dry_run: bool) -> Merged:
        return Merged(
            office=package.office,
            name=package.name,
            fingerprint=package.fingerprint,
            made_at=package.made_at,
            trusted=self._trusts(package),
            dry_run=dry_run,
            received=received,
            changed=package.changed,
        )


def _line(row: CaseRow) -> Line:
    return Line(
        number=row.number,
        programme=row.programme,
        applicant=row.applicant,
        identity=row.id_number or row.credit_code,
        district=row.district,
        on=row.on,
        received_on=row.received_on,
        due_on=row.due_on,
        stage=row.stage,
        stage_since=row.stage_since,
        outcome=row.outcome,
        amount=row.amount,
        handler=row.updated_by,
    )
