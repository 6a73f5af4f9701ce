"""Drafts: what somebody was typing when the program ended without asking, or left as it could not be saved yet, kept to
be offered again.

Kept in the encrypted store and nowhere else, since a draft names people. It is no revision: it decides nothing, leaves
no trace in a case's history, and never leaves the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinan_desk.errors import DeskError
from jinan_desk.services.cases import programme_of
from jinan_desk.services.entry import Entry, Line, wrong_in
from jinan_desk.store import DRAFTS, Store


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it was typed, and when (`at` is UTC). `case` is the case it changes, "" for a new one; `overtaken`:
    that case has been changed since by somebody else, so that saving the draft would undo it; `wrong`: in how many
    places something stands that has to be mended before it can be saved."""

    place: str
    entry: Entry
    case: str
    at: str
    overtaken: bool
    wrong: int


class Drafts:
    """The drafts of one person at this desk, one for each `place` that an editor has in the window.

    `now` is UTC as `2020-03-20T08:15:00Z`.
    """

    def __init__(self, store: Store, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._account = account
        self._now = now

    def keep(self, place: str, entry: Entry, *, case: str = "") -> None:
        """Keep what is being typed, in the place of what was kept for it before. The same again writes nothing."""
        kept = self._kept()
        typed = {
            "programme": entry.programme.code,
            "on": entry.on,
            "texts": dict(entry.texts),
            "lines": [list(line.texts) for line in entry.lines],
            "case": case,
        }
        before = kept.get(place)
        if before is not None and before["typed"] == typed:
            return
        if before is not None and before["typed"]["case"] == case:
            head = before["head"]
        else:
            head = self._store.case(case).head if case else ""
        kept[place] = {"typed": typed, "head": head, "at": self._now()}
        self._put(kept)

    def drop(self, place: str) -> None:
        """Keep nothing any more of what was typed there: it was saved, or nobody wants it."""
        kept = self._kept()
        if kept.pop(place, None) is not None:
            self._put(kept)

    def all(self) -> list[Draft]:
        """What there is to offer, the last first. What this version cannot show is left where it is."""
        drafts = [self._draft(place, kept) for place, kept in self._kept().items()]
        return sorted((draft for draft in drafts if draft is not None), key=lambda draft: draft.at, reverse=True)

    def of(self, case: str) -> Draft | None:
        """What was typed over the case last and not saved."""
        kept = {place: one for place, one in self._kept().items() if one["typed"]["case"] == case}
        last = max(kept, key=lambda place: kept[place]["at"], default=None)
        return self._draft(last, kept[last]) if last is not None else None

    def _draft(self, place: str, kept: dict[str, Any]) -> Draft | None:
        typed = kept["typed"]
        try:
            programme = programme_of(typed["programme"])[1]
            overtaken = bool(typed["case"]) and self._store.case(typed["case"]).head != kept["head"]
        except DeskError:
            return None
        shape = programme.row_shape
        width = 0 if shape is None else len(shape.fields)
        if any(len(texts) != width for texts in typed["lines"]):
            return None
        entry = Entry(programme, typed["on"], typed["texts"], tuple(map(Line, typed["lines"])))
        return Draft(place, entry, typed["case"], kept["at"], overtaken, len(wrong_in(entry)))

    def _kept(self) -> dict[str, Any]:
        every: dict[str, dict[str, Any]] = self._store.settings.get(DRAFTS, {})
        return every.get(self._account, {})

    def _put(self, kept: dict[str, Any]) -> None:
        with self._store.transaction():
            every = self._store.settings.get(DRAFTS, {})
            self._store.settings.put(DRAFTS, {**every, self._account: kept})


def count_drafts_naming(store: Store, number: str) -> int:
    """In how many drafts of anybody the number stands."""
    every: dict[str, dict[str, Any]] = store.settings.get(DRAFTS, {})
    return sum(
        any(number in texts for texts in (kept["typed"]["texts"].values(), *kept["typed"]["lines"]))
        for drafts in every.values()
        for kept in drafts.values()
    )
