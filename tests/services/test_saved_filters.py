"""Filters that somebody has given a name."""

from __future__ import annotations

from datetime import date

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.services.listing import CaseFilter
from jinan_desk.services.saved_filters import LONGEST_NAME, MOST, SavedFilters, updated_days, updated_on
from jinan_desk.store import Store

MINE = CaseFilter(stages=("draft", "received"), amount_from=100, finding=True, text="泉")


@pytest.fixture
def saved(store: Store) -> SavedFilters:
    return SavedFilters(store, account="苏敏")


def test_a_filter_comes_back_as_it_was_saved_and_belongs_to_one_person(store: Store, saved: SavedFilters) -> None:
    saved.keep(" 待办 ", MINE)
    saved.keep("全部", CaseFilter())
    assert saved.all() == {"待办": MINE, "全部": CaseFilter()}
    assert SavedFilters(store, account="韩立").all() == {}


def test_saving_again_replaces_and_renaming_keeps_and_deleting_forgets(saved: SavedFilters) -> None:
    for name in ("甲", "乙"):
        saved.keep(name, CaseFilter())
    saved.keep("甲", MINE)
    saved.rename("甲", "丙")
    assert saved.all() == {"丙": MINE, "乙": CaseFilter()}
    saved.rename("丙", "丙")
    saved.drop("丙")
    assert list(saved.all()) == ["乙"]


def test_a_name_that_another_filter_has_is_refused(saved: SavedFilters) -> None:
    for name in ("甲", "乙"):
        saved.keep(name, MINE)
    with pytest.raises(DeskError, match="已有名为"):
        saved.rename("甲", "乙")
    assert set(saved.all()) == {"甲", "乙"}


@pytest.mark.parametrize("name", ["", "  ", "长" * (LONGEST_NAME + 1), "两\n行"])
def test_what_is_no_name_is_refused(saved: SavedFilters, name: str) -> None:
    with pytest.raises(DeskError, match="请填写常用筛选的名称"):
        saved.keep(name, MINE)


def test_no_more_are_kept_than_a_menu_can_show(saved: SavedFilters) -> None:
    for number in range(MOST):
        saved.keep(str(number), MINE)
    with pytest.raises(DeskError, match="最多保存"):
        saved.keep("再来一个", MINE)
    saved.keep("0", CaseFilter())


def test_what_a_later_version_has_added_is_left_out(store: Store, saved: SavedFilters) -> None:
    store.settings.put("filters", {"苏敏": {"新": {"programme": "06A", "colour": "red"}}})
    assert saved.all() == {"新": CaseFilter(programme="06A")}


@pytest.mark.parametrize("days", [(date(2020, 3, 1), date(2020, 3, 31)), (None, date(2020, 3, 1)), (None, None)])
def test_days_of_the_last_work_are_the_wall_calendars(days: tuple[date | None, date | None]) -> None:
    assert updated_days(CaseFilter(**updated_on(*days))) == days
