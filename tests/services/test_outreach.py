"""A list of units or people comes back with what each programme is to each of them; nothing of it is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jinan_desk.core.dated import SHIPPED
from jinan_desk.core.text import chinese
from jinan_desk.errors import DeskError
from jinan_desk.exchange import subjects
from jinan_desk.services import outreach
from jinan_desk.services.matching import Verdict, open_to
from jinan_desk.services.outreach import CancelledError, Report, match_workbook

ON = date(2020, 6, 10)
UNITS = len(open_to(outreach.APPLICANTS[0]))
PEOPLE = len(open_to(outreach.APPLICANTS[1]))
HEADS = ("单位名称", "统一社会信用代码", "上年末参保职工人数（人）", "dismissed", "上年度实际缴纳失业保险费", "上年度足额缴费", "严重违法失信或僵尸企业", "有举报投诉", "企业类别*")
GOOD = ("山东鲁泉食品有限公司", "91370104MA3015044M", 286, 9, "158,400.00", "是", "否", "否", "一般参保企业")


def save(path: Path, *rows: Any, **more: Any) -> Path:
    book = Workbook()
    book.active.title = "名单"
    for row in rows:
        book.active.append(row)
    for name, others in more.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    for cell in (cell for row in book.worksheets[0] for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # typed as text
    book.save(path)
    return path


class Matched:
    """What came of a list, by programme."""

    def __init__(self, report: Report, path: Path) -> None:
        self.report = report
        self.book = load_workbook(path)
        self.said = "\n".join(sentence.read() for sentence in report.sentences())

    def rows(self, code: str = "") -> list[tuple[Any, ...]]:
        sheet = self.book["结果"].iter_rows(min_row=2, values_only=True)
        return [row for row in sheet if row[4].startswith(code)]

    def problems(self) -> list[tuple[Any, ...]]:
        return list(self.book["未采用的内容"].iter_rows(min_row=2, values_only=True))


def matched(tmp_path: Path, *rows: Any, **more: Any) -> Matched:
    source = save(tmp_path / "list.xlsx", *rows, **more)
    report = match_workbook(source, tmp_path / "out.xlsx", on=ON, parameters=SHIPPED)
    return Matched(report, tmp_path / "out.xlsx")


def test_columns_are_known_by_label_or_key(tmp_path: Path) -> None:
    (row,) = matched(tmp_path, HEADS, GOOD).rows("06A")
    assert row == ("名单", 2, GOOD[0], GOOD[1], "06A 稳岗返还", "符合", 79200, None, None)


def test_there_is_one_row_for_each_unit_and_programme(tmp_path: Path) -> None:
    done = matched(tmp_path, HEADS, GOOD, GOOD)
    assert len(done.rows()) == 2 * UNITS
    assert done.report.subjects == 2


def test_what_is_unknown_stays_unknown_and_is_named(tmp_path: Path) -> None:
    (row,) = matched(tmp_path, HEADS, (*GOOD[:5], None, *GOOD[6:])).rows("06A")
    assert row[5:] == ("可能符合", None, None, "上年度足额缴费")


def test_every_reason_of_an_exclusion_stands_in_words(tmp_path: Path) -> None:
    (row,) = matched(tmp_path, HEADS, (*GOOD[:3], 100, GOOD[4], "否", *GOOD[6:])).rows("06A")
    assert row[5:7] == ("不符合", None)
    assert "超出" in row[7]
    assert "上年度有未缴纳失业保险费的月份" in row[7]


def test_a_column_that_nobody_asks_for_is_named(tmp_path: Path) -> None:
    done = matched(tmp_path, (*HEADS, "邮编"), (*GOOD, "250001"))
    assert "J 列“邮编”" in done.said
    assert done.problems() == [("名单", 1, "J", "邮编", "没有事项需要此列，未使用")]


def test_a_second_column_of_the_same_fact_is_named(tmp_path: Path) -> None:
    done = matched(tmp_path, (*HEADS, "discredited"), (*GOOD, "是"))
    assert done.problems() == [("名单", 1, "J", "discredited", "与前面的列重复，未使用")]
    assert done.rows("06A")[0][5] == "符合"


def test_a_sheet_without_a_head_is_named(tmp_path: Path) -> None:
    assert "工作表“说明”" in matched(tmp_path, HEADS, GOOD, 说明=[["随便写的"]]).said


def test_a_bad_cell_is_unknown_and_named_with_its_place_and_what_is_allowed(tmp_path: Path) -> None:
    done = matched(tmp_path, HEADS, GOOD, (*GOOD[:4], "很多", *GOOD[5:]))
    assert done.problems()[0][:4] == ("名单", 3, "E", "上年度实际缴纳失业保险费")
    assert "以元为单位" in done.problems()[0][4]
    assert done.rows("06A")[1][5:] == ("可能符合", None, None, "上年度实际缴纳失业保险费")
    assert done.report.bad_count == 1


def test_two_cells_that_contradict_each_other_are_named_once(tmp_path: Path) -> None:
    heads = ("单位名称", "统一社会信用代码", "月缴费基数", "起始月份", "截止月份")
    done = matched(tmp_path, heads, (*GOOD[:2], "1000", "2020-05", "2020-03"))
    assert [row[:4] for row in done.problems()] == [("名单", 2, "E", "截止月份")]


def test_too_many_bad_cells_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outreach, "BAD_LIMIT", 2)
    done = matched(tmp_path, HEADS, *[(*GOOD[:2], "?", *GOOD[3:])] * 5)
    assert done.problems()[-1][4] == "另有 3 处未列出"
    assert len(done.problems()) == 3


def test_a_label_means_what_is_asked_for_in_these_words(tmp_path: Path) -> None:
    heads = ("姓名", "身份证号", "已办理灵活就业登记")
    done = matched(tmp_path, heads, ("陈晓", "370102199001011234", "否"))
    assert done.rows("10B")[0][5] == "不符合"
    assert done.rows("24A")[0][5] == "可能符合"


def test_units_and_people_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    heads = ("单位名称", "统一社会信用代码", "身份证号")
    unit, person = ("甲厂", GOOD[1], None), ("乙", None, "370102199001011234")
    rows = matched(tmp_path, heads, unit, person).rows()
    assert len([row for row in rows if row[1] == 2]) == UNITS
    assert [row[3] for row in rows if row[1] == 3] == ["370102199001011234"] * PEOPLE


def test_who_is_not_known_to_be_a_unit_or_a_person_is_matched_as_both(tmp_path: Path) -> None:
    assert len(matched(tmp_path, ("区县", "企业规模"), ("历下区", "小型")).rows()) == UNITS + PEOPLE


def test_texts_that_begin_like_formulas_stay_texts(tmp_path: Path) -> None:
    done = matched(tmp_path, (*HEADS, "=1+1"), ("=CMD()", *GOOD[1:], "x"))
    cell = done.book["结果"]["C2"]
    assert (cell.value, cell.data_type) == ("=CMD()", "s")


def test_the_summary_counts_what_the_rows_say(tmp_path: Path) -> None:
    done = matched(tmp_path, HEADS, GOOD, (*GOOD[:7], "是", GOOD[8]), (*GOOD[:8], None))
    (row,) = [row for row in done.book["汇总"].iter_rows(values_only=True) if (row[0] or "").startswith("06A")]
    assert row == ("06A 稳岗返还", 1, 79200, 1, 1)
    assert done.report.counts["06A", Verdict.HOLDS] == 1


def test_blank_rows_and_rows_of_totals_are_nobody(tmp_path: Path) -> None:
    done = matched(tmp_path, ("某区名单",), HEADS, GOOD, (None,) * 9, ("合计", None, 286))
    assert done.report.subjects == 1
    assert done.rows()[0][1] == 3


def test_a_number_that_lost_its_digits_is_refused_and_not_repaired(tmp_path: Path) -> None:
    done = matched(tmp_path, ("姓名", "身份证号"), ("陈晓", 370102199001011234))
    assert "后几位已丢失" in done.problems()[0][4]
    assert done.rows()[0][3] is None


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    source = save(tmp_path / "list.xlsx", HEADS, *[GOOD] * 450)
    told: list[tuple[int, int]] = []
    match_workbook(source, tmp_path / "o.xlsx", on=ON, parameters=SHIPPED, progress=lambda *at: told.append(at))
    assert told == [(0, 450), (200, 450), (400, 450), (450, 450)]


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    source = save(tmp_path / "list.xlsx", HEADS, *[GOOD] * 9)
    asked: Iterator[bool] = iter([False] * 5 + [True])
    with pytest.raises(CancelledError):
        match_workbook(source, tmp_path / "o.xlsx", on=ON, parameters=SHIPPED, cancelled=lambda: next(asked))
    assert list(tmp_path.iterdir()) == [source]


def test_a_list_without_heads_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refused:
        matched(tmp_path, ("甲", "乙"), ("丙", "丁"))
    assert "表头" in refused.value.read(chinese)
    assert not (tmp_path / "out.xlsx").exists()


def test_too_long_a_list_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "SUBJECTS_LIMIT", 2)
    with pytest.raises(DeskError) as refused:
        matched(tmp_path, HEADS, GOOD, GOOD, GOOD)
    assert "超过 2 行" in refused.value.read()


def test_the_list_itself_is_never_overwritten(tmp_path: Path) -> None:
    source = save(tmp_path / "list.xlsx", HEADS, GOOD)
    before = source.read_bytes()
    with pytest.raises(DeskError):
        match_workbook(source, source, on=ON, parameters=SHIPPED)
    assert source.read_bytes() == before
