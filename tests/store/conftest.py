"""An empty store, and an office that makes revisions for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from jinan_desk.store import Store, connection, open_store
from tests.store.records import KEY, Maker


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cuts the power here. `test_opening` sees what is promised where somebody may."""
    if "test_opening" not in request.node.nodeid:
        monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))


@pytest.fixture
def open_in(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Open the store of that name in the test's folder; all are closed in the end."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(open_store(tmp_path / name, KEY))


@pytest.fixture
def store(open_in: Callable[[str], Store]) -> Store:
    return open_in("desk")


@pytest.fixture
def maker(store: Store) -> Maker:
    """The store's own office."""
    return Maker(incarnation=store.incarnation)
