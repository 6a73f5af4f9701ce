"""Article 25, 加大就业服务力度: job fairs, registration, visits, and certificates at the public service hall."""

from __future__ import annotations

from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Count
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

FAIRS = circular("做到月月有专场、日日有招聘、时时有服务")
HALL = circular("推行智能化认证、电子化签章、不见面服务")

PUBLIC_SERVICE = service(
    "25S",
    N_("招聘专场和登记服务"),
    Field(
        "service",
        Choice(
            (
                ("job_fair", N_("招聘专场")),
                ("registration", N_("求职登记、失业登记")),
                ("visit", N_("上门服务")),
                ("certification", N_("就业创业证等证明")),
            )
        ),
        N_("服务类别"), help=N_("一天内的同类服务可合并为一条"),
    ),
    Field("people_served", Count(), N_("服务人数"), N_("人"), help=N_("到场或者办理的人数")),
    Field("posts", Count(), N_("提供岗位"), N_("个"), required=False, help=N_("招聘专场填岗位数，其他服务没有则留空")),
    Field("placed", Count(), N_("达成就业"), N_("人"), required=False, help=N_("达成就业意向的人数，可随跟进修改")),
    basis=(FAIRS, HALL),
    examples=(
        shown(
            "民营企业招聘专场", "2020-05-08", opened_on="2020-05-08", handler="韩立", service="job_fair", people_served=430,
            posts=680, placed=92,
        ),
        shown("当日失业登记", "2020-05-11", service="registration", people_served=37),
        shown("上门送岗位", "2020-05-19", service="visit", people_served=6, posts=11, placed=2),
    ),
)

MEASURE = Measure(article=25, programmes=(PUBLIC_SERVICE,))
