"""Judging cases: what each claims by its programme's declaration, and what is found among the claims of several.

Runs when a case is saved, for what a merge has brought, and on demand for the whole store. What comes out depends on
the newest revisions alone, so that the order in which packages are merged makes no difference.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from jinan_desk.core.dated import ParameterSet, Values
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import Outcome
from jinan_desk.core.field import ROSTER, Facts, read_facts
from jinan_desk.core.finding import (
    AccountUse,
    Finding,
    account_of,
    claims_of,
    decode_claim,
    encode,
    judge,
    judge_account,
)
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.record import record_of
from jinan_desk.core.revision import Revision, canonical, digest
from jinan_desk.core.workflow import CLAIMS_NOTHING, Stage
from jinan_desk.measures import find
from jinan_desk.services.parameters import office_parameters
from jinan_desk.store import FindingRow, Ground, Store

CLEARED = "cleared"
"""The key of a body under which the findings that were cleared stand: by id, who, when and why."""

ALERT = "alert"
"""The mark of an open case whose determination raises an alert."""

_ACCOUNT = "account:"
_AT_ONCE = 200


def month_mark(month: object) -> str:
    """The mark of a service record in which something happened in the month."""
    return f"month:{month}"


def judge_waiting(store: Store, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Judge every case that waits for it, some at a time; `tell` hears how many of how many are done."""
    total = store.findings.count_unjudged()
    done = 0
    while cases := store.findings.unjudged(_AT_ONCE):
        with store.transaction():
            judge_cases(store, cases)
        done += len(cases)
        tell(done, total)


def judge_cases(store: Store, cases: Iterable[str]) -> None:
    """Bring what is found about these cases up to date, inside the caller's transaction."""
    keys: set[str] = set()
    parameters = office_parameters(store)
    for case in cases:
        ground = _ground(store, case, parameters)
        if ground is None:
            store.findings.settle(case)
        else:
            keys |= store.findings.put(case, ground)
    if keys:
        found = (
            _row(key, finding) for key, claims in store.findings.claims(keys) for finding in _judged(key, claims)
        )
        store.findings.replace(keys, list(found))


def _judged(key: str, claims: list[dict[str, Any]]) -> Iterable[Finding]:
    if len({claim["case"] for claim in claims}) == 1 and not any("retires" in claim for claim in claims):
        return ()  # by far the most: nobody else claims under this key
    if key.startswith(_ACCOUNT):
        return judge_account(AccountUse(**claim) for claim in claims)
    return judge(map(decode_claim, claims))


def _row(key: str, finding: Finding) -> FindingRow:
    return FindingRow(finding.id, key, finding.kind.value, finding.cases, encode(finding))


# What a case contributes --------------------------------------------------------------------------------------------


def _ground(store: Store, case: str, parameters: ParameterSet) -> Ground | None:
    """What the case contributes now, None where that has not changed."""
    revision = store.revision(store.case(case).head)
    body = revision.body
    stage = _stage_that_counts(store, revision)
    counts = stage not in CLAIMS_NOTHING
    relevant = {key: value for key, value in body.items() if key not in _ELSEWHERE}
    sign = digest(canonical([relevant, counts, stage is Stage.CLOSED]))
    if sign == store.findings.sign(case):
        return None
    pair = find(body["programme"])
    on = parse_date(body["on"])
    claims: dict[str, list[dict[str, Any]]] = {}
    marks: frozenset[str] = frozenset()
    if pair is not None and on is not None:  # else it was made by another version of the program
        programme = pair[1]
        if counts:
            claims = _claims(store, case, programme, body, Values(on, parameters))
        if programme.route is Route.SERVE:
            marks = _marks(store, programme, body, stage)
    return Ground(sign, claims, body.get(CLEARED, {}), marks)


_ELSEWHERE = frozenset({"stage", "stage_since", "number", "received_on", "due_on"})
"""What a body says of the case's course and that no claim depends on, but for the stage in the two words beside it."""


def _stage_that_counts(store: Store, revision: Revision) -> Stage:
    """The stage of the case, or from which it was archived: what was refused claims nothing afterwards either."""
    while revision.body["stage"] == Stage.ARCHIVED and revision.parents:
        revision = store.revision(revision.parents[0])
    return Stage(revision.body["stage"])


def _claims(
    store: Store, case: str, programme: Programme, body: Any, values: Values
) -> dict[str, list[dict[str, Any]]]:
    given = dict(body["facts"])
    if body["roster"]:
        given[ROSTER] = json.loads(store.content(body["roster"]))
    facts, wrong = read_facts(programme.shape, programme.row_shape, given)
    if wrong:
        return {}
    found: dict[str, list[dict[str, Any]]] = {}
    outcomes = _row_outcomes(store, body, facts)
    came_to = Outcome(body["outcome"])
    for claim in claims_of(
        case, programme, facts, values, outcome=came_to, rows=outcomes, amount=body["amount"]
    ):
        found.setdefault(claim.party, []).append(encode(claim))
    use = account_of(case, facts)
    if use is not None:
        found[_ACCOUNT + use.account] = [encode(use)]
    return found


def _row_outcomes(store: Store, body: Any, facts: Facts) -> list[Outcome]:
    """What each row came to, in the stored determination."""
    if not facts.rows:
        return []
    rows = json.loads(store.content(body["determination"])).get("rows", [])
    if len(rows) != len(facts.rows):
        return [Outcome.INCOMPLETE] * len(facts.rows)
    return [Outcome(row["outcome"]) for row in rows]


def _marks(store: Store, programme: Programme, body: Any, stage: Stage) -> frozenset[str]:
    marks = {month_mark(month) for month in record_of(body).months}
    alerts = {warn.key for warn in programme.warnings if warn.alert}
    if alerts and stage is not Stage.CLOSED:
        warnings = json.loads(store.content(body["determination"]))["warnings"]
        marks |= {ALERT for warning in warnings if warning["key"] in alerts}
    return frozenset(marks)
