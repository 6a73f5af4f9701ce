"""The power fails at any write: what was answered as saved is there afterwards, and the store is whole.

The statements and promises are those that a store really executes while cases are saved; another SQLite executes them
once more, on files that forget what was not synced (see `cutting`). What it does not see is the encryption.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import apsw
import pytest
import sqlcipher3.dbapi2

from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import CLERK, DISTRICT, Clock, hires, unit
from jinan_desk.services.office import found_office
from jinan_desk.store import Store, open_store
from tests.faults.cutting import Disk, Files

SAVES, CUTS = 24, 60
FULL = "PRAGMA synchronous=FULL"
NEVER, NOW_AND_THEN = "PRAGMA wal_autocheckpoint=8000", "PRAGMA wal_autocheckpoint=40"


@dataclass(frozen=True)
class Recorded:
    """A statement, and how many cases had been answered as saved before it."""

    sql: str
    saved: int


@dataclass(frozen=True)
class Cut:
    """What the disk holds after the power has failed, and how many cases had been answered as saved by then."""

    files: Files
    saved: int


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> list[Recorded]:
    """What a new store executes while cases are entered in it."""
    statements: list[Recorded] = []
    saved: list[str] = []
    connect = sqlcipher3.dbapi2.connect

    def traced(*given: str, **named: object) -> sqlcipher3.dbapi2.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(lambda sql: statements.append(Recorded(sql, len(saved))))
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlcipher3.dbapi2, "connect", traced)
        with open_store(tmp_path_factory.mktemp("recorded"), bytes(32)) as store:
            _enter(store, saved)
    return [one for one in statements if not one.sql.startswith(("--", "PRAGMA key", "PRAGMA cipher"))]


def _enter(store: Store, saved: list[str]) -> None:
    clock = Clock(date(2020, 6, 10))
    found_office(store, DISTRICT)
    cases = Cases(store, DISTRICT, workday_calendar(), account=CLERK, today=clock.today, now=clock.now)
    refund = find("06A")
    assert refund is not None
    for number in range(SAVES):
        firm = unit(number, "济南鲁泉食品有限公司", "370104")
        if number % 2:
            saved.append(cases.enter("06A", clock.day, {**refund[1].examples[0].facts, **firm}).row.case)
        else:
            saved.append(cases.enter("02B", clock.day, {**firm, "roster": hires(5 * number, 5)}).row.case)


def cuts(statements: Sequence[Recorded], instead: dict[str, str]) -> list[Cut]:
    """Execute the statements, some `instead` of others, with the power failing at many writes beside each other."""
    chance = random.Random(26)
    disk = Disk()
    found: list[Cut] = []
    at = Recorded("", 0)

    def fail() -> None:
        if at.saved and chance.random() < 0.2:
            found.append(Cut(disk.cut(chance), at.saved))

    disk.before_write = fail
    connection = disk.connect()
    for at in statements:
        connection.execute(instead.get(at.sql, at.sql)).fetchall()
    connection.close()
    assert len(found) >= CUTS
    return found


def lost(cut: Cut) -> bool:
    """Whether a case that was answered as saved is not there, or anything is damaged."""
    connection = Disk(cut.files).connect()
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        cases = connection.execute("SELECT count(*) FROM cases").fetchall()[0][0]
        revisions = connection.execute("SELECT count(*) FROM revisions").fetchall()[0][0]
        return not whole or min(cases, revisions) < cut.saved
    except apsw.Error:
        return True
    finally:
        connection.close()


def test_what_was_saved_survives_a_power_cut(recorded: list[Recorded]) -> None:
    assert {FULL, NEVER} <= {one.sql for one in recorded}
    assert not any(map(lost, cuts(recorded, {})))


def test_what_was_saved_survives_a_power_cut_while_the_log_is_written_back(recorded: list[Recorded]) -> None:
    assert not any(map(lost, cuts(recorded, {NEVER: NOW_AND_THEN})))


@pytest.mark.parametrize("less", ["NORMAL", "OFF"])
def test_with_less_than_the_full_promise_cases_would_be_lost(recorded: list[Recorded], less: str) -> None:
    found = cuts(recorded, {FULL: f"PRAGMA synchronous={less}", NEVER: NOW_AND_THEN})
    assert any(map(lost, found))
