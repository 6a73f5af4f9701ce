"""A roster comes back as it was meant, or not at all and with every bad cell named."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jinan_desk.core.kind import Day, Flag, IdNumber, Money
from jinan_desk.core.measure import Programme
from jinan_desk.errors import DeskError
from jinan_desk.exchange.roster import REASONS, RosterError, read_heads, read_roster
from jinan_desk.exchange.sheet import yuan
from jinan_desk.exchange.template import write_template
from jinan_desk.measures import find, programmes

ROSTERS = [programme for _, programme in programmes() if programme.roster is not None]
HIRING = find("02B")[1]  # type: ignore[index]
HEADS = ["姓名", "身份证号", "入职日期", "合同起始日", "合同截止日", "已参保", "此前半年有记录"]
ROW = ["李文博", "370112198803122118", "2020-02-15", "2020-02-15", "2021-02-14", "是", "否"]
SHAPE = {
    "name": "李文博",
    "id_number": "370112198803122118",
    "hired_on": "2020-02-15",
    "contract_start": "2020-02-15",
    "contract_end": "2021-02-14",
    "insured": True,
    "prior_record": False,
}


def save(path: Path, *rows: list[Any], name: str = "Sheet1") -> Path:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def as_cell(kind: Any, value: Any) -> Any:
    """A JSON value as a person types it into a workbook."""
    if isinstance(kind, Flag):
        return None if value is None else "是" if value else "否"
    if isinstance(kind, Day):
        return None if value is None else date.fromisoformat(value)
    return yuan(kind.read(value)) if isinstance(kind, Money) and value is not None else value


@pytest.mark.parametrize("programme", ROSTERS, ids=lambda programme: programme.code)
def test_a_filled_template_comes_back_as_it_was_meant(programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    write_template(path, programme)
    rows = [row for example in programme.examples for row in example.facts.get("roster") or ()]
    assert rows
    book = load_workbook(path)
    fields = programme.row_shape.fields  # type: ignore[union-attr]
    for number, row in enumerate(rows, 4):
        for place, field in enumerate(fields, 1):
            book.worksheets[0].cell(number, place).value = as_cell(field.kind, row.get(field.key))
    book.save(path)
    roster = read_roster(path, programme)
    typed = [programme.row_shape.read(row, at="", wrong={}) for row in roster.rows]  # type: ignore[union-attr]
    assert typed == [programme.row_shape.read(row, at="", wrong={}) for row in rows]  # type: ignore[union-attr]
    assert roster.absent == roster.unknown == roster.left_out == ()
    assert roster.places == tuple(range(4, 4 + len(rows)))


def test_an_empty_template_is_an_empty_roster(tmp_path: Path) -> None:
    write_template(tmp_path / "roster.xlsx", HIRING)
    assert read_roster(tmp_path / "roster.xlsx", HIRING).rows == ()


def test_the_template_keeps_numbers_text_and_offers_what_is_allowed(tmp_path: Path) -> None:
    programme = find("02C")[1]  # type: ignore[index]
    write_template(tmp_path / "roster.xlsx", programme)
    book = load_workbook(tmp_path / "roster.xlsx")
    sheet, allowed = book.worksheets
    for place, field in enumerate(programme.row_shape.fields, 1):
        cell = sheet.cell(3, place)
        assert cell.value == field.label
        assert cell.comment is not None
        if isinstance(field.kind, IdNumber):
            assert sheet.cell(4, place).number_format == "@"
            assert sheet.column_dimensions[cell.column_letter].number_format == "@"
            assert sheet.column_dimensions[cell.column_letter].width > 20  # seen whole
    offered = {str(v.sqref).split(":", maxsplit=1)[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    assert offered["C4"] == "'可填内容'!$A$2:$A$5"
    assert [row[0].value for row in allowed["A1:A5"]] == [
        "人员类别", "技能型人才", "职业院校毕业生", "技工院校毕业生", "高校毕业生",
    ]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"


def test_a_programme_without_a_roster_has_no_template(tmp_path: Path) -> None:
    programme = find("06A")[1]  # type: ignore[index]
    with pytest.raises(DeskError, match="没有花名册"):
        write_template(tmp_path / "roster.xlsx", programme)
    with pytest.raises(DeskError, match="没有花名册"):
        read_roster(tmp_path / "roster.xlsx", programme)


@pytest.mark.parametrize("above", [0, 1, 5, 19])
def test_the_head_may_stand_anywhere_near_the_top(tmp_path: Path, above: int) -> None:
    notes = [["济南历泉机械制造有限公司新吸纳就业人员花名册"]] * above
    path = save(tmp_path / "a.xlsx", *notes, ["序号", None, *HEADS, "联系方式"], [1, None, *ROW, "138"])
    roster = read_roster(path, HIRING)
    assert roster.rows == (SHAPE,)
    assert roster.places == (above + 2,)
    assert roster.unknown == ("序号", "联系方式")


def test_the_head_is_not_looked_for_further_down(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", *[["注意事项"]] * 20, HEADS, ROW)
    with pytest.raises(DeskError) as refused:
        read_roster(path, HIRING)
    assert "前 20 行内没有找到表头；表头应有这些列：姓名、身份证号" in refused.value.read()


def test_columns_are_known_by_label_or_key_in_any_order(tmp_path: Path) -> None:
    heads = ["prior_record", "已 参保*", "合同截止日：", "contract_start", "（入职日期）", "身份证号", "姓名"]
    assert read_roster(save(tmp_path / "a.xlsx", heads, ROW[::-1]), HIRING).rows == (SHAPE,)


def test_the_sheet_with_the_head_is_taken(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["姓名", "电话"])
    sheet = book.create_sheet("名单")
    sheet.append(HEADS)
    sheet.append(ROW)
    book.save(tmp_path / "a.xlsx")
    roster = read_roster(tmp_path / "a.xlsx", HIRING)
    assert (roster.sheet, roster.rows) == ("名单", (SHAPE,))


def test_columns_that_are_not_there_are_unknown_facts(tmp_path: Path) -> None:
    roster = read_roster(save(tmp_path / "a.xlsx", HEADS[:3], ROW[:3]), HIRING)
    assert roster.rows == ({"name": "李文博", "id_number": SHAPE["id_number"], "hired_on": "2020-02-15"},)
    assert roster.absent == ("合同起始日", "合同截止日", "已参保", "此前半年有记录")


def test_blank_rows_totals_and_notes_are_no_people(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx", HEADS, ROW, [None] * 7, [" ", "\u3000"], ROW, ["合计：2 人"], ["填表人：苏敏", "2020-03-01"], ["注：附合同"]
    )
    roster = read_roster(path, HIRING)
    assert roster.rows == (SHAPE, SHAPE)
    assert roster.places == (2, 5)
    assert roster.left_out == (6, 7, 8)


def test_a_person_whose_name_begins_like_a_note_is_a_person(tmp_path: Path) -> None:
    assert len(read_roster(save(tmp_path / "a.xlsx", HEADS, ["注:明", *ROW[1:]]), HIRING).rows) == 1


def test_a_row_that_begins_with_its_number_is_no_note(tmp_path: Path) -> None:
    """Guard: a first cell that is no text in `begins_an_end`."""
    path = save(tmp_path / "a.xlsx", ["序号", *HEADS], [1, *ROW], [2, "王芳"], ["合计", "2 人"])
    roster = read_roster(path, HIRING)
    assert (roster.rows, roster.left_out) == ((SHAPE, {"name": "王芳"}), (4,))


def test_a_numeric_id_number_is_refused_in_words(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEADS, ROW, [ROW[0], 370112198803122118, *ROW[2:]])
    (bad,) = read_roster(path, HIRING).bad
    assert bad.sentence().read() == (
        "工作表“Sheet1”第 3 行 B 列“身份证号”："
        "以数字格式保存，后几位已丢失；请将该列设为文本格式后重新录入"
    )


def test_every_bad_cell_is_named_and_spoils_its_row(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        HEADS,
        ROW,
        ["王五", "123", "2020-02-30", "2020-02-15", "2020-02-14", "也许", None],
        ["赵六", None, "二月", *ROW[3:]],
    )
    roster = read_roster(path, HIRING)
    assert [(bad.row, bad.column, bad.label) for bad in roster.bad] == [
        (3, "B", "身份证号"), (3, "C", "入职日期"), (3, "E", "合同截止日"), (3, "F", "已参保"), (4, "C", "入职日期"),
    ]
    assert (roster.rows, roster.refused) == ((SHAPE,), (3, 4))


def test_a_workbook_of_nothing_but_bad_cells_names_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinan_desk.exchange.roster.BAD_LIMIT", 2)
    roster = read_roster(save(tmp_path / "a.xlsx", HEADS, *[["王五", "123"]] * 5), HIRING)
    assert (len(roster.bad), roster.refused) == (2, (2, 3, 4, 5, 6))


def test_a_serial_number_is_a_day_to_be_looked_at(tmp_path: Path) -> None:
    roster = read_roster(save(tmp_path / "a.xlsx", HEADS, [*ROW[:2], 43871, *ROW[3:]]), HIRING)
    assert roster.rows == ({**SHAPE, "hired_on": "2020-02-10"},)
    assert [doubt.sentence().read() for doubt in roster.doubtful] == [
        "工作表“Sheet1”第 2 行 C 列“入职日期”：数字 43871 按日期读作 2020年2月10日，请核对"
    ]
    (tmp_path / "a.csv").write_text(
        "\n".join((",".join(HEADS), ",".join([*ROW[:2], "43871", *ROW[3:]]))), encoding="utf-8"
    )
    assert read_roster(tmp_path / "a.csv", HIRING).rows == roster.rows


def test_a_serial_number_is_refused_where_days_count_from_1904(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEADS, [*ROW[:2], 43871, *ROW[3:]])
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    (bad,) = read_roster(path, HIRING).bad
    assert "请将该列设为日期格式" in bad.sentence().read()


def test_days_amounts_and_flags_in_the_ways_people_write_them(tmp_path: Path) -> None:
    day = datetime(2020, 2, 15)  # noqa: DTZ001  (as cells hold them)
    row = ["李文博", "３７０１１２１９８８０３１２２１１８", "2020年2月15日", day, "2021/2/14", "√", "×"]
    assert read_roster(save(tmp_path / "a.xlsx", HEADS, row), HIRING).rows == (SHAPE,)


def test_amounts_may_have_commas_and_a_unit(tmp_path: Path) -> None:
    key, label = "employer_paid", "单位实缴社会保险费"
    path = save(tmp_path / "b.xlsx", ["姓名", "身份证号", label], ["李文博", ROW[1], "1，234.50元"])
    assert read_roster(path, find("10A")[1]).rows[0][key] == "1234.50"


def test_a_head_of_two_rows_is_known_by_its_groups(tmp_path: Path) -> None:
    upper = ["姓名", "身份证号", "入职日期", "合同", None, "已参保", "此前半年有记录"]
    path = save(tmp_path / "a.xlsx", ["花名册"], upper, [None, None, None, "起始日", "截止日", None, None], ROW)
    book = load_workbook(path)
    for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:G3"):
        book.active.merge_cells(cells)
    book.save(path)
    roster = read_roster(path, HIRING)
    assert (roster.rows, roster.places, roster.head) == ((SHAPE,), (4,), 3)
    assert roster.absent == roster.unknown == ()


def test_a_column_under_another_name_is_offered_for_what_it_is_like(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "证件号", "入职时间", "合同起始日", "何时", "备注"], [*ROW[:5], "无"])
    heads = read_heads(path, HIRING)
    assert [(head.letter, head.key, head.guess) for head in heads.columns] == [
        ("A", "name", ""), ("B", "", "id_number"), ("C", "", "hired_on"), ("D", "contract_start", ""), ("E", "", ""),
        ("F", "", ""),
    ]
    assert heads.columns[4].samples == ("2021-02-14",)
    assert not heads.sure
    chosen = {0: "name", 1: "id_number", 2: "hired_on", 3: "contract_start", 4: "contract_end"}
    rows = read_roster(path, HIRING, chosen=chosen).rows
    assert rows == ({key: SHAPE[key] for key in chosen.values()},)


def test_nobody_is_asked_where_nothing_is_lacking_or_nothing_left(tmp_path: Path) -> None:
    assert read_heads(save(tmp_path / "a.xlsx", [*HEADS, "电话"], [*ROW, "138"]), HIRING).sure
    assert read_heads(save(tmp_path / "b.xlsx", ["序号", *HEADS[:3], "备注"], [1, *ROW[:3], ""]), HIRING).sure


def test_heads_of_a_sheet_that_names_nothing_can_be_chosen(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["人员表"], ["谁", "号码"], ["李文博", ROW[1]])
    with pytest.raises(DeskError, match="没有找到表头"):
        read_roster(path, HIRING)
    heads = read_heads(path, HIRING)
    assert (heads.row, [(head.head, head.guess) for head in heads.columns]) == (2, [("谁", ""), ("号码", "id_number")])
    assert read_roster(path, HIRING, chosen={0: "name", 1: "id_number"}).rows == (
        {"name": "李文博", "id_number": ROW[1]},
    )


def test_a_synonym_names_a_column_and_never_takes_anothers_name(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "证件号", "入职日期"], ROW[:3])
    synonyms = {"证件号": "身份证号", "姓名": "身份证号"}
    assert read_roster(path, HIRING, synonyms=synonyms).rows == (
        {"name": "李文博", "id_number": ROW[1], "hired_on": "2020-02-15"},
    )


def test_a_column_that_comes_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as refused:
        read_roster(save(tmp_path / "a.xlsx", [*HEADS, "姓名"], [*ROW, "张伟"]), HIRING)
    assert [(bad.column, bad.row) for bad in refused.value.bad] == [("H", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_in_the_encodings_of_offices(tmp_path: Path, encoding: str, delimiter: str) -> None:
    row = ["王𬱖", *ROW[1:]]
    text = "\r\n".join(delimiter.join(cells) for cells in (HEADS, row)) + "\r\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert read_roster(path, HIRING).rows == ({**SHAPE, "name": "王𬱖"},)


def test_a_text_file_may_say_that_a_number_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{",".join(HEADS)}\n李文博,"=""{ROW[1]}""",{",".join(ROW[2:])}\n', encoding="utf-8")
    assert read_roster(path, HIRING).rows == (SHAPE,)


def test_a_text_file_that_a_spreadsheet_has_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{",".join(HEADS)}\n李文博,3.70112E+17,{",".join(ROW[2:])}\n', encoding="utf-8")
    (bad,) = read_roster(path, HIRING).bad
    assert "后几位已丢失" in bad.sentence().read()


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"a,b\0c\n", b"", b"\xff\xfe\x00"])
def test_a_text_file_that_is_none_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(DeskError):
        read_roster(tmp_path / "a.csv", HIRING)
    with pytest.raises(DeskError):
        read_roster(tmp_path / "none.csv", HIRING)


def test_where_no_column_is_chosen_there_is_no_roster(tmp_path: Path) -> None:
    """Guards: both halves of the question in `read_roster` whether there is a head."""
    path = save(tmp_path / "r.xlsx", ["甲", "乙"], ["李文博", "370112198803122118"])
    for chosen in ({}, {0: ""}, None):
        with pytest.raises(DeskError, match="表头"):
            read_roster(path, HIRING, chosen=chosen)
    path = save(tmp_path / "one.xlsx", ["姓名", "乙"], ["李文博", "370112198803122118"])
    with pytest.raises(DeskError, match="表头"):
        read_roster(path, HIRING)


def guessed(path: Path) -> dict[str, str]:
    return {head.head: head.guess for head in read_heads(path, HIRING).columns}


def test_only_what_all_cells_of_a_column_betray_is_guessed(tmp_path: Path) -> None:
    """Guards: `_NEVER_FACTS`, the cells and `all` in `_guess` and `_betray`: one is blank, one tells two things."""
    heads = ["姓名", "甲", *HEADS[2:], "备注", "乙", "丙"]
    rows = [[ROW[0], ROW[1], *ROW[2:], ROW[1], ROW[1], None], [ROW[0], None, *ROW[2:], ROW[1], "无", " "]]
    assert guessed(save(tmp_path / "a.xlsx", heads, *rows)) == {
        **dict.fromkeys(heads, ""), "甲": "id_number"
    }  # fmt: skip


def test_samples_of_a_column_are_what_is_filled_in(tmp_path: Path) -> None:
    """Guards: the cells in `read_heads`, how many and how long they are; a row of a text file may be short."""
    path = tmp_path / "a.csv"
    path.write_text("姓名,号码\n李文博\n王芳,\n赵磊,a\n孙丽,b\n周强,c\n吴敏,d\n", encoding="utf-8")
    assert read_heads(path, HIRING).columns[1].samples == ("a", "b", "c")
    path.write_text("姓名,号码\n李文博," + "x" * 50 + "\n", encoding="utf-8")
    assert read_heads(path, HIRING).columns[1].samples == ("x" * 40,)


def test_where_nothing_looks_like_a_head_nobody_is_asked(tmp_path: Path) -> None:
    """Guard: FEWEST_HEADS in `_headed`."""
    with pytest.raises(DeskError, match="没有找到表头"):
        read_heads(save(tmp_path / "a.xlsx", [1, 2, 3], [4, 5, 6]), HIRING)
    with pytest.raises(DeskError, match="没有找到表头"):
        read_heads(save(tmp_path / "b.xlsx", ["谁", 2, 3]), HIRING)


def test_texts_with_digits_are_no_head(tmp_path: Path) -> None:
    """Guard: the digits in `_texts`: cells below a head mostly have some."""
    dated = ["2020年", "3月", "5日", "8时", "a1"]
    assert read_heads(save(tmp_path / "a.xlsx", dated, ["谁", "号码"], dated), HIRING).row == 2


def test_the_column_of_reasons_is_used_again_and_no_unknown_one(tmp_path: Path) -> None:
    """Guards: REASONS in `_reasons` and in what is unknown."""
    heads = [HEADS[0], REASONS, *HEADS[1:], "其他"]
    roster = read_roster(save(tmp_path / "a.xlsx", heads, [ROW[0], "见左", *ROW[1:], "x"]), HIRING)
    assert (roster.reasons, roster.unknown, roster.rows) == (2, ("其他",), (SHAPE,))
    assert read_roster(save(tmp_path / "b.xlsx", HEADS, ROW), HIRING).reasons == len(HEADS) + 1
