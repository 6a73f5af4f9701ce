"""The lock: after some minutes without a key or a click, or when asked for, everything is covered until somebody who
has an account says who they are. What was being typed stays where it is, under the cover, and is kept as a draft."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.crash import CrashDialog
from jinan_desk.gui.handler import sit_down
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.services.access import Action
from jinan_desk.services.desk import Desk

_MINUTE = 60_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)
"""What shows that somebody is there."""
_HANDLED = _INPUT | {
    QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod, QEvent.Type.DragEnter,
}
"""What nothing under a cover may hear of."""
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


class Cover(QWidget):
    """Hides all of a window, whatever its size."""

    def __init__(self, over: QWidget, text: str) -> None:
        super().__init__(over)
        self.setObjectName("cover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        label = QLabel(text)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(label, "title")
        box = QVBoxLayout(self)
        box.addWidget(label)
        over.installEventFilter(self)
        self._follow(over)
        self.show()
        self.raise_()

    def _follow(self, over: QWidget) -> None:
        self.setGeometry(over.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._follow(watched)
        return False


class Lock(QObject):
    """Locks a window of a store with accounts, and all of the program's windows with it; without accounts there is
    nothing to lock."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._covers: list[Cover] = []
        self._focus: QWidget | None = None
        self.dialog: SignInDialog | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        context.bus.lock_wanted.connect(self.lock)
        context.bus.lock_after_changed.connect(self._wait)
        context.bus.handler_changed.connect(self._begin)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._watch)
        self._begin()

    @property
    def locked(self) -> bool:
        return self.dialog is not None

    @property
    def minutes(self) -> float:
        """After how many it locks itself; 0 for never."""
        return self._idle.interval() / _MINUTE if self._idle.isActive() else 0

    # Waiting --------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        accounts = self._context.desk.accounts
        if accounts.protected:
            self._context.store.ask(lambda: accounts.lock_after, self._wait, owner=self)

    def _wait(self, minutes: int) -> None:
        if self._context.desk.accounts.protected:
            self._idle.start(minutes * _MINUTE)

    def _watch(self, window: QWindow | None) -> None:
        """Keys and clicks go to the window that has the focus; to watch all of its widgets would slow everything."""
        if window is None or not self._context.desk.accounts.protected:
            return
        window.installEventFilter(self)
        if self.dialog is not None and self._cover_all():
            self._come_before(self.dialog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:  # it may be about to go, and is not to be looked at while it does
            watched.removeEventFilter(self)
            return False
        if self.dialog is not None:
            return event.type() in _HANDLED and not self._is_free(watched)
        if event.type() in _INPUT:
            self._idle.start()
        return False

    # Locking --------------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Cover everything and ask who it is."""
        context, say = self._context, self._context.say
        if self.dialog is not None or not context.desk.accounts.protected:
            return
        self._idle.stop()
        self._focus = QApplication.focusWidget()
        context.bus.locking.emit()
        access = context.desk.access
        context.store.ask(lambda: access.note(Action.LOCKED), lambda _: None, owner=self)
        self.dialog = SignInDialog(
            say,
            title=say(N_("已锁定")),
            about=say(N_("填写的内容都在。请输入密码继续；换一位经办人，请改写姓名。")),
            name=context.desk.account,
            parent=self._window,
        )
        self.dialog.forgot.hide()
        self.dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.dialog.tried.connect(self._try)
        self._cover_all()
        self.dialog.show()
        self.dialog.move(self._window.mapToGlobal(self._window.rect().center()) - _middle(self.dialog))
        self.dialog.activateWindow()

    def _cover_all(self) -> bool:
        """Cover what is not covered yet; whether there was anything."""
        before = len(self._covers)
        covered = [cover.parent() for cover in filter(isValid, self._covers)]
        for top in QApplication.topLevelWidgets():
            if top.windowType() in _PASSING:
                top.close()
            elif top.isVisible() and top not in covered and not self._is_free(top.windowHandle()):
                top.windowHandle().installEventFilter(self)
                self._covers.append(Cover(top, self._context.say(N_("已锁定"))))
        return len(self._covers) > before

    def _is_free(self, window: QObject) -> bool:
        """Whether it may be used while all else is covered: where to say who it is, and what tells of a bug, which
        shows nothing of a case."""
        return any(
            top.windowHandle() is window
            for top in QApplication.topLevelWidgets()
            if top is self.dialog or isinstance(top, CrashDialog)
        )

    def _come_before(self, dialog: SignInDialog) -> None:
        """Of two windows that keep others waiting, the one that was shown last can be used."""
        place = dialog.pos()
        dialog.hide()
        dialog.show()
        dialog.move(place)

    def _try(self) -> None:
        assert self.dialog is not None
        by = partial(self._context.desk.by, self.dialog.name, self.dialog.password, self.dialog.own)
        self._context.store.ask(by, self._open, owner=self, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        if self.dialog is not None:
            self.dialog.refuse(error)

    def _open(self, desk: Desk) -> None:
        dialog, self.dialog = self.dialog, None
        for cover in filter(isValid, self._covers):
            cover.hide()
            cover.deleteLater()
        self._covers.clear()
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
        self._idle.start()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.activateWindow()
            self._focus.setFocus()
        if desk.account == self._context.desk.account:
            self._context.desk = desk
        else:
            sit_down(desk, self._context)


def _middle(dialog: QWidget) -> QPoint:
    return dialog.rect().center()
