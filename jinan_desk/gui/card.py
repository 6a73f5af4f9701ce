"""Cards: a heading, and under it what is said of one thing or done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel

_WIDEST = 900
_NAMES = 96
"""What the names of values take at least (pixels), so that cards below one another are in line."""


class Card(QFrame):
    """A card; `box` takes its contents. Without a title it begins with the first of them."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        set_role(self, "card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 12, 16, 14)
        self.box.setSpacing(8)
        if title:
            heading = QLabel(title)
            set_role(heading, "heading")
            self.box.addWidget(heading)

    def add_text(self, text: str, role: str = "muted") -> QLabel:
        """A paragraph."""
        label = EvenLabel(text)
        set_role(label, role)
        self.box.addWidget(label)
        return label

    def add_lines(self, lines: Sequence[tuple[str, str]], *, names: int = _NAMES) -> None:
        """Lines of label and value; those without a value are left out. `names` is the room for labels, see
        `room_for`."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, names)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate((label, value) for label, value in lines if value):
            name = QLabel(label)
            set_role(name, "muted")
            text = QLabel(value)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        self.box.addLayout(grid)


def room_for(names: Iterable[str]) -> int:
    """How wide (pixels) the names of values are in cards that share them."""
    measure = QFontMetrics(QGuiApplication.font())
    return max(_NAMES, *map(measure.horizontalAdvance, names))


def make_card(title: str, about: str, parts: Sequence[QWidget]) -> Card:
    """A card with a line about what is done in it; buttons keep their own width, everything else takes the whole."""
    card = Card(title)
    card.add_text(about)
    for part in parts:
        side = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0)
        card.box.addWidget(part, 0, side)
    return card


class CardColumn(QScrollArea):
    """Cards one below the other, no wider than can be read well."""

    def __init__(self, cards: Sequence[QWidget]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(12)
        for card in cards:
            card.setMaximumWidth(_WIDEST)
            box.addWidget(card)
        box.addStretch(1)
        self.setWidget(inner)
