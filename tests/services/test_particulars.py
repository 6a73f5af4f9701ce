from dataclasses import replace
from datetime import date

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.services.demo import CLERK, DISTRICT, Clock
from jinan_desk.services.particulars import LABELS, LONGEST, Details, Particulars
from jinan_desk.store import Store

NEW = Details("0531-00000009", "历下区经十路1号", "邹平", "苏敏", "韩立", "（业务专用章）")


@pytest.fixture
def particulars(store: Store, clock: Clock) -> Particulars:
    return Particulars(store, DISTRICT, account=CLERK, now=clock.now)


def test_an_office_has_what_it_was_founded_with_until_it_says_otherwise(particulars: Particulars):
    assert particulars.current() == Details(DISTRICT.phone, DISTRICT.address, DISTRICT.head)
    assert particulars.history() == []


def test_a_change_counts_from_its_day_on(particulars: Particulars):
    before = particulars.current()
    particulars.change(NEW, since=date(2020, 6, 1))
    assert particulars.on(date(2020, 5, 31)) == before
    assert particulars.on(date(2020, 6, 1)) == NEW
    assert particulars.current() == NEW


def test_what_was_entered_last_corrects_what_was_to_count_since_the_same_day(particulars: Particulars):
    later = replace(NEW, head="宋玉")
    right = replace(NEW, phone="0531-00000008")
    particulars.change(NEW, since=date(2020, 6, 1))
    particulars.change(later, since=date(2020, 8, 1))
    particulars.change(right, since=date(2020, 6, 1))
    assert particulars.on(date(2020, 7, 1)) == right
    assert particulars.on(date(2020, 9, 1)) == right
    assert [change.details for change in particulars.history()] == [right, later, NEW]


def test_a_change_says_who_made_it_and_what_became_of_what(particulars: Particulars):
    before = particulars.current()
    change = particulars.change(replace(before, phone=NEW.phone, head="邹平"), since=date(2020, 6, 1))
    assert change.account == CLERK
    assert [sentence.read() for sentence in change.sentences(before)] == [
        f"联系电话：{DISTRICT.phone} → 0531-00000009",
        "单位负责人：（空） → 邹平",
    ]


@pytest.mark.parametrize("field", LABELS)
@pytest.mark.parametrize("text", ["两\n行", " 前空", "长" * 61])
def test_what_does_not_fit_on_paper_is_refused_in_words(particulars: Particulars, field: str, text: str):
    with pytest.raises(DeskError) as error:
        particulars.change(replace(NEW, **{field: text}), since=date(2020, 6, 1))
    assert LABELS[field] in error.value.read()
    assert str(LONGEST[field]) in error.value.read()
    assert particulars.history() == []


def test_a_change_that_changes_nothing_is_refused(particulars: Particulars):
    particulars.change(NEW, since=date(2020, 6, 1))
    with pytest.raises(DeskError) as error:
        particulars.change(NEW, since=date(2020, 6, 1))
    assert "没有变化" in error.value.read()
    assert len(particulars.history()) == 1
