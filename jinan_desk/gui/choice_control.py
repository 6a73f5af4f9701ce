"""The control for one of several words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from jinan_desk.core.text import N_
from jinan_desk.gui.line_control import ENTER
from jinan_desk.gui.look import mark
from jinan_desk.gui.words import Words


class ChoiceControl(QComboBox):
    """One of several words; the first entry is none of them. The wheel turns it only where it has the focus."""

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, labels: list[str], say: Words) -> None:
        super().__init__()
        self.addItem(say(N_("请选择")), "")
        for label in labels:
            self.addItem(say(label), label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda index: self.typed.emit(self.itemData(index)))
        self._help = ""
        self.currentIndexChanged.connect(lambda index: self.setToolTip(self._help))

    def setToolTip(self, help_: str) -> None:
        """The help, and above it the whole of the word that is chosen, which may not find room."""
        self._help = help_
        super().setToolTip("\n".join(filter(None, (self.currentText() if self.currentData() else "", help_))))

    def show_text(self, text: str) -> None:
        index = self.findData(text)
        if index < 0:  # something no word fits stays to be seen
            self.addItem(text, text)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def lock(self, locked: bool) -> None:
        self.setEnabled(not locked)

    def show_wrong(self, wrong: bool) -> None:
        mark(self, wrong=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.key() in ENTER:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.typed.emit(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
