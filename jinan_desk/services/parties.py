"""Units and people (主体) that cases have named so far, and how to find all cases of one of them.

A person may say that several entries are one: a unit that was renamed while its code was typed wrong, somebody with an
ID number of 15 digits and one of 18. It is an act of the office, kept beside the cases and taken back by another one;
no case is touched by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.role import HANDLERS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.measures import programmes
from jinan_desk.services.access import Access, Action
from jinan_desk.services.applicants import NUMBERS
from jinan_desk.services.roles import demand
from jinan_desk.store import CaseFilter, Joined, Kind, Party, Store

__all__ = ["Joining", "Parties", "Party", "cases_of"]

_JOINED, _PARTED = "parties_joined", "parties_parted"


@dataclass(frozen=True, slots=True)
class Joining:
    """That entries are one, as somebody said it: by number of the act, when (UTC), by whom, why, and their keys."""

    act: int
    at: str
    account: str
    reason: str
    keys: tuple[str, ...]


class Parties:
    """The units and people of a store, those last worked on first; `access` is told who is looked for by number, and
    whose number was looked at. `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(self, store: Store, access: Access, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._access = access
        self._account = account
        self._now = now

    def units(self, text: str = "") -> Iterator[Party]:
        """Units with a text in their name or at an end of their credit code."""
        return self._parties(Applicant.UNIT, text)

    def people(self, text: str = "") -> Iterator[Party]:
        """People who applied or stand in a roster, with a text in their name or at an end of their ID number."""
        return self._parties(Applicant.PERSON, text)

    def _parties(self, applicant: Applicant, text: str) -> Iterator[Party]:
        self._access.searched(text)
        codes = tuple(programme.code for _, programme in programmes() if programme.applicant is applicant)
        kind = Kind(NUMBERS[applicant], codes, in_rosters=applicant is Applicant.PERSON)
        return self._store.parties(kind, text, self._joined())

    def unmask(self, party: Party) -> str:
        """The party's whole number, which is noted with the newest case that names it."""
        newest = self._store.cases(cases_of(party), limit=1)
        self._access.note(Action.UNMASK, newest[0].number or newest[0].case[:8] if newest else "")
        return party.number

    # Doubles --------------------------------------------------------------------------------------------------------

    def join(self, parties: Sequence[Party], reason: str) -> None:
        """Say that these are one. Raises DeskError for less than two, or without a reason."""
        keys = sorted({key for party in parties for key in party.keys})
        if len(parties) < 2 or len(keys) < 2:
            raise DeskError(Sentence(N_("请选择要合并的两个以上主体")))
        if not reason.strip():
            raise DeskError(Sentence(N_("合并须写明依据，例如核对了哪些证件")))
        self._add(_JOINED, {"keys": keys, "reason": reason.strip()})

    def part(self, party: Party) -> None:
        """Take back the last time that somebody said so of this party. Raises DeskError where nobody has."""
        joinings = self.joinings(party)
        if not joinings:
            raise DeskError(Sentence(N_("该主体没有合并过")))
        self._add(_PARTED, {}, about=joinings[-1].act)

    def joinings(self, party: Party) -> list[Joining]:
        """What was said of the party and not taken back, the oldest first."""
        return [one for one in self._joinings() if not set(one.keys).isdisjoint(party.keys)]

    def _add(self, kind: str, entry: dict[str, Any], about: int = 0) -> None:
        demand(self._store, self._account, HANDLERS)
        with self._store.transaction():
            self._store.acts.add(kind, entry, at=self._now(), account=self._account, about=about)

    def _joinings(self) -> list[Joining]:
        acts = self._store.acts.of(_JOINED, _PARTED)
        parted = {act.about for act in acts if act.kind == _PARTED}
        return [
            Joining(act.number, act.at, act.account, act.entry["reason"], tuple(act.entry["keys"]))
            for act in acts
            if act.kind == _JOINED and act.number not in parted
        ]

    def _joined(self) -> Joined:
        together: dict[str, frozenset[str]] = {}
        for joining in self._joinings():
            whole = frozenset(joining.keys).union(*(together.get(key, ()) for key in joining.keys))
            together.update(dict.fromkeys(whole, whole))
        return together


def cases_of(party: Party) -> CaseFilter:
    """Which cases name the party, as applicant or in a roster."""
    return CaseFilter(party=party.keys)
