"""What ships is what the circular and the notices say."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from pypinyin import Style, pinyin

from jinan_desk.paths import resources_directory
from jinan_desk.resources import articles, chapters, initials, policy_text, workday_calendar


def test_the_circular_has_26_articles_in_six_chapters():
    assert [article.number for article in articles()] == list(range(1, 27))
    assert [chapter.title[0] for chapter in chapters()] == list("一二三四五六")
    assert sum(len(chapter.articles) for chapter in chapters()) == 26


def test_every_article_has_its_own_text_and_units_verbatim():
    for article in articles():
        assert article.title
        assert article.units
        assert article.text
        for paragraph in article.text:
            assert paragraph in policy_text()
    assert articles()[5].title == "加大稳岗返还"
    assert "此件公开发布" not in articles()[-1].text[0]


@pytest.mark.parametrize("year", range(2019, 2027))
def test_working_days_agree_with_an_independent_table(year):
    calendar = workday_calendar()
    day = date(year, 1, 1)
    while day.year == year:
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_only_weekends_are_made_up():
    calendar = workday_calendar()
    assert all(day.weekday() >= 5 for day in calendar.make_up_days)
    assert not calendar.make_up_days & calendar.days_off


def test_initials_agree_with_an_independent_reader():
    """For everything in the table of general standard characters that it can read."""
    standard = (resources_directory() / "fonts" / "general_standard.txt").read_text(encoding="utf-8").replace("\n", "")
    assert len(standard) == 8105
    for character in standard:
        letters = {reading[0] for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0] if reading[0] != "ê"}
        assert letters <= {*initials().get(character, ""), character}, character


@pytest.mark.parametrize(("surname", "letter"), [("单", "s"), ("仇", "q"), ("区", "o"), ("解", "x"), ("曾", "z"), ("查", "z")])
def test_surnames_are_read_as_surnames(surname, letter):
    assert letter in initials()[surname]
