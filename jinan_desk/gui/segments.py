"""A few choices side by side, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from jinan_desk.gui.control import set_role


class Segments(QWidget):
    """Buttons that belong together; `picked` says which was taken by hand."""

    picked = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, name in enumerate(names):
            button = QPushButton(name)
            button.setCheckable(True)
            set_role(button, "segment")
            first, last = number == 0, number == len(names) - 1
            button.setProperty("end", "only" if first and last else "first" if first else "last" if last else "")
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self.picked)
        if names:
            self._group.button(0).setChecked(True)

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def show_picked(self, number: int) -> None:
        self._group.button(number).setChecked(True)
