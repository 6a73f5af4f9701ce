"""Who sits at the desk: the name in the window's head, and the choice of another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.services.desk import Desk
from jinan_desk.services.handlers import LONGEST_NAME


class HandlerButton(QPushButton):
    """The name of the person at the desk; pressed, it asks for another."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look.icon("user"), "")
        self._context = context
        self._say = context.say
        set_role(self, "link")
        self.setToolTip(self._say(N_("换一位经办人办理")))
        self.clicked.connect(self._ask)
        context.bus.handler_changed.connect(self._show_name)
        self._show_name()

    def _show_name(self) -> None:
        name = self._say(N_("经办人：{name}"), name=self._context.desk.account)
        self.setText(name)
        self.setAccessibleName(name)

    def _ask(self) -> None:
        self._context.store.ask(self._context.desk.handlers, self._show_choice, owner=self)

    def _show_choice(self, names: Sequence[str]) -> None:
        dialog = HandlerDialog(names, self._context, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class HandlerDialog(QDialog):
    """Choose or type a name. Enter takes it."""

    def __init__(self, names: Sequence[str], context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._say = say = context.say
        self.setWindowTitle(say(N_("更换经办人")))
        self.resize(360, 340)
        hint = QLabel(say(N_("此后的每一步都记在这个人名下。收件与审核、审核与审批须由不同的人办理。")))
        hint.setWordWrap(True)
        set_role(hint, "muted")
        self.names = QListWidget()
        self.names.setAccessibleName(say(N_("用过的姓名")))
        self.names.addItems([name for name in names if name != context.desk.account])
        self.names.setVisible(self.names.count() > 0)
        self.name = QLineEdit()
        self.name.setAccessibleName(say(N_("经办人姓名")))
        self.name.setPlaceholderText(say(N_("选择上面的姓名，或在此填写")))
        self.name.setMaxLength(LONGEST_NAME)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton(say(N_("确定")), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setDefault(True)
        set_role(self._ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        for part in (hint, self.names, self.name, self.wrong):
            box.addWidget(part)
        if self.names.isHidden():
            box.addStretch(1)
        box.addWidget(buttons)
        self.names.currentTextChanged.connect(self.name.setText)
        self.names.itemDoubleClicked.connect(self.take)
        self.name.setFocus()

    def take(self) -> None:
        """Let the named person sit down."""
        name, by = self.name.text().strip(), self._context.desk.by
        self._context.store.ask(lambda: by(name), self._seated, owner=self, failed=self._failed)

    def _seated(self, desk: Desk) -> None:
        self._context.seat(desk)
        self._context.tell(self._say(N_("现在由 {name} 办理"), name=desk.account), Level.GOOD)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.wrong.setText(error.read(self._say.translate))
