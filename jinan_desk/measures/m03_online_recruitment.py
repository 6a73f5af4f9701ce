"""Article 3, 加强线上招聘服务: recruitment events on line, and what came of them."""

from __future__ import annotations

from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Count, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

ONLINE = circular("实施“就业服务不打烊、网上招聘不停歇”的线上服务")
SPRING_BREEZE = circular("开展“春风行动”线上招聘活动，实行视频招聘、远程面试，动态发布岗位信息")

ONLINE_RECRUITMENT = service(
    "03S",
    N_("线上招聘活动"),
    Field("event", Text(), N_("活动名称"), help=N_("对外公布的活动名称")),
    Field(
        "kind",
        Choice(
            (
                ("video_interview", N_("视频招聘、远程面试")),
                ("live_stream", N_("直播带岗")),
                ("online_fair", N_("网上招聘会")),
                ("spring_breeze", N_("“春风行动”专场")),
            )
        ),
        N_("活动形式"), help=N_("有几种形式的选主要的一种"),
    ),
    Field("units", Count(), N_("参加单位"), N_("家"), help=N_("发布岗位的用人单位数")),
    Field("posts", Count(), N_("发布岗位"), N_("个"), help=N_("发布的招聘岗位数，按招聘人数计")),
    Field("applicants", Count(), N_("求职人数"), N_("人"), help=N_("投递简历或报名的人数")),
    Field("interviews", Count(), N_("面试人次"), N_("人次"), help=N_("网上面试的人次")),
    Field("signed", Count(), N_("签约人数"), N_("人"), help=N_("达成就业意向或签约的人数，可随跟进修改")),
    basis=(ONLINE, SPRING_BREEZE),
    examples=(
        shown(
            "春风行动网上专场", "2020-02-25", opened_on="2020-02-24", handler="苏敏",
            event="2020 年历下区“春风行动”网络招聘专场", kind="spring_breeze", units=68, posts=1240, applicants=905,
            interviews=412, signed=136,
        ),
        shown("直播带岗一场", "2020-03-11", event="“泉城直播带岗”第 3 场", kind="live_stream", units=6, posts=85),
        shown("刚刚发布", "2020-03-20", event="机械制造行业视频面试周", kind="video_interview"),
    ),
)

MEASURE = Measure(article=3, programmes=(ONLINE_RECRUITMENT,))
