import pytest

from jinan_desk.documents.band import PORTRAIT
from jinan_desk.documents.columns import Wish, chosen, fitted, wishes
from jinan_desk.documents.context import Column, Table
from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.setting import Setter, table_type

COLUMNS = (Column("who", "姓名"), Column("people", "人数", spare=True), Column("number", "身份证号"))


@pytest.mark.parametrize("keys", [(), ("who", "people")])
def test_a_spare_column_without_a_value_is_left_out(keys: tuple[str, ...]):
    """The guard: no empty 人数 where nobody is counted; any other column stays to be written in."""
    table = chosen(Table(COLUMNS, [("于兰", "", ""), ("王五", "", "")]), keys, numbered=True)
    assert "people" not in [column.key for column in table.columns]
    assert [len(row) for row in table.rows] == [len(table.columns)] * 2
    kept = chosen(Table(COLUMNS, [("于兰", "", ""), ("王五", "3", "")]), keys, numbered=True)
    assert "people" in [column.key for column in kept.columns]


def test_room_goes_first_to_texts_that_need_a_second_line():
    """The guard: a column of one word does not grow while a sentence beside it is broken."""
    word, sentence = Wish(20, 20, 20, whole=True), Wish(60, 140, 300, whole=False)
    assert fitted([word, sentence], 240) == [20, 220]
    assert fitted([word, sentence], 640) == [40, 600]
    assert fitted([word, sentence], 120) == [20, 100]
    little = Wish(60, 140, 150, whole=False)
    assert fitted([little, sentence], 320) == [150, 170]


def test_a_sentence_wishes_for_one_line(fonts: Fonts):
    table = Table((Column("said", "情况", 10),), [("经审核，申请材料齐全，核定的人数和金额与材料一致",)])
    (wish,) = wishes(table, fonts, Style.TABLE)
    assert wish.natural == 10
    assert wish.full > 20


@pytest.mark.parametrize(
    ("text", "expected"), [("阿卜杜拉·买买提江", ["阿卜杜拉·", "买买提江"]), ("十六岁至二十四岁失业青年", ["十六岁至二", "十四岁失业", "青年"])]
)
def test_no_character_of_a_cell_stands_alone_in_its_last_line(fonts: Fonts, text: str, expected: list[str]):
    setter = Setter(fonts, PORTRAIT.area_width, table_type(10))
    width = 8.2 * 10 + 9 if "·" in text else 5.6 * 10 + 9
    assert [line.text for line in setter.cell(text, setter.type, x=0, width=width).lines] == expected
