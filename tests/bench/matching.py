"""Matching a list of units with every programme, for each programme, against the bare reading of the workbook."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine
from openpyxl import Workbook

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.dated import SHIPPED
from jinan_desk.exchange.reading import open_workbook
from jinan_desk.exchange.subjects import SUBJECTS_LIMIT, CellReader, read_lists
from jinan_desk.services.matching import Match, Matcher, open_to
from jinan_desk.services.outreach import match_workbook
from tests.bench.timing import Pair, side_by_side

ROWS = SUBJECTS_LIMIT
FEW = 5_000

ON = date(2020, 6, 10)
_Draw = Callable[[random.Random, int], Any]


def _one_of(*words: Any) -> _Draw:
    return lambda chance, number: chance.choice(words)


def _up_to(most: int) -> _Draw:
    return lambda chance, number: chance.randint(1, most)


_COLUMNS: dict[str, _Draw] = {
    "单位名称": lambda chance, number: f"济南历泉第{number}机械制造有限公司",
    "统一社会信用代码": lambda chance, number: f"91370102MA3{number:06}X",
    "区县": _one_of("历下区", "市中区", "槐荫区", "天桥区", "长清区"),
    "联系人": _one_of("王磊", "李娜", "张敏"),
    "联系电话": lambda chance, number: f"0531{number:08}",
    "企业规模": _one_of("大型", "中型", "小型", "微型", None),
    "所属行业": _one_of("工业", "建筑业", "零售业", None),
    "从业人员": _up_to(900),
    "营业收入": _up_to(90_000),
    "资产总额": _up_to(50_000),
    "上年末参保职工人数": _up_to(900),
    "上年度裁员人数": _one_of(0, 0, 0, 1, 2, 5),
    "上年度实际缴纳失业保险费": lambda chance, number: f"{chance.randint(1000, 900_000)}.{number % 100:02}",
    "上年度足额缴费": _one_of("是", "是", "否", None),
    "严重违法失信或僵尸企业": _one_of("否", "否", "是"),
    "有举报投诉": _one_of("否", "否", None),
    "企业类别": _one_of("一般参保企业", "重点项目和新旧动能转换优选项目建设企业", None),
    "疫情防控重点物资生产企业": _one_of("是", "否", "否"),
    "月缴费基数": lambda chance, number: f"{chance.randint(10_000, 900_000)}.00",
    "起始月份": _one_of("2020-02", "2020-03", None),
}


def run() -> Iterator[Pair]:
    """The whole list once; then, on a part of it, where the time goes."""
    own = len(open_to(Applicant.UNIT))
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "matched.xlsx"
        whole, part = _list(Path(folder) / "whole.xlsx", ROWS), _list(Path(folder) / "part.xlsx", FEW)
        pair = side_by_side(
            f"{ROWS:,} units matched, each of {own} programmes",
            lambda: match_workbook(whole, output, on=ON, parameters=SHIPPED),
            "bare reading of the workbook",
            lambda: _read(whole),
            rounds=1,
            warm=False,
        )
        yield replace(pair, ours=pair.ours / own)
        fields = [field for programme in open_to(Applicant.UNIT) for field in programme.shape.fields]
        matcher: Matcher[Match] = Matcher(open_to(Applicant.UNIT), ON, SHIPPED, lambda one: one)
        values = list(_values(part, matcher))
        for name, ours in (
            ("of it: bounded and opened", lambda: open_workbook(part)),
            ("of it: rows read", lambda: [*read_lists(part, fields).sheets[0].rows()]),
            ("of it: decided", lambda: [[*matcher.match(one)] for one in values]),
            ("all of it", lambda: match_workbook(part, output, on=ON, parameters=SHIPPED)),
        ):
            pair = side_by_side(
                f"{FEW:,} units, {name}", ours, "bare reading of the workbook", lambda: _read(part), rounds=3
            )
            yield replace(pair, ours=pair.ours / own)


def _values(path: Path, matcher: Matcher[Match]) -> Iterator[list[Any]]:
    """What the matcher is given for each row of the list."""
    fields = [field for programme in open_to(Applicant.UNIT) for field in programme.shape.fields]
    (listed,) = read_lists(path, fields).sheets
    columns = {fact: column for column in listed.columns for fact in column.facts}
    readers = [(columns.get((asked.key, asked.label)), CellReader(asked.kind)) for asked in matcher.asked]
    for _, cells in listed.rows():
        yield [None if column is None else reader.read(cells[column.place])[0] for column, reader in readers]


def _list(path: Path, rows: int) -> Path:
    chance = random.Random(26)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("单位")
    sheet.append(list(_COLUMNS))
    for number in range(rows):
        sheet.append([draw(chance, number) for draw in _COLUMNS.values()])
    book.save(path)
    return path


def _read(path: Path) -> int:
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows())
