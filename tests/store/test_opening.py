"""A store opens for one process, with its key, in its version; whatever is refused is left as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, open_store, opening, schema
from jinan_desk.store.connection import Database, connect
from jinan_desk.store.places import backup_directory, store_path
from tests.store.records import KEY, Maker

_HOLDER = """
import sys
from pathlib import Path
from jinan_desk.store import open_store
with open_store(Path(sys.argv[1]), bytes(range(32))):
    print("open", flush=True)
    sys.stdin.read()
"""


def files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir()) if path.is_file()}


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_a_second_process_is_refused_politely(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="已在另一个窗口中打开"):
        open_store(tmp_path, KEY)


def test_the_lock_ends_with_its_process_however_it_ends(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with open_store(tmp_path, KEY) as store:
        assert store.check() == []


def test_a_second_store_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with open_store(tmp_path, KEY), pytest.raises(DeskError, match="已在另一个窗口中打开"):
        open_store(tmp_path, KEY)
    open_store(tmp_path, KEY).close()


def test_a_refused_store_gives_its_lock_back(tmp_path: Path) -> None:
    open_store(tmp_path, KEY).close()
    with pytest.raises(DeskError):
        open_store(tmp_path, bytes(32))
    open_store(tmp_path, KEY).close()


def test_another_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    open_store(tmp_path, KEY).close()
    before = files(tmp_path)
    with pytest.raises(DeskError, match="密钥不符，或文件已损坏"):
        open_store(tmp_path, bytes(32))
    assert files(tmp_path) == before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    open_store(tmp_path, KEY).close()
    store_path(tmp_path).write_bytes(b"\0" * 8192)
    with pytest.raises(DeskError, match="文件已损坏"):
        open_store(tmp_path, KEY)


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_a_store_that_is_gone_is_not_begun_anew_where_there_are_backups(tmp_path: Path, left: str) -> None:
    with open_store(tmp_path, KEY) as store:
        store.backup(backup_directory(tmp_path) / "desk-20200320T081500Z-day.db")
    store_path(tmp_path).unlink()
    if left != "nothing":
        store_path(tmp_path).touch()
    with pytest.raises(DeskError, match="从备份恢复"):
        open_store(tmp_path, KEY)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        add_migration(newer, m9999_from_the_future)
        open_store(tmp_path, KEY).close()
    before = files(tmp_path)
    with pytest.raises(DeskError, match="更新版本"):
        open_store(tmp_path, KEY)
    assert files(tmp_path) == before
    assert not backup_directory(tmp_path).exists()


def m9999_from_the_future(db: Database) -> None:
    db.conn.execute("CREATE TABLE future (a)")


def m9998_that_is_made(db: Database) -> None:
    db.conn.execute("CREATE TABLE nearer_future (a)")


def m9999_that_fails(db: Database) -> None:
    db.conn.execute("CREATE TABLE future (a)")
    db.conn.execute("CREATE TABLE future (a)")


def add_migration(monkeypatch: pytest.MonkeyPatch, function: object) -> None:
    """This version, with one more migration."""
    longer = schema.Migrations(schema.migrations.name)
    every = (*schema.MIGRATIONS, function)
    for migration in every:
        longer()(migration)  # type: ignore[arg-type]
    for module in (opening, schema):
        monkeypatch.setattr(module, "migrations", longer)
    monkeypatch.setattr(schema, "MIGRATIONS", every)


def test_tables_are_changed_only_after_a_proven_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "desk", KEY) as store:
        store.append(Maker(incarnation=store.incarnation).chain("c1", 3), {})
    add_migration(monkeypatch, m9999_from_the_future)
    with open_store(tmp_path / "desk", KEY) as store:
        assert store.count(CaseFilter()) == 1
    monkeypatch.undo()
    (copy,) = backup_directory(tmp_path / "desk").iterdir()
    (tmp_path / "old").mkdir()
    shutil.copy(copy, store_path(tmp_path / "old"))
    with open_store(tmp_path / "old", KEY) as store:
        assert len(store.history("c1")) == 3


def test_what_is_done_before_tables_are_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards: `tell` in `write_backup`, before and after the proof, and in `_prepare`."""
    told: list[tuple[str, int, int]] = []

    def tell(what: Sentence, done: int, total: int) -> None:
        told.append((what.read(), done, total))

    open_store(tmp_path, KEY, tell=tell).close()
    assert told == []
    monkeypatch.setattr("jinan_desk.store.backup._PAGES", 20)
    add_migration(monkeypatch, m9999_from_the_future)
    open_store(tmp_path, KEY, tell=tell).close()
    copied = [(done, total) for what, done, total in told if what == "正在备份数据"]
    assert copied == sorted(copied)
    assert len(copied) > 3
    assert copied[-1][0] == copied[-1][1] > 20
    assert [what for what, *_ in told[len(copied) :]] == ["正在核对备份，数据多时要几分钟", "正在升级数据"]


def test_a_migration_that_fails_leaves_the_old_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path, KEY) as store:
        store.append(Maker(incarnation=store.incarnation).chain("c1", 3), {})
    with monkeypatch.context() as newer:
        add_migration(newer, m9999_that_fails)
        with pytest.raises(DeskError):
            open_store(tmp_path, KEY)
    with open_store(tmp_path, KEY) as store:
        assert store.check() == []
        assert len(store.history("c1")) == 3


def test_of_several_migrations_all_are_made_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: the one transaction in `_prepare`: a store with the first of them only would be taken for a newer one."""
    open_store(tmp_path, KEY).close()
    with monkeypatch.context() as newer:
        add_migration(newer, m9998_that_is_made)
        add_migration(newer, m9999_that_fails)
        with pytest.raises(DeskError):
            open_store(tmp_path, KEY)
    with open_store(tmp_path, KEY) as store:
        assert store.check() == []


@pytest.mark.parametrize(
    ("promise", "value"),
    [("foreign_keys", 1), ("recursive_triggers", 1), ("secure_delete", 1), ("synchronous", 2), ("temp_store", 2)],
)
def test_the_store_is_opened_under_its_promises(tmp_path: Path, promise: str, value: int) -> None:
    """Guard: `_PROMISES` in `connection`: rows that hang together, rows that are never replaced, deleted text that is
    overwritten, saves that survive a power cut, and nothing in plain files beside."""
    with open_store(tmp_path, KEY) as store:
        assert store._db.conn.execute(f"PRAGMA {promise}").fetchone() == (value,)


def test_a_store_that_was_not_made_to_the_end_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("jinan_desk.store.incarnation.secrets.token_hex", lambda length: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_store(tmp_path, KEY)
    with open_store(tmp_path, KEY) as store:
        assert len(store.incarnation) == 16
        assert store.check() == []


def test_an_incarnation_is_made_with_the_store_and_stays(tmp_path: Path) -> None:
    with open_store(tmp_path / "one", KEY) as one, open_store(tmp_path / "two", KEY) as two:
        incarnation = one.incarnation
        assert incarnation != two.incarnation
    with open_store(tmp_path / "one", KEY) as one:
        assert one.incarnation == incarnation


def test_the_promises_about_saving_hold(tmp_path: Path) -> None:
    db = connect(tmp_path / "some.db", KEY)
    asked = {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")}
    stores_temporary = db.conn.execute("PRAGMA temp_store").fetchone()[0]
    db.conn.close()
    assert asked == {"synchronous": 2, "foreign_keys": 1}  # FULL, and on
    assert stores_temporary == 2  # in memory: files for sorting would not be encrypted


def test_nothing_of_a_person_can_be_read_in_the_files(tmp_path: Path) -> None:
    with open_store(tmp_path, KEY) as store:
        name, number = "王小明测试", "370102199001011234"
        facts = {"applicant_name": name, "id_number": number, "district": "370102"}
        store.append([Maker(incarnation=store.incarnation).revision("c1", facts=facts)], {})
        content = b"".join(files(tmp_path).values())
    content += b"".join(files(tmp_path).values())
    assert number.encode() not in content
    assert name.encode() not in content
    assert b"SQLite format 3" not in content
