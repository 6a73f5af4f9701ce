"""Article 20, 强化组织领导: what the bodies that coordinate employment work decide, and who sees to it."""

from __future__ import annotations

from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

COORDINATION = circular("健全就业工作议事协调机制，统筹推进本地稳就业工作")

COORDINATION_MEETING = service(
    "20S",
    N_("就业工作议事协调"),
    Field("meeting", Text(), N_("会议"), help=N_("会议名称和届次，例如 区就业工作领导小组第 3 次会议")),
    Field("decisions", Text(), N_("议定事项"), help=N_("会议决定做什么，逐条写明")),
    Field("responsible_unit", Text(), N_("责任单位"), help=N_("牵头落实的单位")),
    Field("due_on", Day(), N_("完成期限"), required=False, help=N_("会议要求完成的日期")),
    basis=(COORDINATION,),
    examples=(
        shown(
            "领导小组会议", "2020-03-10", opened_on="2020-03-09", handler="孔祥文",
            meeting="历下区就业工作领导小组 2020 年第 1 次会议",
            decisions="一、稳岗返还资金 3 月底前拨付到位；二、开通重点企业用工专线", responsible_unit="区人力资源社会保障局",
            due_on="2020-03-31",
        ),
        shown("没有期限", "2020-06-03", meeting="就业形势分析会", decisions="每月报送用工监测情况", responsible_unit="各街道办事处"),
        shown("会议纪要未到", "2020-06-15", meeting="第 2 次联席会议"),
    ),
)

MEASURE = Measure(article=20, programmes=(COORDINATION_MEETING,))
