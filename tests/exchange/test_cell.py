"""What people type and workbooks hold becomes the exact shape, or a sentence; damaged numbers are never repaired."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinan_desk.core.contact import AccountNumber, PhoneNumber
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.kind import (
    CalendarMonth,
    Choice,
    Count,
    CreditCode,
    Day,
    DistrictCode,
    Flag,
    IdNumber,
    Invalid,
    Kind,
    Money,
    Number,
    Rate,
    Text,
)
from jinan_desk.core.text import chinese
from jinan_desk.exchange.cell import to_json
from jinan_desk.measures import programmes

WORK = Choice((("skilled", "技能型人才"), ("university", "高校毕业生（本科）")))
ID = "370112198803122118"


@pytest.mark.parametrize(
    ("kind", "given", "shape"),
    [
        (Day(), "2020-02-03", "2020-02-03"),
        (Day(), "2020/2/3", "2020-02-03"),
        (Day(), "2020.2.3", "2020-02-03"),
        (Day(), "2020年2月3日", "2020-02-03"),
        (Day(), " 2020 年 2 月 3 日 ", "2020-02-03"),
        (Day(), "２０２０－０２－０３", "2020-02-03"),
        (Day(), "20200203", "2020-02-03"),
        (Day(), "2020-02-03 00:00:00", "2020-02-03"),
        (Day(), "2020/2/3 8:30", "2020-02-03"),
        (Day(), datetime(2020, 2, 3), "2020-02-03"),  # noqa: DTZ001
        (Day(), date(2020, 2, 3), "2020-02-03"),
        (Day(), 20200203.0, "2020-02-03"),
        (CalendarMonth(), "2020年2月", "2020-02"),
        (CalendarMonth(), "2020/2", "2020-02"),
        (CalendarMonth(), "2020.10", "2020-10"),
        (CalendarMonth(), 202002.0, "2020-02"),
        (CalendarMonth(), datetime(2020, 2, 1), "2020-02"),  # noqa: DTZ001
        (Money(), "1,000.00", "1000.00"),
        (Money(), "￥1000", "1000"),
        (Money(), "¥ 1,234,567.80元", "1234567.80"),
        (Money(), "１，０００．５０", "1000.50"),
        (Money(), 1000, "1000"),
        (Money(), 48000.0, "48000"),
        (Money(), 1000.1, "1000.1"),
        (Money(), 0.1 + 0.2, "0.3"),
        (Rate(), "5.5%", "5.5"),
        (Rate(), "5.5", "5.5"),
        (Rate(), "0.4", "0.4"),
        (Rate(), 5.5, "5.5"),
        (Count(), "12", 12),
        (Count(), "１２", 12),
        (Count(), "1,200", 1200),
        (Count(), 12.0, 12),
        (Number(), "30.5", "30.5"),
        (Number(), 30.5, "30.5"),
        (Number(), "1,030.5", "1030.5"),
        *((Flag(), yes, True) for yes in ("是", "√", "✓", "有", "Y", "y", "yes", "TRUE", "对", "1", True, 1.0, " 是 ")),
        *((Flag(), no, False) for no in ("否", "×", "无", "N", "no", "False", "没有", "0", False, 0.0)),
        (WORK, "技能型人才", "skilled"),
        (WORK, "skilled", "skilled"),
        (WORK, " 高校毕业生(本科) ", "university"),
        (DistrictCode(), "历下区", "370102"),
        (DistrictCode(), "历下", "370102"),
        (DistrictCode(), "济南市历下区", "370102"),
        (DistrictCode(), "山东省济南市平阴县", "370124"),
        (DistrictCode(), "370102", "370102"),
        (DistrictCode(), 370102.0, "370102"),
        (IdNumber(), ID, ID),
        (IdNumber(), "'" + ID, ID),
        (IdNumber(), 370112880312211.0, "370112880312211"),
        (CreditCode(), "91370104MA3015044M", "91370104MA3015044M"),
        (Text(), "张伟", "张伟"),
        (Text(), 13800000000.0, "13800000000"),
        (Text(), 3.5, "3.5"),
        (AccountNumber(), "6222 0216 0200 1234 567", "6222 0216 0200 1234 567"),
        (PhoneNumber(), 13800000000.0, "13800000000"),
        (Text(), datetime(2020, 2, 3), "2020-02-03"),  # noqa: DTZ001
    ],
)
def test_what_is_meant_is_read(kind: Kind, given: Any, shape: Any) -> None:
    found = to_json(kind, given)
    assert found == shape
    assert type(found) is type(shape)
    assert kind.read(found) is not None


@pytest.mark.parametrize(
    ("kind", "given", "why"),
    [
        (Day(), "2020-02-30", "不是有效日期"),
        (Day(), "20-2-3", "不是有效日期"),
        (Day(), "43871", "不是有效日期"),
        (Day(), 43871.0, "按日期显示是 2020年2月10日"),
        (Day(), True, "不是有效日期"),
        (CalendarMonth(), 2020.1, "月份请写成文字"),
        (CalendarMonth(), "2020-13", "不是有效月份"),
        (Money(), "1,00", "不是有效金额"),
        (Money(), "1万", "不是有效金额"),
        (Money(), "-5", "不是有效金额"),
        (Money(), 10.125, "不是有效金额"),
        (Money(), True, "金额应为文字"),
        (Rate(), 0.055, "两种含义"),
        (Count(), 5.5, "整数"),
        (Count(), "5.5", "整数"),
        (Count(), -1.0, "整数"),
        (Count(), True, "整数"),
        (Number(), "1e3", "不是有效数字"),
        (Flag(), "x", "应填“是”或“否”"),
        (Flag(), "也许", "应填“是”或“否”"),
        (Flag(), 2.0, "应填“是”或“否”"),
        (WORK, "其他", "技能型人才、高校毕业生（本科）"),
        (DistrictCode(), "青岛市市南区", "不是济南市的区县代码"),
        (IdNumber(), "37011219880312", "现为 14 位"),
        (Text(), True, "应为文字"),
        (Day(), float("nan"), "不是有效的数字"),
        (Money(), float("inf"), "不是有效的数字"),
        (Text(), "#N/A", "公式错误"),
        (IdNumber(), "#VALUE!", "公式错误"),
        (Day(), time(8, 30), "单元格是时间"),
        (Money(), timedelta(hours=30), "单元格是时间"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(kind: Kind, given: Any, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        kind.read(to_json(kind, given))
    assert why in refused.value.sentence.read()


@pytest.mark.parametrize("given", [int(ID), float(ID), 3.70112e17, "3.70112E+17", "3.70112198803122e+17"])
def test_an_id_number_kept_as_a_number_is_refused_and_never_repaired(given: Any) -> None:
    with pytest.raises(Invalid) as refused:
        to_json(IdNumber(), given)
    assert refused.value.sentence.read() == (
        "以数字格式保存，后几位已丢失；请将该列设为文本格式后重新录入"
    )


@pytest.mark.parametrize("kind", [Text(), CreditCode(), Money(), Count()])
def test_any_number_too_long_for_a_spreadsheet_is_refused(kind: Kind) -> None:
    with pytest.raises(Invalid) as refused:
        to_json(kind, 6222021602012345678.0)
    assert "设为文本格式后重新录入" in refused.value.sentence.read()


@pytest.mark.parametrize("blank", [None, "", " ", "\u3000", "\u200b", "\n\t"])
@pytest.mark.parametrize("kind", [Day(), Money(), Flag(), WORK, IdNumber(), Text(), Count()])
def test_a_blank_is_unknown(kind: Kind, blank: Any) -> None:
    assert to_json(kind, blank) is None


def test_every_kind_that_a_programme_asks_for_can_be_read() -> None:
    for _, programme in programmes():
        shapes = [programme.shape, *([programme.row_shape] if programme.row_shape else [])]
        for field in (field for shape in shapes for field in shape.fields):
            if field.kind.example:
                assert field.kind.read(to_json(field.kind, chinese(field.kind.example))) is not None, field.key


@given(st.integers(0, 10**12))
def test_amounts_come_through_a_cell_to_the_fen(fen: int) -> None:
    shown = Money().show(fen)
    assert Money().read(to_json(Money(), shown)) == fen
    assert Money().read(to_json(Money(), fen / 100)) == fen


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["{}-{}-{}", "{}/{}/{}", "{}.{}.{}", "{}年{}月{}日"]))
def test_days_come_through_however_they_are_written(day: date, pattern: str) -> None:
    assert Day().read(to_json(Day(), pattern.format(day.year, day.month, day.day))) == day


@given(st.sampled_from(sorted(DISTRICTS)))
def test_districts_come_through_by_name(code: str) -> None:
    assert to_json(DistrictCode(), DISTRICTS[code].name) == code
    assert to_json(DistrictCode(), "济南市" + DISTRICTS[code].name) == code


@given(st.text(max_size=20) | st.floats() | st.integers() | st.booleans() | st.datetimes() | st.times() | st.timedeltas())
def test_nothing_makes_a_reader_stumble(given: Any) -> None:
    for kind in (Day(), CalendarMonth(), Money(), Rate(), Count(), Number(), Flag(), WORK, DistrictCode(), IdNumber(),
                 CreditCode(), Text()):
        with suppress(Invalid):
            shape = to_json(kind, given)
            if shape is not None:
                kind.read(shape)
