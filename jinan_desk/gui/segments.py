"""A few choices side by side, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from jinan_desk.gui.control import set_role

_PADDING, _SLACK = 28, 6
_LEAST = 64


class Segments(QWidget):
    """Buttons that belong together; `picked` says which was taken by hand. Where there is no room for all names, the
    longest are shortened; the whole name is in the tooltip."""

    picked = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, name in enumerate(names):
            button = QPushButton(name)
            button.setCheckable(True)
            button.setToolTip(name)
            button.setAccessibleName(name)
            set_role(button, "segment")
            first, last = number == 0, number == len(names) - 1
            button.setProperty("end", "only" if first and last else "first" if first else "last" if last else "")
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self.picked)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if names:
            self._group.button(0).setChecked(True)

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def show_picked(self, number: int) -> None:
        self._group.button(number).setChecked(True)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST * len(self._names), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        most = _longest_that_fit(self._widths(), event.size().width())
        for number, name in enumerate(self._names):
            button = self._group.button(number)
            room = most - _PADDING
            shown = button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            button.setText(shown)
            button.setMinimumWidth(min(self._widths()[number], most))

    def _widths(self) -> list[int]:
        return [self.fontMetrics().horizontalAdvance(name) + _PADDING + _SLACK for name in self._names]


def _longest_that_fit(widths: list[int], room: int) -> int:
    """How wide the widest may be so that all fit when wider ones are cut to it."""
    most = max(widths, default=0)
    while most > _LEAST and sum(min(width, most) for width in widths) > room:
        most -= 2
    return most
