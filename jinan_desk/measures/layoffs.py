"""Limits on layoffs, which three articles look at: who keeps the refund of article 6, what article 22 watches for, and
what is a layoff for economic reasons in article 23."""

from __future__ import annotations

from fractions import Fraction

from jinan_desk.core.basis import circular, law
from jinan_desk.core.comparison import ShareAtMost
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.kind import Count, Rate
from jinan_desk.core.text import N_
from jinan_desk.measures.local import LAYOFF_COMPARISON

LAYOFF_LIMIT = policy(
    "layoff_limit", N_("裁员率上限"), Rate(), "5.5", basis=circular("稳岗返还条件的裁员率标准放宽到5.5%")
)
SMALL_LAYOFF_LIMIT = policy(
    "small_firm_layoff_limit", N_("30 人（含）以下企业裁员率上限"), Rate(), "20",
    basis=circular("30人（含）以下的参保企业放宽到不超过参保职工总数的20%"),
)
SMALL_HEADCOUNT = policy(
    "small_firm_headcount", N_("小规模参保企业人数"), Count(), 30, unit=N_("人"),
    basis=circular("30人（含）以下的参保企业"),
)
LIMIT_PARAMETERS = (LAYOFF_LIMIT, SMALL_LAYOFF_LIMIT, SMALL_HEADCOUNT, LAYOFF_COMPARISON)


def layoff_rate(dismissed: int, headcount: int, values: Values) -> ShareAtMost:
    """Those dismissed over the headcount (at least 1), against the limit of an enterprise of that size."""
    limit = values[SMALL_LAYOFF_LIMIT if headcount <= values[SMALL_HEADCOUNT] else LAYOFF_LIMIT]
    within = values[LAYOFF_COMPARISON] == "at_most"
    return ShareAtMost(dismissed, headcount, limit, what=N_("裁员率"), within=within)


ECONOMIC = law(N_("劳动合同法第四十一条：裁减20人以上，或者不足20人但占职工总数10%以上"), "规范企业裁员行为")
ECONOMIC_NUMBER = policy("economic_layoff_number", N_("经济性裁员人数"), Count(), 20, unit=N_("人"), basis=ECONOMIC)
ECONOMIC_SHARE = policy("economic_layoff_share", N_("经济性裁员比例"), Rate(), "10", basis=ECONOMIC)
ECONOMIC_PARAMETERS = (ECONOMIC_NUMBER, ECONOMIC_SHARE)


def is_economic(dismissed: int, headcount: int, values: Values) -> bool:
    """Whether dismissing so many of the headcount (at least 1) is a layoff for economic reasons."""
    return bool(dismissed >= values[ECONOMIC_NUMBER] or Fraction(dismissed, headcount) >= values[ECONOMIC_SHARE])
