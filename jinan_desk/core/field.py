"""Fields: the facts a programme asks for, and how a JSON object of facts is read against them.

`read_facts` names every wrong field, not only the first. Facts that are unknown are simply not there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from jinan_desk.core.kind import IdNumber, Invalid, Kind
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Field:
    """A fact: its key, kind, label for people, unit, and a help line (what counts, where it is found).

    `default` is the typed value that an absent fact has; most have none and are unknown. `required` is False for
    what never decides anything. `private`: it names a person or their account, and is masked where nobody works on it.
    """

    key: str
    kind: Kind
    label: str
    unit: str = ""
    help: str = ""
    required: bool = True
    default: Any = None
    private: bool = False

    @property
    def is_masked(self) -> bool:
        """Whether it is masked where nobody works on it."""
        return self.private or isinstance(self.kind, IdNumber)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two facts of one object that belongs to their type: outside it is an error at `upper`."""

    lower: str
    upper: str
    sentence: str

    def holds(self, typed: Mapping[str, Any]) -> bool:
        low, high = typed.get(self.lower), typed.get(self.upper)
        return low is None or high is None or bool(low <= high)


def period(start: str, end: str) -> Relation:
    """`end` is not before `start`."""
    return Relation(start, end, N_("结束早于开始，请核对起止时间"))


class Facts:
    """Typed facts as a rule reads them: `facts.dismissed`. Reading an unknown one raises `Unknown` with its path.

    A roster row has its case's facts in `case` and its place in `index`; a case has its rows in `rows`
    (None: the roster is unknown). The known facts are the instance's dictionary, so that reading one costs an
    attribute access and nothing else.
    """

    __slots__ = ("__dict__", "_case", "_index", "_rows")
    _case: Facts | None
    _index: int | None
    _rows: Sequence[Facts] | None

    def __init__(
        self,
        known: Mapping[str, Any],
        *,
        rows: Sequence[Facts] | None = None,
        case: Facts | None = None,
        index: int | None = None,
    ) -> None:
        self.__dict__.update(known)
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_case", case)
        object.__setattr__(self, "_index", index)

    @property
    def rows(self) -> Sequence[Facts] | None:
        return self._rows

    @property
    def case(self) -> Facts:
        return self if self._case is None else self._case

    @property
    def known(self) -> Mapping[str, Any]:
        """The known facts by key, without the rows."""
        return MappingProxyType(self.__dict__)

    def path(self, key: str) -> str:
        return key if self._index is None else f"roster[{self._index}].{key}"

    def get(self, key: str) -> Any:
        """The fact, or None where it is unknown: for rules that one known half decides."""
        return self.__dict__.get(key)

    def all(self, *keys: str) -> tuple[Any, ...]:
        """Several facts at once; where some are unknown, `Unknown` names all of them."""
        known = self.__dict__
        try:
            return tuple([known[key] for key in keys])
        except KeyError:
            raise Unknown(*self.lacking(*keys)) from None

    def lacking(self, *keys: str) -> tuple[str, ...]:
        """The paths of those of the facts that are unknown."""
        return tuple([self.path(key) for key in keys if key not in self.__dict__])

    def assuming(self, path: str, value: Any) -> Facts:
        """The same facts with an unknown one taken as `value`; `path` may name a fact of the case of a row."""
        key = path.rpartition(".")[2]
        if path == self.path(key):
            return Facts({**self.__dict__, key: value}, rows=self._rows, case=self._case, index=self._index)
        return Facts(self.__dict__, case=self.case.assuming(path, value), index=self._index)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        raise Unknown(self.path(key))

    def __setattr__(self, key: str, value: Any) -> None:
        raise AttributeError(f"facts are frozen: {key}")


@dataclass(frozen=True, slots=True)
class Shape:
    """What one JSON object of facts may hold: its fields and the relations between them."""

    fields: tuple[Field, ...]
    relations: tuple[Relation, ...] = ()
    keys: frozenset[str] = dataclasses.field(init=False, repr=False, compare=False)
    doubtful: tuple[Field, ...] = dataclasses.field(init=False, repr=False, compare=False)
    """The fields whose kinds may find a value doubtful at all: few, and every row of a roster is looked at."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(field.key for field in self.fields))
        object.__setattr__(self, "doubtful", tuple(f for f in self.fields if type(f.kind).doubts is not Kind.doubts))

    def read(self, given: Mapping[str, Any], *, at: str, wrong: dict[str, Sentence]) -> dict[str, Any]:
        """The typed, known facts of `given`; what is wrong is added to `wrong` by path (`at` + key)."""
        typed: dict[str, Any] = {}
        for field in self.fields:
            value = given.get(field.key)
            if value is not None:
                try:
                    value = field.kind.read(value)
                except Invalid as error:
                    wrong[at + field.key] = error.sentence
                    continue
            if value is None:
                value = field.default
            if value is not None:
                typed[field.key] = value
        for key in given.keys() - self.keys:
            wrong[f"{at}{key}"] = Sentence(N_("该事项没有此项内容"))
        for relation in self.relations:
            if not relation.holds(typed):
                wrong.setdefault(at + relation.upper, Sentence(relation.sentence))
        return typed

    def normalised(self, given: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """What was given, in the shapes it was read to and without what is unknown: worth keeping."""
        known = facts.known
        return {
            f.key: f.kind.write(known[f.key]) for f in self.fields if f.key in known and given.get(f.key) is not None
        }


ROSTER = "roster"


def read_facts(case: Shape, row: Shape | None, given: Any) -> tuple[Facts, dict[str, Sentence]]:
    """Typed facts of a case and, by path, what is wrong. With anything wrong the facts are not to be used."""
    wrong: dict[str, Sentence] = {}
    if not isinstance(given, Mapping):
        return Facts({}), {"facts": Sentence(N_("facts 应为“键: 值”的对象"))}
    roster = given.get(ROSTER) if row is not None else None
    typed = case.read({k: v for k, v in given.items() if row is None or k != ROSTER}, at="", wrong=wrong)
    if row is None or roster is None:
        return Facts(typed), wrong
    if not isinstance(roster, list):
        return Facts(typed), {**wrong, ROSTER: Sentence(N_("名单应为数组"))}
    rows: list[dict[str, Any]] = []
    for index, entry in enumerate(roster):
        if isinstance(entry, Mapping):
            rows.append(row.read(entry, at=f"{ROSTER}[{index}].", wrong=wrong))
        else:
            wrong[f"{ROSTER}[{index}]"] = Sentence(N_("名单的一行应为“键: 值”的对象"))
    parent = Facts(typed)
    return Facts(typed, rows=[Facts(r, case=parent, index=i) for i, r in enumerate(rows)]), wrong
