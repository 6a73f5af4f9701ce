"""Article 2, 实施用工保障制度: grants for working through the festival, for hiring, and for placing people in jobs."""

from __future__ import annotations

from datetime import date

from jinan_desk.core.applicant import PERSON_ROW_FIELDS, Applicant
from jinan_desk.core.basis import circular, law, reading
from jinan_desk.core.check import check, flag
from jinan_desk.core.claim import Overlap, days_in_window
from jinan_desk.core.comparison import InRange, Within
from jinan_desk.core.contract import CONTRACT_FIELDS, CONTRACT_IN_ORDER, lasts
from jinan_desk.core.dated import Values, policy
from jinan_desk.core.entitlement import Entitlement, Nature, days_between
from jinan_desk.core.field import Facts, Field, Shape, period
from jinan_desk.core.kind import Choice, Count, Day, Flag, Money, Text
from jinan_desk.core.measure import Document, Example, Measure, Programme, Roster, Route
from jinan_desk.core.money import Amount
from jinan_desk.core.text import N_
from jinan_desk.core.worksheet import Factor, Worksheet

FUND = N_("就业补助资金")
NEEDS_CONTRACT = circular("签订1年以上劳动合同")
ONCE_FOR_A_CONTRACT = Entitlement(
    days_between("contract_start", "contract_end"), frozenset({Nature.EMPLOYED}), once=True
)

# 02A 一次性用工补贴 -----------------------------------------------------------------------------------------------

FESTIVAL = circular("对春节期间（截至2020年2月9日）开工生产的企业")
FESTIVAL_BEGINS = date(2020, 1, 24)

FESTIVAL_FIRST_DAY = policy(
    "festival_first_day", N_("春节期间首日"), Day(), "2020-01-24",
    basis=reading(N_("春节假期首日（除夕）"), FESTIVAL.quote),
)
FESTIVAL_LAST_DAY = policy("festival_last_day", N_("春节期间末日"), Day(), "2020-02-09", basis=FESTIVAL)
DAILY_GRANT = policy(
    "daily_labour_grant", N_("每人每天补贴标准"), Money(), "200.00", unit=N_("元"), since=FESTIVAL_BEGINS,
    basis=circular("给予每人每天200元的一次性用工补贴"),
)
LABOUR_CAP = policy(
    "labour_grant_cap", N_("每个企业最高补贴"), Money(), "500000.00", unit=N_("元"), since=FESTIVAL_BEGINS,
    basis=circular("每个企业最高补贴50万元"),
)


MAKES_KEY_SUPPLIES = flag(
    "on_key_supplies_list", N_("疫情防控重点物资生产企业"), basis=circular("支持疫情防控重点物资生产企业复工达产"),
    passed=N_("列入重点物资生产企业名单"), failed=N_("未列入疫情防控重点物资生产企业名单"),
)


PRODUCED = flag(
    "produced_in_window", N_("春节期间开工生产"), basis=FESTIVAL,
    passed=N_("春节期间已开工生产"), failed=N_("春节期间没有开工生产"),
)


@check(
    "cap_used_up", N_("补贴额度尚有结余"), basis=LABOUR_CAP.values[0].basis,
    passed=N_("该企业的补贴额度尚有结余"), failed=N_("该企业已领补贴达到最高额度，没有结余"),
)
def cap_is_left(facts: Facts, values: Values) -> bool:
    return bool(facts.already_granted < values[LABOUR_CAP])


WORKER_IS_INSURED = flag(
    "insured", N_("参加社会保险"), basis=reading(N_("在岗人员须由本企业参保"), "并缴纳社会保险"),
    passed=N_("已参加社会保险"), failed=N_("没有参加社会保险"),
)


def days_on_duty(row: Facts, values: Values) -> Overlap:
    """Days of duty inside the festival, at most the days really worked where they are given."""
    days = days_in_window(row, "duty_from", "duty_to", values[FESTIVAL_FIRST_DAY], values[FESTIVAL_LAST_DAY])
    return days.capped(row.get("duty_days"))


@check("on_duty", N_("春节期间在岗"), basis=FESTIVAL)
def was_on_duty(row: Facts, values: Values) -> InRange:
    return InRange(days_on_duty(row, values).count(), least=1, what=N_("春节期间在岗"), unit=N_("天"))


def days_counted(work: Worksheet) -> int:
    days = days_on_duty(work.facts, work.values).count()
    return int(work.note(N_("春节期间在岗天数"), days, Count(), unit=N_("天"), by=FESTIVAL))


def worker_amount(work: Worksheet) -> Amount:
    return work.times(days_counted, DAILY_GRANT)


def rest_of_cap(work: Worksheet) -> Amount:
    left: Amount = max(0, work.parameter(LABOUR_CAP) - work.fact("already_granted"))
    return work.money(N_("剩余额度"), left, by=LABOUR_CAP.values[0].basis)


def capped(work: Worksheet, subtotal: Factor) -> Amount:
    """What is left of the enterprise's cap, at most."""
    return work.smallest(subtotal, rest_of_cap)


_WORKER = {
    "name": "李文博", "id_number": "370112198803122118", "insured": True,
    "duty_from": "2020-01-24", "duty_to": "2020-02-09",
}
_MAKER = {
    "applicant_name": "济南泉润防护用品有限公司", "credit_code": "91370112MA30120116", "district": "370112",
    "on_key_supplies_list": True, "produced_in_window": True,
}

FESTIVAL_LABOUR = Programme(
    code="02A",
    name=N_("一次性用工补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("企业一次性用工补贴申请表"),
    facts=(
        Field("on_key_supplies_list", Flag(), N_("疫情防控重点物资生产企业"), help=N_("以工业和信息化部门公布的名单为准")),
        Field("produced_in_window", Flag(), N_("春节期间开工生产"), help=N_("2020年1月24日至2月9日期间开工生产")),
        Field(
            "already_granted", Money(), N_("此前已领本项补贴"), N_("元"), default=0,
            help=N_("同一信用代码此前已领的一次性用工补贴，没有则留空"),
        ),
    ),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field("insured", Flag(), N_("已参保"), help=N_("由本企业参加社会保险")),
                Field("duty_from", Day(), N_("在岗起始日"), help=N_("春节期间在岗的第一天")),
                Field("duty_to", Day(), N_("在岗截止日"), help=N_("春节期间在岗的最后一天，含当日")),
                Field("duty_days", Count(), N_("实际在岗天数"), N_("天"), required=False, help=N_("期间有休息的填实际天数")),
            ),
            (period("duty_from", "duty_to"),),
        ),
        checks=(WORKER_IS_INSURED, was_on_duty),
        amount=worker_amount,
        standard=DAILY_GRANT,
        entitlement=Entitlement(days_between("duty_from", "duty_to")),
    ),
    parameters=(FESTIVAL_FIRST_DAY, FESTIVAL_LAST_DAY, DAILY_GRANT, LABOUR_CAP),
    checks=(MAKES_KEY_SUPPLIES, PRODUCED, cap_is_left),
    total=capped,
    formula=N_("各行合计与剩余额度中较小的一个"),
    entitlement=Entitlement(cap=LABOUR_CAP),
    documents=(
        Document(N_("企业一次性用工补贴申请表"), original=True),
        Document(N_("在岗人员花名册"), original=True),
        Document(N_("营业执照复印件")),
        Document(N_("春节期间考勤记录复印件")),
        Document(N_("工资发放凭证复印件")),
    ),
    examples=(
        Example("17 天 × 200", "2020-03-12", {**_MAKER, "roster": [_WORKER]}, "eligible", "3400.00"),
        Example(
            "额度只剩 1000 元", "2020-03-12", {**_MAKER, "already_granted": "499000.00", "roster": [_WORKER]},
            "eligible", "1000.00",
        ),
        Example(
            "额度已用完", "2020-03-12", {**_MAKER, "already_granted": "500000.00", "roster": [_WORKER]},
            "ineligible", "0.00",
        ),
        Example(
            "是否参保未知", "2020-03-12", {**_MAKER, "roster": [{**_WORKER, "insured": None}]}, "incomplete", None,
        ),
    ),
)

# 02B 一次性吸纳就业补贴 -------------------------------------------------------------------------------------------

HIRING = circular("对2020年2月10日起一个月内复工新吸纳就业")
HIRING_FIRST_DAY = policy("hiring_first_day", N_("新吸纳就业首日"), Day(), "2020-02-10", basis=HIRING)
HIRING_LAST_DAY = policy(
    "hiring_last_day", N_("新吸纳就业末日"), Day(), "2020-03-10",
    basis=law(N_("一个月按日历月计算（民法总则第201至203条）"), HIRING.quote),
)
HIRING_GRANT = policy(
    "hiring_grant", N_("每新吸纳 1 人补贴标准"), Money(), "1000.00", unit=N_("元"), since=date(2020, 2, 10),
    basis=circular("每新吸纳1人按每人1000元标准给予一次性吸纳就业补贴"),
)
CONTRACT_MONTHS = policy(
    "contract_months", N_("劳动合同最短期限"), Count(), 12, unit=N_("个月"), basis=NEEDS_CONTRACT
)


@check("hired_in_window", N_("在规定期间新吸纳就业"), basis=HIRING)
def hired_in_time(row: Facts, values: Values) -> Within:
    return Within(row.hired_on, values[HIRING_FIRST_DAY], values[HIRING_LAST_DAY], what=N_("入职日期"))


LASTS_A_YEAR = lasts(CONTRACT_MONTHS, N_("劳动合同 1 年以上"))


HIRE_IS_INSURED = flag(
    "insured", N_("缴纳社会保险"), basis=circular("并缴纳社会保险"),
    passed=N_("已缴纳社会保险"), failed=N_("没有缴纳社会保险"),
)


IS_NEW_TO_EMPLOYER = flag(
    "no_prior_record", N_("签订前半年内在本企业没有就业或参保记录"),
    basis=law(N_("就业补助资金管理规定：须为新吸纳人员"), "新吸纳就业"),
    passed=N_("签订前半年内在本企业没有记录"), failed=N_("签订前半年内在本企业已有就业登记或缴费记录，不属新吸纳"), fact="prior_record", wanted=False,
)


def hire_amount(work: Worksheet) -> Amount:
    return int(work.parameter(HIRING_GRANT))


PRIOR_RECORD = Field(
    "prior_record", Flag(), N_("此前半年有记录"), help=N_("签订合同前半年内在本企业有就业登记或社会保险缴费记录")
)

_HIRE = {
    "name": "李文博", "id_number": "370112198803122118", "hired_on": "2020-02-15",
    "contract_start": "2020-02-15", "contract_end": "2021-02-14", "insured": True, "prior_record": False,
}
_EMPLOYER = {
    "applicant_name": "济南历泉机械制造有限公司", "credit_code": "91370105MA3013022D", "district": "370105",
}

HIRING_SUBSIDY = Programme(
    code="02B",
    name=N_("一次性吸纳就业补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("企业一次性吸纳就业补贴申请表"),
    limit=10,
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field("hired_on", Day(), N_("入职日期"), help=N_("本企业新吸纳就业的日期")),
                *CONTRACT_FIELDS,
                Field("insured", Flag(), N_("已参保"), help=N_("免征月份：已办理参保登记并代扣个人缴费部分")),
                PRIOR_RECORD,
            ),
            (CONTRACT_IN_ORDER,),
        ),
        checks=(hired_in_time, LASTS_A_YEAR, HIRE_IS_INSURED, IS_NEW_TO_EMPLOYER),
        amount=hire_amount,
        standard=HIRING_GRANT,
        entitlement=ONCE_FOR_A_CONTRACT,
    ),
    parameters=(HIRING_FIRST_DAY, HIRING_LAST_DAY, HIRING_GRANT, CONTRACT_MONTHS),
    formula=N_("符合条件人数 × 每人标准"),
    documents=(
        Document(N_("企业一次性吸纳就业补贴申请表"), original=True),
        Document(N_("新吸纳就业人员花名册"), original=True),
        Document(N_("营业执照复印件")),
        Document(N_("劳动合同复印件")),
        Document(N_("社会保险缴费凭证")),
    ),
    examples=(
        Example("一人", "2020-03-20", {**_EMPLOYER, "roster": [_HIRE]}, "eligible", "1000.00"),
        Example(
            "末日入职，合同满一年", "2020-03-20", {**_EMPLOYER, "roster": [{**_HIRE, "hired_on": "2020-03-10"}]},
            "eligible", "1000.00",
        ),
        Example(
            "早两天入职", "2020-03-20", {**_EMPLOYER, "roster": [{**_HIRE, "hired_on": "2020-02-08"}]},
            "ineligible", "0.00",
        ),
        Example(
            "是否有记录未知", "2020-03-20", {**_EMPLOYER, "roster": [{**_HIRE, "prior_record": None}]},
            "incomplete", None,
        ),
    ),
)

# 02C 职业介绍补贴 -------------------------------------------------------------------------------------------------

PLACING = circular("2020年2月4日至5月4日期间")
PLACED = circular(
    "介绍技能型人才（取得国家职业资格证书或职业技能等级证书）和职业院校、技工院校、高校毕业生到本市企业就业"
)
PLACING_FIRST_DAY = policy("placing_first_day", N_("职业介绍首日"), Day(), "2020-02-04", basis=PLACING)
PLACING_LAST_DAY = policy("placing_last_day", N_("职业介绍末日"), Day(), "2020-05-04", basis=PLACING)
PLACING_GRANT = policy(
    "placing_grant", N_("每介绍 1 人补贴标准"), Money(), "300.00", unit=N_("元"), since=date(2020, 2, 4),
    basis=circular("按每人300元的标准给予职业介绍补贴"),
)


AGENCY_IS_LICENSED = flag(
    "licence_valid", N_("人力资源服务许可有效"),
    basis=reading(N_("申请单位为依法设立的人力资源服务机构"), "给予职业介绍补贴"),
    passed=N_("人力资源服务许可有效"), failed=N_("人力资源服务许可无效或没有许可"),
)


@check("introduced_in_window", N_("在规定期间介绍就业"), basis=PLACING)
def introduced_in_time(row: Facts, values: Values) -> Within:
    """The day of introduction decides [R]."""
    return Within(row.introduced_on, values[PLACING_FIRST_DAY], values[PLACING_LAST_DAY], what=N_("介绍日期"))


WORKS_IN_JINAN = flag(
    "employer_in_jinan", N_("到本市企业就业"), basis=PLACED,
    passed=N_("用人单位在本市"), failed=N_("用人单位不在本市"),
)


@check(
    "certificate", N_("技能型人才持有证书"), basis=PLACED,
    passed=N_("人员类别和证书符合"), failed=N_("技能型人才没有证书"),
)
def has_certificate_where_needed(row: Facts, values: Values) -> bool:
    """A skilled worker needs a certificate; graduates need none. A blank number is unknown, not a refusal."""
    return bool(row.category != "skilled" or row.certificate_no)


def placing_amount(work: Worksheet) -> Amount:
    return int(work.parameter(PLACING_GRANT))


_PLACED = {
    "name": "孙悦", "id_number": "370103199809184641", "category": "university", "employer_in_jinan": True,
    "introduced_on": "2020-03-02", "contract_start": "2020-03-05", "contract_end": "2022-03-04", "prior_record": False,
}
_AGENCY = {
    "applicant_name": "济南众才人力资源服务有限公司", "credit_code": "91370103MA3014033U", "district": "370103",
    "licence_valid": True,
}

PLACING_SUBSIDY = Programme(
    code="02C",
    name=N_("职业介绍补贴"),
    route=Route.APPROVE,
    applicant=Applicant.UNIT,
    fund=FUND,
    form_name=N_("职业介绍补贴申请表"),
    facts=(Field("licence_valid", Flag(), N_("人力资源服务许可有效"), help=N_("人力资源服务许可证在有效期内")),),
    roster=Roster(
        Shape(
            (
                *PERSON_ROW_FIELDS,
                Field(
                    "category",
                    Choice(
                        (
                            ("skilled", N_("技能型人才")),
                            ("vocational", N_("职业院校毕业生")),
                            ("technical", N_("技工院校毕业生")),
                            ("university", N_("高校毕业生")),
                        )
                    ),
                    N_("人员类别"), help=N_("技能型人才，或者职业院校、技工院校、高校毕业生"),
                ),
                Field("certificate_no", Text(), N_("证书编号"), help=N_("技能型人才填职业资格或职业技能等级证书编号")),
                Field("employer_in_jinan", Flag(), N_("用人单位在本市"), help=N_("签订劳动合同的企业在济南市")),
                Field("introduced_on", Day(), N_("介绍日期"), help=N_("机构介绍到用人单位的日期")),
                *CONTRACT_FIELDS,
                PRIOR_RECORD,
            ),
            (CONTRACT_IN_ORDER,),
        ),
        checks=(
            introduced_in_time,
            WORKS_IN_JINAN,
            LASTS_A_YEAR,
            has_certificate_where_needed,
            IS_NEW_TO_EMPLOYER,
        ),
        amount=placing_amount,
        standard=PLACING_GRANT,
        entitlement=ONCE_FOR_A_CONTRACT,
    ),
    parameters=(PLACING_FIRST_DAY, PLACING_LAST_DAY, PLACING_GRANT, CONTRACT_MONTHS),
    checks=(AGENCY_IS_LICENSED,),
    formula=N_("符合条件人数 × 每人标准"),
    documents=(
        Document(N_("职业介绍补贴申请表"), original=True),
        Document(N_("介绍就业人员花名册"), original=True),
        Document(N_("人力资源服务许可证复印件")),
        Document(N_("职业资格证书、职业技能等级证书或毕业证书复印件")),
        Document(N_("劳动合同复印件")),
    ),
    examples=(
        Example("高校毕业生一人", "2020-05-20", {**_AGENCY, "roster": [_PLACED]}, "eligible", "300.00"),
        Example(
            "首日介绍", "2020-05-20", {**_AGENCY, "roster": [{**_PLACED, "introduced_on": "2020-02-04"}]},
            "eligible", "300.00",
        ),
        Example(
            "许可无效", "2020-05-20", {**_AGENCY, "licence_valid": False, "roster": [_PLACED]}, "ineligible", "0.00",
        ),
        Example(
            "技能型人才缺证书编号", "2020-05-20", {**_AGENCY, "roster": [{**_PLACED, "category": "skilled"}]},
            "incomplete", None,
        ),
    ),
)

MEASURE = Measure(article=2, programmes=(FESTIVAL_LABOUR, HIRING_SUBSIDY, PLACING_SUBSIDY))
