"""The office's own dated parameter values: proposed with the document they rest on, in force once somebody else agrees.

A value is proposed by one person and confirmed by another; until then it decides nothing. Both are acts of the store
that are only ever added, and so is a withdrawal. Nothing that is shipped or was entered before is overwritten: of two
values from the same day the one that was proposed later holds. No decided case changes by any of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from jinan_desk.core.basis import Basis, Mark
from jinan_desk.core.dated import Dated, Parameter, ParameterSet
from jinan_desk.core.dates import parse_date
from jinan_desk.core.kind import Invalid
from jinan_desk.core.role import CONFIRMS, KEEPS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.measures import all_parameters
from jinan_desk.services.grounds import written
from jinan_desk.services.roles import demand
from jinan_desk.store import Act, Store

VALUE_PROPOSED, VALUE_CONFIRMED, VALUE_WITHDRAWN = "value_proposed", "value_confirmed", "value_withdrawn"
"""The acts about a value: the others are about the first."""


class State(StrEnum):
    """How far a value has come."""

    OPEN = "open"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {State.OPEN: N_("待确认"), State.IN_FORCE: N_("已确认"), State.WITHDRAWN: N_("已撤回")}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that was proposed. `value` is in its JSON shape; `at` and `settled_at` are UTC, "" where not kept.

    `settled_by` is who confirmed or withdrew it, "" while it is open; `reason` why it was withdrawn.
    """

    number: int
    parameter: Parameter
    dated: Dated
    value: Any
    by: str
    at: str
    state: State = State.OPEN
    settled_by: str = ""
    settled_at: str = ""
    reason: str = ""
    origin: str = ""
    """The code of the superior that laid it down, "" for a value of our own; see `handed_down`."""

    @property
    def alone(self) -> bool:
        """Whether one person has both proposed and confirmed it, as only the command line can."""
        return self.state is State.IN_FORCE and self.settled_by == self.by and not self.origin

    def sentence(self) -> Sentence:
        """The proposal in one line for people."""
        return Sentence(
            N_("{number}  {state}  {label}  {value}  自 {since} 起  {source}  提出：{by}  {settled}"),
            number=self.number,
            state=Sentence(STATE_LABELS[self.state]),
            label=Sentence(self.parameter.label),
            value=Sentence("{value}", value=self.parameter.kind.show(self.dated.value)),
            since=self.dated.since.isoformat(),
            source=self.dated.basis.source,
            by=self.by or "—",
            settled=self.settled(),
        )

    def settled(self) -> Sentence:
        """Who confirmed or withdrew it; nothing while it is open."""
        if self.alone:
            return Sentence(N_("一人录入"))
        if self.state is State.IN_FORCE and self.settled_by == self.by:
            return Sentence(N_("上级下发"))
        if self.state is State.IN_FORCE:
            return Sentence(N_("确认：{name}"), name=self.settled_by)
        if self.state is State.WITHDRAWN:
            return Sentence(N_("撤回：{name}，{reason}"), name=self.settled_by, reason=self.reason)
        return Sentence("")


def office_parameters(store: Store) -> ParameterSet:
    """The office's own values that are in force, typed."""
    added: dict[str, list[Dated]] = {}
    for proposal in proposals_of(store):
        if proposal.state is State.IN_FORCE:
            added.setdefault(proposal.parameter.key, []).append(proposal.dated)
    return ParameterSet(added={key: tuple(values) for key, values in added.items()})


class Proposals:
    """The values of one office, proposed and confirmed by `account`. `now` is UTC as `2020-03-20T08:15:00Z`."""

    def __init__(self, store: Store, *, account: str, now: Callable[[], str]) -> None:
        self._store = store
        self._account = account
        self._now = now

    def all(self) -> list[Proposal]:
        """Every value that was ever proposed, the oldest first."""
        return proposals_of(self._store)

    def open(self) -> list[Proposal]:
        """Those that wait for somebody to confirm them."""
        return [proposal for proposal in self.all() if proposal.state is State.OPEN]

    def find(self, number: int) -> Proposal:
        """The proposal of that number. Raises DeskError where there is none."""
        for proposal in self.all():
            if proposal.number == number:
                return proposal
        raise DeskError(Sentence(N_("没有编号为 {number} 的参数提议；用 proposals 查看"), number=number))

    def propose(self, key: str, given: Any, *, since: str, source: str) -> Proposal:
        """Propose a value in its JSON shape. Raises DeskError for what cannot be one, or is proposed already."""
        demand(self._store, self._account, KEEPS)
        entry = checked(key, given, since=since, source=source)
        if any(_same(proposal, entry) for proposal in self.open()):
            raise DeskError(Sentence(N_("同样的数值已经提出，正待另一人确认")))
        with self._store.transaction():
            act = self._store.acts.add(VALUE_PROPOSED, entry, at=self._now(), account=self._account)
        return self.find(act.number)

    def enter(self, key: str, given: Any, *, since: str, source: str) -> Proposal:
        """Propose and confirm a value at once, which is recorded as one person's doing: for the command line of an
        office without accounts. Raises DeskError where there are any: then nobody agrees with themselves."""
        if self._store.keys.sealed:
            raise DeskError(Sentence(N_("已启用账号，数值须由另一人确认：请加 --propose 提出，再由另一人确认")))
        entry = checked(key, given, since=since, source=source)
        with self._store.transaction():
            act = self._store.acts.add(VALUE_PROPOSED, entry, at=self._now(), account=self._account)
            self._settle(VALUE_CONFIRMED, act.number)
        return self.find(act.number)

    def confirm(self, number: int) -> Proposal:
        """Put a proposed value in force. Raises DeskError where it is not open, or one's own."""
        demand(self._store, self._account, CONFIRMS)
        proposal = self._still_open(number)
        if proposal.by == self._account:
            raise DeskError(
                Sentence(N_("{name} 提出的数值须由另一人确认；请另一人在本机办理后再确认"), name=proposal.by)
            )
        with self._store.transaction():
            self._settle(VALUE_CONFIRMED, number)
        return self.find(number)

    def withdraw(self, number: int, reason: str) -> Proposal:
        """Withdraw a value that nobody has confirmed. Raises DeskError without a reason, or where it is not open."""
        demand(self._store, self._account, CONFIRMS)
        self._still_open(number)
        reason = written(reason)
        if not reason:
            raise DeskError(Sentence(N_("请写明撤回的原因")))
        with self._store.transaction():
            self._settle(VALUE_WITHDRAWN, number, reason=reason)
        return self.find(number)

    def _still_open(self, number: int) -> Proposal:
        proposal = self.find(number)
        if proposal.state is not State.OPEN:
            raise DeskError(
                Sentence(
                    N_("编号为 {number} 的参数提议{state}，不能再办理"),
                    number=number,
                    state=Sentence(STATE_LABELS[proposal.state]),
                )
            )
        return proposal

    def _settle(self, kind: str, number: int, **entry: str) -> None:
        self._store.acts.add(kind, entry, at=self._now(), account=self._account, about=number)


def checked(key: str, given: Any, *, since: str, source: str) -> dict[str, Any]:
    """What is kept of a value. Raises DeskError for what cannot be one."""
    parameter = all_parameters().get(key)
    if parameter is None:
        raise DeskError(Sentence(N_("没有名为 {key} 的参数"), key=key))
    if not since:
        raise DeskError(Sentence(N_("起始日应写作 2020-02-10")))
    if parse_date(since) is None:
        raise DeskError(Sentence(N_("不是有效日期：{text}（写法如 2020-02-10）"), text=since))
    source = written(source)
    if not source:
        raise DeskError(Sentence(N_("请写明数值依据的文件")))
    try:
        parameter.kind.read(given)
    except Invalid as error:
        raise DeskError(Sentence(N_("{label}：{why}"), label=Sentence(parameter.label), why=error.sentence)) from None
    return {"key": key, "since": since, "value": given, "source": source}


def dated_value(entry: dict[str, Any]) -> tuple[Parameter, Dated]:
    """The parameter and the typed value of what `checked` answers."""
    parameter, since = all_parameters()[entry["key"]], parse_date(entry["since"])
    assert since is not None
    return parameter, Dated(since, parameter.kind.read(entry["value"]), Basis(Mark.UNKNOWN, entry["source"]))


def _same(proposal: Proposal, entry: dict[str, Any]) -> bool:
    parameter, dated = dated_value(entry)
    there = proposal.dated
    return proposal.parameter is parameter and (there.since, there.value) == (dated.since, dated.value)


def proposals_of(store: Store) -> list[Proposal]:
    """The proposals in the order in which they were made; those of a parameter that this version lacks are left out."""
    acts = store.acts.of(VALUE_PROPOSED, VALUE_CONFIRMED, VALUE_WITHDRAWN)
    settled = {act.about: act for act in acts if act.about}
    known = all_parameters()
    return [_proposal(act, settled.get(act.number)) for act in acts if not act.about and act.entry["key"] in known]


def _proposal(act: Act, settled: Act | None) -> Proposal:
    parameter, dated = dated_value(dict(act.entry))
    origin = act.entry.get("from", "")
    made = Proposal(act.number, parameter, dated, act.entry["value"], act.account, act.at, origin=origin)
    if settled is None:
        return made
    return replace(
        made,
        state=State.IN_FORCE if settled.kind == VALUE_CONFIRMED else State.WITHDRAWN,
        settled_by=settled.account,
        settled_at=settled.at,
        reason=settled.entry.get("reason", ""),
    )
