"""Article 10, 促进高校毕业生就业: insurance subsidies for graduates and those who hire them, and traineeships."""

from __future__ import annotations

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import circular, law, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import (
    FROM_MONTH,
    MONTHS_ENJOYED,
    MONTHS_IN_ORDER,
    TO_MONTH,
    MonthAgainst,
    claimed_months,
    claimed_until,
    within_quota,
)
from jinan_desk.core.comparison import InRange, Quota, Within
from jinan_desk.core.contract import CONTRACT_FIELDS, CONTRACT_IN_ORDER, lasts
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.dates import Month, month_of, months_inclusive
from jinan_desk.core.entitlement import Entitlement, Nature, Span, claimed_period, span_of_months
from jinan_desk.core.field import Facts, Field, Shape
from jinan_desk.core.graduation import GRADUATED_ON, claimed_from_day, soon_after_graduation
from jinan_desk.core.kind import CalendarMonth, Count, Day, Flag, Money
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.retirement import retires_at_latest
from jinan_desk.core.size import MICRO, SIZE_FIELDS, SMALL, size_is
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.worksheet import Worksheet
from jinan_desk.measures.local import FLEXIBLE_SHARE, RETIREMENT_AGE
from jinan_desk.measures.traineeships import TRAINEESHIPS

FUND = N_("就业补助资金")
HIRING_GRADUATES = circular("离校2年内未就业高校毕业生到小微企业就业或灵活就业的，给予社会保险补贴")
GRADUATE_MONTHS = policy(
    "graduate_months", N_("毕业后期限"), Count(), 24, unit=N_("个月"), basis=HIRING_GRADUATES
)
EMPLOYER_DOCUMENTS = (
    Document(N_("小微企业招用高校毕业生社会保险补贴申请表"), original=True),
    Document(N_("招用高校毕业生花名册"), original=True),
    Document(N_("营业执照复印件")),
    Document(N_("毕业证书复印件")),
    Document(N_("劳动合同复印件")),
    Document(N_("社会保险缴费凭证")),
)


# 10A 小微企业招用高校毕业生社会保险补贴 ---------------------------------------------------------------------------

SMALL_FIRMS = circular("离校2年内未就业高校毕业生到小微企业就业")
IS_SMALL = size_is(SMALL, MICRO, label=N_("小微企业"), basis=SMALL_FIRMS)
HIRING_CONTRACT_MONTHS = policy(
    "graduate_contract_months", N_("招用高校毕业生劳动合同最短期限"), Count(), 12, unit=N_("个月"),
    basis=law(N_("财社〔2017〕164号：与其签订1年以上劳动合同"), HIRING_GRADUATES.quote),
)
HIRING_MONTHS = policy(
    "graduate_subsidy_months", N_("招用高校毕业生补贴期限"), Count(), 12, unit=N_("个月"),
    basis=law(N_("财社〔2017〕164号：给予最长不超过1年的社会保险补贴"), HIRING_GRADUATES.quote),
)

IS_NO_AGENCY = flag(
    "not_dispatch_agency", N_("非劳务派遣单位"), basis=law(N_("山东省就业补助资金管理规定：不含劳务派遣单位"), SMALL_FIRMS.quote),
    passed=N_("不是劳务派遣单位"), failed=N_("劳务派遣单位不享受本项补贴"), fact="dispatch_agency", wanted=False,
)
IS_PAID_IN_TIME = flag(
    "not_back_payment", N_("按月缴费，非补缴"), basis=law(N_("山东省就业补助资金管理规定：补缴的不予补贴"), SMALL_FIRMS.quote),
    passed=N_("按月缴纳，不是补缴"), failed=N_("补缴的社会保险费不予补贴"), fact="back_payment", wanted=False,
)


@check("within_two_years", N_("离校 2 年内招用"), basis=HIRING_GRADUATES)
def hired_in_time(row: Facts, values: Values) -> Within:
    return soon_after_graduation(row, "contract_start", values[GRADUATE_MONTHS], what=N_("合同起始日"))


@check("months_left", N_("享受月数未超期限"), basis=HIRING_MONTHS.values[0].basis)
def hiring_months_are_left(row: Facts, values: Values) -> Quota:
    return within_quota(row, values[HIRING_MONTHS], claimed_months)


@check("months_from_contract", N_("申领月份不早于合同"), basis=SMALL_FIRMS)
def months_follow_contract_start(row: Facts, values: Values) -> MonthAgainst:
    return claimed_from_day(row, "contract_start", what=N_("合同起始月"))


@check("months_until_contract", N_("申领月份不晚于合同"), basis=SMALL_FIRMS)
def months_precede_contract_end(row: Facts, values: Values) -> MonthAgainst:
    end = row.get("contract_end")
    last = None if end is None else month_of(end)
    return claimed_until(row, last, what=N_("合同截止月"), waiting="contract_end")


def premiums_paid(work: Worksheet) -> Amount:
    """What the employer really paid; exempted months were not paid and so are not refunded."""
    return int(work.fact("employer_paid"))


_SOFTWARE = {
    "applicant_name": "济南云溪软件有限公司", "credit_code": "91370112MA30231245", "district": "370112",
    "size_class": "small", "dispatch_agency": False,
}
_GRADUATE = {
    "name": "陈思远", "id_number": "37011219970421517X", "graduated_on": "2019-06-30",
    "contract_start": "2020-02-17", "contract_end": "2022-02-16", "from_month": "2020-03", "to_month": "2020-10",
    "employer_paid": "6248.40", "back_payment": False,
}

HIRED_GRADUATES = Programme(
    code="10A",
    name=N_("小微企业招用高校毕业生社会保险补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("小微企业招用高校毕业生社会保险补贴申请表"),
    facts=(
        *SIZE_FIELDS,
        Field("dispatch_agency", Flag(), N_("劳务派遣单位"), help=N_("劳务派遣单位不享受本项补贴")),
    ),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                GRADUATED_ON,
                *CONTRACT_FIELDS,
                FROM_MONTH,
                TO_MONTH,
                Field(
                    "employer_paid", Money(), N_("单位实缴社会保险费"), N_("元"),
                    help=N_("申领月份内单位实际缴纳的养老、医疗、失业保险费合计"),
                ),
                MONTHS_ENJOYED,
                Field("back_payment", Flag(), N_("补缴"), help=N_("申领月份的社会保险费是否补缴")),
            ),
            (CONTRACT_IN_ORDER, MONTHS_IN_ORDER),
        ),
        checks=(
            hired_in_time,
            lasts(HIRING_CONTRACT_MONTHS, N_("劳动合同 1 年以上"), earliest="graduated_on"),
            IS_PAID_IN_TIME,
            hiring_months_are_left,
            months_follow_contract_start,
            months_precede_contract_end,
        ),
        amount=premiums_paid,
        entitlement=Entitlement(
            claimed_period, frozenset({Nature.UNIT_SUBSIDY, Nature.EMPLOYED, Nature.GRADUATE_HIRE}),
            retires=retires_at_latest(RETIREMENT_AGE),
        ),
    ),
    parameters=(GRADUATE_MONTHS, HIRING_CONTRACT_MONTHS, HIRING_MONTHS),
    checks=(IS_SMALL, IS_NO_AGENCY),
    formula=N_("各人单位实缴社会保险费合计"),
    documents=EMPLOYER_DOCUMENTS,
    examples=(
        Example("8 个月实缴", "2020-11-16", {**_SOFTWARE, "roster": [_GRADUATE]}, "eligible", "6248.40"),
        Example(
            "毕业满 24 个月当日签订，4 + 8 正好 12 个月", "2020-11-16",
            {**_SOFTWARE, "roster": [{**_GRADUATE, "graduated_on": "2018-02-17", "months_enjoyed": 4}]},
            "eligible", "6248.40",
        ),
        Example(
            "5 + 8 超过 12 个月", "2020-11-16", {**_SOFTWARE, "roster": [{**_GRADUATE, "months_enjoyed": 5}]},
            "ineligible", "0.00",
        ),
        Example(
            "中型企业", "2020-11-16", {**_SOFTWARE, "size_class": "medium", "roster": [_GRADUATE]},
            "ineligible", "0.00",
        ),
        Example(
            "实缴金额未知", "2020-11-16", {**_SOFTWARE, "roster": [{**_GRADUATE, "employer_paid": None}]},
            "incomplete", None,
        ),
    ),
)

# 10B 高校毕业生灵活就业社会保险补贴 -------------------------------------------------------------------------------

FLEXIBLE_MONTHS = policy(
    "graduate_flexible_months", N_("毕业生灵活就业补贴期限"), Count(), 24, unit=N_("个月"),
    basis=reading(N_("补贴期限最长不超过2年"), HIRING_GRADUATES.quote),
)

IS_REGISTERED = flag(
    "registered", N_("灵活就业登记"), basis=reading(N_("以灵活就业登记为准"), HIRING_GRADUATES.quote),
    passed=N_("已办理灵活就业登记"), failed=N_("没有办理灵活就业登记"),
)


@check("within_two_years", N_("离校 2 年内灵活就业"), basis=HIRING_GRADUATES)
def flexible_in_time(facts: Facts, values: Values) -> Within:
    return soon_after_graduation(facts, "flexible_since", values[GRADUATE_MONTHS], what=N_("灵活就业起始日"))


@check("months_left", N_("享受月数未超期限"), basis=FLEXIBLE_MONTHS.values[0].basis)
def flexible_months_are_left(facts: Facts, values: Values) -> Quota:
    return within_quota(facts, values[FLEXIBLE_MONTHS], claimed_months)


@check("months_from_flexible", N_("申领月份不早于灵活就业"), basis=HIRING_GRADUATES)
def months_follow_flexible_start(facts: Facts, values: Values) -> MonthAgainst:
    return claimed_from_day(facts, "flexible_since", what=N_("灵活就业起始月"))


def flexible_subsidy(work: Worksheet) -> Amount:
    return work.times("paid", FLEXIBLE_SHARE)


_FREELANCER = {
    "applicant_name": "周子涵", "id_number": "370103199708154232", "district": "370103",
    "graduated_on": "2019-06-20", "flexible_since": "2019-10-08", "registered": True,
    "from_month": "2020-01", "to_month": "2020-06", "paid": "5000.00",
}

FLEXIBLE_GRADUATES = Programme(
    code="10B",
    name=N_("高校毕业生灵活就业社会保险补贴"),
    route=Route.APPROVE,
    applicant=Applicant.PERSON,
    fund=FUND,
    form_name=N_("高校毕业生灵活就业社会保险补贴申请表"),
    facts=(
        GRADUATED_ON,
        Field("flexible_since", Day(), N_("灵活就业起始日"), help=N_("灵活就业登记的起始日期")),
        Field("registered", Flag(), N_("已办理灵活就业登记"), help=N_("在公共就业服务机构办理灵活就业登记")),
        FROM_MONTH,
        TO_MONTH,
        Field("paid", Money(), N_("本人实缴社会保险费"), N_("元"), help=N_("申领月份内本人实际缴纳的社会保险费合计")),
        MONTHS_ENJOYED,
    ),
    relations=(MONTHS_IN_ORDER,),
    parameters=(GRADUATE_MONTHS, FLEXIBLE_MONTHS, FLEXIBLE_SHARE),
    checks=(
        flexible_in_time,
        IS_REGISTERED,
        flexible_months_are_left,
        months_follow_flexible_start,
    ),
    amount=flexible_subsidy,
    formula=N_("本人实缴社会保险费 × 补贴比例"),
    entitlement=Entitlement(
        claimed_period, frozenset({Nature.PERSON_SUBSIDY}), retires=retires_at_latest(RETIREMENT_AGE)
    ),
    documents=(
        Document(N_("高校毕业生灵活就业社会保险补贴申请表"), original=True),
        Document(N_("身份证复印件")),
        Document(N_("毕业证书复印件")),
        Document(N_("社会保险缴费凭证")),
    ),
    examples=(
        Example("实缴的三分之二", "2020-07-10", _FREELANCER, "eligible", "3333.33"),
        Example(
            "毕业满 24 个月当日，18 + 6 正好 24 个月", "2020-07-10",
            {**_FREELANCER, "graduated_on": "2017-10-08", "paid": "4567.49", "months_enjoyed": 18},
            "eligible", "3044.99",
        ),
        Example("19 + 6 超过 24 个月", "2020-07-10", {**_FREELANCER, "months_enjoyed": 19}, "ineligible", "0.00"),
        Example("是否登记未知", "2020-07-10", {**_FREELANCER, "registered": None}, "incomplete", None),
    ),
)

# 10C 招用高校毕业生社会保险补贴阶段性延长 -------------------------------------------------------------------------

PROLONGED = circular(
    "享受的招用高校毕业生社会保险补贴2020年2月4日（含）以后期满的，在劳动合同期限内可阶段性延至2020年6月30日"
)
KEPT = circular("对受疫情影响坚持不裁减高校毕业生员工且正常缴纳社会保险的小微企业")
EXPIRED_FROM = policy("prolonged_expiry_from", N_("补贴期满首日"), Day(), "2020-02-04", basis=PROLONGED)
PROLONGED_LAST_MONTH = policy(
    "prolonged_last_month", N_("延长末月"), CalendarMonth(), "2020-06", basis=PROLONGED
)

KEEPS_GRADUATES = flag(
    "graduates_kept", N_("不裁减高校毕业生员工"), basis=KEPT,
    passed=N_("没有裁减高校毕业生员工"), failed=N_("裁减了高校毕业生员工"),
)
PAYS_INSURANCE = flag(
    "pays_insurance", N_("正常缴纳社会保险"), basis=KEPT,
    passed=N_("正常缴纳社会保险"), failed=N_("没有正常缴纳社会保险"),
)


@check("expired_in_time", N_("补贴在规定日期以后期满"), basis=PROLONGED)
def expired_in_time(row: Facts, values: Values) -> Within:
    return Within(row.subsidy_end, values[EXPIRED_FROM], None, what=N_("补贴期满日"))


def last_prolonged_month(row: Facts, values: Values) -> Month:
    """The last month that the contract and the circular allow."""
    last: Month = values[PROLONGED_LAST_MONTH]
    return min(last, month_of(row.contract_end))


@check("months_left", N_("合同期内有可延长月份"), basis=PROLONGED)
def has_months_left(row: Facts, values: Values) -> InRange:
    """None is left where the subsidy ends in the last month or later, or the contract before the first."""
    ended, contract_end = row.get("subsidy_end"), row.get("contract_end")
    first = month_of(values[EXPIRED_FROM] if ended is None else ended).plus(1)
    last = values[PROLONGED_LAST_MONTH] if contract_end is None else last_prolonged_month(row, values)
    months = months_inclusive(first, last)
    if months:
        row.all("subsidy_end", "contract_end")
    return InRange(months, least=1, what=N_("可延长"), unit=N_("个月"))


def prolonged_months(work: Worksheet) -> int:
    subsidy_end, _ = work.facts.all("subsidy_end", "contract_end")
    first, last = month_of(subsidy_end).plus(1), last_prolonged_month(work.facts, work.values)
    span = Sentence(N_("{first} 至 {last}"), first=first, last=last)
    months = months_inclusive(first, last)
    work.note(N_("延长月数"), months, Count(), unit=N_("个月"), by=span)
    return months


def prolonged_period(row: Facts, values: Values) -> Span:
    return span_of_months(month_of(row.subsidy_end).plus(1), last_prolonged_month(row, values))


def prolonged_subsidy(work: Worksheet) -> Amount:
    return work.times("monthly_paid", prolonged_months)


_CULTURE = {
    "applicant_name": "济南青禾文化传媒有限公司", "credit_code": "91370105MA3024135C", "district": "370105",
    "size_class": "micro", "graduates_kept": True, "pays_insurance": True,
}
_KEPT = {
    "name": "陈思远", "id_number": "37011219970421517X", "subsidy_end": "2020-02-29", "contract_end": "2021-06-30",
    "monthly_paid": "812.55",
}

PROLONGED_SUBSIDY = Programme(
    code="10C",
    name=N_("招用高校毕业生社会保险补贴阶段性延长"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("小微企业招用高校毕业生社会保险补贴申请表"),
    facts=(
        *SIZE_FIELDS,
        Field("graduates_kept", Flag(), N_("没有裁减高校毕业生员工"), help=N_("坚持不裁减高校毕业生员工")),
        Field("pays_insurance", Flag(), N_("正常缴纳社会保险"), help=N_("减免、缓缴按规定办理的视为正常缴纳")),
    ),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field("subsidy_end", Day(), N_("补贴期满日"), help=N_("原社会保险补贴期满的日期")),
                Field("contract_end", Day(), N_("合同截止日"), help=N_("劳动合同上的截止日期，含当日")),
                Field("monthly_paid", Money(), N_("单位每月实缴"), N_("元"), help=N_("单位每月实际缴纳的社会保险费")),
            )
        ),
        checks=(expired_in_time, has_months_left),
        amount=prolonged_subsidy,
        entitlement=Entitlement(
            prolonged_period, frozenset({Nature.UNIT_SUBSIDY, Nature.EMPLOYED}), retires=retires_at_latest(RETIREMENT_AGE)
        ),
    ),
    parameters=(EXPIRED_FROM, PROLONGED_LAST_MONTH),
    checks=(IS_SMALL, KEEPS_GRADUATES, PAYS_INSURANCE),
    formula=N_("各人每月实缴 × 延长月数合计"),
    documents=EMPLOYER_DOCUMENTS,
    examples=(
        Example("三月至六月 4 个月", "2020-07-03", {**_CULTURE, "roster": [_KEPT]}, "eligible", "3250.20"),
        Example(
            "首日期满，合同四月到期", "2020-07-03",
            {**_CULTURE, "roster": [{**_KEPT, "subsidy_end": "2020-02-04", "contract_end": "2020-04-15"}]},
            "eligible", "1625.10",
        ),
        Example(
            "二月三日期满", "2020-07-03", {**_CULTURE, "roster": [{**_KEPT, "subsidy_end": "2020-02-03"}]},
            "ineligible", "0.00",
        ),
        Example(
            "六月期满没有剩余月份，合同未知也可判断", "2020-07-03",
            {**_CULTURE, "roster": [{**_KEPT, "subsidy_end": "2020-06-01", "contract_end": None}]},
            "ineligible", "0.00",
        ),
        Example(
            "每月实缴未知", "2020-07-03", {**_CULTURE, "roster": [{**_KEPT, "monthly_paid": None}]}, "incomplete", None,
        ),
    ),
)

MEASURE = Measure(
    article=10, programmes=(HIRED_GRADUATES, FLEXIBLE_GRADUATES, PROLONGED_SUBSIDY, TRAINEESHIPS)
)
