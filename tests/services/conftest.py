"""A store in a temporary folder, an office, and a clock that a test sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import DISTRICT, Clock
from jinan_desk.services.office import found_office
from jinan_desk.store import Store, open_store

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
