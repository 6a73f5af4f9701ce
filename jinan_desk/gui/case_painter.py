"""How the lines of a list of cases are drawn: their texts, on two lines where need be, and the sign of the outcome."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from jinan_desk.gui.case_line import AMOUNT, ENDS, OUTCOME
from jinan_desk.gui.case_model import CaseModel
from jinan_desk.gui.cell_drawing import BESIDE, CellDrawing, cut, fitting
from jinan_desk.gui.look import Look

_SELECTED, _CURRENT = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus


class CasePainter(QStyledItemDelegate):
    """Draws the cells of a case model. Of a case that has not been read yet there is nothing to draw."""

    def __init__(self, model: CaseModel, look: Look, table: QWidget) -> None:
        super().__init__(table)
        self._model = model
        self._selected = look.colour("accent_soft")
        self._drawing = CellDrawing(look)

    @property
    def in_two(self) -> bool:
        """Whether a text may stand on two lines."""
        return self._drawing.in_two

    @in_two.setter
    def in_two(self, in_two: bool) -> None:
        self._drawing.in_two = in_two

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
        if state & _SELECTED:
            painter.fillRect(option.rect, self._selected)  # type: ignore[attr-defined]
        column = self._model.column(index.column())
        self._drawing.draw(
            painter,
            option.rect,  # type: ignore[attr-defined]
            line.texts[column],
            colour=self._model.colour(line, column),
            icon=self._model.icon(line.outcome) if column == OUTCOME and line.outcome is not None else None,
            bold=self._model.bold(line, column),
            right=column == AMOUNT,
            end=column in ENDS,
        )

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        end = self._model.column(index.column()) in ENDS
        option.textElideMode = cut(end=end)  # type: ignore[attr-defined]
        if self.in_two and option.icon.isNull():  # type: ignore[attr-defined]
            width = option.rect.width() - 2 * BESIDE  # type: ignore[attr-defined]
            lines = fitting(option.text, width, option.font, end=end, in_two=True)  # type: ignore[attr-defined]
            option.text = lines.replace("\n", "\u2028")  # type: ignore[attr-defined]
