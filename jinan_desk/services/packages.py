"""Packages between offices, out and in, and the ledger: what leaves the desk as a workbook and what comes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from jinan_desk.core.collector import at_rest
from jinan_desk.core.revision import HAND_OVER, HOLDER
from jinan_desk.core.role import ANYBODY
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.envelope import is_locked_file as is_locked
from jinan_desk.exchange.ledger import Line, write_ledger
from jinan_desk.exchange.package import Package, read_package, write_package
from jinan_desk.exchange.password import LEAST as LEAST_PASSWORD
from jinan_desk.exchange.password import PasswordError
from jinan_desk.exchange.receipt import COUNTS
from jinan_desk.exchange.signing import fingerprint, public_half, same_fingerprint
from jinan_desk.file import placing
from jinan_desk.services.access import Access, Action
from jinan_desk.services.handed_down import NOTHING, HandedDown, take_values, values_to_hand_down
from jinan_desk.services.judgement import judge_waiting
from jinan_desk.services.office import Office
from jinan_desk.services.offices import held_among, itself, partners
from jinan_desk.services.package_report import Merged, Troubles, Written
from jinan_desk.services.partners import Partners
from jinan_desk.services.rewound import rewound
from jinan_desk.services.roles import demand
from jinan_desk.store import (
    CaseFilter,
    CaseRow,
    Exchange,
    Order,
    Received,
    Sorting,
    Store,
    Tell,
    Tombstone,
    Vector,
)

EXPORT, MERGE = "export", "merge"
"""Kinds of exchanges."""

__all__ = [
    "COUNTS",
    "EXPORT",
    "LEAST_PASSWORD",
    "MERGE",
    "Merged",
    "Package",
    "Packages",
    "PasswordError",
    "StrangerError",
    "Tell",
    "Troubles",
    "Written",
    "is_locked",
]

_NAMED = 12  # digits of a digest, enough to tell packages apart

EVERYTHING = CaseFilter()


class StrangerError(DeskError):
    """The package is whole, but its key is not enrolled here: its `fingerprint` is to be compared over the phone."""

    def __init__(self, sentence: Sentence, mark: str) -> None:
        super().__init__(sentence)
        self.fingerprint = mark


class Packages:
    """The packages of a store. `now` is UTC as `2020-03-20T08:15:00Z`; `before_merge` saves what is there; `account` is
    who sits at the desk."""

    def __init__(
        self,
        store: Store,
        office: Office,
        *,
        account: str,
        now: Callable[[], str],
        before_merge: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._office = office
        self._account = account
        self._now = now
        self._before_merge = before_merge
        self._access = Access(store, account=account, now=now)
        self.partners = Partners(store, office, account=account, now=now)

    def fingerprint(self) -> str:
        """The fingerprint of this office's public key."""
        return self.partners.fingerprint()

    # Out ------------------------------------------------------------------------------------------------------------

    def compose(self, *, to: str = "", everything: bool = False) -> Package:
        """All revisions that the partner `to` (or some partner, where none is named) is not known to have, or all there
        are. A partner is known to have what it said in its own packages and receipts; nothing else counts as received.
        """
        since: Vector = {} if everything else self.partners.acknowledged(to)
        revisions = tuple(self._store.revisions_since(since))
        sender = self.partners.sender()
        return Package(
            office=sender.office,
            name=sender.name,
            incarnation=sender.incarnation,
            lives=sender.lives,
            made_at=self._now(),
            public_key=public_half(sender.private_key),
            since=since,
            until=self._store.vector(),
            revisions=revisions,
            contents=self._contents_of(revisions),
            destroyed=tuple(
                astuple(stone)
                for stone in self._store.tombstones()
                if stone.sequence > since.get((stone.office, stone.incarnation), 0)
            ),
            values=tuple(values_to_hand_down(self._store, itself(self._office))),
        )

    def export(
        self,
        path: Path,
        *,
        password: str = "",
        unlocked: str = "",
        to: str = "",
        everything: bool = False,
        tell: Tell | None = None,
    ) -> Written:
        """Write a package with a password, or without one for the reason `unlocked`, which is kept and told on the
        cover. `tell` hears how far it is and may raise; then nothing is written.

        Raises DeskError where there is neither, the password is short, or the file cannot be written.
        """
        unlocked = unlocked.strip()
        if not password and not unlocked:
            raise DeskError(Sentence(N_("数据包内含个人信息，请设置密码；确需不设密码的，请写明原因")))
        demand(self._store, self._account, ANYBODY)
        package = self.compose(to=to, everything=everything)
        sender = self.partners.sender()
        open_for = "" if password else unlocked
        told = {"revisions": len(package.revisions), "everything": everything, "unlocked": open_for}
        with placing(path) as fresh:
            digest = write_package(
                fresh, sender, package, password=password, unlocked=open_for, tell=tell or _nobody
            )
            with self._store.transaction():
                self._note(EXPORT, "" if not to else self.partners.find(to).fingerprint, digest, told)
                without = f"{N_('未设密码：')}{open_for}" if open_for else ""
                self._access.note(Action.EXPORT, f"{digest[:_NAMED]} {without}".strip())
        cases = len({revision.case for revision in package.revisions})
        mark = fingerprint(package.public_key)
        return Written(path, cases, len(package.revisions), mark, digest, open_for)

    # In -------------------------------------------------------------------------------------------------------------

    def read(self, path: Path, *, password: str = "", trust: str = "", tell: Tell | None = None) -> Package:
        """The package at the path, verified. Of one whose key is not to be believed nothing is unpacked.

        Raises StrangerError for a key that is not enrolled, unless `trust` is its fingerprint, DeskError for one that
        was withdrawn or is another office's, and as `read_package` does. `tell` hears how far it is and may raise.
        """

        def admit(public_key: bytes, office: str, name: str) -> None:
            self._refuse(public_key, office, name, trust)

        return read_package(path, password=password, admit=admit, tell=tell or _nobody)

    def inspect(self, path: Path, *, password: str = "", trust: str = "") -> Merged:
        """What merging the package at the path would come to. Nothing is changed. Raises as `read` does."""
        return self.look(self.read(path, password=password, trust=trust))

    def look(self, package: Package, *, tell: Tell | None = None) -> Merged:
        """What merging the package would come to. Nothing is changed."""
        _refuse_undecided(package)
        received = self._store.receive(
            package.revisions, package.contents, at=self._now(), destroyed=_destroyed(package), dry_run=True,
            tell=tell or _nobody,
        )  # fmt: skip
        handed_down = self._take_values(package, dry_run=True)
        return replace(self._report(package, received, dry_run=True), handed_down=handed_down)

    def merge(self, path: Path, *, trust: str = "", password: str = "") -> Merged:
        """Merge the package at the path; see `take`. Raises as `read` and `take` do."""
        return self.take(self.read(path, password=password, trust=trust), trust=trust)

    def take(self, package: Package, *, trust: str = "", tell: Tell | None = None) -> Merged:
        """Merge a package in one transaction. Once or ten times, in any order: the result is the same.

        Raises StrangerError, with nothing changed, for one whose key is not enrolled unless `trust` is the key's
        fingerprint, which enrols it; DeskError for one whose key was withdrawn. `tell` hears how far it is and may
        raise.
        """
        demand(self._store, self._account, ANYBODY)
        self._refuse(package.public_key, package.office, package.name, trust)
        _refuse_undecided(package)
        self._before_merge()
        with at_rest(), self._store.transaction():
            if not self.partners.trusts(package.public_key):
                self.partners.admit(package.public_key, package.office, package.name)
            ours = _handed_to(self._office.code, package)
            before = held_among(self._store, self._office, ours)
            received = self._store.receive(
                package.revisions, package.contents, at=self._now(), destroyed=_destroyed(package),
                tell=tell or _nobody,
            )  # fmt: skip
            judge_waiting(self._store, tell or _nobody)
            handed_down = self._take_values(package)
            handed_over = len(held_among(self._store, self._office, ours - before))
            report = replace(
                self._report(package, received, dry_run=False), handed_down=handed_down, handed_over=handed_over
            )
            self._remember(package, report)
        return report

    def _take_values(self, package: Package, *, dry_run: bool = False) -> HandedDown:
        """Take what a superior hands down; nothing from ourselves, or from others."""
        sender = partners(self._store).get(package.office)
        if sender is None:  # ourselves
            return NOTHING
        return take_values(self._store, sender, itself(self._office), package.values, at=self._now(), dry_run=dry_run)

    def _refuse(self, public_key: bytes, office: str, name: str, trust: str) -> None:
        doubt = self.partners.doubt(public_key, office)
        if doubt is not None:
            raise DeskError(doubt)
        mark = fingerprint(public_key)
        if not self.partners.trusts(public_key) and not same_fingerprint(trust, mark):
            told = N_(
                "数据包来自 {name}（{office}），其公钥尚未登记；请电话核对指纹 {fingerprint}，相符并确认后才读入内容"
            )
            raise StrangerError(Sentence(told, name=name, office=office, fingerprint=mark), mark)

    def _remember(self, package: Package, report: Merged) -> None:
        """Note what the partner has, and what became of its package, for the receipt."""
        self.partners.heard(package.public_key, package.incarnation, package.lives, package.until)
        told = {
            "office": package.office,
            "made_at": package.made_at,
            "counts": report.counts(),
            "refused": [[identifier, why.read()] for identifier, why in report.received.refused.items()],
        }
        mark = "" if self.partners.is_own(package.public_key) else package.fingerprint
        self._note(MERGE, mark, package.digest, told)
        self._access.note(Action.MERGE, f"{package.digest[:_NAMED]} {package.office}")

    def troubles(self) -> Troubles:
        """What is wrong between this office and others now."""
        return Troubles(self._store.gaps(), self._store.forks(), rewound(self._store))

    def history(self, limit: int = 100) -> list[Exchange]:
        """What was exchanged, the newest first."""
        return self._store.exchanges.all(limit=limit)

    # The ledger -----------------------------------------------------------------------------------------------------

    def ledger(self, path: Path, wanted: CaseFilter = EVERYTHING) -> Written:
        """Write the ledger of the cases wanted, and its totals."""
        with placing(path) as fresh:
            written = self.ledger_of(fresh, self._store.lists.all(wanted, Sorting(Order.NUMBER)))
            self.note_ledger(written.cases)
        return replace(written, path=path)

    def ledger_of(self, path: Path, rows: Iterable[CaseRow]) -> Written:
        """Write the ledger of these cases in their order, and its totals. Touches no store, so that it may be done on
        any thread, once `note_ledger` was done on the store's."""
        lines = [_line(row) for row in rows]
        write_ledger(path, lines, title=N_("{name} 稳就业政策措施办理台账").format(name=self._office.name))
        return Written(path, len(lines))

    def note_ledger(self, cases: int) -> None:
        """Note that a ledger of so many cases is taken out."""
        self._access.note(Action.LEDGER, cases)

    def _contents_of(self, revisions: tuple[Any, ...]) -> dict[str, tuple[str, bytes]]:
        keys = {revision.body[kind] for revision in revisions for kind in ("roster", "determination")}
        return {key: self._store.kept(key) for key in sorted(filter(None, keys))}

    def _note(self, kind: str, partner: str, package: str, told: Mapping[str, Any]) -> None:
        self._store.exchanges.add(Exchange(self._now(), self._account, kind, partner, package, told))

    def _report(self, package: Package, received: Received, *, dry_run: bool) -> Merged:
        return Merged(
            office=package.office,
            name=package.name,
            fingerprint=package.fingerprint,
            made_at=package.made_at,
            digest=package.digest,
            trusted=self.partners.trusts(package.public_key),
            dry_run=dry_run,
            received=received,
            changed=package.changed,
            conflicting=tuple(map(_named, self._store.cases_of(received.conflicts))),
        )


def _nobody(_done: int, _total: int) -> None:
    """Whoever does not want to hear how far it is."""


def _named(row: CaseRow) -> str:
    """The case as whoever has it would call it."""
    return " ".join(filter(None, (row.programme, row.applicant, row.number))) or row.case[:8]


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


def _handed_to(office: str, package: Package) -> set[str]:
    """The cases that the package says were passed to the office."""
    return {r.case for r in package.revisions if r.action == HAND_OVER and r.body.get(HOLDER) == office}


def _refuse_undecided(package: Package) -> None:
    """Raises DeskError where a revision comes without what it came to: everybody who opens the case reads that."""
    if any(revision.body.get("determination") in (None, "") for revision in package.revisions):
        raise DeskError(Sentence(N_("数据包中有记录缺少认定结果，不是本程序生成的；没有合并任何内容")))


def _destroyed(package: Package) -> list[Tombstone]:
    """What its sender has destroyed."""
    return [Tombstone(*stone) for stone in package.destroyed]
