"""On which day a case was granted and on which it was paid: what a year's money is reckoned by.

Both days stand in the body of a case from its approval on. A body that an earlier version wrote has neither; it counts
from the day on which the case came to its stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinan_desk.core.determination import Outcome
from jinan_desk.core.workflow import Stage

GRANTED_ON, PAID_ON = "granted_on", "paid_on"

_GRANTED = frozenset(
    {Stage.APPROVED, Stage.FUNDING, Stage.PAID, Stage.REOPENED, Stage.RECOVERY, Stage.ARCHIVED}
)
_PAID = frozenset({Stage.PAID, Stage.RECOVERY, Stage.ARCHIVED})


def granted_on(body: Mapping[str, Any]) -> str:
    """The day of approval (ISO), "" where it was not, or no longer is, approved."""
    return _day(body, GRANTED_ON, _GRANTED)


def paid_on(body: Mapping[str, Any]) -> str:
    """The day of payment, "" where it was not paid or the bank sent it back."""
    return _day(body, PAID_ON, _PAID)


def _day(body: Mapping[str, Any], key: str, stages: frozenset[Stage]) -> str:
    if key in body:
        return str(body[key])
    counts = body["outcome"] == Outcome.ELIGIBLE and body["stage"] in stages
    return str(body["stage_since"]) if counts else ""


def moved(body: Mapping[str, Any], to: Stage, today: date) -> dict[str, str]:
    """Both days as they are once the case of this body has come to the stage; nothing where there are none to keep."""
    if to not in _GRANTED and GRANTED_ON not in body:
        return {}
    granted = today.isoformat() if to is Stage.APPROVED else granted_on(body) if to in _GRANTED else ""
    paid = today.isoformat() if to is Stage.PAID else paid_on(body) if to in _PAID else ""
    return {GRANTED_ON: granted, PAID_ON: paid}
