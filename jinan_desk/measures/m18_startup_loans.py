"""Article 18, 加大金融支持力度: guaranteed loans for small enterprises and for people who start up together."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import check, flag
from jinan_desk.core.comparison import InRange, ShareAtLeast
from jinan_desk.core.dated import ALWAYS, Dated, Parameter, Values, policy
from jinan_desk.core.field import Facts, Field, Relation
from jinan_desk.core.kind import Count, Flag, Money, Rate
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.size import MICRO, SIZE_FIELDS, SMALL, size_is
from jinan_desk.core.text import N_
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import PARTNER_LOAN_EACH, SMALL_FIRM_LOAN_CAP

REQUESTED = Field("requested", Money(), N_("申请贷款金额"), N_("元"), help=N_("申请的创业担保贷款金额"))

# 18A 小微企业创业担保贷款资格 -------------------------------------------------------------------------------------

EASED = circular(
    "降低小微企业创业担保贷款申请条件，当年新招用符合条件人员占现有职工比例下调为20%，职工超过100人的比例下调为10%"
)
LATER = law(N_("财金〔2020〕21号：比例下调为15%，超过100人的下调为8%"))
LATEST = law(N_("2024年创业担保贷款规定：比例下调为10%，超过100人的下调为5%"))

LARGER_STAFF = policy("loan_larger_staff", N_("适用较低比例的职工人数（超过）"), Count(), 100, unit=N_("人"), basis=EASED)


def _ratio(key: str, label: str, circular_says: int, since_2020: int, since_2024: int) -> Parameter:
    """A ratio that later rules lowered twice, in per cent."""
    return Parameter(
        key, label, Rate(),
        values=(
            Dated(ALWAYS, Fraction(circular_says, 100), EASED),
            Dated(date(2020, 4, 15), Fraction(since_2020, 100), LATER),
            Dated(date(2024, 2, 1), Fraction(since_2024, 100), LATEST),
        ),
    )


HIRE_RATIO = _ratio("loan_hire_ratio", N_("新招用人员最低比例"), 20, 15, 10)
LARGER_HIRE_RATIO = _ratio("loan_hire_ratio_larger", N_("新招用人员最低比例（职工超过 100 人）"), 10, 8, 5)


@check("hire_ratio", N_("新招用符合条件人员的比例"), basis=EASED)
def hired_enough(facts: Facts, values: Values) -> ShareAtLeast:
    """Those hired within a year, over the present staff. Without any the ratio is nothing of any staff, which has to
    reach either ratio.
    """
    if facts.get("new_hires") == 0 and facts.get("staff") is None:
        smaller, larger = (hire_ratio(0, staff, values) for staff in (1, values[LARGER_STAFF] + 1))
        if smaller.holds is larger.holds:
            return smaller
    new_hires, staff = facts.all("new_hires", "staff")
    return hire_ratio(new_hires, staff, values)


def hire_ratio(new_hires: int, staff: int, values: Values) -> ShareAtLeast:
    """Those hired over the staff (at least 1), against the ratio for a staff of that size."""
    ratio = values[LARGER_HIRE_RATIO] if staff > values[LARGER_STAFF] else values[HIRE_RATIO]
    return ShareAtLeast(new_hires, staff, ratio, what=N_("新招用比例"))


def firm_loan(work: Worksheet) -> Amount:
    return work.smallest("requested", SMALL_FIRM_LOAN_CAP)


_PLASTICS = {
    "applicant_name": "济南鑫源塑业有限公司", "credit_code": "91370115MA3032207X", "district": "370115",
    "size_class": "small", "staff": 40, "new_hires": 8, "requested": "2000000.00",
}

FIRM_LOAN = Programme(
    code="18A",
    name=N_("小微企业创业担保贷款资格"),
    route=Route.FORWARD,
    applicant=Applicant.UNIT,
    form_name=N_("小微企业创业担保贷款申请认定表"),
    facts=(
        *SIZE_FIELDS,
        Field("staff", Count(1), N_("现有职工人数"), N_("人"), help=N_("签订劳动合同的在职职工")),
        Field("new_hires", Count(), N_("新招用符合条件人数"), N_("人"), help=N_("12 个月内新招用的符合条件人员")),
        REQUESTED,
    ),
    relations=(Relation("new_hires", "staff", N_("新招用人数多于现有职工人数，请核对")),),
    parameters=(HIRE_RATIO, LARGER_HIRE_RATIO, LARGER_STAFF, SMALL_FIRM_LOAN_CAP),
    checks=(
        size_is(SMALL, MICRO, label=N_("小微企业"), basis=circular("降低小微企业创业担保贷款申请条件")), hired_enough,
    ),
    amount=firm_loan,
    formula=N_("申请金额与最高额度中较小的一个"),
    documents=(
        Document(N_("小微企业创业担保贷款申请认定表"), original=True),
        Document(N_("企业职工花名册"), original=True),
        Document(N_("营业执照复印件")),
        Document(N_("新招用人员劳动合同复印件")),
    ),
    examples=(
        Example("8 ÷ 40 正好 20%", "2020-03-25", _PLASTICS, "eligible", "2000000.00"),
        Example(
            "101 人，超过 10%，最高 300 万元", "2020-03-25",
            {**_PLASTICS, "staff": 101, "new_hires": 11, "requested": "3500000.00"}, "eligible", "3000000.00",
        ),
        Example("4 月 15 日起 15%", "2020-04-15", {**_PLASTICS, "new_hires": 6}, "eligible", "2000000.00"),
        Example("4 月 14 日仍为 20%", "2020-04-14", {**_PLASTICS, "new_hires": 6}, "ineligible", "0.00"),
        Example("申请金额未知", "2020-03-25", {**_PLASTICS, "requested": None}, "incomplete", None),
    ),
)

# 18B 合伙创业担保贷款 ---------------------------------------------------------------------------------------------

TOGETHER = circular("符合条件的个人借款人合伙创业或组织起来共同创业，可申请最高60万元创业担保贷款")
LEAST_PARTNERS = policy("loan_least_partners", N_("最少合伙人数"), Count(), 2, unit=N_("人"), basis=TOGETHER)
PARTNERS_CAP = policy("loan_partners_cap", N_("合伙贷款最高额度"), Money(), "600000.00", unit=N_("元"), basis=TOGETHER)

ARE_ELIGIBLE = flag(
    "partners_eligible", N_("合伙人均符合条件"), basis=TOGETHER,
    passed=N_("合伙人均符合借款条件"), failed=N_("合伙人中有人不符合借款条件"),
)


@check("partners", N_("合伙创业或共同创业"), basis=TOGETHER)
def are_several(facts: Facts, values: Values) -> InRange:
    return InRange(facts.partners, least=values[LEAST_PARTNERS], what=N_("合伙人"), unit=N_("人"))


def partners_loan(work: Worksheet) -> Amount:
    """What is asked for, at most the cap, and at most so much for each partner."""

    def of_partners(work: Worksheet) -> Amount:
        return work.money(N_("按合伙人数"), work.times(PARTNER_LOAN_EACH, "partners"))

    return work.smallest("requested", PARTNERS_CAP, of_partners)


_FOUNDER = {
    "applicant_name": "曹明轩", "id_number": "370105199106255979", "district": "370105", "partners": 2,
    "partners_eligible": True, "requested": "350000.00",
}

PARTNERS_LOAN = Programme(
    code="18B",
    name=N_("合伙创业担保贷款"),
    route=Route.FORWARD,
    applicant=Applicant.PERSON,
    form_name=N_("个人创业担保贷款申请表"),
    facts=(
        Field("partners", Count(), N_("合伙人数"), N_("人"), help=N_("含申请人本人")),
        Field("partners_eligible", Flag(), N_("合伙人均符合条件"), help=N_("每名合伙人都符合个人借款条件")),
        REQUESTED,
    ),
    parameters=(LEAST_PARTNERS, PARTNERS_CAP, PARTNER_LOAN_EACH),
    checks=(are_several, ARE_ELIGIBLE),
    amount=partners_loan,
    formula=N_("申请金额、最高额度、每人额度 × 人数中最小的一个"),
    documents=(
        Document(N_("个人创业担保贷款申请表"), original=True),
        Document(N_("合伙协议复印件")),
        Document(N_("合伙人身份证复印件")),
        Document(N_("营业执照复印件")),
    ),
    examples=(
        Example("两人", "2020-05-11", _FOUNDER, "eligible", "350000.00"),
        Example(
            "四人，最高 60 万元", "2020-05-11", {**_FOUNDER, "partners": 4, "requested": "800000.00"},
            "eligible", "600000.00",
        ),
        Example("一人不是合伙", "2020-05-11", {**_FOUNDER, "partners": 1}, "ineligible", "0.00"),
        Example("合伙人条件未知", "2020-05-11", {**_FOUNDER, "partners_eligible": None}, "incomplete", None),
    ),
)

MEASURE = Measure(article=18, programmes=(FIRM_LOAN, PARTNERS_LOAN))
