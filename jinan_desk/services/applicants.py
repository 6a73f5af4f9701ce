"""What a number tells of an applicant: an ID number by itself, and either number by the cases that name it already."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jinan_desk.core.applicant import APPLICANT_FIELDS, Applicant
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.identity import age_on, birth_date, is_female, read_credit_code, read_id_number
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_, Sentence
from jinan_desk.services import entry
from jinan_desk.store import CaseFilter, CaseRow, Store

NUMBERS = {Applicant.UNIT: "credit_code", Applicant.PERSON: "id_number"}
"""The key of the fact that tells one applicant from another."""

_LOOKED_AT = 50
_LISTED = 5
_AREA = 6
_CATEGORY = 2
"""Characters of a credit code before its area: who registers, and what kind of organisation (GB 32100)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What stands in an ID number. `district` is the code of the one in Jinan where it was given, "" for any other."""

    born: date
    female: bool
    district: str

    def sentence(self, on: date) -> Sentence:
        """The same in words, with the age on that day."""
        return Sentence(
            N_("{sex}，{born} 出生，{age} 周岁{place}"),
            sex=Sentence(N_("女") if self.female else N_("男")),
            born=self.born.isoformat(),
            age=age_on(self.born, on),
            place=f"，{DISTRICTS[self.district].name}" if self.district else "",
        )


def identity(text: str) -> Identity | None:
    """What an ID number tells, as it was typed; None where it is none."""
    number = read_id_number(text)
    born = birth_date(number) if number is not None else None
    if number is None or born is None:
        return None
    return Identity(born, is_female(number), _in_jinan(number[:_AREA]))


def district_of(applicant: Applicant, text: str) -> str | None:
    """The code of the district in Jinan where the number was given (of a unit: where it is registered), "" for any
    other place; None where the text is no number."""
    number = _number(applicant, text)
    if number is None:
        return None
    return _in_jinan(number[:_AREA] if applicant is Applicant.PERSON else number[_CATEGORY : _CATEGORY + _AREA])


def _in_jinan(area: str) -> str:
    return area if area in DISTRICTS else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an applicant: texts by the key of an applicant's field as somebody would type them, and cases
    in which it applied or stands in a roster, the newest first, of which `cases` are the first."""

    texts: Mapping[str, str]
    cases: tuple[CaseRow, ...]
    count: int


class Applicants:
    """The applicants that a store knows from its cases."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, programme: Programme, text: str, *, besides: str = "") -> Known | None:
        """What other cases than `besides` say of the applicant of that number; None where it is none, or of nobody."""
        number = _number(programme.applicant, text)
        if number is None:
            return None
        wanted = CaseFilter(text=number)
        found = [row for row in self._store.cases(wanted, limit=_LOOKED_AT) if row.case != besides]
        if not found:
            return None
        texts: dict[str, str] = {}
        for said in self._sayings(programme.applicant, number, found):
            for key, value in said.items():
                texts.setdefault(key, value)
        count = self._store.count(wanted) - (1 if besides else 0)
        return Known(texts, tuple(found[:_LISTED]), max(count, len(found)))

    def _sayings(self, applicant: Applicant, number: str, rows: list[CaseRow]) -> Iterator[dict[str, str]]:
        """What each case says: those in which it applied before those that name it in a roster."""
        own = [row for row in rows if number in (row.credit_code, row.id_number)]
        fields = [declared for declared in APPLICANT_FIELDS[applicant] if declared.key != NUMBERS[applicant]]
        for row in own:
            facts = self._store.revision(row.head).body["facts"]
            yield {f.key: entry.write(f.kind, facts[f.key]) for f in fields if facts.get(f.key) is not None}
        if applicant is Applicant.PERSON:
            for row in rows:
                yield from ({"applicant_name": name} for name in self._named(row, number) if row not in own)

    def _named(self, row: CaseRow, number: str) -> Iterator[str]:
        """The name that the case's roster has for the number."""
        roster = self._store.revision(row.head).body["roster"]
        people = json.loads(self._store.content(roster)) if roster else ()
        yield from (person["name"] for person in people if person.get("id_number") == number and person.get("name"))


def _number(applicant: Applicant, text: str) -> str | None:
    if applicant is Applicant.NONE:
        return None
    return read_id_number(text) if applicant is Applicant.PERSON else read_credit_code(text)
