"""Backups are made before what could do harm, thinned with age, told about, and put back: rehearsed here."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.services import backups as service
from jinan_desk.services.backup_files import Backup, backups_of, worth_keeping
from jinan_desk.services.backups import Backups
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import DISTRICT, STREET, Clock, unit
from jinan_desk.services.office import found_office
from jinan_desk.services.packages import Packages
from jinan_desk.services.restoring import restore
from jinan_desk.store import CaseFilter, Store, open_store
from jinan_desk.store.connection import Database
from jinan_desk.store.keyfile import take_key_file
from jinan_desk.store.places import key_path, store_path
from jinan_desk.store.restore import compare
from tests.services.conftest import KEY

NOW = "2020-03-25T08:00:00Z"


@pytest.fixture
def backups(store: Store, clock: Clock) -> Backups:
    made = Backups(store, today=clock.today, now=clock.now)
    store.before_change = made.before_change
    return made


def enter(cases: Cases, clock: Clock, number: int = 1) -> str:
    return cases.enter("02B", clock.day, unit(number, "济南历泉机械制造有限公司", "370102")).row.case


def occasions(backups: Backups) -> list[str]:
    return [backup.occasion for backup in backups.all()]


def test_a_day_begins_with_a_backup_of_the_day_before(
    backups: Backups, cases: Cases, clock: Clock, tmp_path: Path
) -> None:
    enter(cases, clock)
    assert backups.all() == []  # there was nothing yet
    clock.day += timedelta(days=1)
    enter(cases, clock)
    enter(cases, clock)
    (backup,) = backups.all()
    assert (backup.occasion, backups.age()) == ("day", 0)
    shutil.copy(backup.path, tmp_path / "desk.db")
    with open_store(tmp_path, KEY) as copy:
        assert copy.count(CaseFilter()) == 1


def test_a_day_has_one_such_backup_however_often_the_store_is_opened(
    backups: Backups, cases: Cases, clock: Clock, store: Store
) -> None:
    enter(cases, clock)
    clock.day += timedelta(days=1)
    enter(cases, clock)
    store.before_change = Backups(store, today=clock.today, now=clock.now).before_change
    enter(cases, clock)
    assert occasions(backups) == ["day"]


def test_a_backup_that_fails_keeps_nobody_from_working_and_is_told(
    backups: Backups, cases: Cases, clock: Clock, tmp_path: Path
) -> None:
    enter(cases, clock)
    (tmp_path / "desk" / "backup").write_text("")  # no folder can be made there
    clock.day += timedelta(days=1)
    enter(cases, clock)
    assert any("备份写入" in sentence.read() for sentence in backups.warnings())


def test_a_merge_begins_with_a_backup_and_without_one_there_is_no_merge(
    backups: Backups, cases: Cases, clock: Clock, store: Store, tmp_path: Path
) -> None:
    package = tmp_path / "package.xlsx"
    with open_store(tmp_path / "street", KEY) as street:
        found_office(street, STREET)
        other = Packages(street, STREET, account="苏敏", now=clock.now)
        other.export(package, everything=True, unlocked="测试")
        trust = other.fingerprint()
    enter(cases, clock)
    packages = Packages(store, DISTRICT, account="苏敏", now=clock.now, before_merge=backups.before_merge)
    packages.inspect(package, trust=trust)
    assert occasions(backups) == []
    with pytest.raises(DeskError, match="尚未登记"):
        packages.merge(package)
    packages.merge(package, trust=trust)
    assert occasions(backups) == ["merge"]
    shutil.rmtree(tmp_path / "desk" / "backup")
    (tmp_path / "desk" / "backup").write_text("")
    with pytest.raises(DeskError, match="备份写入"):
        packages.merge(package)


def test_a_backup_on_demand_goes_where_it_is_told(backups: Backups, cases: Cases, clock: Clock, tmp_path: Path) -> None:
    enter(cases, clock)
    made = backups.make(tmp_path / "stick")
    assert made.path.parent == tmp_path / "stick"
    assert made.path.exists()
    assert backups.all() == []


def test_every_backup_is_copied_to_the_second_folder(
    backups: Backups, cases: Cases, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DeskError, match="没有目录"):
        backups.set_second_folder(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    backups.set_second_folder(tmp_path / "stick")
    enter(cases, clock)
    made = backups.make()
    assert (tmp_path / "stick" / made.path.name).read_bytes() == made.path.read_bytes()
    assert any("同一磁盘" in sentence.read() for sentence in backups.warnings())
    monkeypatch.setattr(service, "same_disk", lambda one, other: False)
    assert list(backups.warnings()) == []


def test_a_second_folder_that_is_gone_or_writes_something_else_is_told(
    backups: Backups, cases: Cases, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    backups.set_second_folder(tmp_path / "stick")
    enter(cases, clock)
    monkeypatch.setattr(service, "_digest", lambda path: path.name)
    backups.make()
    assert "与原文件不符" in "".join(sentence.read() for sentence in backups.warnings())
    assert list((tmp_path / "stick").iterdir()) == []
    monkeypatch.undo()
    shutil.rmtree(tmp_path / "stick")
    backups.make()
    assert "第二备份目录" in "".join(sentence.read() for sentence in backups.warnings())
    (tmp_path / "stick").mkdir()
    backups.make()
    assert "没有写到" not in "".join(sentence.read() for sentence in backups.warnings())


def test_the_age_of_the_last_backup_is_told(backups: Backups, cases: Cases, clock: Clock, store: Store) -> None:
    def told() -> str:
        return next(backups.sentences()).read()

    assert told() == "还没有备份"
    enter(cases, clock)
    store.before_change = lambda: None
    backups.make()
    assert told() == "最近一次备份：今日"
    clock.day += timedelta(days=4)
    assert told() == "最近一次备份：4 日前"
    assert any("请备份一次" in sentence.read() for sentence in backups.warnings())


def test_a_backup_of_a_clock_that_was_ahead_is_no_proof_and_is_not_lost(
    backups: Backups, cases: Cases, clock: Clock
) -> None:
    enter(cases, clock)
    day = clock.day
    clock.day = date(2031, 1, 1)
    backups.make()
    clock.day = day
    assert backups.last() is None
    backups.make()
    assert backups.age() == 0
    assert len(backups.all()) == 2


def test_old_backups_are_thinned_by_day_week_and_month() -> None:
    every = [
        Backup(Path(f"{day}-{hour}"), f"{date(2020, 1, 1) + timedelta(days=day)}T{hour:02}:00:00Z", "day")
        for day in range(400)
        for hour in (9, 15)
    ]
    kept = worth_keeping(every)
    assert every[-5:] == sorted(kept, key=lambda backup: backup.at)[-5:]
    assert len({backup.at[:10] for backup in kept if backup.at >= "2021-01-21"}) == 14
    assert {backup.at[:7] for backup in kept} == {f"{2020 + m // 12}-{m % 12 + 1:02}" for m in range(14)}
    assert len(kept) < 40
    assert all(backup.at[11:13] == "15" for backup in kept if backup.at < "2021-01-21")


def test_of_years_of_backups_exactly_the_last_of_so_many_days_weeks_and_months_are_kept() -> None:
    """The guards: the last of each of 14 days, 8 weeks and 24 months, and the newest 5."""
    days = [date(2017, 1, 1) + timedelta(days=number) for number in range(1200)]
    every = [Backup(Path(f"{day}"), f"{day}T09:00:00Z", "day") for day in days]
    weeks = {day.isocalendar()[:2]: day for day in days}
    months = {(day.year, day.month): day for day in days}
    wanted = {*days[-14:], *list(weeks.values())[-8:], *list(months.values())[-24:]}
    assert {date.fromisoformat(backup.at[:10]) for backup in worth_keeping(every)} == wanted
    assert len(wanted) > 40
    a_day = [Backup(Path(f"{n}"), f"2020-01-01T{n:02}:00:00Z", "day") for n in range(12)]
    assert worth_keeping(a_day) == a_day[:-6:-1]


@pytest.mark.skipif(sys.platform != "linux", reason="only there an open file tells its name")
def test_a_copy_in_the_second_folder_is_on_the_disk_before_it_counts(
    backups: Backups, cases: Cases, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard: `fsync` of the copy, without which a stick that is pulled out may hold an empty file of that name."""
    enter(cases, clock)
    (tmp_path / "stick").mkdir()
    backups.set_second_folder(tmp_path / "stick")
    happened: list[tuple[str, Path]] = []
    sync, put = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        happened.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink()))
        sync(descriptor)

    def replaced(path: Path, target: Path) -> Path:
        happened.append(("put", path))
        return put(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    backup = backups.make()
    fresh = tmp_path / "stick" / f"{backup.path.name}.new"
    assert happened.index(("sync", fresh)) < happened.index(("put", fresh))


def test_thinning_deletes_files_of_its_own_only(backups: Backups, cases: Cases, clock: Clock, tmp_path: Path) -> None:
    enter(cases, clock)
    folder = tmp_path / "desk" / "backup"
    folder.mkdir()
    (folder / "重要.db").write_text("")
    for _ in range(8):
        backups.make()
    assert len(backups.all()) == 5
    assert (folder / "重要.db").exists()


@pytest.fixture
def directory(tmp_path: Path, store: Store, cases: Cases, backups: Backups, clock: Clock) -> Path:
    """A closed data directory with a backup of one case and a second case since."""
    first = enter(cases, clock)
    backups.make()
    enter(cases, clock, 2)
    cases.change(first, clock.day, {**cases.view(first).facts, "contact": "王磊"})
    store.close()
    key_path(tmp_path / "desk").write_bytes(KEY)
    return tmp_path / "desk"


def test_a_restore_is_looked_at_done_and_undone(directory: Path) -> None:
    (backup,) = backups_of(directory)
    look = restore(directory, backup.path, now=NOW, dry_run=True)
    told = [sentence.read() for sentence in look.sentences()]
    assert told[0].startswith("备份中有 1 个办件、1 条记录")
    assert told[1] == "将丢失备份之后的 2 条记录，涉及："
    assert len(told) == 4
    done = restore(directory, backup.path, now=NOW)
    assert done.kept is not None
    with open_store(directory, KEY) as store:
        assert (store.check(), store.count(CaseFilter())) == ([], 1)
    before = backups_of(directory)[0]
    assert before.occasion == "restore"
    restore(directory, before.path, now="2020-03-25T08:01:00Z")
    with open_store(directory, KEY) as store:
        assert store.count(CaseFilter()) == 2


def test_a_damaged_store_is_restored_and_it_is_said_what_nobody_knows(directory: Path) -> None:
    store_path(directory).write_bytes(b"\0" * 9000)
    with pytest.raises(DeskError):
        open_store(directory, KEY)
    (backup,) = backups_of(directory)
    told = " ".join(sentence.read() for sentence in restore(directory, backup.path, now=NOW).sentences())
    assert "已发出的文号可能重复" in told
    with open_store(directory, KEY) as store:
        assert (store.check(), store.count(CaseFilter())) == ([], 1)


def test_a_backup_is_restored_on_a_new_machine_with_the_key_and_not_without(directory: Path, tmp_path: Path) -> None:
    (backup,) = backups_of(directory)
    fresh = tmp_path / "fresh"
    with pytest.raises(DeskError):
        restore(fresh, backup.path, now=NOW)
    assert not key_path(fresh).exists()
    restore(fresh, backup.path, now=NOW, key_file=key_path(directory))
    with open_store(fresh, key_path(fresh).read_bytes()) as store:
        assert store.count(CaseFilter()) == 1


def test_a_key_never_replaces_that_of_a_store(directory: Path) -> None:
    with pytest.raises(DeskError, match="另一密钥"):
        take_key_file(directory, bytes(32))
    assert key_path(directory).read_bytes() == KEY


def test_restored_stores_use_no_number_of_theirs_twice(
    directory: Path, clock: Clock, cases_of: Callable[[Store], Cases]
) -> None:
    """Restored twice from one backup and worked on each time: a third store that gets all of it finds no fork."""
    (backup,) = backups_of(directory)
    revisions = []
    for now in (NOW, "2020-03-25T08:01:00Z"):
        restore(directory, backup.path, now=now)
        with open_store(directory, KEY) as store:
            enter(cases_of(store), clock)
            revisions += list(store.revisions_since({}))
            contents = {key: store.kept(key) for r in revisions for key in (r.body["determination"],) if key}
    with open_store(directory.parent / "third", KEY) as third:
        received = third.receive(revisions, contents)
        assert (received.forks, received.refused) == ((), {})


def test_a_store_that_was_put_back_by_somebody_else_is_brought_up_for_weeks(tmp_path: Path) -> None:
    """Guard: `lately_rewound` among the warnings."""
    directory = tmp_path / "desk"
    with open_store(directory, KEY) as store:
        store.backup(tmp_path / "copy.db")
        with store.transaction():
            store.next_number("370102", 2020, "06A")
    for path in directory.glob("desk.db*"):
        path.unlink()
    shutil.copyfile(tmp_path / "copy.db", directory / "desk.db")
    with open_store(directory, KEY) as store:

        def warnings(day: date) -> str:
            made = Backups(store, today=lambda: day, now=lambda: f"{day}T08:00:00Z")
            return "".join(sentence.read() for sentence in made.warnings())

        found = date.fromisoformat(store.exchanges.all()[0].at[:10])
        assert "被换成了较早的一份" in warnings(found)
        assert "06A（2020）0001" in warnings(found)
        assert "被换成" not in warnings(found + timedelta(60))


def test_the_second_folder_is_thinned_and_can_be_given_up(
    backups: Backups, cases: Cases, clock: Clock, tmp_path: Path
) -> None:
    """Guards: `thin` of the second folder, and None in `set_second_folder`."""
    (tmp_path / "stick").mkdir()
    backups.set_second_folder(tmp_path / "stick")
    enter(cases, clock)
    for _ in range(8):
        backups.make()
    assert len(list((tmp_path / "stick").glob("*.db"))) == 5
    backups.set_second_folder(None)
    assert backups.second_folder is None


def test_a_copy_whose_pages_were_changed_is_no_backup(
    store: Store, cases: Cases, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `is_sound` in the proof: it can be opened, and everything that is counted is there."""
    enter(cases, clock)

    def unsound(db: Database) -> bool:  # noqa: ARG001
        return False

    monkeypatch.setattr("jinan_desk.store.backup.is_sound", unsound)
    with pytest.raises(DeskError, match="未通过校验"):
        store.backup(tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []


def test_a_page_that_was_changed_is_found_wherever_it_lies(
    store: Store, cases: Cases, clock: Clock, tmp_path: Path
) -> None:
    """Guard: `cipher_integrity_check` in `is_sound`: nobody reads a free page, but it is what was written with the key."""
    enter(cases, clock)
    store._db.conn.execute("CREATE TABLE filler AS SELECT randomblob(40000) AS x")
    store._db.conn.execute("DROP TABLE filler")
    store.backup(tmp_path / "copy.db")
    content = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "fresh").mkdir()
    for place in range(len(content) - 100, 0, -4096):
        changed = bytearray(content)
        changed[place] ^= 1
        (tmp_path / "copy.db").write_bytes(changed)
        with pytest.raises(DeskError, match="密钥不符，或文件已损坏"):
            compare(tmp_path / "fresh", KEY, tmp_path / "copy.db")
