"""The grid of a roster: its cells, keys, and blocks copied from and to Excel or WPS."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jinan_desk.core.determination import OUTCOME_LABELS
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field
from jinan_desk.core.kind import (
    CalendarMonth,
    Choice,
    Count,
    CreditCode,
    Day,
    DistrictCode,
    Flag,
    IdNumber,
    Kind,
    Money,
    Number,
    Rate,
    Text,
)
from jinan_desk.core.text import N_
from jinan_desk.gui.cell_drawing import CellDrawing
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.draft import Cell, Draft
from jinan_desk.gui.line_control import kept, usual_text
from jinan_desk.gui.roster import VERDICT, Index, RosterModel
from jinan_desk.services import entry, paste

_WIDTHS: dict[type[Kind], int] = {
    IdNumber: 156, CreditCode: 166, Day: 90, CalendarMonth: 78, Flag: 64, Money: 104, Count: 64, Number: 80, Rate: 72,
    DistrictCode: 84,
}  # fmt: skip
_NAME_WIDTH, _TEXT_WIDTH, _WIDEST_CHOICE, _REASON_WIDTH = 76, 130, 220, 240
_INSET = 12
_CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_VERDICT_AMOUNT, _AROUND_VERDICT, _AROUND = "  99,999.99", 40, 18


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
        self._drawing = CellDrawing(context.look)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index == self._grid.currentIndex() and self._grid.hasFocus():
            super().paint(painter, option, index)
            return
        rect = option.rect  # type: ignore[attr-defined]
        drawn = self._roster.drawn(index.row(), index.column())
        selected = self._grid.selectionModel().isSelected(index)  # what `option.state` says takes many times longer
        ground = self._selected if selected else drawn.ground if drawn is not None else None
        if ground is not None:
            painter.fillRect(rect, ground)
        if drawn is not None:
            self._drawing.draw(
                painter, rect, drawn.text, colour=drawn.colour, icon=drawn.icon, bold=drawn.bold, right=drawn.right
            )

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


class RosterGrid(QTableView):
    """The grid and its keys: Enter to the next cell, Ctrl+V paste, Ctrl+C copy, Ctrl+D fill down, Delete clear,
    Y, N or Delete in a yes-or-no cell, Ctrl++ insert a row, Ctrl+- remove rows, Ctrl+F find."""

    row_picked = Signal(int)
    find_wanted = Signal()

    def __init__(self, model: RosterModel, draft: Draft, context: Context) -> None:
        super().__init__()
        self._roster = model
        self._draft = draft
        self._context = context
        self._say = context.say
        self._locked = False
        self._pressed: QKeyEvent | None = None
        self.setModel(model)
        delegate = CellDelegate(model, context, self)
        delegate.refused.connect(self._edit_unmasked)
        self.setItemDelegate(delegate)
        self.setAccessibleName(self._say(N_("名单")))
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(28)
        down.setMinimumWidth(34)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._set_widths()
        self.selectionModel().currentRowChanged.connect(lambda now, before: self.row_picked.emit(now.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self._draft.lines or self._locked):
            room = self.viewport().rect().adjusted(_INSET, self.verticalHeader().length(), -_INSET, 0)
            painter = QPainter(self.viewport())
            painter.setPen(self._context.look.colour("muted"))
            painter.drawText(room, _CENTRED, self._say(N_("逐行填写，或从 Excel、WPS 复制后粘贴（可带表头）")))
            painter.end()

    def lock(self, locked: bool) -> None:
        self._locked = locked
        self._roster.lock(locked)

    def go_to(self, row: int, key: str) -> None:
        """Put the cursor into a cell."""
        column = next((n for n, f in enumerate(self._roster.fields, start=1) if f.key == key), 1)
        index = self._roster.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()

    def _set_widths(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        bold = QFont(self.font())
        bold.setBold(True)
        for column in range(self._roster.columnCount()):
            declared = self._roster.field(column)
            if column == VERDICT:
                strong = QFontMetrics(bold)
                words = [self._say(label) for label in OUTCOME_LABELS.values()]
                words[0] += _VERDICT_AMOUNT
                width = max(map(strong.horizontalAdvance, words)) + _AROUND_VERDICT
            elif declared is None:
                width = _REASON_WIDTH
            else:
                title = str(self._roster.headerData(column, Qt.Orientation.Horizontal))
                width = max(self._width_of(declared), head.fontMetrics().horizontalAdvance(title) + _AROUND)
            self.setColumnWidth(column, width)

    def _width_of(self, declared: Field) -> int:
        """What the values of a field need: of words the longest, up to a limit."""
        if isinstance(declared.kind, Choice):
            longest = max(self.fontMetrics().horizontalAdvance(self._say(label)) for _, label in declared.kind.words)
            return min(_WIDEST_CHOICE, longest + _AROUND)
        if isinstance(declared.kind, Text):
            return _NAME_WIDTH if declared.key == "name" else _TEXT_WIDTH
        return _WIDTHS.get(type(declared.kind), _NAME_WIDTH)

    # Keys -----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether a key would otherwise be taken by the window."""
        keys = QKeySequence.StandardKey
        return any(event.matches(key) for key in (keys.Copy, keys.Paste, keys.Cut, keys.Find)) or _is_control(
            event, Qt.Key.Key_D
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():  # whoever comes from the form can type at once
            self.setCurrentIndex(self._roster.index(0, 1))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:  # the line in the cell has had its turn
            event.accept()
            return
        action = self._reading_action(event) or (None if self._locked else self._writing_action(event))
        if action is not None:
            action()
        elif self._locked or not self._answer_flag(event.text().lower()):
            self._pressed = kept(event)
            super().keyPressEvent(event)
            self._pressed = None

    def _edit_unmasked(self) -> None:
        """Edit the cell as soon as its number is shown, with the key that was pressed in it."""
        key = self._pressed

        def edit() -> None:
            if key is None:
                self.edit(self.currentIndex())
            elif self.state() == QAbstractItemView.State.EditingState:  # an earlier key has opened it
                QApplication.sendEvent(self.indexWidget(self.currentIndex()), key)
            else:
                QTableView.keyPressEvent(self, key)

        self._draft.veil.lift(edit)

    def _reading_action(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        if event.matches(QKeySequence.StandardKey.Find):
            return self.find_wanted.emit
        return self._next_cell if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None

    def _writing_action(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste
        if event.matches(QKeySequence.StandardKey.Cut):
            return self.cut
        if _is_control(event, Qt.Key.Key_D):
            return self.fill_down
        if _is_control(event, Qt.Key.Key_Minus):
            return self.remove_rows
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and bool(event.modifiers() & _CONTROL):
            return self.insert_row
        return self.clear_cells if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) else None

    def _answer_flag(self, text: str) -> bool:
        declared = self._roster.field(self.currentIndex().column())
        word = {"y": N_("是"), "1": N_("是"), "是": N_("是"), "n": N_("否"), "0": N_("否"), "否": N_("否")}.get(text)
        if declared is None or not isinstance(declared.kind, Flag) or word is None:
            return False
        self._roster.setData(self.currentIndex(), word)
        self._next_cell()
        return True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._next_cell()

    def _next_cell(self) -> None:
        """To the right, and from the last field to the first of the next line."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if 0 <= index.column() < len(self._roster.fields):
            self.setCurrentIndex(index.siblingAtColumn(index.column() + 1))
        elif index.row() + 1 < self._roster.rowCount():
            self.setCurrentIndex(self._roster.index(index.row() + 1, 1))
        else:
            self.focusNextPrevChild(True)

    # Blocks ---------------------------------------------------------------------------------------------------------

    def _asks_first(self, then: Callable[[], None]) -> bool:
        """Whether something that is selected is masked: then it is shown before that is done."""
        hidden = any(self._roster.is_hidden(index.column()) for index in self.selectedIndexes())
        if hidden:
            self._draft.veil.lift(then)
        return hidden

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as Excel does."""
        if self._asks_first(self.copy):
            return
        picked = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in picked:
            lines.setdefault(row, []).append(self._roster.whole(row, column))
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines.values())
        QGuiApplication.clipboard().setText(out.getvalue())

    def cut(self) -> None:
        """Copy, and empty what was copied."""
        if self._asks_first(self.cut):
            return
        self.copy()
        self.clear_cells()

    def paste(self) -> None:
        """Take the clipboard: by its head row below the last line, else from the current cell on."""
        current = self.currentIndex()
        row = current.row() if current.isValid() else len(self._draft.lines)
        column = max(0, current.column() - 1) if current.isValid() else 0
        pasted = paste.read_block(QGuiApplication.clipboard().text(), self._roster.fields, column=column)
        if not pasted.lines:
            self._context.tell(self._say(N_("剪贴板中没有可粘贴的内容")), Level.INFO)
            return
        first = len(self._draft.lines) if pasted.headed else row
        cells = [
            Cell(first + number, place, text)
            for number, line in enumerate(pasted.lines)
            for place, text in line.items()
        ]
        self._draft.set_cells(cells, self._say(N_("粘贴名单")))
        message = self._say(N_("已粘贴 {count} 行"), count=len(pasted.lines))
        if pasted.unknown:
            message += self._say(N_("；没有对应的列，未采用：{heads}"), heads=self._say.listed(pasted.unknown))
        self._context.tell(message, Level.INFO)
        self.setCurrentIndex(self._roster.index(first, 1))

    def fill_down(self) -> None:
        """Repeat the top row of the selection in the rows below it; of a single row, repeat the row above."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        rows = {index.row() for index in indexes}
        top = min(rows) if len(rows) > 1 else min(rows) - 1
        if top < 0 or top >= len(self._draft.lines):
            return
        cells = [
            Cell(index.row(), index.column() - 1, self._draft.lines[top].texts[index.column() - 1])
            for index in indexes
            if index.row() != top and self._roster.field(index.column()) is not None
        ]
        self._draft.set_cells(cells, self._say(N_("向下填充")))

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        cells = [
            Cell(index.row(), index.column() - 1, "")
            for index in self.selectedIndexes()
            if self._roster.field(index.column()) is not None
        ]
        self._draft.set_cells(cells, self._say(N_("清除内容")))

    def remove_rows(self) -> None:
        """Remove the lines of the selection."""
        self._draft.remove({index.row() for index in self.selectedIndexes()})

    def sort(self, *, descending: bool) -> None:
        """Sort the lines by the current column: by verdict and reasons what does not hold comes first."""
        column, lines = self.currentIndex().column(), self._draft.lines
        if 1 <= column <= len(self._roster.fields):
            order = entry.order_of(lines, self._roster.fields, column - 1, descending=descending)
        else:
            order = sorted(range(len(lines)), key=self._roster.urgency, reverse=descending)
        self._draft.sort(order)

    def seek(self, text: str, *, back: bool = False) -> bool:
        """Go to the next cell, from the current one on and round, that shows the text; whether there is one."""
        wanted = text.strip().casefold()
        count, width = len(self._draft.lines), self._roster.columnCount()
        if not wanted or not count:
            return False
        current = self.currentIndex()
        start = current.row() * width + current.column() if current.isValid() else -1
        cells = count * width
        for distance in range(1, cells + 1):
            row, column = divmod((start + (-distance if back else distance)) % cells, width)
            if wanted in self._roster.shown(row, column).casefold():
                index = self._roster.index(row, column)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def insert_row(self) -> None:
        """Insert a blank line above the current one."""
        row = min(max(0, self.currentIndex().row()), len(self._draft.lines))
        self._draft.insert(row)
        self.go_to(row, self._roster.fields[0].key)


_CONTROL = Qt.KeyboardModifier.ControlModifier


def _is_control(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == _CONTROL


