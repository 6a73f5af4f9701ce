"""The line below the pages: messages, hints, and whether something is being worked on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import mark

_SECONDS_SHOWN = 8
_BUSY_AFTER = 300
"""Milliseconds of work before it is said that there is any."""
_KEYS = N_("Ctrl+N 新办件　Ctrl+S 保存　Ctrl+P 打印　Ctrl+F 查找　Ctrl+G 转到事项　F1 条文、手册　Esc 返回列表")


class StatusLine(QFrame):
    """What came of the last action, in words, with a symbol; and whether something is being worked on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("message")
        self._look = context.look
        self._symbol = QLabel()
        self._say = context.say
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setIcon(context.look.icon("close"))
        self._close.setAccessibleName(context.say(N_("关闭消息")))
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self._close, "quiet")
        self._close.clicked.connect(self.clear)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedWidth(90)
        self._busy.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._symbol)
        row.addWidget(self._text, 1)
        row.addWidget(self._busy)
        row.addWidget(self._close)
        self.setMinimumHeight(30)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.clear)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_BUSY_AFTER)
        self._wait.timeout.connect(self._busy.show)
        context.store.busy_changed.connect(self._show_busy)
        context.bus.hinted.connect(self.show_hint)
        self._level = self._hint = ""
        self.clear()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_message(self, text: str, level: str) -> None:
        """Good news and hints go by themselves; what went wrong stays until it is closed or followed by another."""
        icons = {Level.GOOD: ("eligible", "good"), Level.BAD: ("warning", "bad"), Level.INFO: ("info", "accent")}
        name, colour = icons[Level(level)]
        self._symbol.setPixmap(self._look.pixmap(name, colour, 16))
        self._level = level
        self._text.setText(text)
        self._close.show()
        mark(self, level=level)
        mark(self._text, role="")
        if level == Level.BAD:
            self._patience.stop()
        else:
            self._patience.start(_SECONDS_SHOWN * 1000)

    def clear(self) -> None:
        self._level = ""
        self._close.hide()
        mark(self, level="")
        self._show_hint()

    def forget_refusal(self) -> None:
        """Let a refusal go; good news stays as long as it would."""
        if self._level == Level.BAD:
            self.clear()

    def show_hint(self, hint: str) -> None:
        """Say what is to be known about the field with the focus, where no message is in the way."""
        self._hint = hint
        if not self._level:
            self._show_hint()

    def _show_hint(self) -> None:
        self._symbol.setPixmap(self._look.pixmap("info", "faint", 16))
        self._text.setText(self._hint or self._say(_KEYS))
        mark(self._text, role="small")

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._wait.start()
        else:
            self._wait.stop()
            self._busy.hide()
