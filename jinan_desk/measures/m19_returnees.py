"""Article 19, 支持返乡入乡创业: service stations of the districts in key cities, and rewards for returnees."""

from __future__ import annotations

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.check import flag
from jinan_desk.core.dated import policy
from jinan_desk.core.field import Field, Shape
from jinan_desk.core.kind import Count, Day, Flag, Money, Text
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_
from jinan_desk.core.worksheet import Factor, Worksheet

STATIONS = circular("区县可结合返乡入乡创业人员需求，在省内外重点市设立返乡创业服务站")
YEARLY = circular("每年给予5万元补助费")
REWARD = circular("每成功引进一名返乡创业者，另外给予服务站1万元的奖补")

YEARLY_GRANT = policy("station_yearly_grant", N_("每年补助费"), Money(), "50000.00", unit=N_("元"), basis=YEARLY)
RETURNEE_REWARD = policy(
    "returnee_reward", N_("每引进一名返乡创业者奖补"), Money(), "10000.00", unit=N_("元"), basis=REWARD
)

IS_OF_DISTRICT = flag(
    "set_up_by_district", N_("区县设立的服务站"), basis=STATIONS, passed=N_("由区县设立"), failed=N_("不是区县设立的服务站")
)
IS_IN_KEY_CITY = flag(
    "in_key_city", N_("设在省内外重点市"), basis=STATIONS, passed=N_("设在省内外重点市"), failed=N_("不在省内外重点市")
)
IS_REWARDED_ONCE = flag(
    "not_rewarded_before", N_("引进该人没有领过奖补"), basis=REWARD,
    passed=N_("没有领过奖补"), failed=N_("引进该人已领过奖补"), fact="rewarded_before", wanted=False,
)


def reward(work: Worksheet) -> Amount:
    return int(work.parameter(RETURNEE_REWARD))


def yearly_grant(work: Worksheet) -> Amount:
    return work.money(N_("补助费合计"), work.times(YEARLY_GRANT, "service_years"), by=YEARLY)


def with_yearly_grant(work: Worksheet, rewards: Factor) -> Amount:
    return work.plus(rewards, yearly_grant)


_STATION = {
    "applicant_name": "平阴县返乡创业上海服务站", "credit_code": "91370124MA3033218A", "district": "370124",
    "set_up_by_district": True, "in_key_city": True, "service_years": 1,
}
_RETURNEE = {
    "name": "李文博", "id_number": "370112198803122118", "venture": "平阴县归雁生态农业有限公司",
    "registered_on": "2020-08-10", "rewarded_before": False,
}

SERVICE_STATIONS = Programme(
    code="19A",
    name=N_("返乡创业服务站补助和奖补"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=N_("创业带动就业扶持资金、就业补助资金"),
    form_name=N_("返乡创业服务站补助和奖补申请表"),
    facts=(
        Field("set_up_by_district", Flag(), N_("区县设立的服务站"), help=N_("由区县设立并备案")),
        Field("in_key_city", Flag(), N_("设在省内外重点市"), help=N_("服务站所在地属省内外重点市")),
        Field("service_years", Count(), N_("补助年数"), N_("年"), help=N_("本次申领补助费的服务年数；只领奖补填 0")),
    ),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field("venture", Text(), N_("创办的企业"), required=False, help=N_("返乡创办的企业或个体工商户名称")),
                Field("registered_on", Day(), N_("注册日期"), required=False, help=N_("营业执照上的成立日期")),
                Field("rewarded_before", Flag(), N_("已领过奖补"), help=N_("引进该人是否已领过奖补")),
            )
        ),
        checks=(IS_REWARDED_ONCE,),
        amount=reward,
        standard=RETURNEE_REWARD,
        may_be_absent=True,
    ),
    parameters=(YEARLY_GRANT, RETURNEE_REWARD),
    checks=(IS_OF_DISTRICT, IS_IN_KEY_CITY),
    total=with_yearly_grant,
    formula=N_("每年补助费 × 年数 + 每人奖补 × 人数"),
    documents=(
        Document(N_("返乡创业服务站补助和奖补申请表"), original=True),
        Document(N_("引进返乡创业者花名册"), original=True),
        Document(N_("服务站设立文件复印件")),
        Document(N_("返乡创业企业营业执照复印件")),
    ),
    examples=(
        Example("一年补助、一名奖补", "2020-12-10", {**_STATION, "roster": [_RETURNEE]}, "eligible", "60000.00"),
        Example("没有名单，只有补助费", "2020-12-10", _STATION, "eligible", "50000.00"),
        Example("年数和名单都没有", "2020-12-10", {**_STATION, "service_years": 0}, "ineligible", "0.00"),
        Example(
            "是否领过奖补未知", "2020-12-10", {**_STATION, "roster": [{**_RETURNEE, "rewarded_before": None}]},
            "incomplete", None,
        ),
    ),
)

MEASURE = Measure(article=19, programmes=(SERVICE_STATIONS,))
