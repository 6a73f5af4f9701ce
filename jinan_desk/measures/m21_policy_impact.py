"""Article 21, 加大政策协同: what other policies do to employment, weighed before they are made."""

from __future__ import annotations

from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Count, Flag, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

WEIGHED = circular("在制定改革发展、产业调整、社会管理等重要政策时，要综合评估可能对就业产生的影响")
PREPARED = circular("对可能造成规模性失业的，政策牵头部门应提前制定应对措施")

IMPACT_ASSESSMENT = service(
    "21S",
    N_("政策就业影响评估"),
    Field("policy", Text(), N_("政策名称"), help=N_("拟出台的政策文件名称")),
    Field("lead_department", Text(), N_("牵头部门"), help=N_("起草该政策的部门")),
    Field("jobs_affected", Count(), N_("影响岗位"), N_("个"), help=N_("评估可能减少或者转移的岗位数")),
    Field("measure", Text(), N_("应对措施"), required=False, help=N_("为减小对就业的影响准备采取的措施")),
    Field("needs_plan", Flag(), N_("需提前制定应对方案"), help=N_("可能造成规模性失业的选“是”")),
    basis=(WEIGHED, PREPARED),
    examples=(
        shown(
            "搬迁改造影响较大", "2020-05-20", handler="邹平", policy="东部老工业区搬迁改造实施方案",
            lead_department="区发展改革局", jobs_affected=640, measure="分两年实施，逐户制定职工安置方案", needs_plan=True,
        ),
        shown("影响很小", "2020-06-08", policy="餐饮油烟整治方案", lead_department="区生态环境分局", jobs_affected=15, needs_plan=False),
        shown("等待部门报数", "2020-06-12", policy="货运车辆限行调整", lead_department="市交通运输局"),
    ),
)

MEASURE = Measure(article=21, programmes=(IMPACT_ASSESSMENT,))
