"""Which cases a list shows and in what order, as SQL over the query columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jinan_desk.core.determination import Outcome
from jinan_desk.core.identity import compact
from jinan_desk.core.workflow import Stage
from jinan_desk.store.columns import CaseRow
from jinan_desk.store.findings import NAMED_BY_OPEN
from jinan_desk.store.tokens import SHORTEST_NUMBER, Person, expression, number_signs, phrase, signs, whole_number

_AFTER_ANY_SIGN = "~"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a case must be; what is left out does not matter. Days are ISO texts, moments UTC, amounts fen; both ends
    count, but for `updated_before`.

    `text` looks for a piece of the applicant's name or of a name in the roster (from one character on), and, from
    three characters on, for the beginning or end of an ID number or a credit code and for the end of a case number.
    `party` are keys of units or people (see `key_of`) of whom one is the applicant or stands in the roster.
    `finding`: whether one is still to be cleared. `mark` is a word by which services have marked it. `ended_by`: at its
    stage since that day or earlier; `ended_from`: or later.
    """

    programme: str = ""
    article: int | None = None
    stages: tuple[str, ...] = ()
    outcome: str = ""
    district: str = ""
    handler: str = ""
    received_from: str = ""
    received_to: str = ""
    updated_from: str = ""
    updated_before: str = ""
    due_from: str = ""
    due_to: str = ""
    amount_from: int | None = None
    amount_to: int | None = None
    conflict: bool | None = None
    finding: bool | None = None
    mark: str = ""
    text: str = ""
    party: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    ended_by: str = ""
    ended_from: str = ""


class Order(Enum):
    """The orders of a list: the column and whether the greatest comes first where nothing else is asked for."""

    UPDATED = ("updated_at", True)
    NUMBER = ("number", False)
    DUE = ("due_on", False)
    RECEIVED = ("received_on", True)
    APPLICANT = ("applicant", False)
    AMOUNT = ("amount", True)
    PROGRAMME = ("programme", False)
    OUTCOME = ("outcome", False)
    STAGE = ("stage", False)
    DISTRICT = ("district", False)
    ON = ("on", True)

    @property
    def column(self) -> str:
        return self.value[0]

    @property
    def descending(self) -> bool:
        return self.value[1]

    @property
    def index(self) -> str:
        """The index that stands in this order and in which nothing else is; "" for an order that is sorted from
        `cases_list`."""
        return _INDEXES.get(self, "")

    def key(self, value: str | int | None) -> str | int:
        """What a value of the column is compared by: stages and outcomes in the order of the work, an unknown amount
        as the smallest."""
        if self in _RANKS:
            return _RANKS[self].get(str(value), _LAST_RANK)
        return -1 if value is None else value

    @property
    def sql(self) -> str:
        """The same in SQL."""
        if self in _RANKS:
            ranks = " ".join(f"WHEN '{word}' THEN {rank}" for word, rank in _RANKS[self].items())
            return f"CASE {self.column} {ranks} ELSE {_LAST_RANK} END"
        return f'coalesce("{self.column}", -1)' if self is Order.AMOUNT else f'"{self.column}"'


_RANKS = {
    order: {str(word): rank for rank, word in enumerate(words)}
    for order, words in ((Order.STAGE, Stage), (Order.OUTCOME, Outcome))
}
_LAST_RANK = 99
_INDEXES = {Order.NUMBER: "cases_number", Order.APPLICANT: "cases_applicant"}


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order, and whether it is turned round."""

    order: Order = Order.UPDATED
    reverse: bool = False

    @property
    def descending(self) -> bool:
        return self.order.descending != self.reverse

    @property
    def sql(self) -> str:
        """The ORDER BY; cases that are equal come in the order in which they came into the store."""
        direction = "DESC" if self.descending else "ASC"
        last = f"{self.order.column} = '' ASC, " if self.order in _EMPTY_LAST else ""
        return f"ORDER BY {last}{self.order.sql} {direction}, row {direction}"

    def parts(self) -> list[tuple[str, str]]:
        """Conditions that part all cases, and the ORDER BY of each, such that the index of the order has them ready."""
        direction, column = "DESC" if self.descending else "ASC", self.order.column
        order = f"ORDER BY {column} {direction}, row {direction}"
        if self.order not in _EMPTY_LAST:
            return [("TRUE", order)]
        return [(f"{column} > ''", order), (f"{column} = ''", f"ORDER BY row {direction}")]

    def beyond(self, row: CaseRow) -> Clause:
        """The condition that a case comes after this one."""
        value = self.order.key(getattr(row, self.order.column))
        sign = "<" if self.descending else ">"
        later = Clause(
            f'({self.order.sql}, row) {sign} (?, (SELECT row FROM cases WHERE "case" = ?))',  # noqa: S608
            (value, row.case),
        )
        if self.order not in _EMPTY_LAST:
            return later
        column = self.order.column
        if value == "":
            return Clause(f"({column} = '' AND {later.sql})", later.values)
        return Clause(f"({column} = '' OR {later.sql})", later.values)


_EMPTY_LAST = frozenset({Order.NUMBER, Order.DUE, Order.RECEIVED})
"""Whoever sorts by these looks for cases that have one."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of SQL with the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


def where(wanted: CaseFilter) -> Clause:
    """The condition of a filter, with its WHERE; empty where everything is wanted."""
    clauses = [
        Clause(f"{column} {operator} ?", (value,))
        for column, operator, value in (
            ("+programme", "=", wanted.programme),  # the plus keeps to the index that has all the other columns, too
            ("article", "=", wanted.article),
            ("outcome", "=", wanted.outcome),
            ("district", "=", wanted.district),
            ("updated_by", "=", wanted.handler),
            ("received_on", ">=", wanted.received_from),
            ("updated_at", ">=", wanted.updated_from),
            ("updated_at", "<", wanted.updated_before),
            ("due_on", ">=", wanted.due_from),
            ("amount", ">=", wanted.amount_from),
            ("amount", "<=", wanted.amount_to),
            ("stage_since", "<=", wanted.ended_by),
            ("stage_since", ">=", wanted.ended_from),
        )
        if value not in ("", None)
    ]
    clauses += [  # not those without a day
        Clause(f"{column} BETWEEN '0' AND ?", (value,))
        for column, value in (("received_on", wanted.received_to), ("due_on", wanted.due_to))
        if value
    ]
    if wanted.amount_from is not None or wanted.amount_to is not None:
        clauses.append(Clause(f"outcome <> '{Outcome.INELIGIBLE}'"))  # nothing is granted to those
    clauses += [
        Clause(f"{column} IN ({', '.join('?' * len(allowed))})", allowed)
        for column, allowed in (("stage", wanted.stages), ("holder", wanted.holders))
        if allowed
    ]
    if wanted.conflict is not None:
        clauses.append(Clause("conflict" if wanted.conflict else "NOT conflict"))
    if wanted.finding is not None:
        named = f'SELECT row FROM cases WHERE "case" IN ({NAMED_BY_OPEN})'  # noqa: S608
        clauses.append(Clause(f'row {"" if wanted.finding else "NOT "}IN ({named})'))
    if wanted.mark:
        clauses.append(Clause("row IN (SELECT row FROM marks WHERE mark = ?)", (wanted.mark,)))
    if wanted.party:
        clauses.append(_among([way for key in wanted.party for way in _party(key)]))
    if compact(wanted.text):
        clauses.append(_text(wanted.text))
    return _joined(" AND ", clauses, "WHERE ")


def _text(text: str) -> Clause:
    return _among(finding(text))


def finding(text: str) -> list[Clause]:
    """The ways to find the text, each by the number of the row; no way looks at all cases."""
    ways = [Clause(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (expression(text),)) for table in _SEARCHED]  # noqa: S608
    end = number_signs(text)[::-1]
    if len(end) >= SHORTEST_NUMBER:
        sql = f"SELECT row FROM cases WHERE {_ENDS_WITH}"  # noqa: S608
        ways.append(Clause(sql, (end, end + _AFTER_ANY_SIGN)))
    return ways


def found_at(text: str, row: str) -> Clause:
    """The condition that the text is found in the case of one row, an expression; it looks up nothing but that."""
    ways = [
        Clause(f"EXISTS (SELECT 1 FROM {table} WHERE rowid = {row} AND {table} MATCH ?)", (expression(text),))  # noqa: S608
        for table in _SEARCHED
    ]
    end = number_signs(text)[::-1]
    if len(end) >= SHORTEST_NUMBER:
        sql = f"EXISTS (SELECT 1 FROM cases AS one WHERE one.row = {row} AND {_ENDS_WITH})"  # noqa: S608
        ways.append(Clause(sql, (end, end + _AFTER_ANY_SIGN)))
    either = _joined(" OR ", ways)
    return Clause(f"({either.sql})", either.values)


_SEARCHED = ("applicant_search", "roster_search")
_ENDS_WITH = "number_end >= ? AND number_end < ? AND number_end <> ''"


def key_of(person: Person) -> str:
    """By what somebody is known: the number or, where there is none, the name; "" where there is neither."""
    name, number = person
    return signs(number) or (name and _NAME + name)


_NAME = "="


def _party(key: str) -> Iterator[Clause]:
    """Every way to find the cases of somebody of that key."""
    word = phrase(key.removeprefix(_NAME)) if key.startswith(_NAME) else whole_number(key)
    for table in _SEARCHED:
        search = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        if not key.startswith(_NAME):
            yield Clause(search, (word,))
            continue
        named = (
            "SELECT row FROM cases WHERE applicant = ? AND id_number = '' AND credit_code = ''"
            if table == "applicant_search"
            else "SELECT row FROM people WHERE name = ? AND id_number = ''"
        )
        yield Clause(f"{named} AND row IN ({search})", (key.removeprefix(_NAME), word))


def _among(ways: list[Clause]) -> Clause:
    found = union(ways)
    return Clause(f"row IN ({found.sql})", found.values)


def union(ways: list[Clause]) -> Clause:
    """The SELECT of the rows that any of them finds, each once."""
    return _joined(" UNION ", ways)


def _joined(word: str, clauses: list[Clause], before: str = "") -> Clause:
    values = tuple(value for clause in clauses for value in clause.values)
    return Clause(before + word.join(clause.sql for clause in clauses) if clauses else "", values)
