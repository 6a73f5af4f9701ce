"""Local parameters (catalogue 2.2): what several articles reckon with and the circular does not fix.

Their dated values, with what they rest on, are data in `resources/parameters.toml`; here they get their names and
kinds. One without values is not known: the office must enter it, and until then a case that needs it is incomplete.
"""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from jinan_desk.core.basis import Basis, Mark
from jinan_desk.core.dated import ALWAYS, Dated, Parameter
from jinan_desk.core.kind import ByWord, Choice, Count, Kind, Money, Rate
from jinan_desk.core.retirement import RETIREMENT_CLASSES
from jinan_desk.core.text import N_
from jinan_desk.core.wage import BY_TIER
from jinan_desk.paths import resources_directory

_YUAN = N_("元")
_YUAN_A_MONTH = N_("元/月")

_SHIPPED: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (resources_directory() / "parameters.toml").read_text(encoding="utf-8")
)


def _local(key: str, label: str, kind: Kind, unit: str = "") -> Parameter:
    """The parameter with the values that are shipped for its key."""
    return Parameter(key, label, kind, unit, tuple(_dated(kind, entry) for entry in _SHIPPED.get(key, [])))


def _dated(kind: Kind, entry: dict[str, Any]) -> Dated:
    since: date = entry.get("from", ALWAYS)
    return Dated(since, kind.read(entry["value"]), Basis(Mark(entry["mark"]), entry["source"], entry.get("quote", "")))


MINIMUM_WAGE = _local("minimum_wage", N_("最低工资标准"), BY_TIER, _YUAN_A_MONTH)
BENEFIT_SHARE = _local("unemployment_benefit_share", N_("失业保险金占最低工资标准的比例"), Rate())
AVERAGE_BENEFIT = _local(
    "average_unemployment_benefit", N_("上年12月份当地月人均失业保险金"), Money(), _YUAN_A_MONTH
)
PENSION_RATE = _local("pension_rate_employer", N_("养老保险单位费率"), Rate())
UNEMPLOYMENT_RATE_STANDARD = _local("unemployment_rate_standard", N_("失业保险单位费率（降低前）"), Rate())
UNEMPLOYMENT_RATE = _local("unemployment_rate_employer", N_("失业保险单位费率（降低后）"), Rate())
DISABLED_QUOTA = _local("disabled_quota", N_("应安排残疾人就业比例"), Rate())
SOCIAL_AVERAGE_WAGE = _local("social_average_wage", N_("当地社会平均工资"), Money(), N_("元/年"))
FLEXIBLE_SHARE = _local("flexible_share", N_("灵活就业社会保险补贴比例"), Rate(ratios=True))
PUBLIC_POST_RATE = _local("public_post_rate", N_("公益性岗位补贴标准"), BY_TIER, _YUAN_A_MONTH)
TEMPORARY_GRANT = _local("temporary_grant", N_("一次性临时生活补助标准"), Money(), _YUAN)
COMPETITION_CLASSES = (("first", N_("市级一类")), ("second", N_("市级二类")))
COMPETITION_SUBSIDY = _local("competition_subsidy", N_("赛事补贴标准"), ByWord(COMPETITION_CLASSES, Money()), _YUAN)
DISTRICT_RENT_SHARE = _local("district_rent_share", N_("区县级基地补贴比例"), Rate())
DISTRICT_RENT_CAP = _local("district_rent_cap", N_("区县级基地最高补贴"), Money(), _YUAN)
PARTNER_LOAN_EACH = _local("partner_loan_each", N_("每名合伙人贷款额度"), Money(), _YUAN)
SMALL_FIRM_LOAN_CAP = _local("small_firm_loan_cap", N_("小微企业贷款最高额度"), Money(), _YUAN)
LAYOFF_COMPARISON = _local(
    "layoff_comparison", N_("裁员率与上限的比较"), Choice((("at_most", N_("不超过")), ("below", N_("低于"))))
)
HEADCOUNT_FALL_ALERT = _local("headcount_fall_alert", N_("用工人数下降提示线"), Rate())
RETIREMENT_AGE = _local("retirement_age", N_("法定退休年龄"), ByWord(RETIREMENT_CLASSES, Count(1)), N_("岁"))

LOCAL_PARAMETERS = tuple(value for value in list(globals().values()) if isinstance(value, Parameter))
"""All of them, in the order above."""
