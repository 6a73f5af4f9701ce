"""Article 4, 组织劳动者安全有序返岗: transport from door to door for people who go back to work."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field, Relation
from jinan_desk.core.kind import Choice, Count, Day, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

TRANSPORT = circular("组织点对点的定制化运输服务，对成规模、集中性返岗的企业，开通直通车")
HEALTH = circular("做好卫生防疫、体温检测等工作")

RETURN_TRANSPORT = service(
    "04S",
    N_("点对点返岗运输"),
    Field("from_place", Text(), N_("出发地"), help=N_("写到县（市、区），例如 菏泽市曹县")),
    Field("to_place", Text(), N_("目的地"), help=N_("用人单位所在地")),
    Field("departs_on", Day(), N_("发车日期"), help=N_("车辆出发的日期")),
    Field(
        "kind",
        Choice((("coach", N_("客车")), ("train", N_("火车（专列、专厢）")), ("charter", N_("包机、包车")))),
        N_("运输方式"), help=N_("中途换乘的选主要的一种"),
    ),
    Field("people", Count(), N_("运送人数"), N_("人"), help=N_("实际乘坐的返岗人数")),
    Field("health_checks_done", Count(), N_("完成体温检测"), N_("人"), help=N_("上车前完成体温检测和健康登记的人数")),
    applicant=Applicant.UNIT,
    relations=(Relation("health_checks_done", "people", N_("检测人数多于运送人数，请核对")),),
    basis=(TRANSPORT, HEALTH),
    examples=(
        shown(
            "客车两辆，全部检测", "2020-02-19", applicant_name="济南历泉机械制造有限公司",
            credit_code="91370105MA3013022D", district="370105", handler="韩立", from_place="菏泽市曹县",
            to_place="济南市天桥区", departs_on="2020-02-20", kind="coach", people=76, health_checks_done=76,
        ),
        shown(
            "还有 4 人未检测", "2020-02-22", applicant_name="山东鲁泉食品有限公司", from_place="贵州省毕节市",
            to_place="济南市槐荫区", departs_on="2020-02-23", kind="train", people=118, health_checks_done=114,
        ),
        shown("车次未定", "2020-02-17", applicant_name="济南青禾文化传媒有限公司", from_place="临沂市兰陵县", people=12),
    ),
)

MEASURE = Measure(article=4, programmes=(RETURN_TRANSPORT,))
