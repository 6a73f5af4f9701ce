"""Article 24, 保障失业人员基本生活: the unemployment benefit, its prolongation to retirement, and a single grant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.comparison import InRange, Within
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import Month, month_of, months_between, plus_years
from jinan_desk.core.entitlement import Entitlement, Nature, Span, span_of_months
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import CalendarMonth, Count, Day, Flag
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount, round_half_up
from jinan_desk.core.retirement import RETIREMENT_CLASS, retirement_day, retirement_warnings, retires_at_latest
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.wage import of_the_place, with_place
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import BENEFIT_SHARE, MINIMUM_WAGE, RETIREMENT_AGE, TEMPORARY_GRANT

FUND = N_("失业保险基金")


OF_MONTH = N_("失业保险金月标准")


def of_month(work: Worksheet, month: Month) -> int:
    """The benefit of a month, by the wage and the share on its first day, rounded to the fen."""
    return round_half_up(
        work.times(
            lambda work: of_the_place(work, MINIMUM_WAGE, month.first_day),
            lambda work: work.parameter(BENEFIT_SHARE, on=month.first_day),
        )
    )


def benefit(work: Worksheet, months: Sequence[Month]) -> Amount:
    return work.monthly(OF_MONTH, [(month, of_month(work, month)) for month in months])


def months_are_alike(values: Values) -> bool:
    """Whether the benefit is the same in every month: where one wage and one share hold on all days, or one is nothing."""
    wage, share = values.at_all_times(MINIMUM_WAGE), values.at_all_times(BENEFIT_SHARE)
    return share == 0 or (wage is not None and (share is not None or not any(wage.values())))


# 24A 失业保险金 ---------------------------------------------------------------------------------------------------

RULES = law(N_("失业保险条例第十四条、第十七条"), "将失业保险金标准提高到当地最低工资标准的90%")

LEAST_PAID = policy("benefit_least_paid_months", N_("最少缴费月数"), Count(), 12, unit=N_("个月"), basis=RULES)
FIVE_YEARS = policy("benefit_five_years", N_("缴费满五年"), Count(), 60, unit=N_("个月"), basis=RULES)
TEN_YEARS = policy("benefit_ten_years", N_("缴费满十年"), Count(), 120, unit=N_("个月"), basis=RULES)
MONTHS_OF_TERM = Count(most=1200)  # they are paid one by one
SHORT_TERM = policy("benefit_short_term", N_("领取期限（不满五年）"), MONTHS_OF_TERM, 12, unit=N_("个月"), basis=RULES)
MIDDLE_TERM = policy("benefit_middle_term", N_("领取期限（满五年不满十年）"), MONTHS_OF_TERM, 18, unit=N_("个月"), basis=RULES)
LONG_TERM = policy("benefit_long_term", N_("领取期限（满十年）"), MONTHS_OF_TERM, 24, unit=N_("个月"), basis=RULES)


@check("paid_months", N_("缴费满一年"), basis=RULES)
def has_paid_a_year(facts: Facts, values: Values) -> InRange:
    return InRange(facts.paid_months, least=values[LEAST_PAID], what=N_("累计缴费"), unit=N_("个月"))


LEFT_AGAINST_WILL = flag(
    "involuntary", N_("非本人意愿中断就业"), basis=RULES,
    passed=N_("非因本人意愿中断就业"), failed=N_("因本人意愿中断就业"),
)
IS_REGISTERED = flag(
    "registered", N_("失业登记"), basis=RULES, passed=N_("已办理失业登记"), failed=N_("没有办理失业登记")
)


def months_left(facts: Facts, values: Values) -> int:
    """Months of the term that are not drawn yet; none are left after the longest term however long was paid."""
    drawn: int = facts.months_drawn
    longest: int = values[LONG_TERM]
    if drawn >= longest:
        return 0
    paid = facts.paid_months
    reached = SHORT_TERM if paid < values[FIVE_YEARS] else MIDDLE_TERM if paid < values[TEN_YEARS] else LONG_TERM
    term: int = values[reached]
    return max(0, term - drawn)


@check("months_left", N_("尚有可领取月份"), basis=RULES)
def has_months_left(facts: Facts, values: Values) -> InRange:
    return InRange(months_left(facts, values), least=1, what=N_("剩余领取期限"), unit=N_("个月"))


def drawn_period(facts: Facts, values: Values) -> Span | None:
    """The months of the term that are still to be drawn."""
    left = months_left(facts, values)
    return span_of_months(facts.from_month, facts.from_month.plus(left - 1)) if left else None


def benefit_of_term(work: Worksheet) -> Amount:
    """Month by month; where all months are alike, it does not matter with which one it begins."""
    from_month, alike = work.facts.get("from_month"), months_are_alike(work.values)
    with_place(work, "paid_months", *(() if alike else ("from_month",)), amount=MINIMUM_WAGE)
    work.fact("paid_months")
    work.fact("months_drawn")
    left = work.note(N_("剩余领取期限"), months_left(work.facts, work.values), Count(), unit=N_("个月"), by=RULES)
    if from_month is None:
        return int(left) * work.money(OF_MONTH, of_month(work, month_of(work.values.day)))
    return benefit(work, [from_month.plus(number) for number in range(left)])


_UNEMPLOYED = {
    "applicant_name": "丁海涛", "id_number": "370104198310106136", "district": "370104", "paid_months": 75,
    "involuntary": True, "registered": True, "from_month": "2020-03",
}

UNEMPLOYMENT_BENEFIT = Programme(
    code="24A",
    name=N_("失业保险金"),
    route=Route.FORWARD,
    applicant=Applicant.PERSON,
    fund=FUND,
    form_name=N_("失业保险金申领登记表"),
    facts=(
        Field("paid_months", Count(), N_("累计缴费月数"), N_("个月"), help=N_("失业前累计缴纳失业保险费的月数")),
        Field("involuntary", Flag(), N_("非本人意愿中断就业"), help=N_("合同到期、被解除劳动合同等")),
        Field("registered", Flag(), N_("已办理失业登记"), help=N_("已办理失业登记并有求职要求")),
        Field("from_month", CalendarMonth(), N_("起领月份"), help=N_("开始领取失业保险金的月份")),
        Field(
            "months_drawn", Count(), N_("已领月数"), N_("个月"), default=0, help=N_("本次失业已领取的月数，没有则留空"),
        ),
    ),
    parameters=(
        MINIMUM_WAGE, BENEFIT_SHARE, LEAST_PAID, FIVE_YEARS, TEN_YEARS, SHORT_TERM, MIDDLE_TERM, LONG_TERM,
    ),
    checks=(has_paid_a_year, LEFT_AGAINST_WILL, IS_REGISTERED, has_months_left),
    amount=benefit_of_term,
    formula=N_("各月最低工资标准 × 失业保险金比例合计"),
    entitlement=Entitlement(
        drawn_period, frozenset({Nature.UNEMPLOYED}), retires=retires_at_latest(RETIREMENT_AGE)
    ),
    documents=(
        Document(N_("失业保险金申领登记表"), original=True),
        Document(N_("身份证或社会保障卡复印件")),
        Document(N_("解除（终止）劳动关系证明")),
    ),
    examples=(
        Example("缴费 75 个月，18 个月", "2020-03-10", _UNEMPLOYED, "eligible", "30942.00"),
        Example(
            "正好缴费 12 个月，一月仍按 80%", "2020-03-10",
            {**_UNEMPLOYED, "district": "370115", "paid_months": 12, "from_month": "2020-01"}, "eligible", "18511.00",
        ),
        Example("缴费 11 个月", "2020-03-10", {**_UNEMPLOYED, "paid_months": 11}, "ineligible", "0.00"),
        Example(
            "已领 24 个月，缴费月数未知也没有剩余", "2020-03-10",
            {**_UNEMPLOYED, "paid_months": None, "months_drawn": 24}, "ineligible", "0.00",
        ),
        Example("区县未知", "2020-03-10", {**_UNEMPLOYED, "district": None}, "incomplete", None),
    ),
)

# 24B 失业保险金延长发放至法定退休年龄 ------------------------------------------------------------------------------

PROLONGED = circular(
    "对2019年12月及以后领取失业保险金期满仍未就业且距法定退休年龄不足1年的人员，可继续发放失业保险金至法定退休年龄"
)
EXPIRED_FROM = policy("prolonged_benefit_from", N_("领取期满首日"), Day(), "2019-12-01", basis=PROLONGED)
YEARS_TO_RETIREMENT = policy(
    "prolonged_benefit_years", N_("距法定退休年龄不足"), Count(), 1, unit=N_("年"), basis=PROLONGED
)


@check("expired_in_time", N_("规定日期以后领取期满"), basis=PROLONGED)
def expired_in_time(facts: Facts, values: Values) -> Within:
    return Within(facts.expired_on, values[EXPIRED_FROM], None, what=N_("领取期满日"))


IS_STILL_UNEMPLOYED = flag(
    "still_unemployed", N_("期满仍未就业"), basis=PROLONGED, passed=N_("期满仍未就业"), failed=N_("期满后已就业")
)


class NearRetirement:
    """A retirement day that must come after the benefit expired, and before the years from then are over."""

    __slots__ = ("exact", "expired_on", "holds", "limit", "retirement")

    def __init__(self, retirement: date, expired_on: date, years: int) -> None:
        self.retirement, self.expired_on = retirement, expired_on
        self.limit = plus_years(expired_on, years)
        self.holds = expired_on < retirement < self.limit
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"retirement": self.retirement, "expired": self.expired_on, "limit": self.limit}
        if self.holds:
            return Sentence(N_("{retirement} 达到法定退休年龄，在期满日 {expired} 之后、{limit} 之前"), **gaps)
        if self.retirement <= self.expired_on:
            return Sentence(N_("{retirement} 达到法定退休年龄，不晚于期满日 {expired}"), **gaps)
        return Sentence(N_("{retirement} 达到法定退休年龄，应早于 {limit}（期满 {expired} 后不足 1 年）"), **gaps)


@check("near_retirement", N_("距法定退休年龄不足 1 年"), basis=PROLONGED)
def is_near_retirement(facts: Facts, values: Values) -> NearRetirement:
    """Whoever retires by the first day on which a benefit may have expired has failed whenever theirs did."""
    retirement, earliest = retirement_day(facts, values, RETIREMENT_AGE), values[EXPIRED_FROM]
    expired_on = facts.expired_on if retirement > earliest else facts.get("expired_on") or earliest
    return NearRetirement(retirement, expired_on, values[YEARS_TO_RETIREMENT])


def months_to_retirement(facts: Facts, values: Values) -> list[Month]:
    """The months after the one in which the benefit expired, up to that of the retirement day [R]."""
    last = month_of(retirement_day(facts, values, RETIREMENT_AGE))
    return months_between(month_of(facts.expired_on).plus(1), last)


@check(
    "months_left", N_("期满后尚有月份"), basis=reading(N_("从期满次月发放至达到法定退休年龄的当月"), PROLONGED.quote)
)
def has_months_to_retirement(facts: Facts, values: Values) -> InRange:
    """While it is unknown when the benefit expired: none are left for whoever retires in the first month in which one
    may have, or before.
    """
    retirement, earliest = retirement_day(facts, values, RETIREMENT_AGE), values[EXPIRED_FROM]
    are_over = facts.get("expired_on") is None and month_of(retirement) <= month_of(earliest)
    months = 0 if are_over else len(months_to_retirement(facts, values))
    return InRange(months, least=1, what=N_("可延长发放"), unit=N_("个月"))


def period_to_retirement(facts: Facts, values: Values) -> Span | None:
    months = months_to_retirement(facts, values)
    return span_of_months(months[0], months[-1]) if months else None


def benefit_to_retirement(work: Worksheet) -> Amount:
    with_place(work, "expired_on", "id_number", "retirement_class", amount=MINIMUM_WAGE)
    work.fact("expired_on")
    return benefit(work, months_to_retirement(work.facts, work.values))


_NEAR = {
    "applicant_name": "于振国", "id_number": "370102196008177353", "district": "370102", "retirement_class": "men60",
    "expired_on": "2019-12-31", "still_unemployed": True,
}

PROLONGED_BENEFIT = Programme(
    code="24B",
    name=N_("失业保险金延长发放至法定退休年龄"),
    route=Route.APPROVE,
    applicant=Applicant.PERSON,
    fund=FUND,
    form_name=N_("失业保险金延长发放申请表"),
    facts=(
        RETIREMENT_CLASS,
        Field("expired_on", Day(), N_("领取期满日"), help=N_("最后领取月份的末日")),
        Field("still_unemployed", Flag(), N_("期满仍未就业"), help=N_("领取期满后没有就业")),
    ),
    parameters=(MINIMUM_WAGE, BENEFIT_SHARE, EXPIRED_FROM, YEARS_TO_RETIREMENT, RETIREMENT_AGE),
    checks=(expired_in_time, IS_STILL_UNEMPLOYED, is_near_retirement, has_months_to_retirement),
    amount=benefit_to_retirement,
    formula=N_("期满次月至退休当月各月最低工资标准 × 失业保险金比例合计"),
    entitlement=Entitlement(period_to_retirement, frozenset({Nature.UNEMPLOYED})),
    warnings=retirement_warnings(RETIREMENT_AGE),
    documents=(
        Document(N_("失业保险金延长发放申请表"), original=True),
        Document(N_("身份证复印件")),
        Document(N_("失业保险金领取记录")),
    ),
    examples=(
        Example("八月满 60 岁，一月 80%，其余 90%", "2020-04-15", _NEAR, "eligible", "13561.00"),
        Example(
            "首日期满，差一天满一年", "2020-04-15",
            {**_NEAR, "id_number": "370102196011307358", "expired_on": "2019-12-01"}, "eligible", "18718.00",
        ),
        Example("正好满一年", "2020-04-15", {**_NEAR, "id_number": "370102196012317355"}, "ineligible", "0.00"),
        Example("期满日未知", "2020-04-15", {**_NEAR, "expired_on": None}, "incomplete", None),
    ),
)

# 24C 下岗失业人员一次性临时生活补助 -------------------------------------------------------------------------------

HARDSHIP = circular("对符合条件的生活困难下岗失业人员发放一次性临时生活补助")

IS_UNEMPLOYED = flag(
    "unemployed", N_("下岗失业人员"), basis=HARDSHIP, passed=N_("属下岗失业人员"), failed=N_("不属下岗失业人员")
)
IS_IN_HARDSHIP = flag("in_hardship", N_("生活困难"), basis=HARDSHIP, passed=N_("生活困难"), failed=N_("没有生活困难"))
IS_PAID_ONCE = flag(
    "not_paid_before", N_("一次性发放"), basis=HARDSHIP, passed=N_("没有领过本项补助"), failed=N_("已领过本项补助"),
    fact="paid_before", wanted=False,
)


def temporary_grant(work: Worksheet) -> Amount:
    """The circular names no amount: the office enters it."""
    return int(work.parameter(TEMPORARY_GRANT))


_IN_NEED = {
    "applicant_name": "田玉芬", "id_number": "370113196902148222", "district": "370113", "unemployed": True,
    "in_hardship": True, "paid_before": False,
}
_GRANT = {"temporary_grant": "1000.00"}

HARDSHIP_GRANT = Programme(
    code="24C",
    name=N_("下岗失业人员一次性临时生活补助"),
    route=Route.APPROVE,
    applicant=Applicant.PERSON,
    fund=FUND,
    form_name=N_("下岗失业人员一次性临时生活补助申请表"),
    facts=(
        Field("unemployed", Flag(), N_("下岗失业人员"), help=N_("下岗或者登记失业")),
        Field("in_hardship", Flag(), N_("生活困难"), help=N_("以民政部门或街道认定为准")),
        Field("paid_before", Flag(), N_("已领过本项补助"), help=N_("一次性补助，领过的不再发放")),
    ),
    parameters=(TEMPORARY_GRANT,),
    checks=(IS_UNEMPLOYED, IS_IN_HARDSHIP, IS_PAID_ONCE),
    amount=temporary_grant,
    formula=N_("一次性临时生活补助标准"),
    entitlement=Entitlement(once=True),
    documents=(
        Document(N_("下岗失业人员一次性临时生活补助申请表"), original=True),
        Document(N_("身份证复印件")),
        Document(N_("生活困难证明材料")),
    ),
    examples=(
        Example("本机构录入的标准", "2020-06-01", _IN_NEED, "eligible", "1000.00", _GRANT),
        Example("领过一次", "2020-06-01", {**_IN_NEED, "paid_before": True}, "ineligible", "0.00", _GRANT),
        Example("没有生活困难，标准未录入也可判断", "2020-06-01", {**_IN_NEED, "in_hardship": False}, "ineligible", "0.00"),
        Example("标准未录入", "2020-06-01", _IN_NEED, "incomplete", None),
    ),
)

MEASURE = Measure(article=24, programmes=(UNEMPLOYMENT_BENEFIT, PROLONGED_BENEFIT, HARDSHIP_GRANT))
