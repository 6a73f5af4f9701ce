"""Units and people (主体) that cases have named so far, and how to find all cases of one of them."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.measures import programmes
from jinan_desk.services.access import Access, Action
from jinan_desk.store import CaseFilter, Party, Store

__all__ = ["Parties", "Party", "cases_of"]


class Parties:
    """The units and people of a store, page by page in the order of their names; `access` is told who is looked for by
    number, and whose number was looked at."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    def units(self, text: str = "", *, after: Party | None = None, limit: int = 100) -> list[Party]:
        """Units with a text in their name or at an end of their credit code."""
        self._access.searched(text)
        return self._store.units(_codes(Applicant.UNIT), text, after=after, limit=limit)

    def people(self, text: str = "", *, after: Party | None = None, limit: int = 100) -> list[Party]:
        """People who applied or stand in a roster, with a text in their name or at an end of their ID number."""
        self._access.searched(text)
        return self._store.people(_codes(Applicant.PERSON), text, after=after, limit=limit)

    def unmask(self, party: Party) -> str:
        """The party's whole number, which is noted with the newest case that names it."""
        newest = self._store.cases(cases_of(party), limit=1)
        self._access.note(Action.UNMASK, newest[0].number or newest[0].case[:8] if newest else "")
        return party.number


def cases_of(party: Party) -> CaseFilter:
    """Which cases name the party, as applicant or in a roster."""
    return CaseFilter(text=party.number or party.name)


def _codes(applicant: Applicant) -> list[str]:
    return [programme.code for _, programme in programmes() if programme.applicant is applicant]
