"""A desk: the services of one opened store, as the window and the command line are handed them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinan_desk.core.dated import Parameter, ParameterSet
from jinan_desk.core.text import Sentence, Translate
from jinan_desk.core.workday import Calendar
from jinan_desk.services.alerts import Alert, alerts
from jinan_desk.services.backups import Backups
from jinan_desk.services.cases import Cases
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.findings import Findings
from jinan_desk.services.handlers import handlers, remember_handler
from jinan_desk.services.notices import Notices, Press
from jinan_desk.services.office import Office, read_office
from jinan_desk.services.packages import Packages
from jinan_desk.services.parameters import add_parameter, office_parameters
from jinan_desk.services.parties import Parties
from jinan_desk.services.records import Records
from jinan_desk.services.reports import Reports
from jinan_desk.services.rosters import Rosters
from jinan_desk.services.verification import verify
from jinan_desk.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """One office's services. `account` is who sits at the desk, `today` its clock."""

    store: Store
    office: Office
    account: str
    translate: Translate
    today: Callable[[], date]
    cases: Cases
    notices: Notices
    packages: Packages
    findings: Findings
    records: Records
    reports: Reports
    parties: Parties
    rosters: Rosters
    backups: Backups
    drafts: Drafts
    by: Callable[[str], Desk]
    """The same desk with another person at it, who is named in everything that is done from then on. Nobody is asked
    to prove who they are; it takes no more than the name."""

    def handlers(self) -> list[str]:
        """Who has sat at this desk or handled a case in it, the last to sit down first."""
        return handlers(self.store)

    def alerts(self) -> list[Alert]:
        """What cannot wait."""
        return alerts(self.store)

    def parameters(self) -> ParameterSet:
        """The office's own dated parameter values."""
        return office_parameters(self.store)

    def add_parameter(self, key: str, given: Any, *, since: str, source: str) -> Parameter:
        """Add a dated value in its JSON shape. Raises DeskError for what cannot be one."""
        return add_parameter(self.store, key, given, since=since, source=source)

    def verify(self, code: str) -> list[Sentence]:
        """What there is to say about the paper with that check code. Raises DeskError where none of ours has it."""
        return verify(self.store, code)

    def check(self) -> list[Sentence]:
        """What is wrong with the store, in sentences; empty where columns and revisions agree."""
        return self.store.check()

    def repair(self) -> tuple[list[Sentence], list[Sentence]]:
        """Make anew what is derived, where something is wrong; answers what was mended and what was not."""
        return self.store.repair()


def assemble(
    store: Store,
    *,
    account: str,
    translate: Translate,
    calendar: Calendar,
    press: Press,
    today: Callable[[], date],
    now: Callable[[], str],
) -> Desk:
    """The desk of an opened store. `now` is UTC as `2020-03-20T08:15:00Z`. Raises DeskError without an office."""

    def by(another: str) -> Desk:
        remember_handler(store, another)
        return assemble(
            store, account=another, translate=translate, calendar=calendar, press=press, today=today, now=now
        )

    office = read_office(store)
    backups = Backups(store, today=today, now=now)
    store.before_change = backups.before_change
    cases = Cases(store, office, calendar, account=account, today=today, now=now)
    notices = Notices(store, office, press, calendar=calendar, account=account, now=now)
    return Desk(
        store=store,
        office=office,
        account=account,
        translate=translate,
        today=today,
        cases=cases,
        notices=notices,
        packages=Packages(store, office, now=now, before_merge=backups.before_merge),
        findings=Findings(store, cases, account=account, today=today),
        records=Records(store, cases, office, account=account, today=today),
        reports=Reports(store, office, notices.font_file),
        parties=Parties(store),
        rosters=Rosters(store, cases),
        backups=backups,
        drafts=Drafts(store, account=account, now=now),
        by=by,
    )
