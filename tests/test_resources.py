"""What ships is what the circular and the notices say."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from jinan_desk.resources import articles, chapters, policy_text, workday_calendar


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
