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


def with_place(work: Worksheet, *keys: str) -> tuple[Any, ...]:
    """The facts that say for which days an amount is wanted; where one is unknown, an unknown district is named too."""
    missing = work.facts.lacking(*keys)
    if missing:
        raise Unknown(*missing, *work.facts.case.lacking("district"))
    return work.facts.all(*keys)


def of_the_place(work: Worksheet, amount: Parameter, day: date) -> int:
    """The amount (fen) in force on that day in the district of the case; it is asked for only where tiers differ."""
    case = work.facts.case
    try:
        by_tier = work.parameter(amount, on=day)
    except Unknown as unknown:
        raise Unknown(*unknown.keys, *case.lacking("district")) from None
    if len(by_tier) == len(BY_TIER.words) and len(set(by_tier.values())) == 1:
        return int(by_tier["1"])
    tier = str(DISTRICTS[case.district].wage_tier)
    if tier not in by_tier:
        raise Unknown(f"parameter:{amount.key}")
    return int(by_tier[tier])
