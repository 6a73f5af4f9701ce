"""When a bug strikes: a report without personal data is written, and the person is told what was kept."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.keeper import Keeper
from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.gui.words import Words
from jinan_desk.services.crash import describe

Report = Callable[[BaseException], Path | None]
"""Writes a report of types and places, no values, and answers where it is; None where it cannot be written."""

_RESTLESS = 5
"""So often a bug strikes while it is being told: it does so by itself, with every repainting or tick of a clock."""

_SAFE = N_("已保存的办件不受影响。")
_KEEPING = N_("已保存的办件不受影响；正在填写的内容仍在窗口中，正在留存为草稿…")
_KEPT = N_("已保存的办件不受影响；正在填写的内容仍在窗口中，并已留存为草稿，可以继续填写和保存。")
_UNKEPT = N_("已保存的办件不受影响；正在填写的内容仍在窗口中，但没有能够留存为草稿，请先保存。")
_ENDED = N_("程序不得不关闭；已保存的办件不受影响，可以再打开一次。")


@dataclass(frozen=True, slots=True)
class Crash:
    """A bug that struck: what its report says, and where that was written, if it could be."""

    text: str
    path: Path | None


class CrashDialog(FittingDialog):
    """Says that it was the program's fault, what is safe, and where the report lies. Bugs that strike while it stands
    are added to it."""

    def __init__(self, crash: Crash, say: Words, look: Look, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._say = say
        self._crashes: list[Crash] = []
        self._keeping: list[Keeper] = []
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(say(N_("程序出错")))
        self.resize(640, 400)
        picture = QLabel()
        picture.setPixmap(look.pixmap("warning", "bad", 32))
        heading = QLabel(say(N_("程序出错了，这不是您的操作造成的。")))
        set_role(heading, "heading")
        self.kept = QLabel(say(_SAFE))
        self.kept.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture)
        head.addWidget(heading, 1)
        self.where = QLabel()
        self.where.setWordWrap(True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self.where, "muted")
        self._restless = QLabel(say(N_("同一个错误还在反复出现，以后不再逐次提示。")))
        self._restless.setWordWrap(True)
        self._restless.hide()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(say(N_("错误报告")))
        buttons = QDialogButtonBox()
        self.close_button = buttons.addButton(say(N_("继续")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.close_button.setDefault(True)
        set_role(self.close_button, "primary")
        buttons.accepted.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        box.addLayout(head)
        for part in (self.kept, self._restless, self.where, self.text, buttons):
            box.addWidget(part)
        self.close_button.setFocus()
        self.add(crash)

    def add(self, crash: Crash) -> None:
        """Tell of one more bug; of the same one only once."""
        if crash in self._crashes:
            return
        self._crashes.append(crash)
        self.text.setPlainText("\n\n".join(told.text for told in self._crashes))
        paths = dict.fromkeys(str(told.path) for told in self._crashes if told.path is not None)
        if paths:
            said = self._say(N_("错误报告（不含任何个人信息）已存为：\n{path}"), path="\n".join(paths))
        else:
            said = self._say(N_("错误报告（不含任何个人信息）没有能够存下，需要时请从下面复制。"))
        self.where.setText(said)

    def say_restless(self) -> None:
        """The bug does not leave off; nobody is to be told of it for ever."""
        self._restless.show()

    def say_end(self) -> None:
        """There is no window behind it, and will be none."""
        self.kept.setText(self._say(_ENDED))
        self.close_button.setText(self._say(N_("关闭")))

    def follow(self, keeper: Keeper) -> None:
        """What is being typed is kept by this one; say when it is, or that it cannot be."""
        if keeper not in self._keeping:
            self._keeping.append(keeper)
            keeper.kept.connect(self._be_kept)
            keeper.unkept.connect(self._be_unkept)
        self.kept.setText(self._say(_KEEPING))

    def _be_kept(self) -> None:
        self._keeping = [keeper for keeper in self._keeping if keeper is not self.sender()]
        if not self._keeping:
            self.kept.setText(self._say(_KEPT))

    def _be_unkept(self) -> None:
        self.kept.setText(self._say(_UNKEPT))


class Crashes(QObject):
    """Takes what nobody caught: what a person can mend is a message, everything else a crash.

    A bug may strike anywhere, in the middle of painting or of another dialog's work: its dialog is shown as soon as
    that is over, in front of whatever stands there, and nothing waits for it but the person.
    """

    _struck = Signal()

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report
        self._say, self._look = Words(), Look(LIGHT)
        self._context: Context | None = None
        self._window: QWidget | None = None
        self._keepers: Callable[[], Sequence[Keeper]] = tuple
        self._known: dict[str, Crash] = {}
        self._times: Counter[str] = Counter()
        self._restless: set[str] = set()
        self._focus: QWidget | None = None
        self._active: QWidget | None = None
        self.dialog: CrashDialog | None = None
        self._struck.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take what slots and timers raise."""
        sys.excepthook = self._hook

    def speak(self, say: Words, look: Look) -> None:
        """Tell in these words and colours from now on."""
        self._say, self._look = say, look

    def attach(self, context: Context, window: QWidget, keepers: Callable[[], Sequence[Keeper]]) -> None:
        """From now on there is a window to tell it in, and these keep what is typed there."""
        self.speak(context.say, context.look)
        self._context, self._window, self._keepers = context, window, keepers

    def detach(self) -> None:
        """The window is about to go, and what stands in front of it with it."""
        if self.dialog is not None:
            self.dialog.reject()
        self._context, self._window, self._keepers = None, None, tuple

    def take(self, error: BaseException) -> None:
        if isinstance(error, DeskError) and self._context is not None:
            self._context.refuse(error)
            return
        crash = self._written(error)
        if crash.text in self._restless:
            return
        if self.dialog is None:
            self._times.clear()
            self.dialog = CrashDialog(crash, self._say, self._look, self._window)
            self.dialog.finished.connect(self._close)
            self._keep_drafts(self.dialog)
            self._struck.emit()
        else:  # in front of which nothing more is typed
            self.dialog.add(crash)
        self._times[crash.text] += 1
        if self._times[crash.text] > _RESTLESS:
            self._restless.add(crash.text)
            self.dialog.say_restless()

    def tell_at_last(self, error: BaseException) -> None:
        """Tell of a bug that leaves no window, and wait until it is read."""
        dialog = CrashDialog(self._written(error), self._say, self._look, None)
        dialog.say_end()
        dialog.exec()
        dialog.deleteLater()

    def _written(self, error: BaseException) -> Crash:
        """The report of a bug is written when it strikes first: one that strikes by itself would fill the disk."""
        text = describe(error)
        if text not in self._known:
            self._known[text] = Crash(text, self._report(error))
            if sys.stderr is not None:  # a program without a console has none
                sys.stderr.write(f"{self._known[text].path}\n")
        return self._known[text]

    def _keep_drafts(self, dialog: CrashDialog) -> None:
        """Should that be what is broken, it is reported, too, and the dialog still comes."""
        try:
            for keeper in self._keepers():
                if keeper.needed:
                    dialog.follow(keeper)
                    keeper.keep()
        except Exception as error:  # noqa: BLE001
            dialog.add(self._written(error))

    def _show(self) -> None:
        if self.dialog is not None:
            while (popup := QApplication.activePopupWidget()) and popup.close():  # it would take every click
                continue
            self._focus, self._active = QApplication.focusWidget(), QApplication.activeWindow()
            self.dialog.show()
            self.dialog.activateWindow()

    def _close(self) -> None:
        """Whatever had the keys before has them again."""
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        there = (window for window in (self._active, self._window) if window and isValid(window) and window.isVisible())
        back = QApplication.activeModalWidget() or next(there, None)
        if back is not None:
            back.activateWindow()
        if self._focus is not None and isValid(self._focus) and self._focus.window() is back:
            self._focus.setFocus()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.take(error)
