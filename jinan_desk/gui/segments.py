"""A few choices side by side, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import mark

_PADDING, _SLACK = 28, 6
_LEAST = 64
_BETWEEN_LINES = 4


class Segments(QWidget):
    """Buttons that belong together; `picked` says which was taken by hand. Where one line has no room for all names,
    they stand on several (`wraps`), or the longest are shortened; the whole name is in the tooltip."""

    picked = Signal(int)

    def __init__(self, names: Sequence[str], *, wraps: bool = False) -> None:
        super().__init__()
        self._names = tuple(names)
        self._wraps = wraps
        self._group = QButtonGroup(self)
        for number, name in enumerate(names):
            button = QPushButton(name, self)
            button.setCheckable(True)
            button.setToolTip(name)
            button.setAccessibleName(name)
            set_role(button, "segment")
            self._group.addButton(button, number)
        self._group.idClicked.connect(self.picked)
        policy = QSizePolicy(
            QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Fixed
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        if names:
            self._group.button(0).setChecked(True)

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def show_picked(self, number: int) -> None:
        self._group.button(number).setChecked(True)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), self._line_height())

    def minimumSizeHint(self) -> QSize:
        least = max(self._widths(), default=0) if self._wraps else _LEAST * len(self._names)
        return QSize(least, self._line_height())

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        count = len(self._lines(width))
        return count * self._line_height() + (count - 1) * _BETWEEN_LINES

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width()
        widths, height = self._fitting(room), self._line_height()
        for line, numbers in enumerate(self._lines(room)):
            left = 0
            for number in numbers:
                button, width = self._group.button(number), widths[number]
                first, last = number == numbers[0], number == numbers[-1]
                mark(button, end="only" if first and last else "first" if first else "last" if last else "")
                shown = button.fontMetrics().elidedText(
                    self._names[number], Qt.TextElideMode.ElideRight, width - _PADDING
                )
                button.setText(shown)
                button.setGeometry(left, line * (height + _BETWEEN_LINES), width, height)
                left += width

    def _widths(self) -> list[int]:
        return [self.fontMetrics().horizontalAdvance(name) + _PADDING + _SLACK for name in self._names]

    def _fitting(self, room: int) -> list[int]:
        """How wide each is in that much room: cut to a line, or to what lets all of them stand on one."""
        widths = self._widths()
        most = room if self._wraps else _longest_that_fit(widths, room)
        return [min(width, most) for width in widths]

    def _lines(self, room: int) -> list[list[int]]:
        """The places of the names, line by line."""
        return _parted(tuple(self._fitting(room)), room) if self._wraps else [list(range(len(self._names)))]

    def _line_height(self) -> int:
        return max((button.sizeHint().height() for button in self._group.buttons()), default=0)


def _longest_that_fit(widths: Sequence[int], room: int) -> int:
    """How wide the widest may be so that all fit when wider ones are cut to it."""
    most = max(widths, default=0)
    while most > _LEAST and sum(min(width, most) for width in widths) > room:
        most -= 2
    return most


@lru_cache(maxsize=256)
def _parted(widths: tuple[int, ...], room: int) -> list[list[int]]:
    """The places of the widths, on as few lines as there must be, and these about equally long. Kept: whenever
    anything on a page is laid out, it is asked again for how high the names are."""
    lines = _filled(widths, room)
    while room > max(widths, default=0) and len(_filled(widths, room - 1)) == len(lines):
        room -= 1
    return _filled(widths, room)


def _filled(widths: Sequence[int], room: int) -> list[list[int]]:
    """One line after the other, each as full as it gets."""
    lines: list[list[int]] = []
    left = 0
    for place, width in enumerate(widths):
        if not lines or width > left:
            lines.append([])
            left = room
        lines[-1].append(place)
        left -= width
    return lines
