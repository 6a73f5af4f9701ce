"""The working of an answer: each line of it, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jinan_desk.gui.answer import StepLine
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.look import mark
from jinan_desk.gui.pointers import Section

_LONGEST_BESIDE = 22
"""Characters of a value that find room beside their label."""
_SHARE = 0.5
"""The part of a line that a value may take from a label which does not fit beside it."""
_APART = 10


class _StepRow(QWidget):
    """One line of the working: what, how much, and on what it rests."""

    def __init__(self) -> None:
        super().__init__()
        self._label, self._basis = EvenLabel(), EvenLabel()
        self._value, self._long = QLabel(), QLabel()
        self._long.setWordWrap(True)
        set_role(self._basis, "small")
        self._told = ""
        for value in (self._value, self._long):
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        beside = QHBoxLayout()
        beside.setSpacing(_APART)
        beside.addWidget(self._label, 1)
        beside.addWidget(self._value)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(beside)
        box.addWidget(self._long)
        box.addWidget(self._basis)

    def show_step(self, step: StepLine, *, last: bool) -> None:
        """The `last` line of a complete working is what it came to."""
        self._told = step.value
        self._label.setText(step.label)
        self._place_value()
        self._basis.setText(step.basis)
        self._basis.setVisible(bool(step.basis))
        for label in (self._label, self._value, self._long):
            mark(label, role="strong" if last else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_value()

    def _place_value(self) -> None:
        """The value stands beside its label, a long one below it: nothing makes the panel wider than it is, nor a label
        a column of single words."""
        measure, room = self.fontMetrics().horizontalAdvance, self.width()
        needed = measure(self._told)
        crowded = needed > _SHARE * room and measure(self._label.text()) + _APART + needed > room
        below = crowded or len(self._told) > _LONGEST_BESIDE
        for value, used in ((self._value, not below), (self._long, below)):
            value.setText(self._told if used else "")
            value.setVisible(used)


class Working(Section):
    """The working, line by line."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        card = QFrame()
        set_role(card, "card")
        self._lines = QVBoxLayout(card)
        self._lines.setContentsMargins(10, 6, 10, 6)
        self._lines.setSpacing(4)
        self._rows: list[_StepRow] = []
        self._shown: tuple[object, ...] = ()
        self.box.addWidget(card)

    def show_steps(self, steps: Sequence[StepLine], *, complete: bool) -> None:
        """Show the lines; of a complete working the last is what it came to."""
        self.setVisible(bool(steps))
        if (complete, *steps) == self._shown:
            return
        self._shown = (complete, *steps)
        while len(self._rows) < len(steps):
            row = _StepRow()
            self._rows.append(row)
            self._lines.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(steps))
            if number < len(steps):
                row.show_step(steps[number], last=complete and number == len(steps) - 1)
