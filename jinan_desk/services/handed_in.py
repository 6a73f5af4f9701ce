"""Documents handed in (材料) for a case: of each that its programme asks for whether it is here, since when, how many
copies, and a note.

In a revision's body they stand under `documents` by name, in the programme's order, those about which anything is
known: `[{"name": "营业执照", "received": true, "on": "2020-03-20", "copies": 1, "note": ""}, …]`. Typed they are texts
of an entry beside its facts, so that they are undone, kept and saved together with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jinan_desk.core.field import Field
from jinan_desk.core.kind import Count, Day, Text
from jinan_desk.core.measure import Document, Programme
from jinan_desk.core.text import N_, Sentence
from jinan_desk.services.entry import read_texts

DOCUMENTS = "documents"
"""The key of a body."""

YES = N_("是")
_RECEIVED, _ON, _COPIES, _NOTE = "received", "on", "copies", "note"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A document of a case. `on` is an ISO day, "" where it is not known; `copies` is 0 where nobody counted."""

    name: str
    received: bool = False
    on: str = ""
    copies: int = 0
    note: str = ""


def handed_in(programme: Programme, body: Mapping[str, Any]) -> tuple[HandedIn, ...]:
    """Every document of the case: those that the programme asks for, then any that only the body knows."""
    known = {given["name"]: HandedIn(**given) for given in body.get(DOCUMENTS, ())}
    asked = [known.pop(document.name, HandedIn(document.name)) for document in programme.documents]
    return (*asked, *known.values())


def as_body(documents: Sequence[HandedIn]) -> list[dict[str, Any]]:
    """What of them is kept in a body."""
    return [asdict(document) for document in documents if document != HandedIn(document.name)]


def missing(documents: Sequence[HandedIn]) -> list[str]:
    """The names of those that are not here."""
    return [document.name for document in documents if not document.received]


# As they are typed --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """The fields in which a document that a programme asks for is typed; `received` holds `YES` or nothing."""

    document: Document
    received: str
    on: Field
    copies: Field
    note: Field


def document_fields(programme: Programme) -> Iterator[DocumentFields]:
    """The fields of every document, in the programme's order."""
    for place, document in enumerate(programme.documents):
        start = f"document.{place}."
        yield DocumentFields(
            document,
            start + _RECEIVED,
            Field(start + _ON, Day(), N_("收到日期"), required=False),
            Field(start + _COPIES, Count(), N_("份数"), required=False),
            Field(start + _NOTE, Text(), N_("备注"), required=False),
        )


def typed(programme: Programme, documents: Sequence[HandedIn]) -> dict[str, str]:
    """The texts that somebody would have typed."""
    known = {document.name: document for document in documents}
    texts = {}
    for fields in document_fields(programme):
        document = known.get(fields.document.name, HandedIn(fields.document.name))
        texts[fields.received] = YES if document.received else ""
        texts[fields.on.key] = document.on
        texts[fields.copies.key] = str(document.copies or "")
        texts[fields.note.key] = document.note
    return {key: text for key, text in texts.items() if text}


def read(
    programme: Programme, texts: Mapping[str, str], before: Sequence[HandedIn]
) -> tuple[tuple[HandedIn, ...], dict[str, Sentence]]:
    """The documents of the texts and, by key, what is wrong. What was there `before` and is not asked for stays."""
    found: list[HandedIn] = []
    wrong: dict[str, Sentence] = {}
    for fields in document_fields(programme):
        line = (fields.on, fields.copies, fields.note)
        given, bad = read_texts(line, [texts.get(field.key, "") for field in line])
        wrong |= bad
        found.append(
            HandedIn(
                fields.document.name,
                texts.get(fields.received) == YES,
                given.get(fields.on.key, ""),
                given.get(fields.copies.key, 0),
                given.get(fields.note.key, ""),
            )
        )
    asked = {document.name for document in programme.documents}
    return (*found, *(document for document in before if document.name not in asked)), wrong
