"""Labour contracts: the term that a person on a roster was hired for (02B, 02C, 10A)."""

from __future__ import annotations

from jinan_desk.core.check import Check
from jinan_desk.core.comparison import TermAtLeast
from jinan_desk.core.dated import Parameter, Values
from jinan_desk.core.field import Facts, Field, period
from jinan_desk.core.kind import Day
from jinan_desk.core.text import N_

CONTRACT_FIELDS = (
    Field("contract_start", Day(), N_("合同起始日"), help=N_("劳动合同上的起始日期")),
    Field("contract_end", Day(), N_("合同截止日"), help=N_("劳动合同上的截止日期，含当日")),
)
CONTRACT_IN_ORDER = period("contract_start", "contract_end")


def lasts(months: Parameter, label: str, *, earliest: str = "") -> Check:
    """The check that the contract lasts at least as many months as the parameter says, resting on its words.

    `earliest` is the fact before which another check lets no contract start: while the start is unknown, one that is
    too short even from that day has failed.
    """

    def long_enough(facts: Facts, values: Values) -> TermAtLeast:
        start, end, first = facts.get("contract_start"), facts.get("contract_end"), facts.get(earliest)
        if start is None and end is not None and first is not None:
            longest = TermAtLeast(first, end, values[months])
            if not longest.holds:
                return longest
        start, end = facts.all("contract_start", "contract_end")
        return TermAtLeast(start, end, values[months])

    return Check("contract_term", label, months.values[0].basis, long_enough, "", "")
