"""The calendar of holidays and make-up days: what is known of this year and the next, and importing a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import ask_source
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.services.desk import Desk
from jinan_desk.services.workdays import LONGEST_SOURCE

if TYPE_CHECKING:
    from jinan_desk.services.workdays import Plan

_FILES = "Excel, WPS, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt)"


class WorkdaysCard(QFrame):
    """A card of the system page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        set_role(self, "card")
        heading = QLabel(say(N_("节假日和调休")))
        set_role(heading, "heading")
        about = QLabel(
            say(
                N_(
                    "办理时限按工作日计算。国务院办公厅公布新一年的安排以后，在这里导入："
                    "Excel 或文本文件，表头为日期、安排、名称，“安排”填放假或上班。"
                )
            )
        )
        about.setWordWrap(True)
        set_role(about, "muted")
        self.known = QLabel()
        self.known.setWordWrap(True)
        self.known.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.import_ = QPushButton(context.look.icon("import"), say(N_("导入安排…")))
        self.import_.clicked.connect(lambda checked: self._choose())
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 14)
        box.setSpacing(8)
        for part in (heading, about, self.known):
            box.addWidget(part)
        box.addWidget(self.import_, 0, Qt.AlignmentFlag.AlignLeft)
        context.bus.handler_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read anew what is known."""
        workdays, this = self._context.desk.workdays, self._context.desk.today().year

        def read() -> list[Sentence]:
            years = [workdays.year(year).sentence() for year in (this, this + 1)]
            return years + [one.sentence() for one in workdays.imports()]

        self._context.store.ask(read, self._show, owner=self)

    def _show(self, sentences: Sequence[Sentence]) -> None:
        self.known.setText("\n".join(map(self._say.read, sentences)))

    def _choose(self) -> None:
        path = ask_source(self.window(), self._say(N_("选择节假日安排")), _FILES)
        if path is not None:
            self.begin(path)

    def begin(self, path: Path) -> None:
        """Look at a file and show what it arranges."""
        workdays = self._context.desk.workdays
        self._context.store.ask(lambda: workdays.inspect(path), self._ask, owner=self, failed=self._failed)

    def _ask(self, plan: Plan) -> None:
        dialog = WorkdaysDialog(plan, self._context, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        lines = [error.read(self._say.translate), *map(self._say.read, getattr(error, "wrong", ())[1:])]
        self._context.tell("\n".join(lines), Level.BAD)


class WorkdaysDialog(FittingDialog):
    """What a file arranges, and the notice that it comes from."""

    def __init__(self, plan: Plan, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan = plan
        self._context = context
        self._say = say = context.say
        self.setWindowTitle(say(N_("导入节假日安排")))
        self.resize(520, 420)
        heading = QLabel(say(N_("请对照通知核对，从导入起按此计算时限")))
        set_role(heading, "heading")
        self.days = QListWidget()
        self.days.setAccessibleName(say(N_("安排")))
        self.days.addItems([say.read(sentence) for sentence in plan.sentences()])
        label = QLabel(say(N_("依据的通知")))
        set_role(label, "label")
        self.source = QLineEdit()
        self.source.setMaxLength(LONGEST_SOURCE)
        self.source.setPlaceholderText(say(N_("例如 {example}"), example="国办发明电〔2019〕16号"))
        self.source.setAccessibleName(label.text())
        label.setBuddy(self.source)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(say(N_("导入")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        set_role(self.ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        for part in (heading, self.days, label, self.source, self.wrong, buttons):
            box.addWidget(part)
        self.source.setFocus()

    def _take(self) -> None:
        desk, source = self._context.desk, self.source.text()

        def take() -> Desk:
            desk.workdays.take(self._plan, source)
            return desk.counting_anew()

        self._context.store.ask(take, self._taken, owner=self, failed=self._failed)

    def _taken(self, desk: Desk) -> None:
        self.accept()
        self._context.seat(desk)
        self._context.tell(self._say(N_("已导入节假日安排 {count} 天"), count=len(self._plan.worked)), Level.GOOD)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.wrong.setText(error.read(self._say.translate))
