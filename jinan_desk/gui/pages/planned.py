"""A page whose contents are still to come: it says in one line what it will hold."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role


class PlannedPage(QWidget):
    """An icon and one line."""

    def __init__(self, icon: str, promise: str, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        picture = QLabel()
        picture.setPixmap(context.look.pixmap(icon, "faint", 48))
        self.promise = QLabel(context.say(promise))
        self.promise.setWordWrap(True)
        self.promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.promise, "muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 40, 40, 80)
        box.setSpacing(12)
        box.addStretch(1)
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.promise)
        box.addStretch(1)
