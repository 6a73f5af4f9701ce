"""Offering the tour of the window (see `tour`) where nobody at this desk has taken or refused it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.services.preferences import read_preferences, write_preferences


class TourBar(QFrame):
    """A line below the head."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        say = context.say
        set_role(self, "notice")
        symbol = QLabel()
        symbol.setPixmap(context.look.pixmap("help", "accent", 16))
        self.begin = QPushButton(say(N_("开始导览")))
        set_role(self.begin, "link")
        self.refuse = QPushButton(say(N_("不用了")))
        self.refuse.setToolTip(say(N_("以后可以在“系统管理 › 快捷键与关于”中再看")))
        set_role(self.refuse, "link")
        for button in (self.begin, self.refuse):
            button.clicked.connect(self.hide)
        self.begin.clicked.connect(self.wanted)
        self.refuse.clicked.connect(lambda checked: remember(context))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.setSpacing(8)
        row.addWidget(symbol)
        row.addWidget(QLabel(say(N_("第一次使用？用一分钟看看窗口的各个部分。"))))
        row.addWidget(self.begin)
        row.addStretch(1)
        row.addWidget(self.refuse)
        self.hide()


def remember(context: Context) -> None:
    """Keep, for this desk, that the tour was seen or refused."""
    directory = context.desk.store.directory
    try:
        write_preferences(directory, replace(read_preferences(directory), toured=True))
    except DeskError as error:
        context.refuse(error)
