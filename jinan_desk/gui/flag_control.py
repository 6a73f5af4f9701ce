"""The control for a question that is answered with yes or no."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from jinan_desk.core.text import N_
from jinan_desk.gui.line_control import ENTER
from jinan_desk.gui.look import mark
from jinan_desk.gui.words import Words


class FlagControl(QFrame):
    """Yes, no, or not known yet: three buttons, the third as visible as the others.

    Keys: Y or 1 yes, N or 0 no, Delete not known, arrows from one to the next.
    """

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, say: Words) -> None:
        super().__init__()
        self.setProperty("role", "flag")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QButtonGroup(self)
        self._texts = (N_("是"), N_("否"), "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        words = zip((N_("是"), N_("否"), N_("未知")), ("yes", "no", "unknown"), ("first", "", "last"), strict=True)
        for number, (word, answer, end) in enumerate(words):
            button = QPushButton(say(word))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            mark(button, role="segment", answer=answer, end=end)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.button(2).setChecked(True)
        self._group.idClicked.connect(self._choose)
        self._locked = False

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for button in self._group.buttons():
            button.setAccessibleName(f"{name} {button.text()}")

    def text(self) -> str:
        return self._texts[self._group.checkedId()]

    def show_text(self, text: str) -> None:
        self._group.button(self._texts.index(text) if text in self._texts else 2).setChecked(True)

    def lock(self, locked: bool) -> None:
        self._locked = locked
        for button in self._group.buttons():
            button.setEnabled(not locked)

    def show_wrong(self, wrong: bool) -> None:
        mark(self, wrong=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text, current = event.key(), event.text().lower(), self._group.checkedId()
        if key in ENTER:
            self.focusNextPrevChild(True)
        elif self._locked:
            super().keyPressEvent(event)
        elif text in ("y", "1", "是"):
            self._choose(0)
        elif text in ("n", "0", "2", "否"):
            self._choose(1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(2)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self._choose((current + (-1 if key == Qt.Key.Key_Left else 1)) % 3)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _choose(self, number: int) -> None:
        self.setFocus()
        self._group.button(number).setChecked(True)
        self.typed.emit(self._texts[number])
