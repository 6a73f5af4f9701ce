"""The line above the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.handler import HandlerButton


class PageHead(QFrame):
    """Where one is, which office this is, and who sits here."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("head")
        self._title = ElidedLabel()
        set_role(self._title, "title")
        office = ElidedLabel(context.desk.office.name)
        set_role(office, "muted")
        office.setAlignment(Qt.AlignmentFlag.AlignRight)
        office.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # yields before the title does
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(6)
        row.addWidget(self._title)
        row.addWidget(office, 1)
        row.addSpacing(14)
        self.handler = HandlerButton(context)
        row.addWidget(self.handler)
        self.help = QToolButton()
        self.help.setIcon(context.look.icon("help"))
        self.help.setAccessibleName(context.say(N_("使用手册")))
        self.help.setToolTip(context.say(N_("这一页的手册（Shift+F1）")))
        set_role(self.help, "quiet")
        row.addWidget(self.help)

    def show_title(self, title: str) -> None:
        self._title.setText(title)
