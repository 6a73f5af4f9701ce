"""Service records (服务记录): what every one of them has beside its own fields (catalogue 4).

A record is opened, followed up any number of times, and closed with a result. In a revision's body these stand as
`"follow_ups": [{"on": "2020-03-22", "what": "…", "by": "…"}, …]`, in the order in which they were added, and
`"closing": {"on": "2020-03-30", "what": "…", "by": "…"}`; a body without them has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import Basis
from jinan_desk.core.dated import Parameter
from jinan_desk.core.dates import Month, month_of
from jinan_desk.core.field import Field, Relation
from jinan_desk.core.kind import Day, Text
from jinan_desk.core.measure import Example, Programme, Route, Warn
from jinan_desk.core.text import N_

RECORD_FIELDS = (
    Field("opened_on", Day(), N_("登记日期"), required=False, help=N_("开始服务的日期，留空即填表当日")),
    Field("handler", Text(), N_("经办人"), required=False, help=N_("负责跟进的工作人员")),
)
"""What every record begins with, after the applicant."""



def service(
    code: str,
    name: str,
    *facts: Field,
    basis: tuple[Basis, ...],
    examples: tuple[Example, ...],
    applicant: Applicant = Applicant.NONE,
    relations: tuple[Relation, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    warnings: tuple[Warn, ...] = (),
) -> Programme:
    """A service programme. It grants nothing and asks for nothing that could be refused: with no check and no amount
    `determine` finds every record in order, which says only that it can be read."""
    return Programme(
        code=code,
        name=name,
        route=Route.SERVE,
        applicant=applicant,
        facts=(*RECORD_FIELDS, *facts),
        relations=relations,
        parameters=parameters,
        warnings=warnings,
        basis=basis,
        examples=examples,
    )


def shown(note: str, on: str, **facts: Any) -> Example:
    """An example of a record: whatever it tells, it is in order and comes to no amount."""
    return Example(note, on, facts, "eligible", None)


FOLLOW_UPS, CLOSING = "follow_ups", "closing"


@dataclass(frozen=True, slots=True)
class Event:
    """What was done on a day, or how the record ended, and who says so."""

    on: date
    what: str
    by: str

    def as_json(self) -> dict[str, str]:
        return {"on": self.on.isoformat(), "what": self.what, "by": self.by}


def _event(given: Mapping[str, str]) -> Event:
    return Event(date.fromisoformat(given["on"]), given["what"], given["by"])


@dataclass(frozen=True, slots=True)
class Record:
    """The service record that a case is: its course beside its facts."""

    opened_on: date
    handler: str
    follow_ups: tuple[Event, ...]
    closing: Event | None

    @property
    def months(self) -> frozenset[Month]:
        """The months in which something happened: in whose ledgers it is listed."""
        events = (*self.follow_ups, *((self.closing,) if self.closing is not None else ()))
        return frozenset(map(month_of, (self.opened_on, *(event.on for event in events))))


def record_of(body: Mapping[str, Any]) -> Record:
    """The record in a revision's body."""
    facts, closing = body["facts"], body.get(CLOSING)
    return Record(
        opened_on=date.fromisoformat(facts.get("opened_on") or body["on"]),
        handler=facts.get("handler", ""),
        follow_ups=tuple(map(_event, body.get(FOLLOW_UPS, ()))),
        closing=None if closing is None else _event(closing),
    )
