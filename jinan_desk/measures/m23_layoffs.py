"""Article 23, 妥善处置失业风险: plans for layoffs for economic reasons, put on record."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.check import check, flag
from jinan_desk.core.comparison import Within
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import plus_days
from jinan_desk.core.field import Facts, Field, Relation
from jinan_desk.core.kind import Count, Day, Flag
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route, Warn
from jinan_desk.core.text import N_
from jinan_desk.measures.layoffs import ECONOMIC_PARAMETERS, is_economic

EXPLAIN = circular("提前30日向工会或全体职工说明相关情况")
PLAN = circular("指导其依法依规制定和实施职工安置方案")
NOTICE_DAYS = policy("layoff_notice_days", N_("提前说明天数"), Count(), 30, unit=N_("天"), basis=EXPLAIN)


@check("explained_in_time", N_("提前 30 日说明情况"), basis=EXPLAIN)
def explained_in_time(facts: Facts, values: Values) -> Within:
    explained_on, first_layoff_on = facts.all("explained_on", "first_layoff_on")
    return Within(first_layoff_on, plus_days(explained_on, values[NOTICE_DAYS]), None, what=N_("首次裁减日期"))


HAS_PLAN = flag(
    "plan_adopted", N_("职工安置方案"), basis=PLAN, passed=N_("已制定职工安置方案"), failed=N_("没有制定职工安置方案")
)
CAN_COMPENSATE = flag(
    "compensation_funded", N_("支付经济补偿"), basis=circular("依法依规支付经济补偿"),
    passed=N_("经济补偿资金已落实"), failed=N_("经济补偿资金没有落实"),
)
HAS_PAID_WAGES = flag(
    "wages_settled", N_("偿还拖欠的工资"), basis=circular("偿还拖欠的职工工资"),
    passed=N_("没有拖欠的工资，或已偿还"), failed=N_("拖欠的职工工资没有偿还"),
)
HAS_PAID_PREMIUMS = flag(
    "premiums_settled", N_("补缴欠缴的社会保险费"), basis=circular("补缴欠缴的社会保险费"),
    passed=N_("没有欠缴的社会保险费，或已补缴"), failed=N_("欠缴的社会保险费没有补缴"),
)


def is_below_economic(facts: Facts, values: Values) -> bool:
    """Fewer people, and a smaller part of the staff, than the law calls a layoff for economic reasons."""
    staff, planned = facts.all("staff", "planned")
    return not is_economic(planned, staff, values)


_TEXTILES = {
    "applicant_name": "济南远航纺织有限公司", "credit_code": "91370113MA3034229P", "district": "370113",
    "staff": 310, "planned": 42, "explained_on": "2020-03-05", "first_layoff_on": "2020-04-13",
    "plan_adopted": True, "compensation_funded": True, "wages_settled": True, "premiums_settled": True,
}

LAYOFF_PLANS = Programme(
    code="23A",
    name=N_("经济性裁员方案备案"),
    route=Route.FORWARD,
    applicant=Applicant.UNIT,
    form_name=N_("企业经济性裁员方案备案表"),
    facts=(
        Field("staff", Count(1), N_("职工总数"), N_("人"), required=False, help=N_("裁员前的职工总数")),
        Field("planned", Count(1), N_("拟裁减人数"), N_("人"), required=False, help=N_("方案中拟裁减的人数")),
        Field("explained_on", Day(), N_("说明日期"), help=N_("向工会或全体职工说明情况的日期")),
        Field("first_layoff_on", Day(), N_("首次裁减日期"), help=N_("方案中第一批裁减的日期")),
        Field("plan_adopted", Flag(), N_("已制定安置方案"), help=N_("依法依规制定职工安置方案")),
        Field("compensation_funded", Flag(), N_("补偿资金已落实"), help=N_("经济补偿资金已落实")),
        Field("wages_settled", Flag(), N_("工资已结清"), help=N_("没有拖欠的职工工资，或者已经偿还")),
        Field("premiums_settled", Flag(), N_("社会保险费已结清"), help=N_("没有欠缴的社会保险费，或者已经补缴")),
    ),
    relations=(Relation("planned", "staff", N_("拟裁减人数多于职工总数，请核对")),),
    parameters=(NOTICE_DAYS, *ECONOMIC_PARAMETERS),
    checks=(explained_in_time, HAS_PLAN, CAN_COMPENSATE, HAS_PAID_WAGES, HAS_PAID_PREMIUMS),
    warnings=(
        Warn(
            "below_economic_layoff", N_("裁减不足 20 人且不到职工总数的 10%，不属于经济性裁员（劳动合同法第四十一条）"),
            is_below_economic,
        ),
    ),
    documents=(
        Document(N_("企业经济性裁员方案备案表"), original=True),
        Document(N_("裁员方案和职工安置方案"), original=True),
        Document(N_("向工会或全体职工说明情况的记录")),
        Document(N_("工资支付和社会保险缴费凭证")),
    ),
    examples=(
        Example("提前 39 天说明", "2020-03-16", _TEXTILES, "eligible", None),
        Example("正好 30 天", "2020-03-16", {**_TEXTILES, "first_layoff_on": "2020-04-04"}, "eligible", None),
        Example("只有 29 天", "2020-03-16", {**_TEXTILES, "first_layoff_on": "2020-04-03"}, "ineligible", None),
        Example("工资是否结清未知", "2020-03-16", {**_TEXTILES, "wages_settled": None}, "incomplete", None),
    ),
)

MEASURE = Measure(article=23, programmes=(LAYOFF_PLANS,))
