"""Lists show every case once, in order, page by page; one case is found by what is printed on its paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, CaseRow, Order, Sorting, Store, Total, listing
from tests.store.records import Maker, firm


def pages(store: Store, wanted: CaseFilter, sorting: Sorting, limit: int) -> list[CaseRow]:
    rows: list[CaseRow] = []
    while page := store.cases(wanted, sorting=sorting, after=rows[-1] if rows else None, limit=limit):
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


SORTINGS = [Sorting(order, reverse) for order in Order for reverse in (False, True)]


def compared(sorting: Sorting, rows: list[CaseRow]) -> list[str | int]:
    return [sorting.order.key(getattr(row, sorting.order.column)) for row in rows]


@pytest.mark.parametrize("sorting", SORTINGS)
@pytest.mark.parametrize("limit", [1, 7, 30])
def test_pages_show_every_case_once_and_in_order(many: Store, sorting: Sorting, limit: int) -> None:
    rows = pages(many, CaseFilter(), sorting, limit)
    assert sorted(row.case for row in rows) == [f"case{number:02}" for number in range(30)]
    values = [value for value in compared(sorting, rows) if value != ""]
    assert values == sorted(values, reverse=sorting.descending)
    assert compared(sorting, rows)[: len(values)] == values  # those without a day or a number come last


@pytest.mark.parametrize("sorting", SORTINGS)
def test_row_numbers_come_in_the_order_of_the_pages(many: Store, sorting: Sorting) -> None:
    wanted = CaseFilter(stages=("received",))
    numbers = many.lists.numbers(wanted, sorting)
    assert numbers is not None
    assert many.lists.at(numbers) == pages(many, wanted, sorting, 4) == list(many.lists.all(wanted, sorting))


@pytest.mark.parametrize("characters", [1, 5, 100_000])
def test_row_numbers_are_read_in_pieces(many: Store, monkeypatch: pytest.MonkeyPatch, characters: int) -> None:
    monkeypatch.setattr("jinan_desk.store.listing._CHARACTERS", characters)
    assert list(many.lists.numbers(CaseFilter(), Sorting(Order.UPDATED, reverse=True)) or ()) == list(range(1, 31))
    assert list(many.lists.numbers(CaseFilter(programme="x"), Sorting()) or ()) == []


def test_stages_come_in_the_order_of_the_work(store: Store, maker: Maker) -> None:
    for stage in ("paid", "draft", "archived", "accepted"):
        store.append([maker.revision(stage, stage=stage)], {})
    assert [row.stage for row in store.cases(CaseFilter(), sorting=Sorting(Order.STAGE))] == [
        "draft", "accepted", "paid", "archived",
    ]  # fmt: skip


def test_a_row_without_a_case_is_told_of_in_its_place(many: Store) -> None:
    first, gone, last = many.lists.at([3, 999, 1])
    assert (first and first.case, gone, last and last.case) == ("case02", None, "case00")


def test_looking_for_rows_can_be_given_up(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinan_desk.store.listing._STEPS", 1)
    assert many.lists.numbers(CaseFilter(), Sorting(), lambda: True) is None
    assert len(many.lists.numbers(CaseFilter(), Sorting()) or ()) == 30


def test_a_total_counts_what_is_granted_and_who_has_nothing(store: Store, maker: Maker) -> None:
    store.append(
        [
            maker.revision("c1", amount=10_000_000_000_000_01),
            maker.revision("c2", amount=2, outcome="incomplete"),
            maker.revision("c3", amount=None, outcome="incomplete"),
            maker.revision("c4", amount=400, outcome="ineligible"),
        ],
        {},
    )
    whole = Total(count=4, amount=10_000_000_000_000_03, without=2)
    assert store.lists.total(CaseFilter()) == whole == store.lists.total_at([4, 3, 2, 1])
    assert store.lists.total_at([2, 4]) == Total(count=2, amount=2, without=1)
    assert store.lists.total_at([]) == Total()


def test_an_ineligible_case_is_in_no_range_of_amounts(store: Store, maker: Maker) -> None:
    store.append([maker.revision("c1", amount=5), maker.revision("c2", amount=5, outcome="ineligible")], {})
    assert [row.case for row in store.cases(CaseFilter(amount_from=1))] == ["c1"]


def plans(store: Store, look: Callable[[], object]) -> list[str]:
    """How the database means to do what `look` asks of it, a line a statement."""
    statements: list[str] = []
    connection = store._db.conn
    connection.set_trace_callback(statements.append)
    look()
    connection.set_trace_callback(None)
    return ["; ".join(row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql)) for sql in statements]


@pytest.mark.parametrize("order", Order)
def test_no_order_looks_at_whole_rows(many: Store, order: Order) -> None:
    """A list that looks at the whole rows of a million cases takes ten times as long."""
    wanted = CaseFilter(
        programme="06A", article=6, stages=("draft", "received"), outcome="eligible", district="370102", handler="苏敏",
        received_from="2020-06-10", received_to="2020-06-12", updated_from="2020", updated_before="2021",
        due_from="2020", due_to="2021", amount_from=1, amount_to=9,
    )  # fmt: skip
    for plan in plans(many, lambda: many.lists.numbers(wanted, Sorting(order))):
        assert "COVERING INDEX cases_list" in plan
        assert not order.index or f"COVERING INDEX {order.index}" in plan
    for plan in plans(many, lambda: many.lists.page(wanted, Sorting(order), None, 5)):
        assert "COVERING INDEX cases_list" in plan
        assert "SCAN cases;" not in f"{plan};"


@pytest.mark.parametrize("order", [Order.NUMBER, Order.APPLICANT])
def test_what_has_an_index_is_not_sorted(many: Store, order: Order) -> None:
    for plan in plans(many, lambda: many.lists.numbers(CaseFilter(), Sorting(order))):
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("wanted", [CaseFilter(), CaseFilter(holders=("", "370102"))])
def test_what_is_there_to_do_is_counted_without_sorting(many: Store, wanted: CaseFilter) -> None:
    (plan,) = plans(many, lambda: many.lists.groups(wanted))
    assert "COVERING INDEX cases_work" in plan
    assert "TEMP B-TREE" not in plan


def test_a_page_anywhere_is_read_with_one_statement(many: Store) -> None:
    (plan,) = plans(many, lambda: many.lists.at(range(1, 26)))
    assert "SEARCH cases USING INTEGER PRIMARY KEY" in plan


@pytest.mark.parametrize("finding", [True, False])
def test_cases_with_findings_are_told_by_their_rows(many: Store, finding: bool) -> None:
    for plan in plans(many, lambda: many.lists.numbers(CaseFilter(finding=finding), Sorting())):
        assert "SCAN cases;" not in f"{plan};"


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
        (CaseFilter(handler="苏敏"), 30),
        (CaseFilter(handler="王磊"), 0),
        (CaseFilter(updated_from="2020-06-10T00:30:00Z"), 1),
        (CaseFilter(updated_before="2020-06-10T00:03:00Z"), 2),
        (CaseFilter(due_to="2020-07-01"), 15),
        (CaseFilter(due_from="2020-07-02"), 0),
        (CaseFilter(amount_from=100), 18),
        (CaseFilter(amount_from=100, amount_to=200), 12),
        (CaseFilter(amount_to=0), 6),
        (CaseFilter(conflict=True), 0),
        (CaseFilter(finding=True), 0),
        (CaseFilter(finding=False), 30),
        (CaseFilter(mark="alert"), 0),
        (CaseFilter(holders=("", "370102")), 30),
        (CaseFilter(holders=("370102",)), 0),
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
    with pytest.raises(DeskError, match="不止一个"):
        store.find("0012")
    assert store.find("06A-0012").case == "c1"


@pytest.mark.parametrize("sorting", SORTINGS)
@pytest.mark.parametrize("text", ["济南", "3公司", "06A-0003号"])
def test_a_text_that_many_cases_have_is_found_in_the_same_order(
    many: Store, sorting: Sorting, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the first cases are tried one after the other or all that are found are sorted is not to be seen."""
    wanted = CaseFilter(text=text)
    sorted_ = many.cases(wanted, sorting=sorting, limit=4)
    monkeypatch.setattr(listing, "_FEW", 1)
    monkeypatch.setattr(listing, "_TRIED", 12)
    assert many.lists.many(wanted)
    assert many.cases(wanted, sorting=sorting, limit=4) == sorted_
    assert many.count(wanted) == len(many.lists.numbers(wanted, sorting) or ())


def test_a_text_that_few_cases_have_is_not_looked_for_case_by_case(many: Store) -> None:
    assert not many.lists.many(CaseFilter(text="济南"))
    assert many.lists.many(CaseFilter(stages=("draft",)))
