"""What is past its keeping time goes when two people want it, and nothing is left of it but its hashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services import retention as service
from jinan_desk.services.demo import Clock, hires
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.entry import of_case
from jinan_desk.services.retention import Retention, Years
from jinan_desk.store import PURGE_CONFIRMED, PURGE_PROPOSED, Act, CaseFilter, Store, connection, open_store
from jinan_desk.store.places import store_path
from tests.services.conftest import KEY
from tests.services.offices import HIRES, Hall

ENDED = date(2020, 3, 20)
PAID = (
    Stage.RECEIVED, Stage.ACCEPTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.PUBLICITY, Stage.APPROVED,
    Stage.FUNDING, Stage.PAID,
)  # fmt: skip
PERSON = HIRES["roster"][1]


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    made = Hall(tmp_path / "desk", "370102", "历下区", clock)
    yield made
    made.store.close()


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    made = Hall(tmp_path / "other", "370103", "市中区", clock)
    yield made
    made.store.close()


def keeper(hall: Hall, clock: Clock, account: str) -> Retention:
    return Retention(hall.store, account=account, today=clock.today, now=clock.now)


def ended(hall: Hall, programme: str = "02B", **facts: object) -> str:
    """A case that was withdrawn and archived."""
    case = hall.enter(programme, **facts)
    hall.go(case, Stage.RECEIVED, Stage.WITHDRAWN, Stage.ARCHIVED)
    return case


def destroyed(hall: Hall, clock: Clock, *cases: str) -> None:
    clock.day = date(2031, 1, 1)
    numbers = [one.number for one in keeper(hall, clock, "苏敏").propose(cases, "保存期满")]
    keeper(hall, clock, "孔祥文").confirm(numbers)


def everything_in(store: Store) -> str:
    """Every value of every table as text, packed contents unpacked."""
    execute = store._db.conn.execute
    tables = [name for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = [str(row) for table in tables for row in execute(f"SELECT * FROM {table}")]
    blobs = [bytes(encoded).decode() for (encoded,) in execute("SELECT encoded FROM revisions")]
    kept = [store.content(key).decode() for (key,) in execute("SELECT hash FROM contents")]
    return "\n".join((*found, *blobs, *kept))


def test_a_case_is_due_when_its_years_after_the_end_are_over(hall: Hall, clock: Clock) -> None:
    money = ended(hall)
    open_ = hall.enter("06A")
    record = hall.cases.enter("26S", ENDED, find("26S")[1].examples[0].facts).row.case  # type: ignore[index]
    hall.go(record, Stage.CLOSED)
    due = []
    for day in (date(2023, 3, 20), date(2023, 3, 21), date(2030, 3, 20), date(2030, 3, 21)):
        clock.day = day
        due.append({one.row.case for one in keeper(hall, clock, "苏敏").due()})
    assert due == [set(), {record}, {record}, {money, record}]
    assert open_ not in due[-1]


def test_the_years_are_set_by_the_office(hall: Hall, clock: Clock) -> None:
    case = ended(hall)
    clock.day = date(2026, 1, 1)
    kept = keeper(hall, clock, "苏敏")
    assert kept.years() == Years(10, 3)
    assert list(kept.due()) == []
    assert kept.set_years(money=5) == Years(5, 3)
    assert [one.row.case for one in kept.due()] == [case]
    with pytest.raises(DeskError, match="不少于"):
        kept.set_years(service=0)
    assert kept.set_years(service=1) == Years(5, 1)


def test_years_from_a_leap_day_end_on_the_last_of_february(hall: Hall, clock: Clock) -> None:
    """Guard: ValueError in `_plus_years`."""
    clock.day = date(2020, 2, 29)
    case = hall.enter("06A")
    hall.go(case, Stage.RECEIVED, Stage.WITHDRAWN, Stage.ARCHIVED)
    clock.day = date(2040, 1, 1)
    assert [one.kept_until for one in keeper(hall, clock, "苏敏").due()] == [date(2030, 2, 28)]


def test_a_destruction_that_could_not_be_noted_is_none(
    hall: Hall, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: the transaction in `confirm`."""
    case = ended(hall)
    clock.day = date(2040, 1, 1)
    (one,) = keeper(hall, clock, "苏敏").propose([case], "保存期满")
    second = keeper(hall, clock, "孔祥文")
    with monkeypatch.context() as broken:
        broken.setattr(second._access, "note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            second.confirm([one.number])
    assert second.proposed() == [one]
    assert hall.cases.view(case).stage is Stage.ARCHIVED
    assert hall.store.tombstones() == []


def test_a_programme_that_nobody_knows_here_is_kept_as_long_as_any() -> None:
    """Guard: the longest in `Years.of`."""
    assert [years.of("99Z") for years in (Years(10, 3), Years(3, 10))] == [10, 10]


def test_what_must_be_kept_is_not_even_proposed(hall: Hall, clock: Clock) -> None:
    case, open_ = ended(hall), hall.enter("06A")
    kept = keeper(hall, clock, "苏敏")
    with pytest.raises(DeskError, match="应保存到"):
        kept.propose([case], "腾出空间")
    clock.day = date(2030, 3, 20)  # its last day
    with pytest.raises(DeskError, match="应保存到"):
        kept.propose([case], "腾出空间")
    clock.day = date(2040, 1, 1)
    with pytest.raises(DeskError, match="尚未办结"):
        kept.propose([open_], "腾出空间")
    with pytest.raises(DeskError, match="写明理由"):
        kept.propose([case], " ")
    assert kept.proposed() == []


def test_all_of_several_cases_are_proposed_or_none(
    hall: Hall, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: the transaction in `propose`."""
    cases = [ended(hall), ended(hall)]
    clock.day = date(2040, 1, 1)
    kept = keeper(hall, clock, "苏敏")
    add, added = kept._add, []

    def fail_second(*args: Any, **kwargs: Any) -> Act:
        added.append(args)
        return add(*args, **kwargs) if len(added) == 1 else 1 / 0  # type: ignore[return-value]

    with monkeypatch.context() as broken:
        broken.setattr(kept, "_add", fail_second)
        with pytest.raises(ZeroDivisionError):
            kept.propose(cases, "保存期满")
    assert kept.proposed() == []
    assert [one.reason for one in kept.propose(cases, " 保存期满 ")] == ["保存期满", "保存期满"]


def test_a_case_in_conflict_is_not_even_proposed(hall: Hall, other: Hall, clock: Clock) -> None:
    """Guard: `conflict` in `_refuse_kept`."""
    case = ended(hall)
    hall.send(other)
    for one in (hall, other):
        one.cases.note(case, "clear", {"seen": one.office.name})
    other.send(hall)
    assert hall.store.case(case).conflict
    clock.day = date(2040, 1, 1)
    with pytest.raises(DeskError, match="尚未办结"):
        keeper(hall, clock, "苏敏").propose([case], "保存期满")


def test_it_takes_two_people(hall: Hall, clock: Clock) -> None:
    case = ended(hall)
    clock.day = date(2031, 1, 1)
    kept = keeper(hall, clock, "苏敏")
    (one,) = kept.propose([case], "保存期满")
    with pytest.raises(DeskError, match="已提议销毁"):
        kept.propose([case], "保存期满")
    with pytest.raises(DeskError, match="另一人确认"):
        kept.confirm([one.number])
    assert hall.store.case(case).case == case
    keeper(hall, clock, "孔祥文").withdraw(one.number)
    with pytest.raises(DeskError, match="没有编号为"):
        keeper(hall, clock, "孔祥文").confirm([one.number])
    assert hall.store.case(case).case == case


def test_a_case_that_went_on_since_it_was_proposed_is_kept(hall: Hall, clock: Clock) -> None:
    case = hall.enter()
    hall.go(case, Stage.RECEIVED, Stage.WITHDRAWN)
    clock.day = date(2031, 1, 1)
    (one,) = keeper(hall, clock, "苏敏").propose([case], "保存期满")
    hall.go(case, Stage.ARCHIVED)
    with pytest.raises(DeskError, match="应保存到"):
        keeper(hall, clock, "孔祥文").confirm([one.number])


@pytest.mark.parametrize("agreed", [False, True])
def test_the_tables_refuse_to_lose_what_two_people_have_not_agreed_on(
    hall: Hall, clock: Clock, agreed: bool
) -> None:
    case, spared = ended(hall), ended(hall, "06A")
    by = ("苏敏", "苏敏") if agreed else ("苏敏", "")
    with hall.store.transaction():
        asked = hall.store.acts.add(PURGE_PROPOSED, {"case": case, "reason": "—"}, at=clock.now(), account=by[0])
        if by[1]:
            hall.store.acts.add(PURGE_CONFIRMED, {}, at=clock.now(), account=by[1], about=asked.number)
    for statement in (
        "DELETE FROM revisions",
        "DELETE FROM contents",
        f"INSERT INTO purging SELECT hash, {asked.number + 1} FROM contents",
    ):
        with pytest.raises(connection.DatabaseError):
            hall.store._db.conn.execute(statement)
    assert hall.store.case(spared).case == spared
    assert hall.store.check() == []


def test_agreeing_on_one_case_frees_no_other(hall: Hall, clock: Clock) -> None:
    case, spared = ended(hall), ended(hall, "06A")
    destroyed(hall, clock, case)
    with pytest.raises(connection.DatabaseError, match="never changed"):
        hall.store._db.conn.execute('DELETE FROM revisions WHERE "case" = ?', (spared,))
    with pytest.raises(connection.DatabaseError, match="never changed"):
        hall.store._db.conn.execute("DELETE FROM contents")
    with pytest.raises(connection.DatabaseError, match="never changed"):
        hall.store._db.conn.execute("DELETE FROM tombstones")


@pytest.mark.parametrize("searched", [True, False])
def test_nothing_is_left_but_tombstones(hall: Hall, clock: Clock, searched: bool) -> None:
    """Guards: what `purge` deletes of the index, whether the words of the case are in it already or still wait."""
    case = hall.enter("02B")
    hall.go(case, *PAID, Stage.ARCHIVED)
    twin = hall.enter("02B", roster=hires(1, 2))
    history = hall.store.history(case)
    number = hall.store.case(case).number
    drafts = Drafts(hall.store, account="苏敏", now=clock.now)
    drafts.keep("02B", of_case(find("02B")[1], "2020-03-20", hall.cases.view(case).facts), case=case)  # type: ignore[index]
    assert hall.findings.of(twin)
    if searched:
        assert [row.case for row in hall.cases.all(CaseFilter(text=HIRES["roster"][3]["name"]))] == [case]
    destroyed(hall, clock, case)
    left = {row for (row,) in hall.store._db.conn.execute("SELECT row FROM cases")}
    for table in ("applicant_search", "roster_search"):
        found = hall.store._db.conn.execute(f"SELECT rowid FROM {table}")
        assert {row for (row,) in found} <= left
    assert {row for (row,) in hall.store._db.conn.execute("SELECT row FROM unindexed")} <= left
    assert {stone.id for stone in hall.store.tombstones()} == {revision.id for revision in history}
    assert [row.case for row in hall.cases.all(CaseFilter(text=HIRES["roster"][3]["name"]))] == []
    with pytest.raises(DeskError):
        hall.store.find(number)
    assert hall.findings.of(twin) == []
    assert drafts.all() == []
    assert hall.store.check() == []
    assert hall.store._db.conn.execute("SELECT count(*) FROM purging").fetchone() == (0,)
    dump = everything_in(hall.store)
    for gone in (HIRES["roster"][3]["id_number"], HIRES["roster"][3]["name"], number):
        assert gone not in dump
    assert PERSON["id_number"] in dump  # who is on another roster stays


def test_what_is_deleted_is_overwritten_in_the_file_and_in_the_search(hall: Hall, clock: Clock) -> None:
    destroyed(hall, clock, ended(hall))
    execute = hall.store._db.conn.execute
    assert execute("PRAGMA secure_delete").fetchone() == (1,)
    for table in ("applicant_search", "roster_search"):
        setting = f"SELECT v FROM {table}_config WHERE k = 'secure-delete'"
        assert execute(setting).fetchone() == (1,)
    assert not Path(f"{store_path(hall.store.directory)}-wal").stat().st_size


def test_what_another_case_rests_on_stays(hall: Hall, clock: Clock) -> None:
    case = ended(hall)
    same = hall.enter("02B")
    destroyed(hall, clock, case)
    assert len(hall.cases.view(same).facts["roster"]) == 4
    assert hall.store.check() == []
    hall.store.rebuild()
    assert hall.store.check() == []


def test_no_number_of_the_sequence_or_of_a_paper_is_given_out_again(hall: Hall, clock: Clock) -> None:
    case = ended(hall)
    number, last = hall.store.case(case).number, hall.store.history(case)[-1].origin.sequence
    vector = hall.store.vector()
    destroyed(hall, clock, case)
    assert hall.store.vector() == vector
    assert hall.store.gaps() == ()
    fresh = hall.enter("02B")
    assert hall.store.history(fresh)[0].origin.sequence == last + 1
    clock.day = date(2020, 6, 1)
    assert hall.go(fresh, Stage.RECEIVED).row.number not in ("", number)


def test_an_old_package_does_not_bring_it_back(hall: Hall, other: Hall, clock: Clock) -> None:
    case = ended(hall)
    hall.send(other)
    destroyed(hall, clock, case)
    revisions = list(other.store.revisions_since({}))
    contents = {key: other.store.kept(key) for r in revisions for key in (r.body["roster"], r.body["determination"])}
    received = hall.store.receive(revisions, contents)
    assert set(received.refused) == {revision.id for revision in revisions}
    assert {why.read() for why in received.refused.values()} == {"该办件已按保存期限销毁，不再接收"}
    assert (received.new, received.waiting, received.gaps) == (0, 0, ())
    with pytest.raises(DeskError, match="没有编号为"):
        hall.store.case(case)
    assert hall.store._db.conn.execute("SELECT count(*) FROM contents").fetchone() == (0,)


def test_what_was_done_elsewhere_to_a_destroyed_case_is_refused_and_waited_for_by_nobody(
    hall: Hall, other: Hall, clock: Clock
) -> None:
    case = ended(hall)
    hall.send(other)
    destroyed(hall, clock, case)
    other.cases.note(case, "clear", {"seen": "late"})
    later = other.enter("06A")
    other.send(hall)
    assert hall.store.case(later).case == later
    assert hall.store.gaps() == ()
    assert hall.store.check() == []
    assert hall.store.vector()["370103", other.store.incarnation] == 2


def test_whoever_never_had_it_is_told_not_to_wait_for_it(hall: Hall, other: Hall, clock: Clock) -> None:
    ended_first = ended(hall)
    destroyed(hall, clock, ended_first)
    later = hall.enter("06A")
    revisions = list(hall.store.revisions_since({}))
    contents = {key: hall.store.kept(key) for r in revisions for key in filter(None, [r.body["determination"]])}
    waiting = other.store.receive(revisions, contents, dry_run=True)
    assert (waiting.new, waiting.waiting) == (0, 1)
    received = other.store.receive(revisions, contents, destroyed=hall.store.tombstones())
    assert (received.new, received.waiting, received.gaps) == (1, 0, ())
    assert other.store.case(later).case == later
    assert other.store.vector() == hall.store.vector()


def test_the_sentence_says_that_backups_still_have_it(hall: Hall, clock: Clock) -> None:
    case = ended(hall)
    clock.day = date(2031, 1, 1)
    (one,) = keeper(hall, clock, "苏敏").propose([case], "保存期满")
    told = [sentence.read() for sentence in keeper(hall, clock, "孔祥文").confirm([one.number]).sentences()]
    assert told[0].startswith("已销毁 1 个办件的 4 条记录")
    assert "备份" in told[1]


def test_opening_again_after_the_last_revision_was_destroyed_finds_nothing_lost(
    hall: Hall, clock: Clock, tmp_path: Path
) -> None:
    case = ended(hall)
    incarnation = hall.store.incarnation
    destroyed(hall, clock, case)
    hall.store.close()
    with open_store(tmp_path / "desk", KEY) as again:
        assert again.incarnation == incarnation
        assert again.exchanges.all() == []


def test_a_case_that_ended_on_no_day_is_never_due(hall: Hall) -> None:
    """Guard: the day in `_due`."""
    row = hall.store.case(ended(hall))
    assert service._due(row, Years()) is not None
    assert service._due(replace(row, stage_since=""), Years()) is None


def test_what_waits_of_the_case_goes_with_it(hall: Hall, clock: Clock) -> None:
    """Guard: the waiting revisions in `purge`: names stand in them, too."""
    gone = ended(hall)
    last = hall.store.history(gone)[-1]
    late = replace(last, parents=("a" * 64,), origin=replace(last.origin, incarnation="elsewhere", sequence=1))
    assert hall.store.receive([late], {}).waiting == 1
    destroyed(hall, clock, gone)
    assert hall.store._db.conn.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
