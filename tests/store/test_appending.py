"""What has been appended stays as it is, once, together with what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, Store
from jinan_desk.store.connection import DatabaseError
from tests.store.records import Maker, firm, kept, roster


def test_a_case_is_its_newest_revision(store: Store, maker: Maker) -> None:
    chain = maker.chain("c1", 4)
    store.append(chain[:1], {})
    store.append(chain[1:], {})
    row = store.case("c1")
    assert (row.head, row.amount, row.conflict) == (chain[-1].id, 3, False)
    assert store.history("c1") == tuple(chain)
    assert store.heads("c1") == (chain[-1],)
    assert store.revision(chain[2].id) == chain[2]


def test_the_columns_say_what_the_newest_revision_says(store: Store, maker: Maker) -> None:
    revision = maker.revision(
        "c1", stage="received", number="历下〔2020〕06A-0001号", received_on="2020-06-11", due_on="2020-06-24", amount=None,
        outcome="incomplete",
    )
    store.append([revision], {})
    row = store.case("c1")
    assert (row.stage, row.number, row.received_on, row.due_on) == (
        "received", "历下〔2020〕06A-0001号", "2020-06-11", "2020-06-24",
    )
    assert (row.outcome, row.amount, row.applicant) == ("incomplete", None, "山东鲁泉食品有限公司")
    assert (row.credit_code, row.id_number, row.district) == ("91370104MA3015044M", "", "370104")
    assert (row.updated_at, row.updated_by, row.office) == (revision.at, "苏敏", "370102")


def test_appending_twice_is_appending_once(store: Store, maker: Maker) -> None:
    chain = maker.chain("c1", 3)
    store.append(chain, {})
    store.append(chain, {})
    assert store.history("c1") == tuple(chain)


def test_contents_come_back_as_they_were(store: Store, maker: Maker) -> None:
    short, long = kept("determination", {"a": 1}), kept("determination", {"步骤": ["裁员率不超过上限"] * 200})
    store.append([maker.revision("c1", determination=short[0])], short[1])
    store.append([maker.revision("c2", determination=long[0])], long[1])
    for key, contents in (short, long):
        assert store.kept(key) == contents[key]
        assert store.content(key) == contents[key][1]


def test_what_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(DeskError, match="的记录"):
        store.revision("abc")
    with pytest.raises(DeskError, match="的办件"):
        store.case("abc")
    with pytest.raises(DeskError, match="缺少附带"):
        store.content("abc")
    assert store.history("abc") == store.heads("abc") == ()


@pytest.mark.parametrize("table", ["revisions", "contents"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid_or_kind = 'x'",
        "DELETE FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_revisions_and_contents_refuse_to_be_changed(
    store: Store, maker: Maker, table: str, statement: str
) -> None:
    key, contents = roster(("张伟", "370102199001011234"))
    store.append([maker.revision("c1", roster=key)], contents)
    column = {"revisions": "at", "contents": "kind"}[table]
    with pytest.raises(DatabaseError, match="never changed"):
        store._db.conn.execute(statement.format(table=table).replace("rowid_or_kind", column))
    assert store.check() == []


def test_a_child_without_its_parent_is_a_bug(store: Store, maker: Maker) -> None:
    chain = maker.chain("c1", 3)
    with pytest.raises(ValueError, match="parent"):
        store.append(chain[1:], {})
    assert store.count(CaseFilter()) == 0


def test_a_content_under_a_wrong_hash_is_a_bug(store: Store, maker: Maker) -> None:
    key, contents = roster(("张伟", ""))
    with pytest.raises(ValueError, match="content"):
        store.append([maker.revision("c1", roster=key)], {key: ("roster", b"[]")})
    assert store.count(CaseFilter()) == 0
    assert contents


@pytest.mark.parametrize(
    "wrong", [{"stage": "somewhere"}, {"amount": "1.00"}, {"amount": True}, {"number": None}, {"facts": None}, {"roster": 7}]
)
def test_a_body_that_is_no_case_is_a_bug(store: Store, maker: Maker, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"is|no"):
        store.append([maker.revision("c1", **wrong)], {})
    assert store.count(CaseFilter()) == 0


def failing(store: Store, write: Callable[[], Any]) -> Any:
    """What `write` answers inside a transaction that then fails."""
    answers = []

    def fail() -> None:
        with store.transaction():
            answers.append(write())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    return answers[0]


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store, maker: Maker) -> None:
    def write() -> None:
        store.append(maker.chain("c1", 2), {})
        with store.transaction():
            store.settings.put("a", 1)

    failing(store, write)
    assert store.count(CaseFilter()) == 0
    assert store.settings.get("a") is None


def test_a_full_disk_is_named_and_nothing_is_saved(store: Store, maker: Maker) -> None:
    chain = maker.chain("c1", 2)
    store.append(chain[:1], {})
    pages = store._db.conn.execute("PRAGMA page_count").fetchone()[0]
    store._db.conn.execute(f"PRAGMA max_page_count = {pages}")
    key, contents = kept("determination", {"reason": [str(number) for number in range(30_000)]})
    with pytest.raises(DeskError, match="磁盘已满"):
        store.append([maker.revision("c2", determination=key)], contents)
    store._db.conn.execute("PRAGMA max_page_count = 1000000")
    assert store.count(CaseFilter()) == 1
    store.append(chain[1:], {})
    assert store.check() == []


def test_sequences_have_no_gap_where_a_transaction_failed(store: Store) -> None:
    maker = Maker(incarnation=store.incarnation)
    with store.transaction():
        origins = [store.next_origin("370102"), store.next_origin("370102001")]
        assert [origin.sequence for origin in origins] == [1, 2]
        assert [origin.office for origin in origins] == ["370102", "370102001"]
        assert {origin.incarnation for origin in origins} == {store.incarnation}
        store.append([maker.revision("c1"), maker.revision("c2")], {})
    assert failing(store, lambda: store.next_origin("370102").sequence) == 3
    with store.transaction():
        assert store.next_origin("370102").sequence == 3  # and nothing is made with it
    with store.transaction():
        assert store.next_origin("370102").sequence == 3


def test_numbers_have_no_gap_where_a_transaction_failed(store: Store) -> None:
    def next_number(kind: str = "06A", year: int = 2020) -> int:
        with store.transaction():
            return store.next_number("370102", year, kind)

    assert [next_number(), next_number()] == [1, 2]
    assert failing(store, lambda: store.next_number("370102", 2020, "06A")) == 3
    assert next_number() == 3
    assert [next_number("02B"), next_number(year=2021)] == [1, 1]


def test_settings_are_json_and_replaceable(store: Store) -> None:
    assert store.settings.get("office", {"name": "无"}) == {"name": "无"}
    store.settings.put("office", {"name": "历下", "list": [1, None, True]})
    store.settings.put("office", {"name": "市中"})
    assert store.settings.get("office") == {"name": "市中"}
    with pytest.raises(TypeError):
        store.settings.put("rate", 5.5)


def test_what_was_saved_is_there_after_reopening(open_in: Callable[[str], Store]) -> None:
    store = open_in("again")
    chain = Maker(incarnation=store.incarnation).chain("c1", 2, facts=firm("济南大明湖酒店管理有限公司"))
    store.append(chain, {})
    store.close()
    again = open_in("again")
    assert again.history("c1") == tuple(chain)
    assert again.check() == []


def test_what_was_saved_is_answered_as_it_is_read(store: Store, maker: Maker) -> None:
    """Guard: `row_of`, from which a save answers without reading the case again."""
    first = maker.revision("c1")
    (new,) = store.append([first], {})
    assert (new.is_new, new.as_listed) == (True, store.case("c1"))
    (changed,) = store.append([maker.revision("c1", [first], stage="received")], {})
    assert (changed.is_new, changed.row, changed.as_listed) == (False, new.row, store.case("c1"))


def test_settings_and_acts_that_were_taken_back_are_not_remembered(store: Store) -> None:
    """Guards: `forget` in `transaction`, and in `put` and `add`."""

    def fail() -> None:
        with store.transaction():
            store.settings.put("word", "new")
            store.acts.add("kind", {}, at="", account="")
            assert (store.settings.get("word"), len(store.acts.of("kind"))) == ("new", 2)
            raise KeyError

    with store.transaction():
        store.settings.put("word", "old")
        store.acts.add("kind", {}, at="", account="")
    assert (store.settings.get("word"), len(store.acts.of("kind"))) == ("old", 1)
    with pytest.raises(KeyError):
        fail()
    assert (store.settings.get("word"), len(store.acts.of("kind"))) == ("old", 1)


def test_a_case_waits_to_be_judged_unless_whoever_appends_has_judged_it(store: Store, maker: Maker) -> None:
    """The guard: `let_wait` in `append`, without which doubles of what came in would never be looked for."""
    store.append([maker.revision("c1")], {}, judged=True)
    assert store.findings.unjudged(10) == []
    store.append([maker.revision("c2")], {})
    assert store.findings.unjudged(10) == ["c2"]


def test_what_the_disk_does_not_let_be_written_is_said_and_not_saved(store: Store, maker: Maker) -> None:
    """Guard: `_READONLY` in `is_of_the_disk`, as of a disk that the system has made read-only under us."""
    revision = maker.revision("c1")
    store._db.conn.execute("PRAGMA query_only=ON")
    with pytest.raises(DeskError, match="无法写入，本次操作没有保存"):
        store.append([revision], {})
    store._db.conn.execute("PRAGMA query_only=OFF")
    assert store.count(CaseFilter()) == 0
    store.append([revision], {})
    assert store.count(CaseFilter()) == 1
