"""A few choices side by side, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_lines import even_lines, lines_side_by_side
from jinan_desk.gui.look import mark

_PADDING, _SLACK = 28, 6
_LEAST = 64
_BETWEEN_LINES = 4
_MOST_LINES = 4
"""That a name may take within its button."""
_RIGHT = Qt.TextElideMode.ElideRight


class Segments(QWidget):
    """Buttons that belong together; `picked` says which was taken by hand. Where one line has no room for all names,
    the buttons stand on several (`wraps`), or side by side with names of several lines."""

    picked = Signal(int)

    def __init__(self, names: Sequence[str], *, wraps: bool = False) -> None:
        super().__init__()
        self._names = tuple(names)
        self._wraps = wraps
        self._broken: dict[int, list[list[str]]] = {}
        self._group = QButtonGroup(self)
        for number, name in enumerate(names):
            button = QPushButton(name, self)
            button.setCheckable(True)
            button.setToolTip(name)
            button.setAccessibleName(name)
            set_role(button, "segment")
            self._group.addButton(button, number)
        self._group.idClicked.connect(self.picked)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if names:
            self._group.button(0).setChecked(True)

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def show_picked(self, number: int) -> None:
        """Take another; who had the focus among them has it there."""
        button = self._group.button(number)
        if self.window().focusWidget() in self._group.buttons():
            button.setFocus()
        button.setChecked(True)

    def width_for(self, lines: int) -> int:
        """Pixels: how wide all are side by side when a name may take so many lines."""
        return sum(self._widths(lines))

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(1), self._height(1))

    def minimumSizeHint(self) -> QSize:
        least = max(self._widths(1), default=0) if self._wraps else _LEAST * len(self._names)
        return QSize(least, self._height(1))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._wraps:
            return self._height(self._lines_needed(width))
        count = len(self._rows(width))
        return count * self._height(1) + (count - 1) * _BETWEEN_LINES

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width()
        lines = 1 if self._wraps else self._lines_needed(room)
        told, height, measure = self._told(room, lines), self._height(lines), self.fontMetrics()
        widths = self._cut([self._width(parts) for parts in told], room)
        for place, numbers in enumerate(self._rows(room)):
            left = 0
            for number in numbers:
                button, width = self._group.button(number), widths[number]
                first, last = number == numbers[0], number == numbers[-1]
                mark(button, end="only" if first and last else "first" if first else "last" if last else "")
                parts = (measure.elidedText(part, _RIGHT, width - _PADDING) for part in told[number])
                button.setText("\n".join(parts))
                button.setGeometry(left, place * (height + _BETWEEN_LINES), width, height)
                left += width

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._broken.clear()
            self.updateGeometry()

    def _names_on(self, lines: int) -> list[list[str]]:
        """The names on at most so many lines each."""
        if lines not in self._broken:
            measure = self.fontMetrics().horizontalAdvance
            self._broken[lines] = [even_lines(name, lines, measure) for name in self._names]
        return self._broken[lines]

    def _told(self, room: int, lines: int) -> list[list[str]]:
        """The names as they stand in that much room, each on as many of the lines as it needs."""
        if self._wraps:
            return self._names_on(1)
        around = len(self._names) * (_PADDING + _SLACK)
        return lines_side_by_side(self._names, lines, room - around, self.fontMetrics().horizontalAdvance)

    def _width(self, parts: Sequence[str]) -> int:
        return max(map(self.fontMetrics().horizontalAdvance, parts)) + _PADDING + _SLACK

    def _widths(self, lines: int) -> list[int]:
        return [self._width(parts) for parts in self._names_on(lines)]

    def _lines_needed(self, room: int) -> int:
        """On how many lines names are told side by side in that much room."""
        return next((lines for lines in range(1, _MOST_LINES) if self.width_for(lines) <= room), _MOST_LINES)

    def _cut(self, widths: Sequence[int], room: int) -> list[int]:
        """How wide each is in that much room: cut to a line, or to what lets all of them stand on one."""
        most = room if self._wraps else _longest_that_fit(widths, room)
        return [min(width, most) for width in widths]

    def _rows(self, room: int) -> list[list[int]]:
        """The places of the names, row by row."""
        if not self._wraps:
            return [list(range(len(self._names)))]
        return _parted(tuple(self._cut(self._widths(1), room)), room)

    def _height(self, lines: int) -> int:
        """Pixels: how high a button with so many lines is."""
        if not self._names:
            return 0
        button, metrics = self._group.button(0), self.fontMetrics()
        option = QStyleOptionButton()
        option.initFrom(button)
        words = QSize(_LEAST, metrics.height() + (lines - 1) * metrics.lineSpacing())
        kind = QStyle.ContentsType.CT_PushButton
        return button.style().sizeFromContents(kind, option, words, button).height()


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
