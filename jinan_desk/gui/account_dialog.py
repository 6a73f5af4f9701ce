"""One account: a name, roles and a password, each where it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.role import ROLE_LABELS, Role, Roles
from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.services.accounts import SHORTEST_PASSWORD
from jinan_desk.services.handlers import LONGEST_NAME


class AccountDialog(QDialog):
    """Asks for what `take` needs, on the store's thread; it stays open until that was taken.

    `name` is whose account it is, "" where it is to be typed. `roles` are those to begin with, None where they are not
    asked for; `password` whether one is.
    """

    def __init__(
        self,
        title: str,
        context: Context,
        parent: QWidget,
        *,
        about: str = "",
        name: str = "",
        roles: Roles | None = None,
        password: bool = False,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._say = say = context.say
        self._take: Callable[[AccountDialog], Callable[[], object]] | None = None
        self._then: Callable[[object], None] = lambda result: None
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        hint = QLabel(about)
        hint.setWordWrap(True)
        set_role(hint, "muted")
        self._name = QLineEdit(name)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setReadOnly(bool(name))
        self._name.setAccessibleName(say(N_("姓名")))
        self._boxes = {role: QCheckBox(say(label)) for role, label in ROLE_LABELS.items()}
        self._box = PasswordBox(say, twice=True, least=SHORTEST_PASSWORD) if password else None
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(say(N_("姓名")), self._name)
        if roles is not None:
            row = QHBoxLayout()
            row.setSpacing(14)
            for role, box in self._boxes.items():
                box.setChecked(role in roles)
                row.addWidget(box)
            row.addStretch(1)
            form.addRow(say(N_("角色")), row)
        if self._box is not None:
            form.addRow(say(N_("密码")), self._box)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(say(N_("确定")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        set_role(self.ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        if about:
            column.addWidget(hint)
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addWidget(buttons)
        first = self._box if name and self._box is not None else self._name
        first.setFocus()

    @property
    def name(self) -> str:
        return self._name.text().strip()

    @property
    def roles(self) -> Roles:
        return frozenset(role for role, box in self._boxes.items() if box.isChecked())

    @property
    def password(self) -> str:
        return self._box.password if self._box is not None else ""

    def ask(
        self, take: Callable[[AccountDialog], Callable[[], object]], then: Callable[[object], None]
    ) -> None:
        """Show it; what `take` makes of the answers is done on the store's thread, and `then` told what came of it."""
        self._take, self._then = take, then
        self.open()

    def set_role(self, role: Role, wanted: bool) -> None:
        """Tick a role, or not."""
        self._boxes[role].setChecked(wanted)

    def _try(self) -> None:
        if self._box is not None and not self.password:
            words = N_("密码至少 {least} 个字符，两次输入一致")
            self.wrong.setText(self._say(words, least=SHORTEST_PASSWORD))
            self._box.setFocus()
            return
        assert self._take is not None
        self.ok.setEnabled(False)
        self._context.store.ask(self._take(self), self._taken, owner=self, failed=self._failed)

    def _taken(self, result: object) -> None:
        self.accept()
        self._then(result)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.ok.setEnabled(True)
        self.wrong.setText(error.read(self._say.translate))
