"""Conflicts: the cases that have more than one newest version, and settling one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.conflict_grid import ConflictGrid
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_lines import whole
from jinan_desk.gui.look import mark
from jinan_desk.services.access import Action
from jinan_desk.services.cases import CaseView
from jinan_desk.services.conflicts import Conflict, Settlement
from jinan_desk.services.listing import CaseRow

T = TypeVar("T")

_LIST_WIDTH = 240
_BESIDE_CASE, _AROUND_CASE = 24, 12
"""Pixels of a listed case that its text does not get: beside it, and above and below."""
_MOST = 200
_CASE = Qt.ItemDataRole.UserRole


class ConflictPanel(QWidget):
    """The cases on the left; on the right the sides of the one chosen, what the choice comes to, and the reason."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self.conflict: Conflict | None = None
        self._wanted = ""
        self._asked = 0
        self._ready = False
        self.list = QListWidget()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setAccessibleName(say(N_("有冲突的办件")))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._pick)
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        set_role(self.heading, "heading")
        self.open = QPushButton(say(N_("打开办件")))
        set_role(self.open, "link")
        self.open.clicked.connect(self._open)
        self.numbers = QPushButton(say(N_("显示完整号码")))
        set_role(self.numbers, "link")
        self.numbers.clicked.connect(self._unmask)
        self.grid = ConflictGrid(context)
        self.grid.changed.connect(self._preview)
        self._nothing = QLabel(say(N_("没有冲突。两个机构同时改了一个办件时，合并数据包后会列在这里，由人逐项选定。")))
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self._nothing, "muted")
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        for button in (self.numbers, self.open):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self.grid, 1)
        right.addWidget(self._foot())
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(both)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 12)
        box.addWidget(self._stack)
        context.bus.cases_changed.connect(self._refresh_if_seen)

    def _foot(self) -> QFrame:
        say = self._say
        foot = QFrame()
        set_role(foot, "card")
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.undo = QCheckBox(say(N_("确认撤销另一版本已作出的决定")))
        self.undo.toggled.connect(self._show_ready)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say(N_("处理的理由")))
        self.reason.setPlaceholderText(say(N_("处理的理由：与谁核对过、依据什么，记入办理过程")))
        self.reason.textChanged.connect(self._show_ready)
        self.settle = QPushButton(say(N_("确认处理")))
        set_role(self.settle, "primary")
        self.settle.clicked.connect(self._settle)
        self.reason.returnPressed.connect(self.settle.click)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.settle)
        box = QVBoxLayout(foot)
        box.setContentsMargins(12, 8, 12, 10)
        box.setSpacing(6)
        box.addWidget(self.result)
        box.addWidget(self.undo)
        box.addLayout(line)
        return foot

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def show_case(self, case: str) -> None:
        """Show the conflict of this case; "" for whichever comes first."""
        self._wanted = case
        self.refresh()

    # The list -------------------------------------------------------------------------------------------------------

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask which cases are in conflict."""
        conflicts = self._context.desk.conflicts

        def look() -> tuple[list[CaseRow], int]:
            return conflicts.first(_MOST), conflicts.count()

        self._context.store.ask(look, lambda found: self._show_list(*found), owner=self)

    def _show_list(self, rows: list[CaseRow], count: int) -> None:
        wanted = self._wanted or (self.conflict.row.case if self.conflict is not None else "")
        self._wanted = ""
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            self.list_case(row)
        if count > len(rows):
            self.list.addItem(QListWidgetItem(self._say(N_("还有 {count} 项"), count=count - len(rows))))
        places = [place for place, row in enumerate(rows) if row.case == wanted] or [0]
        self._stack.setCurrentIndex(1 if rows else 0)
        self.list.blockSignals(False)
        if rows:
            self.list.setCurrentRow(places[0])
        else:
            self.conflict = None

    def list_case(self, row: CaseRow) -> QListWidgetItem:
        """Add a case to those that are listed."""
        name = row.applicant or self._say(N_("（未填写）"))
        told = f"{name}\n{programme_name(row.programme, self._context)}\n{row.number}".strip()
        item = QListWidgetItem(told)
        item.setToolTip(told)
        item.setData(_CASE, row.case)
        room = QRect(0, 0, _LIST_WIDTH - _BESIDE_CASE, 0)  # Qt would reckon with the padding as room for the text
        text = self.list.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, told)
        item.setSizeHint(QSize(0, text.height() + _AROUND_CASE))
        self.list.addItem(item)
        return item

    def _pick(self, item: QListWidgetItem | None) -> None:
        case = item.data(_CASE) if item is not None else None
        if not case:
            return
        conflicts = self._context.desk.conflicts
        self._ask(lambda: conflicts.view(case), self.show_sides)

    # One conflict ---------------------------------------------------------------------------------------------------

    def show_sides(self, conflict: Conflict) -> None:
        """Show a conflict, to be settled."""
        if self.conflict is not None and self.conflict.heads == conflict.heads:
            return  # what was chosen and typed stays
        self.conflict = conflict
        self._stack.setCurrentIndex(1)
        row = conflict.row
        told = (programme_name(row.programme, self._context), row.applicant, whole(row.number))
        self.heading.setText("　".join(filter(None, told)))
        self.reason.clear()
        self.undo.setChecked(False)
        self.grid.show_conflict(conflict)
        self.numbers.setVisible(conflict.is_private)
        self._lead_through()
        self._preview()

    def _lead_through(self) -> None:
        """Tab leads from version to version and then to the reason; it begins where there is something to choose,
        unless somebody is looking through the list."""
        before: QWidget = self.open
        for part in (*self.grid.buttons, self.reason):
            QWidget.setTabOrder(before, part)
            before = part
        if self.isVisible() and not self.list.hasFocus():
            (self.grid.undecided or self.reason).setFocus()

    def _unmask(self) -> None:
        """Show private numbers, once it is noted who looks at them."""
        conflict, access = self.conflict, self._context.desk.access
        if conflict is None:
            return

        def show(result: None) -> None:  # noqa: ARG001
            if self.conflict is conflict:
                self.grid.show_numbers(conflict)
                self.numbers.hide()

        subject = conflict.row.number or conflict.row.case
        self._ask(lambda: access.note(Action.UNMASK, subject), show)

    def _preview(self) -> None:
        if self.conflict is None:
            return
        self._asked += 1
        asked, case, choices = self._asked, self.conflict.row.case, self.grid.choices
        left = len(self.conflict.differences) - len(choices)
        if left:
            self._show_result(self._say(N_("还有 {count} 项请选定"), count=left), ready=False, undone=False)
            return
        conflicts = self._context.desk.conflicts

        def show(settlement: Settlement) -> None:
            if asked == self._asked:
                told = "\n".join(self._say.read(sentence) for sentence in settlement.sentences())
                self._show_result(told, ready=True, undone=bool(settlement.undone))

        def failed(error: Exception) -> None:
            if not isinstance(error, DeskError):
                raise error
            if asked == self._asked:
                self._show_result(error.read(self._say.translate), ready=False, undone=False)

        self._context.store.ask(lambda: conflicts.preview(case, choices), show, owner=self, failed=failed)

    def _show_result(self, text: str, *, ready: bool, undone: bool) -> None:
        self.result.setText(text)
        mark(self.result, role="strong" if ready and not undone else "wrong")
        self.undo.setVisible(undone)
        self._ready = ready
        self._show_ready()

    def _show_ready(self) -> None:
        said = bool(self.reason.text().strip())
        self.settle.setEnabled(self._ready and said and (self.undo.isHidden() or self.undo.isChecked()))

    def _settle(self) -> None:
        conflict, reason, choices = self.conflict, self.reason.text(), self.grid.choices
        if conflict is None:
            return
        undo = not self.undo.isHidden() and self.undo.isChecked()
        conflicts = self._context.desk.conflicts
        self.settle.setEnabled(False)
        self._ask(
            lambda: conflicts.settle(conflict.row.case, choices, reason=reason, heads=conflict.heads, undo=undo),
            self._settled,
        )

    def _settled(self, view: CaseView) -> None:
        self.conflict = None
        told = N_("已处理冲突：{name}；处理结果随下一个数据包送对方")
        self._context.tell(self._say(told, name=view.row.applicant), Level.GOOD)
        self._context.bus.cases_changed.emit()
        self._refresh_if_seen()

    def _open(self) -> None:
        if self.conflict is not None:
            self._context.bus.case_wanted.emit(self.conflict.row.case)

    def _ask(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def failed(error: Exception) -> None:
            self._show_ready()
            if not isinstance(error, DeskError):
                raise error
            self._context.refuse(error)

        self._context.store.ask(work, then, owner=self, failed=failed)
