"""政策找人 for one unit or person: everything that any programme asks of it, each thing once, and what comes of it.

A fact that several programmes ask for in the same words is one question. Texts are kept as they were typed; a wrong one
counts as unknown. With the answers a case of any of the programmes can be begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jinan_desk.core.applicant import APPLICANT_FIELDS, APPLICANT_LABELS, Applicant
from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.field import Field
from jinan_desk.core.kind import CreditCode, Day, DistrictCode, IdNumber, Invalid
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.text import N_, Sentence
from jinan_desk.services.entry import Entry, read, read_texts
from jinan_desk.services.matching import Asked, Match, Matcher, open_to

_WHO = (IdNumber, CreditCode, DistrictCode)
_NAME = "applicant_name"
_DAY = Day()


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together, under a title."""

    title: Sentence
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The match with each programme, and by question what is wrong with its text."""

    matches: tuple[Match, ...]
    wrong: Mapping[str, Sentence]


class Questionnaire:
    """All that the programmes open to an applicant ask for, the roster aside."""

    def __init__(self, applicant: Applicant) -> None:
        self.applicant = applicant
        self.programmes = open_to(applicant)
        self._questions: dict[Asked, Field] = {}
        self._asked_by: dict[str, list[Programme]] = {}
        for programme in self.programmes:
            for field in programme.shape.fields:
                asked = _asked(field)
                if asked not in self._questions:
                    self._questions[asked] = self._question(field)
                self._asked_by.setdefault(self._questions[asked].key, []).append(programme)
        self.groups = tuple(group for group in self._grouped() if group.fields)

    def _question(self, field: Field) -> Field:
        """The field under a key of its own; another fact of the same key gets a number."""
        taken = sum(asked.key == field.key for asked in self._questions)
        return replace(field, key=f"{field.key}_{taken + 1}") if taken else field

    def _grouped(self) -> Iterator[Group]:
        own = {_asked(field) for field in APPLICANT_FIELDS[self.applicant]}
        asked = self._questions.items()
        who = [f for one, f in asked if one in own and (f.key == _NAME or isinstance(f.kind, _WHO))]
        yield Group(Sentence(APPLICANT_LABELS[self.applicant]), tuple(who))
        rest = [field for one, field in asked if one not in own]
        shared = tuple(field for field in rest if len(self._asked_by[field.key]) > 1)
        yield Group(Sentence(N_("多个事项共用")), shared)
        for programme in self.programmes:
            only = tuple(field for field in rest if self._asked_by[field.key] == [programme])
            title = Sentence(N_("{code} {name}"), code=programme.code, name=Sentence(programme.name))
            yield Group(title, only)

    def field(self, key: str) -> Field:
        """The question of that key."""
        return next(field for field in self._questions.values() if field.key == key)

    def asked_by(self, key: str) -> tuple[Programme, ...]:
        """The programmes that ask a question."""
        return tuple(self._asked_by[key])

    def question(self, programme: Programme, key: str) -> str:
        """The key of the question for a fact of a programme; "" where it is none (a roster, a parameter)."""
        field = programme.fields.get(key)
        return self._questions[_asked(field)].key if field is not None else ""

    def blank(self, on: date) -> Entry:
        """The questions without any answers, in the shape of an entry."""
        asked = Programme("", "", Route.INFORM, self.applicant, facts=tuple(self._questions.values()))
        return Entry(asked, on.isoformat(), {})

    def begin(self, programme: Programme, given: Entry) -> Entry:
        """An entry of a programme with what was answered and what it asks for."""
        texts = {key: given.texts.get(self.question(programme, key), "") for key in programme.fields}
        return Entry(programme, given.on, {key: text for key, text in texts.items() if text})

    def match(self, given: Entry, on: date, parameters: ParameterSet) -> Answers:
        """What every programme is to who has given these answers."""
        matcher: Matcher[Match] = Matcher(self.programmes, on, parameters, lambda match: match)
        fields = tuple(self._questions[asked] for asked in matcher.asked)
        texts = [given.texts.get(field.key, "") for field in fields]
        known, wrong = read_texts(fields, texts)
        values: list[Any] = [
            field.kind.read(known[field.key]) if field.key in known else None for field in fields
        ]
        matches = tuple(matcher.match(values))
        contradictions = {
            self.question(match.programme, key): sentence for match in matches for key, sentence in match.wrong
        }
        return Answers(matches, contradictions | wrong)


def _asked(field: Field) -> Asked:
    return Asked(field.key, field.label, field.kind)


def day_of(text: str) -> date | None:
    """A day as it is typed, None while it cannot be read."""
    try:
        given = read(_DAY, text)
    except Invalid:
        return None
    return None if given is None else _DAY.read(given)
