"""Article 26, 狠抓政策落实: explaining the policy, and taking it to those whom it is meant for."""

from __future__ import annotations

from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Count, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

PUBLICITY = circular("大力宣传稳就业重大决策部署，加强政策解读，提高政策知晓度")
FIND_PEOPLE = circular("推动政策落实由“人找政策”向“政策找人”转变")

OUTREACH = service(
    "26S",
    N_("政策宣传和送策上门"),
    Field("subject", Text(), N_("宣传主题"), help=N_("活动名称或者上门走访的事由")),
    Field("reached", Count(), N_("惠及人数或单位数"), help=N_("到场、走访或者送达的人数、单位数")),
    Field("articles_explained", Text(), N_("解读条款"), help=N_("讲了哪几条，例如 第2、6、10条")),
    Field("requests_taken", Text(), N_("收集诉求"), required=False, help=N_("企业和群众提出的问题，逐条写明")),
    basis=(PUBLICITY, FIND_PEOPLE),
    examples=(
        shown(
            "园区送策", "2020-04-16", opened_on="2020-04-15", handler="苏敏", subject="稳岗返还政策进齐鲁软件园", reached=52,
            articles_explained="第6、7、8条", requests_taken="两家企业询问裁员率怎样计算",
        ),
        shown("线上解读", "2020-04-20", subject="线上直播解读二十六条", reached=3100, articles_explained="全文"),
        shown("走访企业", "2020-04-22", subject="走访规模以上企业", reached=4),
    ),
)

MEASURE = Measure(article=26, programmes=(OUTREACH,))
