"""How far a long piece of work is, and a button that stops it."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.control import set_role
from jinan_desk.gui.words import Words


class ProgressRow(QWidget):
    """Seen while something is under way. `tell` and `is_stopped` may be called from any thread."""

    _told = Signal(int, int)

    def __init__(self, say: Words) -> None:
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say(N_("进度")))
        self._far = QLabel()
        set_role(self._far, "small")
        self.stop = QPushButton(say(N_("取消")))
        self.stop.clicked.connect(self.give_up)
        self._stopped = Event()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar, 1)
        row.addWidget(self._far)
        row.addWidget(self.stop)
        self._told.connect(self._show)
        self.hide()

    def begin(self) -> None:
        """Something is under way, nobody knows how far."""
        self._stopped = Event()
        self._bar.setRange(0, 0)
        self._far.clear()
        self.stop.setEnabled(True)
        self.show()

    def end(self) -> None:
        """It is over."""
        self.hide()

    def tell(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self._told.emit(done, total)

    def is_stopped(self) -> bool:
        """Whether it is to stop."""
        return self._stopped.is_set()

    def give_up(self) -> None:
        """It is to stop as soon as it asks."""
        self._stopped.set()
        self.stop.setEnabled(False)

    def _show(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._far.setText(f"{done} / {total}")
