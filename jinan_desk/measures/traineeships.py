"""Traineeships of article 10 (10D 就业见习补贴): graduates and unemployed youths, paid by the month of training."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import circular, law, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import MONTHS_ENJOYED, within_quota
from jinan_desk.core.comparison import InRange, Quota, Within
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import days_inclusive, month_of, months_inclusive, plus_days, plus_months, plus_years
from jinan_desk.core.entitlement import Entitlement, Nature, days_between
from jinan_desk.core.field import Facts, Field, Shape, period
from jinan_desk.core.graduation import soon_after_graduation
from jinan_desk.core.identity import age_on, birth_date
from jinan_desk.core.kind import Choice, Count, Day, Flag, Rate
from jinan_desk.core.measure import Document, Example, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.retirement import retires_at_latest
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown
from jinan_desk.core.wage import of_the_place, with_place
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import MINIMUM_WAGE, RETIREMENT_AGE

TRAINEESHIP = circular("将就业见习补贴标准提高至当地最低工资标准的60%")
TRAINEE_SHARE = policy("trainee_share", N_("就业见习补贴比例"), Rate(), "60", basis=TRAINEESHIP)
TRAINEE_MONTHS = policy(
    "trainee_months", N_("就业见习补贴期限"), Count(), 12, unit=N_("个月"),
    basis=reading(N_("见习期限最长12个月"), TRAINEESHIP.quote),
)
TRAINEE_GRADUATE_MONTHS = policy(
    "trainee_graduate_months", N_("见习毕业生离校期限"), Count(), 24, unit=N_("个月"),
    basis=reading(N_("离校2年内未就业高校毕业生"), TRAINEESHIP.quote),
)
_YOUTH = law(N_("就业见习有关规定：16–24岁失业青年可参加就业见习"), TRAINEESHIP.quote)
YOUTH_FIRST_AGE = policy("trainee_first_age", N_("失业青年最小年龄"), Count(), 16, unit=N_("岁"), basis=_YOUTH)
YOUTH_LAST_AGE = policy("trainee_last_age", N_("失业青年最大年龄"), Count(), 24, unit=N_("岁"), basis=_YOUTH)
DAYS_OF_MONTH = policy(
    "trainee_days_of_month", N_("零星天数折算的每月天数"), Count(1), 30, unit=N_("天"),
    basis=reading(N_("不足一个月的天数按每月30天折算"), TRAINEESHIP.quote),
)

IS_INSURED = flag(
    "insurance", N_("人身意外伤害保险"),
    basis=law(N_("就业见习有关规定：为见习人员办理人身意外伤害保险"), TRAINEESHIP.quote),
    passed=N_("已办理人身意外伤害保险"), failed=N_("没有办理人身意外伤害保险"),
)


@check("trainee", N_("见习人员类别"), basis=TRAINEE_GRADUATE_MONTHS.values[0].basis)
def may_be_trainee(row: Facts, values: Values) -> Within | InRange:
    """A graduate starts within the months after graduation; an unemployed youth is of the right age."""
    if row.trainee == "graduate":
        months = values[TRAINEE_GRADUATE_MONTHS]
        return soon_after_graduation(row, "started_on", months, what=N_("见习起始日"), by="ended_on")
    return of_youth(row, values)


def of_youth(row: Facts, values: Values) -> InRange:
    """The age on the first day; who is too young on the last one was so on the first, whichever that was."""
    youngest, oldest = values[YOUTH_FIRST_AGE], values[YOUTH_LAST_AGE]
    day = row.get("started_on") or row.get("ended_on")
    if row.get("id_number") is None or day is None:
        raise Unknown(*row.lacking("id_number", "started_on"))
    born = birth_date(row.id_number)
    assert born is not None  # the kind of the field has refused impossible days
    age = age_on(born, day)
    if age >= youngest:
        row.all("started_on")
    return InRange(age, least=youngest, most=oldest, what=N_("见习起始日年龄"), unit=N_("岁"))


def whole_months(row: Facts) -> int:
    """The whole months of the traineeship. Raises `Unknown` where an end of it is."""
    return months_from_day_to_day(*row.all("started_on", "ended_on"))


def months_from_day_to_day(started_on: date, ended_on: date) -> int:
    """Whole months, each counted from the first day: 03-10 to 06-09 are three."""
    after = plus_days(ended_on, 1)
    months = months_inclusive(month_of(started_on), month_of(after)) - 1
    return months if plus_months(started_on, months) <= after else months - 1


def latest_start(row: Facts, values: Values) -> date | None:
    """The last day on which `may_be_trainee` lets somebody begin; None while that is unknown."""
    trainee, graduated_on, id_number = row.get("trainee"), row.get("graduated_on"), row.get("id_number")
    if trainee == "graduate" and graduated_on is not None:
        return plus_months(graduated_on, values[TRAINEE_GRADUATE_MONTHS])
    born = birth_date(id_number) if trainee == "youth" and id_number is not None else None
    return None if born is None else plus_years(born, values[YOUTH_LAST_AGE] + 1) - timedelta(days=1)


@check("months_left", N_("享受月数未超期限"), basis=TRAINEE_MONTHS.values[0].basis)
def trainee_months_are_left(row: Facts, values: Values) -> Quota:
    """While the first day is unknown: too many months even from the last day on which the trainee may have begun."""
    latest, ended_on = latest_start(row, values), row.get("ended_on")
    if row.get("started_on") is None and latest is not None and ended_on is not None:
        shortest = Quota(row.months_enjoyed, months_from_day_to_day(latest, ended_on), values[TRAINEE_MONTHS])
        if latest <= ended_on and not shortest.holds:
            return shortest
    return within_quota(row, values[TRAINEE_MONTHS], whole_months, least=0)


def trainee_amount(work: Worksheet) -> Amount:
    """Each month by the wage on the day it begins, and the days left over by that of their first day."""
    started_on, ended_on = with_place(work, "started_on", "ended_on", amount=MINIMUM_WAGE)
    share = work.parameter(TRAINEE_SHARE)
    *begins, rest_begins = [plus_months(started_on, number) for number in range(whole_months(work.facts) + 1)]
    total = work.monthly(
        N_("见习补贴月标准"), [(month_of(day), share * of_the_place(work, MINIMUM_WAGE, day)) for day in begins]
    )
    days = days_inclusive(rest_begins, ended_on)
    if days:
        of_month = work.parameter(DAYS_OF_MONTH)
        by = Sentence(N_("不足一个月的 {days} 天，按每月 {month} 天折算"), days=days, month=of_month)
        rest = share * of_the_place(work, MINIMUM_WAGE, rest_begins) * Fraction(days, of_month)
        total += work.money(N_("剩余天数"), rest, by=by)
    return total


_TOURISM = {
    "applicant_name": "济南泉城文旅集团有限公司", "credit_code": "91370103MA3025146T", "district": "370103",
}
_TRAINEE = {
    "name": "陈思远", "id_number": "37011219970421517X", "trainee": "graduate", "graduated_on": "2019-06-30",
    "started_on": "2020-03-10", "ended_on": "2020-06-09", "insurance": True,
}
_YOUNG = {
    "name": "郑浩", "id_number": "370114199503118536", "trainee": "youth", "started_on": "2020-03-10",
    "ended_on": "2020-06-09", "months_enjoyed": 9, "insurance": True,
}

TRAINEESHIPS = Programme(
    code="10D",
    name=N_("就业见习补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=N_("就业补助资金"),
    form_name=N_("就业见习补贴审核表"),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field(
                    "trainee",
                    Choice((("graduate", N_("离校未就业高校毕业生")), ("youth", N_("16–24岁失业青年")))),
                    N_("见习人员类别"), help=N_("离校未就业高校毕业生，或者失业青年"),
                ),
                Field("graduated_on", Day(), N_("毕业日期"), help=N_("毕业证书上的日期；失业青年不填")),
                Field("started_on", Day(), N_("见习起始日"), help=N_("见习协议上的起始日期")),
                Field("ended_on", Day(), N_("见习截止日"), help=N_("本次申领截止日期，含当日")),
                MONTHS_ENJOYED,
                Field("insurance", Flag(), N_("已办人身意外伤害保险"), help=N_("见习单位为其办理人身意外伤害保险")),
            ),
            (period("started_on", "ended_on"),),
        ),
        checks=(may_be_trainee, trainee_months_are_left, IS_INSURED),
        amount=trainee_amount,
        entitlement=Entitlement(
            days_between("started_on", "ended_on"), frozenset({Nature.TRAINEE}),
            retires=retires_at_latest(RETIREMENT_AGE),
        ),
    ),
    parameters=(
        MINIMUM_WAGE, TRAINEE_SHARE, TRAINEE_MONTHS, DAYS_OF_MONTH, TRAINEE_GRADUATE_MONTHS, YOUTH_FIRST_AGE,
        YOUTH_LAST_AGE,
    ),
    formula=N_("各人最低工资标准 × 60% × 月数合计"),
    documents=(
        Document(N_("就业见习补贴审核表"), original=True),
        Document(N_("就业见习人员花名册"), original=True),
        Document(N_("见习人员考勤表"), original=True),
        Document(N_("见习协议复印件")),
        Document(N_("毕业证书复印件")),
        Document(N_("人身意外伤害保险单复印件")),
    ),
    examples=(
        Example("三个整月", "2020-07-15", {**_TOURISM, "roster": [_TRAINEE]}, "eligible", "3438.00"),
        Example(
            "三个月零十天", "2020-07-15", {**_TOURISM, "roster": [{**_TRAINEE, "ended_on": "2020-06-19"}]},
            "eligible", "3820.00",
        ),
        Example(
            "25 岁前一天，9 + 3 正好 12 个月", "2020-07-15", {**_TOURISM, "district": "370114", "roster": [_YOUNG]},
            "eligible", "3114.00",
        ),
        Example(
            "没有保险", "2020-07-15", {**_TOURISM, "roster": [{**_TRAINEE, "insurance": False}]}, "ineligible", "0.00",
        ),
        Example("区县未知", "2020-07-15", {**_TOURISM, "district": None, "roster": [_TRAINEE]}, "incomplete", None),
    ),
)
