"""Garbage that circles keep is collected on the window's thread: where a worker's thread collected it, a widget in it
would be taken away by a thread that may not touch it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

from jinan_desk.core.collector import by_hand, collect_due

_EVERY = 1000
"""Milliseconds."""


@contextmanager
def collected_here(parent: QObject) -> Iterator[None]:
    """Inside the block garbage is collected by this thread alone, while its event loop runs."""
    timer = QTimer(parent)
    timer.setInterval(_EVERY)
    timer.timeout.connect(collect_due)
    timer.start()
    try:
        with by_hand():
            yield
    finally:
        timer.stop()
        timer.deleteLater()
