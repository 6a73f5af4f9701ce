"""Packages in: looked at first, merged after, a receipt for the sender; cells changed by hand taken over one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.card import make_card
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.correction_model import WIDTHS, CorrectionModel
from jinan_desk.gui.exchange_panel import ExchangePanel
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.cases import CaseView
from jinan_desk.services.corrections import Offer
from jinan_desk.services.handed_down import NOTHING
from jinan_desk.services.packages import COUNTS, Merged, Package, PasswordError, StrangerError


@dataclass(frozen=True, slots=True)
class _Seen:
    """A package that was read, what merging it comes to or came to, and what was changed in it by hand."""

    path: Path
    package: Package
    merged: Merged
    offers: list[Offer]


class MergePanel(ExchangePanel):
    """Choose, look, merge; then the receipt."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, look = self._say, context.look
        self._seen: _Seen | None = None
        self._path: Path | None = None
        self._stranger = ""
        self.choose = QPushButton(look.icon("import"), say(N_("选择数据包并检查…")))
        self._chosen = QLineEdit()
        self._chosen.setReadOnly(True)
        self._chosen.setAccessibleName(say(N_("数据包")))
        self._chosen.setPlaceholderText(say(N_("尚未选择")))
        self.password = PasswordBox(say)
        self.open = QPushButton(say(N_("用此密码打开")))
        self.trust = QCheckBox(say(N_("已与对方电话核对指纹，相符")))
        self.merge = QPushButton(say(N_("合并")))
        set_role(self.merge, "primary")
        self.receipt = QPushButton(look.icon("save"), say(N_("写回执…")))
        self.conflicts = QPushButton(say(N_("查看冲突")))
        set_role(self.conflicts, "link")
        for button in (self.merge, self.receipt):
            button.setAutoDefault(True)  # Enter presses it where it has the focus, which it is given in its turn
        self.choose.clicked.connect(self._choose)
        self.open.clicked.connect(self._open)
        self.password.entered.connect(self._open)
        self.password.changed.connect(self._refresh)
        self.trust.toggled.connect(self._trust)
        context.bus.handler_changed.connect(lambda: self.trust.setChecked(False))  # who compared it was somebody else
        self.merge.clicked.connect(self._merge)
        self.receipt.clicked.connect(self._write_receipt)
        self.conflicts.clicked.connect(lambda: context.bus.conflict_wanted.emit(""))
        self._arrange(
            (
                make_card(
                    say(N_("合并数据包")),
                    say(N_("先检查签名和内容，报告将新增、已有和冲突的件数，不改动任何数据；确认后一次合并。")),
                    (
                        self.choose, self._chosen, self.password, self.open, self.trust, self.merge, self.under_way,
                        self.receipt, self.conflicts,
                    ),
                ),
            ),
            (self._heading(N_("结果")), self._count_table(), self._split()),
        )  # fmt: skip
        self._forget()

    def _count_table(self) -> Table:
        first = next(iter(COUNTS))  # which takes the rest: the numbers stand evenly apart
        heads = [Head(self._say(label), 0 if key == first else 80, numeric=True) for key, label in COUNTS.items()]
        self.counts = TableModel(heads)
        table = Table(self.counts, self._say(N_("检查或合并的件数")), [head.width for head in heads])
        self.counts.setParent(table)
        table.setFixedHeight(66)
        return table

    def _split(self) -> QSplitter:
        say = self._say
        self.report.setPlaceholderText(say(N_("来源、拒收的记录、冲突和缺号显示在这里。")))
        self.corrections = CorrectionModel(say, self)
        table = Table(self.corrections, say(N_("被手工改动的单元格")), WIDTHS)
        table.setMinimumHeight(74)
        self.report.setMinimumHeight(44)
        self.take_over = QPushButton(say(N_("把勾选的改动采纳为更正")))
        self.take_over.clicked.connect(self._take_over)
        self.corrections.ticked.connect(self._refresh)
        about = QLabel(say(N_("未经对方签名，合并时不采用；合并后可逐格采纳，记在您名下。")))
        about.setWordWrap(True)
        set_role(about, "muted")
        self._changed = QWidget()
        box = QVBoxLayout(self._changed)
        box.setContentsMargins(0, 6, 0, 0)
        for part in (self._heading(N_("手工改动")), about, table):
            box.addWidget(part)
        box.addWidget(self.take_over, 0, Qt.AlignmentFlag.AlignLeft)
        split = QSplitter()
        split.setOrientation(split.orientation().Vertical)
        split.addWidget(self.report)
        split.addWidget(self._changed)
        split.setChildrenCollapsible(False)
        split.setSizes([200, 300])
        return split

    # Looking --------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self._ask_which(N_("选择数据包"))
        if path is not None:
            self.inspect(path)

    def inspect(self, path: Path) -> None:
        """Check a package and report what merging it would come to; nothing is changed."""
        self._forget()
        self._path = path
        self._chosen.setText(path.name)
        self._look("")

    def _open(self) -> None:
        if self._path is not None and not self._busy and self.password.password:
            self._look(self.password.password)

    def _trust(self, compared: bool) -> None:
        """What is in a stranger's package is read once somebody has compared the fingerprint."""
        self._refresh()
        if compared and self._stranger and self._seen is None and not self._busy:
            self._look(self.password.password, self._stranger)

    def _look(self, password: str, trust: str = "") -> None:
        path, desk = self._path, self._context.desk
        assert path is not None
        tell = self.under_way.begin(self._say(N_("正在解密并核对…") if password else N_("正在核对…")))

        def look() -> _Seen:
            package = desk.packages.read(path, password=password, trust=trust, tell=tell)
            merged = desk.packages.look(package, tell=tell)
            return _Seen(path, package, merged, desk.corrections.offers(package))

        self._do(look, self._show_seen, refused=self._refused, can_cancel=True)

    def _refused(self, error: DeskError) -> None:
        """A package with a password asks for it, one of a stranger for a call; everything else is told."""
        told = error.read(self._say.translate)
        if isinstance(error, StrangerError):
            self._stranger = error.fingerprint
            self._hide_password()
            self.report.setPlainText(told)
            self.trust.show()
            self.trust.setFocus()
            return
        if isinstance(error, PasswordError):
            asked = self.password.isVisible()
            self.password.setVisible(True)
            self.open.setVisible(True)
            self.password.refuse(told if asked else "")
            self.report.setPlainText("" if asked else self._say(N_("数据包设有密码，请输入对方告知的密码。")))
            self.password.ask_again()
        else:
            self.report.setPlainText(told)
            self._context.refuse(error)

    # Merging --------------------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        seen, desk = self._seen, self._context.desk
        if seen is None:
            return
        trust = seen.merged.fingerprint if self.trust.isChecked() else ""
        tell = self.under_way.begin(self._say(N_("正在合并…")))

        def merge() -> _Seen:
            merged = desk.packages.take(seen.package, trust=trust, tell=tell)
            return _Seen(seen.path, seen.package, merged, desk.corrections.offers(seen.package))

        self._do(merge, self._show_merged, can_cancel=True)

    def _write_receipt(self) -> None:
        seen, receipts = self._seen, self._context.desk.receipts
        if seen is None:
            return
        path = self._ask_where(str(seen.path.with_name(receipts.name(seen.package.digest))))
        if path is not None:
            self.write_receipt(path)

    def write_receipt(self, path: Path) -> None:
        """Write the receipt for the package that was merged."""
        seen, receipts = self._seen, self._context.desk.receipts
        if seen is not None:
            what = self._say(N_("正在写回执…"))
            self._do(lambda: receipts.write(path, seen.package.digest), self._tell_receipt, what=what)

    def _tell_receipt(self, sentence: Sentence) -> None:
        self._context.tell(self._say.read(sentence), Level.GOOD)

    def _take_over(self) -> None:
        seen, desk, chosen = self._seen, self._context.desk, self.corrections.chosen()
        if seen is None or not chosen:
            return

        def take() -> tuple[list[CaseView], list[Offer]]:
            taken = desk.corrections.take(seen.package, chosen)
            return taken, desk.corrections.offers(seen.package)

        self._do(take, lambda found: self._show_taken(*found))

    # What is shown --------------------------------------------------------------------------------------------------

    def _show_seen(self, seen: _Seen) -> None:
        self._hide_password()
        self.password.clear()
        self._seen = seen
        self._show_report(seen)
        self.trust.setVisible(not seen.merged.trusted)
        self._refresh()
        self.merge.setFocus()

    def _hide_password(self) -> None:
        for part in (self.password, self.open):
            part.hide()

    def _show_merged(self, seen: _Seen) -> None:
        self._seen = seen
        self.trust.hide()
        self._show_report(seen)
        self._refresh()
        self.receipt.setFocus()
        self._context.tell(self._say(N_("已合并来自 {name} 的数据包"), name=seen.merged.name), Level.GOOD)
        self._context.bus.cases_changed.emit()
        if seen.merged.handed_down != NOTHING:
            self._context.bus.parameters_changed.emit()

    def _show_taken(self, taken: list[CaseView], offers: list[Offer]) -> None:
        self.corrections.show_offers(offers)
        self._context.tell(self._say(N_("已更正 {count} 个办件"), count=len(taken)), Level.GOOD)
        self._context.bus.cases_changed.emit()

    def _show_report(self, seen: _Seen) -> None:
        self.counts.show_rows([tuple(seen.merged.counts()[key] for key in COUNTS)])
        self._show(_told(seen.merged))
        self.corrections.show_offers(seen.offers)
        self._changed.setVisible(bool(seen.offers))

    def _forget(self) -> None:
        self._seen = self._path = None
        self._stranger = ""
        self._chosen.clear()
        self.trust.setChecked(False)
        for part in (self.trust, self.password, self.open, self._changed):
            part.hide()
        self.password.clear()
        self.report.clear()
        self.counts.show_rows(())
        self.corrections.show_offers(())
        self._refresh()

    def _refresh(self) -> None:
        seen, free = self._seen, not self._busy
        merged = seen is not None and not seen.merged.dry_run
        may = seen is not None and (seen.merged.trusted or self.trust.isChecked())
        self.choose.setEnabled(free)
        self.trust.setEnabled(free)
        self.open.setEnabled(free and bool(self.password.password))
        self.merge.setEnabled(free and may and not merged)
        self.receipt.setVisible(merged)
        self.receipt.setEnabled(free)
        self.conflicts.setVisible(merged and seen is not None and bool(seen.merged.received.conflicts))
        self.take_over.setEnabled(free and merged and bool(self.corrections.chosen()))


def _told(merged: Merged) -> Iterator[Sentence]:
    """The report without the cells, which stand in a table of their own."""
    return merged.sentences(cells=False)
