"""Amounts that differ by minimum-wage tier: the tier follows the district in which the place of work lies."""

from __future__ import annotations

from datetime import date
from typing import Any

from jinan_desk.core.dated import Parameter
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.kind import ByWord, Money
from jinan_desk.core.text import N_
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet

BY_TIER = ByWord((("1", N_("一档")), ("2", N_("二档"))), Money(), uniform=True)
"""Yuan by tier; one amount by itself holds for all tiers."""


def with_place(work: Worksheet, *keys: str, amount: Parameter) -> tuple[Any, ...]:
    """The facts that say for which days an amount is wanted; where one is unknown, an unknown district is named too,
    unless the amount is the same everywhere."""
    missing = work.facts.lacking(*keys)
    if missing:
        if is_one(work.values.at_all_times(amount)):
            raise Unknown(*missing)
        raise Unknown(*missing, *work.facts.case.lacking("district"))
    return work.facts.all(*keys)


def is_one(by_tier: dict[str, int] | None) -> bool:
    """Whether it is one amount for all tiers."""
    return by_tier is not None and len(by_tier) == len(BY_TIER.words) and len(set(by_tier.values())) == 1


def of_the_place(work: Worksheet, amount: Parameter, day: date) -> int:
    """The amount (fen) in force on that day in the district of the case; it is asked for only where tiers differ."""
    case = work.facts.case
    try:
        by_tier = work.parameter(amount, on=day)
    except Unknown as unknown:
        raise Unknown(*unknown.keys, *case.lacking("district")) from None
    if is_one(by_tier):
        return int(by_tier["1"])
    tier = str(DISTRICTS[case.district].wage_tier)
    if tier not in by_tier:
        raise Unknown(f"parameter:{amount.key}")
    return int(by_tier[tier])
