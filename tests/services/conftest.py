"""A store in a temporary folder, an office, and a clock that a test sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import DISTRICT, Clock
from jinan_desk.services.office import found_office
from jinan_desk.store import Store, connection, open_store

if TYPE_CHECKING:
    from tests.services.desks import Desk

KEY = bytes(range(32))


@pytest.fixture
def clock() -> Clock:
    return Clock(date(2020, 3, 20))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "desk", KEY) as opened:
        found_office(opened, DISTRICT)
        yield opened


@pytest.fixture
def cases(store: Store, clock: Clock) -> Cases:
    return Cases(store, DISTRICT, workday_calendar(), account="苏敏", today=clock.today, now=clock.now)


@pytest.fixture
def cases_of(clock: Clock) -> Callable[[Store], Cases]:
    """The cases of any store."""
    return lambda store: Cases(store, DISTRICT, workday_calendar(), account="苏敏", today=clock.today, now=clock.now)


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits until what was saved is on the disk."""
    monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))


@pytest.fixture
def found(tmp_path: Path, clock: Clock, quick_disk: None) -> Iterator[Callable[[str, str], Desk]]:  # noqa: ARG001
    """Begins an office of a code and a name, with a store of its own; of the same code another one."""
    from tests.services.desks import Desk

    with ExitStack() as stack:

        def begin(code: str, name: str) -> Desk:
            folder = tmp_path / code
            desk = Desk(tmp_path / f"{code}-again" if folder.exists() else folder, code, name, clock)
            stack.callback(desk.close)
            return desk

        yield begin


@pytest.fixture
def street(found: Callable[[str, str], Desk]) -> Desk:
    return found("370102001", "解放路街道")


@pytest.fixture
def district(found: Callable[[str, str], Desk]) -> Desk:
    return found("370102", "历下区")
