"""Signing in: the name and the password, how long to wait after wrong ones, and what to do when they are forgotten."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.fitting_dialog import FittingDialog, field_rows
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.gui.words import Words
from jinan_desk.services.accounts import SHORTEST_PASSWORD
from jinan_desk.services.arrival import GivenPasswordError
from jinan_desk.services.handlers import LONGEST_NAME
from jinan_desk.services.sign_in import SignInError, waiting_time

_SECOND = 1000


class SignInDialog(FittingDialog):
    """Asks who it is. `tried` says that somebody has an answer; whoever asked then accepts or refuses it.

    `leave` is what the other button says, "" where there is no way but in.
    """

    tried = Signal()
    forgotten = Signal()

    def __init__(
        self, say: Words, *, title: str, about: str, name: str = "", leave: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._may_leave = bool(leave)
        self._seconds = 0
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        heading = QLabel(title)
        set_role(heading, "title")
        hint = EvenLabel(about)
        set_role(hint, "muted")
        self._name = QLineEdit(name)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setAccessibleName(say(N_("姓名")))
        self._box = PasswordBox(say)
        self.own_box = PasswordBox(say, twice=True, least=SHORTEST_PASSWORD)
        self._form = self._rows()
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.enter = buttons.addButton(say(N_("登录")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.enter.setDefault(True)
        set_role(self.enter, "primary")
        if leave:
            buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        self.forgot = QPushButton(say(N_("忘记密码…")))
        set_role(self.forgot, "link")
        self.forgot.setAutoDefault(False)
        self.forgot.clicked.connect(self.forgotten)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        self._name.returnPressed.connect(self._box.setFocus)
        self._box.entered.connect(self._try)
        self.own_box.entered.connect(self._try)
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND)
        self._tick.timeout.connect(self._count_down)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(10)
        for part in (heading, hint):
            box.addWidget(part)
        box.addLayout(self._form)
        box.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.addWidget(self.forgot)
        foot.addStretch(1)
        foot.addWidget(buttons)
        box.addLayout(foot)
        (self._box if name else self._name).setFocus()

    def _rows(self) -> QFormLayout:
        form = field_rows()
        form.addRow(self._say(N_("姓名")), self._name)
        form.addRow(self._say(N_("密码")), self._box)
        form.addRow(self._say(N_("自己的密码")), self.own_box)
        form.setRowVisible(self.own_box, False)
        self._name.textEdited.connect(lambda _: form.setRowVisible(self.own_box, False))  # it may be another person
        return form

    @property
    def name(self) -> str:
        return self._name.text().strip()

    @property
    def password(self) -> str:
        return self._box.password

    @property
    def own(self) -> str:
        """What is to take the place of a password that was given; "" where nobody asked for it."""
        return self.own_box.password if self._chooses else ""

    @property
    def _chooses(self) -> bool:
        return self._form.isRowVisible(self.own_box)

    def refuse(self, error: DeskError) -> None:
        """Say why not; where there is something to wait for, count it down. Where the password was given by somebody,
        ask for one's own, and where that one will not do, for another."""
        if isinstance(error, GivenPasswordError):
            self._ask_for_own(error)
            return
        self.wrong.setText(error.read(self._say.translate))
        self._box.clear()
        self._box.setFocus()
        self.enter.setEnabled(True)
        if isinstance(error, SignInError) and error.seconds:
            self._seconds = error.seconds
            self.enter.setEnabled(False)
            self._tick.start()

    def _ask_for_own(self, error: GivenPasswordError) -> None:
        told = N_("这是管理员给的密码，请设一个只有自己知道的（至少 {least} 个字符）")
        first = self._say(told, least=SHORTEST_PASSWORD)
        self.wrong.setText(error.read(self._say.translate) if self._chooses else first)
        self._form.setRowVisible(self.own_box, True)
        self.own_box.clear()
        self.own_box.setFocus()
        self.enter.setEnabled(True)

    def begin_with(self, name: str) -> None:
        """Ask this person for the password."""
        self._name.setText(name)
        self._box.clear()
        self._box.setFocus()

    def reject(self) -> None:
        """Leave, where there is a way out."""
        if self._may_leave:
            super().reject()

    def _try(self) -> None:
        if not self.enter.isEnabled():
            return
        if not self.name or not self.password:  # Enter in the name's field presses the button, too
            (self._box if self.name else self._name).setFocus()
            return
        if self._chooses and not self.own:
            self.own_box.setFocus()
            return
        self.enter.setEnabled(False)  # until there is an answer
        self.wrong.clear()
        self.tried.emit()

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            time = self._say.read(waiting_time(self._seconds))
            self.wrong.setText(self._say(N_("密码连续输错，请等 {time}后再试"), time=time))
            return
        self._tick.stop()
        self.wrong.clear()
        self.enter.setEnabled(True)
