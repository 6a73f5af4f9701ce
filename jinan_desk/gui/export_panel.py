"""Packages out, and the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from jinan_desk.core.text import N_
from jinan_desk.gui.card import make_card
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.exchange_panel import ExchangePanel
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.services.packages import LEAST_PASSWORD, Written
from jinan_desk.services.partners import Partner


class ExportPanel(ExchangePanel):
    """To whom, what, with which password; what came of it beside."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, look = self._say, context.look
        self.to = QComboBox()
        self.to.setAccessibleName(say(N_("收件机构")))
        self.to.setMinimumContentsLength(12)
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.everything = QCheckBox(say(N_("导出全部记录（对方数据有缺时）")))
        self.password = PasswordBox(say, twice=True, least=LEAST_PASSWORD)
        self.unlocked = QCheckBox(say(N_("不设密码（须写明原因，记录在案）")))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(say(N_("不设密码的原因")))
        self.reason.setAccessibleName(say(N_("不设密码的原因")))
        self.reason.hide()
        self.export = QPushButton(look.icon("export", "on_accent"), say(N_("导出数据包…")))
        set_role(self.export, "primary")
        self.ledger = QPushButton(look.icon("table"), say(N_("导出台账…")))
        self._fingerprint = QLabel()
        self._fingerprint.setWordWrap(True)
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._fingerprint, "small")
        self.export.clicked.connect(self._export)
        self.ledger.clicked.connect(self._write_ledger)
        self.unlocked.toggled.connect(self._refresh)
        self.reason.textChanged.connect(self._refresh)
        self.password.changed.connect(self._refresh)
        self.password.entered.connect(self.export.click)
        self.reason.returnPressed.connect(self.export.click)
        self._arrange(
            (
                make_card(
                    say(N_("导出数据包")),
                    say(N_("签名、加密的 Excel 工作簿，含对方尚未确认收到的全部记录。存入 U 盘交上级或其他机构合并。")),
                    (
                        self._label(N_("收件机构")), self.to, self.everything,
                        self._label(N_("密码（另行告知对方，不与文件同行）")), self.password, self.unlocked,
                        self.reason, self.export, self._fingerprint,
                    ),
                ),
                make_card(say(N_("台账")), say(N_("全部办件的台账和汇总，Excel 工作簿。")), (self.ledger,)),
            ),
            (self._heading(N_("结果")), self.under_way, self.report),
        )  # fmt: skip
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask anew who there is to send to."""
        super().showEvent(event)
        partners = self._context.desk.partners
        self._context.store.ask(
            lambda: (partners.fingerprint(), partners.all()), lambda found: self._show_partners(*found), owner=self
        )

    def _label(self, text: str) -> QLabel:
        label = QLabel(self._say(text))
        set_role(label, "label")
        return label

    def _show_partners(self, fingerprint: str, partners: list[Partner]) -> None:
        told = self._say(N_("本机构公钥指纹：{fingerprint}"), fingerprint=f"\n{fingerprint}")
        self._fingerprint.setText(told)  # which is read out in one go
        chosen = self.to.currentData()
        self.to.clear()
        self.to.addItem(self._say(N_("所有往来机构")), "")
        for partner in partners:
            if partner.withdrawn is None:
                self.to.addItem(self._say.beside(partner.name, partner.office), partner.fingerprint)
        self.to.setCurrentIndex(max(0, self.to.findData(chosen)))
        hint = N_("导出的结果显示在这里。")
        if not partners:
            hint = N_("还没有登记往来机构。请先在“往来机构和回执”中与对方交换登记表，对方才能合并这里导出的数据包。")
        self.report.setPlaceholderText(self._say(hint))
        self.report.viewport().update()  # which Qt leaves as it is where another hint stood there

    # Work -----------------------------------------------------------------------------------------------------------

    def _export(self) -> None:
        path = self._ask_where(self._proposed(N_("数据包")))
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Export as things stand in the card."""
        packages, everything, to = self._context.desk.packages, self.everything.isChecked(), self.to.currentData() or ""
        unlocked = self.reason.text() if self.unlocked.isChecked() else ""
        password = "" if unlocked else self.password.password
        tell = self.under_way.begin(self._say(N_("正在加密并写入…") if password else N_("正在写入…")))

        def export() -> Written:
            return packages.export(
                path, password=password, unlocked=unlocked, to=to, everything=everything, tell=tell
            )

        self._do(export, self._show_written, can_cancel=True)

    def _write_ledger(self) -> None:
        path = self._ask_where(self._proposed(N_("台账")))
        if path is not None:
            packages = self._context.desk.packages
            self._do(lambda: packages.ledger(path), self._show_written, what=self._say(N_("正在写入…")))

    def _proposed(self, what: str) -> str:
        today: date = self._context.desk.today()
        return f"{self._say(what)}-{self._context.desk.office.code}-{today:%Y%m%d}.xlsx"

    def _show_written(self, written: Written) -> None:
        self.password.clear()
        self._show(written.sentences())
        self._context.tell(self._say(N_("已存为 {name}"), name=written.path.name), Level.GOOD)

    def _refresh(self) -> None:
        unlocked = self.unlocked.isChecked()
        self.password.setEnabled(not unlocked)
        self.reason.setVisible(unlocked)
        ready = bool(self.reason.text().strip()) if unlocked else bool(self.password.password)
        self.export.setEnabled(ready and not self._busy)
        lacking = N_("请先设密码，两次输入一致；或者选“不设密码”并写明原因")
        self.export.setToolTip("" if ready else self._say(lacking))
        self.ledger.setEnabled(not self._busy)
