"""Who sits at the desk: the name in the window's head, and the choice of another one.

Where the store has accounts, another one signs in with a password; one's own password is changed here, and the window
locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.services.accounts import SHORTEST_PASSWORD
from jinan_desk.services.desk import Desk
from jinan_desk.services.handlers import LONGEST_NAME


class HandlerButton(QPushButton):
    """The name of the person at the desk; pressed, it asks for another, or offers what one can do as that person."""

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
        if self._context.desk.accounts.protected:
            self.offer().popup(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            self.ask_for_another()

    def ask_for_another(self) -> None:
        """Ask who comes to sit here; where there are accounts, they sign in."""
        if self._context.desk.accounts.protected:
            self._switch()
        else:
            self._context.store.ask(self._context.desk.handlers, self._show_choice, owner=self)

    def offer(self) -> QMenu:
        """What one can do where there are accounts."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._say(N_("换人登录…\tCtrl+Shift+H")), self._switch)
        menu.addAction(self._say(N_("更改密码…")), self._change_password)
        menu.addSeparator()
        menu.addAction(self._say(N_("锁定\tCtrl+L")), self._context.bus.lock_wanted.emit)
        return menu

    def _switch(self) -> None:
        dialog = SwitchDialog(self._context, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _change_password(self) -> None:
        PasswordDialog(self._context, self.window()).open()

    def _show_choice(self, names: Sequence[str]) -> None:
        HandlerDialog(names, self._context, self.window()).open()


class SwitchDialog(SignInDialog):
    """Another person signs in; whoever was there stays, where nobody does."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            context.say,
            title=context.say(N_("换人登录")),
            about=context.say(N_("此后的每一步都记在登录人名下。收件与审核、审核与审批须由不同的人办理。")),
            leave=context.say(N_("取消")),
            parent=parent,
        )
        self._context = context
        self.forgot.hide()
        self.tried.connect(self._ask_in)

    def _ask_in(self) -> None:
        by = partial(self._context.desk.by, self.name, self.password, self.own)
        self._context.store.ask(by, self._seated, owner=self, failed=self._failed)

    def _seated(self, desk: Desk) -> None:
        sit_down(desk, self._context)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            self.enter.setEnabled(True)
            raise error
        self.refuse(error)


class PasswordDialog(FormDialog):
    """One's own password: the old one, and a new one twice."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        hint = say(N_("密码至少 {least} 个字符，不能是姓名。"), least=SHORTEST_PASSWORD)
        super().__init__(say(N_("更改密码")), hint, say(N_("确定")), context, parent)
        self.setMinimumWidth(420)
        self.old = PasswordBox(say)
        self.new = PasswordBox(say, twice=True, least=SHORTEST_PASSWORD)
        form = self.rows()
        form.addRow(say(N_("原密码")), self.old)
        form.addRow(say(N_("新密码")), self.new)
        self.old.changed.connect(self._refresh)
        self.new.changed.connect(self._refresh)
        self._refresh()
        self.old.setFocus()

    def _refresh(self) -> None:
        self.ok.setEnabled(bool(self.old.password and self.new.password))

    def take(self) -> None:
        """Change it."""
        change = partial(self._context.desk.accounts.change_password, self.old.password, self.new.password)
        self.ok.setEnabled(False)
        self.ask(change, self._changed)

    def _changed(self, _: object) -> None:
        self._context.tell(self._say(N_("密码已更改，下次登录请用新密码")), Level.GOOD)
        self.accept()

    def failed(self, error: Exception) -> None:
        self._refresh()
        super().failed(error)
        self.old.clear()
        self.old.setFocus()


class HandlerDialog(FormDialog):
    """Choose or type a name. Enter takes it."""

    def __init__(self, names: Sequence[str], context: Context, parent: QWidget) -> None:
        say = context.say
        hint = say(N_("此后的每一步都记在这个人名下。收件与审核、审核与审批须由不同的人办理。"))
        super().__init__(say(N_("更换经办人")), hint, say(N_("确定")), context, parent)
        self.resize(360, 340)
        self.names = QListWidget()
        self.names.setAccessibleName(say(N_("用过的姓名")))
        self.names.addItems([name for name in names if name != context.desk.account])
        self.names.setVisible(self.names.count() > 0)
        self.name = QLineEdit()
        self.name.setAccessibleName(say(N_("经办人姓名")))
        self.name.setPlaceholderText(say(N_("选择上面的姓名，或在此填写")))
        self.name.setMaxLength(LONGEST_NAME)
        self.box.addWidget(self.names, 1)
        self.box.addWidget(self.name)
        if self.names.isHidden():
            self.box.addStretch(1)
        self.names.currentTextChanged.connect(self.name.setText)
        self.names.itemDoubleClicked.connect(self.take)
        self.name.setFocus()

    def take(self) -> None:
        """Let the named person sit down."""
        name, by = self.name.text().strip(), self._context.desk.by
        self.ask(lambda: by(name), self._seated)

    def _seated(self, desk: Desk) -> None:
        sit_down(desk, self._context)
        self.accept()


def sit_down(desk: Desk, context: Context) -> None:
    """From now on this desk's person works here; say so."""
    context.seat(desk)
    context.tell(context.say(N_("现在由 {name} 办理"), name=desk.account), Level.GOOD)
