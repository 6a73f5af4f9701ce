"""How far a long piece of work is, and giving it up."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.control import set_role
from jinan_desk.gui.words import Words
from jinan_desk.services.packages import Tell


class UnderWay(QWidget):
    """A bar, a count and a button; there only while something goes on. One piece of work at a time."""

    _told = Signal(int, int)

    def __init__(self, say: Words) -> None:
        super().__init__()
        self._given_up = Event()
        self._what = ""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say(N_("进度")))
        self._far = QLabel()
        set_role(self._far, "small")
        self.cancel = QPushButton(say(N_("取消")))
        self.cancel.clicked.connect(self.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar, 1)
        row.addWidget(self._far)
        row.addWidget(self.cancel)
        self._told.connect(self._show)
        self.hide()

    def begin(self, what: str = "", *, can_cancel: bool = True) -> Tell:
        """Appear and say what goes on; answers whom the work is to tell how far it is, on whatever thread. That raises
        once it is given up.
        """
        given_up = Event()
        self._given_up = given_up
        self._bar.setRange(0, 0)
        self._what = what
        self._far.setText(what)
        self.cancel.setVisible(can_cancel)
        self.cancel.setEnabled(True)
        self.show()

        def tell(done: int, total: int) -> None:
            if given_up.is_set():
                raise DeskError(Sentence(N_("已取消，没有改动")))
            self.tell(done, total)

        return tell

    @property
    def told(self) -> str:
        """What goes on and how far it is, in words."""
        return self._far.text()

    def tell(self, done: int, total: int) -> None:
        """So many of so many are done. Any thread may tell."""
        self._told.emit(done, total)

    def is_given_up(self) -> bool:
        """Whether the work is to stop: for one that asks, and says in its own words what came of it."""
        return self._given_up.is_set()

    def end(self) -> None:
        """Go away."""
        self.hide()

    def give_up(self) -> None:
        """The work is to stop as soon as it tells or asks."""
        self.cancel.setEnabled(False)
        self._given_up.set()

    def _show(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._far.setText(f"{self._what} {100 * done // max(total, 1)} %".strip())
