"""Judging cases: what each claims by its programme's declaration, and what is found among the claims of several.

Runs when a case is saved, for what a merge has brought, and on demand for the whole store. What comes out depends on
the newest revisions alone, so that the order in which packages are merged makes no difference.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinan_desk.core.dated import ParameterSet, Values
from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import Determination, Outcome
from jinan_desk.core.field import ROSTER, Facts, read_facts
from jinan_desk.core.finding import (
    AccountUse,
    Claim,
    Finding,
    account_of,
    claims_of,
    decode_claim,
    encode,
    encode_claim,
    judge,
    judge_account,
)
from jinan_desk.core.grant import GRANTED_ON, PAID_ON
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.record import record_of
from jinan_desk.core.revision import Revision, digest, rewrite
from jinan_desk.core.workflow import CLAIMS_NOTHING, Stage
from jinan_desk.measures import find
from jinan_desk.services.parameters import office_parameters
from jinan_desk.store import FindingRow, Ground, LastJudged, Store, Written

CLEARED = "cleared"
"""The key of a body under which the findings that were cleared stand: by id, who, when and why."""

ALERT = "alert"
"""The mark of an open case whose determination raises an alert."""

_ACCOUNT = "account:"
_AT_ONCE = 200


def month_mark(month: object) -> str:
    """The mark of a service record in which something happened in the month."""
    return f"month:{month}"


def judge_waiting(store: Store, tell: Callable[[int, int], object] = lambda done, total: None) -> None:
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
    parameters = office_parameters(store)
    heads = store.newest(list(cases))
    before = store.findings.last_judged([head.case for head in heads])
    contributions = [_contribution(store, head, before[head.case].sign, parameters) for head in heads]
    _put(store, [(before[one.case], one) for one in contributions if one is not None])


def judge_saved(store: Store, revision: Revision, saved: Written, determination: Determination | None) -> None:
    """The same for a case that has just been saved, without reading again what was just determined, if it was."""

    def decided() -> Decided | None:
        return _stored(store, revision, office_parameters(store)) if determination is None else _just(determination)

    known = {} if saved.is_new else store.findings.last_judged([revision.case])
    last = known.get(revision.case) or LastJudged(saved.row)
    contribution = _changed(store, revision, last.sign, decided)
    if contribution is not None:
        _put(store, [(last, contribution)], never_named=saved.is_new)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one case contributes to findings; see `Ground` for what is kept of it."""

    case: str
    sign: str
    claims: Mapping[str, Sequence[Claim]]
    account: AccountUse | None
    cleared: Mapping[str, Any]
    marks: frozenset[str]

    def ground(self) -> Ground:
        kept: dict[str, list[Any]] = {key: list(map(encode_claim, claims)) for key, claims in self.claims.items()}
        if self.account is not None:
            kept[_ACCOUNT + self.account.account] = [self.account.party]
        return Ground(self.sign, kept, self.cleared, self.marks)


def _put(
    store: Store, contributions: Sequence[tuple[LastJudged, Contribution]], *, never_named: bool = False
) -> None:
    """Replace what cases have contributed until now by what they do, and then what is found about them; in no finding
    that there is are they named (`never_named`)."""
    grounds = [(last, one.ground()) for last, one in contributions]
    store.findings.put(grounds)
    for (last, one), (_, ground) in zip(contributions, grounds, strict=True):
        keys = {*(last.keys or ()), *ground.claims}
        _judge(store, one, last.row, keys, never_named=never_named)


def _judge(store: Store, contribution: Contribution, row: int, keys: set[str], *, never_named: bool) -> None:
    """Replace what is found about the case, under keys whose claims have come or gone. Where claims are capped it may
    concern other cases, too."""
    case = contribution.case
    capped: list[str] = []
    found: list[FindingRow] = []
    others = store.findings.others(row, keys)
    for key in others.keys() | contribution.claims.keys():  # of the others nothing could be found
        if key.startswith(_ACCOUNT):
            use = contribution.account
            account = key.removeprefix(_ACCOUNT)
            uses = [AccountUse(other, account, party) for other, party in others[key]]
            findings = judge_account(use, uses) if use is not None and use.account == account else frozenset()
        else:
            own = contribution.claims.get(key, ())
            beside = [decode_claim(other, key, claim) for other, claim in others.get(key, ())]
            if any(claim.cap is not None for claim in (*own, *beside)):
                capped.append(key)
            findings = judge(own, beside)
        found += [_row(key, finding) for finding in findings]
    store.findings.replace(case, capped, found, never_named=never_named)


def _row(key: str, finding: Finding) -> FindingRow:
    return FindingRow(finding.id, key, finding.kind.value, finding.cases, encode(finding))


# What a case contributes --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decided:
    """What a case's facts came to, as far as judging needs it; `rows` are the outcomes of the roster's rows."""

    programme: Programme
    facts: Facts
    values: Values
    rows: Sequence[Outcome]
    alert: bool


def _just(determination: Determination) -> Decided:
    alerts = _alerts(determination.programme)
    return Decided(
        programme=determination.programme,
        facts=determination.facts,
        values=determination.values,
        rows=[row.outcome for row in determination.rows],
        alert=bool(alerts) and any(caution.key in alerts for caution in determination.cautions),
    )


def kept_facts(store: Store, revision: Revision) -> tuple[Programme, Facts, date] | None:
    """The programme, the facts and the day of a case from what is kept; None where another version of the program has
    made it and this one cannot read it."""
    body = revision.body
    pair, on = find(body["programme"]), parse_date(body["on"])
    if pair is None or on is None:
        return None
    programme = pair[1]
    given = dict(body["facts"])
    if body["roster"]:
        given[ROSTER] = json.loads(store.content(body["roster"]))
    facts, wrong = read_facts(programme.shape, programme.row_shape, given)
    return None if wrong else (programme, facts, on)


def _stored(store: Store, revision: Revision, parameters: ParameterSet) -> Decided | None:
    """The same, with what the kept determination says of the rows."""
    kept_case = kept_facts(store, revision)
    if kept_case is None:
        return None
    body, (programme, facts, on) = revision.body, kept_case
    alerts = _alerts(programme)
    kept = json.loads(store.content(body["determination"])) if facts.rows or alerts else {}
    rows = [Outcome(row["outcome"]) for row in kept.get("rows", ())]
    if len(rows) != len(facts.rows or ()):
        rows = [Outcome.INCOMPLETE] * len(facts.rows or ())
    alert = any(warning["key"] in alerts for warning in kept.get("warnings", ()))
    return Decided(programme, facts, Values(on, parameters), rows, alert)


def _alerts(programme: Programme) -> frozenset[str]:
    return frozenset(warn.key for warn in programme.warnings if warn.alert)


def _contribution(store: Store, revision: Revision, sign: str, parameters: ParameterSet) -> Contribution | None:
    """What the case contributes now, None where that has not changed; it waits no longer then."""
    changed = _changed(store, revision, sign, lambda: _stored(store, revision, parameters))
    if changed is None:
        store.findings.settle(revision.case)
    return changed


def _changed(
    store: Store, revision: Revision, before: str, decide: Callable[[], Decided | None]
) -> Contribution | None:
    """What the case contributes now; None where its sign is the one `before`."""
    body = revision.body
    stage = stage_that_counts(store, revision)
    counts = stage not in CLAIMS_NOTHING
    relevant = {key: value for key, value in body.items() if key not in _ELSEWHERE}
    sign = digest(rewrite([relevant, counts, stage is Stage.CLOSED]))
    if sign == before:
        return None
    decided = decide()
    claims: dict[str, list[Claim]] = {}
    marks: set[str] = set()
    if decided is not None and counts:
        for claim in _claims(revision, decided):
            claims.setdefault(claim.party, []).append(claim)
    if decided is not None and decided.programme.route is Route.SERVE:
        marks = {month_mark(month) for month in record_of(body).months}
        marks |= {ALERT} if decided.alert and stage is not Stage.CLOSED else set()
    return Contribution(
        case=revision.case,
        sign=sign,
        claims=claims,
        account=account_of(revision.case, decided.facts) if decided is not None and counts else None,
        cleared=body.get(CLEARED, {}),
        marks=frozenset(marks),
    )


_ELSEWHERE = frozenset(
    {"stage", "stage_since", "number", "received_on", "due_on", "documents", GRANTED_ON, PAID_ON}
)
"""What a body says of the case's course and that no claim depends on, but for the stage in the two words beside it."""


def stage_that_counts(store: Store, revision: Revision) -> Stage:
    """The stage of the case, or from which it was archived: what was refused claims nothing afterwards either."""
    while revision.body["stage"] == Stage.ARCHIVED and revision.parents:
        revision = store.revision(revision.parents[0])
    return Stage(revision.body["stage"])


def _claims(revision: Revision, decided: Decided) -> Iterator[Claim]:
    return claims_of(
        revision.case,
        decided.programme,
        decided.facts,
        decided.values,
        outcome=Outcome(revision.body["outcome"]),
        rows=decided.rows,
        amount=revision.body["amount"],
    )
