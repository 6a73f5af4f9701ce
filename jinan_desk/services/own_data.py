"""A person's own data: everything that this store holds about one person, to be printed for them.

Whoever's data is kept may ask what it is and have a copy (个人信息保护法 45). Found by the ID number, as applicant and
in rosters, in every version of a case that there ever was: what was corrected or left out later is still kept, and is
told with the day on which it was written. Of a roster only the person's own row, and what was found of it, is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.field import ROSTER, Shape
from jinan_desk.core.identity import read_id_number
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.revision import Revision
from jinan_desk.core.role import HANDLERS, KEEPS
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.changes import shown
from jinan_desk.services.drafts import count_drafts_naming
from jinan_desk.services.offices import partners
from jinan_desk.services.roles import demand
from jinan_desk.store import CaseRow, Store

_APPLICANT = N_("申请人")
_NAMED = N_("其他填报内容")


@dataclass(frozen=True, slots=True)
class Version:
    """What a case said about the person from a time on (UTC), and who wrote it: as what the person stands in it, and
    each thing by its label. Nothing any more where the person was left out."""

    at: str
    account: str
    place: Sentence
    told: tuple[tuple[Sentence, Sentence], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What one case holds about the person, the newest version last."""

    row: CaseRow
    programme: Sentence
    stage: Sentence
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """All there is: the number, the names under which it stands, the cases, how many drafts name it, and the offices
    with which packages are exchanged."""

    number: str
    names: tuple[str, ...]
    kept: tuple[Kept, ...]
    drafts: int
    offices: tuple[str, ...]


class OwnData:
    """Looking it up in one store, by `account`."""

    def __init__(self, store: Store, *, account: str) -> None:
        self._store = store
        self._account = account

    def of(self, given: str) -> PersonalFile:
        """Everything about the person with this ID number. Raises DeskError for what is no such number, or where
        nothing is kept."""
        demand(self._store, self._account, HANDLERS | KEEPS)
        number = read_id_number(given)
        if number is None:
            raise DeskError(Sentence(N_("请写本人 18 位居民身份证号码")))
        kept = [self._kept(case, number) for case in self._store.cases_naming(number)]
        kept.sort(key=lambda one: (one.row.on, one.row.case))
        drafts = count_drafts_naming(self._store, number)
        if not kept and not drafts:
            raise DeskError(Sentence(N_("没有保存与该证件号码有关的任何信息")))
        names = {name for one in kept for name in self._names(one.row.case, number)}
        offices = tuple(office.name for office in partners(self._store).values())
        return PersonalFile(number, tuple(sorted(names)), tuple(kept), drafts, offices)

    def _kept(self, case: str, number: str) -> Kept:
        row = self._store.case(case)
        pair = find(row.programme)
        programme = pair[1] if pair is not None else None
        versions: list[Version] = []
        for revision in self._store.history(case):
            version = self._version(revision, number, programme)
            before = (versions[-1].place, versions[-1].told) if versions else (Sentence(""), ())
            if (version.place, version.told) != before:
                versions.append(version)
        name = row.programme if programme is None else f"{row.programme} {programme.name}"
        return Kept(row, Sentence(name), Sentence(STAGE_LABELS[Stage(row.stage)]), tuple(versions))

    def _version(self, revision: Revision, number: str, programme: Programme | None) -> Version:
        facts = revision.body["facts"]
        places: list[Sentence] = []
        told: list[tuple[Sentence, Sentence]] = []
        decided = programme is not None and programme.route is not Route.SERVE
        if number in facts.values():
            places.append(Sentence(_APPLICANT if facts.get("id_number") == number else _NAMED))
            told += _labelled(facts, programme.shape if programme is not None else None)
            told += [_judged(self._determination(revision))] if decided else []
        for place, entry in enumerate(self._rows(revision), start=1):
            if number in entry.values():
                places.append(Sentence(N_("名单第 {row} 行"), row=place))
                told += _labelled(entry, programme.row_shape if programme is not None else None)
                told += [_judged(row) for row in self._determination(revision).get("rows", ())[place - 1 : place]]
        words = listed(places) if places else Sentence(N_("已从该办件中删去"))
        return Version(revision.at, revision.account, words, tuple(told))

    def _rows(self, revision: Revision) -> list[dict[str, Any]]:
        key = revision.body[ROSTER]
        rows: list[dict[str, Any]] = json.loads(self._store.content(key)) if key else []
        return rows

    def _determination(self, revision: Revision) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._store.content(revision.body["determination"]))
        return found

    def _names(self, case: str, number: str) -> Iterator[str]:
        for revision in self._store.history(case):
            facts = revision.body["facts"]
            if facts.get("id_number") == number and facts.get("applicant_name"):
                yield facts["applicant_name"]
            for entry in self._rows(revision):
                if entry.get("id_number") == number and entry.get("name"):
                    yield entry["name"]


def _judged(found: Mapping[str, Any]) -> tuple[Sentence, Sentence]:
    """What was found of the person: in the shape of a determination or of one of its rows."""
    outcome = Sentence(OUTCOME_LABELS[Outcome(found["outcome"])])
    if found["amount"] is None:
        return Sentence(N_("认定结果")), outcome
    return Sentence(N_("认定结果")), Sentence(N_("{outcome}，{amount} 元"), outcome=outcome, amount=found["amount"])


def _labelled(values: Mapping[str, Any], shape: Shape | None) -> Iterator[tuple[Sentence, Sentence]]:
    """Each value with its label; by its key where this version of the program does not know it."""
    fields = {} if shape is None else {field.key: field for field in shape.fields}
    for key, value in values.items():
        field = fields.get(key)
        if field is None:
            yield Sentence("{key}", key=key), Sentence("{value}", value=str(value))
        else:
            yield Sentence(field.label), shown(field, value)
