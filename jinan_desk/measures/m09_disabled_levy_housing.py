"""Article 9, 减轻残保金、住房公积金负担: the levy for employing the disabled, and the housing fund."""

from __future__ import annotations

from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import WAGE_BASE
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Choice, Count, Flag, Money, Rate, per_cent
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.size import MEDIUM, MICRO, SIZE_FIELDS, SMALL, size_is
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.disabled_levy import DISABLED_LEVY

REDUCE_OR_DEFER = Choice((("reduce", N_("减免（降低）")), ("defer", N_("缓缴"))))

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
