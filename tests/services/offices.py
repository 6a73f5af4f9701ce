"""Offices with a store each that hand each other all they have, without the workbook around it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jinan_desk.core.workflow import Stage
from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases, CaseView
from jinan_desk.services.conflicts import Conflicts
from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.services.findings import Findings
from jinan_desk.services.holding import Holding
from jinan_desk.services.office import Office, found_office
from jinan_desk.services.offices import PARTNERS, level_of
from jinan_desk.store import Store, open_store
from tests.services.conftest import KEY
from tests.way import by

REFUND = dict(find("06A")[1].examples[0].facts)  # type: ignore[index]
HIRES = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 4)}
ON = {"06A": date(2020, 6, 10), "02B": date(2020, 3, 20)}


class Hall:
    """An office at work. `account` does everything but reviews and approvals."""

    def __init__(self, directory: Path, code: str, name: str, clock: Clock) -> None:
        self.store: Store = open_store(directory, KEY)
        self.office = Office(code, name, name, level=level_of(code))
        found_office(self.store, self.office)
        self.cases = Cases(
            self.store, self.office, workday_calendar(), account=f"{name}经办", today=clock.today, now=clock.now
        )
        self.conflicts = Conflicts(self.store, self.office, self.cases)
        self.holding = Holding(self.store, self.office, self.cases)
        self.findings = Findings(self.store, self.cases, account=f"{name}经办", today=clock.today)
        self._clock = clock

    def knows(self, *others: Hall) -> None:
        """Enrol them."""
        told = {hall.office.code: {"office": hall.office.code, "name": hall.office.name, "has": []} for hall in others}
        self.store.settings.put(PARTNERS, told)

    def enter(self, programme: str = "06A", **facts: Any) -> str:
        given = REFUND if programme == "06A" else HIRES
        return self.cases.enter(programme, ON[programme], {**given, **facts}).row.case

    def change(self, case: str, **facts: Any) -> CaseView:
        view = self.cases.view(case)
        return self.cases.change(case, ON[view.row.programme], {**view.facts, **facts})

    def go(self, case: str, *stages: Stage, reason: str = "经核实") -> CaseView:
        """Walk the case through stages, each by a person of its own, on a day on which it may be."""
        view = self.cases.view(case)
        for stage in stages:
            if stage is Stage.APPROVED:
                self._clock.day = date.fromordinal(self._clock.day.toordinal() + 16)
            view = by(self.cases, f"{self.office.name}{stage.value}").advance(case, stage, reason=reason)
        return view

    def send(self, other: Hall) -> None:
        """All revisions and contents, at once."""
        revisions = list(self.store.revisions_since({}))
        keys = {r.body[kind] for r in revisions for kind in ("roster", "determination")} - {None}
        other.store.receive(revisions, {key: self.store.kept(key) for key in keys})


def alike(one: Hall, other: Hall, case: str) -> bool:
    """Whether both offices see the case alike, and have the same history of it."""
    rows = [hall.store.case(case) for hall in (one, other)]
    histories = [{revision.id for revision in hall.store.history(case)} for hall in (one, other)]
    return rows[0] == rows[1] and histories[0] == histories[1]
