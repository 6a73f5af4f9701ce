"""Service records: followed up, closed, and listed in the ledger of each month in which something happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinan_desk.core.dates import Month, month_of, parse_date, parse_month
from jinan_desk.core.field import Field
from jinan_desk.core.identity import compact
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.record import FOLLOW_UPS, RECORD_FIELDS, Event, Record, record_of
from jinan_desk.core.role import ENTERS
from jinan_desk.core.text import N_, Sentence, quantity
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.exchange.month_ledger import Counted, Entry, write_month_ledger
from jinan_desk.file import placing
from jinan_desk.measures import programmes
from jinan_desk.services.access import Action, Note, unnoted
from jinan_desk.services.cases import Cases, CaseView, programme_of
from jinan_desk.services.judgement import judge_waiting, month_mark
from jinan_desk.services.office import Office
from jinan_desk.services.roles import demand
from jinan_desk.store import Store


@dataclass(frozen=True, slots=True)
class MonthLedger:
    """The records of a month and, by programme, how many."""

    month: Month
    entries: tuple[Entry, ...]
    counts: tuple[Counted, ...]


class Records:
    """The service records of a store, kept by `account`."""

    def __init__(
        self,
        store: Store,
        cases: Cases,
        office: Office,
        *,
        account: str,
        today: Callable[[], date],
        note: Note = unnoted,
    ) -> None:
        self._store = store
        self._note = note
        self._cases = cases
        self._office = office
        self._account = account
        self._today = today

    def record(self, case: str) -> Record:
        """The record that the case is. Raises DeskError where it is none."""
        row = self._store.case(case)
        if programme_of(row.programme)[1].route is not Route.SERVE:
            raise DeskError(Sentence(N_("{programme} 不是服务记录，没有跟进和办结"), programme=row.programme))
        return record_of(self._store.revision(row.head).body)

    def follow_up(self, case: str, what: str, *, on: date | None = None) -> CaseView:
        """Add what was done, today or `on` another day. Raises DeskError for a closed record, a blank text, or a day
        before the record was opened or still to come."""
        event = self._event(case, what, on)
        events = [*self.record(case).follow_ups, event]
        return self._cases.note(case, "follow_up", {FOLLOW_UPS: [event.as_json() for event in events]})

    def close(self, case: str, result: str, *, on: date | None = None) -> CaseView:
        """Close the record with its result. Raises DeskError as `follow_up` does, and for a day before a follow-up."""
        event = self._event(case, result, on)
        last = max((one.on for one in self.record(case).follow_ups), default=event.on)
        if event.on < last:
            raise DeskError(Sentence(N_("办结日期早于最后一次跟进 {last}"), last=last))
        return self._cases.advance(case, Stage.CLOSED, reason=event.what, on=event.on)

    def _event(self, case: str, what: str, on: date | None) -> Event:
        demand(self._store, self._account, ENTERS)
        record = self.record(case)
        stage = Stage(self._store.case(case).stage)
        if stage is not Stage.OPEN:
            raise DeskError(Sentence(N_("该服务记录已{stage}，不能再改动"), stage=Sentence(STAGE_LABELS[stage])))
        day = on or self._today()
        if not what.strip():
            raise DeskError(Sentence(N_("请写明做了什么、结果如何")))
        if not record.opened_on <= day <= self._today():
            raise DeskError(
                Sentence(N_("日期应在登记日期 {first} 与今日 {last} 之间"), first=record.opened_on, last=self._today())
            )
        return Event(day, what.strip(), self._account)

    # The month's ledger ---------------------------------------------------------------------------------------------

    def month(self, month: Month) -> MonthLedger:
        """The records that were opened, followed up or closed in the month, and how many of each programme."""
        judge_waiting(self._store)
        found = [(self._cases.view(case), self.record(case)) for case in self._store.findings.marked(month_mark(month))]
        found.sort(key=lambda pair: (pair[0].row.programme, pair[1].opened_on, pair[0].row.case))
        return MonthLedger(
            month,
            tuple(self._entry(month, view, record) for view, record in found),
            tuple(
                _counted(programme, month, [r for v, r in found if v.row.programme == programme.code])
                for _, programme in programmes()
                if programme.route is Route.SERVE
            ),
        )

    def write_month(self, month: Month, path: Path) -> MonthLedger:
        """Write the month's ledger as a workbook. Raises DeskError where the file cannot be written."""
        ledger = self.month(month)
        with placing(path) as fresh:
            write_month_ledger(fresh, ledger.entries, ledger.counts, month=month, office=self._office.name)
            self._note(Action.LEDGER, str(month))
        return ledger

    def _entry(self, month: Month, view: CaseView, record: Record) -> Entry:
        programme = programme_of(view.row.programme)[1]
        return Entry(
            programme=programme.code,
            applicant=view.row.applicant,
            opened_on=record.opened_on,
            handler=record.handler or self._cases.history(view.row.case)[0].account,
            content=tuple(_told(field, view.facts[field.key]) for field in programme.facts if _is_told(field, view)),
            follow_ups=tuple(event for event in record.follow_ups if month_of(event.on) == month),
            closing=record.closing,
        )


def _is_told(field: Field, view: CaseView) -> bool:
    return field.key in view.facts and field not in RECORD_FIELDS


def _told(field: Field, value: Any) -> Sentence:
    shown = field.kind.show(field.kind.read(value))
    return Sentence(N_("{label}：{text}"), label=Sentence(field.label), text=quantity(shown, field.unit))


def _counted(programme: Programme, month: Month, records: list[Record]) -> Counted:
    follow_ups = sum(month_of(event.on) == month for record in records for event in record.follow_ups)
    closed = sum(record.closing is not None and month_of(record.closing.on) == month for record in records)
    opened = sum(month_of(record.opened_on) == month for record in records)
    return Counted(programme.code, len(records), opened, follow_ups, closed)


def day_named(text: str | None) -> date | None:
    """The day as somebody types it, None where nothing was. Raises DeskError for what is no day."""
    day = parse_date(text) if text else None
    if text and day is None:
        raise DeskError(Sentence(N_("不是有效日期：{text}（写法如 2020-02-10）"), text=text))
    return day


def month_named(text: str) -> Month:
    """The month as somebody types it. Raises DeskError for what is no month."""
    month = parse_month(compact(text))
    if month is None:
        raise DeskError(Sentence(N_("月份应写作 2020-02")))
    return month
