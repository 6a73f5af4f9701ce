"""Accounts in the window: who may work here and as what, the recovery code, the data key, the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QSpinBox, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.role import ENTERS, ROLE_LABELS, Role
from jinan_desk.core.text import N_
from jinan_desk.gui.account_dialog import AccountDialog
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.recovery import CodeDialog
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.accounts import LEAST_MINUTES, MOST_MINUTES, Account, Accounts
from jinan_desk.services.desk import Desk

_HEADS = ((N_("姓名"), 140), (N_("角色"), 0), (N_("状态"), 90), (N_("最近改动"), 150))
_WITHOUT = N_(
    "这里尚未启用账号：打开程序不用密码，谁都可以办理全部事项。启用后各人用自己的密码登录，数据密钥随之更换。"
)
_FOR_ADMINISTRATORS = N_("角色决定各人可以办理什么；收件与审核、审核与审批仍须由不同的人办理。")
_FOR_OTHERS = N_("账号由管理员设立和更改。")


class AccountsPanel(QWidget):
    """A table of accounts and what an administrator does with them; without accounts, how to begin with them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self._accounts: list[Account] = []
        self._touched = ""
        self._about = QLabel()
        self._about.setWordWrap(True)
        set_role(self._about, "muted")
        self._model = TableModel([Head(say(title), width) for title, width in _HEADS], self)
        self.table = Table(self._model, say(N_("账号")), [width for _, width in _HEADS])
        self.table.setMinimumHeight(200)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._refresh_buttons())
        self.begin = self._button(N_("启用账号…"), self._begin)
        self.add = self._button(N_("增加账号…"), self._add)
        self.change = self._button(N_("更改角色…"), self._change)
        self.reset = self._button(N_("重设密码…"), self._reset)
        self.turn = self._button(N_("停用"), self._turn)
        self.new_code = self._button(N_("更换恢复码…"), self._renew_code)
        self.rekey = self._button(N_("更换数据密钥…"), self._rekey)
        self.minutes = QSpinBox()
        self.minutes.setRange(LEAST_MINUTES, MOST_MINUTES)
        self.minutes.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.minutes.setSuffix(say(N_(" 分钟")))
        self.minutes.setAccessibleName(say(N_("无人操作多久后自动锁定")))
        self.minutes.editingFinished.connect(self._set_minutes)
        label = QLabel(say(N_("无人操作")))
        label.setBuddy(self.minutes)
        self._rules = QWidget()
        rules = QHBoxLayout(self._rules)
        rules.setContentsMargins(0, 0, 0, 0)
        rules.addWidget(label)
        rules.addWidget(self.minutes)
        rules.addWidget(QLabel(say(N_("后自动锁定"))))
        rules.addStretch(1)
        rules.addWidget(self.new_code)
        rules.addWidget(self.rekey)
        self._doing = QWidget()
        doing = QHBoxLayout(self._doing)
        doing.setContentsMargins(0, 0, 0, 0)
        for button in (self.add, self.change, self.reset, self.turn):
            doing.addWidget(button)
        doing.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self._about)
        box.addWidget(self.begin, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for part in (self.table, self._doing, self._rules):
            box.addWidget(part)
        context.bus.handler_changed.connect(self.reload)
        self._able = False
        self.reload()

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._say(words))
        button.clicked.connect(lambda _: act())
        return button

    # Showing --------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Show the accounts as they are now, and to whoever sits here what they may do with them."""
        accounts = self._context.desk.accounts

        def read() -> tuple[list[Account], bool, int]:
            return accounts.all(), Role.ADMINISTRATOR in accounts.roles, accounts.lock_after

        self._context.store.ask(read, lambda found: self._show(*found), owner=self)

    def _show(self, accounts: list[Account], able: bool, minutes: int) -> None:
        say, protected = self._say, self._context.desk.accounts.protected
        self._able = able and protected
        chosen = self._touched or (self.chosen.name if self.chosen is not None else "")
        self._touched = ""
        self._accounts = accounts if protected else []
        self._model.show_rows([self._row(one) for one in self._accounts])
        if self._accounts:
            names = [one.name for one in self._accounts]
            self.table.selectRow(names.index(chosen) if chosen in names else 0)
        about = _WITHOUT if not protected else _FOR_ADMINISTRATORS if able else _FOR_OTHERS
        self._about.setText(say(about))
        self.begin.setVisible(not protected)
        for part in (self.table, self._doing, self._rules):
            part.setVisible(protected)
        self.minutes.setValue(minutes)
        self._refresh_buttons()

    def _row(self, account: Account) -> tuple[str, str, str, str]:
        say = self._say
        roles = say.listed([say(label) for role, label in ROLE_LABELS.items() if role in account.roles])
        state = say(N_("可用") if account.active else N_("已停用"))
        return account.name, roles, state, local_time(account.changed_at)

    @property
    def chosen(self) -> Account | None:
        """The account in the chosen line."""
        row = self.table.currentIndex().row()
        return self._accounts[row] if 0 <= row < len(self._accounts) else None

    def _refresh_buttons(self) -> None:
        chosen = self.chosen
        for part in (self.add, self.new_code, self.rekey, self.minutes):
            part.setEnabled(self._able)
        for button in (self.change, self.reset, self.turn):
            button.setEnabled(self._able and chosen is not None)
        if chosen is not None:
            self.reset.setEnabled(self._able and chosen.active)
            self.turn.setText(self._say(N_("停用") if chosen.active else N_("恢复…")))

    # Doing ----------------------------------------------------------------------------------------------------------

    def _dialog(self, title: str, *, about: str = "", **asked: Any) -> AccountDialog:
        about = self._say(about) if about else ""
        return AccountDialog(self._say(title), self._context, self.window(), about=about, **asked)

    def _begin(self) -> None:
        about = N_("您将成为管理员。随后显示一次恢复码，请备好纸笔或打印机；旧的密钥文件和它的副本随即作废。")
        dialog = self._dialog(N_("启用账号"), about=about, password=True)
        desk = self._context.desk

        def take(asked: AccountDialog) -> Callable[[], object]:
            name, password = asked.name, asked.password

            def begin() -> tuple[str, Desk]:
                code = desk.accounts.begin(name, password)
                return code, desk.by(name, password)

            return begin

        dialog.show_for(take, self._begun)

    def _begun(self, result: Any) -> None:
        code, desk = result
        self._show_code(code)
        self._context.seat(desk)

    def _add(self) -> None:
        about = N_("初始密码请当面告知；本人首次登录时须改成自己的密码。")
        dialog = self._dialog(N_("增加账号"), about=about, roles=ENTERS, password=True)
        self._ask(
            dialog,
            N_("已增加账号：{name}。请把初始密码当面告知"),
            lambda accounts, asked: partial(accounts.add, asked.name, asked.roles, asked.password),
        )

    def _change(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            dialog = self._dialog(N_("更改角色"), name=chosen.name, roles=chosen.roles)
            self._ask(
                dialog,
                N_("已更改 {name} 的角色"),
                lambda accounts, asked: partial(accounts.set_roles, asked.name, asked.roles),
            )

    def _reset(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            about = N_("新密码请当面告知；本人下次登录时须改成自己的密码。")
            dialog = self._dialog(N_("重设密码"), about=about, name=chosen.name, password=True)
            self._ask(
                dialog,
                N_("已重设 {name} 的密码"),
                lambda accounts, asked: partial(accounts.reset, asked.name, asked.password),
            )

    def _turn(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        if not chosen.active:
            about = N_("另设密码并当面告知；本人下次登录时须改成自己的密码。")
            dialog = self._dialog(N_("恢复账号"), about=about, name=chosen.name, password=True)
            self._ask(
                dialog,
                N_("已恢复 {name} 的账号"),
                lambda accounts, asked: partial(accounts.enable, asked.name, asked.password),
            )
            return
        about = N_("停用后不能再登录，办理过的记录不变。人已离开的，还请“更换数据密钥”。")
        dialog = self._dialog(N_("停用账号"), about=about, name=chosen.name)
        self._ask(dialog, N_("已停用 {name} 的账号"), lambda accounts, asked: partial(accounts.disable, asked.name))

    def _ask(
        self, dialog: AccountDialog, told: str, make: Callable[[Accounts, AccountDialog], Callable[[], object]]
    ) -> None:
        """Ask and do it; `told` says with the name what was done."""
        accounts = self._context.desk.accounts

        def changed(result: object) -> None:  # noqa: ARG001
            self._touched = dialog.name
            self._done(told, name=dialog.name)

        dialog.show_for(lambda asked: make(accounts, asked), changed)

    def _done(self, words: str, **named: str) -> None:
        self._context.tell(self._say(words, **named), Level.GOOD)
        self.reload()

    def _renew_code(self) -> None:
        question = N_("旧的恢复码随即作废。新的只显示一次，请备好纸笔或打印机。")
        if self._sure(N_("更换恢复码"), question):
            self._context.store.ask(self._context.desk.accounts.new_code, self._show_code, owner=self)

    def _show_code(self, code: str) -> None:
        dialog = CodeDialog(code, self._say, self.window(), office=self._context.desk.office.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _rekey(self) -> None:
        question = N_("全部数据将重新加密，数据多时需要几分钟，其间不能办理。各人的密码和恢复码不变。")
        if self._sure(N_("更换数据密钥"), question):
            self.rekey.setEnabled(False)
            self._context.store.ask(
                self._context.desk.accounts.rekey, lambda _: self._done(N_("数据密钥已更换")), owner=self
            )

    def _sure(self, title: str, question: str) -> bool:
        buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
        answer = QMessageBox.question(self, self._say(title), self._say(question), buttons)
        return answer == QMessageBox.StandardButton.Ok

    def _set_minutes(self) -> None:
        minutes, accounts = self.minutes.value(), self._context.desk.accounts

        def put() -> bool:
            changed = minutes != accounts.lock_after
            if changed:
                accounts.set_lock_after(minutes)
            return changed

        def tell(changed: bool) -> None:
            if changed:
                self._context.bus.lock_after_changed.emit(minutes)
                self._context.tell(self._say(N_("无人操作 {count} 分钟后自动锁定"), count=minutes), Level.GOOD)

        if self._able:
            self._context.store.ask(put, tell, owner=self)
