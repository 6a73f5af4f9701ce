"""A workbook comes back with its bad cells coloured and named, whatever kind of file it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from jinan_desk.exchange import marking
from jinan_desk.exchange.marking import write_marked
from jinan_desk.exchange.roster import REASONS, read_roster
from jinan_desk.measures import find

HIRING = find("02B")[1]  # type: ignore[index]
HEADS = ["姓名", "身份证号", "入职日期", "备注"]
GOOD = ["李文博", "370112198803122118", "2020-02-15", "=1+1"]
BAD = ["王五", "123", "2020-02-30", "住校"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row in (["新吸纳就业人员"], HEADS, GOOD, BAD):
        sheet.append(row)
    sheet["A1"].font = Font(size=20)
    book.create_sheet("另一张").append(["不要动"])
    book.save(tmp_path / "名单.xlsx")
    return tmp_path / "名单.xlsx"


def coloured(path: Path) -> list[str]:
    sheet = load_workbook(path).worksheets[0]
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == marking._MARK]


def reasons(path: Path) -> list[str | None]:
    return [cell.value for cell in load_workbook(path).worksheets[0]["E"]]


def test_a_workbook_comes_back_in_its_own_dress(source: Path, tmp_path: Path) -> None:
    write_marked(source, tmp_path / "out.xlsx", read_roster(source, HIRING))
    assert coloured(tmp_path / "out.xlsx") == ["E2", "B4", "C4", "E4"]
    told = reasons(tmp_path / "out.xlsx")
    assert told[:3] == [None, REASONS, None]
    assert told[3].startswith("B 列“身份证号”：应为 18 位")  # type: ignore[union-attr]
    assert "C 列“入职日期”：不是有效日期：2020-02-30" in told[3]  # type: ignore[operator]
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.worksheets[0]["A1"].font.size == 20
    assert book.worksheets[1]["A1"].value == "不要动"


def test_a_mark_goes_when_its_cell_is_right(source: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    write_marked(source, once, read_roster(source, HIRING))
    book = load_workbook(once)
    book.worksheets[0]["B4"] = "370112198803122134"
    book.save(once)
    roster = read_roster(once, HIRING)
    assert roster.unknown == ("备注",)
    write_marked(once, twice, roster)
    assert coloured(twice) == ["E2", "C4", "E4"]
    assert "身份证号" not in reasons(twice)[3]  # type: ignore[operator]
    book = load_workbook(twice)
    book.worksheets[0]["C4"] = "2020-02-28"
    book.save(twice)
    write_marked(twice, tmp_path / "right.xlsx", read_roster(twice, HIRING))
    assert coloured(tmp_path / "right.xlsx") == ["E2"]
    assert reasons(tmp_path / "right.xlsx") == [None, REASONS, None, None]


@pytest.mark.parametrize("kind", ["large", "unreadable"])
def test_only_the_cells_come_back_where_the_dress_cannot(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    if kind == "large":
        monkeypatch.setattr(marking, "_DRESSED_LIMIT", 10)
    else:
        monkeypatch.setattr(marking, "load_workbook", lambda path: 1 / 0)
    write_marked(source, tmp_path / "out.xlsx", read_roster(source, HIRING))
    monkeypatch.undo()
    assert coloured(tmp_path / "out.xlsx") == ["E2", "B4", "C4", "E4"]
    sheet = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[3]][:3] == GOOD[:3]
    assert sheet.title == "名单"


def test_a_text_file_comes_back_as_a_workbook_without_formulas(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(",".join(row) for row in (HEADS, GOOD, BAD)), encoding="gb18030")
    write_marked(path, tmp_path / "out.xlsx", read_roster(path, HIRING))
    assert coloured(tmp_path / "out.xlsx") == ["E1", "B3", "C3", "E3"]
    cell = load_workbook(tmp_path / "out.xlsx").worksheets[0]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_reasons_stand_behind_a_head_of_two_rows(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["姓名", "合同", None, "身份证号"], [None, "起始日", "截止日", None], ["王五", None, "2020-13-01", None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    write_marked(tmp_path / "a.xlsx", tmp_path / "out.xlsx", read_roster(tmp_path / "a.xlsx", HIRING))
    assert coloured(tmp_path / "out.xlsx") == ["E2", "C3", "E3"]


def test_a_large_workbook_comes_back_as_its_cells_alone(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `_DRESSED_LIMIT`: writing it again in its own dress would take minutes and gigabytes."""
    monkeypatch.setattr(marking, "_DRESSED_LIMIT", 10)
    write_marked(source, tmp_path / "marked.xlsx", read_roster(source, HIRING))
    assert load_workbook(tmp_path / "marked.xlsx").sheetnames == ["名单"]


def test_what_is_wrong_is_told_as_text_even_where_it_looks_like_a_formula(source: Path, tmp_path: Path) -> None:
    """Guard: the kind of cell in `_dress`."""
    write_marked(source, tmp_path / "marked.xlsx", read_roster(source, HIRING), lambda text: f"=1+1 {text}")
    told = [cell for row in load_workbook(tmp_path / "marked.xlsx").worksheets[0].iter_rows() for cell in row
            if str(cell.value).startswith("=1+1 ")]  # fmt: skip
    assert told
    assert all(cell.data_type != "f" for cell in told)


@pytest.mark.parametrize("merged", ["D4:F6", "E1:F3", "E3:E9", "A4:H4", "E1:H2", "D4:F6 E5:G7", "E3:F4 E3:E9 A4:H4"])
def test_reasons_stand_in_their_column_where_cells_are_merged_there(source: Path, tmp_path: Path, merged: str) -> None:
    """Guard: the merged cells that `_mark` parts: below a title or beside notes, and some lie across each other."""
    book = load_workbook(source)
    for cells in merged.split():
        book.worksheets[0].merge_cells(cells)
    book.save(source)
    roster = read_roster(source, HIRING)
    write_marked(source, tmp_path / "marked.xlsx", roster)
    assert REASONS in reasons(tmp_path / "marked.xlsx")
    assert read_roster(tmp_path / "marked.xlsx", HIRING).bad == roster.bad
