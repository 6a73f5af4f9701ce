"""The line in which somebody searches: a lens before it, a button that clears it behind it, a hint that is not cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from jinan_desk.gui.look import Look

_AROUND = 64
"""What the lens, the button and the edges take, in pixels."""
_AROUND_HINT = 46
"""The same while there is nothing to clear."""


class SearchLine(QLineEdit):
    """A line to search by; `hint` says what can be looked for, `name` is for screen readers, and the hint where there
    is no room for the other."""

    def __init__(self, look: Look, hint: str, name: str) -> None:
        super().__init__()
        self._hint = hint
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - _AROUND_HINT
        self.setPlaceholderText(self._hint if self._wide(self._hint) <= room else self.accessibleName())

    def lead_to(self, found: QAbstractItemView) -> None:
        """Enter and the down arrow lead to the first of what was found."""

        def show() -> None:
            found.setCurrentIndex(found.model().index(0, 0))
            found.setFocus()

        self.returnPressed.connect(show)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self, show)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)

    @property
    def room_for_hint(self) -> int:
        """The width in pixels at which the hint can be read whole."""
        return self._wide(self._hint) + _AROUND

    def _wide(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)
