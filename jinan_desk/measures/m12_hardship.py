"""Article 12, 帮助困难人员就业: public posts, flexible employment of people in hardship, poverty-relief workshops."""

from __future__ import annotations

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import circular, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import FROM_MONTH, MONTHS_ENJOYED, MONTHS_IN_ORDER, TO_MONTH, within_quota
from jinan_desk.core.comparison import Quota
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import months_between
from jinan_desk.core.entitlement import Entitlement, Nature, claimed_period, year_of_application
from jinan_desk.core.field import Facts, Field, Shape
from jinan_desk.core.kind import Count, Day, Flag, Money
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.retirement import RETIREMENT_CLASS, retirement_warnings, retires
from jinan_desk.core.text import N_
from jinan_desk.core.wage import of_the_place, with_place
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.assistance import (
    CATEGORY,
    NOT_STABLY_EMPLOYED,
    RECOGNISED_ON,
    TERM_PARAMETERS,
    months_follow_start,
    months_precede_end,
    note_end,
)
from jinan_desk.measures.local import FLEXIBLE_SHARE, MINIMUM_WAGE, PUBLIC_POST_RATE, RETIREMENT_AGE

FUND = N_("就业补助资金")

# 12A 公益性岗位补贴和社会保险补贴（含期满延长） --------------------------------------------------------------------


POST_RATE_IS_WAGE = reading(
    N_("岗位补贴标准未另行规定的，按当地最低工资标准"), "开发各类公益性岗位援助就业困难人员就业"
)


def post_pay(work: Worksheet) -> Amount:
    """The post's rate on each month's first day: the office's own where it has one, else the minimum wage [R]."""
    one = work.values.at_all_times(PUBLIC_POST_RATE)
    first, last = with_place(work, "from_month", "to_month", amount=MINIMUM_WAGE if one is None else PUBLIC_POST_RATE)
    months = []
    for month in months_between(first, last):
        own = work.values.has(PUBLIC_POST_RATE, month.first_day)
        rate = PUBLIC_POST_RATE if own else MINIMUM_WAGE
        months.append((month, of_the_place(work, rate, month.first_day)))
    return work.money(N_("岗位补贴"), work.monthly(N_("岗位补贴月标准"), months), by=POST_RATE_IS_WAGE)


def post_amount(work: Worksheet) -> Amount:
    amount = work.plus(post_pay, "employer_paid")
    note_end(work)
    return amount


_STREET_OFFICE = {
    "applicant_name": "济南市历下区泉西街道办事处", "credit_code": "91370102MA3026157P", "district": "370102",
}
_POST = {
    "name": "马秀兰", "id_number": "370102197405069422", "category": "zero_employment_family",
    "recognised_on": "2018-03-20", "started_on": "2018-04-01", "retirement_class": "women55",
    "from_month": "2020-04", "to_month": "2020-06", "employer_paid": "2416.80",
}
_EXPIRING = {
    "name": "徐立新", "id_number": "37010519720131275X", "category": "zero_employment_family",
    "recognised_on": "2017-04-10", "started_on": "2017-05-01", "retirement_class": "men60",
    "not_stably_employed": True, "from_month": "2021-04", "to_month": "2021-04", "employer_paid": "805.60",
}

PUBLIC_POSTS = Programme(
    code="12A",
    name=N_("公益性岗位补贴和社会保险补贴（含期满延长）"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("城镇公益性岗位补贴和社会保险补贴申请表"),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                CATEGORY,
                RECOGNISED_ON,
                Field("started_on", Day(), N_("上岗日期"), help=N_("到公益性岗位上岗的日期")),
                RETIREMENT_CLASS,
                NOT_STABLY_EMPLOYED,
                FROM_MONTH,
                TO_MONTH,
                Field("employer_paid", Money(), N_("单位实缴社会保险费"), N_("元"), help=N_("申领月份内单位实际缴纳的合计")),
            ),
            (MONTHS_IN_ORDER,),
        ),
        checks=(months_follow_start, months_precede_end),
        amount=post_amount,
        warnings=retirement_warnings(RETIREMENT_AGE),
        entitlement=Entitlement(
            claimed_period, frozenset({Nature.UNIT_SUBSIDY, Nature.EMPLOYED}), retires=retires(RETIREMENT_AGE)
        ),
    ),
    parameters=(*TERM_PARAMETERS, PUBLIC_POST_RATE, MINIMUM_WAGE),
    formula=N_("各人岗位补贴与单位实缴社会保险费合计"),
    documents=(
        Document(N_("城镇公益性岗位申请认定表"), original=True),
        Document(N_("公益性岗位补贴人员花名册"), original=True),
        Document(N_("补贴资金申请汇总表"), original=True),
        Document(N_("身份证复印件")),
        Document(N_("工资发放和社会保险缴费凭证")),
    ),
    examples=(
        Example("三个月岗位补贴和社保补贴", "2020-07-08", {**_STREET_OFFICE, "roster": [_POST]}, "eligible", "8146.80"),
        Example(
            "2020 年 4 月期满，延长一年后的最后一月", "2021-05-10", {**_STREET_OFFICE, "roster": [_EXPIRING]},
            "eligible", "2715.60",
        ),
        Example(
            "已稳定就业，不延长", "2021-05-10",
            {**_STREET_OFFICE, "roster": [{**_EXPIRING, "not_stably_employed": False}]}, "ineligible", "0.00",
        ),
        Example(
            "是否稳定就业未知", "2021-05-10",
            {**_STREET_OFFICE, "roster": [{**_EXPIRING, "not_stably_employed": None}]}, "incomplete", None,
        ),
    ),
)

# 12B 就业困难人员灵活就业社会保险补贴（含期满延长） ----------------------------------------------------------------


def flexible_amount(work: Worksheet) -> Amount:
    amount = work.times("paid", FLEXIBLE_SHARE)
    note_end(work)
    return amount


_FLEXIBLE = {
    "applicant_name": "何春梅", "id_number": "370104197109023860", "district": "370104", "category": "age_40_50",
    "recognised_on": "2018-06-11", "started_on": "2018-07-01", "retirement_class": "women55",
    "not_stably_employed": False, "from_month": "2020-01", "to_month": "2020-06", "paid": "5238.00",
}
_FIVE_YEARS_BEFORE = {**_FLEXIBLE, "id_number": "370104196809023867", "recognised_on": "2018-09-02"}

FLEXIBLE_SUPPORT = Programme(
    code="12B",
    name=N_("就业困难人员灵活就业社会保险补贴（含期满延长）"),
    route=Route.APPROVE,
    applicant=Applicant.PERSON,
    fund=FUND,
    form_name=N_("就业困难人员灵活就业社会保险补贴申请表"),
    facts=(
        CATEGORY,
        RECOGNISED_ON,
        Field("started_on", Day(), N_("享受起始日"), help=N_("开始享受灵活就业社会保险补贴的日期")),
        RETIREMENT_CLASS,
        NOT_STABLY_EMPLOYED,
        FROM_MONTH,
        TO_MONTH,
        Field("paid", Money(), N_("本人实缴社会保险费"), N_("元"), help=N_("申领月份内本人实际缴纳的社会保险费合计")),
    ),
    relations=(MONTHS_IN_ORDER,),
    parameters=(*TERM_PARAMETERS, FLEXIBLE_SHARE),
    checks=(months_follow_start, months_precede_end),
    amount=flexible_amount,
    formula=N_("本人实缴社会保险费 × 补贴比例"),
    warnings=retirement_warnings(RETIREMENT_AGE),
    entitlement=Entitlement(
        claimed_period, frozenset({Nature.PERSON_SUBSIDY, Nature.EMPLOYED}), retires=retires(RETIREMENT_AGE)
    ),
    documents=(
        Document(N_("就业困难人员灵活就业社会保险补贴申请表"), original=True),
        Document(N_("就业困难人员认定表复印件")),
        Document(N_("身份证复印件")),
        Document(N_("社会保险缴费凭证")),
    ),
    examples=(
        Example("实缴的三分之二", "2020-07-20", _FLEXIBLE, "eligible", "3492.00"),
        Example(
            "退休正好在认定五年之后，只有三年", "2021-08-02",
            {**_FIVE_YEARS_BEFORE, "from_month": "2021-02", "to_month": "2021-07"}, "ineligible", "0.00",
        ),
        Example(
            "退休不到五年，至退休前一天", "2023-10-09",
            {**_FIVE_YEARS_BEFORE, "recognised_on": "2018-09-03", "from_month": "2023-04", "to_month": "2023-09"},
            "eligible", "3492.00",
        ),
        Example(
            "退休类别未知，三种都符合", "2020-07-20", {**_FLEXIBLE, "retirement_class": None}, "eligible", "3492.00",
        ),
        Example("实缴金额未知", "2020-07-20", {**_FLEXIBLE, "paid": None}, "incomplete", None),
    ),
)

# 12C 就业扶贫车间补助 ---------------------------------------------------------------------------------------------

WORKSHOPS = circular(
    "已稳定脱贫的贫困劳动力就业，可从创业带动就业扶持资金中对疫情期间正常经营的就业扶贫车间给予每人每月1000元补助"
)
WORKSHOP_GRANT = policy(
    "workshop_grant", N_("每人每月补助标准"), Money(), "1000.00", unit=N_("元"), basis=WORKSHOPS
)
WORKSHOP_MONTHS = policy(
    "workshop_months", N_("补助期限"), Count(), 3, unit=N_("个月"), basis=circular("补助期限为3个月")
)

IS_WORKSHOP = flag(
    "recognised_workshop", N_("认定的就业扶贫车间"), basis=WORKSHOPS,
    passed=N_("已认定为就业扶贫车间"), failed=N_("没有认定为就业扶贫车间"),
)
OPERATED = flag(
    "operated_in_epidemic", N_("疫情期间正常经营"), basis=WORKSHOPS,
    passed=N_("疫情期间正常经营"), failed=N_("疫情期间没有正常经营"),
)
IS_OUT_OF_POVERTY = flag(
    "out_of_poverty", N_("已稳定脱贫的贫困劳动力"), basis=WORKSHOPS,
    passed=N_("属已稳定脱贫的贫困劳动力"), failed=N_("不属已稳定脱贫的贫困劳动力"),
)


@check("months_left", N_("享受月数未超期限"), basis=WORKSHOP_MONTHS.values[0].basis)
def workshop_months_are_left(row: Facts, values: Values) -> Quota:
    return within_quota(row, values[WORKSHOP_MONTHS], lambda row: row.months)


def workshop_amount(work: Worksheet) -> Amount:
    return work.times(WORKSHOP_GRANT, "months")


_WORKSHOP = {
    "applicant_name": "商河县田园手工艺扶贫车间", "credit_code": "91370126MA3027168U", "district": "370126",
    "recognised_workshop": True, "operated_in_epidemic": True,
}
_WORKER = {"name": "马秀兰", "id_number": "370102197405069422", "out_of_poverty": True, "months": 2}

RELIEF_WORKSHOPS = Programme(
    code="12C",
    name=N_("就业扶贫车间补助"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=N_("创业带动就业扶持资金"),
    form_name=N_("就业扶贫车间补助申请表"),
    facts=(
        Field("recognised_workshop", Flag(), N_("认定的就业扶贫车间"), help=N_("经主管部门认定")),
        Field("operated_in_epidemic", Flag(), N_("疫情期间正常经营"), help=N_("疫情防控期间正常生产经营")),
    ),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field("out_of_poverty", Flag(), N_("已稳定脱贫的贫困劳动力"), help=N_("以扶贫部门建档立卡信息为准")),
                Field("months", Count(1), N_("本次申领月数"), N_("个月"), help=N_("在车间就业并申领补助的月数")),
                MONTHS_ENJOYED,
            )
        ),
        checks=(IS_OUT_OF_POVERTY, workshop_months_are_left),
        amount=workshop_amount,
        standard=WORKSHOP_GRANT,
        entitlement=Entitlement(year_of_application, frozenset({Nature.EMPLOYED})),
    ),
    parameters=(WORKSHOP_GRANT, WORKSHOP_MONTHS),
    checks=(IS_WORKSHOP, OPERATED),
    formula=N_("每人每月标准 × 月数合计"),
    documents=(
        Document(N_("就业扶贫车间补助申请表"), original=True),
        Document(N_("吸纳贫困劳动力花名册"), original=True),
        Document(N_("就业扶贫车间认定文件复印件")),
        Document(N_("工资发放凭证复印件")),
    ),
    examples=(
        Example("两个月", "2020-05-08", {**_WORKSHOP, "roster": [_WORKER]}, "eligible", "2000.00"),
        Example(
            "1 + 2 正好 3 个月", "2020-05-08", {**_WORKSHOP, "roster": [{**_WORKER, "months_enjoyed": 1}]},
            "eligible", "2000.00",
        ),
        Example(
            "已享受 3 个月，月数未知也不再补助", "2020-05-08",
            {**_WORKSHOP, "roster": [{**_WORKER, "months_enjoyed": 3, "months": None}]}, "ineligible", "0.00",
        ),
        Example(
            "月数未知", "2020-05-08", {**_WORKSHOP, "roster": [{**_WORKER, "months": None}]}, "incomplete", None,
        ),
    ),
)

MEASURE = Measure(article=12, programmes=(PUBLIC_POSTS, FLEXIBLE_SUPPORT, RELIEF_WORKSHOPS))
