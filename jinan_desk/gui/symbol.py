"""A drawn sign before a text, and how the text stands level with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

_INSET = 1
"""Pixels above and below a line: those of a link's frame, which may stand in the same row."""


class Symbol(QLabel):
    """As high as a line: at the top of its row it stands level with the first one, however many the text takes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(self.fontMetrics().height() + 2 * _INSET)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def level(label: QLabel) -> QLabel:
    """Let the label's first line stand level with a symbol or a link beside it."""
    label.setContentsMargins(0, _INSET, 0, _INSET)
    label.setAlignment((label.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignTop)
    return label
