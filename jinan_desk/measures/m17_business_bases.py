"""Article 17, 加强创业载体建设: operating subsidies for bases that waived their tenants' rent."""

from __future__ import annotations

from collections.abc import Callable

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import flag
from jinan_desk.core.dated import Parameter, policy
from jinan_desk.core.field import Facts, Field, Shape
from jinan_desk.core.kind import Choice, Count, CreditCode, Flag, Money, Rate, Text
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Factor, Worksheet
from jinan_desk.measures.local import DISTRICT_RENT_CAP, DISTRICT_RENT_SHARE

TENANTS = circular("为承租的中小企业减免租金")
SUBSIDY = circular("给予最长3个月的运营补贴，补贴标准为减免租金总额的30%，最高50万元")
BASES = circular("省级创业孵化示范基地（园区）、省级人力资源服务产业园区")

RENT_MONTHS = policy("rent_months", N_("补贴期限"), Count(), 3, unit=N_("个月"), basis=SUBSIDY)
RENT_SHARE = policy("rent_share", N_("补贴比例"), Rate(), "30", basis=SUBSIDY)
RENT_CAP = policy("rent_cap", N_("最高补贴"), Money(), "500000.00", unit=N_("元"), basis=SUBSIDY)

IS_RECOGNISED = flag(
    "recognised", N_("认定的基地（园区）"), basis=BASES,
    passed=N_("已认定为相应级别的基地（园区）"), failed=N_("没有认定为相应级别的基地（园区）"),
)
IS_SME = flag(
    "is_sme", N_("承租的是中小企业"), basis=TENANTS, passed=N_("承租的是中小企业"), failed=N_("承租的不是中小企业")
)
IS_CLAIMED_ONCE = flag(
    "not_claimed_elsewhere", N_("没有重复申领"),
    basis=law(N_("省级运营补贴有关规定：同一减免租金不重复补贴"), TENANTS.quote),
    passed=N_("该减免没有在其他基地或项目申领"), failed=N_("该减免已在其他基地或项目申领"),
    fact="claimed_elsewhere", wanted=False,
)


def of_level(own: Parameter, others: Parameter) -> Callable[[Facts], Parameter]:
    """Districts set the subsidy of their own bases; the city follows the province."""
    return lambda facts: own if facts.case.level == "district" else others


def counted_months(work: Worksheet) -> int:
    """At least one, since nobody waives none, and at most those that are subsidised."""
    most = work.parameter(RENT_MONTHS)
    lacking = work.facts.lacking("months")
    if lacking:
        raise Unknown(*lacking, least=min(1, most), most=most)
    waived = work.fact("months")
    return int(work.note(N_("计算月数"), min(waived, most), Count(), unit=N_("个月"), by=SUBSIDY))


def share(work: Worksheet) -> Amount:
    rate: Amount = work.chosen(of_level(DISTRICT_RENT_SHARE, RENT_SHARE), RENT_SHARE, DISTRICT_RENT_SHARE)
    return rate


def tenant_amount(work: Worksheet) -> Amount:
    return work.times("waived_per_month", counted_months, share)


def cap(work: Worksheet) -> Amount:
    """The most that a base is paid."""
    amount: Amount = work.chosen(of_level(DISTRICT_RENT_CAP, RENT_CAP), RENT_CAP, DISTRICT_RENT_CAP)
    return amount


def capped(work: Worksheet, subtotal: Factor) -> Amount:
    """The cap at most; where nothing is due there is nothing to cap, whatever a district's cap may be."""
    return work.smallest(subtotal, cap)


_INCUBATOR = {
    "applicant_name": "济南泉创孵化器管理有限公司", "credit_code": "91370112MA3030199X", "district": "370112",
    "level": "municipal", "recognised": True,
}
_TENANT = {
    "tenant": "济南星火设计有限公司", "tenant_credit_code": "91370112MA303101X5", "is_sme": True,
    "waived_per_month": "8200.00", "months": 3, "claimed_elsewhere": False,
}

BASE_SUBSIDY = Programme(
    code="17A",
    name=N_("创业孵化基地、人力资源服务产业园运营补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=N_("省级、市级创业带动就业扶持资金"),
    form_name=N_("创业孵化基地（园区）、人力资源服务产业园区运营补贴申请表"),
    facts=(
        Field(
            "level",
            Choice((("provincial", N_("省级")), ("municipal", N_("市级")), ("district", N_("区县级")))),
            N_("基地级别"), help=N_("区县级的补贴比例和最高额由区县规定"),
        ),
        Field("recognised", Flag(), N_("认定的基地（园区）"), help=N_("认定为相应级别的孵化（示范）基地或产业园区")),
    ),
    roster=Roster(
        Shape(
            (
                Field("tenant", Text(), N_("承租企业"), required=False, help=N_("承租企业的全称")),
                Field(
                    "tenant_credit_code", CreditCode(), N_("承租企业信用代码"), required=False,
                    help=N_("营业执照上的 18 位代码"),
                ),
                Field("is_sme", Flag(), N_("中小企业"), help=N_("承租的是中型、小型或微型企业")),
                Field("waived_per_month", Money(), N_("每月减免租金"), N_("元"), help=N_("疫情期间每月实际减免的租金")),
                Field("months", Count(1), N_("减免月数"), N_("个月"), help=N_("实际减免的月数，最多计 3 个月")),
                Field("claimed_elsewhere", Flag(), N_("已在别处申领"), help=N_("同一减免是否已在其他基地或项目申领")),
            )
        ),
        checks=(IS_SME, IS_CLAIMED_ONCE),
        amount=tenant_amount,
        unit=N_("户"),
    ),
    parameters=(RENT_MONTHS, RENT_SHARE, RENT_CAP, DISTRICT_RENT_SHARE, DISTRICT_RENT_CAP),
    checks=(IS_RECOGNISED,),
    total=capped,
    formula=N_("各户补贴合计与最高补贴中较小的一个"),
    documents=(
        Document(N_("运营补贴申请表"), original=True),
        Document(N_("减免租金企业名册"), original=True),
        Document(N_("基地（园区）认定文件复印件")),
        Document(N_("租赁合同和减免租金协议复印件")),
    ),
    examples=(
        Example("减免三个月", "2020-06-15", {**_INCUBATOR, "roster": [_TENANT]}, "eligible", "7380.00"),
        Example(
            "减免五个月只计三个月，达到最高额", "2020-06-15",
            {**_INCUBATOR, "roster": [{**_TENANT, "waived_per_month": "600000.00", "months": 5}]},
            "eligible", "500000.00",
        ),
        Example(
            "已在别处申领", "2020-06-15", {**_INCUBATOR, "roster": [{**_TENANT, "claimed_elsewhere": True}]},
            "ineligible", "0.00",
        ),
        Example(
            "区县级，比例和最高额未录入", "2020-06-15",
            {**_INCUBATOR, "level": "district", "roster": [_TENANT]}, "incomplete", None,
        ),
        Example(
            "区县级，按区县规定", "2020-06-15", {**_INCUBATOR, "level": "district", "roster": [_TENANT]},
            "eligible", "4920.00", {"district_rent_share": "20", "district_rent_cap": "100000.00"},
        ),
    ),
)

MEASURE = Measure(article=17, programmes=(BASE_SUBSIDY,))
