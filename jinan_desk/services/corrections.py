"""Corrections: readable cells of a package that somebody changed by hand, taken over one by one by a person here.

Such a change is signed by nobody. It becomes a revision of whoever takes it over, with a reason that names the package
and the cells; what cannot be taken over says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinan_desk.core.dates import parse_date
from jinan_desk.core.field import ROSTER
from jinan_desk.core.kind import Invalid
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import EDITABLE, STAGE_LABELS
from jinan_desk.errors import DeskError
from jinan_desk.exchange.cell import to_json
from jinan_desk.exchange.package import Package
from jinan_desk.exchange.records import newest, shown_text
from jinan_desk.exchange.table import Changed, Owner
from jinan_desk.services.cases import Cases, CaseView, place, programme_of
from jinan_desk.services.partners import Partners
from jinan_desk.store import Store

_NAMED = 12
_LONG_NUMBER = re.compile(r"[0-9]{11,}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A changed cell: the case and the path of the fact (`dismissed`, `roster[2].name`) that it shows, the new value
    in JSON shape, and why it cannot be taken over, None where it can. `private`: numbers of people, to be masked.
    `applicant` and `where` say whose fact it is, and which."""

    changed: Changed
    case: str = ""
    path: str = ""
    value: Any = None
    refusal: Sentence | None = None
    private: bool = False
    applicant: str = ""
    where: Sentence | None = None

    @property
    def key(self) -> str:
        """How the cell is named: `06A 稳岗返还!F3`."""
        return f"{self.changed.sheet}!{self.changed.cell}"

    def sentence(self) -> Sentence:
        """The cell, what it was and is, and why it cannot be taken over."""
        return Sentence(
            N_("{cell}：“{was}” → “{now}”　{state}"),
            cell=self.key, was=self.changed.was, now=self.changed.now,
            state=self.refusal or Sentence(N_("可采纳为更正")),
        )


class Corrections:
    """Taking changed cells over into the cases of a store, in the name of whoever `cases` works for."""

    def __init__(self, store: Store, cases: Cases, partners: Partners) -> None:
        self._store = store
        self._cases = cases
        self._partners = partners

    def offers(self, package: Package) -> list[Offer]:
        """Every changed cell of the package, with what taking it over would come to."""
        heads = {revision.case: revision for revision in newest(package.revisions)}
        here: dict[str, CaseView | Sentence] = {}
        edited: dict[Owner, set[str]] = {}
        for changed in package.changed:
            if changed.owner is not None:
                edited.setdefault(changed.owner, set()).add(changed.fact)
        found = []
        for changed in package.changed:
            owner = changed.owner
            if owner is None:
                private = _LONG_NUMBER.search(f"{changed.was} {changed.now}") is not None
                found.append(Offer(changed, refusal=_no_fact(changed), private=private))
                continue
            if owner.case not in here:
                here[owner.case] = self._view(owner.case)
            found.append(_offer(changed, heads[owner.case], package, here[owner.case], edited[owner]))
        return found

    def choose(self, offers: Sequence[Offer], cells: Iterable[str] | None) -> list[Offer]:
        """The offers of these cells (`工作表!单元格`), or all that can be taken over. Raises DeskError where a cell was
        not changed, or cannot be taken over."""
        if cells is None:
            return [offer for offer in offers if offer.refusal is None]
        by_key = {offer.key: offer for offer in offers}
        chosen = []
        for cell in cells:
            offer = by_key.get(cell)
            if offer is None:
                raise DeskError(Sentence(N_("单元格 {cell} 没有被改动，没有采纳任何内容"), cell=cell))
            if offer.refusal is not None:
                told = N_("单元格 {cell} 不能采纳：{why}；没有采纳任何内容")
                raise DeskError(Sentence(told, cell=cell, why=offer.refusal))
            chosen.append(offer)
        return chosen

    def take(self, package: Package, chosen: Sequence[Offer]) -> list[CaseView]:
        """Take them over in one transaction, one revision a case. Raises DeskError, with nothing changed, where the
        package's key is not enrolled, or a case does not take its new facts."""
        if not chosen:
            return []
        if not self._partners.trusts(package.public_key):
            raise DeskError(Sentence(N_("数据包的公钥尚未登记或已停用，不能采纳其中的改动")))
        by_case: dict[str, list[Offer]] = {}
        for offer in chosen:
            by_case.setdefault(offer.case, []).append(offer)
        with self._store.transaction():
            return [self._correct(package, case, offers) for case, offers in by_case.items()]

    def _view(self, case: str) -> CaseView | Sentence:
        """The case where it may be edited here, else what forbids it."""
        try:
            view = self._cases.view(case)
            held = self._cases.held(case)
        except DeskError:
            return Sentence(N_("该办件不在本机，请先合并数据包"))
        if held is not None:
            return held
        if view.row.conflict:
            return Sentence(N_("该办件有两个不同的最新版本，请先处理冲突"))
        if view.stage not in EDITABLE:
            told = N_("“{stage}”的办件不能直接修改，请先退回修改")
            return Sentence(told, stage=Sentence(STAGE_LABELS[view.stage]))
        return view

    def _correct(self, package: Package, case: str, offers: Sequence[Offer]) -> CaseView:
        view = self._cases.view(case)
        facts = dict(view.facts)
        if ROSTER in facts:
            facts[ROSTER] = [dict(row) for row in facts[ROSTER]]
        for offer in offers:
            owner = offer.changed.owner
            target = facts[ROSTER][owner.row - 1] if owner is not None and owner.row else facts
            target[offer.changed.fact] = offer.value
        on = parse_date(view.row.on)
        assert on is not None
        cells = "、".join(offer.key for offer in offers)
        reason = Sentence(N_("更正：数据包 {digest} 的 {cells}"), digest=package.digest[:_NAMED], cells=cells).read()
        return self._cases.change(case, on, facts, reason=reason)


def _no_fact(changed: Changed) -> Sentence:
    if not changed.cell:
        return Sentence(N_("整张工作表与记录不符，无法逐格对应"))
    return Sentence(N_("不是填报内容，或表头、识别号、编号也被改动，无法对应到办件"))


def _offer(
    changed: Changed, sent: Revision, package: Package, here: CaseView | Sentence, edited: set[str]
) -> Offer:
    """What taking the cell over comes to: the fact here must still be what was sent. A row of a roster must be the one
    that was sent, but for the cells that were changed in it."""
    owner = changed.owner
    assert owner is not None
    programme = programme_of(sent.body["programme"])[1]
    shape = programme.row_shape if owner.row else programme.shape
    field = None if shape is None else next((f for f in shape.fields if f.key == changed.fact), None)
    path = f"{ROSTER}[{owner.row - 1}].{changed.fact}" if owner.row else changed.fact
    offer = Offer(changed, owner.case, path, private=field is None or field.is_masked)
    if isinstance(here, Sentence):
        return replace(offer, refusal=here)
    if field is None:
        return replace(offer, refusal=Sentence(N_("本版本的程序没有此项内容")))
    facts = here.facts
    if owner.row:
        rows = facts.get(ROSTER) or []
        facts = rows[owner.row - 1] if owner.row <= len(rows) else {}
        before: list[dict[str, Any]] = json.loads(package.contents[sent.body[ROSTER]][1])
        if _without(facts, edited) != _without(before[owner.row - 1], edited):
            return replace(offer, refusal=Sentence(N_("该行此后已有改动，请在办件中直接修改")))
    shown = shown_text(field, facts.get(field.key))
    if shown == changed.now:
        return replace(offer, refusal=Sentence(N_("办件中已是此内容")))
    if shown != changed.was:
        return replace(offer, refusal=Sentence(N_("办件中已另有改动，与数据包所记不同，请在办件中直接修改")))
    try:
        value = to_json(field.kind, changed.now)
        if value is not None:
            field.kind.read(value)
    except Invalid as error:
        where = place(programme, path)
        return replace(offer, refusal=Sentence(N_("{where}不能这样填：{why}"), where=where, why=error.sentence))
    return replace(offer, value=value, applicant=here.row.applicant, where=place(programme, path))


def _without(facts: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key not in keys}
