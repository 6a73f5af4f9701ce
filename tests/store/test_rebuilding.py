"""What is derived is the same whether it was kept up to date or made anew; check says where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinan_desk.core.revision import Revision
from jinan_desk.store import Store, open_store
from jinan_desk.store.places import store_path
from jinan_desk.store.search import catch_up
from tests.store.records import KEY, Contents, Maker, firm, person, roster

_NAMES = st.sampled_from(["张伟", "王𬱖", "欧阳娜", "李", "", "ABC 公司"])
_IDS = st.sampled_from(["370102199001011234", "37010519880312211X", ""])
_PEOPLE = st.lists(st.tuples(_NAMES, _IDS), max_size=4)


def derived(store: Store) -> dict[str, list[Any]]:
    """Everything that is derived, by case instead of by row number, and what the search finds."""
    catch_up(store._db)
    case_of = dict(store._db.conn.execute('SELECT row, "case" FROM cases').fetchall())
    tables: dict[str, list[Any]] = {}
    for table in ("cases", "people", "applicant_search", "roster_search"):
        key = "rowid" if table.endswith("search") else "row"
        cursor = store._db.conn.execute(f"SELECT {key}, * FROM {table}")
        names = [name for name, *_ in cursor.description]
        rows = [
            (case_of[row[0]], *(v for name, v in zip(names, row, strict=True) if name not in {"row", "rowid"}))
            for row in cursor
        ]
        tables[table] = sorted(rows)
        if table.endswith("search"):
            store._db.conn.execute(f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab (main, {table}, instance)")
            words = store._db.conn.execute(f"SELECT doc, term, offset FROM temp.{table}_words").fetchall()
            store._db.conn.execute(f"DROP TABLE temp.{table}_words")
            tables[f"{table} words"] = sorted((case_of[row], term, place) for row, term, place in words)
    return tables


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rebuilt_is_what_was_kept_up_to_date(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Cases change their applicant, roster and stage, fork and are settled, in batches of any size."""
    with open_store(tmp_path_factory.mktemp("desk"), KEY) as store:
        maker = Maker(incarnation=store.incarnation)
        histories: dict[str, list[Revision]] = {}
        for _ in range(data.draw(st.integers(1, 4))):
            batch: list[Revision] = []
            contents: Contents = {}
            for _ in range(data.draw(st.integers(1, 4))):
                case = data.draw(st.sampled_from(["c1", "c2", "c3"]))
                history = histories.setdefault(case, [])
                parents = data.draw(st.lists(st.sampled_from(history), min_size=1, max_size=2, unique_by=lambda r: r.id)) if history else []
                people = data.draw(st.none() | _PEOPLE)
                key, content = roster(*people) if people is not None else (None, {})
                facts = data.draw(st.builds(person, _NAMES, _IDS) | st.builds(firm, _NAMES))
                stage = data.draw(st.sampled_from(["draft", "received", "paid"]))
                history.append(maker.revision(case, parents, roster=key, facts=facts, stage=stage))
                batch.append(history[-1])
                contents |= content
            store.append(batch, contents)
        kept = derived(store)
        assert store.check() == []
        store.rebuild()
        assert derived(store) == kept
        assert store.check() == []


@pytest.fixture
def filled(store: Store) -> Store:
    maker = Maker(incarnation=store.incarnation)
    key, contents = roster(("张伟", "370102199001011234"), ("王𬱖", "37010519880312211X"))
    first = maker.revision("c1", roster=key)
    store.append([first, maker.revision("c1", [first], roster=key, stage="received"), maker.revision("c2")], contents)
    catch_up(store._db)
    assert store.check() == []
    return store


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE cases SET amount = 1 WHERE \"case\" = 'c1'", "查询列"),
        ("UPDATE cases SET applicant = '另一家' WHERE \"case\" = 'c2'", "查询列"),
        ("UPDATE cases SET heads = head || ' ' || head", "查询列"),
        ("UPDATE cases SET \"case\" = 'c9' WHERE \"case\" = 'c2'", "查询列"),
        ("DELETE FROM cases WHERE \"case\" = 'c2'", "查询列"),
        ("DELETE FROM people WHERE name = '张伟'", "人员索引"),
        ("UPDATE people SET id_number = '1' WHERE name = '张伟'", "人员索引"),
        ("UPDATE applicant_search SET tokens = '5f20'", "姓名检索"),
        ("DELETE FROM roster_search", "姓名检索"),
        ("INSERT INTO roster_search (rowid, tokens) VALUES (99, '5f20')", "姓名检索"),
        ("UPDATE roster_search_content SET c0 = c0 || ' 5f20'", "姓名检索"),
        ("DELETE FROM roster_search_data WHERE id > 10", "姓名检索"),
    ],
)
def test_whatever_disagrees_with_the_revisions_is_named(filled: Store, statement: str, told: str) -> None:
    filled._db.conn.execute(statement)
    assert told in "".join(sentence.read() for sentence in filled.check())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET amount = 1, heads = head, stage = 'paid'",
        "DELETE FROM people",
        "DELETE FROM roster_search",
        "UPDATE applicant_search SET tokens = '5f20'",
        "UPDATE roster_search_content SET c0 = c0 || ' 5f20'",
        "DELETE FROM roster_search_data WHERE id > 10",
    ],
)
def test_rebuilding_mends_what_is_derived(filled: Store, statement: str) -> None:
    before = derived(filled)
    filled._db.conn.execute(statement)
    assert filled.check()
    filled.rebuild()
    assert filled.check() == []
    assert derived(filled) == before


def test_a_row_of_no_case_is_found(filled: Store) -> None:
    """The guard: what is left of the rows when every case has had its own."""
    columns = [name for _, name, *_ in filled._db.conn.execute("PRAGMA table_info(cases)") if name != "row"]
    named = ", ".join(f'"{name}"' for name in columns)
    made = ", ".join("'c9'" if name == "case" else f'"{name}"' for name in columns)
    filled._db.conn.execute(f"INSERT INTO cases ({named}) SELECT {made} FROM cases WHERE \"case\" = 'c2'")
    assert any("查询列" in sentence.read() and "1 处" in sentence.read() for sentence in filled.check())


def test_people_of_no_case_are_found(filled: Store) -> None:
    filled._db.conn.execute("PRAGMA foreign_keys=OFF")
    filled._db.conn.execute("INSERT INTO people SELECT 99, place, name, id_number FROM people WHERE name = '张伟'")
    assert any("人员索引" in sentence.read() for sentence in filled.check())
    filled._db.conn.execute("DELETE FROM people")
    filled.rebuild()
    assert filled.check() == []


def test_an_index_that_does_not_hold_what_its_table_holds_is_found(filled: Store) -> None:
    """The guard: `integrity_check` beside the pages' own codes, which say nothing of what was written in them."""
    execute = filled._db.conn.execute
    execute("PRAGMA writable_schema=ON")
    other = "replace(sql, 'incarnation, sequence', 'sequence, incarnation')"
    execute(f"UPDATE sqlite_master SET sql = {other} WHERE name = 'revisions_origin'")
    execute("PRAGMA writable_schema=RESET")
    assert [sentence.read() for sentence in filled.check()] == ["数据库文件已损坏，请从备份恢复"]


def test_a_store_without_one_of_its_tables_is_called_damaged(filled: Store) -> None:
    filled._db.conn.execute("DROP TABLE unindexed")
    filled._db.conn.execute("DELETE FROM roster_search")
    assert [sentence.read() for sentence in filled.check()] == ["数据库文件已损坏，请从备份恢复"]


def test_a_number_of_the_sequence_that_stands_for_two_revisions_is_found(store: Store) -> None:
    store.receive([Maker().revision("c1", sequence=1), Maker().revision("c2", sequence=1)], {})
    assert len(store.forks()) == 1
    assert [sentence.read() for sentence in store.check()] == [fork.sentence().read() for fork in store.forks()]


def test_repairing_mends_what_is_derived_and_names_what_it_cannot_mend(filled: Store) -> None:
    """The guards: what is mended is made anew, and only what is found well afterwards counts as mended."""
    assert filled.repair() == ([], [])
    filled._db.conn.execute("DELETE FROM people")
    mended, left = filled.repair()
    assert ["人员索引" in sentence.read() for sentence in mended] == [True]
    assert left == []
    assert filled.check() == []
    tampered(filled, "UPDATE contents SET packed = 0, data = CAST('[]' AS BLOB)")
    filled._db.conn.execute("UPDATE cases SET amount = 1")
    mended, left = filled.repair()
    assert ["查询列" in sentence.read() for sentence in mended if "查询列" in sentence.read()] == [True]
    assert ["与其摘要不符" in sentence.read() for sentence in left] == [True]
    assert filled.check() == left


def tampered(store: Store, statement: str, *values: object) -> str:
    """What check says after somebody has got past the triggers."""
    for table in ("revisions", "contents"):
        for action in ("UPDATE", "DELETE"):
            store._db.conn.execute(f"DROP TRIGGER {table}_refuse_{action}")
    store._db.conn.execute(statement, values)
    return "".join(sentence.read() for sentence in store.check())


def test_a_changed_revision_is_found(filled: Store) -> None:
    told = tampered(filled, "UPDATE revisions SET encoded = CAST(replace(encoded, '7920000', '7920001') AS BLOB)")
    assert "与其摘要不符" in told


def test_a_revision_whose_columns_were_changed_is_found(filled: Store) -> None:
    assert "检索列" in tampered(filled, "UPDATE revisions SET at = '2021-01-01T00:00:00Z'")


def test_a_deleted_revision_is_found(filled: Store) -> None:
    told = tampered(filled, "DELETE FROM revisions WHERE sequence = 1")
    assert "缺少上一版本" in told
    assert "第 1–1 号记录尚未收到" in told


def test_a_changed_roster_is_found(filled: Store) -> None:
    assert "与其摘要不符" in tampered(filled, "UPDATE contents SET packed = 0, data = CAST('[]' AS BLOB)")


def test_a_deleted_roster_is_found(filled: Store) -> None:
    assert "缺少附带" in tampered(filled, "DELETE FROM contents")


def test_a_gap_in_the_own_sequence_is_found(store: Store) -> None:
    maker = Maker(incarnation=store.incarnation)
    store.append([maker.revision("c1", sequence=1), maker.revision("c2", sequence=3)], {})
    (told,) = store.check()
    assert "第 2–2 号" in told.read()


def test_a_gap_in_another_sequence_is_only_waited_for(store: Store) -> None:
    store.receive([Maker().revision("c1", sequence=3)], {})
    assert store.check() == []


def test_one_number_for_two_cases_is_found(store: Store, maker: Maker) -> None:
    store.append([maker.revision("c1", number="06A-0001号"), maker.revision("c2", number="06A-0001号")], {})
    (told,) = store.check()
    assert "06A-0001号" in told.read()


PAGE = 4096


def test_a_flipped_byte_in_the_file_is_found(open_in: Callable[[str], Store], tmp_path: Any) -> None:
    store = open_in("flipped")
    store.append(Maker(incarnation=store.incarnation).chain("c1", 50), {})
    index = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_revisions_1'"
    page = store._db.conn.execute(index).fetchone()[0]
    store.close()
    path = store_path(tmp_path / "flipped")
    content = bytearray(path.read_bytes())
    content[page * PAGE - PAGE // 2] ^= 1
    path.write_bytes(content)
    told = open_in("flipped").check()
    assert [sentence.read() for sentence in told] == ["数据库文件已损坏，请从备份恢复"]


def test_a_flipped_byte_in_a_page_that_holds_nothing_is_found(open_in: Callable[[str], Store], tmp_path: Any) -> None:
    store = open_in("flipped")
    store._db.conn.execute("CREATE TABLE gone (content)")
    store._db.conn.execute("INSERT INTO gone VALUES (randomblob(100000))")
    store._db.conn.execute("DROP TABLE gone")
    store.close()
    path = store_path(tmp_path / "flipped")
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    assert open_in("flipped").check()
