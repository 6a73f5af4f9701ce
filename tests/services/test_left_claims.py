"""A save leaves its claims beside the table of all claims, and nothing is found later, or otherwise, for that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import STREET, Clock
from jinan_desk.services.findings import Findings
from jinan_desk.store import Store, claims, open_store, search
from jinan_desk.store.search import _WORTH_WRITING, catch_up
from tests.services.conftest import KEY
from tests.services.test_findings import FIRST, ON, SECOND, enter, hires


def left(store: Store) -> int:
    sql = "SELECT count(*) FROM unindexed WHERE claims IS NOT NULL"
    return int(store._db.conn.execute(sql).fetchone()[0])


def log(store: Store) -> tuple[int, int]:
    """How many pages there are in the log, and how many of them are in the database file, too."""
    _, pages, taken = store._db.conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return pages, taken


def written(store: Store) -> list[tuple[Any, ...]]:
    return store._db.conn.execute("SELECT * FROM claims ORDER BY key, row, place").fetchall()


@pytest.mark.parametrize("first_is_written", [False, True])
@pytest.mark.parametrize("second_is_written", [False, True])
def test_who_is_claimed_for_again_is_found_wherever_the_claims_are(
    store: Store, cases: Cases, clock: Clock, first_is_written: bool, second_is_written: bool
) -> None:
    """Guards: both halves of `others`."""
    findings = Findings(store, cases, account="韩立", today=clock.today)
    enter(cases, FIRST, 1, 3)
    if first_is_written:
        catch_up(store._db)
    assert (left(store), len(written(store)) > 0) == (not first_is_written, first_is_written)
    enter(cases, SECOND, 3, 3)
    if second_is_written:
        catch_up(store._db)
    (found,) = findings.all()
    enter(cases, SECOND, 5, 1)
    assert len(list(findings.all())) == 2
    findings.judge_again()
    assert len(list(findings.all())) == 2
    assert found in findings.all()


def test_what_a_case_claims_no_longer_is_not_found(store: Store, cases: Cases, clock: Clock) -> None:
    """Guard: NOT EXISTS in `others`, while the table of all claims still holds what was claimed before."""
    findings = Findings(store, cases, account="韩立", today=clock.today)
    first = enter(cases, FIRST, 1, 3)
    catch_up(store._db)
    cases.change(first.row.case, ON, {**FIRST, "roster": hires(1, 2)})
    enter(cases, SECOND, 3, 3)
    assert list(findings.all()) == []
    cases.change(first.row.case, ON, {**FIRST, "roster": hires(1, 3)})
    assert len(list(findings.all())) == 1
    catch_up(store._db)
    cases.change(first.row.case, ON, {**FIRST, "roster": hires(1, 2)})
    assert list(findings.all()) == []


def test_what_was_left_is_known_when_the_store_is_opened_again(tmp_path: Path, clock: Clock) -> None:
    """Guard: `_remember_anew` in `Claims`."""
    for employer in (FIRST, SECOND):
        with open_store(tmp_path / "desk", KEY) as store:
            cases = Cases(store, STREET, workday_calendar(), account="邹平", today=clock.today, now=clock.now)
            enter(cases, employer, 1)
            assert left(store) > 0
            found = store.findings.count(cleared=False)
    assert found == 1


@pytest.mark.parametrize("most", [0, 100_000])
def test_what_was_taken_back_is_not_found(
    store: Store, cases: Cases, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a case whose transaction failed, nor one that takes its row; guard: what is left is read."""
    monkeypatch.setattr(claims, "_MOST_REMEMBERED", most)

    def fail() -> None:
        with store.transaction():
            enter(cases, FIRST, 1)
            catch_up(store._db)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    enter(cases, FIRST, 9)
    enter(cases, SECOND, 1)
    assert store.findings.count(cleared=False) == 0
    enter(cases, FIRST, 1)
    assert store.findings.count(cleared=False) == 1


def test_what_was_left_before_a_change_that_failed_is_found(
    store: Store, cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `leave` remembers anew before it writes."""
    first = enter(cases, FIRST, 1)
    monkeypatch.setattr(claims, "_MOST_REMEMBERED", 0)

    def fail() -> None:
        with store.transaction():
            cases.change(first.row.case, ON, {**FIRST, "roster": hires(9, 1)})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    monkeypatch.setattr(claims, "_MOST_REMEMBERED", 100)
    enter(cases, SECOND, 1)
    assert store.findings.count(cleared=False) == 1


@pytest.mark.parametrize("most", [0, claims.MOST_LEFT])
def test_claims_written_at_once_and_claims_written_later_are_the_same(
    store: Store, cases: Cases, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `MOST_LEFT`; a great roster writes its claims itself."""
    case = enter(cases, FIRST, 1, 3).row.case
    catch_up(store._db)
    there = written(store)
    monkeypatch.setattr("jinan_desk.store.findings.MOST_LEFT", most)
    cases.change(case, ON, {**FIRST, "roster": hires(2, 3)})
    assert left(store) == (most > 0)
    catch_up(store._db)
    assert len(written(store)) == len(there)
    assert written(store) != there
    cases.change(case, ON, {**FIRST, "roster": hires(1, 3)})
    catch_up(store._db)
    assert written(store) == there


def test_a_quiet_moment_writes_what_many_cases_have_left_and_empties_the_log(
    store: Store, cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `tidy`, which leaves few of them and a short log alone."""
    enter(cases, FIRST, 1)
    store.tidy()
    assert left(store) == 1
    assert log(store)[1] == 0
    monkeypatch.setattr(search, "_LONG_LOG", 0)
    for number in range(_WORTH_WRITING):
        enter(cases, FIRST, 10 + number)
    store.tidy()
    assert left(store) == 0
    pages, taken = log(store)
    assert pages == taken > 0


def test_a_quiet_moment_on_a_full_disk_says_nothing(store: Store, cases: Cases) -> None:
    """Guard: `suppress` in `tidy`; whoever saves next is told."""
    for number in range(_WORTH_WRITING + 1):
        enter(cases, FIRST, 10 * number, 10)
    pages = store._db.conn.execute("PRAGMA page_count").fetchone()[0]
    store._db.conn.execute(f"PRAGMA max_page_count = {pages}")
    store.tidy()
    assert left(store) == _WORTH_WRITING + 1
