"""A cell of a roster: how it is drawn, and in what it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.kind import Choice, DistrictCode, Flag, Kind
from jinan_desk.core.text import N_
from jinan_desk.gui.cell_drawing import CellDrawing
from jinan_desk.gui.context import Context
from jinan_desk.gui.line_control import usual_text
from jinan_desk.gui.roster import Index, RosterModel


class CellDelegate(QStyledItemDelegate):
    """A cell as it is drawn, and its editor: a line, or a list of the words that its field allows; none while its
    number is masked, which is `refused`."""

    refused = Signal()

    def __init__(self, model: RosterModel, context: Context, parent: QTableView) -> None:
        super().__init__(parent)
        self._grid = parent
        self._roster = model
        self._say = context.say
        self._selected = context.look.colour("accent_soft")
        self._frame = context.look.colour("mark")
        self._drawing = CellDrawing(context.look)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect  # type: ignore[attr-defined]
        drawn = self._roster.drawn(index.row(), index.column())
        is_current = index == self._grid.currentIndex() and self._grid.hasFocus()
        ground = drawn.ground if drawn is not None else None  # what is wrong shows it at the cursor, too
        if ground is None and (is_current or self._grid.selectionModel().isSelected(index)):
            ground = self._selected  # asked of the model: what `option.state` says takes many times longer
        if ground is not None:
            painter.fillRect(rect, ground)
        if drawn is not None:
            self._drawing.draw(
                painter, rect, drawn.text, colour=drawn.colour, icon=drawn.icon, bold=drawn.bold, right=drawn.right
            )
        if is_current:
            painter.setPen(self._frame)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def createEditor(  # type: ignore[override]  # none is allowed, though the stub does not say so
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index  # noqa: ARG002
    ) -> QWidget | None:
        declared = self._roster.field(index.column())
        if self._roster.is_hidden(index.column()):
            self.refused.emit()
            return None
        words = _words(declared.kind) if declared is not None else ()
        if not words:
            line = QLineEdit(parent)
            line.setFrame(False)
            return line
        box = QComboBox(parent)
        box.addItem("", "")
        for word in words:
            box.addItem(self._say(word), word)
        box.activated.connect(lambda: self._finish(box))
        return box

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]  # over all of the cell: a date has room to be typed

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            declared = self._roster.field(index.column())
            text = index.data(Qt.ItemDataRole.EditRole) or ""
            editor.setCurrentIndex(max(0, editor.findData(usual_text(declared.kind if declared else None, text))))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        text = editor.currentData() if isinstance(editor, QComboBox) else editor.text()  # type: ignore[attr-defined]
        model.setData(index, text)

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.SubmitModelCache)


def _words(kind: Kind) -> tuple[str, ...]:
    if isinstance(kind, Choice):
        return tuple(label for _, label in kind.words)
    if isinstance(kind, DistrictCode):
        return tuple(district.name for district in DISTRICTS.values())
    return (N_("是"), N_("否")) if isinstance(kind, Flag) else ()
