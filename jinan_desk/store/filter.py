"""Which cases a list shows and in what order, as SQL over the query columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from jinan_desk.core.identity import compact
from jinan_desk.store.columns import CaseRow
from jinan_desk.store.tokens import SHORTEST_NUMBER, expression, number_signs

_AFTER_ANY_SIGN = "~"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a case must be; what is left out does not matter. Days are ISO texts, both ends counted.

    `text` looks for a piece of the applicant's name or of a name in the roster (from one character on), and, from
    three characters on, for the beginning or end of an ID number or a credit code and for the end of a case number.
    """

    programme: str = ""
    article: int | None = None
    stages: tuple[str, ...] = ()
    outcome: str = ""
    district: str = ""
    received_from: str = ""
    received_to: str = ""
    conflict: bool | None = None
    text: str = ""
    holder: str = ""


class Order(Enum):
    """The orders of a list: the column and whether the greatest comes first."""

    UPDATED = ("updated_at", True)
    NUMBER = ("number", False)
    DUE = ("due_on", False)
    RECEIVED = ("received_on", True)
    APPLICANT = ("applicant", False)
    AMOUNT = ("amount", True)

    @property
    def column(self) -> str:
        return self.value[0]

    @property
    def descending(self) -> bool:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of SQL with the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


def where(wanted: CaseFilter) -> Clause:
    """The condition of a filter, with its WHERE; empty where everything is wanted."""
    clauses = [
        Clause(f'"{column}" {operator} ?', (value,))
        for column, operator, value in (
            ("programme", "=", wanted.programme),
            ("article", "=", wanted.article),
            ("outcome", "=", wanted.outcome),
            ("district", "=", wanted.district),
            ("holder", "=", wanted.holder),
            ("received_on", ">=", wanted.received_from),
        )
        if value not in ("", None)
    ]
    if wanted.received_to:
        clauses.append(Clause("received_on BETWEEN '0' AND ?", (wanted.received_to,)))  # not those without a day
    if wanted.stages:
        clauses.append(Clause(f"stage IN ({', '.join('?' * len(wanted.stages))})", wanted.stages))
    if wanted.conflict is not None:
        clauses.append(Clause("conflict" if wanted.conflict else "NOT conflict"))
    if compact(wanted.text):
        clauses.append(_text(wanted.text))
    return _joined(" AND ", clauses, "WHERE ")


def page(order: Order, after: CaseRow | None) -> tuple[Clause, str]:
    """The condition that a case comes after the given one, and the ORDER BY. An unknown amount is the smallest."""
    column = f'coalesce("{order.column}", -1)' if order is Order.AMOUNT else f'"{order.column}"'
    direction, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
    order_by = f'ORDER BY {column} {direction}, "case" {direction}'
    if after is None:
        return Clause(""), order_by
    value = getattr(after, order.column)
    return Clause(f'({column}, "case") {beyond} (?, ?)', (-1 if value is None else value, after.case)), order_by


def _text(text: str) -> Clause:
    """Every way to find the text, by the number of the row: no way looks at all cases."""
    words = expression(text)
    ways = [
        Clause(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (words,))  # noqa: S608
        for table in ("applicant_search", "roster_search")
    ]
    end = number_signs(text)[::-1]
    if len(end) >= SHORTEST_NUMBER:
        sql = "SELECT row FROM cases WHERE number_end >= ? AND number_end < ? AND number_end <> ''"
        ways.append(Clause(sql, (end, end + _AFTER_ANY_SIGN)))
    union = _joined(" UNION ", ways)
    return Clause(f"row IN ({union.sql})", union.values)


def _joined(word: str, clauses: list[Clause], before: str = "") -> Clause:
    values = tuple(value for clause in clauses for value in clause.values)
    return Clause(before + word.join(clause.sql for clause in clauses) if clauses else "", values)
