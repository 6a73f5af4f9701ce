"""What two people have destroyed stays destroyed, whatever older store is put in the place of the one that knows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jinan_desk.measures import find
from jinan_desk.services.backups import Backups
from jinan_desk.services.demo import Clock
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.entry import of_case
from jinan_desk.services.restoring import restore
from jinan_desk.services.retention import Retention
from jinan_desk.services.rewound import lately_rewound
from jinan_desk.store import PURGE_CONFIRMED, PURGE_PROPOSED, CaseFilter, Store, open_store
from jinan_desk.store.destroyed import DestroyedFile, named_beside
from jinan_desk.store.keyfile import take_key_file
from jinan_desk.store.places import destroyed_path, store_path, witness_path
from tests.services.conftest import KEY
from tests.services.offices import HIRES, Hall
from tests.services.test_retention import _without_waiting_for_the_disk, destroyed, ended, everything_in, keeper

__all__ = ["_without_waiting_for_the_disk"]
NOW = "2031-01-02T08:00:00Z"


class Past:
    """A hall with a backup from before one of its two cases was destroyed; its store is closed."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.directory = path / "desk"
        self.backup = path / "before.db"
        self.clock = clock
        take_key_file(self.directory, KEY)
        hall = Hall(self.directory, "370102", "历下区", clock)
        self.gone, self.kept = ended(hall), hall.enter("06A")
        drafts = Drafts(hall.store, account="苏敏", now=clock.now)
        drafts.keep("02B", of_case(find("02B")[1], "2020-03-20", hall.cases.view(self.gone).facts), case=self.gone)  # type: ignore[index]
        clock.day = date(2031, 1, 1)
        keeper(hall, clock, "苏敏").propose([self.gone], "先提一次")
        hall.store.backup(self.backup)
        (one,) = keeper(hall, clock, "苏敏").proposed()
        keeper(hall, clock, "苏敏").withdraw(one.number)
        clock.day = date(2020, 3, 20)
        self.revisions = list(hall.store.revisions_since({}))
        hashes = {key for r in self.revisions for key in (r.body["roster"], r.body["determination"]) if key}
        self.contents = {key: hall.store.kept(key) for key in hashes}
        destroyed(hall, clock, self.gone)
        hall.store.close()

    def open(self) -> Store:
        return open_store(self.directory, KEY)

    def restore(self, *, dry_run: bool = False) -> list[str]:
        told = restore(self.directory, self.backup, now=NOW, dry_run=dry_run)
        return [sentence.read() for sentence in told.sentences()]

    def damage(self) -> None:
        content = bytearray(store_path(self.directory).read_bytes())
        content[5000:5100] = bytes(100)
        store_path(self.directory).write_bytes(content)
        for end in ("-wal", "-shm"):
            Path(f"{store_path(self.directory)}{end}").unlink(missing_ok=True)

    def put_behind_the_programs_back(self) -> None:
        for path in self.directory.glob("desk.db*"):
            path.unlink()
        shutil.copyfile(self.backup, store_path(self.directory))


@pytest.fixture
def past(tmp_path: Path, clock: Clock) -> Past:
    return Past(tmp_path, clock)


def nothing_is_left(past: Past) -> None:
    """Nothing of the destroyed case: no row, no draft, no word; and no old package brings it back."""
    with past.open() as store:
        assert [row.case for row in store.cases(CaseFilter())] == [past.kept]
        assert HIRES["roster"][3]["id_number"] not in everything_in(store)
        assert past.gone in {stone.case for stone in store.tombstones()}
        received = store.receive(past.revisions, past.contents)
        assert past.gone not in {row.case for row in store.cases(CaseFilter())}
        assert {why.read() for why in received.refused.values()} == {"该办件已按保存期限销毁，不再接收"}
        assert store.check() == []
        assert Retention(store, account="苏敏", today=past.clock.today, now=past.clock.now).proposed() == []


def test_a_restore_does_not_bring_back_what_was_destroyed_since_and_says_so(past: Past) -> None:
    """Guard: `keep_destroyed` in `put_back`, from the store that is replaced."""
    destroyed_path(past.directory).unlink()
    assert "其中 1 个办件此后已按保存期限销毁，不会恢复" in past.restore(dry_run=True)
    assert "1 个已按保存期限销毁的办件未恢复" in past.restore()
    nothing_is_left(past)


def test_after_a_restore_the_list_lies_beside_the_store_before_anybody_has_opened_it(past: Past) -> None:
    """Guard: the list that `put_back` writes at its end."""
    destroyed_path(past.directory).unlink()
    past.restore()
    past.put_behind_the_programs_back()
    nothing_is_left(past)


def test_who_agreed_on_it_stays_known(past: Past) -> None:
    past.restore()
    with past.open() as store:
        asked, agreed = store.acts.of(PURGE_PROPOSED)[-1], store.acts.of(PURGE_CONFIRMED)[-1]
        assert (asked.account, asked.entry["reason"], agreed.account) == ("苏敏", "保存期满", "孔祥文")
        assert agreed.about == asked.number


def test_where_the_store_is_damaged_the_file_beside_it_keeps_the_list(past: Past) -> None:
    """Guard: `DestroyedFile.read` in `put_back`."""
    past.damage()
    assert "1 个已按保存期限销毁的办件未恢复" in past.restore()
    nothing_is_left(past)


def test_an_older_file_put_over_the_store_does_not_bring_it_back_either(past: Past) -> None:
    """Guard: `_destroy_again` in `open_store`."""
    past.put_behind_the_programs_back()
    with past.open() as store:
        (told,) = lately_rewound(store, date(2020, 1, 1))
        assert told.read().endswith("；其中 1 个已销毁的办件没有放回")
    nothing_is_left(past)


def test_a_list_that_somebody_wrote_who_does_not_know_the_key_destroys_nothing(past: Past) -> None:
    """Guard: the code over the list."""
    with past.open() as store:
        stone = store.tombstones()[0]
    path = destroyed_path(past.directory)
    path.write_bytes(path.read_bytes().replace(stone.case.encode(), past.kept.encode()))
    with past.open() as store:
        assert [row.case for row in store.cases(CaseFilter())] == [past.kept]
    witness_path(past.directory).unlink()
    past.put_behind_the_programs_back()
    path.write_bytes(b"0" * 64 + b"\n" + path.read_bytes().split(b"\n", 1)[1])
    with past.open() as store:
        assert store.count(CaseFilter()) == 2


def test_a_list_that_was_lost_is_written_anew_from_the_store(past: Past) -> None:
    destroyed_path(past.directory).unlink()
    past.open().close()
    past.damage()
    past.restore()
    nothing_is_left(past)


def test_the_list_names_no_person(past: Past) -> None:
    content = destroyed_path(past.directory).read_text(encoding="utf-8")
    for word in ("苏敏", "孔祥文", HIRES["roster"][1]["name"], HIRES["roster"][1]["id_number"]):
        assert word not in content


def test_a_store_in_which_nothing_was_destroyed_has_no_list(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    take_key_file(desk, KEY)
    with open_store(desk, KEY) as store:
        store.backup(tmp_path / "copy.db")
        store.scrub()
    restore(desk, tmp_path / "copy.db", now=NOW)
    open_store(desk, KEY).close()
    assert not destroyed_path(desk).exists()


# Other machines -------------------------------------------------------------------------------------------------------


class Travelled:
    """An office whose backups go to a stick, and its new machine, which knows nothing but the stick and the key."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.stick, self.fresh, self.clock = path / "stick", path / "fresh", clock
        self.stick.mkdir()
        self.key = path / "safe.key"
        self.key.write_bytes(KEY)
        self.hall = Hall(path / "desk", "370102", "历下区", clock)
        self.backups = Backups(self.hall.store, today=clock.today, now=clock.now)
        self.backups.set_second_folder(self.stick)
        self.gone, self.kept = ended(self.hall), self.hall.enter("06A")
        self.before = self.backups.make().path.name

    def destroy(self, *cases: str) -> None:
        self.clock.day = date(2031, 1, 1)
        people = [
            Retention(
                self.hall.store, account=name, today=self.clock.today, now=self.clock.now,
                carry=self.backups.carry_destroyed,
            )
            for name in ("苏敏", "孔祥文")
        ]  # fmt: skip
        people[1].confirm([one.number for one in people[0].propose(cases, "保存期满")])

    def restored(self) -> tuple[set[str], list[str]]:
        """The cases on the new machine after the oldest backup of the stick, and what was said."""
        told = restore(self.fresh, self.stick / self.before, now=NOW, key_file=self.key)
        with open_store(self.fresh, KEY) as store:
            return {row.case for row in store.cases(CaseFilter())}, [one.read() for one in told.sentences()]


@pytest.fixture
def travelled(tmp_path: Path, clock: Clock) -> Iterator[Travelled]:
    office = Travelled(tmp_path, clock)
    yield office
    office.hall.store.close()


def test_what_was_destroyed_does_not_come_back_on_another_machine(travelled: Travelled) -> None:
    """Guards: `carry` in `Retention.confirm`, and `named_beside` in `put_back`. No later backup was made."""
    travelled.destroy(travelled.gone)
    told = restore(travelled.fresh, travelled.stick / travelled.before, now=NOW, key_file=travelled.key, dry_run=True)
    assert "其中 1 个办件此后已按保存期限销毁，不会恢复" in [one.read() for one in told.sentences()]
    cases, words = travelled.restored()
    assert cases == {travelled.kept}
    assert "1 个已按保存期限销毁的办件未恢复" in words
    with open_store(travelled.fresh, KEY) as store:
        assert store.check() == []
        assert HIRES["roster"][3]["id_number"] not in everything_in(store)
    assert destroyed_path(travelled.fresh).exists()  # and the new machine tells it on


def test_a_stick_that_was_not_there_hears_of_it_with_the_next_backup(travelled: Travelled) -> None:
    """Guard: `carry_destroyed` in `_copy_beside`."""
    travelled.stick.rename(travelled.stick.with_name("drawer"))
    travelled.destroy(travelled.gone)
    travelled.stick.with_name("drawer").rename(travelled.stick)
    assert not list(travelled.stick.glob("*.destroyed"))
    travelled.backups.make()
    assert travelled.restored()[0] == {travelled.kept}


def test_a_backup_on_demand_takes_the_list_along(travelled: Travelled, tmp_path: Path) -> None:
    """Guard: `carry_destroyed` in `_copy_beside`, for a folder that is named."""
    travelled.destroy(travelled.gone)
    travelled.backups.make(tmp_path / "drawer")
    assert len(list((tmp_path / "drawer").glob("desk-*.destroyed"))) == 1
    assert len(list((tmp_path / "desk" / "backup").glob("desk-*.destroyed"))) == 1


def test_the_list_beside_backups_is_only_added_to(travelled: Travelled) -> None:
    """Guard: `DestroyedFile.add`. A store that forgot, and destroys another case, takes nothing out of the list."""
    other = ended(travelled.hall)
    travelled.backups.make()
    travelled.destroy(travelled.gone)
    (path,) = travelled.stick.glob("desk-*.destroyed")
    first = path.read_bytes()
    assert travelled.gone.encode() in first
    travelled.hall.store._db.conn.execute("DROP TRIGGER tombstones_refuse_DELETE")
    travelled.hall.store._db.conn.execute("DELETE FROM tombstones")
    travelled.destroy(other)
    assert {travelled.gone, other} <= {stone.case for stone in DestroyedFile(path).read((KEY,))}


def test_a_list_on_a_stick_that_cannot_be_written_is_told(
    travelled: Travelled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: the trouble in `carry_destroyed`; the case is destroyed all the same."""

    def fails(path: Path, content: bytes) -> None:  # noqa: ARG001
        raise OSError(28, "full")

    monkeypatch.setattr("jinan_desk.store.destroyed.write_whole", fails)
    travelled.destroy(travelled.gone)
    assert "销毁清单没有写到备份目录" in "".join(one.read() for one in travelled.backups.warnings())
    assert {row.case for row in travelled.hall.store.cases(CaseFilter())} == {travelled.kept}


def test_a_list_of_another_office_or_of_a_forger_beside_a_backup_destroys_nothing(travelled: Travelled) -> None:
    """Guards: the code over a list, and its size."""
    travelled.destroy(travelled.gone)
    (path,) = travelled.stick.glob("desk-*.destroyed")
    content = path.read_bytes()
    path.write_bytes(content.replace(travelled.gone.encode(), travelled.kept.encode()))
    assert named_beside(travelled.stick / travelled.before, (KEY,)) == ()
    path.write_bytes(content)
    assert named_beside(travelled.stick / travelled.before, (bytes(32),)) == ()
    with path.open("r+b") as file:
        file.truncate(2**26 + 1)
    assert named_beside(travelled.stick / travelled.before, (KEY,)) == ()


def test_a_case_that_the_backup_never_had_is_not_taken_back_after_the_restore(tmp_path: Path, clock: Clock) -> None:
    """Guard: the tombstones that `keep_destroyed` adds beside those of what it purges."""
    directory = tmp_path / "desk"
    take_key_file(directory, KEY)
    hall = Hall(directory, "370102", "历下区", clock)
    hall.store.backup(tmp_path / "before.db")
    gone = ended(hall)
    revisions = list(hall.store.revisions_since({}))
    contents = {key: hall.store.kept(key) for r in revisions for key in (r.body["roster"], r.body["determination"]) if key}
    destroyed(hall, clock, gone)
    hall.store.close()
    restore(directory, tmp_path / "before.db", now=NOW)
    with open_store(directory, KEY) as store:
        assert len(store.receive(revisions, contents).refused) == len(revisions)
        assert store.count(CaseFilter()) == 0
