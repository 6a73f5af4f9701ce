"""What stands there while no window does: what is being done, and how far it is."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Self

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QVBoxLayout

_WIDTH = 420


class Waiting(QDialog):
    """Asks to wait. It goes when that is over and not before."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # it is not the last window
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(QGuiApplication.applicationDisplayName())
        self.setMinimumWidth(_WIDTH)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 22, 28, 24)
        box.setSpacing(12)
        box.addWidget(self._text)
        box.addWidget(self._bar)
        self.tell(text, 0, 0)

    def tell(self, text: str, done: int, total: int) -> None:
        """What is being done, and that so many of so many are; 0 of 0 where nobody knows how many."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def reject(self) -> None:
        """There is no way out."""


class News:
    """What is told on another thread while this one waits for it; as a block, for as long as it waits. From the first
    word on it stands in a box."""

    def __init__(self) -> None:
        self._told: SimpleQueue[tuple[str, int, int]] = SimpleQueue()
        self._box: Waiting | None = None

    def tell(self, text: str, done: int, total: int) -> None:
        """From the other thread: what is being done, and that so many of so many are."""
        self._told.put((text, done, total))

    def __enter__(self) -> Self:
        return self

    def show(self) -> None:
        """Show the newest, and let the box be drawn. Nobody can do anything meanwhile."""
        while not self._told.empty():
            text, done, total = self._told.get()
            if self._box is None:
                self._box = Waiting(text)
                self._box.show()
            self._box.tell(text, done, total)
        if self._box is not None:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def __exit__(self, *error: object) -> None:
        self._told = SimpleQueue()  # what was told last is over as well
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
            self._box = None
