"""Which office holds a case, and passing it on: up from the street to its district and from there to the city, down
with what was decided or is returned.

The office that holds a case stands in its body (`HOLDER`); only that office works on it. Cases entered while no other
office is known say nothing, so that an office that works alone is never asked; they say it from their first passing
on. Passing on is a person's act, offered at the stages at which a level has done its part (catalogue 6, which leaves
to the offices who does what: here a street receives and reviews first, a district reviews again and approves):

* up, by a street once it has received the case and until its first review or pre-check is done, by a district after
  the second review, the pre-check or the approval;
* down, to an office that held the case before, when it is returned, refused, objected to, decided or paid. What is
  returned carries the reason for which it was;
* called up, by a superior that does not hold it, with a reason: an office may have closed, or lost its machine.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinan_desk.core.revision import HAND_OVER, HOLDER, Revision
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.cases import Cases, CaseView
from jinan_desk.services.office import Level, Office
from jinan_desk.services.offices import KnownOffice, itself, partners
from jinan_desk.store import CaseRow, Store

_UP = {
    Level.STREET: frozenset({Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.PRE_CHECKED}),
    Level.DISTRICT: frozenset({Stage.SECOND_REVIEW, Stage.PRE_CHECKED, Stage.APPROVED}),
    Level.CITY: frozenset[Stage](),
}
_DOWN = frozenset(
    {
        Stage.RETURNED, Stage.OBJECTION, Stage.REJECTED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.APPROVED,
        Stage.FUNDING, Stage.PAID, Stage.TRANSFERRED,
    }
)
_CALLED_FROM = frozenset(Stage) - {Stage.DRAFT, Stage.ARCHIVED, Stage.CLOSED}


@dataclass(frozen=True, slots=True)
class Passing:
    """An office to which a case may be passed now. `called`: it is our own, which takes the case from another."""

    office: KnownOffice
    upwards: bool
    called: bool = False

    def sentence(self) -> Sentence:
        """What would be done, in words."""
        if self.called:
            return Sentence(N_("调取到本机构办理"))
        return Sentence(N_("上报{office}") if self.upwards else N_("下转{office}"), office=self.office.name)

    def line(self) -> Sentence:
        """The office's code, by which it is chosen, and what would be done."""
        return Sentence("{code}  {told}", code=self.office.code, told=self.sentence())


@dataclass(frozen=True, slots=True)
class Situation:
    """What is to be shown of a case: that another office holds it (None: this one may work on it), to whom it may be
    passed, and whether it is in conflict."""

    held: Sentence | None
    passings: tuple[Passing, ...]
    conflict: bool


class Holding:
    """The passing on of one office's cases."""

    def __init__(self, store: Store, office: Office, cases: Cases) -> None:
        self._store = store
        self._office = office
        self._cases = cases

    def offices(self) -> tuple[KnownOffice, ...]:
        """Our own office first, then every other that is known."""
        return (itself(self._office), *(one for one in self._partners() if one.code != self._office.code))

    def situation(self, case: str) -> Situation:
        """Who holds the case, and where it may go."""
        return Situation(self._cases.held(case), self.passings(case), self._store.case(case).conflict)

    def passings(self, case: str) -> tuple[Passing, ...]:
        """To whom the case may be passed at its stage, superiors first; nobody where no other office is known."""
        row = self._store.case(case)
        if row.conflict:
            return ()
        own, stage = itself(self._office), Stage(row.stage)
        if row.holder not in ("", own.code):
            holder = next((one for one in self._partners() if one.code == row.holder), None)
            callable_ = holder is not None and own.is_above(holder) and stage in _CALLED_FROM
            return (Passing(own, upwards=True, called=True),) if callable_ else ()
        return tuple(self._from_here(row, own, stage))

    def hand_over(self, case: str, to: str, *, reason: str = "") -> CaseView:
        """Pass the case to the office with that code; our own code calls it up.

        Raises DeskError where it may not be passed there now, or is called up without a reason.
        """
        passings = self.passings(case)
        chosen = next((passing for passing in passings if passing.office.code == to), None)
        if chosen is None:
            held = self._cases.held(case)
            if held is not None:
                raise DeskError(held)
            stage = Sentence(STAGE_LABELS[Stage(self._store.case(case).stage)])
            allowed = listed(f"{passing.office.code} {passing.office.name}" for passing in passings)
            words = N_("“{stage}”的办件不能转给 {to}；现在可以转给：{allowed}")
            raise DeskError(Sentence(words, stage=stage, to=to, allowed=allowed if passings else "—"))
        if chosen.called and not reason.strip():
            raise DeskError(Sentence(N_("从其他机构调取办件须写明理由")))
        if not chosen.upwards:
            reason = reason.strip() or self._why_returned(case)
        return self._cases.note(case, HAND_OVER, {HOLDER: to}, reason=reason, called=chosen.called)

    def _from_here(self, row: CaseRow, own: KnownOffice, stage: Stage) -> list[Passing]:
        others = self._partners()
        found = []
        if stage in _UP[own.level]:
            found = [Passing(one, upwards=True) for one in others if one.is_above(own)]
        if stage in _DOWN:
            before = self._held_before(row.case)
            found += [Passing(one, upwards=False) for one in others if own.is_above(one) and one.code in before]
        return found

    def _held_before(self, case: str) -> set[str]:
        """The offices that entered the case or once held it."""
        history = self._store.history(case)
        return {history[0].origin.office, *(revision.body.get(HOLDER, "") for revision in history)}

    def _why_returned(self, case: str) -> str:
        """The reason for which the case came to be returned; of other stages none is needed."""
        last: Revision = self._store.revision(self._store.case(case).head)
        if Stage(last.body["stage"]) is not Stage.RETURNED:
            return ""
        moved = [one for one in self._store.history(case) if one.action == "advance"]
        return moved[-1].reason if moved else ""

    def _partners(self) -> list[KnownOffice]:
        return sorted(partners(self._store).values(), key=lambda one: one.code)
