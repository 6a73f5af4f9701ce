"""Article 12, 帮助困难人员就业: public posts, flexible employment of people in hardship, poverty-relief workshops."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import Basis, circular, law, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import (
    FROM_MONTH,
    MONTHS_ENJOYED,
    MONTHS_IN_ORDER,
    TO_MONTH,
    MonthAgainst,
    claimed_from,
    claimed_until,
    within_quota,
)
from jinan_desk.core.comparison import Quota
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import end_of_term, month_of, months_between, plus_years
from jinan_desk.core.entitlement import Entitlement, Nature, claimed_period, year_of_application
from jinan_desk.core.field import Facts, Field, Shape
from jinan_desk.core.kind import Choice, Count, Day, Flag, Money
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.retirement import RETIREMENT_CLASS, retirement_day, retirement_warnings, retires
from jinan_desk.core.text import N_
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.wage import of_the_place, with_place
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import FLEXIBLE_SHARE, MINIMUM_WAGE, PUBLIC_POST_RATE, RETIREMENT_AGE

FUND = N_("就业补助资金")

# The policy's end, for 12A and 12B ----------------------------------------------------------------------------------

PROLONGED = circular(
    "对2020年1月1日至12月31日从事公益性岗位政策期满仍未实现稳定就业的，以及就业困难人员享受灵活就业社会保险补贴政策期满"
    "仍未实现稳定就业的，政策享受期限延长1年"
)
TERM = law(N_("山东省就业促进条例第四十六条：期限最长不超过3年"), "阶段性延长就业援助政策")
TO_RETIREMENT = law(N_("山东省就业促进条例第四十六条：距法定退休年龄不足5年的可延长至退休"), TERM.quote)
SUPPORT_YEARS = policy("support_years", N_("援助政策期限"), Count(), 3, unit=N_("年"), basis=TERM)
NEAR_RETIREMENT_YEARS = policy(
    "near_retirement_years", N_("距法定退休年龄不足"), Count(), 5, unit=N_("年"), basis=TO_RETIREMENT
)
PROLONGED_FIRST_DAY = policy("prolonged_first_day", N_("期满可延长首日"), Day(), "2020-01-01", basis=PROLONGED)
PROLONGED_LAST_DAY = policy("prolonged_last_day", N_("期满可延长末日"), Day(), "2020-12-31", basis=PROLONGED)
EXTRA_YEARS = policy(
    "prolonged_years", N_("期满延长"), Count(), 1, unit=N_("年"), since=date(2020, 1, 1), basis=PROLONGED
)
TERM_PARAMETERS = (
    SUPPORT_YEARS, NEAR_RETIREMENT_YEARS, PROLONGED_FIRST_DAY, PROLONGED_LAST_DAY, EXTRA_YEARS, RETIREMENT_AGE,
)


class End(NamedTuple):
    """The last day of the policy, and why it is that one."""

    day: date
    why: Basis


def policy_ends(person: Facts, values: Values) -> list[End]:
    """The ends that the policy may have for the person: one where all that decides it is known.

    It ends after three years; for whoever was recognised less than five years before retirement, on the day before
    retirement. A three-year end in 2020 moves on by a year, not past retirement, for whoever has no steady work yet.
    """
    retirement = retirement_day(person, values, RETIREMENT_AGE)
    eve = End(retirement - timedelta(days=1), TO_RETIREMENT)
    recognised_on = person.get("recognised_on")
    if recognised_on is None:
        return [eve, *ends_of_term(person, values, eve.day)]
    if retirement < plus_years(recognised_on, values[NEAR_RETIREMENT_YEARS]):
        return [eve]
    return ends_of_term(person, values, eve.day)


def ends_of_term(person: Facts, values: Values, last_working_day: date) -> list[End]:
    """The end of the three years, moved on where that is due; both where it is unknown whether it is."""
    end = End(end_of_term(person.started_on, 12 * values[SUPPORT_YEARS]), TERM)
    unsettled = person.get("not_stably_employed")
    if unsettled is False or not values[PROLONGED_FIRST_DAY] <= end.day <= values[PROLONGED_LAST_DAY]:
        return [end]
    moved_on = min(plus_years(end.day, values[EXTRA_YEARS]), last_working_day)
    later = End(moved_on, PROLONGED) if moved_on > end.day else end
    return [later] if unsettled else [end, later]


def note_end(work: Worksheet) -> None:
    """Note the policy's end where it is one day."""
    first, *others = policy_ends(work.facts, work.values)
    if not others:
        work.note(N_("政策期满日"), first.day, Day(), by=first.why)


@check("months_from_start", N_("申领月份不早于上岗（就业）"), basis=TERM)
def months_follow_start(person: Facts, values: Values) -> MonthAgainst:
    start = person.get("started_on")
    first = None if start is None else month_of(start)
    return claimed_from(person, first, what=N_("起始月"), waiting="started_on")


@check("months_until_end", N_("申领月份在政策期限内"), basis=PROLONGED)
def months_precede_end(person: Facts, values: Values) -> MonthAgainst:
    """Decided where every end that is possible decides it the same way."""
    waiting = ("recognised_on", "not_stably_employed")
    try:
        ends = [month_of(end.day) for end in policy_ends(person, values)]
    except Unknown as unknown:
        return whenever_retiring(person, values, waiting=unknown.keys)
    return claimed_until(person, min(ends), max(ends), what=N_("政策期满月"), waiting=waiting)


def whenever_retiring(person: Facts, values: Values, *, waiting: tuple[str, ...]) -> MonthAgainst:
    """Decided only where the claim goes on after every end that there may be while facts `waiting` are unknown."""
    recognised_on, started_on = person.get("recognised_on"), person.get("started_on")
    claimed = person.get("to_month") or person.get("from_month")
    of_term = [] if started_on is None else ends_of_term(person, values, date.max)
    if of_term and recognised_on is not None and claimed is not None:
        # who is near retires before that day, and is supported until the day before retirement
        last_near = plus_years(recognised_on, values[NEAR_RETIREMENT_YEARS]) - timedelta(days=2)
        latest = month_of(max(last_near, *(end.day for end in of_term)))
        if claimed > latest:
            return MonthAgainst(claimed, latest, what=N_("最晚的政策期满月"), until=True)
    needed = person.lacking("id_number", "retirement_class", "started_on", "recognised_on", "to_month")
    if len(of_term) > 1:
        needed += person.lacking("not_stably_employed")
    raise Unknown(*dict.fromkeys((*waiting, *needed)))


CATEGORY = Field(
    "category",
    Choice(
        (
            ("zero_employment_family", N_("零就业家庭成员")),
            ("poor_household", N_("建档立卡适龄贫困劳动力")),
            ("age_40_50", N_("“4050”人员")),
            ("disabled", N_("残疾人")),
            ("minimum_living", N_("低保家庭成员")),
            ("long_unemployed", N_("连续失业一年以上人员")),
            ("landless", N_("失地人员")),
            ("single_parent", N_("单亲抚养未成年人的人员")),
            ("other", N_("其他就业困难人员")),
        )
    ),
    N_("困难类别"), required=False, help=N_("就业困难人员认定的类别"),
)
RECOGNISED_ON = Field("recognised_on", Day(), N_("认定日期"), help=N_("认定为就业困难人员的日期"))
NOT_STABLY_EMPLOYED = Field(
    "not_stably_employed", Flag(), N_("期满仍未稳定就业"), help=N_("政策在 2020 年期满的才需要填写")
)

# 12A 公益性岗位补贴和社会保险补贴（含期满延长） --------------------------------------------------------------------


POST_RATE_IS_WAGE = reading(
    N_("岗位补贴标准未另行规定的，按当地最低工资标准"), "开发各类公益性岗位援助就业困难人员就业"
)


def post_pay(work: Worksheet) -> Amount:
    """The post's rate on each month's first day: the office's own where it has one, else the minimum wage [R]."""
    first, last = with_place(work, "from_month", "to_month")
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
