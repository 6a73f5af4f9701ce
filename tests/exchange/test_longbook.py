"""Rows written into a workbook's sheets read back as they were, as text where they are text, however many sheets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange import longbook
from jinan_desk.exchange.longbook import LongSheet, long_sheet, write_long
from jinan_desk.exchange.reading import open_workbook
from jinan_desk.exchange.sheet import Column, SheetWriter, clean

SPECIMEN = ("", 0, Decimal())
SUBTLE = ("=1+1", "+86", "-1", "@SUM(A1)", "a<b&c>\"d'", " 前后空格 ", "两\n行", "李𠅤𪩘", "110105194912310021")


def begun(*names: str) -> tuple[Workbook, list[LongSheet]]:
    book = Workbook(write_only=True)
    sheets = []
    for name in names:
        sheet = SheetWriter(book, name, [Column("文字"), Column("数"), Column("金额")], head_row=1)
        sheet.heads()
        sheets.append(long_sheet(book, sheet, SPECIMEN, head_row=1))
    return book, sheets


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    book, (sheet,) = begun("表")
    rows = [(text, number, Decimal(number) / 100) for number, text in enumerate(SUBTLE)]
    write_long(tmp_path / "o.xlsx", book, [([sheet], map(sheet.cells.word, rows))])
    read = load_workbook(tmp_path / "o.xlsx")["表"]
    assert [tuple(cell.value for cell in row) for row in read.iter_rows(min_row=2)] == [
        (text, number, float(amount)) for text, number, amount in rows
    ]
    streamed = open_workbook(tmp_path / "o.xlsx").sheet("表").rows
    assert [row[0] for row in streamed[1:]] == list(SUBTLE)


def test_what_looks_like_an_escaped_character_is_none(tmp_path: Path) -> None:
    book, (sheet,) = begun("表")
    write_long(tmp_path / "o.xlsx", book, [([sheet], [sheet.cells.word(["_x000D_"])])])
    assert open_workbook(tmp_path / "o.xlsx").sheet("表").rows[1][0] == "_x000D_"


def test_text_that_begins_like_a_formula_is_text_in_a_text_cell(tmp_path: Path) -> None:
    book, (sheet,) = begun("表")
    write_long(tmp_path / "o.xlsx", book, [([sheet], [sheet.cells.word(["=HYPERLINK(1)", 1, Decimal("0.10")])])])
    text, number, amount = load_workbook(tmp_path / "o.xlsx")["表"][2]
    assert (text.value, text.data_type, text.number_format) == ("=HYPERLINK(1)", "s", "@")
    assert (number.value, amount.value, amount.number_format) == (1, 0.1, "#,##0.00")


def test_heads_stay_and_stay_in_sight(tmp_path: Path) -> None:
    book, (sheet,) = begun("表")
    write_long(tmp_path / "o.xlsx", book, [([sheet], [])])
    read = load_workbook(tmp_path / "o.xlsx")["表"]
    assert [cell.value for cell in read[1]] == ["文字", "数", "金额"]
    assert read.freeze_panes == "A2"


def test_an_empty_cell_is_empty(tmp_path: Path) -> None:
    book, (sheet,) = begun("表")
    write_long(tmp_path / "o.xlsx", book, [([sheet], [sheet.cells.word(["", None, None])])])
    assert [cell.value for cell in load_workbook(tmp_path / "o.xlsx")["表"][2]] == [None, None, None]


def test_a_character_that_no_workbook_can_hold_is_left_out(tmp_path: Path) -> None:
    book, (sheet,) = begun("表")
    write_long(tmp_path / "o.xlsx", book, [([sheet], [sheet.cells.word(["a\x00b\x0bc"])])])
    assert load_workbook(tmp_path / "o.xlsx")["表"]["A2"].value == "abc"


def test_what_one_sheet_cannot_take_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longbook, "ROWS_LIMIT", 300)
    book, sheets = begun("一", "二", "三")
    write_long(tmp_path / "o.xlsx", book, [(sheets, (sheets[0].cells.word([str(n), n]) for n in range(700)))])
    read = open_workbook(tmp_path / "o.xlsx")
    found = [[row[0] for row in read.sheet(name).rows[1:]] for name in ("一", "二", "三")]
    assert [len(rows) for rows in found] == [300, 300, 100]
    assert [text for texts in found for text in texts] == [str(n) for n in range(700)]


def test_a_failure_on_the_way_leaves_the_earlier_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "o.xlsx"
    path.write_bytes(b"earlier")
    book, (sheet,) = begun("表")

    def broken() -> Iterator[str]:
        yield sheet.cells.word(["一"])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_long(path, book, [([sheet], broken())])
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    book, (sheet,) = begun("表")
    with pytest.raises(DeskError) as refused:
        write_long(tmp_path / "file" / "o.xlsx", book, [([sheet], [])])
    assert "o.xlsx" in refused.value.read()


def test_a_text_is_cut_before_a_cell_cuts_it_silently() -> None:
    """Guard: LONGEST_TEXT in `clean`."""
    assert clean("字" * 40_000) == "字" * 31_999 + "…"
    assert clean("字" * 32_000) == "字" * 32_000
