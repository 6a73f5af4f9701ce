"""Article 1, 建立用工即时响应机制: a specialist for each key enterprise or project, until its vacancies are filled."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.field import Field, Relation
from jinan_desk.core.kind import Choice, Count, Day, Text
from jinan_desk.core.measure import Measure
from jinan_desk.core.record import service, shown
from jinan_desk.core.text import N_

SPECIALISTS = circular("由企业或项目所在地人力资源社会保障部门设立用工服务专员，“一对一”提供用工服务")
KEY_ENTERPRISES = circular("对保障疫情防控、公共事业运行、群众生活必需及其他涉及重要国计民生的重点企业和市级以上重点项目用工困难问题")

SPECIALIST_SERVICE = service(
    "01S",
    N_("重点企业用工服务专员"),
    Field("project", Text(), N_("工程项目"), required=False, help=N_("服务对象是工程项目的，填项目名称；是企业的留空")),
    Field(
        "kind",
        Choice(
            (
                ("epidemic_control", N_("保障疫情防控")),
                ("public_utility", N_("公共事业运行")),
                ("daily_necessity", N_("群众生活必需")),
                ("key_project", N_("市级以上重点项目")),
                ("other", N_("其他涉及重要国计民生")),
            )
        ),
        N_("重点类别"), help=N_("按主管部门公布的重点企业、重点项目名单选择"),
    ),
    Field("specialist", Text(), N_("服务专员"), help=N_("“一对一”服务该企业的专员姓名")),
    Field("vacancies_wanted", Count(), N_("缺工人数"), N_("人"), help=N_("企业提出的用工需求")),
    Field("vacancies_filled", Count(), N_("已解决人数"), N_("人"), help=N_("到目前为止已到岗的人数，可随跟进修改")),
    Field("due_on", Day(), N_("约定完成日期"), required=False, help=N_("与企业约定解决用工的日期")),
    applicant=Applicant.UNIT,
    relations=(Relation("vacancies_filled", "vacancies_wanted", N_("已解决人数多于缺工人数，请核对")),),
    basis=(SPECIALISTS, KEY_ENTERPRISES),
    examples=(
        shown(
            "口罩生产企业缺工 120 人", "2020-02-12", applicant_name="济南泉润防护用品有限公司",
            credit_code="91370112MA30120116", district="370112", opened_on="2020-02-11", handler="苏敏",
            kind="epidemic_control", specialist="韩立", vacancies_wanted=120, vacancies_filled=36, due_on="2020-02-28",
        ),
        shown(
            "重点项目用工已全部解决", "2020-03-02", applicant_name="济南历泉建设集团有限公司", district="370105",
            project="北湖片区安置房工程", kind="key_project", specialist="邹平", vacancies_wanted=45, vacancies_filled=45,
        ),
        shown("刚刚接到电话，人数还不清楚", "2020-02-10", applicant_name="济南大明湖供热有限公司", kind="public_utility"),
    ),
)

MEASURE = Measure(article=1, programmes=(SPECIALIST_SERVICE,))
