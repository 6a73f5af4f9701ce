"""Article 9, 减轻残保金、住房公积金负担: the levy for employing the disabled, and the housing fund."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import WAGE_BASE
from jinan_desk.core.comparison import InRange
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Choice, Count, Flag, Money, Number, Rate, per_cent
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route, Warn
from jinan_desk.core.money import Amount
from jinan_desk.core.size import MEDIUM, MICRO, SIZE_FIELDS, SMALL, size_is
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import DISABLED_QUOTA, SOCIAL_AVERAGE_WAGE

REDUCE_OR_DEFER = Choice((("reduce", N_("减免（降低）")), ("defer", N_("缓缴"))))

# 09A 残疾人就业保障金分档减缴 -------------------------------------------------------------------------------------

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
WAGE_CAP_MULTIPLE = policy(
    "levy_wage_cap_multiple", N_("平均工资封顶倍数"), Count(), 2, unit=N_("倍"),
    basis=law(N_("财税〔2018〕39号：按不超过当地社会平均工资2倍计征")),
)


@check("payable_year", N_("应缴年度在分档减缴期间"), basis=TIERED)
def year_is_covered(facts: Facts, values: Values) -> InRange:
    year = facts.payable_year
    return InRange(year, least=values[FIRST_YEAR], most=values[LAST_YEAR], what=N_("应缴年度"), unit="")


def gap(work: Worksheet) -> Fraction:
    """How many disabled people fewer than the quota were employed, on the year's average."""
    employees, employed = work.facts.all("employees", "disabled_employed")
    work.fact("employees")
    work.fact("disabled_employed")
    missing: Fraction = max(Fraction(0), employees * work.parameter(DISABLED_QUOTA) - employed)
    work.note(N_("少安排人数"), missing, Number(), unit=N_("人"))
    return missing


def wage(work: Worksheet) -> int:
    """The enterprise's average wage, at most the multiple of the social average where that is known."""
    average: int = work.fact("average_wage")
    if not work.values.has(SOCIAL_AVERAGE_WAGE, work.values.day):
        return average
    cap = work.parameter(WAGE_CAP_MULTIPLE) * work.parameter(SOCIAL_AVERAGE_WAGE)
    counted: int = min(average, cap)
    work.money(N_("计征平均工资"), counted)
    return counted


def payable_share(facts: Facts, values: Values) -> Fraction:
    """What part of the full levy is payable."""
    employees: Fraction = facts.employees
    if employees <= values[EXEMPT_HEADCOUNT] and facts.is_enterprise:
        return Fraction(0)
    placed = facts.disabled_employed / employees
    share: Fraction = values[HALF_TIER] if placed >= values[TIER_RATIO] else values[UPPER_TIER]
    return share


def saved_share(work: Worksheet) -> Fraction:
    share = payable_share(work.facts, work.values)
    work.note(N_("应缴比例"), share, Rate(), by=EXEMPT if share == 0 else TIERS)
    return 1 - share


def saved_levy(work: Worksheet) -> Amount:
    """What is saved of the full levy; without a gap there is nothing to pay and nothing to save."""
    saved = work.times(gap, wage, saved_share)
    full = saved / (1 - payable_share(work.facts, work.values)) if saved else 0
    work.money(N_("减缴前应缴额"), full, by=Sentence(N_("少安排人数 × 平均工资")))
    work.money(N_("减缴后应缴额"), full - saved, by=Sentence(N_("减缴前应缴额 × 应缴比例")))
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
            "employees", Number(positive=True), N_("上年平均在职职工人数"), N_("人"), help=N_("可以有小数，按月平均计算"),
        ),
        Field("disabled_employed", Number(), N_("已安排残疾人就业人数"), N_("人"), help=N_("上年平均安排人数，可以有小数")),
        Field("average_wage", Money(), N_("上年职工年平均工资"), N_("元"), help=N_("单位上年工资总额除以在职职工人数")),
        Field("payable_year", Count(), N_("应缴年度"), help=N_("缴纳残保金的年度，例如 2020")),
    ),
    parameters=(
        FIRST_YEAR, LAST_YEAR, DISABLED_QUOTA, SOCIAL_AVERAGE_WAGE, WAGE_CAP_MULTIPLE, EXEMPT_HEADCOUNT, TIER_RATIO,
        HALF_TIER, UPPER_TIER,
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

# 09B 住房公积金降低缴存比例或缓缴 ---------------------------------------------------------------------------------

HOUSING = circular(
    "受疫情影响，生产经营出现困难的中小微企业，可按规定申请降低住房公积金缴存比例或者缓缴住房公积金"
)
LOWEST_RATE = policy(
    "housing_lowest_rate", N_("最低缴存比例"), Rate(), "5",
    basis=law(N_("住房公积金管理条例第十八条：缴存比例不得低于5%"), HOUSING.quote),
)

IS_IN_DIFFICULTY = flag(
    "in_difficulty", N_("受疫情影响生产经营困难"), basis=HOUSING,
    passed=N_("受疫情影响生产经营出现困难"), failed=N_("生产经营没有因疫情出现困难"),
)
PASSED_BY_STAFF = flag(
    "passed_by_staff", N_("职工代表大会或工会讨论通过"),
    basis=law(N_("住房公积金管理条例第二十条：经本单位职工代表大会或者工会讨论通过"), HOUSING.quote),
    passed=N_("已经职工代表大会或工会讨论通过"), failed=N_("没有经职工代表大会或工会讨论通过"),
)


class LoweredRate:
    """A requested rate that must lie in lowest..current, the current one excluded; unknown ones are None."""

    __slots__ = ("current", "exact", "holds", "lowest", "requested")

    def __init__(self, requested: Fraction | None, current: Fraction | None, lowest: Fraction) -> None:
        self.requested, self.current, self.lowest = requested, current, lowest
        self.holds = requested is not None and current is not None and lowest <= requested < current
        self.exact = False

    def sentence(self) -> Sentence:
        lowest = per_cent(self.lowest)
        if self.current is not None and self.current <= self.lowest:
            return Sentence(N_("现行比例 {current}，已不高于最低 {lowest}"), current=per_cent(self.current), lowest=lowest)
        assert self.requested is not None  # without it only the current rate decides
        requested = per_cent(self.requested)
        if self.requested < self.lowest:
            return Sentence(N_("申请比例 {requested}，低于最低 {lowest}"), requested=requested, lowest=lowest)
        assert self.current is not None
        current = per_cent(self.current)
        if self.holds:
            return Sentence(
                N_("申请比例 {requested}，不低于 {lowest}，低于现行 {current}"),
                requested=requested, lowest=lowest, current=current,
            )
        return Sentence(N_("申请比例 {requested}，应低于现行 {current}"), requested=requested, current=current)


@check("requested_rate", N_("申请的缴存比例"), basis=LOWEST_RATE.values[0].basis, passed=N_("缓缴不涉及缴存比例"))
def rate_is_allowed(facts: Facts, values: Values) -> LoweredRate | bool:
    """To defer needs no rate; one that is too low has failed whatever the present one."""
    if facts.kind == "defer":
        return True
    requested, current, lowest = facts.get("requested_rate"), facts.get("current_rate"), values[LOWEST_RATE]
    too_low = requested is not None and requested < lowest
    at_the_bottom = current is not None and current <= lowest
    if not too_low and not at_the_bottom:
        requested, current = facts.all("requested_rate", "current_rate")
    return LoweredRate(requested, current, lowest)


def rate_cut(work: Worksheet) -> Fraction:
    current, requested = work.facts.all("current_rate", "requested_rate")
    work.fact("current_rate")
    work.fact("requested_rate")
    cut: Fraction = current - requested
    work.note(N_("降低的缴存比例"), cut, Rate())
    return cut


def eased(work: Worksheet) -> Amount:
    """What is not paid for good where the rate is lowered, or not yet where payment is deferred."""
    deferred = work.facts.kind == "defer"
    amount = work.times("wage_base", "current_rate" if deferred else rate_cut, "months")
    return work.money(N_("缓缴金额，到期补缴") if deferred else N_("少缴金额"), amount, by=HOUSING)


_PRINTER = {
    "applicant_name": "济南文汇印务有限公司", "credit_code": "91370104MA3021102U", "district": "370104",
    "size_class": "small", "in_difficulty": True, "passed_by_staff": True, "kind": "reduce",
    "wage_base": "420000.00", "current_rate": "12", "requested_rate": "8.5", "months": 12,
}

HOUSING_FUND = Programme(
    code="09B",
    name=N_("住房公积金降低缴存比例或缓缴"),
    route=Route.FORWARD,
    applicant=Applicant.UNIT,
    form_name=N_("住房公积金降低缴存比例或缓缴申请表"),
    facts=(
        *SIZE_FIELDS,
        Field("in_difficulty", Flag(), N_("受疫情影响生产经营困难"), help=N_("受疫情影响生产经营出现困难")),
        Field("passed_by_staff", Flag(), N_("职代会或工会通过"), help=N_("经职工代表大会或者工会讨论通过")),
        Field("kind", REDUCE_OR_DEFER, N_("申请事项"), help=N_("降低缴存比例，或者缓缴")),
        WAGE_BASE,
        Field("current_rate", Rate(), N_("现行缴存比例"), help=N_("单位现行的缴存比例，百分数，例如 12")),
        Field("requested_rate", Rate(), N_("申请缴存比例"), help=N_("降低后的比例，百分数，不低于 5；缓缴不填")),
        Field("months", Count(1), N_("月数"), N_("个月"), help=N_("申请降低或缓缴的月数")),
    ),
    parameters=(LOWEST_RATE,),
    checks=(
        size_is(MEDIUM, SMALL, MICRO, label=N_("中小微企业"), basis=HOUSING), IS_IN_DIFFICULTY, PASSED_BY_STAFF,
        rate_is_allowed,
    ),
    amount=eased,
    formula=N_("月缴费基数 × 比例 × 月数"),
    documents=(
        Document(N_("住房公积金降低缴存比例或缓缴申请表"), original=True),
        Document(N_("职工代表大会或工会决议"), original=True),
        Document(N_("生产经营困难的证明材料")),
    ),
    examples=(
        Example("12% 降到 8.5%", "2020-04-10", _PRINTER, "eligible", "176400.00"),
        Example("降到最低 5%", "2020-04-10", {**_PRINTER, "requested_rate": "5"}, "eligible", "352800.00"),
        Example(
            "缓缴不需要申请比例", "2020-04-10", {**_PRINTER, "kind": "defer", "requested_rate": None, "months": 6},
            "eligible", "302400.00",
        ),
        Example("申请 4.9%", "2020-04-10", {**_PRINTER, "requested_rate": "4.9"}, "ineligible", "0.00"),
        Example("是否通过未知", "2020-04-10", {**_PRINTER, "passed_by_staff": None}, "incomplete", None),
    ),
)

# 09C 残保金困难减免或缓缴 -----------------------------------------------------------------------------------------

HARDSHIP = circular("对因疫情遭受重大直接经济损失的，可申请减免或者缓缴残保金")

HAS_DIRECT_LOSS = flag(
    "direct_loss", N_("因疫情遭受重大直接经济损失"), basis=HARDSHIP,
    passed=N_("因疫情遭受重大直接经济损失"), failed=N_("没有因疫情遭受重大直接经济损失"),
)


def levy_due(work: Worksheet) -> Amount:
    return int(work.fact("amount_due"))


_CATERER = {
    "applicant_name": "济南悦来餐饮有限公司", "credit_code": "91370103MA3022113Q", "district": "370103",
    "direct_loss": True, "amount_due": "31620.00", "kind": "reduce",
}

LEVY_HARDSHIP = Programme(
    code="09C",
    name=N_("残保金困难减免或缓缴"),
    route=Route.FORWARD,
    applicant=Applicant.UNIT,
    form_name=N_("残疾人就业保障金减免（缓缴）申请表"),
    facts=(
        Field("direct_loss", Flag(), N_("遭受重大直接经济损失"), help=N_("因疫情遭受重大直接经济损失")),
        Field("amount_due", Money(), N_("应缴残保金"), N_("元"), help=N_("申请减免或缓缴的金额")),
        Field("kind", REDUCE_OR_DEFER, N_("申请事项"), required=False, help=N_("减免，或者缓缴")),
    ),
    checks=(HAS_DIRECT_LOSS,),
    amount=levy_due,
    formula=N_("申请减免或缓缴的应缴残保金"),
    documents=(
        Document(N_("残疾人就业保障金减免（缓缴）申请表"), original=True),
        Document(N_("因疫情遭受直接经济损失的证明材料")),
    ),
    examples=(
        Example("申请减免", "2020-09-15", _CATERER, "eligible", "31620.00"),
        Example("减免还是缓缴未定，不影响", "2020-09-15", {**_CATERER, "kind": None}, "eligible", "31620.00"),
        Example("应缴额为零", "2020-09-15", {**_CATERER, "amount_due": "0.00"}, "eligible", "0.00"),
        Example("没有重大损失", "2020-09-15", {**_CATERER, "direct_loss": False}, "ineligible", "0.00"),
        Example("损失情况未知", "2020-09-15", {**_CATERER, "direct_loss": None}, "incomplete", None),
    ),
)

MEASURE = Measure(article=9, programmes=(DISABLED_LEVY, HOUSING_FUND, LEVY_HARDSHIP))
