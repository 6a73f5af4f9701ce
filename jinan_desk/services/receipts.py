"""Receipts: what became of a partner's package here, written for it, and what became of ours there, read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from jinan_desk.core.dates import local_time
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange.receipt import Receipt, read_receipt, write_receipt
from jinan_desk.exchange.signing import public_half
from jinan_desk.file import placing
from jinan_desk.services.office import Office
from jinan_desk.services.offices import partners
from jinan_desk.services.packages import EXPORT, MERGE
from jinan_desk.services.partners import Partners
from jinan_desk.store import REWOUND, Exchange, Store

RECEIPT_OUT, RECEIPT_IN = "receipt_out", "receipt_in"
"""Kinds of exchanges."""

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A receipt that was read. `again`: it had been read before. `known`: the package was exported by this store.
    `lost`: the partner has more of our revisions than we have, so this store was put back; it has begun a new life."""

    receipt: Receipt
    again: bool
    known: bool
    lost: bool

    def sentences(self) -> Iterator[Sentence]:
        """The whole report."""
        receipt = self.receipt
        yield Sentence(
            N_("回执来自 {name}（{office}），针对 {at} 生成的数据包（{digest}）"),
            name=receipt.name, office=receipt.office, digest=receipt.package[:12],
            at=local_time(receipt.package_made_at),
        )
        yield Sentence(
            N_("对方新增 {new} 条，已有 {known} 条，等待前序 {waiting} 条，冲突 {conflicts} 件，拒收 {refused} 条"),
            **receipt.counts,
        )
        for record, why in islice(receipt.refused, _SHOWN):
            yield Sentence(N_("对方拒收记录 {id}：{why}"), id=record[:12], why=why)
        if len(receipt.refused) > _SHOWN:
            yield Sentence(N_("另有 {count} 条被拒收"), count=len(receipt.refused) - _SHOWN)
        for office, _, first, last in receipt.gaps:
            yield Sentence(
                N_("对方尚缺机构 {office} 的第 {first}–{last} 号记录，请导出全部记录再送一次"),
                office=office, first=first, last=last,
            )
        if not self.known:
            yield Sentence(N_("本机没有导出过这个数据包（可能曾更换或恢复数据）"))
        if self.lost:
            yield Sentence(
                N_("对方持有本机构已遗失的记录：本机构的数据曾被换成较早的一份；已启用新的编号序列，请合并对方的数据包取回")
            )
        if self.again:
            yield Sentence(N_("这份回执此前已读入过，没有改动"))


@dataclass(frozen=True, slots=True)
class Owed:
    """A partner's package that was merged: when (UTC), its digest, whose it is, and what became of it."""

    at: str
    package: str
    told: Mapping[str, Any]

    def sentence(self) -> Sentence:
        """The package in one line."""
        told = N_("{at}  {office}  新增 {new}，拒收 {refused}  {digest}")
        counts = self.told["counts"]
        return Sentence(
            told,
            at=local_time(self.at), office=self.told["office"], digest=self.package[:12], new=counts["new"],
            refused=counts["refused"],
        )


class Receipts:
    """The receipts of a store. `account` is who sits at the desk, `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(
        self, store: Store, office: Office, partners: Partners, *, account: str, now: Callable[[], str]
    ) -> None:
        self._store = store
        self._office = office
        self._partners = partners
        self._account = account
        self._now = now

    def owed(self, digest: str = "", *, limit: int = 50) -> list[Owed]:
        """The partners' packages that were merged, the newest first: a receipt can be written for each. Of those whose
        digests begin so, where that is asked for."""
        merged = self._store.exchanges.all(kind=MERGE, package=digest.lower(), limit=limit)
        return [Owed(one.at, one.package, one.told) for one in merged if one.partner]

    def name(self, digest: str) -> str:
        """How a receipt's file is called: who writes it, and for which package."""
        return f"{N_('回执')}-{self._office.code}-{digest[:8]}.xlsx"

    def make(self, digest: str = "") -> Receipt:
        """The receipt for the package of that digest (or its beginning), or for the one that was merged last.

        Raises DeskError where no such package of a partner was merged here.
        """
        merged = next(iter(self.owed(digest)), None)
        if merged is None:
            raise DeskError(Sentence(N_("没有合并过这样的数据包，无从写回执")))
        sender = self._partners.sender()
        return Receipt(
            office=sender.office,
            name=sender.name,
            incarnation=sender.incarnation,
            lives=sender.lives,
            made_at=self._now(),
            public_key=public_half(sender.private_key),
            to=merged.told["office"],
            package=merged.package,
            package_made_at=merged.told["made_at"],
            counts=merged.told["counts"],
            refused=tuple((record, why) for record, why in merged.told["refused"]),
            gaps=tuple((gap.office, gap.incarnation, gap.first, gap.last) for gap in self._store.gaps()),
            vector=self._store.vector(),
        )

    def write(self, path: Path, digest: str = "") -> Sentence:
        """Write such a receipt; answers what to say of it. Raises DeskError as `make` does, or where it cannot be
        written."""
        receipt = self.make(digest)
        with placing(path) as fresh:
            write_receipt(fresh, self._partners.sender(), receipt)
            with self._store.transaction():
                self._note(RECEIPT_OUT, receipt.package, {"to": receipt.to})
        known = partners(self._store, withdrawn=True).get(receipt.to)
        named = receipt.to if known is None else known.name
        return Sentence(N_("回执已存到 {path}，请交还 {office}"), path=str(path), office=named)

    def read(self, path: Path) -> Acknowledged:
        """Read a partner's receipt. Once or ten times, in any order: the result is the same. Raises DeskError, with
        nothing changed, for what is no whole receipt, for another office, or of a key that is not enrolled."""
        return self.take(read_receipt(path))

    def take(self, receipt: Receipt) -> Acknowledged:
        """The same for a receipt that has been verified."""
        doubt = self._partners.doubt(receipt.public_key, receipt.office)
        if doubt is not None:
            raise DeskError(doubt)
        if self._partners.is_own(receipt.public_key) or not self._partners.trusts(receipt.public_key):
            told = N_("回执来自 {name}，其公钥尚未登记，没有读入；请先读入其登记表")
            raise DeskError(Sentence(told, name=receipt.name))
        if receipt.to != self._office.code:
            raise DeskError(Sentence(N_("这份回执是给机构 {office} 的，没有读入"), office=receipt.to))
        exchanges = self._store.exchanges.all(package=receipt.package)
        again = any(e.kind == RECEIPT_IN and e.told["receipt"] == receipt.digest for e in exchanges)
        known = any(e.kind == EXPORT for e in exchanges)
        with self._store.transaction():
            self._partners.heard(receipt.public_key, receipt.incarnation, receipt.lives, receipt.vector)
            lost = self._begin_anew_if_lost(receipt)
            if not again:
                self._note(
                    RECEIPT_IN,
                    receipt.package,
                    {"receipt": receipt.digest, "counts": dict(receipt.counts)},
                    partner=receipt.fingerprint,
                )
        return Acknowledged(receipt, again=again, known=known, lost=lost)

    def _begin_anew_if_lost(self, receipt: Receipt) -> bool:
        """Whether the partner has revisions of this store's present life that this store has not made."""
        line = (self._office.code, self._store.incarnation)
        missing = receipt.vector.get(line, 0) - self._store.vector().get(line, 0)
        if missing <= 0:
            return False
        self._store.renew_incarnation()
        self._note(REWOUND, receipt.package, {"revisions": missing, "numbers": []})
        return True

    def _note(self, kind: str, package: str, told: Mapping[str, Any], *, partner: str = "") -> None:
        self._store.exchanges.add(Exchange(self._now(), self._account, kind, partner, package, told))
