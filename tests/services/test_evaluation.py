"""Lines of JSON: each is answered or says what is wrong with it, and the others go on."""

from __future__ import annotations

import json

import pytest

from jinan_desk.i18n import translator
from jinan_desk.paths import translations_directory
from jinan_desk.services.evaluation import describe, evaluate, evaluate_lines

GRANT = {
    "id": 7, "programme": "24C", "on": "2020-06-01",
    "facts": {"unemployed": True, "in_hardship": True, "paid_before": False},
    "parameters": {"temporary_grant": "1000.00"},
}
HIRING = {"id": 8, "programme": "02B", "on": "2020-03-20", "facts": {"roster": [{"insured": True}, {}]}}


def ask(question: object) -> dict:
    return evaluate(question if isinstance(question, bytes) else json.dumps(question).encode())


def wrong(question: object) -> set[str]:
    return set(ask(question)["error"]["fields"])


@pytest.mark.parametrize("line", [b"{", b"nothing", b"\xff\xfe", b'{"id": NaN}', b"{} {}", b"[[[" * 9999])
def test_what_is_no_json_has_no_id(line):
    answer = ask(line)
    assert answer["id"] is None
    assert answer["error"]["fields"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (b'{"id": 1.5e400}', "1.5e400"),
        (b'{"id": [[-1e999]]}', "-1e999"),
        (b'{"id": -Infinity}', "-Infinity"),
        (b'{"id": 1, "facts": {"unemployed": NaN}}', "NaN"),
        (b'{"id": "\\ud800"}', "残缺"),
        (b'{"id": 1, "\\udfff": 2}', "残缺"),
        (b'{"id": 1, "id": 2}', "“id”写了不止一次"),
        (b'{"id": 1, "facts": {"unemployed": true, "unemployed": false}}', "“unemployed”写了不止一次"),
        (b'{"id": ' + b"1" * 5000 + b"}", "不是有效的 JSON"),
    ],
)
def test_numbers_without_end_halves_of_characters_and_keys_written_twice_are_refused_and_not_repeated(asked, why):
    """Guards: `_finite`, `_once` and the look for halves of characters in `read_question`."""
    answer = ask(asked)
    assert answer["id"] is None
    assert why in answer["error"]["fields"]["line"]
    assert "nfinity" not in json.dumps({**answer, "error": None})


def test_a_whole_emoji_written_as_two_halves_is_one_character():
    assert ask(json.dumps({**GRANT, "id": "\U0001f600"}).encode())["id"] == "\U0001f600"


@pytest.mark.parametrize("line", [b"[]", b"1", b'"24C"', b"null", b"true"])
def test_what_is_no_object_has_no_id(line):
    assert ask(line)["id"] is None


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"on": None}, {"on"}),
        ({"on": "2020-02-30"}, {"on"}),
        ({"on": "2020-6-1"}, {"on"}),
        ({"on": 20200601}, {"on"}),
        ({"programme": "99Z"}, {"programme"}),
        ({"programme": None}, {"programme"}),
        ({"programme": ["24C"]}, {"programme"}),
        ({"facts": []}, {"facts"}),
        ({"facts": {"hardship": True}}, {"hardship"}),
        ({"facts": {"roster": []}}, {"roster"}),
        ({"facts": {"unemployed": 1, "in_hardship": "true", "id_number": "1"}}, {"unemployed", "in_hardship", "id_number"}),
        ({"parameters": []}, {"parameters"}),
        ({"parameters": {"no_such": "1"}}, {"parameter:no_such"}),
        ({"parameters": {"temporary_grant": 1000}}, {"parameter:temporary_grant"}),
        ({"parameters": {"flexible_share": "two thirds", "minimum_wage": "-1"}},
         {"parameter:flexible_share", "parameter:minimum_wage"}),
        ({"parameters": {"competition_subsidy": "1.00"}}, {"parameter:competition_subsidy"}),
        ({"parameters": {"competition_subsidy": {"third": "1.00"}}}, {"parameter:competition_subsidy"}),
        ({"parameters": {"benefit_long_term": 1201}}, {"parameter:benefit_long_term"}),
        ({"on": "x", "facts": {"unemployed": 0}, "parameters": {"x": 1}}, {"on", "unemployed", "parameter:x"}),
    ],
)
def test_every_wrong_field_is_named(change, fields):
    assert wrong({**GRANT, **change}) == fields
    assert ask({**GRANT, **change})["id"] == 7


@pytest.mark.parametrize(
    ("programme", "facts", "fields"),
    [
        ("02A", {"roster": [{"duty_from": "2020-02-03", "duty_to": "2020-02-02"}]}, {"roster[0].duty_to"}),
        ("06A", {"year_end_headcount": 0}, {"year_end_headcount"}),
        ("07A", {"injury_rate_before": "0.4", "injury_rate_after": "0.5"}, {"injury_rate_before"}),
        ("07B", {"from_month": "2020-04", "to_month": "2020-03"}, {"to_month"}),
        ("09A", {"employees": "0"}, {"employees"}),
        ("09B", {"months": 0}, {"months"}),
        ("10A", {"roster": [{"contract_start": "2020-03-02", "contract_end": "2020-03-01"}]}, {"roster[0].contract_end"}),
        ("10D", {"roster": [{"started_on": "2020-03-02", "ended_on": "2020-03-01"}]}, {"roster[0].ended_on"}),
        ("12C", {"roster": [{"months": 0}]}, {"roster[0].months"}),
        ("14A", {"roster": [{"id_number": "370112198803122118"}]}, {"roster[0].id_number"}),
        ("14B", {"roster": [{"hours": 0}]}, {"roster[0].hours"}),
        ("17A", {"roster": [{"months": 0}]}, {"roster[0].months"}),
        ("18A", {"staff": 5, "new_hires": 6}, {"staff"}),
        ("18A", {"staff": 0}, {"staff"}),
        ("23A", {"staff": 5, "planned": 6}, {"staff"}),
        ("23A", {"planned": 0}, {"planned"}),
        ("24B", {"id_number": "370102196202297351"}, {"id_number"}),
        ("01S", {"vacancies_wanted": 5, "vacancies_filled": 6}, {"vacancies_wanted"}),
        ("04S", {"people": 5, "health_checks_done": 6}, {"people"}),
        ("13S", {"people": 5, "placed": 6}, {"people"}),
    ],
)
def test_bounds_and_relations_belong_to_the_types(programme, facts, fields):
    assert wrong({"id": 1, "programme": programme, "on": "2020-06-01", "facts": facts}) == fields


@pytest.mark.parametrize("parameters", [None, {}, {"temporary_grant": "1000.00"}, {"minimum_wage": "2000.00"}, {"public_post_rate": None}])
def test_parameters_that_a_programme_does_not_read_are_no_error(parameters):
    assert "outcome" in ask({**GRANT, "parameters": parameters})


def test_an_override_holds_for_its_line_alone():
    answers = list(evaluate_lines(json.dumps(line).encode() for line in (GRANT, {**GRANT, "parameters": None})))
    assert [(answer["outcome"], answer["amount"]) for answer in answers] == [("eligible", "1000.00"), ("incomplete", None)]


def test_an_answer_has_everything_that_was_agreed():
    answer = ask(HIRING)
    assert answer["id"] == 8
    assert answer["outcome"] == "incomplete"
    assert len(answer["rows"]) == 2
    assert "roster[1].insured" in answer["missing"]
    for row in answer["rows"]:
        assert row.keys() >= {"outcome", "amount", "checks", "missing", "warnings"}
    for check in answer["rows"][0]["checks"]:
        assert check["result"] in {"pass", "fail", "unknown"}
        assert check["reason"]
        assert check["article"] == 2
    assert [step["label"] for step in answer["steps"]]


def test_a_check_says_by_how_much_and_a_step_in_what_unit_and_by_what_words():
    row = {"id_number": "370112198803122118", "hired_on": "2020-02-08"}
    answer = ask({**HIRING, "facts": {"roster": [row]}})
    reasons = {check["key"]: check["reason"] for check in answer["rows"][0]["checks"]}
    assert reasons["hired_in_window"] == "入职日期 2020年2月8日，比起始日 2020年2月10日 早 2 天"
    assert reasons["insured"] == "尚缺资料，无法判断"
    granted = ask(GRANT)
    assert "rows" not in granted
    assert granted["steps"][-1] == {
        "label": "应发金额", "value": "1,000.00", "unit": "元", "basis": "一次性临时生活补助标准",
    }
    drawn = ask({"id": 9, "programme": "24A", "on": "2020-03-10", "facts": {
        "district": "370104", "paid_months": 12, "involuntary": True, "registered": True, "from_month": "2020-02"}})
    (paid,) = [step for step in drawn["steps"] if step["label"] == "累计缴费月数"]
    assert (paid["unit"], paid["basis"]) == ("个月", "")


def test_what_has_no_unit_and_rests_on_nothing_says_so_in_english_too():
    """Guards: an empty text has no translation of its own."""
    question = {"id": 9, "programme": "07A", "on": "2021-01-08", "facts": {
        "wage_base": "100.00", "injury_rate_before": "0.9", "injury_rate_after": "0.45", "from_month": "2020-05",
        "to_month": "2020-12"}}
    answer = evaluate(json.dumps(question).encode(), translator("en", translations_directory()))
    bare = [step for step in answer["steps"] if step["value"] in ("0.9%", "0.45%")]
    assert [(step["unit"], step["basis"]) for step in bare] == [("", ""), ("", "")]


def test_a_warning_is_told_with_its_numbers():
    facts = {"headcount_last_month": 310, "headcount_this_month": 279}
    answer = ask({"id": 9, "programme": "22S", "on": "2020-04-03", "facts": facts})
    assert answer["outcome"] == "eligible"
    assert answer["amount"] is None
    told = {warning["key"]: warning["message"] for warning in answer["warnings"]}
    assert told["headcount_fall"] == "用工人数较上月减少 31 人（10.00%），达到提示线 10%"


def test_warnings_decide_nothing():
    answer = ask({**GRANT, "facts": {**GRANT["facts"], "id_number": "370113196902148221"}})
    assert answer["outcome"] == "eligible"
    assert [warning["key"] for warning in answer["warnings"]] == ["id_check_digit"]


def test_full_width_signs_and_blanks_make_no_other_day_or_programme():
    asked = {**GRANT, "on": " ２０２０-" + GRANT["on"][5:] + " ", "programme": "２４Ｃ "}
    assert ask(asked) == ask(GRANT)


def test_of_an_unknown_programme_everything_else_is_named_too():
    answer = ask({**GRANT, "programme": "24D", "on": "2020-02-30", "parameters": {"temporary_grant": 1000}})
    assert answer["error"]["fields"].keys() == {"programme", "on", "parameter:temporary_grant"}


def test_each_line_is_answered_in_its_place():
    lines = [json.dumps(GRANT).encode(), b"{", json.dumps(HIRING).encode()]
    assert [answer["id"] for answer in evaluate_lines(lines)] == [7, None, 8]


@pytest.mark.parametrize("line", [b"\xef\xbb\xbf\r\n", b"\xef\xbb\xbf  ", b" \t\r\n"])
def test_a_line_without_a_word_is_passed_over(line):
    assert [answer["id"] for answer in evaluate_lines([line, json.dumps(GRANT).encode()])] == [7]


def test_the_schema_names_every_field_and_value():
    programmes = {p["code"]: p for article in describe() for p in article["programmes"]}
    assert len(programmes) >= 29
    wage = next(p for p in programmes["24A"]["parameters"] if p["key"] == "minimum_wage")
    assert wage["values"][0]["value"] == {"1": "1910.00", "2": "1730.00"}
    assert {"key", "type", "label", "unit", "required", "help"} <= programmes["24A"]["fields"][0].keys()
