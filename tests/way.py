"""The straight way of an approved case, each step by somebody who may take it."""

from copy import copy

from jinan_desk.core.workflow import Stage
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import APPROVER, CLERK, REVIEWER, SECOND_REVIEWER

STRAIGHT = (
    (Stage.RECEIVED, CLERK),
    (Stage.ACCEPTED, CLERK),
    (Stage.FIRST_REVIEW, REVIEWER),
    (Stage.SECOND_REVIEW, SECOND_REVIEWER),
    (Stage.PUBLICITY, REVIEWER),
    (Stage.APPROVED, APPROVER),
    (Stage.FUNDING, APPROVER),
    (Stage.PAID, APPROVER),
)


def by(cases: Cases, name: str) -> Cases:
    """The same cases in the hands of somebody else."""
    others = copy(cases)
    others._account = name
    return others
