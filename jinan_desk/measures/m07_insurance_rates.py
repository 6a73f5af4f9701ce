"""Article 7, 降低社保成本: lower rates of unemployment, injury and medical insurance. The relief is automatic."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.claim import FROM_MONTH, MONTHS_IN_ORDER, TO_MONTH, WAGE_BASE, MonthWindow
from jinan_desk.core.dated import policy
from jinan_desk.core.field import Field, Relation
from jinan_desk.core.kind import CalendarMonth, Day, Money, Rate, Text
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import UNEMPLOYMENT_RATE, UNEMPLOYMENT_RATE_STANDARD

DOCUMENTS = (Document(N_("社会保险缴费申报表复印件")),)

# 07A 失业、工伤保险费率阶段性降低 ---------------------------------------------------------------------------------

LOWER_RATES = circular("阶段性降低失业保险费率、工伤保险费率，2020年4月30日到期后再延长1年")
LOWER_RATES_FIRST_MONTH = policy(
    "lower_rates_first_month", N_("降低费率首月"), CalendarMonth(), "2019-05",
    basis=law(N_("国办发〔2019〕13号：自2019年5月1日起"), LOWER_RATES.quote),
)
LOWER_RATES_LAST_MONTH = policy(
    "lower_rates_last_month", N_("降低费率末月"), CalendarMonth(), "2021-04", basis=LOWER_RATES
)


LOWER_RATES_WINDOW = MonthWindow(LOWER_RATES_FIRST_MONTH, LOWER_RATES_LAST_MONTH, LOWER_RATES)


def rate_reduction(work: Worksheet) -> Fraction:
    """By how much the two rates fall together. The later rate of injuries is not above the one before, so that one of
    nothing can only have stayed so, and another falls by itself at most.
    """
    before = work.facts.get("injury_rate_before")
    keys = ("injury_rate_before",) if before == 0 else ("injury_rate_before", "injury_rate_after")
    lacking = work.facts.lacking(*keys)
    known = [key for key in keys if work.facts.get(key) is not None]
    try:
        standard, reduced, *rates = work.gather(UNEMPLOYMENT_RATE_STANDARD, UNEMPLOYMENT_RATE, *known)
    except Unknown as unknown:
        raise Unknown(*unknown.keys, *lacking) from None
    if lacking:
        least = standard - reduced
        raise Unknown(*lacking, least=least, most=None if before is None else least + before)
    reduction: Fraction = standard - reduced + before - sum(rates[1:])
    work.note(N_("费率合计降低"), reduction, Rate())
    return reduction


def saved_by_lower_rates(work: Worksheet) -> Amount:
    return work.times("wage_base", rate_reduction, LOWER_RATES_WINDOW.count)


_FORGE = {
    "applicant_name": "济南章丘锻造有限公司", "credit_code": "91370114MA3017066U", "district": "370114",
    "wage_base": "1250000.00", "injury_rate_before": "0.9", "injury_rate_after": "0.45",
    "from_month": "2020-05", "to_month": "2020-12",
}

LOWER_RATE_RELIEF = Programme(
    code="07A",
    name=N_("失业、工伤保险费率阶段性降低"),
    route=Route.INFORM,
    applicant=Applicant.UNIT,
    form_name=N_("失业、工伤保险费率阶段性降低告知单"),
    facts=(
        WAGE_BASE,
        Field("injury_rate_before", Rate(), N_("降低前工伤保险费率"), help=N_("单位原来的费率，百分数，例如 0.9")),
        Field("injury_rate_after", Rate(), N_("降低后工伤保险费率"), help=N_("降低后的费率，不高于原费率，百分数，例如 0.45")),
        FROM_MONTH,
        TO_MONTH,
    ),
    relations=(
        MONTHS_IN_ORDER,
        Relation("injury_rate_after", "injury_rate_before", N_("降低后的费率高于降低前的费率，请核对")),
    ),
    parameters=(
        UNEMPLOYMENT_RATE_STANDARD, UNEMPLOYMENT_RATE, LOWER_RATES_FIRST_MONTH, LOWER_RATES_LAST_MONTH,
    ),
    checks=(LOWER_RATES_WINDOW.check(N_("有月份在降低费率期间")),),
    amount=saved_by_lower_rates,
    formula=N_("月缴费基数 × 降低的费率 × 月数"),
    documents=DOCUMENTS,
    examples=(
        Example("8 个月，降低 0.75%", "2021-01-08", _FORGE, "eligible", "75000.00"),
        Example(
            "只有首月在期间内，截止月份未知也可计", "2021-01-08",
            {**_FORGE, "from_month": "2021-04", "to_month": None}, "eligible", "9375.00",
        ),
        Example(
            "到期之后", "2021-09-01", {**_FORGE, "from_month": "2021-05", "to_month": "2021-08"}, "ineligible", "0.00",
        ),
        Example("原费率未知", "2021-01-08", {**_FORGE, "injury_rate_before": None}, "incomplete", None),
    ),
)

# 07B 职工医保单位费率降低1个百分点 --------------------------------------------------------------------------------

MEDICAL = circular("自2020年3月1日至12月31日，将职工基本医疗保险单位缴费费率阶段性降低1个百分点")
MEDICAL_FIRST_MONTH = policy(
    "medical_first_month", N_("医保降费首月"), CalendarMonth(), "2020-03", basis=MEDICAL
)
MEDICAL_LAST_MONTH = policy("medical_last_month", N_("医保降费末月"), CalendarMonth(), "2020-12", basis=MEDICAL)
MEDICAL_REDUCTION = policy(
    "medical_reduction", N_("医保单位费率降低"), Rate(), "1", since=date(2020, 3, 1), basis=MEDICAL
)


MEDICAL_WINDOW = MonthWindow(MEDICAL_FIRST_MONTH, MEDICAL_LAST_MONTH, MEDICAL)


def saved_by_medical(work: Worksheet) -> Amount:
    return work.times("wage_base", MEDICAL_REDUCTION, MEDICAL_WINDOW.count)


_SPRING = {
    "applicant_name": "济南趵突泉饮品有限公司", "credit_code": "91370103MA30180779", "district": "370103",
    "wage_base": "386512.37", "from_month": "2020-03", "to_month": "2020-12",
}

MEDICAL_RELIEF = Programme(
    code="07B",
    name=N_("职工医保单位费率降低1个百分点"),
    route=Route.INFORM,
    applicant=Applicant.UNIT,
    form_name=N_("职工基本医疗保险单位费率降低告知单"),
    facts=(WAGE_BASE, FROM_MONTH, TO_MONTH),
    relations=(MONTHS_IN_ORDER,),
    parameters=(MEDICAL_FIRST_MONTH, MEDICAL_LAST_MONTH, MEDICAL_REDUCTION),
    checks=(MEDICAL_WINDOW.check(N_("有月份在医保降费期间")),),
    amount=saved_by_medical,
    formula=N_("月缴费基数 × 1% × 月数"),
    documents=DOCUMENTS,
    examples=(
        Example("10 个月，只在最后舍入", "2021-01-08", _SPRING, "eligible", "38651.24"),
        Example(
            "一至三月只计三月", "2021-01-08", {**_SPRING, "from_month": "2020-01", "to_month": "2020-03"},
            "eligible", "3865.12",
        ),
        Example(
            "期间之后", "2021-04-01", {**_SPRING, "from_month": "2021-01", "to_month": "2021-03"}, "ineligible", "0.00",
        ),
        Example("缴费基数未知", "2021-01-08", {**_SPRING, "wage_base": None}, "incomplete", None),
    ),
)

# 07S 医药货款预付登记 ---------------------------------------------------------------------------------------------

PREPAID = circular("向医药生产和流通企业提前预付医药货款，解决企业资金周转困难")

MEDICINE_PREPAYMENT = service(
    "07S",
    N_("医药货款预付登记"),
    Field("order", Text(), N_("采购订单"), help=N_("订单或者合同的编号，写明药品、耗材类别")),
    Field("amount_prepaid", Money(), N_("预付金额"), N_("元"), help=N_("本次向企业预付的货款")),
    Field("prepaid_on", Day(), N_("预付日期"), help=N_("货款付出的日期")),
    applicant=Applicant.UNIT,
    basis=(PREPAID,),
    examples=(
        shown(
            "预付一笔", "2020-03-18", applicant_name="济南泉康医药有限公司", credit_code="91370102MA3019006P",
            district="370102", handler="邹平", order="JNYY2020-0317 抗病毒药品", amount_prepaid="1280000.00",
            prepaid_on="2020-03-17",
        ),
        shown(
            "医用耗材", "2020-03-25", applicant_name="山东鲁泉医疗器械有限公司", order="JNHC2020-0112 医用口罩、防护服",
            amount_prepaid="356400.50", prepaid_on="2020-03-24",
        ),
        shown("已批准，尚未付款", "2020-04-01", applicant_name="济南泉康医药有限公司", order="JNYY2020-0401 慢性病用药"),
    ),
)

MEASURE = Measure(article=7, programmes=(LOWER_RATE_RELIEF, MEDICAL_RELIEF, MEDICINE_PREPAYMENT))
