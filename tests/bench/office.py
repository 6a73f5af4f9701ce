"""A scratch office for what is measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinan_desk.app import found, open_desk
from jinan_desk.services.demo import CLERK, DISTRICT, Clock
from jinan_desk.services.desk import Desk


@contextmanager
def scratch_desk(directory: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of a new office in the directory, with a clock of its own."""
    found(directory, DISTRICT)
    with open_desk(directory, CLERK, today=clock.today, now=clock.now) as desk:
        yield desk
