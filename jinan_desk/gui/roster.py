"""The roster of a draft as a grid: typed into, pasted into from Excel or WPS, every row with its verdict."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.check import Result
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field
from jinan_desk.core.identity import masked
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
)
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.answer import Answer
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role, usual_text
from jinan_desk.gui.draft import Cell, Draft
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.look import VERDICT_ICONS
from jinan_desk.services import paste
from jinan_desk.services.entry import Answered

Index = QModelIndex | QPersistentModelIndex

VERDICT = 0
"""The column of the row's verdict; the fields follow, and after them the reasons."""

_WIDTHS: dict[type[Kind], int] = {
    IdNumber: 156, CreditCode: 166, Day: 90, CalendarMonth: 78, Flag: 64, Money: 104, Count: 64, Number: 80, Rate: 72,
    Choice: 140, DistrictCode: 84,
}  # fmt: skip
_VERDICT_WIDTH, _TEXT_WIDTH, _REASON_WIDTH = 136, 76, 240
_GRID_FRAME = 48  # head and scroll bar
_NUMERIC = (Money, Count, Number, Rate)


class RosterModel(QAbstractTableModel):
    """The lines of a draft. While it may be changed, a blank line stands below the last: typing there adds one."""

    def __init__(self, draft: Draft, fields: tuple[Field, ...], context: Context) -> None:
        super().__init__(draft)
        self.fields = fields
        self._draft = draft
        self._context = context
        self._say = context.say
        self._locked = False
        self._answered: Answered | None = None
        self._answer: Answer | None = None
        self._icons = {outcome: context.look.icon(name, _COLOURS[outcome]) for outcome, name in VERDICT_ICONS.items()}
        self._strong = QFont(QGuiApplication.font())
        self._strong.setBold(True)
        self._current = (-1, -1)
        draft.stack.cleanChanged.connect(lambda clean: self._redraw(0, self.rowCount() - 1))
        draft.lines_changed.connect(self._redraw)
        draft.loading.connect(self._begin_load)
        draft.loaded.connect(self.endResetModel)
        draft.lines_coming.connect(self._begin_insert)
        draft.lines_came.connect(self._end_insert)
        draft.lines_going.connect(lambda first, last: self.beginRemoveRows(QModelIndex(), first, last))
        draft.lines_went.connect(self.endRemoveRows)

    @property
    def reasons(self) -> int:
        """The column of the reasons."""
        return len(self.fields) + 1

    def field(self, column: int) -> Field | None:
        """The field of a column, None for verdict and reasons."""
        return self.fields[column - 1] if 1 <= column <= len(self.fields) else None

    def lock(self, locked: bool) -> None:
        if locked == self._locked:
            return
        self.beginResetModel()
        self._locked = locked
        self.endResetModel()

    def show_answer(self, answered: Answered | None, answer: Answer | None) -> None:
        """Show the verdicts of an answer; lines that are others by now wait for the next."""
        self._answered, self._answer = answered, answer
        self._redraw(0, self.rowCount() - 1)

    def _begin_load(self) -> None:
        self.beginResetModel()
        self._answered = self._answer = None

    def _begin_insert(self, first: int, last: int) -> None:
        """Lines that are added at the end begin in the blank one, so that the cursor in it stays where it is."""
        into_blank = first == len(self._draft.lines) and not self._locked
        self.beginInsertRows(QModelIndex(), first + into_blank, last + into_blank)

    def _end_insert(self) -> None:
        self.endInsertRows()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def _redraw(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.reasons))

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._draft.lines) + (not self._locked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = not self._locked and self.field(index.column()) is not None
        return usable | Qt.ItemFlag.ItemIsEditable if editable else usable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return section + 1 if section < len(self._draft.lines) else "＋"
            return None
        declared = self.field(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if declared is not None:
                label = self._say(declared.label)
                return f"{label}（{self._say(declared.unit)}）" if declared.unit else label
            return self._say(N_("认定")) if section == VERDICT else self._say(N_("情况"))
        if role == Qt.ItemDataRole.ToolTipRole and declared is not None and declared.help:
            return self._say(declared.help)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if row >= len(self._draft.lines):
            return None
        declared = self.field(column)
        if declared is None:
            return self._verdict(row, role) if column == VERDICT else self._reasons(row, role)
        text = self._draft.lines[row].texts[column - 1]
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            hidden = declared.is_masked and self._draft.stack.isClean() and (row, column) != self._current
            return masked(self.whole(row, column)) if hidden else self.whole(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(declared.kind, _NUMERIC):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        wrong = self.wrong(row).get(declared.key)
        if wrong is not None:
            if role == Qt.ItemDataRole.BackgroundRole:
                return self._context.look.colour("bad_soft")
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._context.look.colour("bad")
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._say.read(wrong)
        return None

    def whole(self, row: int, column: int) -> str:
        """What a cell shows where nothing is masked."""
        declared = self.field(column)
        if declared is None or row >= len(self._draft.lines):
            return str(self.index(row, column).data() or "")
        usual = usual_text(declared.kind, self._draft.lines[row].texts[column - 1])
        return self._say(usual) if isinstance(declared.kind, Choice | Flag) and usual else usual

    def point_at(self, now: Index, before: Index) -> None:
        """The cursor is in this cell now: there nothing is masked."""
        self._current = (now.row(), now.column())
        for index in (before, now):
            if index.isValid():
                self.dataChanged.emit(index, index)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.field(index.column()) is None:
            return False
        self._draft.set_cells([Cell(index.row(), index.column() - 1, str(value))], self._say(N_("填写名单")))
        return True

    # Verdicts -------------------------------------------------------------------------------------------------------

    def wrong(self, row: int) -> Mapping[str, Sentence]:
        """What is wrong with a line, by key: each text by itself, and what does not go together."""
        line = self._draft.lines[row]
        alone = line.read(self.fields)[1]
        if self._answered is None or not self._known(row):
            return alone
        start = f"roster[{row}]."
        together = {path[len(start) :]: s for path, s in self._answered.wrong.items() if path.startswith(start)}
        return {**together, **alone}

    def _known(self, row: int) -> bool:
        """Whether the answer is about the line as it stands now."""
        if self._answer is None or row >= self._answer.row_count:
            return False
        if self._answered is None:  # a stored answer
            return True
        lines = self._answered.entry.lines
        return row < len(lines) and lines[row] is self._draft.lines[row]

    def _verdict(self, row: int, role: int) -> Any:
        if self._answer is None or not self._known(row):
            return None
        outcome = self._answer.outcomes[row]
        if role == Qt.ItemDataRole.DisplayRole:
            word = self._say(OUTCOME_LABELS[outcome])
            amount = self._answer.row(row).amount if outcome is Outcome.ELIGIBLE else None
            return f"{word}  {figures(amount)}" if amount else word
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[outcome]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._context.look.verdict(outcome)
        if role == Qt.ItemDataRole.FontRole:
            return self._strong
        return None

    def _reasons(self, row: int, role: int) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._context.look.colour("muted") if role == Qt.ItemDataRole.ForegroundRole else None
        return "；".join(self._why(row)) or None

    def _why(self, row: int) -> list[str]:
        wrong = self.wrong(row)
        said = [f"{self._label(key)}：{self._say.read(sentence)}" for key, sentence in wrong.items()]
        if self._answer is None or not self._known(row):
            return said
        answer = self._answer.row(row)
        said += [check.reason for check in answer.checks if check.result is Result.FAIL]
        missing = [self._label(p.path.rpartition(".")[2]) for p in answer.missing]
        missing = [label for label in dict.fromkeys(missing) if label not in map(self._label, wrong)]
        if missing:
            said.append(self._say(N_("待补充：{what}"), what="、".join(missing)))
        return said + [pointer.text for pointer in answer.cautions]

    def _label(self, key: str) -> str:
        return self._say(next((f.label for f in self.fields if f.key == key), key))


_COLOURS = {Outcome.ELIGIBLE: "good", Outcome.INELIGIBLE: "bad", Outcome.INCOMPLETE: "doubt"}


class CellDelegate(QStyledItemDelegate):
    """The editor of a cell: a line, or a list of the words that its field allows."""

    def __init__(self, model: RosterModel, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._roster = model
        self._say = context.say

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        declared = self._roster.field(index.column())
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
    Y, N or Delete in a yes-or-no cell, Ctrl+- remove rows."""

    row_picked = Signal(int)

    def __init__(self, model: RosterModel, draft: Draft, context: Context) -> None:
        super().__init__()
        self._roster = model
        self._draft = draft
        self._context = context
        self._say = context.say
        self._locked = False
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, context, self))
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
        self.selectionModel().currentChanged.connect(model.point_at)

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
        measure = head.fontMetrics()
        for column in range(self._roster.columnCount()):
            declared = self._roster.field(column)
            if column == VERDICT:
                width = _VERDICT_WIDTH
            elif declared is None:
                width = _REASON_WIDTH
            else:
                words = str(self._roster.headerData(column, Qt.Orientation.Horizontal))
                wide = _WIDTHS.get(type(declared.kind), _TEXT_WIDTH)
                width = max(wide, measure.horizontalAdvance(words) + 18)
            self.setColumnWidth(column, width)

    # Keys -----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether a key would otherwise be taken by the window."""
        keys = QKeySequence.StandardKey
        return any(event.matches(key) for key in (keys.Copy, keys.Paste, keys.Cut)) or _is_control(event, Qt.Key.Key_D)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:  # the line in the cell has had its turn
            event.accept()
            return
        action = self._reading_action(event) or (None if self._locked else self._writing_action(event))
        if action is not None:
            action()
        elif self._locked or not self._answer_flag(event.text().lower()):
            super().keyPressEvent(event)

    def _reading_action(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
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

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as Excel does."""
        picked = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in picked:
            lines.setdefault(row, []).append(self._roster.whole(row, column))
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines.values())
        QGuiApplication.clipboard().setText(out.getvalue())

    def cut(self) -> None:
        """Copy, and empty what was copied."""
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
            message += self._say(N_("；没有对应的列，未采用：{heads}"), heads="、".join(pasted.unknown))
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

    def insert_row(self) -> None:
        """Insert a blank line above the current one."""
        row = min(max(0, self.currentIndex().row()), len(self._draft.lines))
        self._draft.insert(row)
        self.go_to(row, self._roster.fields[0].key)


def _is_control(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class RosterBox(QWidget):
    """The grid with its heading and tools."""

    def __init__(self, draft: Draft, fields: tuple[Field, ...], context: Context) -> None:
        super().__init__()
        say = context.say
        self._draft = draft
        self._say = say
        self.model = RosterModel(draft, fields, context)
        self.grid = RosterGrid(self.model, draft, context)
        heading = QLabel(say(N_("名单")))
        set_role(heading, "heading")
        self._summary = ElidedLabel()
        set_role(self._summary, "muted")
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(heading)
        head.addSpacing(8)
        head.addWidget(self._summary, 1)
        self._tools: list[QToolButton] = []
        for icon, name, key, action in (
            ("paste", N_("粘贴"), "Ctrl+V", self.grid.paste),
            ("filldown", N_("向下填充"), "Ctrl+D", self.grid.fill_down),
            ("new", N_("插入行"), "", self.grid.insert_row),
            ("delete", N_("删除行"), "Ctrl+-", self.grid.remove_rows),
        ):
            tool = QToolButton()
            tool.setIcon(context.look.icon(icon))
            tool.setText(say(name))
            tool.setToolTip(f"{say(name)} {key}".strip())
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(tool, "tool")
            tool.clicked.connect(action)
            head.addWidget(tool)
            self._tools.append(tool)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.grid, 1)
        self.show_answer(None, None)

    @property
    def needed_height(self) -> int:
        """The height at which every line is seen."""
        lines = self.grid.verticalHeader().defaultSectionSize() * self.model.rowCount()
        return lines + self.sizeHint().height() - self.grid.sizeHint().height() + _GRID_FRAME

    def lock(self, locked: bool) -> None:
        self.grid.lock(locked)
        for tool in self._tools:
            tool.setVisible(not locked)

    def show_answer(self, answered: Answered | None, answer: Answer | None) -> None:
        self.model.show_answer(answered, answer)
        count = len(self._draft.lines)
        if not count:
            self._summary.setText(self._say(N_("逐行填写，或从 Excel、WPS 复制后粘贴（可带表头）")))
            return
        text = self._say(N_("共 {count} 行"), count=count)
        if answer is not None and answer.row_count:
            counts = Counter(answer.outcomes)
            text += "".join(f" · {self._say(label)} {counts[o]}" for o, label in OUTCOME_LABELS.items() if counts[o])
        self._summary.setText(text)
