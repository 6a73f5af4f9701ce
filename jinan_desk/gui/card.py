"""Cards: what is done with one thing, with a heading, a line about it, and the controls below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from jinan_desk.gui.control import set_role


def make_card(title: str, about: str, parts: Sequence[QWidget]) -> QFrame:
    """A card; buttons keep their own width, everything else takes the whole."""
    card = QFrame()
    set_role(card, "card")
    heading = QLabel(title)
    set_role(heading, "heading")
    text = QLabel(about)
    text.setWordWrap(True)
    set_role(text, "muted")
    box = QVBoxLayout(card)
    box.setContentsMargins(16, 12, 16, 14)
    box.setSpacing(8)
    box.addWidget(heading)
    box.addWidget(text)
    for part in parts:
        side = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0)
        box.addWidget(part, 0, side)
    return card
