from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinan_desk.documents.fonts import Fonts, Style
from jinan_desk.documents.typeset import NOT_FIRST, NOT_LAST, balanced, lines

TEXT = st.text(
    alphabet="济南市人社局补贴一二三，。、；：？！（）《》“”〔〕0123456789abcXYZ.%¥- ", min_size=1, max_size=80
)


def broken(fonts: Fonts, text: str, measure: float, **options) -> list[str]:
    return [line.text for line in lines(text, fonts=fonts, style=Style.TABLE, measure=measure, **options)]


@given(text=TEXT, measure=st.floats(8, 40))
@settings(max_examples=200, deadline=None)
def test_lines_fit_lose_nothing_and_obey_the_rules(fonts: Fonts, text: str, measure: float):
    result = lines(text, fonts=fonts, style=Style.TABLE, measure=measure)
    assert "".join(line.text for line in result).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= measure + 1e-6 for line in result)
    for above, below in pairwise(result):
        forced = len(above.text) <= 1 or set(above.text + below.text[:1]) <= NOT_FIRST | NOT_LAST | set(" 0123456789")
        chinese = not (above.text[-1:] + below.text[:1]).isascii()
        if chinese and not forced and not runs_of_signs(above.text, below.text):
            assert below.text[0] not in NOT_FIRST
            assert above.text[-1] not in NOT_LAST


def runs_of_signs(above: str, below: str) -> bool:
    """Whether so many signs follow one another that no break is right: a line must break all the same."""
    return sum(c in NOT_FIRST | NOT_LAST for c in above[-8:] + below[:8]) > 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("济南市历下区。", ["济南市历下", "区。"]),  # 。 takes the character before it down
        ("济南市历（下）", ["济南市历", "（下）"]),  # no bracket is left at the end
        ("济南的《意见》：“对", ["济南的《意", "见》：“对"]),
        ("", [""]),
        ("甲\n\n乙", ["甲", "", "乙"]),
    ],
)
def test_signs_stand_where_they_may(fonts: Fonts, text: str, expected: list[str]):
    assert broken(fonts, text, 6) == expected


def test_a_number_is_not_torn_while_it_fits(fonts: Fonts):
    assert broken(fonts, "补贴金额1,234,567.89元整", 8) == ["补贴金额", "1,234,567.89元整"]
    assert "".join(broken(fonts, "37010219900101000X", 4)) == "37010219900101000X"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("比起始日2020年2月10日早2天", ["比起始日", "2020年2月", "10日早2天"]),
        ("标准1,000.00 元", ["标准", "1,000.00 元"]),
        ("企业最高500万元", ["企业最高", "500万元"]),
        ("下泉办〔2020〕02A-0001号", ["下泉办", "〔2020〕", "02A-0001号"]),
    ],
)
def test_a_number_keeps_its_unit(fonts: Fonts, text: str, expected: list[str]):
    """The guard: 年, 日, 元, 号 do not begin a line behind their number."""
    assert broken(fonts, text, 6.4) == expected


def test_the_first_line_starts_after_its_indent(fonts: Fonts):
    assert broken(fonts, "一二三四五六七八", 4, indent=2) == ["一二", "三四五六", "七八"]


def test_a_label_has_no_last_character_alone(fonts: Fonts):
    label = balanced("统一社会信用代码", fonts=fonts, style=Style.TABLE, measure=7)
    assert [line.text for line in label] == ["统一社会", "信用代码"]
