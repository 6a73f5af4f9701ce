"""Roles: what a person at a desk may do, and which of them each stage of a case asks for.

One person may have several. Who took earlier steps of the same case counts beside them, see `workflow.SEPARATE_DUTIES`.
"""

from __future__ import annotations

from enum import StrEnum

from jinan_desk.core.text import N_
from jinan_desk.core.workflow import DECISIONS, PAYMENTS, POSTINGS, REVIEWS, Stage


class Role(StrEnum):
    """What somebody is there for: receiving (经办员), reviewing (审核员), approving (审批员), keeping the desk
    (管理员)."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.CLERK: N_("经办员"),
    Role.REVIEWER: N_("审核员"),
    Role.APPROVER: N_("审批员"),
    Role.ADMINISTRATOR: N_("管理员"),
}

Roles = frozenset[Role]

ANYBODY: Roles = frozenset(Role)
"""Everybody whose account is active."""

HANDLERS: Roles = frozenset({Role.CLERK, Role.REVIEWER, Role.APPROVER})
"""Those who handle cases at all."""

ENTERS: Roles = frozenset({Role.CLERK})
"""Who enters cases and changes what stands in them."""

CLEARS: Roles = frozenset({Role.REVIEWER, Role.APPROVER})
"""Who settles what stands in a case's way."""

KEEPS: Roles = frozenset({Role.ADMINISTRATOR})
"""Who sets what holds for the whole desk: accounts, parameters, backups."""

CONFIRMS: Roles = frozenset({Role.APPROVER, Role.ADMINISTRATOR})
"""Who agrees to a parameter value that an administrator proposed."""

_ASKED = (
    (REVIEWS | POSTINGS, frozenset({Role.REVIEWER})),
    (DECISIONS | PAYMENTS, frozenset({Role.APPROVER})),
    (frozenset({Stage.RETURNED, Stage.NOT_ACCEPTED}), HANDLERS),
)


def roles_for(stage: Stage) -> Roles:
    """The roles of which any one lets a person take a case into the stage."""
    return next((roles for stages, roles in _ASKED if stage in stages), ENTERS)
