"""Article 15, 打造职业技能培训品牌: subsidies for vocational skill competitions."""

from __future__ import annotations

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.basis import circular
from jinan_desk.core.check import flag
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Choice, Flag
from jinan_desk.core.measure import Document, Example, Measure, Programme, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import COMPETITION_CLASSES, COMPETITION_SUBSIDY

LISTED = circular("对列入市级一类、二类职业技能竞赛的，给予一定赛事补贴")

IS_LISTED = flag(
    "listed", N_("列入市级竞赛计划"), basis=LISTED, passed=N_("已列入市级竞赛计划"), failed=N_("没有列入市级竞赛计划")
)


def by_class(work: Worksheet) -> Amount:
    """The circular names no amount: the office enters one for each class."""
    amounts, competition_class = work.gather(COMPETITION_SUBSIDY, "competition_class")
    if competition_class not in amounts:
        raise Unknown(f"parameter:{COMPETITION_SUBSIDY.key}")
    return int(amounts[competition_class])


_ASSOCIATION = {
    "applicant_name": "济南市职业技能鉴定协会", "credit_code": "91370103MA302918X3", "district": "370103",
    "listed": True, "competition_class": "first",
}
_AMOUNTS = {"competition_subsidy": {"first": "200000.00", "second": "100000.00"}}

COMPETITIONS = Programme(
    code="15A",
    name=N_("职业技能竞赛赛事补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    form_name=N_("职业技能竞赛赛事补贴申请表"),
    facts=(
        Field("listed", Flag(), N_("列入市级竞赛计划"), help=N_("列入当年市级职业技能竞赛计划")),
        Field("competition_class", Choice(COMPETITION_CLASSES), N_("竞赛类别"), help=N_("市级一类或二类竞赛")),
    ),
    parameters=(COMPETITION_SUBSIDY,),
    checks=(IS_LISTED,),
    amount=by_class,
    formula=N_("该类竞赛的补贴标准"),
    documents=(
        Document(N_("职业技能竞赛赛事补贴申请表"), original=True),
        Document(N_("列入竞赛计划的文件复印件")),
        Document(N_("竞赛总结和经费支出明细")),
    ),
    examples=(
        Example("一类竞赛", "2020-10-12", _ASSOCIATION, "eligible", "200000.00", _AMOUNTS),
        Example(
            "二类竞赛", "2020-10-12", {**_ASSOCIATION, "competition_class": "second"}, "eligible", "100000.00", _AMOUNTS,
        ),
        Example("没有列入计划", "2020-10-12", {**_ASSOCIATION, "listed": False}, "ineligible", "0.00"),
        Example("补贴标准未录入", "2020-10-12", _ASSOCIATION, "incomplete", None),
    ),
)

MEASURE = Measure(article=15, programmes=(COMPETITIONS,))
