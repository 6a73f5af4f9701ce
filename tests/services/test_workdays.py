"""A new year's holidays are imported, checked first, and count at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange.workdays import ArrangementError
from jinan_desk.resources import workday_calendar
from jinan_desk.services.demo import Clock
from jinan_desk.services.workdays import Workdays, office_calendar
from jinan_desk.store import Store

HEADS = ["开始日期", "结束日期", "安排", "名称"]
NEW_YEAR = [
    [date(2027, 1, 1), date(2027, 1, 3), "放假", "元旦"],
    ["2027年2月5日", "2027-2-11", "放假", "春节"],
    ["2027/2/13", "", "上班", ""],
]


@pytest.fixture
def workdays(store: Store, clock: Clock) -> Workdays:
    return Workdays(store, workday_calendar(), account="苏敏", now=clock.now)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def save(rows: list[list[object]], heads: list[str] = HEADS) -> Path:
        book = Workbook()
        book.active.append(["2027年部分节假日安排"])
        book.active.append(heads)
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "安排.xlsx")
        return tmp_path / "安排.xlsx"

    return save


def wrong(workdays: Workdays, path: Path) -> list[str]:
    with pytest.raises(ArrangementError) as caught:
        workdays.inspect(path)
    return [sentence.read() for sentence in caught.value.wrong]


def test_a_new_year_counts_as_soon_as_it_is_imported(
    workdays: Workdays, store: Store, write: Callable[..., Path]
) -> None:
    assert "尚未导入" in workdays.year(2027).sentence().read()
    plan = workdays.inspect(write(NEW_YEAR))
    assert [sentence.read() for sentence in plan.sentences()] == [
        "2027-01-01 至 2027-01-03　放假　元旦", "2027-02-05 至 2027-02-11　放假　春节", "2027-02-13　上班　",
    ]
    assert workdays.imports() == []
    workdays.take(plan, "国办发明电〔2026〕7号")
    calendar = office_calendar(store, workday_calendar())
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 2, 13))
    assert calendar.plus(date(2027, 2, 4), 1) == date(2027, 2, 12)
    assert "周末以外放假 6 天；调休上班 2-13" in workdays.year(2027).sentence().read()
    assert workdays.imports()[0].sentence().read() == "国办发明电〔2026〕7号：放假 10 天，上班 1 天（苏敏）"


def test_a_later_import_says_otherwise_of_its_days_and_of_no_others(
    workdays: Workdays, write: Callable[..., Path]
) -> None:
    workdays.take(workdays.inspect(write(NEW_YEAR)), "国办发明电〔2026〕7号")
    workdays.take(workdays.inspect(write([["2027-02-11", "", "上班", ""], ["2027-02-13", "", "放假", ""]])), "更正")
    calendar = workdays.calendar()
    assert calendar.is_workday(date(2027, 2, 11))
    assert not calendar.is_workday(date(2027, 2, 13))
    assert not calendar.is_workday(date(2027, 2, 10))
    assert not calendar.is_workday(date(2020, 1, 24))


def test_every_place_that_is_wrong_is_named_with_what_is_allowed(
    workdays: Workdays, write: Callable[..., Path]
) -> None:
    rows = [
        ["2027-02-30", "", "放假", ""], ["2027-01-03", "2027-01-01", "放假", ""], ["2027-01-01", "2028-01-03", "放假", ""],
        ["2027-05-01", "", "也许", ""], ["", "", "放假", ""],
    ]
    told = wrong(workdays, write(rows))
    assert [line[: line.index("：")] for line in told] == [
        "第 3 行 A 列", "第 4 行 B 列", "第 5 行 B 列", "第 6 行 C 列", "第 7 行 A 列",
    ]
    assert "放假”或“上班" in told[3]


def test_days_that_cannot_both_be_right_are_refused(workdays: Workdays, write: Callable[..., Path]) -> None:
    told = wrong(workdays, write([["2027-01-04", "", "上班", ""], ["2027-01-09", "", "上班", ""], ["2027-01-09", "", "放假", ""]]))
    assert told == ["第 3 行：2027-01-04 本来就是工作日，请核对日期", "第 5 行：2027-01-09 在前面的行里是另一种安排"]


def test_a_text_file_with_one_day_a_row_will_do(workdays: Workdays, tmp_path: Path) -> None:
    path = tmp_path / "安排.csv"
    path.write_text("日期,安排\n2027-10-01,休\n2027-10-09,班\n", encoding="gb18030")
    assert workdays.inspect(path).worked == {date(2027, 10, 1): False, date(2027, 10, 9): True}


def test_heads_and_words_may_be_english(workdays: Workdays, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("First day,Last day,Arrangement\n2027-10-01,2027-10-02,Off\n2027-10-09,,worked\n", encoding="utf-8")
    assert list(workdays.inspect(path).worked.values()) == [False, False, True]


@pytest.mark.parametrize("content", ["姓名,身份证号\n王磊,1\n", "日期,安排\n"])
def test_another_file_is_refused_in_a_sentence(workdays: Workdays, tmp_path: Path, content: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeskError):
        workdays.inspect(path)


def test_nothing_is_imported_without_saying_where_it_comes_from(
    workdays: Workdays, write: Callable[..., Path]
) -> None:
    plan = workdays.inspect(write(NEW_YEAR))
    with pytest.raises(DeskError, match="依据"):
        workdays.take(plan, "  ")
    assert workdays.imports() == []
