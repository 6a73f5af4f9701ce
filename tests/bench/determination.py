"""Deciding a 06A case and a 02B row, against a prebuilt Decimal dataclass that does the same sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from jinan_desk.core.determine import determine
from jinan_desk.core.field import ROSTER, read_facts
from jinan_desk.measures import find
from jinan_desk.services.demo import hires
from tests.bench.timing import Pair, side_by_side

ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Refund:
    """What the floor answers: outcome, amount, the checks as pairs and the steps as triples."""

    outcome: str
    amount: Decimal
    checks: tuple[tuple[str, bool], ...]
    steps: tuple[tuple[str, Decimal, str], ...]


@dataclass(frozen=True, slots=True)
class Firm:
    headcount: int
    dismissed: int
    premium: Decimal
    paid: bool
    discredited: bool
    complaints: bool

    def refund(self) -> Refund:
        rate = Decimal(self.dismissed) / Decimal(self.headcount)
        limit = Decimal("0.2") if self.headcount <= 30 else Decimal("0.055")
        checks = (
            ("layoff_rate", rate <= limit),
            ("paid_all_months", self.paid),
            ("not_discredited", not self.discredited),
            ("no_complaints", not self.complaints),
        )
        share = Decimal("0.5")
        amount = (self.premium * share).quantize(Decimal("0.01"), ROUND_HALF_UP)
        steps = (("premium", self.premium, "元"), ("share", share, "%"), ("amount", amount, "元"))
        good = all(passed for _, passed in checks)
        return Refund("eligible" if good else "ineligible", amount if good else Decimal(0), checks, steps)


@dataclass(frozen=True, slots=True)
class Hire:
    hired_on: date
    start: date
    end: date
    insured: bool
    prior: bool

    def grant(self) -> Refund:
        checks = (
            ("hired_in_window", date(2020, 2, 10) <= self.hired_on <= date(2020, 3, 10)),
            ("contract", (self.end - self.start).days >= 364),
            ("insured", self.insured),
            ("prior", not self.prior),
        )
        good = all(passed for _, passed in checks)
        return Refund("eligible" if good else "ineligible", Decimal(1000 if good else 0), checks, ())


def run() -> Iterator[Pair]:
    refund = find("06A")
    hiring = find("02B")
    assert refund is not None
    assert hiring is not None
    programme, on = refund[1], date(2020, 6, 10)
    facts, wrong = read_facts(programme.shape, None, programme.examples[0].facts)
    assert not wrong
    firm = Firm(286, 9, Decimal("158400.00"), True, False, False)
    yield side_by_side(
        "06A determined", lambda: determine(programme, facts, on), "Decimal dataclass", firm.refund, rounds=9, calls=2000
    )
    rows = hires(1, ROWS)
    roster, wrong = read_facts(hiring[1].shape, hiring[1].row_shape, {ROSTER: rows})
    assert not wrong
    floor = [
        Hire(*(date.fromisoformat(row[k]) for k in ("hired_on", "contract_start", "contract_end")), True, False)
        for row in rows
    ]
    yield side_by_side(
        f"02B roster of {ROWS:,} rows determined",
        lambda: determine(hiring[1], roster, on),
        "Decimal dataclass, as many",
        lambda: [hire.grant() for hire in floor],
        rounds=5,
    )
