"""What was changed from one revision of a case to the next, field by field, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from string import ascii_uppercase
from typing import Any

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import place_name
from jinan_desk.core.field import ROSTER, Field
from jinan_desk.core.identity import masked
from jinan_desk.core.kind import Invalid
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import figures
from jinan_desk.core.revision import HOLDER, Revision, canonical
from jinan_desk.core.text import N_, Sentence, quantity
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.measures import find
from jinan_desk.services.handed_in import HandedIn, handed_in

_NOTHING = N_("（空）")
Content = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was `old` and is `new`. `private`: these are numbers that a screen shows only when asked."""

    what: Sentence
    old: Sentence
    new: Sentence
    private: bool = False

    def veiled(self) -> Change:
        """The same with private numbers masked."""
        if not self.private:
            return self
        old, new = (Sentence("{value}", value=masked(value.read())) for value in (self.old, self.new))
        return replace(self, old=old, new=new)

    def sentence(self) -> Sentence:
        """The change in one line."""
        return Sentence(N_("{what}：{old} → {new}"), what=self.what, old=self.old, new=self.new)


def changes_in(history: Sequence[Revision], content: Content) -> dict[str, tuple[Change, ...]]:
    """By revision id what it changed against its parent, or, where it settled a conflict, against each side; nothing
    for a first revision, or for a programme that this version does not have. `content` reads what is kept beside
    revisions by its hash."""
    known = {revision.id: revision for revision in history}
    found = {}
    for revision in history:
        before = [known[parent] for parent in revision.parents if parent in known]
        pair = find(revision.body["programme"])
        if pair is None or not before:
            continue
        if len(before) == 1:
            found[revision.id] = tuple(_changes(pair[1], before[0].body, revision.body, content))
        else:
            found[revision.id] = tuple(_settled(pair[1], before, revision.body, content))
    return found


def _settled(
    programme: Programme, sides: Sequence[Revision], after: Mapping[str, Any], content: Content
) -> Iterator[Change]:
    """What is no longer as it was on each side of a conflict, its stage among it."""
    for letter, side in zip(ascii_uppercase, sides, strict=False):
        changes = list(_changes(programme, side.body, after, content))
        if side.body["stage"] != after["stage"]:
            changes.insert(0, Change(Sentence(N_("办理阶段")), _stage(side.body), _stage(after)))
        for change in changes:
            words = N_("不取版本 {letter}（{office}）的{what}")
            what = Sentence(words, letter=letter, office=place_name(side.origin.office), what=change.what)
            yield replace(change, what=what)


def _changes(
    programme: Programme, before: Mapping[str, Any], after: Mapping[str, Any], content: Content
) -> Iterator[Change]:
    if before["on"] != after["on"]:
        yield Change(Sentence(N_("申请日期")), Sentence(before["on"]), Sentence(after["on"]))
    for field in programme.shape.fields:
        yield from _of_field(field, Sentence(field.label), before["facts"], after["facts"])
    if before.get(ROSTER) != after.get(ROSTER):
        yield from _of_roster(programme, _rows(before, content), _rows(after, content))
    yield from _of_documents(handed_in(programme, before), handed_in(programme, after))
    if after.get(HOLDER) and before.get(HOLDER) != after[HOLDER]:
        held = Sentence(_NOTHING) if not before.get(HOLDER) else place_name(before[HOLDER])
        yield Change(Sentence(N_("办理机构")), held, place_name(after[HOLDER]))
    if before["outcome"] != after["outcome"]:
        yield Change(Sentence(N_("认定结果")), _outcome(before), _outcome(after))
    if before["amount"] != after["amount"]:
        yield Change(Sentence(N_("金额（元）")), _amount(before), _amount(after))


def _of_field(field: Field, what: Sentence, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = before.get(field.key), after.get(field.key)
    if old != new:
        yield Change(what, shown(field, old), shown(field, new), field.is_masked)


def _of_roster(
    programme: Programme, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    """Rows that came, went, or are others. Rows that stand for the same person are compared field by field."""
    shape = programme.row_shape
    if shape is None:
        return
    matcher = SequenceMatcher(None, [canonical(row) for row in before], [canonical(row) for row in after], False)
    for action, first, last, new_first, new_last in matcher.get_opcodes():
        if action == "equal":
            continue
        shared = min(last - first, new_last - new_first)
        for offset in range(shared):
            old, new = before[first + offset], after[new_first + offset]
            for field in shape.fields:
                what = Sentence(
                    N_("名单第 {row} 行“{label}”"), row=new_first + offset + 1, label=Sentence(field.label)
                )
                yield from _of_field(field, what, old, new)
        for place in range(first + shared, last):
            yield Change(_row(place), Sentence(_name(before[place])), Sentence(N_("已删除")))
        for place in range(new_first + shared, new_last):
            yield Change(_row(place), Sentence(N_("新增")), Sentence(_name(after[place])))


def _of_documents(before: Sequence[HandedIn], after: Sequence[HandedIn]) -> Iterator[Change]:
    known = {document.name: document for document in before}
    for new in after:
        old = known.get(new.name, HandedIn(new.name))
        if old != new:
            yield Change(Sentence(N_("材料“{name}”"), name=Sentence(new.name)), told(old), told(new))


def told(document: HandedIn) -> Sentence:
    """A document handed in, in words."""
    told = Sentence(N_("未收"))
    if document.received:
        told = Sentence(N_("已收 {on} {copies} 份"), on=document.on or "—", copies=document.copies or "—")
    return Sentence("{told}，{note}", told=told, note=document.note) if document.note else told


def _row(place: int) -> Sentence:
    return Sentence(N_("名单第 {row} 行"), row=place + 1)


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("name") or "—")


def _rows(body: Mapping[str, Any], content: Content) -> list[Mapping[str, Any]]:
    key = body.get(ROSTER)
    rows: list[Mapping[str, Any]] = json.loads(content(key)) if key else []
    return rows


def shown(field: Field, value: Any) -> Sentence:
    """A stored value in words; as it stands where this version cannot read it."""
    if value is None or value == "":
        return Sentence(_NOTHING)
    try:
        return quantity(field.kind.show(field.kind.read(value)), field.unit)
    except Invalid:
        return Sentence("{value}", value=str(value))


def _stage(body: Mapping[str, Any]) -> Sentence:
    return Sentence(STAGE_LABELS[Stage(body["stage"])])


def _outcome(body: Mapping[str, Any]) -> Sentence:
    return Sentence(OUTCOME_LABELS[Outcome(body["outcome"])])


def _amount(body: Mapping[str, Any]) -> Sentence:
    return Sentence("{value}", value=figures(body["amount"])) if body["amount"] is not None else Sentence(_NOTHING)
