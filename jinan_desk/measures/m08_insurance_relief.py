"""Article 8, 减免社保缴费: pension, unemployment and injury premiums waived or halved. The relief is automatic."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import flag
from jinan_desk.core.claim import FROM_MONTH, MONTHS_IN_ORDER, TO_MONTH, WAGE_BASE, MonthWindow
from jinan_desk.core.dated import ALWAYS, Dated, Parameter, policy
from jinan_desk.core.dates import Month
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import CalendarMonth, Flag, Rate
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.size import LARGE, SIZE_FIELDS, is_among
from jinan_desk.core.text import N_
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import PENSION_RATE, UNEMPLOYMENT_RATE

RELIEF = circular("阶段性减免企业养老、失业、工伤保险单位缴费")
WAIVED = circular("从2020年2月至6月对中小微企业免征三险社保费")
HALVED = circular("从2020年2月至4月对大型企业减半征收")
PROLONGED = law(N_("人社部发〔2020〕49号：中小微企业免征延至2020年12月底，大型企业减半征收延至2020年6月底"))
OPENS = date(2020, 2, 1)
PROLONGED_FROM = date(2020, 6, 22)

FIRST_MONTH = policy("relief_first_month", N_("减免首月"), CalendarMonth(), "2020-02", basis=WAIVED)
LAST_MONTH = Parameter(
    "relief_last_month", N_("免征末月（中小微企业）"), CalendarMonth(),
    values=(Dated(ALWAYS, Month(2020, 6), WAIVED), Dated(PROLONGED_FROM, Month(2020, 12), PROLONGED)),
)
LARGE_LAST_MONTH = Parameter(
    "relief_last_month_large", N_("减半征收末月（大型企业）"), CalendarMonth(),
    values=(Dated(ALWAYS, Month(2020, 4), HALVED), Dated(PROLONGED_FROM, Month(2020, 6), PROLONGED)),
)
WAIVED_SHARE = policy("relief_share", N_("减免比例（中小微企业）"), Rate(), "100", since=OPENS, basis=WAIVED)
HALVED_SHARE = policy("relief_share_large", N_("减免比例（大型企业）"), Rate(), "50", since=OPENS, basis=HALVED)


def is_large(facts: Facts) -> bool:
    return is_among(facts, frozenset({LARGE}))


WINDOW = MonthWindow(FIRST_MONTH, lambda facts: LARGE_LAST_MONTH if is_large(facts) else LAST_MONTH, RELIEF)

IS_COVERED = flag(
    "covered", N_("属于减免范围"), basis=law(N_("人社部发〔2020〕11号：机关事业单位不在减免范围"), RELIEF.quote),
    passed=N_("不是机关事业单位"), failed=N_("机关事业单位不在减免范围"), fact="public_institution", wanted=False,
)


def three_rates(work: Worksheet) -> Fraction:
    """The employer's rates of the three insurances together."""
    together: Fraction = sum(work.gather(PENSION_RATE, UNEMPLOYMENT_RATE, "injury_rate"), Fraction(0))
    work.note(N_("三险单位费率合计"), together, Rate())
    return together


def relieved_share(work: Worksheet) -> Fraction:
    share: Fraction = work.chosen(
        lambda facts: HALVED_SHARE if is_large(facts) else WAIVED_SHARE, WAIVED_SHARE, HALVED_SHARE
    )
    return share


def relieved(work: Worksheet) -> Amount:
    return work.times("wage_base", three_rates, relieved_share, WINDOW.count)


_ROSE = {
    "applicant_name": "济南平阴玫瑰制品有限公司", "credit_code": "91370124MA30190882", "district": "370124",
    "wage_base": "200000.00", "injury_rate": "0.4", "size_class": "small", "public_institution": False,
    "from_month": "2020-02", "to_month": "2020-06",
}
_UNASSIGNED = {**_ROSE, "size_class": None, "industry": "industry"}

INSURANCE_RELIEF = Programme(
    code="08A",
    name=N_("阶段性减免社会保险费"),
    route=Route.INFORM,
    applicant=Applicant.UNIT,
    form_name=N_("阶段性减免社会保险费告知单"),
    facts=(
        WAGE_BASE,
        Field("injury_rate", Rate(), N_("工伤保险费率"), help=N_("单位现行的费率，百分数，例如 0.4")),
        *SIZE_FIELDS,
        Field("public_institution", Flag(), N_("机关事业单位"), help=N_("机关事业单位不在减免范围")),
        FROM_MONTH,
        TO_MONTH,
    ),
    relations=(MONTHS_IN_ORDER,),
    parameters=(
        PENSION_RATE, UNEMPLOYMENT_RATE, FIRST_MONTH, LAST_MONTH, LARGE_LAST_MONTH, WAIVED_SHARE, HALVED_SHARE,
    ),
    checks=(IS_COVERED, WINDOW.check(N_("有月份在减免期间"))),
    amount=relieved,
    formula=N_("月缴费基数 × 三险单位费率 × 减免比例 × 月数"),
    documents=(Document(N_("社会保险缴费申报表复印件")), Document(N_("企业划型结果"))),
    examples=(
        Example("小型企业免征 5 个月", "2020-06-01", _ROSE, "eligible", "171000.00"),
        Example(
            "大型企业减半，只到四月", "2020-06-01",
            {**_ROSE, "wage_base": "3000000.00", "injury_rate": "0.9", "size_class": "large", "to_month": "2020-12"},
            "eligible", "792000.00",
        ),
        Example(
            "政策延长首日，正好达到中型标准", "2020-06-22",
            {**_UNASSIGNED, "wage_base": "400000.00", "employees": 300, "revenue_wan": "2000", "to_month": "2020-12"},
            "eligible", "752400.00",
        ),
        Example(
            "不足千人，收入未知也不是大型", "2020-06-01", {**_UNASSIGNED, "employees": 999}, "eligible", "171000.00",
        ),
        Example("千人以上，收入未知", "2020-06-01", {**_UNASSIGNED, "employees": 1200}, "incomplete", None),
        Example("事业单位", "2020-06-01", {**_ROSE, "public_institution": True}, "ineligible", "0.00"),
    ),
)

MEASURE = Measure(article=8, programmes=(INSURANCE_RELIEF,))
