"""Article 5, 稳定和谐劳动关系: advice on labour relations and the settling of disputes."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Count
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

DISPUTES = circular("多元化解劳动争议，畅通举报投诉渠道，依法查处用工违法行为")
ADVICE = circular("支持企业通过协商采取调整薪酬、轮岗轮休、缩短工时、在岗培训等方式稳定劳动关系和工作岗位")

MEDIATION = service(
    "05S",
    N_("劳动关系协调和争议调解"),
    Field(
        "matter",
        Choice(
            (
                ("pay", N_("工资报酬")),
                ("hours", N_("工作时间")),
                ("leave", N_("休息休假")),
                ("dismissal", N_("解除劳动合同")),
                ("social_insurance", N_("社会保险")),
                ("other", N_("其他")),
            )
        ),
        N_("争议事项"), help=N_("涉及几项的选主要的一项，其余写在跟进里"),
    ),
    Field("workers_concerned", Count(1), N_("涉及职工"), N_("人"), help=N_("争议涉及的职工人数")),
    Field(
        "method",
        Choice(
            (
                ("consultation", N_("协商指导")),
                ("mediation", N_("调解")),
                ("arbitration", N_("仲裁")),
                ("inspection", N_("劳动监察")),
            )
        ),
        N_("处理方式"), help=N_("目前采取的处理方式"),
    ),
    Field(
        "outcome",
        Choice(
            (
                ("settled", N_("已达成一致")),
                ("withdrawn", N_("已撤回")),
                ("referred", N_("已转其他部门")),
                ("open", N_("仍在处理")),
            )
        ),
        N_("处理结果"), help=N_("可随跟进修改，办结前应有结果"),
    ),
    applicant=Applicant.UNIT,
    basis=(DISPUTES, ADVICE),
    examples=(
        shown(
            "停工期间工资，调解成功", "2020-03-05", applicant_name="济南大明湖酒店管理有限公司",
            credit_code="91370102MA30160554", district="370102", handler="苏敏", matter="pay", workers_concerned=23,
            method="mediation", outcome="settled",
        ),
        shown(
            "轮岗轮休协商", "2020-03-09", applicant_name="山东鲁泉食品有限公司", matter="hours", workers_concerned=160,
            method="consultation", outcome="open",
        ),
        shown("刚刚接到投诉", "2020-03-16", applicant_name="济南东拓精密仪器有限公司", matter="dismissal"),
    ),
)

MEASURE = Measure(article=5, programmes=(MEDIATION,))
