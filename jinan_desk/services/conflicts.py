"""Conflicts: cases with more than one newest revision, seen side by side and settled by a person.

A person chooses piece by piece (see `sides`), or one side whole; what one side alone has changed is proposed, what both
have, or somebody who did not hold the case, has to be chosen. The settlement is a revision with all sides as parents.
What it keeps to:

* The stage is that of one of the sides, never one that nobody took the case to. At a stage in which facts may not be
  changed (`EDITABLE`), the facts are those with which that side got there: a review or an approval is not carried over
  to facts that nobody reviewed. Else the facts are determined anew, unless a side is taken whole.
* A side that was approved or paid is left for one that was not, or that came to another amount, only by somebody who
  says so (`undo`) and may decide, and the history tells it; the amount is shown before it is settled.
* A number is kept, and of two the other one stays noted with the case, so that neither is given to anything else.
* Where offices pass cases on, the settlement belongs to an office that holds the case by one of the sides; the others
  are sent it. A reason is always needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from jinan_desk.core.dates import local_time, parse_date
from jinan_desk.core.field import ROSTER
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.revision import HOLDER, Revision, canonical, is_strange
from jinan_desk.core.text import N_, Sentence, listed
from jinan_desk.core.workflow import EDITABLE, ORDER, STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services import sides
from jinan_desk.services.cases import Body, Cases, CaseView
from jinan_desk.services.office import Office
from jinan_desk.services.offices import name_of
from jinan_desk.services.sides import Key, Pieces, Side
from jinan_desk.store import CaseFilter, CaseRow, Store

Facts = dict[str, Any]
IN_CONFLICT = CaseFilter(conflict=True)
_DECIDED = frozenset(
    {Stage.APPROVED, Stage.FUNDING, Stage.PAID, Stage.REOPENED, Stage.RECOVERY, Stage.TRANSFERRED, Stage.ARCHIVED}
)
"""Stages that are a decision, or follow on one."""


@dataclass(frozen=True, slots=True)
class Version:
    """One side for people: its letter, who wrote it where, when (UTC) and with what result. `strange`: that office did
    not hold the case."""

    letter: str
    revision: Revision
    office: str
    result: Sentence
    strange: bool

    @property
    def stage(self) -> Stage:
        return Stage(self.revision.body["stage"])

    def sentence(self) -> Sentence:
        """The side in one line."""
        words = N_("版本 {letter}：{office} {account}，{at}，{stage}，{result}")
        if self.strange:
            words = N_("版本 {letter}：{office} {account}，{at}，{stage}，{result}（该机构当时并不办理此办件）")
        return Sentence(
            words,
            letter=self.letter,
            office=self.office,
            account=self.revision.account,
            at=local_time(self.revision.at),
            stage=Sentence(STAGE_LABELS[self.stage]),
            result=self.result,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece in which the sides differ: its name for choices, what it is, what each side has. `proposed` is the side
    that alone has changed it, None where a person must choose; `veiled` are the values with the numbers of people
    masked, nothing where there are no such numbers."""

    key: str
    what: Sentence
    values: tuple[Sentence, ...]
    proposed: int | None
    veiled: tuple[Sentence, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """What it is, then a line for each side."""
        words = N_("{what}（{key}）：须选定")
        if self.proposed is not None:
            words = N_("{what}（{key}）：只有版本 {letter} 改过，拟采用")
        letter = ascii_uppercase[self.proposed or 0]
        yield Sentence(words, what=self.what, key=self.key, letter=letter)
        for letter, value in zip(ascii_uppercase, self.values, strict=False):
            yield Sentence("    {letter}  {value}", letter=letter, value=value)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A case in conflict: its row, the sides, and what differs between them."""

    row: CaseRow
    versions: tuple[Version, ...]
    differences: tuple[Difference, ...]

    @property
    def is_private(self) -> bool:
        """Whether numbers of people are among what differs."""
        return any(difference.veiled for difference in self.differences)

    @property
    def heads(self) -> tuple[str, ...]:
        """The revisions that were seen, to be named when it is settled."""
        return tuple(version.revision.id for version in self.versions)

    def side_named(self, word: str) -> int:
        """The side of that letter, or of the office whose code it is. Raises DeskError where that is not one side."""
        found = [
            place
            for place, version in enumerate(self.versions)
            if word.strip().upper() == version.letter or word.strip() == version.revision.origin.office
        ]
        if len(found) != 1:
            letters = listed(version.letter for version in self.versions)
            raise DeskError(Sentence(N_("没有版本 {word}，或不止一个；可以写 {letters}"), word=word, letters=letters))
        return found[0]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a choice comes to. `undone` are the approved or paid sides that it leaves."""

    stage: Stage
    result: Sentence
    undone: tuple[Version, ...]

    def sentences(self) -> Iterator[Sentence]:
        """What will be, then what will no longer be."""
        yield Sentence(N_("处理后：{stage}，{result}"), stage=Sentence(STAGE_LABELS[self.stage]), result=self.result)
        yield from map(_undoing, self.undone)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A conflict with what is needed to settle it."""

    conflict: Conflict
    programme: Programme | None
    sides: tuple[Side, ...]
    apart: tuple[Pieces, ...]
    keys: Mapping[str, Key]


class Conflicts:
    """The conflicts among one office's cases."""

    def __init__(self, store: Store, office: Office, cases: Cases) -> None:
        self._store = store
        self._office = office
        self._cases = cases

    def all(self) -> Iterator[CaseRow]:
        """Every case in conflict."""
        return self._cases.all(IN_CONFLICT)

    def first(self, limit: int) -> list[CaseRow]:
        """The first of them."""
        return self._cases.rows(IN_CONFLICT, limit=limit)

    def count(self) -> int:
        """How many there are."""
        return self._cases.count(IN_CONFLICT)

    def view(self, case: str) -> Conflict:
        """The sides of a case in conflict. Raises DeskError for one that is in none."""
        return self._open(case).conflict

    def preview(self, case: str, choices: Mapping[str, int], *, whole: int | None = None) -> Settlement:
        """What the choice would come to. Nothing is changed. Raises DeskError as `settle` does."""
        opened = self._open(case)
        return _settlement(opened, self._result(*self._choose(opened, choices, whole)))

    def settle(
        self,
        case: str,
        choices: Mapping[str, int],
        *,
        reason: str,
        whole: int | None = None,
        heads: Sequence[str] = (),
        undo: bool = False,
    ) -> CaseView:
        """End the conflict: of each difference the side chosen for it, else that of `whole`, else the proposed one.

        `heads` are the revisions that were looked at, if it is to be sure that there are no others by now; `undo`: an
        approval or a payment on one of the sides may be left. Raises DeskError, with nothing changed, where the module
        forbids it or something is left to choose.
        """
        if not reason.strip():
            raise DeskError(Sentence(N_("处理冲突须写明理由")))
        opened = self._open(case)
        if heads and tuple(heads) != opened.conflict.heads:
            raise DeskError(Sentence(N_("该办件又有了新的版本，请重新查看后再处理")))
        self._refuse_stranger(opened.conflict)
        body, facts = self._choose(opened, choices, whole)
        undone = _settlement(opened, self._result(body, facts)).undone
        if undone and not undo:
            raise DeskError(_undoing(undone[0]))
        heads_now = [version.revision for version in opened.conflict.versions]
        return self._cases.settle(
            heads_now, body, on=parse_date(body["on"]), facts=facts, reason=reason.strip(), undo=bool(undone)
        )

    def _result(self, body: Body, facts: Facts | None) -> Body:
        """The body as it will be kept."""
        on = parse_date(body["on"])
        return body if facts is None or on is None else self._cases.tried(body, on, facts)

    def _refuse_stranger(self, conflict: Conflict) -> None:
        holders = {str(version.revision.body.get(HOLDER) or "") for version in conflict.versions}
        if "" in holders or self._office.code in holders:
            return
        named = listed(name_of(self._store, self._office, code) for code in sorted(holders))
        raise DeskError(Sentence(N_("该办件由{office}办理，请由该机构处理冲突"), office=named))

    # Opening --------------------------------------------------------------------------------------------------------

    def _open(self, case: str) -> _Opened:
        row = self._store.case(case)
        if not row.conflict:
            raise DeskError(Sentence(N_("该办件没有冲突")))
        heads, history = self._store.heads(case), self._store.history(case)
        pair = find(row.programme)
        programme = pair[1] if pair is not None else None
        both = tuple(self._side(head) for head in heads)
        apart = tuple(sides.taken_apart(side, programme) for side in both)
        known = {revision.id: revision for revision in history}
        strange = [is_strange(head, known) for head in heads]
        base = _common(heads, history)
        before = sides.taken_apart(self._side(base), programme) if base is not None else None
        proposed = sides.proposals(apart, before, [not one for one in strange])
        keys = dict(_named(sides.differing(apart)))
        conflict = Conflict(
            row,
            tuple(
                Version(
                    letter, head, name_of(self._store, self._office, head.origin.office),
                    sides.result_in_words(head.body), one,
                )
                for letter, head, one in zip(ascii_uppercase, heads, strange, strict=False)
            ),
            tuple(
                _difference(name, key, apart, programme, proposed.get(key))
                for name, key in keys.items()
            ),
        )
        return _Opened(conflict, programme, both, apart, keys)

    def _side(self, head: Revision) -> Side:
        roster = head.body[ROSTER]
        return Side(head.body, json.loads(self._store.content(roster)) if roster else None)

    # Choosing -------------------------------------------------------------------------------------------------------

    def _choose(self, opened: _Opened, choices: Mapping[str, int], whole: int | None) -> tuple[Body, Facts | None]:
        """The body of the choice, and the facts to be determined anew: None where a side's own result stands."""
        conflict = opened.conflict
        _refuse_unknown(conflict, choices, whole)
        taken: dict[str, int] = {}
        left = []
        for difference in conflict.differences:
            place = choices.get(difference.key, difference.proposed if whole is None else whole)
            if place is None:
                left.append(difference)
            else:
                taken[difference.key] = place
        if left:
            words = N_("还有 {count} 项须由您选定，例如{what}（{key}）")
            raise DeskError(Sentence(words, count=len(left), what=left[0].what, key=left[0].key))
        places = {opened.keys[name]: place for name, place in taken.items()}
        where = places.get(sides.STAGE, 0 if whole is None else whole)
        body, facts, rows = sides.put_together(opened.sides, opened.apart, places, derived_from=where)
        given = facts if rows is None else {**facts, ROSTER: rows}
        stage = Stage(body["stage"])
        if _is_that_side(opened.sides[where], body, given) and (stage not in EDITABLE or whole is not None):
            body["facts"] = opened.sides[where].body["facts"]
            return body, None
        if stage not in EDITABLE:
            letter = conflict.versions[where].letter
            words = N_("“{stage}”是按版本 {letter} 的内容办理的，不能配上别的内容；请整份采用它，或选可以修改的阶段")
            raise DeskError(Sentence(words, stage=Sentence(STAGE_LABELS[stage]), letter=letter))
        if opened.programme is None:
            words = N_("本版本程序没有事项 {code}，只能整份采用一个版本")
            raise DeskError(Sentence(words, code=conflict.row.programme))
        return body, given


def _is_that_side(side: Side, body: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether the facts put together are just those of the side; the order of a roster's rows does not matter."""
    own = {**side.body["facts"]} if side.rows is None else {**side.body["facts"], ROSTER: side.rows}
    return body["on"] == side.body["on"] and _unordered(own) == _unordered(given)


def _unordered(facts: Mapping[str, Any]) -> bytes:
    if ROSTER not in facts:
        return canonical(dict(facts))
    rows = sorted((canonical(dict(row)).decode() for row in facts[ROSTER]), key=str)
    return canonical({**facts, ROSTER: rows})


def _refuse_unknown(conflict: Conflict, choices: Mapping[str, int], whole: int | None) -> None:
    names = {difference.key for difference in conflict.differences}
    for name in choices:
        if name not in names:
            raise DeskError(Sentence(N_("没有不同之处 {key}；请先查看该冲突"), key=name))
    count = len(conflict.versions)
    assert all(0 <= place < count for place in (*choices.values(), *(() if whole is None else (whole,))))


def _common(heads: Sequence[Revision], history: Sequence[Revision]) -> Revision | None:
    """The latest revision that all heads come from, or are."""
    parents = {revision.id: revision.parents for revision in history}
    shared: set[str] | None = None
    for head in heads:
        ancestors, ahead = set[str](), [head.id]
        while ahead:
            identifier = ahead.pop()
            if identifier not in ancestors:
                ancestors.add(identifier)
                ahead += parents[identifier]
        shared = ancestors if shared is None else shared & ancestors
    return next((revision for revision in reversed(history) if revision.id in (shared or ())), None)


def _difference(
    name: str, key: Key, apart: Sequence[Pieces], programme: Programme | None, proposed: int | None
) -> Difference:
    whole = sides.values(key, apart, programme)
    veiled = sides.values(key, apart, programme, veiled=True)
    return Difference(name, sides.what(key, apart, programme), whole, proposed, () if veiled == whole else veiled)


def _named(keys: Sequence[Key]) -> Iterator[tuple[str, Key]]:
    """A name for each piece by which it is chosen: no name or number of a person stands in it."""
    counts: dict[str, int] = {}
    for key in keys:
        kind, name = key
        if kind in (ROSTER, "documents"):
            counts[kind] = counts.get(kind, 0) + 1
            yield f"{kind}.{counts[kind]}", key
        else:
            yield name or kind, key


def _settlement(opened: _Opened, body: Body) -> Settlement:
    """What a body comes to, and the decided sides that it leaves: for a stage before theirs, or another amount."""
    route = opened.programme.route if opened.programme is not None else Route.APPROVE
    stage = Stage(body["stage"])
    undone = tuple(
        version
        for version in opened.conflict.versions
        if version.stage in _DECIDED
        and (_rank(route, version.stage) > _rank(route, stage) or version.revision.body["amount"] != body["amount"])
    )
    return Settlement(stage, sides.result_in_words(body), undone)


def _rank(route: Route, stage: Stage) -> int:
    """How far a stage is on the straight way; what lies beside it counts for nothing, but the money is out or back."""
    beside = {Stage.REOPENED: Stage.FUNDING, Stage.RECOVERY: Stage.PAID}
    order = ORDER[route]
    stage = beside.get(stage, stage)
    return order.index(stage) if stage in order else -1


def _undoing(version: Version) -> Sentence:
    return Sentence(
        N_("版本 {letter} 已“{stage}”（{result}），如此处理将撤销它；确须撤销的请明确选定"),
        letter=version.letter, stage=Sentence(STAGE_LABELS[version.stage]), result=version.result,
    )
