"""Which words in a window or a dialog have less room than they take."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTabBar, QToolButton

from jinan_desk.gui.elided import ElidedLabel

AROUND_PLACEHOLDER = 18
SCROLLED = "to be scrolled"


def cut(shown):
    """The words that have less room than they take."""
    found = []
    for part in shown.findChildren(QLabel) + shown.findChildren(QAbstractButton) + shown.findChildren(QComboBox):
        inside = part.parentWidget()
        if (
            not part.isVisibleTo(shown)
            or part.objectName().startswith("qt_")
            or isinstance(inside, QLineEdit | QComboBox)
        ):
            continue
        if isinstance(part, ElidedLabel) or (isinstance(part, QToolButton) and not part.text()):
            continue  # those say all of it in a tip
        needed = part.sizeHint()
        if isinstance(part, QLabel) and part.wordWrap():
            needed = QSize(part.minimumSizeHint().width(), part.heightForWidth(part.width()))
        if needed.width() > part.width() + 1 or needed.height() > part.height() + 1:
            found.append(part.currentText() if isinstance(part, QComboBox) else part.text())
    for line in shown.findChildren(QLineEdit):
        taken = line.fontMetrics().horizontalAdvance(line.placeholderText()) + AROUND_PLACEHOLDER
        if line.isVisibleTo(shown) and taken > line.width():
            found.append(line.placeholderText())
    found += [f"{bar.accessibleName()}: {SCROLLED}" for bar in shown.findChildren(QTabBar) if _scrolls(bar)]
    return found


def _scrolls(bar: QTabBar) -> bool:
    return bar.isVisible() and any(button.isVisible() for button in bar.findChildren(QToolButton))
