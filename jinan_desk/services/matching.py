"""政策找人 (article 26): which programmes a unit or a person may have, which not and why, what is still needed.

Only what is given is used. A roster is never given here, so what hangs on one stays possible unless a check of the case
itself refuses it. Reading and writing workbooks is for `services.outreach`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.check import CheckResult, Result
from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.determination import Determination, Outcome
from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, Facts
from jinan_desk.core.kind import Invalid, Kind
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.watched import WatchedFacts
from jinan_desk.measures import programmes

T = TypeVar("T")


class Verdict(StrEnum):
    """What a programme is to somebody, as far as the given facts say."""

    HOLDS = "holds"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


VERDICT_LABELS = {
    Verdict.HOLDS: N_("符合"),
    Verdict.POSSIBLE: N_("可能符合"),
    Verdict.EXCLUDED: N_("不符合"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """One programme for one unit or person.

    `amount` is in fen, of what holds and comes to an amount at all. `reasons` say why it is excluded, all of them.
    `missing` are the keys of facts and parameters that are still needed for what is possible. `wrong` are facts that
    contradict another one, by key: they counted as unknown.
    """

    programme: Programme
    verdict: Verdict
    amount: int | None = None
    reasons: tuple[Sentence, ...] = ()
    missing: tuple[str, ...] = ()
    wrong: tuple[tuple[str, Sentence], ...] = ()

    @property
    def needed(self) -> tuple[Sentence, ...]:
        """What is still needed, by label."""
        return tuple(dict.fromkeys(map(self.label, self.missing)))

    def label(self, key: str) -> Sentence:
        """What a key of `missing` is called."""
        if key == ROSTER:
            return Sentence(N_("名单"))
        if key in self.programme.fields:
            return Sentence(self.programme.fields[key].label)
        named = {f"parameter:{parameter.key}": parameter.label for parameter in self.programme.parameters}
        return Sentence(N_("政策参数“{label}”"), label=Sentence(named.get(key, key)))


def open_to(applicant: Applicant) -> tuple[Programme, ...]:
    """The programmes that a unit or a person may apply for or profit from: all but services."""
    return tuple(p for _, p in programmes() if p.applicant is applicant and p.route is not Route.SERVE)


def judged(determination: Determination, wrong: tuple[tuple[str, Sentence], ...] = ()) -> Match:
    """The match that a determination without a roster comes to."""
    programme = determination.programme
    if determination.outcome is Outcome.ELIGIBLE:
        return Match(programme, Verdict.HOLDS, determination.amount, wrong=wrong)
    failed = tuple(determination.failed())
    own = failed if programme.roster is None else tuple(one for one in failed if one.check in programme.checks)
    if determination.outcome is Outcome.INELIGIBLE and (own or not failed):
        reasons = tuple(map(_reason, own)) or (_either_way(determination.checks),)
        return Match(programme, Verdict.EXCLUDED, None, reasons, wrong=wrong)
    # Where only the absence of rows refuses it, a roster could change that.
    return Match(programme, Verdict.POSSIBLE, None, (), determination.missing or (ROSTER,), wrong)


def _reason(result: CheckResult) -> Sentence:
    return Sentence(N_("{label}：{reason}"), label=Sentence(result.check.label), reason=result.reason)


def _either_way(checks: tuple[CheckResult, ...]) -> Sentence:
    """Why it is refused where each word of an unknown choice fails another check."""
    undecided = [Sentence(result.check.label) for result in checks if result.result is Result.UNKNOWN]
    first, *others = undecided
    for other in others:
        first = Sentence(N_("{one}、{other}"), one=first, other=other)
    return Sentence(N_("未知的内容无论如何填写，下列条件总有一项不符合：{labels}"), labels=first)


# Many, one after the other ------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """A fact that some programme asks for. Programmes that ask for it in the same words and kind share it."""

    key: str
    label: str
    kind: Kind


class Matcher(Generic[T]):
    """Matches of one unit or person after another with the same programmes on the same day.

    `asked` are the facts that they ask for; those of one are given in that order, typed, None where unknown. `made` is
    called for a match, and its result answered for all who agree in the facts that the match rests on. `given` says
    which facts may be known at all.
    """

    def __init__(
        self,
        offered: Iterable[Programme],
        on: date,
        parameters: ParameterSet,
        made: Callable[[Match], T],
        *,
        given: Callable[[Asked], bool] = lambda asked: True,
    ) -> None:
        offered = tuple(offered)
        places: dict[Asked, int] = {}
        for programme in offered:
            for asked in _asked(programme):
                places.setdefault(asked, len(places))
        self.asked = tuple(places)
        known = {asked: place for asked, place in places.items() if given(asked)}
        self._judges = tuple(_Judge(programme, known, on, parameters, made) for programme in offered)

    def match(self, values: Sequence[Any]) -> Iterator[T]:
        """What is made of the match with each programme, in their order."""
        return (judge.match(values) for judge in self._judges)


def _asked(programme: Programme) -> Iterator[Asked]:
    return (Asked(field.key, field.label, field.kind) for field in programme.shape.fields)


_ANSWER = -1
_Node = tuple[int, Any]
"""The place of the fact that is sought next with the nodes by its values, or `_ANSWER` with the answer."""

_REMEMBERED = 2_000
"""How many answers of a programme are kept: enough for flags and choices, and little where every case is different."""


_WORTH_IT = 1.2
"""Answers a remembered one, at least, or nothing more is remembered: where amounts decide, hardly any two agree."""


class _Judge(Generic[T]):
    """One programme with what it has answered: a tree of the facts in the order in which the rules sought them.

    Rules depend on nothing but what they read, so whoever has the same values along a branch has its answer.
    """

    def __init__(
        self,
        programme: Programme,
        places: Mapping[Asked, int],
        on: date,
        parameters: ParameterSet,
        made: Callable[[Match], T],
    ) -> None:
        self._programme = programme
        self._on = on
        self._parameters = parameters
        self._made = made
        self._places = {asked.key: places[asked] for asked in _asked(programme) if asked in places}
        self._defaults = {f.key: f.default for f in programme.shape.fields if f.default is not None}
        self._relations = programme.shape.relations
        self._related = dict.fromkeys(key for one in self._relations for key in (one.lower, one.upper))
        self._root: _Node | None = None
        self._remembered = 0
        self._answered = 0
        self._remembers = True

    def match(self, values: Sequence[Any]) -> T:
        self._answered += 1
        if self._root is None:
            return self._answer(values)
        place, found = self._root
        while place != _ANSWER:
            try:
                place, found = found[values[place]]
            except KeyError:
                return self._answer(values)
        answer: T = found
        return answer

    def _answer(self, values: Sequence[Any]) -> T:
        known, wrong = self._known(values)
        if not self._remembers:
            return self._made(judged(self._determine(Facts(known)), wrong))
        facts = WatchedFacts(known, self._related.copy())
        answer = self._made(judged(self._determine(facts), wrong))
        places = [self._places[key] for key in facts.sought if key in self._places]
        self._remember([(place, values[place]) for place in places], answer)
        return answer

    def _determine(self, facts: Facts) -> Determination:
        return determine(self._programme, facts, self._on, self._parameters)

    def _known(self, values: Sequence[Any]) -> tuple[dict[str, Any], tuple[tuple[str, Sentence], ...]]:
        known = self._defaults.copy()
        for key, place in self._places.items():
            value = values[place]
            if value is not None:
                known[key] = value
        wrong = []
        for relation in self._relations:
            if not relation.holds(known):
                del known[relation.upper]
                wrong.append((relation.upper, Sentence(relation.sentence)))
        return known, tuple(wrong)

    def _remember(self, path: list[tuple[int, Any]], answer: T) -> None:
        if self._remembered == _REMEMBERED:
            self._remembers = self._answered >= _WORTH_IT * self._remembered
            self._root, self._remembered, self._answered = None, 0, 0
            return
        if self._root is None:
            self._root = _branch(path, answer)
            self._remembered = 1
            return
        node = self._root
        for depth, (_, value) in enumerate(path, start=1):
            nodes = node[1]
            if value not in nodes:
                nodes[value] = _branch(path[depth:], answer)
                break
            node = nodes[value]
        self._remembered += 1


def _branch(path: list[tuple[int, Any]], answer: Any) -> _Node:
    node: _Node = (_ANSWER, answer)
    for place, value in reversed(path):
        node = (place, {value: node})
    return node


# One by itself ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """The matches of one unit or person; `wrong` are the facts that could not be read, by key: they are unknown."""

    matches: tuple[Match, ...]
    wrong: Mapping[str, Sentence]


def match(applicant: Applicant, given: Mapping[str, Any], on: date, parameters: ParameterSet) -> Answer:
    """Match the facts of one unit or person, in their JSON shapes by key, with every programme open to it."""
    matcher = Matcher(open_to(applicant), on, parameters, lambda one: one)
    wrong: dict[str, Sentence] = {}
    values = []
    for key, _, kind in matcher.asked:
        value = given.get(key)
        try:
            values.append(None if value is None else kind.read(value))
        except Invalid as error:
            wrong[key] = error.sentence
            values.append(None)
    declared = {asked.key for asked in matcher.asked}
    wrong |= {key: Sentence(N_("没有事项需要此项内容")) for key in given if key not in declared}
    matches = tuple(matcher.match(values))
    return Answer(matches, wrong | {key: sentence for one in matches for key, sentence in one.wrong})
