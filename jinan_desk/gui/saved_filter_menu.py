"""A button with the filters that the person at the desk has given a name: take one, save, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.services.listing import CaseFilter
from jinan_desk.services.saved_filters import LONGEST_NAME


class NameDialog(FittingDialog):
    """Asks for a name. Enter takes it; what the store refuses is said below the line, and the dialog stays."""

    def __init__(self, context: Context, parent: QWidget, *, title: str, name: str = "") -> None:
        super().__init__(parent)
        say = context.say
        self.setWindowTitle(title)
        self.setMinimumWidth(320)
        label = QLabel(say(N_("名称，例如：本周待初审")))
        set_role(label, "label")
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(say(N_("名称")))
        self.name.selectAll()
        label.setBuddy(self.name)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(say(N_("保存")), QDialogButtonBox.ButtonRole.ActionRole)
        self.ok.setDefault(True)
        set_role(self.ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        for part in (label, self.name, self.wrong, buttons):
            box.addWidget(part)


class SavedFilterMenu(QPushButton):
    """The menu; `picked` carries a filter that was taken."""

    picked = Signal(object)

    def __init__(self, context: Context, wanted: Callable[[], CaseFilter]) -> None:
        super().__init__(context.say(N_("常用筛选")))
        self._context = context
        self._say = context.say
        self._wanted = wanted
        self._saved: dict[str, CaseFilter] = {}
        self.choices = QMenu(self)
        self.manage = QMenu(self._say(N_("改名或删除")), self)
        self.setMenu(self.choices)
        context.bus.handler_changed.connect(self.refresh)
        self._show()

    def refresh(self) -> None:
        """Read anew what is saved."""
        self._context.store.ask(self._context.desk.saved_filters.all, self._take, owner=self)

    def _take(self, saved: dict[str, CaseFilter]) -> None:
        self._saved = saved
        self._show()

    def _show(self) -> None:
        menu, say = self.choices, self._say
        menu.clear()
        self.manage.clear()
        for name, wanted in self._saved.items():
            menu.addAction(name, partial(self.picked.emit, wanted))
        if self._saved:
            menu.addSeparator()
        menu.addAction(say(N_("保存当前筛选…")), self._save)
        if self._saved:
            menu.addMenu(self.manage)
            for name in self._saved:
                self.manage.addAction(say(N_("改名“{name}”…"), name=name), partial(self._rename, name))
                self.manage.addAction(say(N_("删除“{name}”"), name=name), partial(self._drop, name))

    def _save(self) -> None:
        wanted = self._wanted()
        self._ask_name(
            self._say(N_("保存当前筛选")), "", lambda name: self._context.desk.saved_filters.keep(name, wanted)
        )

    def _rename(self, name: str) -> None:
        self._ask_name(self._say(N_("改名")), name, lambda to: self._context.desk.saved_filters.rename(name, to))

    def _drop(self, name: str) -> None:
        def dropped(_: Any) -> None:
            self._context.tell(self._say(N_("已删除常用筛选“{name}”"), name=name))
            self.refresh()

        self._context.store.ask(lambda: self._context.desk.saved_filters.drop(name), dropped, owner=self)

    def _ask_name(self, title: str, name: str, keep: Callable[[str], None]) -> None:
        dialog = NameDialog(self._context, self.window(), title=title, name=name)

        def kept(_: Any) -> None:
            self._context.tell(self._say(N_("已保存常用筛选“{name}”"), name=dialog.name.text().strip()), Level.GOOD)
            dialog.accept()
            self.refresh()

        def failed(error: Exception) -> None:
            if not isinstance(error, DeskError):
                raise error
            dialog.wrong.setText(error.read(self._say.translate))

        dialog.ok.clicked.connect(
            lambda: self._context.store.ask(
                partial(keep, dialog.name.text()), kept, owner=dialog, failed=failed
            )
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
