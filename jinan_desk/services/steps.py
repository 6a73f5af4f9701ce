"""Steps: which stages a case may enter now, and what forbids the others.

What is offered and what is done is asked here alike, so that the window offers exactly what will be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.finding import FINDING_LABELS, FindingKind
from jinan_desk.core.measure import Programme
from jinan_desk.core.role import roles_for
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import (
    EDITABLE,
    NEEDS_REASON,
    ORDER,
    PUBLICITY_WORKDAYS,
    SEPARATE_DUTIES,
    STAGE_LABELS,
    Stage,
    fits_outcome,
    next_stages,
)
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.funds import overdrawn
from jinan_desk.services.judgement import judge_waiting
from jinan_desk.services.paper_kinds import NOTICES, Notice
from jinan_desk.services.roles import refusal_of
from jinan_desk.store import CaseRow, Store


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that comes next. `straight`: on the straight way of the route, or back onto it. `refusal` says why
    not now, or is None.

    `caution` is what must be answered with a reason before the step is taken; None for nothing.
    """

    stage: Stage
    straight: bool
    refusal: Sentence | None
    caution: Sentence | None = None


class Gate:
    """Before every stage: the way, the reason, the outcome, the role, the duties, the findings, the time."""

    def __init__(self, store: Store, calendar: Calendar, today: Callable[[], date]) -> None:
        self._store = store
        self._calendar = calendar
        self._today = today

    def steps(self, row: CaseRow, programme: Programme, account: str) -> tuple[Step, ...]:
        """Every stage that follows on this one, with what keeps this person from taking the case there now."""
        if row.conflict:
            return ()
        straight = _straight(programme, Stage(row.stage))
        return tuple(
            Step(stage, stage is straight, self._refusal(row, stage, account), self._caution(row, programme, stage))
            for stage in next_stages(programme.route, Stage(row.stage))
        )

    def let_in(self, row: CaseRow, programme: Programme, to: Stage, *, reason: str, account: str) -> None:
        """Raises DeskError where the case may not enter the stage."""
        stage = Stage(row.stage)
        allowed = next_stages(programme.route, stage)
        if to not in allowed:
            raise DeskError(
                Sentence(
                    N_("“{stage}”之后不能到“{to}”，可以到：{allowed}"),
                    stage=Sentence(STAGE_LABELS[stage]),
                    to=Sentence(STAGE_LABELS[to]),
                    allowed=_named(allowed) if allowed else "—",
                )
            )
        if to in NEEDS_REASON and not reason.strip():
            raise DeskError(Sentence(N_("转入“{to}”须写明理由"), to=Sentence(STAGE_LABELS[to])))
        refusal = self._refusal(row, to, account)
        if refusal is not None:
            raise DeskError(refusal)
        caution = self._caution(row, programme, to)
        if caution is not None and not reason.strip():
            raise DeskError(Sentence(N_("{caution}。仍要转入，请写明理由"), caution=caution))

    def publicity_ends(self, row: CaseRow) -> date:
        """The last day on which a case in publicity is posted."""
        return self._calendar.plus(parse_date(row.stage_since) or self._today(), PUBLICITY_WORKDAYS)

    def _refusal(self, row: CaseRow, to: Stage, account: str) -> Sentence | None:
        if not fits_outcome(to, Outcome(row.outcome)):
            return _unfit(row, to)
        duty = refusal_of(self._store, account, roles_for(to)) or self._same_person(row, to, account)
        duty = duty or self._own_correction(row, to, account)
        return duty or self._open_findings(row, to) or self._still_posted(row, to)

    def _caution(self, row: CaseRow, programme: Programme, to: Stage) -> Sentence | None:
        """Money that is not there is a reason to think again, not to refuse what somebody is entitled to: more may
        have been promised than was entered here."""
        return overdrawn(self._store, programme, row.amount, self._today()) if to is Stage.APPROVED else None

    def _same_person(self, row: CaseRow, to: Stage, account: str) -> Sentence | None:
        for duty in SEPARATE_DUTIES:
            if to not in duty.later:
                continue
            for revision in self._store.history(row.case):
                entered = Stage(revision.body["stage"])
                if revision.action == "advance" and entered in duty.earlier and revision.account == account:
                    return Sentence(
                        N_("{account} 已办理“{earlier}”，不能再办理“{to}”，请由另一人办理"),
                        account=account,
                        earlier=Sentence(STAGE_LABELS[entered]),
                        to=Sentence(STAGE_LABELS[to]),
                    )
        return None

    def _own_correction(self, row: CaseRow, to: Stage, account: str) -> Sentence | None:
        """Where money goes to another account than was reviewed, a second person looks at that account."""
        if to is not Stage.FUNDING or Stage(row.stage) is not Stage.REOPENED:
            return None
        for revision in reversed(self._store.history(row.case)):
            if revision.action == "advance":
                break
            if revision.action == "change" and revision.account == account:
                return Sentence(
                    N_("{account} 更正了收款账户，不能再办理“{to}”，请由另一人核对后办理"),
                    account=account, to=Sentence(STAGE_LABELS[to]),
                )
        return None

    def _open_findings(self, row: CaseRow, to: Stage) -> Sentence | None:
        if to is not Stage.APPROVED:
            return None
        judge_waiting(self._store)
        found = self._store.findings.of(row.case, cleared=False)
        if not found:
            return None
        return Sentence(
            N_("有 {count} 项疑点尚未排除（{kind}），请先核实并写明理由，再转入“{to}”"),
            count=len(found),
            kind=Sentence(FINDING_LABELS[FindingKind(found[0].kind)]),
            to=Sentence(STAGE_LABELS[Stage.APPROVED]),
        )

    def _still_posted(self, row: CaseRow, to: Stage) -> Sentence | None:
        if Stage(row.stage) is not Stage.PUBLICITY or to is not Stage.APPROVED:
            return None
        ends = self.publicity_ends(row)
        if self._today() > ends:
            return None
        return Sentence(N_("公示不少于 {days} 个工作日，{ends} 期满后方可审批"), days=PUBLICITY_WORKDAYS, ends=ends)


def _straight(programme: Programme, stage: Stage) -> Stage | None:
    """What comes next on the straight way, or leads back onto it."""
    order = ORDER[programme.route]
    return next((to for to in next_stages(programme.route, stage) if to in order), None)


def _unfit(row: CaseRow, to: Stage) -> Sentence:
    """That the case came to what keeps it from the stage, and what can be done about it where it stands."""
    stage, outcome = Stage(row.stage), Outcome(row.outcome)
    words = N_("认定结果为“{outcome}”，不能转入“{to}”；可以转入：{others}")
    if outcome is Outcome.INCOMPLETE and stage in EDITABLE:
        words = N_("认定结果为“{outcome}”，不能转入“{to}”；请补齐资料，或转入：{others}")
    pair = find(row.programme)
    ways = next_stages(pair[1].route, stage) if pair is not None else ()
    others = [other for other in ways if fits_outcome(other, outcome)]
    label = Sentence(OUTCOME_LABELS[outcome])
    return Sentence(words, outcome=label, to=Sentence(STAGE_LABELS[to]), others=_named(others))


def _named(stages: Iterable[Stage]) -> Sentence:
    return listed(Sentence(STAGE_LABELS[stage]) for stage in stages)


def paper_told(stage: Stage, programme: Programme) -> tuple[Notice, ...]:
    """The papers that tell of a case's entering the stage."""
    return tuple(
        notice for notice in NOTICES if notice.tells_of is stage and programme.route in notice.routes
    )
