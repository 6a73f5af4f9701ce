"""The working and the reasons, as somebody reads them out: which lines there are, and what is said where all is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from jinan_desk.core.applicant import APPLICANT_FIELDS
from jinan_desk.core.determination import Judged
from jinan_desk.core.field import ROSTER
from jinan_desk.core.measure import Programme
from jinan_desk.core.record import RECORD_FIELDS
from jinan_desk.core.text import Sentence
from jinan_desk.measures import find, programmes
from tests.measures.asking import ask


def came_to(code: str, case: Mapping[str, Any], parameters: Mapping[str, Any], *, example: int = 0) -> Judged:
    """The programme's example with facts changed: those of its only row, where it has a roster."""
    pair = find(code)
    assert pair is not None
    shown = pair[1].examples[example]
    given = {**shown.facts, **case}
    if ROSTER in given:
        given = {**shown.facts, ROSTER: [{**shown.facts[ROSTER][0], **case}]}
    determination = ask(pair[1], given, shown.on, {**(shown.parameters or {}), **parameters})
    return determination.rows[0] if determination.rows else determination


def lines(judged: Judged) -> list[tuple[str, str]]:
    return [(step.label, Sentence("{value}", value=step.shown()).read()) for step in judged.steps]


RATE = ("失业保险金占最低工资标准的比例", "80%"), ("失业保险金占最低工资标准的比例", "90%")
WAGE = ("最低工资标准", "一档 1,910.00，二档 1,730.00")
LEVY = ("减缴前应缴额", "减缴后应缴额")


@pytest.mark.parametrize(
    ("code", "case", "parameters", "expected"),
    [
        ("02A", {}, {}, [("春节期间在岗天数", "17"), ("每人每天补贴标准", "200.00")]),
        ("06A", {"category": None}, {"refund_share_key_project": "50", "refund_share_capacity_cut": "50"}, [
            ("上年度实际缴纳失业保险费", "158,400.00"), ("返还比例", "50%"), ("应发金额", "79,200.00")]),
        ("07A", {}, {}, [
            ("月缴费基数", "1,250,000.00"), ("失业保险单位费率（降低前）", "1%"), ("失业保险单位费率（降低后）", "0.7%"),
            ("降低前工伤保险费率", "0.9%"), ("降低后工伤保险费率", "0.45%"), ("费率合计降低", "0.75%"), ("可计月数", "8"),
            ("预计减轻负担", "75,000.00")]),
        ("09A", {}, {"social_average_wage": "40000.00"}, [
            ("上年平均在职职工人数", "500"), ("已安排残疾人就业人数", "2"), ("应安排残疾人就业比例", "1.5%"), ("少安排人数", "5.5"),
            ("应缴比例", "90%"), ("上年职工年平均工资", "100,000.00"), ("平均工资封顶倍数", "2"), ("当地社会平均工资", "40,000.00"),
            ("计征平均工资", "80,000.00"), ("减缴前应缴额", "440,000.00"), ("减缴后应缴额", "396,000.00"),
            ("预计减轻负担", "44,000.00")]),
        ("09A", {"employees": "30", "disabled_employed": 0}, {}, [
            ("上年平均在职职工人数", "30"), ("已安排残疾人就业人数", "0"), ("应安排残疾人就业比例", "1.5%"), ("少安排人数", "0.45"),
            ("应缴比例", "0%"), ("上年职工年平均工资", "100,000.00"), ("减缴前应缴额", "45,000.00"), ("减缴后应缴额", "0.00"),
            ("预计减轻负担", "45,000.00")]),
        ("09A", {"disabled_employed": "7.5", "average_wage": None}, {}, [
            ("上年平均在职职工人数", "500"), ("已安排残疾人就业人数", "7.5"), ("应安排残疾人就业比例", "1.5%"), ("少安排人数", "0"),
            ("减缴前应缴额", "0.00"), ("减缴后应缴额", "0.00"), ("预计减轻负担", "0.00")]),
        ("10D", {"ended_on": "2020-06-19"}, {}, [
            ("就业见习补贴比例", "60%"), WAGE, ("见习补贴月标准", "1,146.00"), ("零星天数折算的每月天数", "30"), ("剩余天数", "382.00")]),
        ("10D", {}, {}, [("就业见习补贴比例", "60%"), WAGE, ("见习补贴月标准", "1,146.00")]),
        ("12B", {}, {}, [
            ("本人实缴社会保险费", "5,238.00"), ("灵活就业社会保险补贴比例", "2/3"), ("政策期满日", "2021年6月30日"),
            ("应发金额", "3,492.00")]),
        ("18B", {}, {}, [
            ("申请贷款金额", "350,000.00"), ("合伙贷款最高额度", "600,000.00"), ("每名合伙人贷款额度", "200,000.00"), ("合伙人数", "2"),
            ("按合伙人数", "400,000.00"), ("申请金额", "350,000.00")]),
        ("24A", {"from_month": "2020-01", "paid_months": 12}, {}, [
            ("累计缴费月数", "12"), ("已领月数", "0"), ("剩余领取期限", "12"), WAGE, *RATE, ("失业保险金月标准", "1,528.00"),
            ("失业保险金月标准", "1,719.00"), ("申请金额", "20,437.00")]),
        ("24A", {"from_month": None}, {"minimum_wage": "2000.00", "unemployment_benefit_share": "80"}, [
            ("累计缴费月数", "75"), ("已领月数", "0"), ("剩余领取期限", "18"), ("最低工资标准", "一档 2,000.00，二档 2,000.00"), RATE[0],
            ("失业保险金月标准", "1,600.00"), ("申请金额", "28,800.00")]),
        ("24B", {}, {}, [
            ("领取期满日", "2019年12月31日"), WAGE, *RATE, ("失业保险金月标准", "1,528.00"), ("失业保险金月标准", "1,719.00"),
            ("应发金额", "13,561.00")]),
    ],
)
def test_every_number_has_its_line(code, case, parameters, expected):
    assert lines(came_to(code, case, parameters)) == expected


def test_a_case_with_a_roster_counts_its_rows_and_what_is_left_for_them():
    pair = find("02A")
    assert pair is not None
    example = pair[1].examples[0]
    assert lines(ask(pair[1], example.facts, example.on)) == [
        ("名单行数", "1"), ("其中符合", "1"), ("符合各行合计", "3,400.00"), ("每个企业最高补贴", "500,000.00"),
        ("此前已领本项补贴", "0.00"), ("剩余额度", "500,000.00"), ("应发金额", "3,400.00"),
    ]


def cited(judged: Judged, label: str) -> list[str]:
    return [step.cited().read() for step in judged.steps if step.label == label]


def test_a_number_is_shown_with_what_it_rests_on():
    months = came_to("24A", {"from_month": "2020-01", "paid_months": 12}, {})
    assert cited(months, "失业保险金月标准") == ["2020年1月，1 个月", "2020年2月 至 2020年12月，11 个月"]
    assert cited(came_to("09A", {"employees": "30", "disabled_employed": 0}, {}), "应缴比例")[0].endswith("残保金”")
    assert cited(came_to("09A", {}, {}), "应缴比例")[0].startswith("财政部公告2019年第98号")


def test_a_levy_that_rounds_to_nothing_whoever_works_there_is_not_reckoned_out():
    judged = came_to("09A", {"employees": 100, "disabled_employed": None, "average_wage": "0.01"}, {})
    assert [label for label, _ in lines(judged) if label in LEVY] == []
    judged = came_to("09A", {"average_wage": None}, {"social_average_wage": "0.00"})
    assert [label for label, _ in lines(judged) if label in LEVY] == []


@pytest.mark.parametrize(
    ("example", "case", "ends"),
    [
        (0, {}, ["2021年3月31日"]),
        (1, {}, ["2021年4月30日"]),
        (1, {"not_stably_employed": False}, []),
        (1, {"not_stably_employed": None, "from_month": "2020-04", "to_month": "2020-04"}, []),
        (0, {"retirement_class": None}, []),
        (0, {"recognised_on": None}, []),
        (0, {"id_number": "370102196509026940", "recognised_on": "2016-01-01"}, ["2020年9月1日"]),
    ],
)
def test_the_end_of_a_term_is_noted_where_it_is_one_day(example, case, ends):
    judged = came_to("12A", case, {}, example=example)
    assert [value for label, value in lines(judged) if label == "政策期满日"] == ends


def reason(judged: Judged, key: str) -> str:
    return next(result.reason.read() for result in judged.checks if result.check.key == key)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ({}, "申领至 2020年6月，不晚于政策期满月 2021年6月"),
        ({"to_month": "2021-07"}, "申领月份 2021年7月，比政策期满月 2021年6月 晚 1 个月"),
        ({"from_month": "2021-08", "to_month": None}, "申领月份 2021年8月，比政策期满月 2021年6月 晚 2 个月"),
        ({"from_month": None, "to_month": "2021-08"}, "申领月份 2021年8月，比政策期满月 2021年6月 晚 2 个月"),
        (
            {"started_on": None, "from_month": "2018-01", "to_month": "2021-02"},
            "申领月份 2021年2月，比最晚的政策期满月 2021年1月 晚 1 个月",
        ),
        (
            {"recognised_on": "2022-01-01", "started_on": "2026-10-01", "from_month": None, "to_month": None},
            "自 2026年10月 起享受，政策在 2026年9月 已经期满，没有可申领的月份",
        ),
        ({"recognised_on": None, "to_month": "2021-07"}, "尚缺资料，无法判断"),
    ],
)
def test_a_claim_beside_the_end_of_the_term_is_told_in_words(case, told):
    assert reason(came_to("12B", case, {}), "months_until_end") == told


@pytest.mark.parametrize(
    ("code", "case", "key", "told"),
    [
        ("24A", {}, "registered", "已办理失业登记"),
        ("24A", {"registered": False}, "registered", "没有办理失业登记"),
        ("24A", {"registered": None}, "registered", "尚缺资料，无法判断"),
        ("18A", {"size_class": "micro"}, "size", "企业规模为微型"),
        ("18A", {"size_class": "medium"}, "size", "企业规模为中型，应为小型或微型"),
        ("06A", {"year_end_headcount": 30, "dismissed": 0}, "layoff_rate", "裁员率 0.00%，上限 20%"),
        ("06A", {"year_end_headcount": 31, "dismissed": 0}, "layoff_rate", "裁员率 0.00%，上限 5.5%"),
        (
            "18A", {"staff": 200, "new_hires": 0}, "hire_ratio",
            "新招用比例 0.00%，应不低于 10%；至少 20 人，还差 20 人",
        ),
        (
            "24B", {"id_number": "370102195908177353", "expired_on": "2018-12-31"}, "months_left",
            "可延长发放 8 个月",
        ),
    ],
)
def test_a_condition_is_told_as_it_came_out(code, case, key, told):
    assert reason(came_to(code, case, {}), key) == told


def test_a_trainee_who_began_before_graduation_is_told_of_that_day():
    told = reason(came_to("10D", {"graduated_on": "2020-07-01"}, {}), "trainee")
    assert told == "见习起始日 2020年3月10日，比起始日 2020年7月1日 早 113 天"


def test_a_contract_is_measured_from_its_own_start():
    row = came_to("10A", {"contract_start": "2019-01-01", "contract_end": "2019-12-31"}, {})
    assert "contract_term" not in {result.check.key for result in row.failed()}
    assert "within_two_years" in {result.check.key for result in row.failed()}


@pytest.mark.parametrize(
    ("code", "case", "parameters", "keys"),
    [
        ("06A", {}, {}, []),
        ("06A", {"year_end_headcount": 200, "dismissed": 11}, {}, ["limit_met_exactly"]),
        ("18A", {}, {}, ["limit_met_exactly"]),
        ("18A", {"new_hires": 9}, {}, []),
        ("09A", {}, {}, ["wage_cap_unknown"]),
        ("09A", {}, {"social_average_wage": "90000.00"}, []),
        ("12A", {"retirement_class": "men60", "recognised_on": "2010-01-01"}, {}, ["retirement_class_sex", "gradual_retirement"]),
        ("12A", {"retirement_class": "women50"}, {}, []),
        ("24B", {"retirement_class": "women55"}, {}, ["retirement_class_sex"]),
        ("24B", {"id_number": "370102196412317356"}, {}, []),
        ("24B", {"id_number": "370102196501017359"}, {}, ["gradual_retirement"]),
        ("24B", {"id_number": None}, {}, []),
        ("23A", {}, {}, []),
        ("23A", {"planned": 19}, {}, ["below_economic_layoff"]),
        ("23A", {"planned": 20}, {}, []),
        ("23A", {"staff": 190, "planned": 19}, {}, []),
        ("23A", {"staff": 191, "planned": 19}, {}, ["below_economic_layoff"]),
    ],
)
def test_what_a_person_must_look_at(code, case, parameters, keys):
    assert [caution.key for caution in came_to(code, case, parameters).cautions if not caution.path.endswith("number")] == keys


FALL, REFUND, PLAN = "headcount_fall", "refund_at_risk", "economic_layoff_near"


@pytest.mark.parametrize(
    ("before", "now", "keys"),
    [
        (310, 279, [FALL, REFUND, PLAN]),
        (310, 280, [REFUND, PLAN]),
        (30, 25, [FALL, PLAN]),
        (30, 24, [FALL, REFUND, PLAN]),
        (1000, 945, [REFUND, PLAN]),
        (1000, 946, [PLAN]),
        (1000, 981, [PLAN]),
        (1000, 982, []),
        (200, 182, [REFUND]),
        (190, 173, [REFUND]),
        (190, 172, [REFUND, PLAN]),
        (180, 172, []),
        (10, 9, [FALL, PLAN]),
        (1, 0, [FALL, REFUND, PLAN]),
        (0, 0, []),
        (0, 5, []),
        (300, 300, []),
        (300, 400, []),
        (None, 1, []),
        (500, None, []),
    ],
)
def test_when_to_warn_of_a_falling_headcount(before, now, keys):
    """Catalogue 4, 22S: a fall of a tenth or more, or a limit of 06A or 23A in sight, which is one more dismissed."""
    judged = came_to("22S", {"headcount_last_month": before, "headcount_this_month": now}, {})
    assert [caution.key for caution in judged.cautions if not caution.path] == keys


@pytest.mark.parametrize(
    ("now", "key", "told"),
    [
        (279, FALL, "用工人数较上月减少 31 人（10.00%），达到提示线 10%"),
        (289, REFUND, "减少的 21 人如均为裁员，稳岗返还难以保住：裁员率 6.77%，上限 5.5%；最多 17 人，超出 4 人"),
        (290, PLAN, "减少的 20 人如均为裁员，属于经济性裁员，应提前 30 日说明情况并备案"),
        (291, PLAN, "减少的 19 人如均为裁员，再裁 1 人即属于经济性裁员，应提前 30 日说明情况并备案"),
    ],
)
def test_what_is_said_of_a_falling_headcount(now, key, told):
    judged = came_to("22S", {"headcount_last_month": 310, "headcount_this_month": now}, {})
    assert next(caution.sentence.read() for caution in judged.cautions if caution.key == key) == told


def test_the_last_person_of_a_unit_is_the_whole_of_it():
    judged = came_to("22S", {"headcount_last_month": 1, "headcount_this_month": 0}, {})
    assert [caution.sentence.read() for caution in judged.cautions if caution.key == FALL] == [
        "用工人数较上月减少 1 人（100.00%），达到提示线 10%"
    ]


def test_nobody_missing_is_no_fall_wherever_the_line_is_drawn():
    judged = came_to("22S", {"headcount_last_month": 300, "headcount_this_month": 300}, {"headcount_fall_alert": "0"})
    assert FALL not in [caution.key for caution in judged.cautions]


def test_an_office_draws_the_line_where_it_wants():
    judged = came_to("22S", {"headcount_last_month": 400, "headcount_this_month": 380}, {"headcount_fall_alert": "5"})
    assert FALL in [caution.key for caution in judged.cautions]


OPTIONAL = {
    "02A": {"duty_days"}, "09C": {"kind"}, "12A": {"category"}, "12B": {"category"}, "14A": {"course"},
    "17A": {"tenant", "tenant_credit_code"}, "19A": {"venture", "registered_on"}, "23A": {"staff", "planned"},
    "01S": {"project", "due_on"}, "11S": {"destination", "contract_amount"}, "13S": {"plan"}, "20S": {"due_on"},
    "21S": {"measure"}, "22S": {"reason"}, "25S": {"posts", "placed"}, "26S": {"requests_taken"},
}


@pytest.mark.parametrize("programme", [p for _, p in programmes()], ids=lambda programme: programme.code)
def test_what_need_not_be_filled_in_is_what_decides_nothing(programme: Programme):
    """Catalogue 1.5: a fact that no check and no amount uses makes nothing incomplete."""
    rows = programme.roster.shape.fields if programme.roster else ()
    always = {field.key for field in (*APPLICANT_FIELDS[programme.applicant], *RECORD_FIELDS)} | {"name"}
    own = {field.key for field in (*programme.facts, *rows) if not field.required}
    assert own - always == OPTIONAL.get(programme.code, set())
