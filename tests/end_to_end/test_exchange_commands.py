"""Two offices on the command line: enrolment, passwords, receipts, corrections, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jinan_desk.cli.exchange import PASSWORD_VARIABLE
from tests.end_to_end.test_command_line import Desk, line


@pytest.fixture
def district(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    other = Desk(tmp_path / "district", capsys, monkeypatch)
    assert other("init", "--code", "370103", "--name", "市中区", "--prefix", "济市中人社受") == 0
    return other


def enrol(one: Desk, other: Desk, path: Path) -> None:
    assert one("enrol", "write", str(path)) == 0
    mark = one.out.rsplit("：", 1)[1].strip()
    assert other("enrol", "read", str(path), "--fingerprint", mark) == 0


def test_a_package_has_a_password_unless_a_reason_is_given(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `_password` and `Packages.export`."""
    path = tmp_path / "p.xlsx"
    assert desk("export", str(path)) == 0
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    monkeypatch.delenv(PASSWORD_VARIABLE)
    assert PASSWORD_VARIABLE in desk.refused("export", str(path))
    assert desk("export", str(path), "--no-password", "对方的电脑打不开") == 0
    assert "未设密码，原因：对方的电脑打不开" in desk.out
    notes = [cell.value for row in load_workbook(path)["封面"].iter_rows() for cell in row]
    assert "本数据包未设密码，原因：对方的电脑打不开" in notes


def test_a_wrong_password_changes_nothing(
    desk: Desk, district: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("enter", given=line("06A"))
    desk("export", str(tmp_path / "p.xlsx"))
    enrol(desk, district, tmp_path / "e.xlsx")
    monkeypatch.setenv(PASSWORD_VARIABLE, "另一个很长的密码")
    assert "密码不对" in district.refused("merge", str(tmp_path / "p.xlsx"))
    monkeypatch.delenv(PASSWORD_VARIABLE)
    assert PASSWORD_VARIABLE in district.refused("merge", str(tmp_path / "p.xlsx"))
    assert district("list") == 0
    assert district.out == ""


def test_a_short_password_is_refused(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "1234567")
    assert "8 到 255" in desk.refused("export", str(tmp_path / "p.xlsx"))
    assert not (tmp_path / "p.xlsx").exists()


def test_a_receipt_goes_back_and_the_next_export_is_shorter(desk: Desk, district: Desk, tmp_path: Path) -> None:
    enrol(desk, district, tmp_path / "one.xlsx")
    enrol(district, desk, tmp_path / "other.xlsx")
    desk("enter", given=line("06A"))
    desk("export", str(tmp_path / "p.xlsx"))
    assert "1 条记录" in desk.out
    assert district("merge", str(tmp_path / "p.xlsx")) == 0
    (receipt,) = tmp_path.glob("回执-370103-*.xlsx")
    desk("export", str(tmp_path / "again.xlsx"))
    assert "1 条记录" in desk.out
    assert desk("receipt", "read", str(receipt)) == 0
    assert "对方新增 1 条" in desk.out
    assert desk("receipt", "read", str(receipt)) == 0
    assert "此前已读入过" in desk.out
    desk("export", str(tmp_path / "next.xlsx"), "--to", "370103")
    assert "0 条记录" in desk.out
    assert district("receipt", "write", str(tmp_path / "more.xlsx")) == 0
    assert desk("receipt", "read", str(tmp_path / "more.xlsx")) == 0
    assert desk("gaps") == 0


def test_a_partner_is_listed_and_withdrawn(desk: Desk, district: Desk, tmp_path: Path) -> None:
    assert desk("enrol", "list") == 0
    assert "还没有登记" in desk.out
    assert district("enrol", "write", str(tmp_path / "e.xlsx")) == 0
    assert desk("enrol", "read", str(tmp_path / "e.xlsx")) == 0
    assert "请与其电话核对" in desk.out
    assert "对方自称层级：区县" in desk.out
    assert "不符" in desk.refused("enrol", "read", str(tmp_path / "e.xlsx"), "--fingerprint", "3F2A")
    enrol(district, desk, tmp_path / "e.xlsx")
    assert desk("enrol", "list") == 0
    assert desk.out.startswith("370103  市中区  区县")
    assert desk("enrol", "withdraw", "370103", "--reason", "机构撤并") == 0
    district("export", str(tmp_path / "p.xlsx"))
    assert "停用" in desk.refused("merge", str(tmp_path / "p.xlsx"))


def test_a_cell_changed_by_hand_is_taken_over_on_demand(desk: Desk, district: Desk, tmp_path: Path) -> None:
    enrol(desk, district, tmp_path / "e.xlsx")
    entered = desk.json("enter", "--json", given=line("06A"))
    path = tmp_path / "p.xlsx"
    desk("export", str(path), "--no-password", "测试")
    book = load_workbook(path)
    sheet = book["06A 稳岗返还"]
    column = next(cell.column_letter for cell in sheet[2] if cell.value.startswith("上年度裁员人数"))
    sheet[f"{column}3"].value = 1
    book.save(path)
    assert district("merge", str(path)) == 0
    assert f"{column}3 被改为“1”" in district.out
    assert district("correct", str(path)) == 0
    assert "可采纳为更正" in district.out
    assert "没有被改动" in district.refused("correct", str(path), "--cell", "06A 稳岗返还!A1")
    assert district("correct", str(path), "--cell", f"06A 稳岗返还!{column}3") == 0
    shown = district.json("show", entered["case"], "--json")
    assert shown["facts"]["dismissed"] == 1
    assert shown["history"][-1]["reason"].endswith(f"06A 稳岗返还!{column}3")
