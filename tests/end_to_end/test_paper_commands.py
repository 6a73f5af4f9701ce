"""Paper from the command line: printing, what was printed before, verifying, and forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.end_to_end.test_command_line import Desk, hiring

FORM = 'title = "甲"\n[[block]]\nkind = "text"\ntext = "{applicant.name}"\n'


def received(desk: Desk) -> dict[str, Any]:
    entered: dict[str, Any] = desk.json("enter", "--json", given=hiring())
    assert desk("advance", entered["case"], "received") == 0
    return desk.json("show", entered["case"], "--json")  # type: ignore[no-any-return]


def test_what_goes_out_is_numbered_and_remembered(desk: Desk, tmp_path: Path) -> None:
    case = received(desk)["case"]
    path = str(tmp_path / "a.pdf")
    assert desk("print", case, "--form", "receipt", "--output", path, "--draft") == 0
    assert desk("prints", case) == 0
    assert "还没有印过" in desk.out
    assert desk("print", case, "--form", "receipt", "--output", path, "--account", "韩立") == 0
    assert desk("prints", case) == 0
    assert "收件-0001号" in desk.out
    assert "韩立" in desk.out


def test_papers_of_a_filter_are_printed_together_or_apart(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        received(desk)
    together = ("--form", "receipt", "--stage", "received", "--output")
    assert desk("print", *together, str(tmp_path / "a.pdf")) == 0
    assert "共 2 份文书" in desk.out
    assert desk("print", *together, str(tmp_path / "apart"), "--separate") == 0
    assert len(list((tmp_path / "apart").iterdir())) == 2
    assert "请写明" in desk.refused("print", "--form", "receipt", "--output", str(tmp_path / "b.pdf"))
    none = ("print", "--programme", "06A", "--form", "receipt", "--output", str(tmp_path / "b.pdf"))
    assert "没有选中" in desk.refused(*none)
    assert not (tmp_path / "b.pdf").exists()


def test_a_check_code_is_verified(desk: Desk) -> None:
    shown = received(desk)
    assert desk("verify", shown["head"][:12]) == 0
    assert shown["number"] in desk.out
    assert "这是最新版本" in desk.out
    assert desk("advance", shown["case"], "accepted") == 0
    assert desk("verify", shown["head"][:12]) == 0
    assert "没有变化" in desk.out
    assert "校验码" in desk.refused("verify", "000000000000")
    assert "12 位" in desk.refused("verify", "12345")


def test_forms_are_checked(desk: Desk, tmp_path: Path) -> None:
    own = desk.directory / "forms" / "approval-02B.toml"
    own.parent.mkdir()
    own.write_text(FORM, encoding="utf-8")
    assert desk("forms", "check") == 0
    assert "没有问题" in desk.out
    own.write_text(FORM.replace("applicant.name", "applicant.nickname") + "colour = 1\n", encoding="utf-8")
    for arguments in ((), (str(own),)):
        assert desk("forms", "check", *arguments) == 1
        assert "applicant.nickname" in desk.out
        assert "colour" in desk.out
    assert desk("forms", "check", str(tmp_path / "none.toml")) == 1


def test_an_offices_own_form_is_printed(desk: Desk, tmp_path: Path) -> None:
    case = received(desk)["case"]
    own = desk.directory / "forms" / "approval-02B.toml"
    own.parent.mkdir()
    own.write_text(FORM, encoding="utf-8")
    path = tmp_path / "a.xlsx"
    assert desk("print", case, "--form", "approval", "--output", str(path)) == 0
    assert load_workbook(path).active.cell(1, 1).value.strip() == "济南历泉机械制造有限公司"


def test_the_months_ledger_is_printed(desk: Desk, tmp_path: Path) -> None:
    given = json.dumps({"programme": "26S", "on": "2020-03-20", "facts": {}})
    desk.json("enter", "--json", given=given)
    assert desk("month-ledger", "2020-03", str(tmp_path / "a.pdf")) == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
