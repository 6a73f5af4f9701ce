"""Effects of a parameter value: which cases would come out differently with it, and what that costs.

Reckoned a few cases at a time, so that whoever asks can show how far it is and stop. Nothing is written: a decided case
stays as it was decided, and an open one is reckoned anew when it is next saved. What is listed is the worklist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from jinan_desk.core.dated import Dated, Parameter, ParameterSet
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.determine import determine
from jinan_desk.core.field import Facts
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_, Sentence, Translate
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.file import placing
from jinan_desk.measures import find, programmes
from jinan_desk.services.access import Action, Note, unnoted
from jinan_desk.services.judgement import kept_facts, stage_that_counts
from jinan_desk.services.parameters import office_parameters
from jinan_desk.store import CaseFilter, CaseRow, Store

if TYPE_CHECKING:
    from jinan_desk.exchange.sheet import Value

_PAGE = 500
_NOBODY_DECIDED = frozenset({Stage.NOT_ACCEPTED, Stage.WITHDRAWN})
_UNDECIDED = frozenset(
    {
        Stage.DRAFT, Stage.RECEIVED, Stage.CORRECTION, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW,
        Stage.PUBLICITY, Stage.OBJECTION, Stage.RETURNED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """A case that would come out differently: as it stands, and what it would come to. Amounts are in fen."""

    row: CaseRow
    decided: bool
    outcome: Outcome
    amount: int | None

    @property
    def before(self) -> int:
        """What is due by what is kept."""
        return _due(Outcome(self.row.outcome), self.row.amount)

    @property
    def after(self) -> int:
        """What would be due."""
        return _due(self.outcome, self.amount)

    def sentence(self) -> Sentence:
        """The case, and what becomes of it, in one line for people."""
        return Sentence(
            N_("{case}  {programme}  {applicant}  {stage}  {before} → {after}"),
            case=self.row.number or self.row.case[:8],
            programme=self.row.programme,
            applicant=self.row.applicant or "—",
            stage=Sentence(STAGE_LABELS[Stage(self.row.stage)]),
            before=_worded(Outcome(self.row.outcome), self.row.amount),
            after=_worded(self.outcome, self.amount),
        )


def _worded(outcome: Outcome, amount: int | None) -> Sentence:
    if outcome is not Outcome.ELIGIBLE or amount is None:
        return Sentence(OUTCOME_LABELS[outcome])
    return Sentence(N_("{outcome} {amount} 元"), outcome=Sentence(OUTCOME_LABELS[outcome]), amount=figures(amount))


@dataclass(frozen=True, slots=True)
class Sum:
    """Some of them together: how many, and what is due before and after (fen)."""

    label: str
    count: int
    before: int
    after: int

    def sentence(self) -> Sentence:
        return Sentence(
            N_("{label} {count} 件：原 {before} 元，新 {after} 元，相差 {difference} 元"),
            label=Sentence(self.label),
            count=self.count,
            before=figures(self.before),
            after=figures(self.after),
            difference=signed(self.after - self.before),
        )


def signed(fen: int) -> str:
    """The amount with its sign, a plus, too."""
    return f"+{figures(fen)}" if fen > 0 else f"-{figures(-fen)}" if fen < 0 else figures(0)


class Reckoning:
    """The effects of one value of one parameter, as far as they have been reckoned: `done` of `total` cases. `note`
    takes down who has a list of them written."""

    def __init__(
        self, store: Store, parameter: Parameter, dated: Dated, note: Note = unnoted
    ) -> None:
        self._note = note
        self.parameter = parameter
        self.dated = dated
        self._store = store
        self._with, self._without = _both(office_parameters(store), parameter, dated)
        self._codes = [
            programme.code
            for _, programme in programmes()
            if parameter in programme.parameters and programme.route is not Route.SERVE
        ]
        self.total = sum(store.count(CaseFilter(programme=code)) for code in self._codes)
        self.done = 0
        self.effects: list[Effect] = []
        self._rows = self._all()

    @property
    def finished(self) -> bool:
        return self.done >= self.total

    def more(self, count: int) -> None:
        """Look at so many cases more."""
        taken = list(islice(self._rows, count))
        for row in taken:
            effect = self._effect(row)
            if effect is not None:
                self.effects.append(effect)
        self.done = self.done + len(taken) if taken else self.total

    def sums(self) -> list[Sum]:
        """The open cases and the decided ones, where there are any."""
        both = (
            _sum(N_("未决办件"), [effect for effect in self.effects if not effect.decided]),
            _sum(N_("已决办件（不因此改变）"), [effect for effect in self.effects if effect.decided]),
        )
        return [one for one in both if one.count]

    def write(self, path: Path, translate: Translate) -> None:
        """Write the worklist into a workbook. Raises DeskError where the file cannot be written."""
        from jinan_desk.exchange.sheet import Column
        from jinan_desk.exchange.table import Table
        from jinan_desk.exchange.table_book import write_table_book

        title = Sentence(
            N_("{label}：自 {since} 起 {value} 的影响"),
            label=Sentence(self.parameter.label),
            since=self.dated.since.isoformat(),
            value=Sentence("{value}", value=self.parameter.kind.show(self.dated.value)),
        )
        columns = [Column(translate(head), width) for head, width in _COLUMNS]
        rows = tuple(tuple(_cells(effect, translate)) for effect in self.effects)
        table = Table(translate(N_("影响")), title.read(translate), columns, rows)
        with placing(path) as fresh:
            write_table_book(fresh, [table], [one.sentence().read(translate) for one in self.sums()])
            self._note(Action.LEDGER, f"{self.parameter.key} {len(rows)}")

    def _all(self) -> Iterator[CaseRow]:
        for code in self._codes:
            after = None
            while page := self._store.cases(CaseFilter(programme=code), after=after, limit=_PAGE):
                yield from page
                after = page[-1]

    def _effect(self, row: CaseRow) -> Effect | None:
        revision = self._store.revision(row.head)
        kept = kept_facts(self._store, revision)
        if kept is None or row.conflict:
            return None
        outcome, amount = _reckon(kept, self._with)
        if (outcome, amount) == (row.outcome, row.amount) or (outcome, amount) == _reckon(kept, self._without):
            return None
        stage = stage_that_counts(self._store, revision)
        if stage in _NOBODY_DECIDED:
            return None
        return Effect(row, stage not in _UNDECIDED, outcome, amount)


def _both(own: ParameterSet, parameter: Parameter, dated: Dated) -> tuple[ParameterSet, ParameterSet]:
    """The office's values with this one and without it, whether it is in force already or not."""
    others = tuple(one for one in own.added.get(parameter.key, ()) if one != dated)
    return (
        ParameterSet(added={**own.added, parameter.key: (*others, dated)}),
        ParameterSet(added={**own.added, parameter.key: others}),
    )


def _reckon(kept: tuple[Programme, Facts, date], parameters: ParameterSet) -> tuple[Outcome, int | None]:
    programme, facts, on = kept
    answer = determine(programme, facts, on, parameters)
    return answer.outcome, answer.amount


def _due(outcome: Outcome, amount: int | None) -> int:
    return (amount or 0) if outcome is Outcome.ELIGIBLE else 0


def _sum(label: str, effects: list[Effect]) -> Sum:
    return Sum(label, len(effects), sum(e.before for e in effects), sum(e.after for e in effects))


_COLUMNS = (
    (N_("编号"), 30), (N_("事项"), 24), (N_("申请人"), 30), (N_("阶段"), 10), (N_("是否已决"), 10),
    (N_("原结果"), 10), (N_("原金额（元）"), 15), (N_("新结果"), 10), (N_("新金额（元）"), 15), (N_("相差（元）"), 15),
)  # fmt: skip


def _cells(effect: Effect, translate: Translate) -> Iterator[Value]:
    from jinan_desk.exchange.sheet import yuan

    row = effect.row
    pair = find(row.programme)
    yield row.number or row.case[:8]
    yield f"{row.programme} {translate(pair[1].name)}" if pair else row.programme
    yield row.applicant
    yield translate(STAGE_LABELS[Stage(row.stage)])
    yield translate(N_("已决") if effect.decided else N_("未决"))
    yield translate(OUTCOME_LABELS[Outcome(row.outcome)])
    yield yuan(row.amount)
    yield translate(OUTCOME_LABELS[effect.outcome])
    yield yuan(effect.amount)
    yield yuan(effect.after - effect.before)
