"""When a bug strikes: a report without personal data is written, and the person is told what was kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog

Report = Callable[[BaseException], Path]
"""Writes a report of types and places, no values, and answers where it is."""


class CrashDialog(FittingDialog):
    """Says that it was the program's fault, what is safe, and where the report lies."""

    def __init__(self, report: Path, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent)
        say = context.say
        self.setWindowTitle(say(N_("程序出错")))
        self.resize(640, 400)
        picture = QLabel()
        picture.setPixmap(context.look.pixmap("warning", "bad", 32))
        heading = QLabel(say(N_("程序出错了，这不是您的操作造成的。")))
        set_role(heading, "heading")
        kept = QLabel(say(N_("已保存的办件不受影响；正在填写的内容仍在窗口中，并已留存为草稿，可以继续填写和保存。")))
        kept.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture)
        head.addWidget(heading, 1)
        where = QLabel(say(N_("错误报告（不含任何个人信息）已存为：\n{path}"), path=report))
        where.setWordWrap(True)
        set_role(where, "muted")
        self.text = QPlainTextEdit(report.read_text(encoding="utf-8"))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(say(N_("错误报告")))
        buttons = QDialogButtonBox()
        close = buttons.addButton(say(N_("继续")), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(close, "primary")
        buttons.accepted.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        box.addLayout(head)
        for part in (kept, where, self.text, buttons):
            box.addWidget(part)


class Crashes:
    """Takes what nobody caught: what a person can mend is a message, everything else a crash."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._shown = False
        self._context: Context | None = None
        self._window: QWidget | None = None
        self._keep: Callable[[], None] = lambda: None

    def attach(self, context: Context, window: QWidget, keep: Callable[[], None]) -> None:
        """From now on there is a window to tell it in, and `keep` keeps what is typed there."""
        self._context, self._window, self._keep = context, window, keep

    def install(self) -> None:
        """Take what slots and timers raise."""
        sys.excepthook = self._hook

    def take(self, error: BaseException) -> None:
        if isinstance(error, DeskError) and self._context is not None:
            self._context.refuse(error)
            return
        path = self._report(error)
        sys.stderr.write(f"{path}\n")
        if self._context is not None and not self._shown:  # one at a time, however often it strikes
            self._shown = True
            self._keep_draft()
            dialog = CrashDialog(path, self._context, self._window)
            dialog.exec()
            dialog.deleteLater()
            self._shown = False

    def _keep_draft(self) -> None:
        """Before anything else; should that be what is broken, it is reported, too, and the dialog still comes."""
        try:
            self._keep()
        except Exception as error:  # noqa: BLE001
            sys.stderr.write(f"{self._report(error)}\n")

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.take(error)
