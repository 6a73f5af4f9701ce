"""Typing a password: hidden until one asks to see it; twice where a new one is made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import mark
from jinan_desk.gui.words import Words


class PasswordBox(QWidget):
    """One line, or two that must agree (`least` characters each), and a button that shows what was typed."""

    changed = Signal()
    entered = Signal()

    def __init__(self, say: Words, *, twice: bool = False, least: int = 0) -> None:
        super().__init__()
        self._say = say
        self._least = least
        self.first = _Line(say(N_("密码")))
        self.second = _Line(say(N_("再输入一次"))) if twice else None
        self.reveal = QToolButton()
        self.reveal.setText(say(N_("显示")))
        self.reveal.setCheckable(True)
        set_role(self.reveal, "beside")
        self.reveal.setAccessibleName(say(N_("显示密码")))
        self.reveal.toggled.connect(self._show)
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        set_role(self._wrong, "wrong")
        self.capitals = QLabel(say(N_("大写锁定（Caps Lock）已打开")))
        set_role(self.capitals, "caution")
        self.capitals.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        for line in self._lines():
            row.addWidget(line, 1)
            line.textChanged.connect(self._refresh)
            line.capitals.connect(self.capitals.setVisible)
        self._lines()[-1].returnPressed.connect(self.entered)
        self.first.following = self.second
        row.addWidget(self.reveal)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addLayout(row)
        box.addWidget(self._wrong)
        box.addWidget(self.capitals)
        self._wrong.hide()
        self.setFocusProxy(self.first)

    def _lines(self) -> list[_Line]:
        return [self.first] if self.second is None else [self.first, self.second]

    @property
    def password(self) -> str:
        """What was typed, "" as long as it will not do."""
        return "" if self._trouble() else self.first.text()

    def clear(self) -> None:
        """Forget what was typed, and hide what comes next."""
        for line in self._lines():
            line.clear()
        self.reveal.setChecked(False)

    def ask_again(self) -> None:
        """Give the first line the focus, with what stands in it ready to be typed over."""
        self.first.selectAll()
        self.first.setFocus()

    def refuse(self, why: str) -> None:
        """Say why the password was not taken."""
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        mark(self.first, wrong=bool(why))

    def _trouble(self) -> str:
        typed = self.first.text()
        if len(typed) < self._least:
            return self._say(N_("密码至少 {least} 个字符"), least=self._least)
        if self.second is not None and self.second.text() != typed:
            return self._say(N_("两次输入的密码不一致"))
        return ""

    def _refresh(self) -> None:
        started = bool(self.first.text()) and (self.second is None or bool(self.second.text()))
        self.refuse(self._trouble() if started else "")
        self.changed.emit()

    def _show(self, shown: bool) -> None:
        for line in self._lines():
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.reveal.setText(self._say(N_("隐藏") if shown else N_("显示")))


class _Line(QLineEdit):
    """A letter tells whether capitals are locked: nothing else does on every system."""

    capitals = Signal(bool)

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.following: _Line | None = None
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if letter.isascii() and letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() != shifted)
        if self.following is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.following.setFocus()
            return
        super().keyPressEvent(event)
