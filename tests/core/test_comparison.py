"""Comparisons are exact and can be read out."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinan_desk.core.comparison import InRange, Quota, ShareAtLeast, ShareAtMost, TermAtLeast, Within

LIMIT = Fraction(11, 200)


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (ShareAtMost(3, 100, LIMIT, what="裁员率"), "裁员率 3.00%，上限 5.5%"),
        (ShareAtMost(11, 200, LIMIT, what="裁员率"), "裁员率 5.50%，正好等于上限 5.5%"),
        (ShareAtMost(7, 100, LIMIT, what="裁员率"), "裁员率 7.00%，上限 5.5%；最多 5 人，超出 2 人"),
        (ShareAtMost(1000, 18181, LIMIT, what="裁员率"), "裁员率 5.5002%，上限 5.5%；最多 999 人，超出 1 人"),
        (ShareAtMost(11, 200, LIMIT, what="裁员率", within=False), "裁员率 5.50%，上限 5.5%；最多 10 人，超出 1 人"),
        (ShareAtLeast(6, 40, Fraction(1, 5), what="占比"), "占比 15.00%，应不低于 20%；至少 8 人，还差 2 人"),
        (ShareAtLeast(8, 40, Fraction(1, 5), what="占比"), "占比 20.00%，正好达到 20%"),
        (ShareAtLeast(9, 40, Fraction(1, 5), what="占比"), "占比 22.50%，不低于 20%"),
        (Within(date(2020, 2, 8), date(2020, 2, 10), date(2020, 3, 10), what="入职日期"),
         "入职日期 2020年2月8日，比起始日 2020年2月10日 早 2 天"),
        (Within(date(2020, 3, 1), date(2020, 2, 10), date(2020, 3, 10), what="入职日期"),
         "入职日期 2020年3月1日，在 2020年2月10日 至 2020年3月10日 之间（距截止 9 天）"),
        (Within(date(2020, 7, 1), None, date(2020, 6, 30), what="结束日期"),
         "结束日期 2020年7月1日，比截止日 2020年6月30日 晚 1 天"),
        (Within(date(2020, 6, 1), None, date(2020, 6, 30), what="结束日期"),
         "结束日期 2020年6月1日，不晚于 2020年6月30日（距截止 29 天）"),
        (Within(date(2020, 6, 1), date(2020, 2, 4), None, what="期满日"), "期满日 2020年6月1日，不早于 2020年2月4日"),
        (InRange(1, least=2, what="合伙人", unit="人"), "合伙人 1 人，至少应为 2 人"),
        (InRange(3, most=2, what="此前", unit="次"), "此前 3 次，最多为 2 次"),
        (InRange(25, least=16, most=24, what="年龄", unit="岁"), "年龄 25 岁，应为 16 至 24 岁"),
        (InRange(24, least=16, most=24, what="年龄", unit="岁"), "年龄 24 岁"),
        (TermAtLeast(date(2020, 2, 15), date(2021, 2, 13), 12),
         "合同 2020年2月15日 至 2021年2月13日，满 12 个月应至 2021年2月14日，差 1 天"),
        (Quota(5, 8, 12), "此前已享受 5 个月，本次 8 个月，最多 12 个月，超出 1 个月"),
        (Quota(4, 8, 12), "此前已享受 4 个月，本次 8 个月，最多 12 个月（还剩 0 个月）"),
        (Quota(12, None, 12), "此前已享受 12 个月，最多 12 个月，没有剩余"),
    ],
)
def test_words(comparison, said):
    assert comparison.sentence().read() == said


@given(st.integers(0, 300), st.integers(1, 300), st.fractions(Fraction(1, 100), 1), st.booleans())
def test_one_fewer_than_too_many_is_enough(part, whole, limit, within):
    share = ShareAtMost(part, whole, limit, what="", within=within)
    assert share.holds == (Fraction(part, whole) <= limit if within else Fraction(part, whole) < limit)
    if not share.holds:
        most = int(share.sentence().gaps["most"])
        assert ShareAtMost(most, whole, limit, what="", within=within).holds
        assert not ShareAtMost(most + 1, whole, limit, what="", within=within).holds


@given(st.integers(0, 300), st.integers(1, 300), st.fractions(Fraction(1, 100), 1))
def test_as_many_more_as_it_says_are_enough(part, whole, limit):
    share = ShareAtLeast(part, whole, limit, what="")
    assert share.holds == (Fraction(part, whole) >= limit)
    if not share.holds:
        least = int(share.sentence().gaps["least"])
        assert ShareAtLeast(least, whole, limit, what="").holds
        assert not ShareAtLeast(least - 1, whole, limit, what="").holds
