"""The offices we exchange with: enrolment, receipts, and what is missing between us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui import reason
from jinan_desk.gui.card import make_card
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.enrol_dialog import EnrolDialog
from jinan_desk.gui.exchange_panel import ExchangePanel
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.packages import Troubles
from jinan_desk.services.partners import Enrolment, Partner
from jinan_desk.services.receipts import Acknowledged, Owed


@dataclass(frozen=True, slots=True)
class _Found:
    """What the panel shows of the store."""

    partners: list[Partner]
    owed: list[Owed]
    troubles: Troubles


class PartnerPanel(ExchangePanel):
    """Cards for enrolment and receipts; the partners and the troubles beside."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, look = self._say, context.look
        self._partners: list[Partner] = []
        self.report.setPlaceholderText(say(N_("缺号、重复的编号和读入的回执显示在这里。")))
        self.write = QPushButton(look.icon("export"), say(N_("写本机构登记表…")))
        self.read = QPushButton(look.icon("import"), say(N_("读入对方登记表…")))
        self.read_receipt = QPushButton(look.icon("import"), say(N_("读入对方回执…")))
        self.owed = QComboBox()
        self.owed.setAccessibleName(say(N_("已合并的数据包")))
        self.owed.setMinimumContentsLength(12)
        self.owed.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.write_receipt = QPushButton(look.icon("save"), say(N_("写回执…")))
        self.withdraw = QPushButton(say(N_("停用…")))
        set_role(self.withdraw, "danger")
        self._fingerprint = QLabel()
        self._fingerprint.setWordWrap(True)
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._fingerprint, "small")
        self.write.clicked.connect(self._write)
        self.read.clicked.connect(self._read)
        self.read_receipt.clicked.connect(self._read_receipt)
        self.write_receipt.clicked.connect(self._write_receipt)
        self.withdraw.clicked.connect(self._withdraw)
        label = QLabel(say(N_("为已合并的数据包写回执")))
        set_role(label, "label")
        self._arrange(
            (
                make_card(
                    say(N_("登记往来机构")),
                    say(N_("互换登记表并电话核对指纹，此后才合并对方的数据包。每家机构一次；更换机器后重新登记。")),
                    (self.write, self.read),
                ),
                make_card(
                    say(N_("收发回执")),
                    say(N_("对方合并后交回的回执：读入后，下一次导出只含对方尚未收到的记录；拒收的逐条列出。")),
                    (self.read_receipt, label, self.owed, self.write_receipt),
                ),
            ),
            (self._split(),),
        )
        self._refresh()

    def _split(self) -> QSplitter:
        say = self._say
        heads = (
            Head(say(N_("代码")), 98),
            Head(say(N_("机构"))),
            Head(say(N_("层级")), 82),
            Head(say(N_("最近往来")), 86),
            Head(say(N_("状态")), 62),
        )
        self.list = TableModel(heads)
        self.table = Table(self.list, say(N_("往来机构")), [head.width for head in heads])
        self.list.setParent(self.table)
        self.table.selectionModel().selectionChanged.connect(self._refresh)
        above, below = QWidget(), QWidget()
        bar = QHBoxLayout()
        bar.addWidget(self._heading(N_("往来机构")))
        bar.addStretch(1)
        bar.addWidget(self.withdraw)
        box = QVBoxLayout(above)
        box.setContentsMargins(0, 0, 0, 6)
        box.addLayout(bar)
        box.addWidget(self.table)
        box.addWidget(self._fingerprint)
        box = QVBoxLayout(below)
        box.setContentsMargins(0, 6, 0, 0)
        for part in (self._heading(N_("缺号与异常")), self.under_way, self.report):
            box.addWidget(part)
        split = QSplitter()
        split.setOrientation(split.orientation().Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setChildrenCollapsible(False)
        split.setSizes([300, 240])
        return split

    def showEvent(self, event: QShowEvent) -> None:
        """Look anew."""
        super().showEvent(event)
        self._look()

    def _look(self, then: Sequence[Sentence] = ()) -> None:
        desk = self._context.desk
        self._context.store.ask(
            lambda: _Found(desk.partners.all(), desk.receipts.owed(), desk.packages.troubles()),
            lambda found: self._show_found(found, then),
            owner=self,
        )

    def _show_found(self, found: _Found, told: Sequence[Sentence]) -> None:
        say = self._say
        self._partners = found.partners
        self.list.show_rows(
            [
                (
                    partner.office,
                    partner.name,
                    say.read(partner.level_label()),
                    partner.last[:10] or "—",
                    say(N_("往来中")) if partner.withdrawn is None else say(N_("已停用")),
                )
                for partner in found.partners
            ]
        )
        newest, chosen = self.owed.itemData(0), self.owed.currentData()
        self.owed.clear()
        for owed in found.owed:
            self.owed.addItem(say.read(owed.sentence()), owed.package)
        come = self.owed.itemData(0) != newest  # one that was merged since is what a receipt is wanted for
        self.owed.setCurrentIndex(0 if come else max(0, self.owed.findData(chosen)))
        nothing = [Sentence(N_("没有缺号，没有异常。"))]
        self._show([*told, *(list(found.troubles.sentences()) or ([] if told else nothing))])
        self._refresh()

    # Work -----------------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        desk = self._context.desk
        path = self._ask_where(f"{self._say(N_('登记表'))}-{desk.office.code}.xlsx")
        if path is not None:
            self._do(lambda: desk.partners.write_enrolment(path), lambda said: self._look([said]))

    def _read(self) -> None:
        path = self._ask_which(N_("选择登记表"))
        if path is not None:
            self.enrol(path)

    def enrol(self, path: Path) -> None:
        """Show whose key is in an enrolment workbook, and enrol it once it was compared."""
        partners = self._context.desk.partners

        def read() -> tuple[Enrolment, Sentence | None]:
            enrolment = partners.read_enrolment(path)
            return enrolment, partners.unfit(enrolment.public_key, enrolment.office)

        self._do(read, lambda found: self._ask_to_enrol(*found))

    def _ask_to_enrol(self, enrolment: Enrolment, doubt: Sentence | None) -> None:
        dialog = EnrolDialog(self, self._say, enrolment, doubt)
        dialog.setModal(True)
        dialog.accepted.connect(lambda: self._enrol(enrolment, replace=dialog.replace.isChecked()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _enrol(self, enrolment: Enrolment, *, replace: bool) -> None:
        partners = self._context.desk.partners
        self._do(
            lambda: partners.enrol(enrolment, enrolment.fingerprint, replace=replace),
            lambda partner: self._changed(Sentence(N_("已登记 {name}"), name=partner.name)),
        )

    def _withdraw(self) -> None:
        partner = self._selected()
        if partner is None:
            return
        why = reason.ask(
            self,
            self._say,
            title=self._say(N_("停用往来机构")),
            asked=self._say(N_("为何停用 {name} 的公钥？"), name=partner.name),
            hint=self._say(N_("此后不再接收其数据包和回执；已收的记录不变。恢复往来须重新登记。")),
        )
        if why is not None:
            partners = self._context.desk.partners
            self._do(
                lambda: partners.withdraw(partner.fingerprint, why),
                lambda gone: self._changed(Sentence(N_("已停用 {name} 的公钥"), name=gone.name)),
            )

    def _changed(self, said: Sentence) -> None:
        self._context.tell(self._say.read(said), Level.GOOD)
        self._look()

    def _read_receipt(self) -> None:
        path = self._ask_which(N_("选择回执"))
        if path is not None:
            self.acknowledge(path)

    def acknowledge(self, path: Path) -> None:
        """Read a partner's receipt and show what it says."""
        receipts = self._context.desk.receipts
        self._do(lambda: receipts.read(path), self._show_acknowledged)

    def _show_acknowledged(self, acknowledged: Acknowledged) -> None:
        self._context.tell(self._say(N_("已读入 {name} 的回执"), name=acknowledged.receipt.name), Level.GOOD)
        self._look(list(acknowledged.sentences()))

    def _write_receipt(self) -> None:
        receipts, digest = self._context.desk.receipts, self.owed.currentData()
        if not digest:
            return
        path = self._ask_where(receipts.name(digest))
        if path is not None:
            self._do(lambda: receipts.write(path, digest), lambda said: self._look([said]))

    def _selected(self) -> Partner | None:
        rows = self.table.selectionModel().selectedRows()
        return self._partners[rows[0].row()] if rows else None

    def _refresh(self) -> None:
        free, partner = not self._busy, self._selected()
        for button in (self.write, self.read, self.read_receipt):
            button.setEnabled(free)
        self.owed.setEnabled(free and self.owed.count() > 0)
        self.write_receipt.setEnabled(free and self.owed.count() > 0)
        told = N_("{name} 的公钥指纹：{fingerprint}")
        shown = "" if partner is None else self._say(told, name=partner.name, fingerprint=partner.fingerprint)
        self._fingerprint.setText(shown)
        self._fingerprint.setVisible(bool(shown))
        self.withdraw.setEnabled(free and partner is not None and partner.withdrawn is None)
