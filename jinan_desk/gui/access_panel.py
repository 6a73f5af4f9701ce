"""The access log in the window: filtered, read page by page, exported. For administrators."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time, parse_date
from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.look import mark
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.access import ACTION_LABELS, Action, Wanted, action_label, subject_of
from jinan_desk.store import AccessRow

_HEADS = ((N_("时间"), 160), (N_("登录账号"), 120), (N_("操作"), 170), (N_("对象"), 0))
_PAGE = 100
_ABOUT = N_("记下谁在何时登录、查看完整号码、按证件号码查找、打印、导出和恢复；只能添加，不能更改。")
_SINCE, _UNTIL = N_("自哪一天"), N_("到哪一天")


class AccessPanel(QWidget):
    """Filters above, lines below, the latest first; more of them on demand."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self._rows: list[AccessRow] = []
        self._about = EvenLabel(say(_ABOUT))
        set_role(self._about, "muted")
        self.account, self.action = QComboBox(), QComboBox()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.action.addItem(say(N_("全部操作")), "")
        for action, label in ACTION_LABELS.items():
            self.action.addItem(say(label), action.value)
        named = ((self.account, N_("登录账号")), (self.action, N_("操作")), (self.first, _SINCE), (self.last, _UNTIL))
        self.export = QPushButton(say(N_("导出…")))
        self.export.clicked.connect(self._export)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for part, name in named:
            part.setAccessibleName(say(name))
            filters.addWidget(part)
        for line, name in ((self.first, _SINCE), (self.last, _UNTIL)):
            line.setPlaceholderText(say(name))
            line.setToolTip(say(N_("例如 {example}"), example="2020-03-20"))
            line.setMaximumWidth(130)
            line.editingFinished.connect(self.reload)
        for chosen in (self.account, self.action):
            chosen.setMinimumWidth(150)
            chosen.activated.connect(lambda _: self.reload())
        filters.addStretch(1)
        filters.addWidget(self.export)
        self._model = TableModel([Head(say(title), width) for title, width in _HEADS], self)
        self.table = Table(self._model, say(N_("访问记录")), [width for _, width in _HEADS])
        self.table.setMinimumHeight(260)
        self.more = QPushButton(say(N_("更早的")))
        self.more.clicked.connect(self._show_more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self._about)
        box.addLayout(filters)
        box.addWidget(self.table, 1)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        context.bus.handler_changed.connect(self.reload)
        self.reload()

    @property
    def wanted(self) -> Wanted | None:
        """What the filters say; None where a day is none."""
        days = []
        for line in (self.first, self.last):
            text = line.text().strip()
            day = parse_date(text) if text else None
            mark(line, wrong=bool(text) and day is None)
            if text and day is None:
                return None
            days.append(day)
        action = self.action.currentData()
        return Wanted(self.account.currentData() or "", Action(action) if action else None, *days)

    def reload(self) -> None:
        """Show the latest lines that are wanted."""
        wanted, access = self.wanted, self._context.desk.access
        if wanted is None:
            return

        def read() -> tuple[list[AccessRow], list[str]]:
            return access.page(wanted, limit=_PAGE), access.accounts()

        self._context.store.ask(read, lambda found: self._show(*found), owner=self, failed=self._failed)

    def _show(self, rows: list[AccessRow], accounts: Sequence[str]) -> None:
        chosen = self.account.currentData()
        self.account.clear()
        self.account.addItem(self._say(N_("全部账号")), "")
        for name in accounts:
            self.account.addItem(name, name)
        self.account.setCurrentIndex(max(0, self.account.findData(chosen)))
        self._rows = []
        self._add(rows)
        self._let(True)

    def _add(self, rows: list[AccessRow]) -> None:
        self._rows += rows
        self._model.show_rows(
            [
                (local_time(row.at), row.account, self._say(action_label(row.action)), self._say.read(subject_of(row)))
                for row in self._rows
            ]
        )
        self.more.setVisible(len(rows) == _PAGE)

    def _show_more(self) -> None:
        wanted, access = self.wanted, self._context.desk.access
        if wanted is not None and self._rows:
            read = partial(access.page, wanted, before=self._rows[-1].place, limit=_PAGE)
            self._context.store.ask(read, self._add, owner=self)

    def _failed(self, error: Exception) -> None:
        """Somebody sits here who may not read it: that is no refusal of something they did."""
        if not isinstance(error, DeskError):
            raise error
        self._rows = []
        self._model.show_rows([])
        self.more.hide()
        self._let(False)

    def _let(self, able: bool) -> None:
        for part in (self.account, self.action, self.first, self.last, self.export, self.table):
            part.setEnabled(able)
        self._about.setText(self._say(_ABOUT if able else N_("访问记录由管理员查看。")))

    def _export(self) -> None:
        path = ask_target(self, self._say(N_("导出访问记录")), "access.xlsx", WORKBOOK)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Export the lines that are wanted."""
        wanted, desk = self.wanted, self._context.desk
        if wanted is None:
            return

        def tell(count: int) -> None:
            words = N_("访问记录 {count} 条，已存到 {path}")
            self._context.tell(self._say(words, count=count, path=str(path)), Level.GOOD)
            self.reload()

        export = partial(desk.access.export, path, wanted, translate=desk.translate)
        self._context.store.ask(export, tell, owner=self)
