"""What was typed and never saved, offered again: a line below the head, and a list behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.look import mark
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.drafts import Draft

_PEOPLE_KEYS = ("id_number", "credit_code")


class DraftsBar(QFrame):
    """How many drafts there are that nobody is working on; gone where there is none."""

    chosen = Signal(object)
    """Somebody wants to go on with this draft."""

    def __init__(self, context: Context, busy: Callable[[], frozenset[str]]) -> None:
        """`busy` answers the places of the drafts that are open in an editor."""
        super().__init__()
        self._context = context
        self._say = say = context.say
        self._busy = busy
        self._drafts: list[Draft] = []
        set_role(self, "notice")
        symbol = QLabel()
        symbol.setPixmap(context.look.pixmap("info", "accent", 16))
        self._text = QLabel()
        self.look = QPushButton(say(N_("查看草稿…")))
        set_role(self.look, "link")
        self.look.clicked.connect(lambda checked: self._open())
        self.later = QPushButton(say(N_("以后再说")))
        self.later.setToolTip(say(N_("草稿仍然留着，下次启动再提示")))
        set_role(self.later, "link")
        self.later.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.setSpacing(8)
        row.addWidget(symbol)
        row.addWidget(self._text)
        row.addWidget(self.look)
        row.addStretch(1)
        row.addWidget(self.later)
        self.hide()
        context.bus.handler_changed.connect(self.refresh)
        context.bus.drafts_changed.connect(self.refresh)
        self.refresh()

    @property
    def text(self) -> str:
        return self._text.text()

    @property
    def drafts(self) -> Sequence[Draft]:
        """Those that are offered, the last first."""
        return self._drafts

    def refresh(self) -> None:
        """Read anew what there is to offer."""
        self._context.store.ask(self._context.desk.drafts.all, self._show, owner=self)

    def _show(self, drafts: Sequence[Draft]) -> None:
        busy = self._busy()
        self._drafts = [draft for draft in drafts if draft.place not in busy]
        self._text.setText(self._say(N_("有 {count} 件没有保存的填写，已留存为草稿"), count=len(self._drafts)))
        self.setVisible(bool(self._drafts))

    def _open(self) -> None:
        dialog = DraftsDialog(self._drafts, self._context, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._choose)
        dialog.finished.connect(lambda result: self.refresh())
        dialog.open()

    def _choose(self, draft: Draft) -> None:
        self._show([other for other in self._drafts if other is not draft])
        self.chosen.emit(draft)


class DraftsDialog(FittingDialog):
    """The drafts, one a line. Enter goes on with the current one; giving one up asks for a second press."""

    chosen = Signal(object)

    def __init__(self, drafts: Sequence[Draft], context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._say = say = context.say
        self._drafts = list(drafts)
        self.setWindowTitle(say(N_("没有保存的草稿")))
        self.resize(880, 340)
        hint = QLabel(say(N_("选一件接着填写；继续填写并保存以后，草稿自动去掉。")))
        hint.setWordWrap(True)
        set_role(hint, "muted")
        heads = (
            Head(say(N_("事项"))), Head(say(N_("申请人")), 210), Head(say(N_("留存时间")), 130),
            Head(say(N_("情况")), 300),
        )  # fmt: skip
        self._model = TableModel(heads, self)
        self.table = Table(self._model, say(N_("草稿")), [head.width for head in heads])
        self.table.doubleClicked.connect(lambda index: self._go_on())
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._refresh())
        buttons = QDialogButtonBox()
        self.go_on = buttons.addButton(say(N_("继续填写")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on.setDefault(True)
        set_role(self.go_on, "primary")
        self.give_up = QPushButton()
        self.give_up.setAutoDefault(False)
        buttons.addButton(self.give_up, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(say(N_("关闭")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._go_on)
        buttons.rejected.connect(self.reject)
        self.give_up.clicked.connect(lambda checked: self._give_up())
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        for part in (hint, self.table, buttons):
            box.addWidget(part)
        self._list(0)
        self.table.setFocus()

    def _list(self, current: int) -> None:
        self._model.show_rows([_line(draft, self._context) for draft in self._drafts])
        if self._drafts:
            self.table.setCurrentIndex(self._model.index(min(current, len(self._drafts) - 1), 0))
        self._refresh()

    @property
    def current(self) -> Draft | None:
        row = self.table.currentIndex().row()
        return self._drafts[row] if 0 <= row < len(self._drafts) else None

    def _refresh(self) -> None:
        self._sure = False
        self.give_up.setText(self._say(N_("放弃草稿")))
        mark(self.give_up, role="")
        for button in (self.go_on, self.give_up):
            button.setEnabled(self.current is not None)

    def _go_on(self) -> None:
        draft = self.current
        if draft is not None:
            self.accept()
            self.chosen.emit(draft)

    def _give_up(self) -> None:
        draft = self.current
        if draft is None:
            return
        if not self._sure:
            self._sure = True
            self.give_up.setText(self._say(N_("确认放弃，不能恢复")))
            mark(self.give_up, role="danger")
            return
        drafts, row = self._context.desk.drafts, self.table.currentIndex().row()
        self._context.store.ask(partial(drafts.drop, draft.place), lambda result: self._dropped(draft, row), owner=self)

    def _dropped(self, draft: Draft, row: int) -> None:
        self._drafts.remove(draft)
        self._list(row)
        if not self._drafts:
            self.accept()


def _line(draft: Draft, context: Context) -> tuple[str, str, str, str]:
    say = context.say
    texts = draft.entry.texts
    number = next((texts[key] for key in _PEOPLE_KEYS if texts.get(key, "").strip()), "")
    who = texts.get("applicant_name", "").strip() or say(N_("（未填写）"))
    if draft.overtaken:
        about = N_("修改已存的办件；办件其后又有改动")
    else:
        about = N_("修改已存的办件") if draft.case else N_("新办件")
    told = say(about)
    if draft.wrong:
        told = say(N_("{about}；{count} 处待改正"), about=told, count=draft.wrong)
    programme = programme_name(draft.entry.programme.code, context)
    return programme, f"{who} {masked(number)}".strip(), local_time(draft.at), told
