"""The roster of a draft in its editor: the grid with its heading, its tools, and a line to find in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from jinan_desk.core.determination import OUTCOME_LABELS
from jinan_desk.core.field import Field
from jinan_desk.core.text import N_
from jinan_desk.gui.answer import Answer
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.look import mark
from jinan_desk.gui.roster import RosterModel
from jinan_desk.gui.roster_grid import RosterGrid
from jinan_desk.services.entry import Answered

_GRID_FRAME = 48  # head and scroll bar
_LEAST_SUMMARY = 240  # with the heading
_TIGHT = 600
"""The width of the box below which its tools stand closer together."""
_ICON_ALONE = Qt.ToolButtonStyle.ToolButtonIconOnly
_WITH_TEXT = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class RosterBox(QWidget):
    """The grid with its heading and tools. Where there is no room for their names, tools show their pictures alone."""

    import_wanted = Signal()
    template_wanted = Signal()
    undo_import_wanted = Signal()

    def __init__(self, draft: Draft, fields: tuple[Field, ...], context: Context) -> None:
        super().__init__()
        self._draft = draft
        self._look = context.look
        self._say = context.say
        self.model = RosterModel(draft, fields, context)
        self.grid = RosterGrid(self.model, draft, context)
        heading = QLabel(self._say(N_("名单")))
        set_role(heading, "heading")
        self._summary = ElidedLabel()
        set_role(self._summary, "muted")
        self._head = QHBoxLayout()
        self._head.setContentsMargins(2, 0, 0, 0)
        self._head.setSpacing(2)
        self._head.addWidget(heading)
        self._head.addSpacing(8)
        self._head.addWidget(self._summary, 1)
        self.undo_import = self._action(N_("撤销导入…"), self.undo_import_wanted.emit)
        self.undo_import.setEnabled(False)
        self.import_ = self._action(N_("导入名单…"), self.import_wanted.emit, "Ctrl+I")
        template = self._action(N_("下载模板…"), self.template_wanted.emit)
        self._writing = [
            self._menu("import", N_("导入"), (self.import_, template, self.undo_import)),
            self._tool("paste", N_("粘贴"), "Ctrl+V", self.grid.paste),
            self._tool("filldown", N_("向下填充"), "Ctrl+D", self.grid.fill_down),
            self._tool("new", N_("插入行"), "Ctrl++", self.grid.insert_row),
            self._tool("delete", N_("删除行"), "Ctrl+-", self.grid.remove_rows),
            self._menu(
                "sort",
                N_("排序"),
                (
                    self._action(N_("按当前列升序"), lambda: self.grid.sort(descending=False)),
                    self._action(N_("按当前列降序"), lambda: self.grid.sort(descending=True)),
                ),
            ),
        ]
        self.finder = FindLine(self.grid, context)
        self._eye = self._tool("eye", N_("显示号码"), "", draft.veil.lift)
        self._tools = [*self._writing, self._eye, self._tool("search", N_("查找"), "Ctrl+F", self.finder.begin)]
        self._numbered = any(field.is_masked for field in fields)
        draft.veil.changed.connect(self._show_eye)
        self.grid.find_wanted.connect(self.finder.begin)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self._head)
        box.addWidget(self.finder)
        box.addWidget(self.grid, 1)
        self._show_eye()
        self.show_answer(None, None)

    def _tool(self, icon: str, name: str, keys: str, action: Callable[[], object] | None) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(self._look.icon(icon))
        tool.setText(self._say(name))
        tool.setToolTip(f"{self._say(name)} {keys}".strip())
        tool.setAccessibleName(self._say(name))
        tool.setToolButtonStyle(_WITH_TEXT)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(tool, "tool")
        if action is not None:
            tool.clicked.connect(lambda checked: action())
        self._head.addWidget(tool)
        return tool

    def _menu(self, icon: str, name: str, actions: tuple[QAction, ...]) -> QToolButton:
        tool = self._tool(icon, name, "", None)
        tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(tool)
        menu.addActions(actions)
        tool.setMenu(menu)
        return tool

    def _action(self, name: str, wanted: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(self._say(name), self)
        action.triggered.connect(lambda checked: wanted())
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        return action

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_tools(_WITH_TEXT)
        if sum(tool.sizeHint().width() for tool in self._tools) + _LEAST_SUMMARY > event.size().width():
            self._name_tools(_ICON_ALONE)
        for tool in self._tools:
            mark(tool, tight=event.size().width() < _TIGHT)

    def _name_tools(self, style: Qt.ToolButtonStyle) -> None:
        for tool in self._tools:
            tool.setToolButtonStyle(style)

    def _show_eye(self) -> None:
        self._eye.setVisible(self._numbered and self._draft.veil.hidden)

    @property
    def needed_height(self) -> int:
        """The height at which every line is seen."""
        lines = self.grid.verticalHeader().defaultSectionSize() * self.model.rowCount()
        return lines + self.sizeHint().height() - self.grid.sizeHint().height() + _GRID_FRAME

    def lock(self, locked: bool) -> None:
        self.grid.lock(locked)
        self.import_.setEnabled(not locked)
        for tool in self._writing:
            tool.setVisible(not locked)

    def show_answer(self, answered: Answered | None, answer: Answer | None) -> None:
        self.model.show_answer(answered, answer)
        count = len(self._draft.lines)
        if not count:
            self._summary.setText("")
            return
        text = self._say(N_("共 {count} 行"), count=count)
        if answer is not None and answer.row_count:
            counts = Counter(answer.outcomes)
            text += "".join(f" · {self._say(label)} {counts[o]}" for o, label in OUTCOME_LABELS.items() if counts[o])
        self._summary.setText(text)


class FindLine(QWidget):
    """A text to look for in the grid: Enter goes to the next cell, Shift+Enter to the one before, Esc back."""

    def __init__(self, grid: RosterGrid, context: Context) -> None:
        super().__init__()
        say = context.say
        self._say = say
        self._grid = grid
        self.line = QLineEdit()
        self.line.setAccessibleName(say(N_("在名单中查找")))
        self.line.setPlaceholderText(say(N_("在名单中查找：回车 下一处，Shift+回车 上一处，Esc 返回")))
        self.line.addAction(context.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.installEventFilter(self)
        self._told = QLabel()
        set_role(self._told, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self._told)
        self.line.textChanged.connect(lambda text: self._tell(""))
        self.hide()

    @property
    def told(self) -> str:
        """What the last search came to, where it found nothing."""
        return self._told.text()

    def begin(self) -> None:
        """Show the line and put the cursor into it."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:  # else the window would take it
            if event.type() == QEvent.Type.KeyPress:
                self._end()
            event.accept()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.type() == QEvent.Type.KeyPress:
            self._go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return super().eventFilter(watched, event)

    def _go(self, *, back: bool) -> None:
        nothing = self._say(N_("名单中没有找到")) if self.line.text().strip() else ""
        self._grid.seek(self.line.text(), back=back, then=lambda found: self._tell("" if found else nothing))

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        mark(self.line, wrong=bool(text))

    def _end(self) -> None:
        self.hide()
        self._grid.setFocus()
