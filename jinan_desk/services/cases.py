"""Cases: entering, changing, moving through their stages. One transaction an action; every action is a revision."""

from __future__ import annotations

import json
import uuid
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jinan_desk.core.dates import parse_date
from jinan_desk.core.determination import OUTCOME_LABELS, Determination, Outcome, as_json
from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, Facts, read_facts
from jinan_desk.core.grant import moved
from jinan_desk.core.measure import Measure, Programme, Route
from jinan_desk.core.money import WORDS_LIMIT, figures, yuan
from jinan_desk.core.record import CLOSING, Event
from jinan_desk.core.revision import HOLDER, Revision, digest, kept
from jinan_desk.core.role import CLEARS, ENTERS, HANDLERS, roles_for
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workday import Calendar
from jinan_desk.core.workflow import EDITABLE, STAGE_LABELS, STANDS_STILL, Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.changes import Change, changes_in
from jinan_desk.services.grounds import written
from jinan_desk.services.handed_in import DOCUMENTS, HandedIn, as_body
from jinan_desk.services.judgement import judge_saved, kept_facts
from jinan_desk.services.limits import Limit, days_left, limits_of
from jinan_desk.services.office import Office
from jinan_desk.services.offices import held_elsewhere, partners
from jinan_desk.services.parameters import office_parameters
from jinan_desk.services.question import Question
from jinan_desk.services.roles import demand
from jinan_desk.services.steps import Gate, Step
from jinan_desk.store import CaseFilter, CaseRow, Sorting, Store, Total

EVERYTHING = CaseFilter()
SETTLE = "settle"
"""The action that ends a conflict."""

NEWEST_FIRST = Sorting()
Body = dict[str, Any]


class FactsError(DeskError):
    """Facts that cannot be taken: `wrong` says by path what is allowed."""

    def __init__(self, programme: Programme, wrong: Mapping[str, Sentence]) -> None:
        self.wrong = dict(wrong)
        path, sentence = next(iter(self.wrong.items()))
        super().__init__(
            Sentence(
                N_("有 {count} 处需要修改，第一处是{where}：{why}"),
                count=len(self.wrong),
                where=place(programme, path),
                why=sentence,
            )
        )


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stands: its columns, its facts in JSON shape with the roster, and the stored determination."""

    row: CaseRow
    revision: Revision
    facts: dict[str, Any]
    determination: dict[str, Any]

    @property
    def stage(self) -> Stage:
        return Stage(self.row.stage)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is to be kept beside a body: by hash the kind and the canonical JSON, and the same as it will be read; and
    the answer that the facts came to, None where nothing was determined."""

    contents: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    answer: Determination | None = None

    def keep(self, kind: str, value: Any) -> str:
        """Add a value; answers its hash."""
        content, read = kept(value)
        key = digest(content)
        self.contents[key] = kind, content
        self.values[key] = read
        return key


def place(programme: Programme, path: str) -> Sentence:
    """The path of a fact in words: `roster[2].hired_on` is 名单第 3 行“入职日期”."""
    row, _, key = path.rpartition(".")
    shape = programme.row_shape if row else programme.shape
    label = next((f.label for f in shape.fields if f.key == key), key) if shape is not None else key
    if row:
        return Sentence(N_("名单第 {row} 行“{label}”"), row=int(row[len(ROSTER) + 1 : -1]) + 1, label=Sentence(label))
    return Sentence(N_("“{label}”"), label=Sentence(label))


def programme_of(code: str) -> tuple[Measure, Programme]:
    """The programme of that code with its measure. Raises DeskError where there is none."""
    pair = find(code)
    if pair is None:
        raise DeskError(Sentence(N_("没有编号为 {code} 的事项"), code=code))
    return pair


class Cases:
    """The cases of a store, handled by `account`. `today` and `now` (UTC, `2020-03-20T08:15:00Z`) are the clock;
    `searched` hears what somebody looks for."""

    def __init__(
        self,
        store: Store,
        office: Office,
        calendar: Calendar,
        *,
        account: str,
        today: Callable[[], date],
        now: Callable[[], str],
        searched: Callable[[str], object] = lambda text: None,
    ) -> None:
        self._store = store
        self._searched = searched
        self._office = office
        self._calendar = calendar
        self._account = account
        self._today = today
        self._now = now
        self._gate = Gate(store, calendar, today)

    # Reading --------------------------------------------------------------------------------------------------------

    def rows(
        self, wanted: CaseFilter, *, sorting: Sorting = NEWEST_FIRST, after: CaseRow | None = None, limit: int = 100
    ) -> list[CaseRow]:
        """Up to `limit` cases in the order, after the one that is given."""
        self._searched(wanted.text)
        return self._store.cases(wanted, sorting=sorting, after=after, limit=limit)

    def numbers(
        self,
        wanted: CaseFilter,
        sorting: Sorting = NEWEST_FIRST,
        given_up: Callable[[], bool] = lambda: False,
        *,
        most: int | None = None,
    ) -> array[int] | None:
        """The rows of all cases that are wanted, or of the first so many, for `at`; None where it was given up."""
        self._searched(wanted.text)
        return self._store.lists.numbers(wanted, sorting, given_up, most=most)

    def at(self, numbers: Sequence[int]) -> list[CaseRow | None]:
        """The cases in these rows; None where there is none any more."""
        return self._store.lists.at(numbers)

    def all(self, wanted: CaseFilter = EVERYTHING) -> Iterator[CaseRow]:
        """Every case that is wanted, the last worked on first."""
        self._searched(wanted.text)
        return self._store.lists.all(wanted, NEWEST_FIRST)

    def count(self, wanted: CaseFilter) -> int:
        return self._store.count(wanted)

    def many(self, wanted: CaseFilter) -> bool:
        """Whether so many may be wanted that the first of them are there long before the numbers of all."""
        return self._store.lists.many(wanted)

    def counts(self, column: str, wanted: CaseFilter = EVERYTHING) -> Mapping[str, int]:
        """How many cases there are by what stands in a column."""
        return self._store.counts(column, wanted)

    def total(self, wanted: CaseFilter) -> Total:
        """What the cases that are wanted come to."""
        return self._store.lists.total(wanted)

    def total_at(self, numbers: Sequence[int]) -> Total:
        """What the cases in these rows come to."""
        return self._store.lists.total_at(numbers)

    def find(self, text: str) -> CaseRow:
        """The case of a number, an id or the beginning of one. Raises DeskError where there is none."""
        return self._store.find(text)

    def history(self, case: str) -> tuple[Revision, ...]:
        """All revisions of the case, oldest first."""
        return self._store.history(case)

    def changes(self, case: str) -> dict[str, tuple[Change, ...]]:
        """By revision what it changed, field by field."""
        return changes_in(self._store.history(case), self._store.content)

    def view(self, case: str) -> CaseView:
        """The case as it stands. Raises DeskError where there is none."""
        row = self._store.case(case)
        return self._view(row, self._store.revision(row.head), {})

    def _view(self, row: CaseRow, revision: Revision, values: Mapping[str, Any]) -> CaseView:
        """The view of what was read, with those contents that need not be read any more."""

        def content(key: str) -> Any:
            return values[key] if key in values else json.loads(self._store.content(key))

        facts = dict(revision.body["facts"])
        if revision.body["roster"]:
            facts[ROSTER] = content(revision.body["roster"])
        return CaseView(row, revision, facts, content(revision.body["determination"]))

    def again(self, view: CaseView) -> Determination | None:
        """What the kept facts come to by the parameters as they are now; None where they cannot be read any more."""
        found = kept_facts(self._store, view.revision)
        return None if found is None else determine(*found, office_parameters(self._store))

    def steps(self, case: str) -> tuple[Step, ...]:
        """The stages that come next, the straight way first, with what keeps this person from going there now."""
        row = self._store.case(case)
        steps = self._gate.steps(row, programme_of(row.programme)[1], self._account)
        held = self.held(case)
        return steps if held is None else tuple(replace(step, refusal=held) for step in steps)

    def held(self, case: str) -> Sentence | None:
        """That another office holds the case, in words; None where this one may work on it."""
        return held_elsewhere(self._store, self._office, self._store.case(case))

    def actions(self, case: str) -> tuple[Stage, ...]:
        """The stages that this person may take the case to now."""
        return tuple(step.stage for step in self.steps(case) if step.refusal is None)

    def limits(self, case: str) -> tuple[Limit, ...]:
        """What must be done with the case by when, the most pressing first."""
        return limits_of(self._store.case(case), self._calendar, self._today())

    def days_left(self, row: CaseRow) -> int | None:
        """Working days until the case must be decided; reads nothing, and may be asked anywhere."""
        return days_left(row, self._calendar, self._today())

    # Writing --------------------------------------------------------------------------------------------------------

    def enter(
        self, code: str, on: date, facts: Mapping[str, Any], *, documents: Sequence[HandedIn] = ()
    ) -> CaseView:
        """A new case as a draft. Raises FactsError naming every wrong fact."""
        demand(self._store, self._account, ENTERS)
        measure, programme = programme_of(code)
        body: Body = {
            "programme": programme.code,
            "article": measure.article,
            "stage": (Stage.OPEN if programme.route is Route.SERVE else Stage.DRAFT).value,
            "stage_since": self._today().isoformat(),
            "number": "",
            "received_on": "",
            "due_on": "",
        }
        if partners(self._store):
            body[HOLDER] = self._office.code
        case = uuid.uuid4().hex
        body = _with_documents(body, documents)
        body, beside = self._decided(body, on, facts)
        return self._append(case, (), body, beside, action="enter", reason="")

    def enter_all(self, questions: Iterable[Question]) -> list[CaseView]:
        """Each question as a new draft, in one transaction."""
        with self._store.transaction():
            return [self.enter(q.programme.code, q.on, q.given) for q in questions]

    def change(
        self,
        case: str,
        on: date,
        facts: Mapping[str, Any],
        *,
        documents: Sequence[HandedIn] | None = None,
        reason: str = "",
        action: str = "change",
    ) -> CaseView:
        """New facts for a case that may still be changed, and its documents where they are given, too. The same again
        is no change."""
        demand(self._store, self._account, ENTERS)
        row = self._store.case(case)
        stage = Stage(row.stage)
        if stage not in EDITABLE:
            raise DeskError(
                Sentence(N_("“{stage}”的办件不能直接修改，请先退回修改"), stage=Sentence(STAGE_LABELS[stage]))
            )
        self._refuse(row)
        body = dict(self._store.revision(row.head).body)
        noted = body if documents is None else _with_documents(body, documents)
        changed, beside = self._decided(noted, on, facts)
        if changed == body:
            return self.view(case)
        parents = (row.head,)
        return self._append(case, parents, changed, beside, action=action, reason=reason.strip())

    def advance(self, case: str, to: Stage, *, reason: str = "", on: date | None = None) -> CaseView:
        """Move a case to a stage, as of the day `on` where that is not today.

        Raises DeskError where the way, the outcome, the time, the role, the duties or a finding forbid it.
        """
        row = self._store.case(case)
        programme = programme_of(row.programme)[1]
        self._refuse(row)
        self._gate.let_in(row, programme, to, reason=reason, account=self._account)
        body = dict(self._store.revision(row.head).body)
        today = on or self._today()
        body |= moved(body, to, today)
        body |= {"stage": to.value, "stage_since": today.isoformat(), "due_on": self._due(body, programme, to, today)}
        if to is Stage.RECEIVED and not body["received_on"]:
            body["received_on"] = today.isoformat()
        if to is Stage.CLOSED:
            body[CLOSING] = Event(today, reason.strip(), self._account).as_json()
        return self._append(case, (row.head,), body, _Beside(), action="advance", reason=reason.strip())

    def note(
        self, case: str, action: str, changes: Mapping[str, Any], *, reason: str = "", called: bool = False
    ) -> CaseView:
        """A revision in which these keys of the body are others, and nothing else is. `called`: even where another
        office holds the case."""
        demand(self._store, self._account, HANDLERS)
        row = self._store.case(case)
        self._refuse(row, called=called)
        body = {**self._store.revision(row.head).body, **changes}
        return self._append(case, (row.head,), body, _Beside(), action=action, reason=reason.strip())

    def settle(
        self,
        heads: Sequence[Revision],
        body: Mapping[str, Any],
        *,
        on: date | None = None,
        facts: Mapping[str, Any] | None = None,
        reason: str,
        undo: bool = False,
    ) -> CaseView:
        """A revision that takes the place of all these newest ones of a case in conflict; which body it is to have is
        the business of `conflicts`. With `on` and `facts` they are determined anew. `undo`: a decision is left, which
        is for those who decide."""
        demand(self._store, self._account, roles_for(Stage.APPROVED) if undo else CLEARS)
        parents, case = tuple(head.id for head in heads), heads[-1].case
        if on is None or facts is None:
            return self._append(case, parents, dict(body), _Beside(), action=SETTLE, reason=reason)
        settled, beside = self._decided(dict(body), on, facts)
        return self._append(case, parents, settled, beside, action=SETTLE, reason=reason)

    def tried(self, body: Mapping[str, Any], on: date, facts: Mapping[str, Any]) -> Body:
        """The body with these facts and what they come to; nothing is kept."""
        return self._decided(dict(body), on, facts)[0]

    def _due(self, body: Body, programme: Programme, to: Stage, today: date) -> str:
        """The day by which the case must be decided; the clock stands still in some stages."""
        if to is Stage.RECEIVED and not body["due_on"] and programme.limit:
            return self._calendar.plus(today, programme.limit).isoformat()
        due, since = parse_date(body["due_on"]), parse_date(body["stage_since"])
        if due is not None and since is not None and Stage(body["stage"]) in STANDS_STILL:
            return self._calendar.plus(due, max(0, self._calendar.between(since, today))).isoformat()
        return str(body["due_on"])

    def _refuse(self, row: CaseRow, *, called: bool = False) -> None:
        """Raises DeskError for a case in conflict, and (unless it is `called` up) for one that another office holds."""
        if row.conflict:
            raise DeskError(Sentence(N_("该办件有两个不同的最新版本，请先在“数据交换”中处理冲突")))
        held = None if called else held_elsewhere(self._store, self._office, row)
        if held is not None:
            raise DeskError(held)

    def _decided(self, body: Body, on: date, given: Mapping[str, Any]) -> tuple[Body, _Beside]:
        """The body with these facts and what they come to, and what is to be kept beside it."""
        measure, programme = programme_of(body["programme"])
        facts, wrong = read_facts(programme.shape, programme.row_shape, given)
        if wrong:
            raise FactsError(programme, wrong)
        answer = determine(programme, facts, on, office_parameters(self._store))
        if (answer.amount or 0) >= WORDS_LIMIT:
            raise DeskError(Sentence(N_("算出的金额过大，应小于 1 万亿元；请核对填报的金额和数量，没有保存")))
        beside = _Beside(answer=answer)
        return {
            **body,
            "on": on.isoformat(),
            "facts": programme.shape.normalised(given, facts),
            "roster": None if facts.rows is None else beside.keep("roster", _rows(programme, given, facts)),
            "determination": beside.keep("determination", as_json(answer, measure.article)),
            "outcome": answer.outcome.value,
            "amount": answer.amount,
        }, beside

    def _append(
        self,
        case: str,
        parents: tuple[str, ...],
        body: Body,
        beside: _Beside,
        *,
        action: str,
        reason: str,
    ) -> CaseView:
        reason = written(reason)
        with self._store.transaction():
            if body["received_on"] and not body["number"]:
                body["number"] = self._number(body["programme"], body["received_on"][:4])
            revision = Revision(
                case=case,
                parents=parents,
                origin=self._store.next_origin(self._office.code),
                account=self._account,
                at=self._now(),
                action=action,
                reason=reason,
                body=body,
            )
            (saved,) = self._store.append([revision], beside.contents, judged=True)
            judge_saved(self._store, revision, saved, beside.answer)
        return self._view(saved.as_listed, revision, beside.values)

    def _number(self, programme: str, year: str) -> str:
        serial = self._store.next_number(self._office.code, int(year), programme)
        return f"{self._office.prefix}〔{year}〕{programme}-{serial:04}号"


def _rows(programme: Programme, given: Mapping[str, Any], facts: Facts) -> list[dict[str, Any]]:
    shape = programme.row_shape
    if shape is None or facts.rows is None:
        return []
    return [shape.normalised(entry, row) for entry, row in zip(given[ROSTER], facts.rows, strict=True)]


def _with_documents(body: Body, documents: Sequence[HandedIn]) -> Body:
    kept = as_body(documents)
    others = {key: value for key, value in body.items() if key != DOCUMENTS}
    return {**others, DOCUMENTS: kept} if kept else others


def headline(row: CaseRow) -> Sentence:
    """A case in one line for people. What a service record comes to says nothing, and is left out."""
    programme = programme_of(row.programme)[1]
    return Sentence(
        N_("{case}  {number}  {programme} {name}  {applicant}  {stage}  {outcome}  {amount}"),
        case=row.case[:8],
        number=row.number or "—",
        programme=row.programme,
        name=Sentence(programme.name),
        applicant=row.applicant or "—",
        stage=Sentence(STAGE_LABELS[Stage(row.stage)]),
        outcome="—" if programme.route is Route.SERVE else Sentence(OUTCOME_LABELS[Outcome(row.outcome)]),
        amount="—" if row.amount is None else figures(row.amount),
    )


def summary(row: CaseRow) -> dict[str, Any]:
    """A case's columns as JSON: the amount in yuan, keys in English."""
    return {
        "case": row.case,
        "number": row.number,
        "programme": row.programme,
        "article": row.article,
        "stage": row.stage,
        "outcome": row.outcome,
        "amount": None if row.amount is None else yuan(row.amount),
        "applicant": row.applicant,
        "district": row.district,
        "on": row.on,
        "received_on": row.received_on,
        "due_on": row.due_on,
        "updated_at": row.updated_at,
        "head": row.head,
        "conflict": row.conflict,
    } | ({"holder": row.holder} if row.holder else {})


def stage_named(word: str) -> Stage:
    """The stage of that word, English key or Chinese label. Raises DeskError for any other."""
    for stage, label in STAGE_LABELS.items():
        if word in (stage.value, label):
            return stage
    allowed = listed(stage.value for stage in Stage)
    raise DeskError(Sentence(N_("没有阶段 {word}；可用：{allowed}"), word=word, allowed=allowed))
