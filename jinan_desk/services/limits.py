"""Time limits of a case in words: what must be done by when, and how many working days are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jinan_desk.core.dates import parse_date
from jinan_desk.core.measure import Route
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import CORRECTION_WORKDAYS, PUBLICITY_WORKDAYS, STANDS_STILL, Stage
from jinan_desk.measures import find
from jinan_desk.store import CaseRow

RUNNING = frozenset(
    {
        Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.PUBLICITY, Stage.RETURNED,
        Stage.PRE_CHECKED,
    }
)
"""Stages in which the limit of the whole handling runs: what comes after has been decided."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Something is due on `day`, in one line; `left` working days after today, less than 0 where it is over.

    `pressing`: today is the last day, or it is past.
    """

    sentence: Sentence
    day: date
    left: int
    pressing: bool = False


def limits_of(row: CaseRow, calendar: Calendar, today: date) -> tuple[Limit, ...]:
    """The limits that bear on the case today, the most pressing first."""
    stage, since, due = Stage(row.stage), parse_date(row.stage_since), parse_date(row.due_on)
    found = []
    if since is not None and stage is Stage.RECEIVED and _may_be_corrected(row.programme):
        words = Sentence(N_("受理或告知补正期限"))
        found.append(_limit(words, calendar.plus(since, CORRECTION_WORKDAYS), calendar, today))
    if since is not None and stage is Stage.PUBLICITY:
        found.append(_publicity(calendar.plus(since, PUBLICITY_WORKDAYS), calendar, today))
    if due is not None and stage in RUNNING:
        found.append(_limit(Sentence(N_("办理期限")), due, calendar, today))
    if due is not None and since is not None and stage in STANDS_STILL:
        left = max(0, calendar.between(since, due))
        found.append(Limit(Sentence(N_("时限暂停，尚余 {days} 个工作日"), days=left), due, left))
    return tuple(sorted(found, key=lambda limit: (not limit.pressing, limit.left)))


def days_left(row: CaseRow, calendar: Calendar, today: date) -> int | None:
    """Working days after today until the case must be decided, less than 0 where it is over; None where no limit
    runs."""
    due = parse_date(row.due_on)
    if due is None or Stage(row.stage) not in RUNNING:
        return None
    left = calendar.between(today, due)
    return min(left, -1) if due < today else left


def untold_since(calendar: Calendar, today: date) -> date:
    """The last day since which what was received is over its limit today: neither accepted nor sent back to be
    corrected."""
    since = today - timedelta(days=1)
    while calendar.plus(since, CORRECTION_WORKDAYS) >= today:
        since -= timedelta(days=1)
    return since


def _limit(what: Sentence, day: date, calendar: Calendar, today: date) -> Limit:
    left = calendar.between(today, day)
    if day < today:
        left = min(left, -1)  # over on a day off, too
        words = N_("{what} {day}，已超过 {days} 个工作日")
    elif left == 0:
        words = N_("{what} {day}，今天到期")
    else:
        words = N_("{what} {day}，还剩 {days} 个工作日")
    told = Sentence(words, what=what, day=day.isoformat(), days=abs(left))
    return Limit(told, day, left, day <= today)


def _publicity(ends: date, calendar: Calendar, today: date) -> Limit:
    left = calendar.between(today, ends)
    if today > ends:
        return Limit(Sentence(N_("公示已于 {day} 期满"), day=ends.isoformat()), ends, left)
    return Limit(Sentence(N_("公示至 {day}，还有 {days} 个工作日"), day=ends.isoformat(), days=left), ends, left)


def _may_be_corrected(code: str) -> bool:
    pair = find(code)
    return pair is not None and pair[1].route in (Route.APPROVE, Route.FORWARD)
