"""The collector of cyclic garbage: kept still while very many objects are made at once, and kept to one thread.

It looks through all that there are again and again as they become more, though nearly all of them are freed without it.
And it runs on whatever thread has just made an object: it would free a widget that only a circle holds on a thread that
may not touch it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_resting: list[object] = []
"""Something for every block inside which it rests."""


@contextmanager
def at_rest() -> Iterator[None]:
    """No collection inside the block, on any thread; afterwards as before."""
    _resting.append(at_rest)
    try:
        with by_hand():
            yield
    finally:
        _resting.pop()


@contextmanager
def by_hand() -> Iterator[None]:
    """No collection inside the block but where `collect_due` is called; afterwards as before."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def collect_due() -> None:
    """Collect what would have been collected by now, on this thread; nothing while it is at rest."""
    if _resting:
        return
    made, due = gc.get_count(), gc.get_threshold()
    oldest = max((age for age in range(len(made)) if made[age] > due[age]), default=None)
    if oldest is not None:
        gc.collect(oldest)
