"""A desk: the services of one opened store, as the window and the command line are handed them.

What draws paper and writes workbooks is brought in when somebody first asks for it: its libraries take longer to
import than everything that a window needs to stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from jinan_desk import services
from jinan_desk.core.dated import Dated, Parameter, ParameterSet
from jinan_desk.core.role import Roles
from jinan_desk.core.text import Sentence, Translate
from jinan_desk.core.workday import Calendar
from jinan_desk.services.access import Access
from jinan_desk.services.accounts import Accounts
from jinan_desk.services.alerts import Alert, alerts
from jinan_desk.services.applicants import Applicants
from jinan_desk.services.arrival import switch
from jinan_desk.services.backups import Backups
from jinan_desk.services.batch import Batch
from jinan_desk.services.cases import Cases
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.effects import Reckoning
from jinan_desk.services.findings import Findings
from jinan_desk.services.funds import Funds
from jinan_desk.services.handlers import handlers, remember_handler
from jinan_desk.services.holding import Holding
from jinan_desk.services.office import Office, read_office
from jinan_desk.services.parameters import Proposals, office_parameters
from jinan_desk.services.particulars import Particulars
from jinan_desk.services.parties import Parties
from jinan_desk.services.roles import roles_of
from jinan_desk.services.saved_filters import SavedFilters
from jinan_desk.services.workdays import Workdays, office_calendar
from jinan_desk.services.workload import Workload, workload
from jinan_desk.store import Store

if TYPE_CHECKING:
    from jinan_desk.services.conflicts import Conflicts
    from jinan_desk.services.corrections import Corrections
    from jinan_desk.services.notices import Notices
    from jinan_desk.services.own_data import OwnData
    from jinan_desk.services.packages import Packages
    from jinan_desk.services.partners import Partners
    from jinan_desk.services.press import Press
    from jinan_desk.services.receipts import Receipts
    from jinan_desk.services.records import Records
    from jinan_desk.services.reports import Reports
    from jinan_desk.services.retention import Retention
    from jinan_desk.services.rosters import Rosters


@dataclass(frozen=True)
class Desk:
    """One office's services. `account` is who sits at the desk, `today` its clock, `now` UTC as revisions carry it;
    `calendar` its working days, which are the `shipped` ones and what was imported since."""

    store: Store
    office: Office
    account: str
    translate: Translate
    shipped: Calendar
    calendar: Calendar
    press: Press
    today: Callable[[], date]
    now: Callable[[], str]
    backups: Backups
    roles: Roles
    """What the person could do on sitting down, for what is offered; what is done asks anew."""

    @cached_property
    def cases(self) -> Cases:
        return Cases(
            self.store,
            self.office,
            self.calendar,
            account=self.account,
            today=self.today,
            now=self.now,
            searched=self.access.searched,
        )

    @cached_property
    def access(self) -> Access:
        return Access(self.store, account=self.account, now=self.now)

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.store, account=self.account, now=self.now, before_rekey=self.backups.before_rekey)

    @cached_property
    def findings(self) -> Findings:
        return Findings(self.store, self.cases, account=self.account, today=self.today)

    @cached_property
    def applicants(self) -> Applicants:
        return Applicants(self.store)

    @cached_property
    def parties(self) -> Parties:
        return Parties(self.store, self.access, account=self.account, now=self.now)

    @cached_property
    def particulars(self) -> Particulars:
        return Particulars(self.store, self.office, account=self.account, now=self.now)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.store, account=self.account, now=self.now)

    @cached_property
    def workdays(self) -> Workdays:
        return Workdays(self.store, self.shipped, account=self.account, now=self.now)

    @cached_property
    def saved_filters(self) -> SavedFilters:
        return SavedFilters(self.store, account=self.account)

    @cached_property
    def batch(self) -> Batch:
        return Batch(self.store, self.cases)

    @cached_property
    def holding(self) -> Holding:
        return Holding(self.store, self.office, self.cases)

    @cached_property
    def retention(self) -> Retention:
        from jinan_desk.services.retention import Retention

        return Retention(
            self.store, account=self.account, today=self.today, now=self.now, carry=self.backups.carry_destroyed
        )

    @cached_property
    def own_data(self) -> OwnData:
        from jinan_desk.services.own_data import OwnData

        return OwnData(self.store, account=self.account)

    @cached_property
    def conflicts(self) -> Conflicts:
        from jinan_desk.services.conflicts import Conflicts

        return Conflicts(self.store, self.office, self.cases)

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.store, account=self.account, now=self.now)

    @cached_property
    def funds(self) -> Funds:
        return Funds(self.store, account=self.account, now=self.now, note=self.access.note)

    @cached_property
    def notices(self) -> Notices:
        from jinan_desk.services.notices import Notices

        return Notices(
            self.store,
            self.office,
            self.press,
            particulars=self.particulars,
            calendar=self.calendar,
            account=self.account,
            now=self.now,
        )

    @cached_property
    def packages(self) -> Packages:
        from jinan_desk.services.packages import Packages

        return Packages(
            self.store, self.office, account=self.account, now=self.now, before_merge=self.backups.before_merge
        )

    @property
    def partners(self) -> Partners:
        return self.packages.partners

    @cached_property
    def receipts(self) -> Receipts:
        from jinan_desk.services.receipts import Receipts

        return Receipts(self.store, self.office, self.partners, account=self.account, now=self.now)

    @cached_property
    def corrections(self) -> Corrections:
        from jinan_desk.services.corrections import Corrections

        return Corrections(self.store, self.cases, self.partners)

    @cached_property
    def records(self) -> Records:
        from jinan_desk.services.records import Records

        return Records(
            self.store, self.cases, self.office, account=self.account, today=self.today, note=self.access.note
        )

    @cached_property
    def reports(self) -> Reports:
        from jinan_desk.services.reports import Reports

        return Reports(self.store, self.office, self.notices.font_file, self.access.note)

    @cached_property
    def rosters(self) -> Rosters:
        from jinan_desk.services.rosters import Rosters

        return Rosters(self.store, self.cases)

    def warm_up(self) -> None:
        """Bring in now what is brought in late, so that nobody waits for it. Touches no store; any thread may."""
        for service in iter_modules(services.__path__):
            import_module(f"{services.__name__}.{service.name}")
        _ = self.notices, self.packages, self.receipts, self.corrections, self.records, self.rosters
        self.reports.warm_up()

    def by(self, another: str, password: str = "", own: str = "") -> Desk:
        """The same desk with another person at it, who is named in everything that is done from then on. Where the
        store has accounts it takes their password, and one of their `own` where that was given to them, else no more
        than the name. Raises SignInError for a wrong one."""
        if self.accounts.protected:
            another = switch(self.store, another, password, now=self.now, own=own)
        another = remember_handler(self.store, another)
        backups = self.backups.by(another)
        self.store.before_change = backups.before_change
        return replace(self, account=another, backups=backups, roles=roles_of(self.store, another))

    def counting_anew(self) -> Desk:
        """The same desk, counting by the calendar as it is now."""
        return replace(self, calendar=self.workdays.calendar())

    def handlers(self) -> list[str]:
        """Who has sat at this desk or handled a case in it, the last to sit down first."""
        return handlers(self.store)

    def workload(self) -> Workload:
        """What there is to do for the person at the desk."""
        return workload(
            self.store, self.office, self.holding, self.calendar, account=self.account, today=self.today
        )

    def alerts(self) -> list[Alert]:
        """What cannot wait."""
        return alerts(self.store)

    def parameters(self) -> ParameterSet:
        """The office's own dated parameter values that are in force."""
        return office_parameters(self.store)

    def effects(self, parameter: Parameter, dated: Dated) -> Reckoning:
        """What a value of a parameter would change in the cases; nothing has been reckoned of it yet."""
        return Reckoning(self.store, parameter, dated, self.access.note)

    def verify(self, code: str) -> list[Sentence]:
        """What there is to say about the paper with that check code. Raises DeskError where none of ours has it."""
        from jinan_desk.services.verification import verify

        return verify(self.store, code)

    def check(self) -> list[Sentence]:
        """What is wrong with the store and its key file, in sentences; empty where all agrees."""
        from jinan_desk.services.key_holders import wrong_holders

        return [*self.store.check(), *wrong_holders(self.store)]

    def repair(self) -> tuple[list[Sentence], list[Sentence]]:
        """Make anew what is derived, where something is wrong; answers what was mended and what was not."""
        from jinan_desk.services.key_holders import wrong_holders

        mended, left = self.store.repair()
        return mended, [*left, *wrong_holders(self.store)]


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
    office = read_office(store)
    backups = Backups(store, account=account, today=today, now=now)
    store.before_change = backups.before_change
    return Desk(
        store=store,
        office=office,
        account=account,
        translate=translate,
        shipped=calendar,
        calendar=office_calendar(store, calendar),
        press=press,
        today=today,
        now=now,
        backups=backups,
        roles=roles_of(store, account),
    )
