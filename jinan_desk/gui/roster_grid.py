"""The grid of a roster: its cells, keys, and blocks copied from and to Excel or WPS."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

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
    QHeaderView,
    QTableView,
    QWidget,
)

from jinan_desk.core.determination import OUTCOME_LABELS
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
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.draft import Cell, Draft
from jinan_desk.gui.even_label import even_width
from jinan_desk.gui.gradual import Gradual
from jinan_desk.gui.line_control import kept
from jinan_desk.gui.roster import VERDICT, RosterModel
from jinan_desk.gui.roster_cell import CellDelegate
from jinan_desk.services import entry, paste

_WIDTHS: dict[type[Kind], int] = {
    IdNumber: 156, CreditCode: 166, Day: 90, CalendarMonth: 78, Flag: 64, Money: 104, Count: 64, Number: 80, Rate: 72,
    DistrictCode: 84,
}  # fmt: skip
_NAME_WIDTH, _TEXT_WIDTH, _WIDEST_CHOICE, _REASON_WIDTH = 76, 152, 220, 240
_INSET = 12
_CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_VERDICT_AMOUNT, _AROUND_VERDICT, _AROUND = "  99,999.99", 36, 18


class _Area(NamedTuple):
    rows: range
    columns: range


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
        self.gradual = Gradual(self)
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
            told = self._say(N_("逐行填写，或从 Excel、WPS 复制后粘贴（可带表头）"))
            beside = (room.width() - even_width(told, room.width(), painter.fontMetrics())) // 2
            painter.drawText(room.adjusted(beside, 0, -beside, 0), _CENTRED, told)
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
        elif not self._locked and self._is_typed_into_verdict(event):
            self._context.tell(self._say(N_("“认定”由系统给出，不用填写；按右方向键到要填写的列")))
        elif self._locked or not self._answer_flag(event.text().lower()):
            self._pressed = kept(event)
            super().keyPressEvent(event)
            self._pressed = None

    def _is_typed_into_verdict(self, event: QKeyEvent) -> bool:
        index = self.currentIndex()
        is_text = bool(event.text()) and event.text().isprintable()
        return is_text and index.isValid() and self._roster.field(index.column()) is None

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

    def _areas(self) -> list[_Area]:
        """What is selected. Areas and not cells: of these there may be tens of thousands."""
        return [
            _Area(range(part.top(), part.bottom() + 1), range(part.left(), part.right() + 1))
            for part in self.selectionModel().selection().toList()
        ]

    def _picked(self) -> Iterator[tuple[int, int]]:
        """Row and column of the selected cells of fields."""
        last = len(self._roster.fields)
        for rows, columns in self._areas():
            within = [column for column in columns if 1 <= column <= last]
            yield from ((row, column) for row in rows for column in within)

    def _picked_rows(self) -> set[int]:
        return {row for rows, _ in self._areas() for row in rows}

    def _asks_first(self, then: Callable[[], None]) -> bool:
        """Whether something that is selected is masked: then it is shown before that is done."""
        hidden = any(self._roster.is_hidden(column) for _, columns in self._areas() for column in columns)
        if hidden:
            self._draft.veil.lift(then)
        return hidden

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as Excel does."""
        if not self._asks_first(self.copy):
            self._copy(lambda: None)

    def cut(self) -> None:
        """Copy, and empty what was copied."""
        if self._asks_first(self.cut):
            return
        lines, cells = tuple(self._draft.lines), [Cell(row, column - 1, "") for row, column in self._picked()]

        def clear() -> None:
            """What has changed since it was copied stays."""
            now = self._draft.lines
            same = [row < len(now) and now[row] is line for row, line in enumerate(lines)]
            self._draft.set_cells([c for c in cells if c.row < len(same) and same[c.row]], self._say(N_("剪切")))

        self._copy(clear)

    def _copy(self, then: Callable[[], None]) -> None:
        lines, texts = tuple(self._draft.lines), list[list[str]]()

        def read() -> Iterator[None]:
            for rows, columns in self._areas():
                for row in rows:
                    if row < len(lines):
                        texts.append([self._roster.whole(row, column, lines[row]) for column in columns])
                    yield

        def put() -> None:
            out = io.StringIO()
            csv.writer(out, delimiter="\t", lineterminator="\n").writerows(texts)
            QGuiApplication.clipboard().setText(out.getvalue())
            then()

        self.gradual.run(read(), put)

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
        rows = self._picked_rows()
        top = min(rows, default=0) - (len(rows) == 1)
        if not 0 <= top < len(self._draft.lines):
            return
        texts = self._draft.lines[top].texts
        cells = [Cell(row, column - 1, texts[column - 1]) for row, column in self._picked() if row != top]
        self._draft.set_cells(cells, self._say(N_("向下填充")))

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        cells = [Cell(row, column - 1, "") for row, column in self._picked()]
        self._draft.set_cells(cells, self._say(N_("清除内容")))

    def remove_rows(self) -> None:
        """Remove the lines of the selection."""
        self._draft.remove(self._picked_rows())

    def sort(self, *, descending: bool) -> None:
        """Sort the lines by the current column: by verdict and reasons what does not hold comes first."""
        column, lines = self.currentIndex().column(), self._draft.lines
        if 1 <= column <= len(self._roster.fields):
            order = entry.order_of(lines, self._roster.fields, column - 1, descending=descending)
        else:
            order = sorted(range(len(lines)), key=self._roster.urgency, reverse=descending)
        self._draft.sort(order)

    def seek(self, text: str, *, back: bool = False, then: Callable[[bool], None] = lambda found: None) -> None:
        """Go to the next cell, from the current one on and round, that shows the text; tell whether there is one."""
        wanted = text.strip().casefold()
        count, width = len(self._draft.lines), self._roster.columnCount()
        current = self.currentIndex()
        start = current.row() * width + current.column() if current.isValid() else -1
        cells = count * width
        found: list[tuple[int, int]] = []

        def look() -> Iterator[None]:
            for distance in range(1, cells + 1) if wanted else ():
                row, column = divmod((start + (-distance if back else distance)) % cells, width)
                if row < len(self._draft.lines) and wanted in self._roster.shown(row, column).casefold():
                    found.append((row, column))
                    return
                yield

        def tell() -> None:
            for row, column in found:
                index = self._roster.index(row, column)
                self.setCurrentIndex(index)
                self.scrollTo(index)
            then(bool(found))

        self.gradual.run(look(), tell)

    def insert_row(self) -> None:
        """Insert a blank line above the current one."""
        row = min(max(0, self.currentIndex().row()), len(self._draft.lines))
        self._draft.insert(row)
        self.go_to(row, self._roster.fields[0].key)


_CONTROL = Qt.KeyboardModifier.ControlModifier


def _is_control(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == _CONTROL


