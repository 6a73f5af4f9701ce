"""Article 14, 实施职业技能提升行动: online training, for the platforms and for the trainees' living costs."""

from __future__ import annotations

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import circular, law, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.comparison import InRange, Within
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.field import Facts, Field, Shape
from jinan_desk.core.kind import Choice, Count, Day, Flag, Money, Rate, Text
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_
from jinan_desk.core.worksheet import Worksheet

FUND = N_("职业技能提升行动专账资金")
LIMITED = circular("两项补贴暂定执行至2020年6月30日")
LAST_DAY = policy("training_last_day", N_("培训结束末日"), Day(), "2020-06-30", basis=LIMITED)
ENDED_ON = Field("ended_on", Day(), N_("培训结束日期"), help=N_("培训考核结束的日期"))


@check("ended_in_time", N_("在执行期限内结束"), basis=LIMITED)
def ended_in_time(row: Facts, values: Values) -> Within:
    return Within(row.ended_on, None, values[LAST_DAY], what=N_("培训结束日期"))


_PLATFORM = {
    "applicant_name": "济南智学在线教育科技有限公司", "credit_code": "91370112MA3028179X", "district": "370112",
}

# 14A 线上培训平台补贴 ---------------------------------------------------------------------------------------------

PLATFORMS = circular("遴选部分优质职业技能培训线上平台")
PLATFORM_GRANT = circular("根据参加线上培训考核合格人数，按照培训项目职业培训补贴标准的20%给予平台补贴")
PLATFORM_SHARE = policy("platform_share", N_("平台补贴比例"), Rate(), "20", basis=PLATFORM_GRANT)

IS_SELECTED = flag(
    "selected_platform", N_("遴选的线上平台"), basis=PLATFORMS,
    passed=N_("是遴选的线上培训平台"), failed=N_("不是遴选的线上培训平台"),
)


@check("passed", N_("有考核合格人员"), basis=PLATFORM_GRANT)
def somebody_passed(row: Facts, values: Values) -> InRange:
    return InRange(row.passed, least=1, what=N_("考核合格"), unit=N_("人"))


def course_amount(work: Worksheet) -> Amount:
    return work.times("standard", PLATFORM_SHARE, "passed")


_SELECTED = {**_PLATFORM, "selected_platform": True}
_COURSE = {"course": "电工（初级）", "standard": "1200.00", "passed": 46, "ended_on": "2020-05-29"}

PLATFORM_SUBSIDY = Programme(
    code="14A",
    name=N_("线上培训平台补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("线上培训平台补贴申请表"),
    facts=(Field("selected_platform", Flag(), N_("遴选的线上平台"), help=N_("列入遴选公布的线上培训平台")),),
    roster=Roster(
        Shape(
            (
                Field("course", Text(), N_("培训项目"), required=False, help=N_("培训职业（工种）和等级")),
                Field("standard", Money(), N_("补贴标准"), N_("元"), help=N_("该项目每人的职业培训补贴标准")),
                Field("passed", Count(), N_("考核合格人数"), N_("人"), help=N_("参加线上培训并考核合格的人数")),
                ENDED_ON,
            )
        ),
        checks=(ended_in_time, somebody_passed),
        amount=course_amount,
        unit=N_("项"),
    ),
    parameters=(LAST_DAY, PLATFORM_SHARE),
    checks=(IS_SELECTED,),
    formula=N_("各项目补贴标准 × 20% × 合格人数合计"),
    documents=(
        Document(N_("线上培训平台补贴申请表"), original=True),
        Document(N_("线上培训项目汇总表"), original=True),
        Document(N_("考核合格人员名册")),
        Document(N_("线上学习记录")),
    ),
    examples=(
        Example("46 人合格", "2020-07-06", {**_SELECTED, "roster": [_COURSE]}, "eligible", "11040.00"),
        Example(
            "末日结束，只在最后舍入", "2020-07-06",
            {**_SELECTED, "roster": [{**_COURSE, "standard": "333.33", "passed": 7, "ended_on": "2020-06-30"}]},
            "eligible", "466.66",
        ),
        Example(
            "晚一天结束", "2020-07-06", {**_SELECTED, "roster": [{**_COURSE, "ended_on": "2020-07-01"}]},
            "ineligible", "0.00",
        ),
        Example(
            "合格人数未知", "2020-07-06", {**_SELECTED, "roster": [{**_COURSE, "passed": None}]}, "incomplete", None,
        ),
    ),
)

# 14B 线上培训生活费补贴 -------------------------------------------------------------------------------------------

LIVING_COSTS = circular("对农民工等重点群体，按5元/学时标准给予生活费补贴")
HOUR_GRANT = policy("living_cost_per_hour", N_("每学时标准"), Money(), "5.00", unit=N_("元"), basis=LIVING_COSTS)
TIMES_A_YEAR = policy(
    "living_cost_times", N_("本年此前最多次数"), Count(), 2, unit=N_("次"),
    basis=law(N_("山东省职业技能提升行动规定：每人每年最多享受3次"), LIVING_COSTS.quote),
)

IN_FOCUS = frozenset({"migrant_worker", "registered_unemployed"})


@check(
    "group", N_("属于重点群体"), basis=reading(N_("农民工等重点群体：农民工和登记失业人员"), LIVING_COSTS.quote),
    passed=N_("属于农民工或登记失业人员"), failed=N_("不属于农民工或登记失业人员"),
)
def is_in_focus(row: Facts, values: Values) -> bool:
    return row.group in IN_FOCUS


HAS_PASSED = flag(
    "passed", N_("考核合格"), basis=circular("参加线上培训考核合格人数"), passed=N_("考核合格"), failed=N_("考核没有合格"),
)


@check("times_this_year", N_("本年享受次数"), basis=TIMES_A_YEAR.values[0].basis)
def times_are_left(row: Facts, values: Values) -> InRange:
    return InRange(row.times_this_year, most=values[TIMES_A_YEAR], what=N_("本年此前已享受"), unit=N_("次"))


def living_cost(work: Worksheet) -> Amount:
    return work.times(HOUR_GRANT, "hours")


_TRAINED = {
    "name": "李文博", "id_number": "370112198803122118", "group": "migrant_worker", "hours": 48, "passed": True,
    "ended_on": "2020-05-29", "times_this_year": 0,
}

LIVING_COST_SUBSIDY = Programme(
    code="14B",
    name=N_("线上培训生活费补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("线上培训生活费补贴申请表"),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field(
                    "group",
                    Choice(
                        (
                            ("migrant_worker", N_("农民工")),
                            ("registered_unemployed", N_("登记失业人员")),
                            ("student", N_("在校大学生")),
                            ("vocational_student", N_("职业院校学生")),
                            ("employee", N_("企业在职职工")),
                            ("other", N_("其他")),
                        )
                    ),
                    N_("人员类别"), help=N_("农民工和登记失业人员给予生活费补贴"),
                ),
                Field("hours", Count(1), N_("学时"), help=N_("线上培训的有效学时")),
                Field("passed", Flag(), N_("考核合格"), help=N_("培训考核是否合格")),
                ENDED_ON,
                Field("times_this_year", Count(), N_("本年此前次数"), N_("次"), help=N_("本次之前当年已享受的次数，没有填 0")),
            )
        ),
        checks=(is_in_focus, HAS_PASSED, ended_in_time, times_are_left),
        amount=living_cost,
        standard=HOUR_GRANT,
    ),
    parameters=(LAST_DAY, HOUR_GRANT, TIMES_A_YEAR),
    formula=N_("每学时标准 × 学时合计"),
    documents=(
        Document(N_("线上培训生活费补贴申请表"), original=True),
        Document(N_("享受生活费补贴人员花名册"), original=True),
        Document(N_("身份证复印件")),
        Document(N_("线上学习记录")),
    ),
    examples=(
        Example("48 学时", "2020-07-06", {**_PLATFORM, "roster": [_TRAINED]}, "eligible", "240.00"),
        Example(
            "末日结束，此前两次", "2020-07-06",
            {**_PLATFORM, "roster": [{**_TRAINED, "ended_on": "2020-06-30", "times_this_year": 2}]},
            "eligible", "240.00",
        ),
        Example(
            "在职职工", "2020-07-06", {**_PLATFORM, "roster": [{**_TRAINED, "group": "employee"}]},
            "ineligible", "0.00",
        ),
        Example(
            "学时未知", "2020-07-06", {**_PLATFORM, "roster": [{**_TRAINED, "hours": None}]}, "incomplete", None,
        ),
    ),
)

MEASURE = Measure(article=14, programmes=(PLATFORM_SUBSIDY, LIVING_COST_SUBSIDY))
