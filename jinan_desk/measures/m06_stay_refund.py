"""Article 6, 加大稳岗返还: unemployment premiums returned to employers who keep their staff."""

from __future__ import annotations

from datetime import date

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular, law
from jinan_desk.core.check import check, flag
from jinan_desk.core.comparison import ShareAtMost, Within
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.entitlement import Entitlement, Nature, year_of_application
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Choice, Count, Day, Flag, Money, Rate
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.layoffs import LIMIT_PARAMETERS, SMALL_HEADCOUNT, layoff_rate
from jinan_desk.measures.local import AVERAGE_BENEFIT

FUND = N_("失业保险基金")
FEW_LAYOFFS = circular("对不裁员或少裁员的参保企业")
LIMITS = circular("稳岗返还条件的裁员率标准放宽到5.5%，30人（含）以下的参保企业放宽到不超过参保职工总数的20%")

GENERAL_SHARE = policy(
    "refund_share_general", N_("返还比例"), Rate(), "50", basis=circular("返还其上年度实际缴纳失业保险费的50%")
)
KEY_PROJECT_SHARE = policy(
    "refund_share_key_project", N_("返还比例（重点项目建设企业）"), Rate(), "60",
    basis=circular("省、市重点项目和新旧动能转换优选项目建设企业返还其上年度实际缴纳失业保险费的60%"),
)
CAPACITY_CUT_SHARE = policy(
    "refund_share_capacity_cut", N_("返还比例（化解过剩产能和高耗能行业企业）"), Rate(), "70",
    basis=circular(
        "实施化解过剩产能的钢铁、煤炭、煤电行业企业以及钢铁、地炼、电解铝、焦化、轮胎、化肥、氯碱等七大高耗能行业企业，"
        "返还其上年度实际缴纳失业保险费的70%"
    ),
)
SHARES = {"general": GENERAL_SHARE, "key_project": KEY_PROJECT_SHARE, "capacity_cut": CAPACITY_CUT_SHARE}


@check("layoff_rate", N_("裁员率不超过上限"), basis=LIMITS)
def few_layoffs(facts: Facts, values: Values) -> ShareAtMost:
    """Those dismissed last year, over last year's closing headcount, stay within the limit. Nobody dismissed is nothing
    of any headcount, which has to stay within either limit.
    """
    if facts.get("dismissed") == 0 and facts.get("year_end_headcount") is None:
        small, larger = (layoff_rate(0, headcount, values) for headcount in (1, values[SMALL_HEADCOUNT] + 1))
        if small.holds is larger.holds:
            return larger
    dismissed, headcount = facts.all("dismissed", "year_end_headcount")
    return layoff_rate(dismissed, headcount, values)


PAID_IN_FULL = flag(
    "paid_all_months", N_("上年度足额缴费"),
    basis=law(N_("山东省失业保险稳岗返还规定：上年度足额缴纳失业保险费"), FEW_LAYOFFS.quote),
    passed=N_("上年度各月均已缴纳失业保险费"), failed=N_("上年度有未缴纳失业保险费的月份"),
)


IS_IN_GOOD_STANDING = flag(
    "not_discredited", N_("非严重违法失信企业、非僵尸企业"),
    basis=law(N_("山东省失业保险稳岗返还规定：严重违法失信企业和僵尸企业除外"), FEW_LAYOFFS.quote),
    passed=N_("不属严重违法失信企业或僵尸企业"), failed=N_("属严重违法失信企业或僵尸企业"), fact="discredited", wanted=False,
)


HAS_NO_COMPLAINTS = flag(
    "no_complaints", N_("无举报投诉"),
    basis=law(N_("山东省失业保险稳岗返还规定：公示期间及审核中无查实的举报投诉"), FEW_LAYOFFS.quote),
    passed=N_("没有举报投诉"), failed=N_("有举报投诉"), fact="has_complaints", wanted=False,
)


STEADY_EMPLOYER_FIELDS = (
    Field("year_end_headcount", Count(1), N_("上年末参保职工人数"), N_("人"), help=N_("上年度末失业保险参保人数")),
    Field("dismissed", Count(), N_("上年度裁员人数"), N_("人"), help=N_("上年度辞退和开除的人数")),
    Field("paid_all_months", Flag(), N_("上年度足额缴费"), help=N_("上年度各月均足额缴纳失业保险费")),
    Field("discredited", Flag(), N_("严重违法失信或僵尸企业"), help=N_("以信用中国和主管部门认定为准")),
    Field("has_complaints", Flag(), N_("有举报投诉"), help=N_("有查实的举报投诉")),
)
STEADY_EMPLOYER_CHECKS = (few_layoffs, PAID_IN_FULL, IS_IN_GOOD_STANDING, HAS_NO_COMPLAINTS)

# 06A 稳岗返还 -----------------------------------------------------------------------------------------------------


def refund(work: Worksheet) -> Amount:
    return work.times("premium_paid", lambda work: work.chosen(lambda facts: SHARES[facts.category], *SHARES.values()))


_FIRM = {
    "applicant_name": "山东鲁泉食品有限公司", "credit_code": "91370104MA3015044M", "district": "370104",
    "year_end_headcount": 286, "dismissed": 9, "premium_paid": "158400.00", "paid_all_months": True,
    "discredited": False, "has_complaints": False, "category": "general",
}

STAY_REFUND = Programme(
    code="06A",
    name=N_("稳岗返还"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("企业稳岗返还申请表"),
    facts=(
        *STEADY_EMPLOYER_FIELDS,
        Field(
            "premium_paid", Money(), N_("上年度实际缴纳失业保险费"), N_("元"), help=N_("单位和个人缴费合计，以缴费凭证为准"),
        ),
        Field(
            "category",
            Choice(
                (
                    ("general", N_("一般参保企业")),
                    ("key_project", N_("重点项目和新旧动能转换优选项目建设企业")),
                    ("capacity_cut", N_("化解过剩产能和七大高耗能行业企业")),
                )
            ),
            N_("企业类别"), help=N_("决定返还比例，以主管部门名单为准"),
        ),
    ),
    parameters=(*LIMIT_PARAMETERS, *SHARES.values()),
    checks=STEADY_EMPLOYER_CHECKS,
    amount=refund,
    formula=N_("上年度实际缴纳失业保险费 × 返还比例"),
    entitlement=Entitlement(year_of_application, frozenset({Nature.STAY_REFUND})),
    documents=(
        Document(N_("企业稳岗返还申请表"), original=True),
        Document(N_("稳岗返还承诺书"), original=True),
        Document(N_("营业执照复印件")),
        Document(N_("上年度失业保险缴费凭证")),
        Document(N_("职工花名册")),
    ),
    examples=(
        Example("一般企业，返还 50%", "2020-06-10", _FIRM, "eligible", "79200.00"),
        Example(
            "裁员率正好 5.5%", "2020-06-10", {**_FIRM, "year_end_headcount": 200, "dismissed": 11}, "eligible",
            "79200.00",
        ),
        Example(
            "30 人，裁员率正好 20%，返还 70%，半分进位", "2020-06-10",
            {**_FIRM, "year_end_headcount": 30, "dismissed": 6, "premium_paid": "7243.55", "category": "capacity_cut"},
            "eligible", "5070.49",
        ),
        Example(
            "31 人裁 2 人", "2020-06-10", {**_FIRM, "year_end_headcount": 31, "dismissed": 2}, "ineligible", "0.00",
        ),
        Example(
            "没有裁员，人数未知也符合", "2020-06-10", {**_FIRM, "year_end_headcount": None, "dismissed": 0},
            "eligible", "79200.00",
        ),
        Example("企业类别未知", "2020-06-10", {**_FIRM, "category": None}, "incomplete", None),
    ),
)

# 06B 困难企业稳岗返还 ---------------------------------------------------------------------------------------------

DIFFICULT = circular("经营困难且有望恢复企业稳岗返还政策，自2020年1月1日起再延长1年")
STANDARD = circular("返还标准可按6个月的上年12月份当地月人均失业保险金和参保职工人数确定")

DIFFICULT_FIRST_DAY = policy("difficult_first_day", N_("困难企业返还首日"), Day(), "2020-01-01", basis=DIFFICULT)
DIFFICULT_LAST_DAY = policy("difficult_last_day", N_("困难企业返还末日"), Day(), "2020-12-31", basis=DIFFICULT)
BENEFIT_MONTHS = policy(
    "benefit_months", N_("返还月数"), Count(), 6, unit=N_("个月"), since=date(2020, 1, 1), basis=STANDARD
)


IS_RECOGNISED_AS_DIFFICULT = flag(
    "recognised_difficult", N_("认定为经营困难且有望恢复"), basis=DIFFICULT,
    passed=N_("已认定为经营困难且有望恢复"), failed=N_("没有认定为经营困难且有望恢复"),
)


@check("applied_in_window", N_("在政策期限内申请"), basis=DIFFICULT)
def applied_in_time(facts: Facts, values: Values) -> Within:
    return Within(values.day, values[DIFFICULT_FIRST_DAY], values[DIFFICULT_LAST_DAY], what=N_("申请日期"))


def benefits_for_staff(work: Worksheet) -> Amount:
    return work.times(BENEFIT_MONTHS, AVERAGE_BENEFIT, "insured_headcount")


_STRAINED = {
    "applicant_name": "济南大明湖酒店管理有限公司", "credit_code": "91370102MA30160554", "district": "370102",
    "year_end_headcount": 92, "dismissed": 5, "paid_all_months": True, "discredited": False, "has_complaints": False,
    "recognised_difficult": True, "insured_headcount": 88,
}
_BENEFIT = {"average_unemployment_benefit": "1503.40"}

DIFFICULT_REFUND = Programme(
    code="06B",
    name=N_("困难企业稳岗返还"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("困难企业稳岗返还申请表"),
    facts=(
        *STEADY_EMPLOYER_FIELDS,
        Field("recognised_difficult", Flag(), N_("认定为经营困难且有望恢复"), help=N_("经主管部门认定")),
        Field("insured_headcount", Count(), N_("参保职工人数"), N_("人"), help=N_("计算返还额的失业保险参保人数")),
    ),
    parameters=(*LIMIT_PARAMETERS, DIFFICULT_FIRST_DAY, DIFFICULT_LAST_DAY, BENEFIT_MONTHS, AVERAGE_BENEFIT),
    checks=(applied_in_time, *STEADY_EMPLOYER_CHECKS, IS_RECOGNISED_AS_DIFFICULT),
    amount=benefits_for_staff,
    formula=N_("6 个月 × 月人均失业保险金 × 参保职工人数"),
    entitlement=Entitlement(year_of_application, frozenset({Nature.DIFFICULT_REFUND})),
    documents=(
        Document(N_("困难企业稳岗返还申请表"), original=True),
        Document(N_("经营困难且有望恢复认定文件复印件")),
        Document(N_("营业执照复印件")),
        Document(N_("参保职工花名册")),
    ),
    examples=(
        Example("6 × 1503.40 × 88", "2020-07-01", _STRAINED, "eligible", "793795.20", _BENEFIT),
        Example("最后一天申请", "2020-12-31", _STRAINED, "eligible", "793795.20", _BENEFIT),
        Example("政策到期后申请", "2021-01-01", _STRAINED, "ineligible", "0.00", _BENEFIT),
        Example("月人均失业保险金未录入", "2020-07-01", _STRAINED, "incomplete", None),
    ),
)

MEASURE = Measure(article=6, programmes=(STAY_REFUND, DIFFICULT_REFUND))
