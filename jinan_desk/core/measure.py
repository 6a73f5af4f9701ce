"""Measures and programmes as values: all that the program knows about an article stands in one declaration.

From it come the entry tab, validation, roster templates, ledger columns, forms, the command line's schema and the
conformance tests. An **article** (条) is a tab; a **programme** (事项) is one thing that an office handles under it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from jinan_desk.core.applicant import APPLICANT_FIELDS, Applicant
from jinan_desk.core.basis import Basis
from jinan_desk.core.check import Check
from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.entitlement import Entitlement
from jinan_desk.core.field import Facts, Field, Relation, Shape
from jinan_desk.core.kind import IdNumber
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.worksheet import Factor, Worksheet


class Route(StrEnum):
    """What the hall does with a case of the programme (catalogue 1.1)."""

    APPROVE = "approve"
    FORWARD = "forward"
    INFORM = "inform"
    SERVE = "serve"


ROUTE_LABELS = {
    Route.APPROVE: N_("审核发放"),
    Route.FORWARD: N_("受理转办"),
    Route.INFORM: N_("免申即享"),
    Route.SERVE: N_("服务记录"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document (材料) the applicant hands in."""

    name: str
    copies: int = 1
    original: bool = False


@dataclass(frozen=True, slots=True)
class Warn:
    """Something a person must look at and that decides nothing; the rule answers whether to say so, or what.

    An `alert` is shown on the work desk for as long as the case is open.
    """

    key: str
    sentence: str
    rule: Callable[[Facts, Values], bool | Sentence | None]
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of a programme: what a row holds, what it needs and what it is worth.

    `standard` is the parameter that every eligible row is paid, or paid by the day, where there is one rate for all.
    """

    shape: Shape
    checks: tuple[Check, ...]
    amount: Callable[[Worksheet], Amount]
    standard: Parameter | None = None
    unit: str = N_("人")
    may_be_absent: bool = False
    warnings: tuple[Warn, ...] = ()
    entitlement: Entitlement | None = None

    @property
    def of_people(self) -> bool:
        """Whether rows are people, so that nobody unnamed and nobody twice is paid."""
        return any(isinstance(field.kind, IdNumber) for field in self.shape.fields)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case in JSON shape; `outcome` and `amount` (yuan) are what it must come to."""

    note: str
    on: str
    facts: Mapping[str, Any]
    outcome: str
    amount: str | None
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Programme:
    """One thing an office handles: `facts` are asked for beside the applicant, `roster` says what a row holds.

    `amount` works out a case without a roster (None: nothing is paid); `total` turns the sum of the eligible rows (fen)
    into the case's amount, and without it the sum is the amount. `formula` words the last step, `form_name` titles the
    application.
    `limit` is how many working days the whole handling may take; 0 where no rule says. `basis` are the words that a
    programme without checks rests on. `entitlement`, here and in the roster, tells what is claimed beside other cases.
    """

    code: str
    name: str
    route: Route
    applicant: Applicant
    fund: str = ""
    form_name: str = ""
    limit: int = 0
    facts: tuple[Field, ...] = ()
    relations: tuple[Relation, ...] = ()
    roster: Roster | None = None
    parameters: tuple[Parameter, ...] = ()
    checks: tuple[Check, ...] = ()
    amount: Callable[[Worksheet], Amount] | None = None
    total: Callable[[Worksheet, Factor], Amount] | None = None
    formula: str = ""
    warnings: tuple[Warn, ...] = ()
    documents: tuple[Document, ...] = ()
    examples: tuple[Example, ...] = ()
    basis: tuple[Basis, ...] = ()
    entitlement: Entitlement | None = None

    @cached_property
    def shape(self) -> Shape:
        """All facts of the case itself: the applicant's first, then the programme's own."""
        return Shape(APPLICANT_FIELDS[self.applicant] + self.facts, self.relations)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields of the case itself by key."""
        return {field.key: field for field in self.shape.fields}

    @cached_property
    def working(self) -> Sentence:
        """How the amount is worked out, as the last step says it."""
        return Sentence(self.formula)

    @property
    def has_amount(self) -> bool:
        """Whether a case of the programme comes to an amount at all."""
        return self.amount is not None or self.roster is not None

    @property
    def row_shape(self) -> Shape | None:
        return self.roster.shape if self.roster is not None else None


@dataclass(frozen=True, slots=True)
class Measure:
    """An article of the circular and the programmes under it. Title, text and units stand in `resources`."""

    article: int
    programmes: tuple[Programme, ...]
