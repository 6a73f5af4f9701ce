"""The newest revisions of a case in conflict, taken apart: what differs between them, piece by piece, and back again.

A **piece** is what a person chooses as one: a fact, the roster's row of one person, a document handed in, the number
with the day of receipt, where the case stands (stage, since when, due, granted and paid when, held by whom, and the
result with which it got there, where facts may no longer be changed). Of what was noted beside them, follow-ups and
clearances of findings, nothing is chosen: both sides' are kept.

Pure: bodies and rosters in, bodies and rosters out. Whether something may be settled like that is `conflicts`' concern.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import place_name
from jinan_desk.core.field import ROSTER
from jinan_desk.core.grant import GRANTED_ON, PAID_ON
from jinan_desk.core.identity import masked
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import figures
from jinan_desk.core.record import CLOSING, FOLLOW_UPS
from jinan_desk.core.revision import HOLDER, canonical
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workflow import EDITABLE, STAGE_LABELS, Stage
from jinan_desk.services.changes import shown, told
from jinan_desk.services.handed_in import DOCUMENTS, HandedIn
from jinan_desk.services.judgement import CLEARED

FORMER_NUMBERS = "former_numbers"
"""The key of a body under which numbers stand that a case was given beside the one it kept."""

Key = tuple[str, str]
Pieces = dict[Key, Any]
Rows = Sequence[Mapping[str, Any]]

ON: Key = ("on", "")
NUMBER: Key = ("number", "")
STAGE: Key = ("stage", "")
_KNOWN: Key = ("roster_known", "")
_NUMBER = ("number", "received_on")
_STAGE = ("stage", "stage_since", "due_on", GRANTED_ON, PAID_ON, HOLDER, CLOSING)
_PLACES = {"stage": -3, "number": -2, "on": -1, "facts": 0, ROSTER: 1, DOCUMENTS: 2, "body": 3}
_KEPT_OF_ALL = (FOLLOW_UPS, CLEARED, FORMER_NUMBERS)
_DERIVED = ("determination", "outcome", "amount")
_ELSEWHERE = {"on", "facts", ROSTER, DOCUMENTS, *_NUMBER, *_STAGE, *_KEPT_OF_ALL, *_DERIVED}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the newest revisions: its body, and the rows of its roster (None where it has none)."""

    body: Mapping[str, Any]
    rows: Rows | None


def taken_apart(side: Side, programme: Programme | None) -> Pieces:
    """The pieces of a side. `programme` is None where this version of the program does not know it."""
    body = side.body
    pieces: Pieces = {ON: body["on"]}
    pieces |= {("facts", key): value for key, value in body["facts"].items()}
    pieces |= {(ROSTER, person): dict(row) for person, row in by_person(side.rows or (), programme)}
    pieces |= {(DOCUMENTS, document["name"]): document for document in body.get(DOCUMENTS, ())}
    pieces[NUMBER] = {key: body[key] for key in _NUMBER} if body["number"] else None
    pieces[STAGE] = {key: body[key] for key in _STAGE if key in body}
    if Stage(body["stage"]) not in EDITABLE:
        pieces[STAGE]["result"] = {key: body[key] for key in _DERIVED}
    pieces[_KNOWN] = side.rows is not None
    return pieces | {("body", key): value for key, value in body.items() if key not in _ELSEWHERE}


def by_person(rows: Rows, programme: Programme | None) -> list[tuple[str, Mapping[str, Any]]]:
    """Each row with what it is known by: the person's number, else the name, else its first field; a second row of
    the same person is told apart by its place among them."""
    shape = programme.row_shape if programme is not None else None
    first = shape.fields[0].key if shape is not None else ""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        sign = str(row.get("id_number") or row.get("name") or row.get(first) or canonical(dict(row)).decode())
        seen[sign] = seen.get(sign, 0) + 1
        found.append((f"{sign} {seen[sign]}", row))
    return found


def differing(sides: Sequence[Pieces]) -> list[Key]:
    """The pieces that are not the same on all sides: where the case stands first, then facts, rows, documents. A number
    that only some have is nothing to choose: it is kept."""
    keys = sorted(dict.fromkeys(key for side in sides for key in side), key=lambda key: _PLACES.get(key[0], 0))
    return [key for key in keys if key != _KNOWN and len(_values(sides, key)) > 1 and not _is_one_number(sides, key)]


def _values(sides: Sequence[Pieces], key: Key) -> set[bytes]:
    return {canonical(side.get(key)) for side in sides}


def _is_one_number(sides: Sequence[Pieces], key: Key) -> bool:
    return key == NUMBER and len(_values(sides, key) - {canonical(None)}) == 1


def proposals(sides: Sequence[Pieces], base: Pieces | None, trusted: Sequence[bool]) -> dict[Key, int]:
    """Of the differing pieces those that one side alone has changed since `base`, with that side; nothing is proposed
    that both have changed, or a side that is not `trusted`."""
    found: dict[Key, int] = {}
    if base is None:
        return found
    for key in differing(sides):
        before = canonical(base.get(key))
        changed = [place for place, side in enumerate(sides) if canonical(side.get(key)) != before]
        if len({canonical(sides[place].get(key)) for place in changed}) == 1 and trusted[changed[0]]:
            found[key] = changed[0]
    return found


def put_together(
    sides: Sequence[Side], apart: Sequence[Pieces], chosen: Mapping[Key, int], *, derived_from: int
) -> tuple[dict[str, Any], dict[str, Any], list[Mapping[str, Any]] | None]:
    """The body, the facts and the rows of the choice: of what differs the side that is chosen for it, of what does
    not any. The outcome and what belongs to it are those of the side `derived_from` until they are determined anew."""
    keys = list(dict.fromkeys(key for pieces in apart for key in pieces))
    numbered = [pieces[NUMBER] for pieces in apart if pieces[NUMBER] is not None]
    result: Pieces = {}
    for key in keys:
        value = apart[chosen[key]].get(key) if key in chosen else apart[0].get(key)
        if key == NUMBER and key not in chosen:
            value = numbered[0] if numbered else None
        if value is not None:
            result[key] = value
    rows = [value for key, value in result.items() if key[0] == ROSTER]
    body: dict[str, Any] = {key: sides[derived_from].body[key] for key in (ROSTER, *_DERIVED)}
    body |= {key: value for (kind, key), value in result.items() if kind == "body"}
    body |= {"on": result[ON], **{key: value for key, value in result[STAGE].items() if key in _STAGE}}
    body |= result.get(NUMBER) or dict.fromkeys(_NUMBER, "")
    documents = [value for key, value in result.items() if key[0] == DOCUMENTS]
    if documents:
        body[DOCUMENTS] = documents
    body |= _kept_of_all([side.body for side in sides], body["number"])
    facts = {key: value for (kind, key), value in result.items() if kind == "facts"}
    body["facts"] = facts
    return body, facts, rows if rows or any(pieces[_KNOWN] for pieces in apart) else None


def _kept_of_all(bodies: Sequence[Mapping[str, Any]], number: str) -> dict[str, Any]:
    events = {canonical(event): event for body in bodies for event in body.get(FOLLOW_UPS, ())}
    cleared: dict[str, Any] = {}
    for body in bodies:
        cleared |= body.get(CLEARED, {})
    numbers = {one for body in bodies for one in (body["number"], *body.get(FORMER_NUMBERS, ())) if one}
    found = {
        FOLLOW_UPS: sorted(events.values(), key=lambda event: event["on"]),
        CLEARED: cleared,
        FORMER_NUMBERS: sorted(numbers - {number}),
    }
    return {key: value for key, value in found.items() if value}


# In words -----------------------------------------------------------------------------------------------------------

_NOTHING = N_("（空）")


def what(key: Key, sides: Sequence[Pieces], programme: Programme | None) -> Sentence:
    """What a piece is called."""
    kind, name = key
    if kind == "facts":
        fields = programme.shape.fields if programme is not None else ()
        return Sentence(next((field.label for field in fields if field.key == name), name))
    if kind == ROSTER:
        row = next(side[key] for side in sides if side.get(key) is not None)
        number = str(row.get("id_number") or "")
        called = str(row.get("name") or name.rpartition(" ")[0])
        return Sentence(N_("名单：{name}"), name=f"{called} {masked(number)}" if number else called)
    if kind == DOCUMENTS:
        return Sentence(N_("材料“{name}”"), name=Sentence(name))
    return Sentence({"on": N_("申请日期"), "number": N_("编号"), "stage": N_("办理阶段")}.get(kind, name))


def values(
    key: Key, sides: Sequence[Pieces], programme: Programme | None, *, veiled: bool = False
) -> tuple[Sentence, ...]:
    """What each side has for the piece, in words; `veiled`: with private numbers masked."""
    if key[0] == ROSTER:
        return tuple(_row_in_words([side.get(key) for side in sides], programme, veiled=veiled))
    return tuple(_in_words(key, side.get(key), programme, veiled=veiled) for side in sides)


def _in_words(key: Key, value: Any, programme: Programme | None, *, veiled: bool) -> Sentence:
    kind, name = key
    if kind == DOCUMENTS:
        return told(HandedIn(**value) if value is not None else HandedIn(name))
    if value is None or value == "":
        return Sentence(_NOTHING)
    if kind == "facts":
        fields = programme.shape.fields if programme is not None else ()
        field = next((field for field in fields if field.key == name), None)
        words = Sentence("{value}", value=str(value)) if field is None else shown(field, value)
        return _masked(words) if veiled and (field is None or field.is_masked) else words
    if kind == "number":
        return Sentence(N_("{number}（{on} 收件）"), number=value["number"], on=value["received_on"])
    if kind == "stage":
        return _stage_in_words(value)
    return Sentence("{value}", value=str(value))


def _stage_in_words(value: Mapping[str, Any]) -> Sentence:
    stage = Sentence(STAGE_LABELS[Stage(value["stage"])])
    parts = [Sentence(N_("{stage}（{since} 起）"), stage=stage, since=value["stage_since"])]
    if value.get(HOLDER):
        parts.append(Sentence(N_("由{office}办理"), office=place_name(value[HOLDER])))
    if "result" in value:
        parts.append(result_in_words(value["result"]))
    return joined(parts)


def _masked(told: Sentence) -> Sentence:
    return Sentence("{value}", value=masked(told.read()))


def _row_in_words(
    rows: Sequence[Mapping[str, Any] | None], programme: Programme | None, *, veiled: bool
) -> Iterable[Sentence]:
    """Of each row the fields in which those that are there differ; of one that is not that it is not."""
    shape = programme.row_shape if programme is not None else None
    there = [row for row in rows if row is not None]
    fields = [] if shape is None else [f for f in shape.fields if len({canonical(r.get(f.key)) for r in there}) > 1]
    for row in rows:
        if row is None:
            yield Sentence(N_("不在名单中"))
        elif not fields:
            yield Sentence(N_("在名单中"))
        else:
            words = N_("{label}：{value}")
            found = [(f, shown(f, row.get(f.key))) for f in fields]
            yield joined(
                Sentence(words, label=Sentence(f.label), value=_masked(value) if veiled and f.is_masked else value)
                for f, value in found
            )


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """Several sentences in one, apart by semicolons."""
    return listed(sentences, N_("；"))


def result_in_words(body: Mapping[str, Any]) -> Sentence:
    """What a side's facts came to."""
    outcome = Sentence(OUTCOME_LABELS[Outcome(body["outcome"])])
    if body["amount"] is None:
        return outcome
    return Sentence(N_("{outcome}，{amount} 元"), outcome=outcome, amount=figures(body["amount"]))
