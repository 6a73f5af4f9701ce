"""How a cell of a long table is drawn: a sign and a text, on two lines or cut where the column has no room for it. Qt's
own drawing asks a model eight things about every cell, styles each anew and measures each text anew: long tables that
jump about, or that a key changes from top to bottom, have no time for that.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QTextLayout

from jinan_desk.gui.even_lines import even_lines
from jinan_desk.gui.look import Look

BESIDE, _ICON, _AFTER_ICON = 6, 16, 4
"""Pixels: on both sides of a text, as the style sheet has it for other tables, and of the sign before it."""
_KEPT = 4000
"""Texts of which it is known how much of them there is room for."""
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_LEFT, _RIGHT = _MIDDLE | int(Qt.AlignmentFlag.AlignLeft), _MIDDLE | int(Qt.AlignmentFlag.AlignRight)
_PART = re.compile(r"(?=〔)|(?<=〕)")
"""Where a part of a number begins."""
_ONE_LINE = int(Qt.TextFlag.TextSingleLine)


class CellDrawing:
    """Draws cells in the font of one table: it stays what it is, since another size makes another window."""

    def __init__(self, look: Look) -> None:
        self._text = look.colour("text")
        self._fit: dict[tuple[str, int, bool, bool, bool], str] = {}
        self.in_two = False
        """Whether a text may stand on two lines."""

    def draw(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        colour: QColor | None = None,
        icon: QIcon | None = None,
        bold: QFont | None = None,
        right: bool = False,
        end: bool = False,
    ) -> None:
        """Draw a sign, if there is one, and as much of the text, or of its `end`, as there is room for."""
        left, top, width = rect.left() + BESIDE, rect.top(), rect.width() - 2 * BESIDE
        if icon is not None:
            icon.paint(painter, QRect(left, top + (rect.height() - _ICON) // 2, _ICON, _ICON))
            left, width = left + _ICON + _AFTER_ICON, width - _ICON - _AFTER_ICON
        if not text:
            return
        painter.setPen(colour or self._text)
        font: QFont = painter.font()
        if bold is not None:
            painter.setFont(bold)
        fit = self._fitting(text, width, bold or font, end=end, bold=bold is not None)
        flags = (_RIGHT if right else _LEFT) | (0 if self.in_two else _ONE_LINE)
        painter.drawText(QRect(left, top, width, rect.height()), flags, fit)
        if bold is not None:
            painter.setFont(font)

    def _fitting(self, text: str, width: int, font: QFont, *, end: bool, bold: bool) -> str:
        key = (text, width, end, self.in_two, bold)
        fit = self._fit.get(key)
        if fit is None:
            if len(self._fit) >= _KEPT:
                self._fit.clear()
            fit = self._fit[key] = fitting(text, width, font, end=end, in_two=self.in_two)
        return fit


def fitting(text: str, width: int, font: QFont, *, end: bool, in_two: bool) -> str:
    """As much of the text, or of its end, as there is room for on one line, or on two of them."""
    metrics = QFontMetrics(font)
    if not in_two or metrics.horizontalAdvance(text) <= width:
        return _cut(text, width, metrics, end=end)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    first, rest = text[: line.textLength()].rstrip(), text[line.textLength() :]
    layout.endLayout()
    if not rest or (end and metrics.horizontalAdvance(rest) > width):
        return _cut(text, width, metrics, end=end)
    even = [] if end else even_lines(text, 2, metrics.horizontalAdvance)
    if len(even) == 2 and max(map(metrics.horizontalAdvance, even)) <= width:
        return "\n".join(even)
    return f"{first}\n{metrics.elidedText(rest, cut(end=end), width)}"


def _cut(text: str, width: int, metrics: QFontMetrics, *, end: bool) -> str:
    """The text on one line. Of an end that is enough, no bracket is left open or halved."""
    if end and metrics.horizontalAdvance(text) > width:
        places = (match.start() for match in _PART.finditer(text))
        parts = (f"…{text[place:]}" for place in places)
        fit = next((part for part in parts if metrics.horizontalAdvance(part) <= width), "")
        if fit:
            return fit
    return metrics.elidedText(text, cut(end=end), width)


def cut(*, end: bool) -> Qt.TextElideMode:
    """Where a text is cut of which the end, or the beginning, says most."""
    return Qt.TextElideMode.ElideLeft if end else Qt.TextElideMode.ElideRight
