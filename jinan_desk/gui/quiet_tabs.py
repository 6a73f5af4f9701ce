"""Tabs that stay as they are drawn while something in them lays itself out anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QTabWidget


class QuietTabs(QTabWidget):
    """Qt draws all that is in a tab widget anew whenever anything in it has another text, and asks all around it for
    their room again. Here only what changes the tabs' own room does."""

    def __init__(self) -> None:
        super().__init__()
        self._room: tuple[QSize, ...] = ()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            room = self.sizeHint(), self.minimumSizeHint(), self.tabBar().sizeHint()
            if room == self._room:
                return True
            self._room = room
        return super().event(event)
