"""A case as it stood at one of its revisions: what every paper is filled from.

Never from the clock and never from what came later, so that the same revision gives the same paper in three years.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.field import ROSTER
from jinan_desk.core.measure import Programme
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import Sentence
from jinan_desk.core.workflow import Stage
from jinan_desk.services.cases import programme_of
from jinan_desk.services.changes import Change, changes_in
from jinan_desk.services.paper_kinds import ADVANCE


@dataclass(frozen=True, slots=True)
class PaperCase:
    """A case at a revision: that revision and those before it (oldest first), its facts in JSON shape with the roster,
    its stored determination; `changes` works out, by revision, what each of them changed."""

    programme: Programme
    revision: Revision
    history: tuple[Revision, ...]
    facts: dict[str, Any]
    determination: dict[str, Any]
    changes: Callable[[], Mapping[str, Sequence[Change]]] = dict

    @property
    def body(self) -> Any:
        return self.revision.body

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The roster as it was handed in."""
        rows: list[dict[str, Any]] = self.facts.get(ROSTER) or []
        return rows

    def entered(self, stage: Stage) -> Revision | None:
        """The revision by which the case last entered the stage."""
        return next(
            (r for r in reversed(self.history) if r.action == ADVANCE and r.body["stage"] == stage), None
        )

    def shown(self, key: str) -> str:
        """A fact of the case in words, "" where it is unknown or not asked for."""
        field = self.programme.fields.get(key)
        value = self.facts.get(key)
        if field is None or value is None:
            return ""
        return Sentence("{value}", value=field.kind.show(field.kind.read(value))).read()


def as_of(
    revision: Revision, history: Sequence[Revision], content: Callable[[str], bytes]
) -> PaperCase:
    """The case at the revision; `content` reads what is kept beside revisions by its hash."""
    facts = dict(revision.body["facts"])
    if revision.body["roster"]:
        facts[ROSTER] = json.loads(content(revision.body["roster"]))
    course = up_to(revision, history)
    return PaperCase(
        programme=programme_of(revision.body["programme"])[1],
        revision=revision,
        history=course,
        facts=facts,
        determination=json.loads(content(revision.body["determination"])),
        changes=lambda: changes_in(course, content),
    )


def up_to(revision: Revision, history: Sequence[Revision]) -> tuple[Revision, ...]:
    """Of the history (parents before children) the revision and all that it came from."""
    wanted = {revision.id}
    found = []
    for earlier in reversed(history):
        if earlier.id in wanted:
            wanted.update(earlier.parents)
            found.append(earlier)
    return tuple(reversed(found))
