"""What there is to do at a desk: cases that wait at each stage, limits that run out; each with its list's filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from jinan_desk.core.role import roles_for
from jinan_desk.core.text import N_
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import Stage, next_stages
from jinan_desk.measures import find
from jinan_desk.services.holding import Holding
from jinan_desk.services.limits import RUNNING, untold_since
from jinan_desk.services.office import Office
from jinan_desk.services.roles import roles_of
from jinan_desk.store import CaseFilter, Store

SOON = 3
"""Working days."""


class Due(StrEnum):
    """How near the end of a case's time limit is."""

    OVER = "over"
    TODAY = "today"
    SOON = "soon"
    UNTOLD = "untold"
    """Received, and neither accepted nor sent back to be corrected in time (catalogue 6)."""


DUE_LABELS = {
    Due.OVER: N_("已超办理期限"), Due.TODAY: N_("今天到期"), Due.SOON: N_("即将到期"), Due.UNTOLD: N_("受理已超期"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases at a stage: how many, of them how many wait for this person's roles, and which they are."""

    stage: Stage
    count: int
    mine: int
    wanted: CaseFilter


@dataclass(frozen=True, slots=True)
class Pressing:
    """Cases whose limit ends like that: how many, and which they are."""

    due: Due
    count: int
    wanted: CaseFilter


@dataclass(frozen=True, slots=True)
class Workload:
    """Everything at once; what is settled is left out, and so is what another office holds. `exchanged_at` (UTC) is
    when anything was last exchanged with another office, "" for never."""

    waiting: tuple[Waiting, ...]
    pressing: tuple[Pressing, ...]
    exchanged_at: str


def workload(
    store: Store, office: Office, holding: Holding, calendar: Calendar, *, account: str, today: Callable[[], date]
) -> Workload:
    """What there is to do for the account today."""
    alone = len(holding.offices()) == 1
    ours = CaseFilter() if alone else CaseFilter(holders=("", office.code))
    mine = roles_of(store, account)
    every: Counter[Stage] = Counter()
    for_me: Counter[Stage] = Counter()
    for (code, name), count in store.lists.groups(ours).items():
        stage = Stage(name)
        following = _next(code, stage)
        if following is None:
            continue
        every[stage] += count
        for_me[stage] += count if roles_for(following) & mine else 0
    waiting = tuple(
        Waiting(stage, every[stage], for_me[stage], replace(ours, stages=(stage.value,)))
        for stage in Stage
        if stage in every
    )
    ends = _ends(today(), calendar).items()
    running = replace(ours, stages=tuple(stage.value for stage in Stage if stage in RUNNING))
    untold = replace(ours, stages=(Stage.RECEIVED.value,), ended_by=untold_since(calendar, today()).isoformat())
    limits = [(due, replace(running, due_from=first, due_to=last)) for due, (first, last) in ends]
    limits.append((Due.UNTOLD, untold))
    pressing = tuple(Pressing(due, store.count(wanted), wanted) for due, wanted in limits)
    return Workload(waiting, pressing, max(store.exchanges.last().values(), default=""))


def _next(code: str, stage: Stage) -> Stage | None:
    """The stage that a case goes to when all goes well; None where nothing is left to be done, or this version does not
    know the programme."""
    pair = find(code)
    if pair is None or stage in _SETTLED:
        return None
    return next(iter(next_stages(pair[1].route, stage)), None)


_SETTLED = frozenset({Stage.ARCHIVED, Stage.WITHDRAWN, Stage.CLOSED})


def _ends(today: date, calendar: Calendar) -> Mapping[Due, tuple[str, str]]:
    """By how near it is, the first and the last day on which a limit ends."""
    day = timedelta(days=1)
    return {
        Due.OVER: ("", (today - day).isoformat()),
        Due.TODAY: (today.isoformat(), today.isoformat()),
        Due.SOON: ((today + day).isoformat(), calendar.plus(today, SOON).isoformat()),
    }
