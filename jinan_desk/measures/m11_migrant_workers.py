"""Article 11, 稳定农民工就业: services for migrant workers, and labour that is sent in an organised way."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Count, Money, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

ORGANISED = circular("对劳务合作社、劳务经济人等市场主体开展有组织劳务输出的，可通过就业创业服务补助购买基本服务成果")
BUSES = circular("通过开通农民工直通车，实现跨区域点对点劳务协作，有序组织返城返岗")

MIGRANT_SERVICE = service(
    "11S",
    N_("农民工就业服务和劳务输出"),
    Field(
        "kind",
        Choice(
            (
                ("cooperative", N_("劳务合作社输出")),
                ("broker", N_("劳务经纪人输出")),
                ("charter_bus", N_("农民工直通车")),
                ("rights", N_("维权服务")),
                ("wages", N_("工资支付监管")),
            )
        ),
        N_("服务类别"), help=N_("组织者填在“单位名称”里；劳务经纪人填其姓名"),
    ),
    Field("people", Count(), N_("涉及农民工"), N_("人"), help=N_("输出、运送或者服务的农民工人数")),
    Field("destination", Text(), N_("去向"), required=False, help=N_("务工地点，写到县（市、区）；本地就近就业也写明")),
    Field(
        "contract_amount", Money(), N_("购买服务合同金额"), N_("元"), required=False,
        help=N_("通过就业创业服务补助购买服务成果的合同金额，没有则留空"),
    ),
    applicant=Applicant.UNIT,
    basis=(ORGANISED, BUSES),
    examples=(
        shown(
            "合作社输出 86 人", "2020-03-18", applicant_name="商河县惠农劳务专业合作社", district="370126", handler="韩立",
            kind="cooperative", people=86, destination="青岛市黄岛区", contract_amount="25800.00",
        ),
        shown("直通车", "2020-02-24", applicant_name="平阴县人力资源服务中心", kind="charter_bus", people=42, destination="济南市历城区"),
        shown("欠薪线索", "2020-04-02", applicant_name="济南历泉建设集团有限公司", kind="wages", people=17),
    ),
)

MEASURE = Measure(article=11, programmes=(MIGRANT_SERVICE,))
