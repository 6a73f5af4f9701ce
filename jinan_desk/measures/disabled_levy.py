"""The levy for employing too few disabled people, which article 9 grades (09A 残疾人就业保障金分档减缴)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import check
from jinan_desk.core.comparison import InRange
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Count, Flag, Money, Number, Rate
from jinan_desk.core.measure import Document, Example, Programme, Route, Warn
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import DISABLED_QUOTA, SOCIAL_AVERAGE_WAGE

TIERED = circular("自2020年1月1日至2022年12月31日，对残保金实行分档减缴")
EXEMPT = circular("暂免征收在职职工总数30人（含）以下企业的残保金")
TIERS = law(N_("财政部公告2019年第98号：安排比例达到1%的按50%缴纳，不到1%的按90%缴纳"), TIERED.quote)
OPENS = date(2020, 1, 1)

FIRST_YEAR = policy("levy_first_year", N_("分档减缴首年"), Count(), 2020, basis=TIERED)
LAST_YEAR = policy("levy_last_year", N_("分档减缴末年"), Count(), 2022, basis=TIERED)
EXEMPT_HEADCOUNT = policy(
    "levy_exempt_headcount", N_("免征企业人数"), Count(), 30, unit=N_("人"), since=OPENS, basis=EXEMPT
)
TIER_RATIO = policy("levy_tier_ratio", N_("减半缴纳的安排比例"), Rate(), "1", since=OPENS, basis=TIERS)
HALF_TIER = policy("levy_payable_half", N_("应缴比例（安排比例达到1%）"), Rate(), "50", since=OPENS, basis=TIERS)
UPPER_TIER = policy("levy_payable_upper", N_("应缴比例（安排比例不到1%）"), Rate(), "90", since=OPENS, basis=TIERS)
GRADES = (EXEMPT_HEADCOUNT, TIER_RATIO, HALF_TIER, UPPER_TIER)
WAGE_CAP_MULTIPLE = policy(
    "levy_wage_cap_multiple", N_("平均工资封顶倍数"), Count(), 2, unit=N_("倍"),
    basis=law(N_("财税〔2018〕39号：按不超过当地社会平均工资2倍计征")),
)


@check("payable_year", N_("应缴年度在分档减缴期间"), basis=TIERED)
def year_is_covered(facts: Facts, values: Values) -> InRange:
    """The year for which the levy is due is one of those in which it is graded."""
    year = facts.payable_year
    return InRange(year, least=values[FIRST_YEAR], most=values[LAST_YEAR], what=N_("应缴年度"), unit="")


def gap(employees: Fraction, disabled: Fraction, values: Values) -> Fraction:
    """How many disabled people fewer than the quota were employed, on the year's average."""
    fewer: Fraction = max(Fraction(0), employees * values[DISABLED_QUOTA] - disabled)
    return fewer


def payable_share(employees: Fraction, disabled: Fraction, values: Values, *, is_enterprise: bool) -> Fraction:
    """What part of the full levy is payable."""
    if is_enterprise and employees <= values[EXEMPT_HEADCOUNT]:
        return Fraction(0)
    share: Fraction = values[HALF_TIER if disabled / employees >= values[TIER_RATIO] else UPPER_TIER]
    return share


def gap_saved(work: Worksheet) -> Fraction:
    """The gap, as far as no levy is payable for it. Without a gap it does not matter who would be exempt."""
    await_gap(work.facts, work.values)
    employees, disabled, _ = work.gather("employees", "disabled_employed", DISABLED_QUOTA)
    fewer = work.note(N_("少安排人数"), gap(employees, disabled, work.values), Number(), unit=N_("人"))
    if not fewer:
        return Fraction(0)
    share = payable_share(employees, disabled, work.values, is_enterprise=bool(work.facts.get("is_enterprise")))
    work.note(N_("应缴比例"), share, Rate(), by=EXEMPT if share == 0 else TIERS)
    return Fraction(fewer * (1 - share))


def await_gap(facts: Facts, values: Values) -> None:
    """Raises `Unknown` where something is that `gap_saved` rests on: whether it is an enterprise, only where a gap may
    be small enough to be exempt.
    """
    employees, disabled = facts.get("employees"), facts.get("disabled_employed")
    if employees is not None and disabled is not None and not gap(employees, disabled, values):
        return
    unset = [f"parameter:{grade.key}" for grade in GRADES if not values.has(grade, values.day)]
    if unset:
        raise Unknown(*facts.lacking("employees", "disabled_employed", "is_enterprise"), *unset)
    limit = Fraction(values[EXEMPT_HEADCOUNT])
    number = limit if employees is None else employees
    exempts = number <= limit and gap(number, disabled or Fraction(0), values) > 0
    lacking = facts.lacking("employees", "disabled_employed", *(("is_enterprise",) if exempts else ()))
    if lacking:
        least, most = saved_between(facts, values)
        raise Unknown(*lacking, least=least, most=most)


def saved_between(facts: Facts, values: Values) -> tuple[Fraction, Fraction | None]:
    """The least and the most that `gap_saved` may be: most with nobody disabled, or so many that half is payable."""
    employees, disabled, enterprise = (facts.get(k) for k in ("employees", "disabled_employed", "is_enterprise"))
    if employees is None:
        return Fraction(0), None
    numbers = (Fraction(0), employees * values[TIER_RATIO], employees * values[DISABLED_QUOTA])
    found = [
        gap(employees, number, values) * (1 - payable_share(employees, number, values, is_enterprise=one))
        for number in (numbers if disabled is None else (disabled,))
        for one in ((True, False) if enterprise is None else (enterprise,))
    ]
    return min(found), max(found)


def wage_cap(values: Values) -> int | None:
    """The multiple of the social average, more than which no average wage counts; None where that is not known."""
    if not values.has(SOCIAL_AVERAGE_WAGE, values.day):
        return None
    return int(values[WAGE_CAP_MULTIPLE] * values[SOCIAL_AVERAGE_WAGE])


def wage(work: Worksheet) -> int:
    """The enterprise's average wage, as far as it counts."""
    lacking, cap = work.facts.lacking("average_wage"), wage_cap(work.values)
    if lacking:
        raise Unknown(*lacking, most=cap)
    average = int(work.fact("average_wage"))
    if cap is None:
        return average
    work.gather(WAGE_CAP_MULTIPLE, SOCIAL_AVERAGE_WAGE)
    return int(work.money(N_("计征平均工资"), min(average, cap)))


def note_levy(work: Worksheet, saved: Amount) -> None:
    """Note what would have to be paid and what has to be, where both are known."""
    employees, disabled, average = (work.facts.get(k) for k in ("employees", "disabled_employed", "average_wage"))
    if employees is None or disabled is None:
        return
    fewer, cap = gap(employees, disabled, work.values), wage_cap(work.values)
    if fewer and average is None:
        return
    full = fewer * (average if cap is None else min(average, cap)) if fewer else 0
    work.money(N_("减缴前应缴额"), full, by=Sentence(N_("少安排人数 × 平均工资")))
    work.money(N_("减缴后应缴额"), full - saved, by=Sentence(N_("减缴前应缴额 × 应缴比例")))


def saved_levy(work: Worksheet) -> Amount:
    """What is saved of the full levy; without a gap there is nothing to pay and nothing to save."""
    saved = work.times(gap_saved, wage)
    note_levy(work, saved)
    return saved


_PRECISION = {
    "applicant_name": "济南东拓精密仪器有限公司", "credit_code": "91370112MA3020097A", "district": "370112",
    "is_enterprise": True, "employees": "500", "disabled_employed": "2", "average_wage": "100000.00",
    "payable_year": 2020,
}

DISABLED_LEVY = Programme(
    code="09A",
    name=N_("残疾人就业保障金分档减缴"),
    route=Route.INFORM,
    applicant=Applicant.UNIT,
    form_name=N_("残疾人就业保障金分档减缴告知单"),
    facts=(
        Field("is_enterprise", Flag(), N_("企业"), help=N_("机关、团体、事业单位等选“否”")),
        Field(
            "employees", Number(positive=True), N_("上年平均在职职工人数"), N_("人"),
            help=N_("可以有小数，按月平均计算"),
        ),
        Field(
            "disabled_employed", Number(), N_("已安排残疾人就业人数"), N_("人"), help=N_("上年平均安排人数，可以有小数")
        ),
        Field("average_wage", Money(), N_("上年职工年平均工资"), N_("元"), help=N_("单位上年工资总额除以在职职工人数")),
        Field("payable_year", Count(), N_("应缴年度"), help=N_("缴纳残保金的年度，例如 2020")),
    ),
    parameters=(
        FIRST_YEAR, LAST_YEAR, DISABLED_QUOTA, SOCIAL_AVERAGE_WAGE, WAGE_CAP_MULTIPLE, *GRADES,
    ),
    checks=(year_is_covered,),
    amount=saved_levy,
    formula=N_("减缴前应缴额 − 减缴后应缴额"),
    warnings=(
        Warn(
            "wage_cap_unknown", N_("当地社会平均工资未录入，平均工资没有按其 2 倍封顶"),
            lambda facts, values: not values.has(SOCIAL_AVERAGE_WAGE, values.day),
        ),
    ),
    documents=(Document(N_("残疾人就业保障金缴费申报表复印件")), Document(N_("安排残疾人就业人数审核结果"))),
    examples=(
        Example("安排比例不到 1%，按 90% 缴纳", "2020-09-01", _PRECISION, "eligible", "55000.00"),
        Example(
            "安排比例正好 1%，减半", "2020-09-01", {**_PRECISION, "disabled_employed": 5}, "eligible", "125000.00",
        ),
        Example(
            "30 人企业免征", "2020-09-01",
            {**_PRECISION, "employees": "30", "disabled_employed": 0, "average_wage": "68000.00"},
            "eligible", "30600.00",
        ),
        Example(
            "已安排足额，平均工资未知也无需缴纳", "2020-09-01",
            {**_PRECISION, "disabled_employed": "7.5", "average_wage": None}, "eligible", "0.00",
        ),
        Example("2023 年度不在期间", "2023-09-01", {**_PRECISION, "payable_year": 2023}, "ineligible", "0.00"),
        Example("安排人数未知", "2020-09-01", {**_PRECISION, "disabled_employed": None}, "incomplete", None),
    ),
)
