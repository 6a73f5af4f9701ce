"""A paragraph whose last line is no stray word or character, and in which no line ends within a day."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget

from jinan_desk.gui.even_lines import whole

_SHORT = 0.25
"""The part of a line below which the last one is a stray."""
_HIGH = 10_000
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_WRAP = int(Qt.TextFlag.TextWordWrap)


class EvenLabel(QLabel):
    """Plain text on as many lines as it needs."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._known: tuple[str, int, int] = ("", 0, 0)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._said = text
        super().setText(_DAY.sub(lambda day: whole(day[0]), text))

    def text(self) -> str:
        """What was said, without the marks that keep a day together."""
        return self._said

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        if self.frameWidth():  # a label with a frame sets its text in by half a letter
            room.setLeft(room.left() + self.fontMetrics().horizontalAdvance("x") // 2)
        width = self._width_for(room.width())
        if width == room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        narrow = QRect(room.left(), room.top(), width, room.height())
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            narrow.moveLeft(room.left() + (room.width() - width) // 2)
        painter.drawText(narrow, int(self.alignment()) | _WRAP, super().text())

    def _width_for(self, room: int) -> int:
        said, known, width = self._known
        if (said, known) != (self._said, room):
            width = even_width(super().text(), room, self.fontMetrics())
            self._known = self._said, room, width
        return width


def even_width(text: str, room: int, metrics: QFontMetrics) -> int:
    """In how many pixels of so much room a text stands on as many lines, the last of them not much shorter than the
    others; the whole room where it is not anyway."""

    def height(width: int) -> int:
        return metrics.boundingRect(QRect(0, 0, width, _HIGH), _WRAP, text).height()

    high = height(room)
    lines = high // metrics.lineSpacing()
    if lines < 2:
        return room
    least, most = room // lines, room
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if height(middle) <= high else (middle + 1, most)
    return most if most <= room * (lines - 1 + _SHORT) / lines else room
