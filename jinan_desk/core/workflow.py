"""Stages of a case and the steps between them, by route (catalogue 6).

The tables below are the whole workflow. Who may take a step is a matter of roles and of who took earlier ones: nobody
reviews what they received, nobody approves what they reviewed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jinan_desk.core.determination import Outcome
from jinan_desk.core.measure import Route
from jinan_desk.core.text import N_


class Stage(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    CORRECTION = "correction"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    PUBLICITY = "publicity"
    OBJECTION = "objection"
    APPROVED = "approved"
    FUNDING = "funding"
    PAID = "paid"
    REOPENED = "reopened"
    RECOVERY = "recovery"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PRE_CHECKED = "pre_checked"
    TRANSFERRED = "transferred"
    INFORMED = "informed"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


STAGE_LABELS = {
    Stage.DRAFT: N_("草稿"),
    Stage.RECEIVED: N_("收件"),
    Stage.CORRECTION: N_("补正"),
    Stage.NOT_ACCEPTED: N_("不予受理"),
    Stage.ACCEPTED: N_("受理"),
    Stage.FIRST_REVIEW: N_("初审"),
    Stage.SECOND_REVIEW: N_("复核"),
    Stage.PUBLICITY: N_("公示"),
    Stage.OBJECTION: N_("异议核查"),
    Stage.APPROVED: N_("审批"),
    Stage.FUNDING: N_("报财政"),
    Stage.PAID: N_("拨付"),
    Stage.REOPENED: N_("退票重办"),
    Stage.RECOVERY: N_("追回"),
    Stage.RETURNED: N_("退回修改"),
    Stage.REJECTED: N_("不予批准"),
    Stage.WITHDRAWN: N_("撤回"),
    Stage.PRE_CHECKED: N_("预审"),
    Stage.TRANSFERRED: N_("转办"),
    Stage.INFORMED: N_("已告知"),
    Stage.OPEN: N_("办理中"),
    Stage.CLOSED: N_("办结"),
    Stage.ARCHIVED: N_("归档"),
}

ORDER: dict[Route, tuple[Stage, ...]] = {
    Route.APPROVE: (
        Stage.DRAFT, Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.PUBLICITY,
        Stage.APPROVED, Stage.FUNDING, Stage.PAID, Stage.ARCHIVED,
    ),
    Route.FORWARD: (
        Stage.DRAFT, Stage.RECEIVED, Stage.ACCEPTED, Stage.PRE_CHECKED, Stage.TRANSFERRED, Stage.ARCHIVED,
    ),
    Route.INFORM: (Stage.DRAFT, Stage.INFORMED, Stage.ARCHIVED),
    Route.SERVE: (Stage.OPEN, Stage.CLOSED),
}
"""The straight way of each route."""

_ASIDE: dict[Stage, tuple[Stage, ...]] = {
    Stage.RECEIVED: (Stage.CORRECTION, Stage.NOT_ACCEPTED, Stage.WITHDRAWN),
    Stage.CORRECTION: (Stage.RECEIVED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN),
    Stage.ACCEPTED: (Stage.RETURNED, Stage.REJECTED, Stage.WITHDRAWN),
    Stage.FIRST_REVIEW: (Stage.RETURNED, Stage.REJECTED, Stage.WITHDRAWN),
    Stage.SECOND_REVIEW: (Stage.RETURNED, Stage.REJECTED, Stage.WITHDRAWN),
    Stage.PUBLICITY: (Stage.OBJECTION, Stage.RETURNED, Stage.REJECTED, Stage.WITHDRAWN),
    Stage.OBJECTION: (Stage.PUBLICITY, Stage.RETURNED, Stage.REJECTED, Stage.WITHDRAWN),
    Stage.PRE_CHECKED: (Stage.RETURNED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN),
    Stage.RETURNED: (Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN),
    Stage.FUNDING: (Stage.REOPENED,),
    Stage.PAID: (Stage.REOPENED, Stage.RECOVERY),
    Stage.REOPENED: (Stage.FUNDING, Stage.RECOVERY),
    Stage.RECOVERY: (Stage.ARCHIVED,),
    Stage.NOT_ACCEPTED: (Stage.ARCHIVED,),
    Stage.REJECTED: (Stage.ARCHIVED,),
    Stage.WITHDRAWN: (Stage.ARCHIVED,),
}
"""The ways beside it, on routes that have the stage."""

_ONLY_APPROVE = frozenset({Stage.REJECTED})

NEEDS_REASON = frozenset(
    {
        Stage.CORRECTION, Stage.NOT_ACCEPTED, Stage.OBJECTION, Stage.REOPENED, Stage.RECOVERY, Stage.RETURNED,
        Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED,
    }
)
"""Stages that are entered only with a reason that can be read out to the applicant; of a closing it is the result."""

EDITABLE = frozenset({Stage.DRAFT, Stage.RECEIVED, Stage.CORRECTION, Stage.RETURNED, Stage.OPEN})
"""Stages in which facts may still be changed; later a case is returned first."""

CLAIMS_NOTHING = frozenset({Stage.NOT_ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN})
"""Stages in which nothing will come of a case, so that it stands in no other's way."""

STANDS_STILL = frozenset({Stage.CORRECTION, Stage.OBJECTION})
"""Stages in which the time limit does not run."""

PUBLICITY_WORKDAYS = 5
CORRECTION_WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """Two stages that one person may not enter for the same case."""

    earlier: frozenset[Stage]
    later: frozenset[Stage]


REVIEWS = frozenset({Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.PRE_CHECKED})
"""Stages in which somebody else looks at what was received."""

POSTINGS = frozenset({Stage.PUBLICITY, Stage.OBJECTION})
"""Stages in which what the reviews came to is shown to everybody."""

DECISIONS = frozenset({Stage.APPROVED, Stage.REJECTED})
"""Stages that grant or refuse."""

PAYMENTS = frozenset({Stage.FUNDING, Stage.PAID, Stage.REOPENED, Stage.RECOVERY})
"""Stages in which money goes out or comes back."""

SEPARATE_DUTIES = (Duty(frozenset({Stage.RECEIVED}), REVIEWS), Duty(REVIEWS, DECISIONS))


def next_stages(route: Route, stage: Stage) -> tuple[Stage, ...]:
    """Where a case of the route may go from here: the straight way first, then the ways beside it."""
    order = ORDER[route]
    straight = order[order.index(stage) + 1 :][:1] if stage in order else ()
    aside = _ASIDE.get(stage, ()) if route in (Route.APPROVE, Route.FORWARD) else ()
    if route is Route.FORWARD:
        aside = tuple(s for s in aside if s not in _ONLY_APPROVE)
    return straight + aside


def fits_outcome(stage: Stage, outcome: Outcome) -> bool:
    """Whether a case that came to this outcome may enter the stage: nothing incomplete is accepted, nothing
    ineligible goes on to publicity, approval or payment."""
    if stage in (Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.PRE_CHECKED):
        return outcome is not Outcome.INCOMPLETE
    if stage in (Stage.PUBLICITY, Stage.APPROVED, Stage.FUNDING, Stage.PAID, Stage.TRANSFERRED):
        return outcome is Outcome.ELIGIBLE
    if stage is Stage.REJECTED:
        return outcome is not Outcome.INCOMPLETE
    return True
