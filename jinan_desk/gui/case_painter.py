"""How the lines of a list of cases are drawn: their texts, on two lines or cut where a column has no room for them, and
the sign of the outcome. Qt's own drawing asks the model eight things about every cell and measures each text anew; a
list that jumps about in a million cases has no time for that.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from jinan_desk.gui.case_line import AMOUNT, ENDS, OUTCOME
from jinan_desk.gui.case_model import CaseModel
from jinan_desk.gui.look import Look

_BESIDE, _ICON, _AFTER_ICON = 9, 16, 4
"""Pixels: on both sides of a text, as the style sheet has it for other tables, and of the sign before it."""
_KEPT = 4000
"""Texts of which it is known how much of them there is room for."""
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_LEFT, _RIGHT = _MIDDLE | int(Qt.AlignmentFlag.AlignLeft), _MIDDLE | int(Qt.AlignmentFlag.AlignRight)
_SELECTED, _CURRENT = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus


class CasePainter(QStyledItemDelegate):
    """Draws the cells of a case model. Of a case that has not been read yet there is nothing to draw."""

    def __init__(self, model: CaseModel, look: Look, table: QWidget) -> None:
        super().__init__(table)
        self._model = model
        self._text, self._selected = look.colour("text"), look.colour("accent_soft")
        self._fit: dict[tuple[str, int, bool, bool, bool], str] = {}
        """The font of a window stays what it is: another size makes another window."""
        self.in_two = False
        """Whether a text may stand on two lines."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = self._model.line(index.row())
        if line is None:
            return
        state = option.state  # type: ignore[attr-defined]
        if state & _CURRENT:
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if state & _SELECTED:
            painter.fillRect(rect, self._selected)
        column = self._model.column(index.column())
        text = line.texts[column]
        left, top, width = rect.left() + _BESIDE, rect.top(), rect.width() - 2 * _BESIDE
        if column == OUTCOME and line.outcome is not None:
            place = QRect(left, top + (rect.height() - _ICON) // 2, _ICON, _ICON)
            self._model.icon(line.outcome).paint(painter, place)
            left, width = left + _ICON + _AFTER_ICON, width - _ICON - _AFTER_ICON
        if not text:
            return
        painter.setPen(self._model.colour(line, column) or self._text)
        room = QRect(left, top, width, rect.height())
        bold = self._model.bold(line, column)
        font: QFont = painter.font()
        if bold is not None:
            painter.setFont(bold)
        fit = self._fitting(text, width, column in ENDS, painter)
        painter.drawText(room, _RIGHT if column == AMOUNT else _LEFT, fit)
        if bold is not None:
            painter.setFont(font)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = _cut(self._model.column(index.column()) in ENDS)  # type: ignore[attr-defined]

    def _fitting(self, text: str, width: int, end: bool, painter: QPainter) -> str:
        """As much of the text, or of its end, as there is room for."""
        font = painter.font()
        key = (text, width, end, self.in_two, font.bold())
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
        return metrics.elidedText(text, _cut(end), width)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    first, rest = text[: line.textLength()].rstrip(), text[line.textLength() :]
    layout.endLayout()
    if not rest or (end and metrics.horizontalAdvance(rest) > width):
        return metrics.elidedText(text, _cut(end), width)
    return f"{first}\n{metrics.elidedText(rest, _cut(end), width)}"


def _cut(end: bool) -> Qt.TextElideMode:
    """Where a text is cut of which the end, or the beginning, says most."""
    return Qt.TextElideMode.ElideLeft if end else Qt.TextElideMode.ElideRight
