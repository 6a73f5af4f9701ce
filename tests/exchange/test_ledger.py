"""The ledger is a table that people keep: exact amounts, text that stays text, nobody's whole ID number."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange.ledger import Line, write_ledger
from jinan_desk.exchange.reading import open_workbook
from jinan_desk.exchange.sheet import yuan


def line(**changes: object) -> Line:
    values = {
        "number": "济历下人社受〔2020〕06A-0001号", "programme": "06A", "applicant": "山东鲁泉食品有限公司",
        "identity": "91370104MA3015044M", "district": "370104", "on": "2020-06-10", "received_on": "2020-06-11",
        "due_on": "", "stage": "paid", "stage_since": "2020-07-01", "outcome": "eligible", "amount": 7920005,
        "handler": "苏敏",
    }
    return Line(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    write_ledger(
        tmp_path / "ledger.xlsx",
        [
            line(),
            line(programme="02B", stage="received", amount=100000, applicant="=1+1"),
            line(programme="02B", stage="rejected", outcome="ineligible", amount=0, applicant="@SUM(A1)"),
            line(programme="02B", stage="received", outcome="incomplete", amount=None),
            line(programme="02B", stage="withdrawn", amount=300000, identity="370112198803122118"),
        ],
        title="历下 台账",
    )
    return tmp_path / "ledger.xlsx"


def test_one_row_a_case(ledger: Path) -> None:
    sheet = load_workbook(ledger)["台账"]
    heads = [cell.value for cell in sheet[2]]
    first = dict(zip(heads, [cell.value for cell in sheet[3]], strict=True))
    assert sheet.max_row == 7
    assert first["事项"] == "06A 稳岗返还"
    assert first["区县"] == "槐荫区"
    assert first["环节"] == "拨付"
    assert first["认定结果"] == "符合"
    assert first["资金来源"] == "失业保险基金"
    assert first["办结期限"] is None
    assert first["收件日期"].date().isoformat() == "2020-06-11"


def test_amounts_are_numbers_to_the_fen(ledger: Path) -> None:
    sheet = load_workbook(ledger)["台账"]
    cells = [sheet.cell(row, 13) for row in range(3, 8)]
    assert [cell.value for cell in cells] == [79200.05, 1000, 0, None, 3000]
    assert {cell.number_format for cell in cells if cell.value is not None} == {"#,##0.00"}


def test_numbers_of_persons_are_masked(ledger: Path) -> None:
    texts = {cell for sheet in open_workbook(ledger).names for row in open_workbook(ledger).sheet(sheet).rows for cell in row}
    assert "370112**********18" in texts
    assert not any("370112198803122118" in str(text) for text in texts)


def test_text_that_looks_like_a_formula_is_text(ledger: Path) -> None:
    sheet = load_workbook(ledger)["台账"]
    for cell, text in ((sheet["D4"], "=1+1"), (sheet["D5"], "@SUM(A1)")):
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_totals_by_programme_and_fund(ledger: Path) -> None:
    rows = [[cell for cell in row if cell != ""] for row in open_workbook(ledger).sheet("汇总").rows]
    assert ["02B 一次性吸纳就业补贴", 4, 1, 1000, 0] in rows
    assert ["06A 稳岗返还", 1, 1, 79200.05, 79200.05] in rows
    assert ["就业补助资金", 4, 1, 1000, 0] in rows
    assert rows.count(["合计", 5, 2, 80200.05, 79200.05]) == 2


def test_it_prints_on_wide_pages_with_its_head(ledger: Path) -> None:
    sheet = load_workbook(ledger)["台账"]
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_case_of_a_programme_that_this_version_does_not_know_is_listed(tmp_path: Path) -> None:
    write_ledger(tmp_path / "a.xlsx", [line(programme="99Z", outcome="new", district="990000")], title="")
    assert load_workbook(tmp_path / "a.xlsx")["台账"]["C3"].value == "99Z"


@given(st.integers(0, 10**13))
def test_an_amount_is_never_rounded(fen: int) -> None:
    assert int(yuan(fen) * 100) == fen  # type: ignore[operator]
    assert format(float(yuan(fen)), ".2f") == f"{fen // 100}.{fen % 100:02}"  # type: ignore[arg-type]


def test_a_file_that_is_there_stays_until_the_new_one_is_whole(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ledger.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jinan_desk.file.os.fsync", fail)
    with pytest.raises(DeskError, match="写不进去"):
        write_ledger(ledger, [line()], title="")
    assert ledger.read_bytes() == before
    assert [path.name for path in ledger.parent.iterdir()] == ["ledger.xlsx"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match="写不进去"):
        write_ledger(tmp_path / "file" / "ledger.xlsx", [line()], title="")
