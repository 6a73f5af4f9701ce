"""Article 16, 推进职业教育创新发展: the bases at which skills are practised."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Count
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

BASES = circular("按照多元化投入、市场化运作、企业化管理方式建设一个以上共享性的大型智能（仿真）实习实训基地")

TRAINING_BASE = service(
    "16S",
    N_("实训基地建设记录"),
    Field(
        "kind",
        Choice(
            (
                ("public_training", N_("公共实训基地")),
                ("simulation", N_("智能（仿真）实习实训基地")),
                ("enterprise", N_("企业实训基地")),
            )
        ),
        N_("基地类别"), help=N_("基地名称填在“单位名称”里"),
    ),
    Field("places", Count(), N_("实训工位"), N_("个"), help=N_("可同时实训的工位数")),
    Field("trained_this_year", Count(), N_("本年实训人次"), N_("人次"), help=N_("本年度到目前为止的实训人次，可随跟进修改")),
    applicant=Applicant.UNIT,
    basis=(BASES,),
    examples=(
        shown(
            "仿真基地建成使用", "2020-09-10", applicant_name="济南智能制造（仿真）实训基地", district="370112",
            handler="苏敏", kind="simulation", places=320, trained_this_year=1850,
        ),
        shown("企业基地", "2020-06-22", applicant_name="济南东拓精密仪器有限公司", kind="enterprise", places=40, trained_this_year=0),
        shown("正在建设", "2020-03-30", applicant_name="章丘区公共实训基地", kind="public_training"),
    ),
)

MEASURE = Measure(article=16, programmes=(TRAINING_BASE,))
