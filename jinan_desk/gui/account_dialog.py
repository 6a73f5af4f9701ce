"""One account: a name, roles and a password, each where it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from jinan_desk.core.role import ROLE_LABELS, Role, Roles
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.services.accounts import SHORTEST_PASSWORD
from jinan_desk.services.handlers import LONGEST_NAME

_SIDE_BY_SIDE = 2
"""Roles on one line: their names may be long."""


class AccountDialog(FormDialog):
    """Asks for what is to be done with an account; `show_for` says what that is.

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
        say = context.say
        super().__init__(title, about, say(N_("确定")), context, parent)
        self._make: Callable[[AccountDialog], Callable[[], object]] | None = None
        self._then: Callable[[object], None] = lambda result: None
        self.setMinimumWidth(460)
        self._name = QLineEdit(name)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setReadOnly(bool(name))
        self._name.setAccessibleName(say(N_("姓名")))
        asked = ROLE_LABELS if roles is not None else {}
        self._boxes = {role: QCheckBox(say(label)) for role, label in asked.items()}
        self._box = PasswordBox(say, twice=True, least=SHORTEST_PASSWORD) if password else None
        form = self.rows()
        form.addRow(say(N_("姓名")), self._name)
        if roles is not None:
            grid = QGridLayout()
            grid.setHorizontalSpacing(20)
            for place, (role, box) in enumerate(self._boxes.items()):
                box.setChecked(role in roles)
                grid.addWidget(box, *divmod(place, _SIDE_BY_SIDE))
            grid.setColumnStretch(_SIDE_BY_SIDE, 1)
            form.addRow(say(N_("角色")), grid)
        if self._box is not None:
            form.addRow(say(N_("密码")), self._box)
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

    def show_for(
        self, make: Callable[[AccountDialog], Callable[[], object]], then: Callable[[object], None]
    ) -> None:
        """Show it; what `make` makes of the answers is done on the store's thread, and `then` told what came of it."""
        self._make, self._then = make, then
        self.open()

    def set_role(self, role: Role, wanted: bool) -> None:
        """Tick a role, or not."""
        self._boxes[role].setChecked(wanted)

    def take(self) -> None:
        if self._box is not None and not self.password:
            words = N_("密码至少 {least} 个字符，两次输入一致")
            self.wrong.setText(self._say(words, least=SHORTEST_PASSWORD))
            self._box.setFocus()
            return
        assert self._make is not None
        self.ok.setEnabled(False)
        self.ask(self._make(self), self._taken)

    def _taken(self, result: object) -> None:
        self.accept()
        self._then(result)

    def failed(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        super().failed(error)
