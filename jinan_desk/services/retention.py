"""Retention (保存期限): cases past their keeping time, and destroying them.

The circular names no keeping time; the years here are a reading, to be set by the office: 10 for cases in which money
may be granted, 3 for information given and records of services. (The vouchers of a payment are kept for longer, by the
finance department.) They run from the day on which the case was archived, closed, or came to another end.

A case is destroyed in two steps by two people, both kept as acts of the store: one proposes it with a reason, another
confirms it. Then its revisions, its rosters and determinations that nothing else rests on, people, search, findings and
drafts are gone; tombstones stay (see `store.tombstones`), and which papers were printed under which numbers. Backups
and other offices keep their copies until they tidy up themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinan_desk.core.dates import parse_date
from jinan_desk.core.measure import Route
from jinan_desk.core.role import CONFIRMS, KEEPS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.access import Access, Action
from jinan_desk.services.roles import demand
from jinan_desk.store import PURGE_CONFIRMED, PURGE_PROPOSED, PURGE_WITHDRAWN, Act, CaseFilter, CaseRow, Sorting, Store

_YEARS = "retention_years"
_MONEY, _SERVICE = "money", "service"
_WITH_MONEY = frozenset({Route.APPROVE, Route.FORWARD})
_ENDED = (
    Stage.ARCHIVED, Stage.CLOSED, Stage.NOT_ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN, Stage.INFORMED
)  # fmt: skip
_LEAST_YEARS = 1


@dataclass(frozen=True, slots=True)
class Years:
    """How long cases are kept after their end: with `money`, and records of information and `service`."""

    money: int = 10
    service: int = 3

    def of(self, programme: str) -> int:
        """The years for a case of the programme; one that this version does not know is kept as long as any."""
        pair = find(programme)
        if pair is None:
            return max(self.money, self.service)
        return self.money if pair[1].route in _WITH_MONEY else self.service


@dataclass(frozen=True, slots=True)
class Due:
    """A case past its keeping time: it ended on a day and had to be kept until another, both counted."""

    row: CaseRow
    ended: date
    kept_until: date

    def sentence(self) -> Sentence:
        """The case in one line, without the name of a person."""
        return Sentence(
            N_("{case}  {number}  {programme}  {stage}（{ended}）  保存期满 {until}"),
            case=self.row.case[:8],
            number=self.row.number or "—",
            programme=self.row.programme,
            stage=Sentence(STAGE_LABELS[Stage(self.row.stage)]),
            ended=self.ended.isoformat(),
            until=self.kept_until.isoformat(),
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """A destruction that somebody proposed and nobody has confirmed or withdrawn yet."""

    number: int
    case: str
    by: str
    at: str
    reason: str

    def sentence(self) -> Sentence:
        """The proposal in one line."""
        return Sentence(
            N_("提议 {number}  办件 {case}  {by} {at}：{reason}"),
            number=self.number, case=self.case[:8], by=self.by, at=self.at[:10], reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What came of confirming: cases and revisions that are gone."""

    cases: int
    revisions: int

    def sentences(self) -> Iterator[Sentence]:
        """What is gone, and where there still are copies."""
        yield Sentence(
            N_("已销毁 {cases} 个办件的 {revisions} 条记录，只留下编号和摘要"),
            cases=self.cases, revisions=self.revisions,
        )
        yield Sentence(N_("此前的备份和其他机构仍有副本：备份随期限清理，或另行删除；其他机构由其自行销毁"))


class Retention:
    """Keeping times and destruction in one store, by `account`. `now` is UTC as `2020-03-20T08:15:00Z`; `carry` tells
    the folders of backups what was destroyed."""

    def __init__(
        self,
        store: Store,
        *,
        account: str,
        today: Callable[[], date],
        now: Callable[[], str],
        carry: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._account = account
        self._today = today
        self._now = now
        self._carry = carry
        self._access = Access(store, account=account, now=now)

    # Keeping times --------------------------------------------------------------------------------------------------

    def years(self) -> Years:
        """How long cases are kept."""
        laid_down = self._store.acts.of(_YEARS)
        return Years(**laid_down[-1].entry) if laid_down else Years()

    def set_years(self, *, money: int | None = None, service: int | None = None) -> Years:
        """Lay down other keeping times; None leaves one as it is. Raises DeskError for less than a year."""
        demand(self._store, self._account, KEEPS)
        before = self.years()
        years = Years(
            before.money if money is None else money, before.service if service is None else service
        )
        if min(years.money, years.service) < _LEAST_YEARS:
            raise DeskError(Sentence(N_("保存期限不少于 {least} 年"), least=_LEAST_YEARS))
        with self._store.transaction():
            self._add(_YEARS, {_MONEY: years.money, _SERVICE: years.service})
        return years

    def due(self) -> Iterator[Due]:
        """Every case past its keeping time, proposed or not."""
        years, today = self.years(), self._today()
        ended_by = _plus_years(today, -min(years.money, years.service)).isoformat()
        wanted = CaseFilter(stages=tuple(_ENDED), conflict=False, ended_by=ended_by)
        for row in self._store.lists.all(wanted, Sorting()):
            one = _due(row, years)
            if one is not None and one.kept_until < today:
                yield one

    # Destruction ----------------------------------------------------------------------------------------------------

    def proposed(self) -> list[Proposed]:
        """What waits for a second person, the oldest first."""
        acts = self._store.acts.of(PURGE_PROPOSED, PURGE_CONFIRMED, PURGE_WITHDRAWN)
        settled = {act.about for act in acts if act.about}
        return [_proposed(act) for act in acts if not act.about and act.number not in settled]

    def propose(self, cases: Sequence[str], reason: str) -> list[Proposed]:
        """Propose the destruction of these cases. Raises DeskError without a reason, for a case that is not past its
        keeping time, or is proposed already."""
        demand(self._store, self._account, KEEPS)
        if not reason.strip():
            raise DeskError(Sentence(N_("提议销毁须写明理由")))
        waiting = {one.case for one in self.proposed()}
        for case in cases:
            self._refuse_kept(case)
            if case in waiting:
                raise DeskError(Sentence(N_("办件 {case} 已提议销毁，正待另一人确认"), case=case[:8]))
        with self._store.transaction():
            return [
                _proposed(self._add(PURGE_PROPOSED, {"case": case, "reason": reason.strip()}))
                for case in dict.fromkeys(cases)
            ]

    def withdraw(self, number: int) -> Proposed:
        """Take a proposal back. Raises DeskError where there is none of that number."""
        demand(self._store, self._account, CONFIRMS)
        proposal = self._find(number)
        with self._store.transaction():
            self._add(PURGE_WITHDRAWN, {}, about=number)
        return proposal

    def confirm(self, numbers: Sequence[int]) -> Destroyed:
        """Destroy the cases of these proposals, in one transaction. Raises DeskError for one's own proposal, and for a
        case that has to be kept after all."""
        demand(self._store, self._account, CONFIRMS)
        proposals = [self._find(number) for number in dict.fromkeys(numbers)]
        for proposal in proposals:
            if proposal.by == self._account:
                raise DeskError(Sentence(N_("{name} 提议的销毁须由另一人确认"), name=proposal.by))
            self._refuse_kept(proposal.case)
        with self._store.transaction():
            agreed = [
                (proposal.case, self._add(PURGE_CONFIRMED, {}, about=proposal.number).number) for proposal in proposals
            ]
            revisions = self._store.purge(agreed)
            for proposal in proposals:
                self._access.note(Action.PURGE, proposal.case[:8])
        self._store.scrub()
        self._carry()
        return Destroyed(len(proposals), revisions)

    def _find(self, number: int) -> Proposed:
        for proposal in self.proposed():
            if proposal.number == number:
                return proposal
        raise DeskError(Sentence(N_("没有编号为 {number} 的销毁提议"), number=number))

    def _refuse_kept(self, case: str) -> None:
        """Raises DeskError where the case is not past its keeping time."""
        row = self._store.case(case)
        one = _due(row, self.years())
        if one is None or row.conflict:
            raise DeskError(Sentence(N_("办件 {case} 尚未办结，不能销毁"), case=case[:8]))
        if one.kept_until >= self._today():
            words = N_("办件 {case} 应保存到 {until}，不能销毁")
            raise DeskError(Sentence(words, case=case[:8], until=one.kept_until))

    def _add(self, kind: str, entry: dict[str, Any], *, about: int = 0) -> Act:
        return self._store.acts.add(kind, entry, at=self._now(), account=self._account, about=about)


def _proposed(act: Act) -> Proposed:
    return Proposed(act.number, act.entry["case"], act.account, act.at, act.entry["reason"])


def _due(row: CaseRow, years: Years) -> Due | None:
    """Until when a case has to be kept, None for one that has not ended."""
    ended = parse_date(row.stage_since)
    if Stage(row.stage) not in _ENDED or ended is None:
        return None
    return Due(row, ended, _plus_years(ended, years.of(row.programme)))


def _plus_years(day: date, years: int) -> date:
    """The same day some years on; 28 February for 29 February of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
