"""The veil over the numbers of people and accounts of one stored case: masked until somebody asks to see them.

What is being typed for the first time is never veiled. A veil is lifted only once it is noted who wanted that.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS_LIFTED = 60


class Veil(QObject):
    """Hidden or not; lifted, it falls again by itself."""

    changed = Signal()
    """Numbers are masked or shown from now on, or stay as they are though somebody wanted to see them."""
    wanted = Signal()
    """Somebody wants to see the numbers of a stored case: `show` them once that is noted, or `stay`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hidden = False
        self._then: list[Callable[[], None]] = []
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.setInterval(SECONDS_LIFTED * 1000)
        self._until.timeout.connect(self.cover)

    @property
    def hidden(self) -> bool:
        """Whether numbers are masked now."""
        return self._hidden

    def cover(self) -> None:
        """Mask the numbers: a stored case is shown, or was saved."""
        self._set(True)

    def leave_off(self) -> None:
        """Mask nothing: what is shown is no case yet."""
        self._set(False)

    def lift(self, then: Callable[[], None] = lambda: None) -> None:
        """Show the numbers for a while, and then do what had to wait for that."""
        if not self._hidden:
            then()
            return
        self._then.append(then)
        if len(self._then) == 1:
            self.wanted.emit()

    def show(self) -> None:
        """It is noted: show the numbers, if anybody still waits for them."""
        waiting, self._then = self._then, []
        if waiting:
            self._set(False)
            self._until.start()
        for then in waiting:
            then()

    def stay(self) -> None:
        """It could not be noted."""
        self._then.clear()
        self.changed.emit()

    def prolong(self) -> None:
        """Somebody is at work on what is shown."""
        if self._until.isActive():
            self._until.start()

    def _set(self, hidden: bool) -> None:
        self._until.stop()
        self._then.clear()
        if hidden != self._hidden:
            self._hidden = hidden
            self.changed.emit()
