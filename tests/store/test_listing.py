"""Lists show every case once, in order, page by page; one case is found by what is printed on its paper."""

from __future__ import annotations

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, CaseRow, Order, Store
from tests.store.records import Maker, firm


def pages(store: Store, wanted: CaseFilter, order: Order, limit: int) -> list[CaseRow]:
    rows: list[CaseRow] = []
    while page := store.cases(wanted, order=order, after=rows[-1] if rows else None, limit=limit):
        assert len(page) <= limit
        rows += page
    return rows


@pytest.fixture
def many(store: Store, maker: Maker) -> Store:
    """Thirty cases with many equal values, some unknown."""
    store.append(
        [
            maker.revision(
                f"case{number:02}",
                amount=None if number % 5 == 0 else number % 4 * 100,
                number="" if number % 3 else f"历下〔2020〕06A-{number:04}号",
                due_on="" if number % 2 else "2020-07-01",
                received_on="" if number % 7 == 0 else f"2020-06-{number % 4 + 10}",
                stage="received" if number % 2 else "draft",
                programme="06A" if number % 3 else "02B",
                article=6 if number % 3 else 2,
                outcome="eligible" if number % 5 else "incomplete",
                facts=firm(f"济南第{number % 6}公司"),
            )
            for number in range(30)
        ],
        {},
    )
    return store


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("limit", [1, 7, 30])
def test_pages_show_every_case_once(many: Store, order: Order, limit: int) -> None:
    rows = pages(many, CaseFilter(), order, limit)
    assert sorted(row.case for row in rows) == [f"case{number:02}" for number in range(30)]
    values = [(-1 if row.amount is None else row.amount) if order is Order.AMOUNT else getattr(row, order.column) for row in rows]
    assert values == sorted(values, reverse=order.descending)


def test_pages_of_a_filtered_list_hold_together(many: Store) -> None:
    wanted = CaseFilter(stages=("received",), text="公司")
    rows = pages(many, wanted, Order.AMOUNT, 4)
    assert len(rows) == len({row.case for row in rows}) == many.count(wanted) == 15


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (CaseFilter(), 30),
        (CaseFilter(programme="02B"), 10),
        (CaseFilter(article=6), 20),
        (CaseFilter(stages=("draft", "received")), 30),
        (CaseFilter(stages=("paid",)), 0),
        (CaseFilter(outcome="incomplete"), 6),
        (CaseFilter(district="370102"), 30),
        (CaseFilter(district="370103"), 0),
        (CaseFilter(received_from="2020-06-12"), 12),
        (CaseFilter(received_to="2020-06-11"), 13),
        (CaseFilter(received_from="2020-06-11", received_to="2020-06-12"), 13),
        (CaseFilter(conflict=True), 0),
        (CaseFilter(conflict=False), 30),
        (CaseFilter(article=2, stages=("received",), text="第3公司"), 5),
    ],
)
def test_a_filter_wants_all_of_its_parts(many: Store, wanted: CaseFilter, count: int) -> None:
    assert many.count(wanted) == count == len(many.cases(wanted))


def test_the_newest_comes_first_by_default(many: Store) -> None:
    assert [row.case for row in many.cases(CaseFilter(), limit=3)] == ["case29", "case28", "case27"]


def test_counts_by_stage(many: Store) -> None:
    assert many.counts("stage", CaseFilter()) == {"draft": 15, "received": 15}
    assert many.counts("programme", CaseFilter(stages=("draft",))) == {"02B": 5, "06A": 10}


@pytest.mark.parametrize(
    "text",
    [
        "济历下人社受〔2020〕06A-0012号",
        " 济历下人社受〔2020〕06A-0012号 ",
        "06A-0012",
        "０６Ａ－００１２",
        "0012",
        "9c2d2cf4d9af450f8fe302ab6c99e846",
        "9c2d2cf4",
        "9C2D2CF4",
    ],
)
def test_a_case_is_found_by_its_number_or_id(store: Store, maker: Maker, text: str) -> None:
    case = "9c2d2cf4d9af450f8fe302ab6c99e846"
    store.append([maker.revision(case, number="济历下人社受〔2020〕06A-0012号"), maker.revision("c1", number="x0013")], {})
    assert store.find(text).case == case


def test_a_case_is_found_by_the_check_code_of_an_old_paper(store: Store, maker: Maker) -> None:
    chain = maker.chain("c1", 3)
    store.append([*chain, *maker.chain("c2", 3)], {})
    code = chain[0].id[:12].upper()
    assert store.find(f"{code[:4]}-{code[4:8]}-{code[8:]}").case == "c1"


@pytest.mark.parametrize("text", ["", "号", "0099", "abcdef0123", "没有"])
def test_what_finds_no_case_is_named(store: Store, maker: Maker, text: str) -> None:
    store.append([maker.revision("c1", number="济历下人社受〔2020〕06A-0012号"), maker.revision("c2")], {})
    with pytest.raises(DeskError, match="找不到"):
        store.find(text)


def test_what_finds_more_than_one_case_is_named(store: Store, maker: Maker) -> None:
    store.append([maker.revision("c1", number="〔2020〕06A-0012号"), maker.revision("c2", number="〔2020〕02B-0012号")], {})
    with pytest.raises(DeskError, match="不止一件"):
        store.find("0012")
    assert store.find("06A-0012").case == "c1"
