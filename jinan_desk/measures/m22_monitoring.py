"""Article 22, 加强就业形势监测预警: how many people an enterprise employs, month by month, and when to warn."""

from __future__ import annotations

from fractions import Fraction

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.dated import Values
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import CalendarMonth, Count, Text, per_cent
from jinan_desk.core.measure import Measure, Warn
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_, Sentence
from jinan_desk.measures.layoffs import ECONOMIC_PARAMETERS, LIMIT_PARAMETERS, is_economic, layoff_rate
from jinan_desk.measures.local import HEADCOUNT_FALL_ALERT

MONITORING = circular("加强规上企业、重大项目和中美经贸摩擦、去产能、环保治理涉及企业用工监测")
WARNING = circular("及时发布失业预警")


def _fall(facts: Facts) -> tuple[int, int]:
    """How many fewer people there are than last month, and how many there were; nobody is missing where nobody was."""
    before, now = facts.all("headcount_last_month", "headcount_this_month")
    return max(0, before - now), max(1, before)


def fell_sharply(facts: Facts, values: Values) -> Sentence | None:
    lost, before = _fall(facts)
    share, line = Fraction(lost, before), values[HEADCOUNT_FALL_ALERT]
    if not lost or share < line:
        return None
    return Sentence(
        N_("用工人数较上月减少 {lost} 人（{share}），达到提示线 {line}"),
        lost=lost, share=per_cent(share, places=2), line=per_cent(line),
    )


def refund_is_at_risk(facts: Facts, values: Values) -> Sentence | None:
    """Had all who are missing been dismissed, another one would cost the refund of article 6 [R]."""
    lost, before = _fall(facts)
    if not lost or layoff_rate(lost + 1, before, values).holds:
        return None
    rate = layoff_rate(lost, before, values).sentence()
    return Sentence(N_("减少的 {lost} 人如均为裁员，稳岗返还难以保住：{rate}"), lost=lost, rate=rate)


def plan_may_be_owed(facts: Facts, values: Values) -> Sentence | None:
    """Had all who are missing been dismissed, another one would make it a layoff for economic reasons [R]."""
    lost, before = _fall(facts)
    if not lost or not is_economic(lost + 1, before, values):
        return None
    if is_economic(lost, before, values):
        return Sentence(N_("减少的 {lost} 人如均为裁员，属于经济性裁员，应提前 30 日说明情况并备案"), lost=lost)
    return Sentence(N_("减少的 {lost} 人如均为裁员，再裁 1 人即属于经济性裁员，应提前 30 日说明情况并备案"), lost=lost)


HEADCOUNT_MONITORING = service(
    "22S",
    N_("用工监测和失业预警"),
    Field("month", CalendarMonth(), N_("监测月份"), help=N_("本月的月份")),
    Field("headcount_last_month", Count(), N_("上月末用工人数"), N_("人"), help=N_("以参保人数为准，没有的填企业报数")),
    Field("headcount_this_month", Count(), N_("本月末用工人数"), N_("人"), help=N_("口径与上月一致")),
    Field("reason", Text(), N_("变动原因"), required=False, help=N_("增减较多的写明原因：订单减少、搬迁、季节性用工等")),
    applicant=Applicant.UNIT,
    parameters=(HEADCOUNT_FALL_ALERT, *LIMIT_PARAMETERS, *ECONOMIC_PARAMETERS),
    warnings=(
        Warn("headcount_fall", N_("用工人数较上月明显减少"), fell_sharply, alert=True),
        Warn("refund_at_risk", N_("裁员率接近或超过稳岗返还的上限"), refund_is_at_risk, alert=True),
        Warn("economic_layoff_near", N_("减员接近或达到经济性裁员的标准"), plan_may_be_owed, alert=True),
    ),
    basis=(MONITORING, WARNING),
    examples=(
        shown(
            "减少正好 10%", "2020-04-03", applicant_name="济南历泉机械制造有限公司", credit_code="91370105MA3013022D",
            district="370105", handler="苏敏", month="2020-03", headcount_last_month=310, headcount_this_month=279,
            reason="出口订单取消",
        ),
        shown(
            "用工稳定", "2020-04-03", applicant_name="山东鲁泉食品有限公司", month="2020-03", headcount_last_month=286,
            headcount_this_month=289,
        ),
        shown("本月人数未报", "2020-04-07", applicant_name="济南东拓精密仪器有限公司", month="2020-03", headcount_last_month=500),
    ),
)

MEASURE = Measure(article=22, programmes=(HEADCOUNT_MONITORING,))
