"""The veil over the numbers of people and accounts of one stored case: masked until somebody asks to see them.

What is being typed for the first time is never veiled. That a veil was lifted is told, so that it can be noted.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS_LIFTED = 60


class Veil(QObject):
    """Hidden or not; lifted, it falls again by itself."""

    changed = Signal()
    lifted = Signal()
    """Somebody wanted to see the numbers of a stored case."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hidden = False
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

    def lift(self) -> None:
        """Show the numbers for a while."""
        if self._hidden:
            self._set(False)
            self._until.start()
            self.lifted.emit()

    def prolong(self) -> None:
        """Somebody is at work on what is shown."""
        if self._until.isActive():
            self._until.start()

    def _set(self, hidden: bool) -> None:
        self._until.stop()
        if hidden != self._hidden:
            self._hidden = hidden
            self.changed.emit()
