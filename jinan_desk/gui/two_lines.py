"""Two groups of things to see and to press: side by side, or one below the other where a line is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout

_SIDE, _GAP = 12, 8
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class TwoLines(QFrame):
    """What is put into `first` begins the line; `second` takes the rest of it, or a line of its own."""

    def __init__(self, around: int) -> None:
        super().__init__()
        self.first, self.second = QHBoxLayout(), QHBoxLayout()
        for group in (self.first, self.second):
            group.setContentsMargins(0, 0, 0, 0)
            group.setSpacing(_GAP)
        self._around = around
        self._lines = QBoxLayout(_BESIDE, self)
        self._lines.setContentsMargins(_SIDE, around, _SIDE, around)
        self._lines.setSpacing(_GAP)
        self._lines.addLayout(self.first)
        self._lines.addLayout(self.second, 1)
        self._in_two = False

    @property
    def in_two(self) -> bool:
        """Whether the second group has a line of its own."""
        return self._in_two

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # what there is to see has come or gone, or reads otherwise
            self._share_room()
        return super().event(event)

    def fits(self, room: int) -> bool:
        """Whether one line of so many pixels is enough for both."""
        return self.first.sizeHint().width() + self.second.sizeHint().width() <= room

    def part(self, *, in_two: bool) -> None:
        """Put the groups on two lines, or on one."""
        self._in_two = in_two
        self._lines.setDirection(_BELOW if in_two else _BESIDE)
        self._lines.setSpacing(self._around if in_two else _GAP)

    def _share_room(self) -> None:
        in_two = not self.fits(self.width() - 2 * _SIDE - _GAP)
        if in_two != self._in_two:
            self.part(in_two=in_two)
            for group in (self.first, self.second):
                group.invalidate()
            self.updateGeometry()  # how high it is now is asked for in the same turn
