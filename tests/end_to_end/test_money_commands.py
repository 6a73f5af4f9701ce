"""Values and budgets on the command line: what is in force at once, what waits for another, what is left."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.end_to_end.test_command_line import Desk, line

KEY = "average_unemployment_benefit"
WHERE = ("--since", "2019-12-01", "--source", "济人社通知")


def test_a_value_entered_on_the_command_line_holds_at_once_and_is_on_record_as_one_persons(desk: Desk) -> None:
    assert desk("parameter", KEY, "1503.40", *WHERE) == 0
    assert desk("proposals") == 0
    assert "已确认" in desk.out
    assert "一人录入" in desk.out


def test_a_proposed_value_holds_once_another_person_confirms_it(desk: Desk, tmp_path: Path) -> None:
    assert desk.json("enter", "--json", given=line("06B"))["outcome"] == "incomplete"
    assert desk("parameter", KEY, "1503.40", *WHERE, "--propose", "--account", "苏敏") == 0
    assert desk.out.startswith("1  待确认")
    output = tmp_path / "清单.xlsx"
    assert desk("proposals", "--effect", "1", "--output", str(output)) == 0
    assert "未决办件 1 件：原 0.00 元，新 793,795.20 元，相差 +793,795.20 元" in desk.out
    assert load_workbook(output).active.max_row == 4
    assert "须由另一人确认" in desk.refused("proposals", "--confirm", "1", "--account", "苏敏")
    assert desk("proposals", "--confirm", "1", "--account", "秦岚") == 0
    assert "确认：秦岚" in desk.out
    assert desk.json("enter", "--json", given=line("06B"))["amount"] == "793795.20"
    assert "不能再办理" in desk.refused("proposals", "--withdraw", "1", "--reason", "迟了")
    assert "没有编号为 9" in desk.refused("proposals", "--confirm", "9")


def test_a_fund_is_kept_by_year(desk: Desk, tmp_path: Path) -> None:
    given = ("funds", "--year", "2020", "--fund", "失业", "--source", "济财社〔2020〕3号")
    assert desk(*given, "--budget", "100,000") == 0
    assert "失业保险基金  2020 年  预算 100,000.00" in desk.out
    assert desk(*given, "--cut", "20000", "--entries") == 0
    assert [entry.split("  ")[3] for entry in desk.out.splitlines()] == ["下达预算", "调减预算"]
    assert "超过了已下达的预算" in desk.refused(*given, "--cut", "80000.01")
    assert "没有资金" in desk.refused("funds", "--budget", "1", "--fund", "菜篮子", "--source", "x")
    output = tmp_path / "资金.xlsx"
    assert desk("funds", "--year", "2020", "--output", str(output)) == 0
    assert load_workbook(output).sheetnames == ["资金台账", "预算和追回记录"]
