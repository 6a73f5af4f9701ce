"""Article 13, 统筹其他群体就业: workers of industries that shrink, veterans, the disabled, women."""

from __future__ import annotations

from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field, Relation
from jinan_desk.core.kind import Choice, Count, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

REPLACED = circular("稳妥做好钢铁、煤炭、焦化、水泥行业化解过剩产能及高耗能行业转型升级过程中职工分流安置工作")
VETERANS = circular("健全面向退役军人的就业服务平台")
DISABLED = circular("支持残疾人多渠道就业")
WOMEN = circular("全面保障妇女就业权益")

GROUP_SERVICE = service(
    "13S",
    N_("重点群体就业服务"),
    Field(
        "group",
        Choice(
            (
                ("restructured_worker", N_("化解过剩产能分流职工")),
                ("veteran", N_("退役军人")),
                ("disabled", N_("残疾人")),
                ("woman", N_("妇女")),
                ("other", N_("其他群体")),
            )
        ),
        N_("服务群体"), help=N_("同时属于几类的选本次服务针对的一类"),
    ),
    Field("people", Count(), N_("服务人数"), N_("人"), help=N_("纳入本次服务的人数")),
    Field("placed", Count(), N_("已就业人数"), N_("人"), help=N_("其中已实现就业的人数，可随跟进修改")),
    Field("plan", Text(), N_("服务计划"), required=False, help=N_("准备怎样帮扶：岗位推荐、培训、创业指导等")),
    relations=(Relation("placed", "people", N_("已就业人数多于服务人数，请核对")),),
    basis=(REPLACED, VETERANS, DISABLED, WOMEN),
    examples=(
        shown(
            "焦化厂分流职工", "2020-04-07", opened_on="2020-04-01", handler="邹平", group="restructured_worker", people=210,
            placed=134, plan="转岗培训两期，推荐到园区企业；内部退养 31 人",
        ),
        shown("退役军人专场", "2020-05-12", group="veteran", people=65, placed=0, plan="职业技能提升培训"),
        shown("残疾人就业登记", "2020-05-18", group="disabled"),
    ),
)

MEASURE = Measure(article=13, programmes=(GROUP_SERVICE,))
