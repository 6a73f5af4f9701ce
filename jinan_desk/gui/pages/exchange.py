"""数据交换: packages out and in, the ledger. What came of it is shown in the page, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.conflict_panel import ConflictPanel
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.services.packages import Merged, Written

T = TypeVar("T")

_WORKBOOK = "Excel (*.xlsx)"


class ExchangePage(QWidget):
    """Three cards and the report."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self._say = context.say
        self._inspected: tuple[Path, Merged] | None = None
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self._say(N_("结果")))
        self.report.setPlaceholderText(self._say(N_("导出、检查和合并的结果显示在这里。")))
        cards = QVBoxLayout()
        cards.setSpacing(12)
        for card in (self._export_card(), self._merge_card(), self._ledger_card()):
            cards.addWidget(card)
        cards.addStretch(1)
        result = QLabel(self._say(N_("结果")))
        set_role(result, "heading")
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(result)
        right.addWidget(self.report, 1)
        packages_tab = QWidget()
        row = QHBoxLayout(packages_tab)
        row.setContentsMargins(16, 14, 16, 12)
        row.setSpacing(16)
        row.addLayout(cards, 4)
        row.addLayout(right, 5)
        self.conflicts = ConflictPanel(context)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("chapter")
        self.tabs.addTab(packages_tab, self._say(N_("数据包和台账")))
        self.tabs.addTab(self.conflicts, self._say(N_("冲突")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)
        packages = context.desk.packages
        context.store.ask(packages.fingerprint, self._show_fingerprint, owner=self)
        self._forget()

    def show_conflict(self, case: str) -> None:
        """Show the sides of this case in conflict; "" for the first there is."""
        self.tabs.setCurrentWidget(self.conflicts)
        self.conflicts.show_case(case)

    # Cards ----------------------------------------------------------------------------------------------------------

    def _export_card(self) -> QFrame:
        say = self._say
        self.export = QPushButton(self._context.look.icon("export", "on_accent"), say(N_("导出数据包…")))
        set_role(self.export, "primary")
        self.everything = QCheckBox(say(N_("导出全部记录（对方从未收到过，或数据有缺时）")))
        self._fingerprint = QLabel()
        self._fingerprint.setWordWrap(True)
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._fingerprint, "small")
        self.export.clicked.connect(self._export)
        about = N_("签名的 Excel 工作簿，含对方尚未确认收到的全部记录。存入 U 盘交上级或其他机构合并。")
        return self._card(N_("导出"), about, (self.everything, self.export, self._fingerprint))

    def _merge_card(self) -> QFrame:
        say = self._say
        self.choose = QPushButton(self._context.look.icon("import"), say(N_("选择数据包并检查…")))
        self.trust = QCheckBox(say(N_("已与对方电话核对指纹，相符")))
        self.merge = QPushButton(say(N_("合并")))
        set_role(self.merge, "primary")
        self._chosen = QLineEdit()
        self._chosen.setReadOnly(True)
        self._chosen.setAccessibleName(say(N_("数据包")))
        self._chosen.setPlaceholderText(say(N_("尚未选择")))
        self.choose.clicked.connect(self._choose)
        self.merge.clicked.connect(self._merge)
        self.trust.toggled.connect(self._refresh)
        about = N_("先检查签名和内容，报告将新增、已有和冲突的件数，不改动任何数据；确认后一次合并。")
        return self._card(N_("合并"), about, (self.choose, self._chosen, self.trust, self.merge))

    def _ledger_card(self) -> QFrame:
        self.ledger = QPushButton(self._context.look.icon("table"), self._say(N_("导出台账…")))
        self.ledger.clicked.connect(self._ledger)
        return self._card(N_("台账"), N_("全部办件的台账和汇总，Excel 工作簿。"), (self.ledger,))

    def _card(self, title: str, about: str, parts: Sequence[QWidget]) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        heading = QLabel(self._say(title))
        set_role(heading, "heading")
        text = QLabel(self._say(about))
        text.setWordWrap(True)
        set_role(text, "muted")
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 14)
        box.setSpacing(8)
        box.addWidget(heading)
        box.addWidget(text)
        for part in parts:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0)
            box.addWidget(part, 0, side)
        return card

    # Work -----------------------------------------------------------------------------------------------------------

    def _export(self) -> None:
        path = self._ask_where(N_("数据包"))
        if path is not None:
            everything, packages = self.everything.isChecked(), self._context.desk.packages
            self._do(lambda: packages.export(path, everything=everything), self._show_written)

    def _ledger(self) -> None:
        path = self._ask_where(N_("台账"))
        if path is not None:
            packages = self._context.desk.packages
            self._do(lambda: packages.ledger(path), self._show_written)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._say(N_("选择数据包")), "", _WORKBOOK)
        if chosen:
            self.inspect(Path(chosen))

    def inspect(self, path: Path) -> None:
        """Check a package and report what merging it would come to; nothing is changed."""
        self._forget()
        packages = self._context.desk.packages
        self._do(lambda: packages.inspect(path), lambda merged: self._show_inspected(path, merged))

    def _merge(self) -> None:
        if self._inspected is None:
            return
        path, seen = self._inspected
        trust = seen.fingerprint if self.trust.isChecked() else ""
        packages = self._context.desk.packages
        self._do(lambda: packages.merge(path, trust=trust), self._show_merged)

    def _ask_where(self, what: str) -> Path | None:
        office = self._context.desk.office
        today: date = self._context.desk.today()
        proposed = f"{self._say(what)}-{office.code}-{today:%Y%m%d}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, self._say(N_("另存为")), proposed, _WORKBOOK)
        return Path(chosen).with_suffix(".xlsx") if chosen else None

    def _do(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Hand work to the store; the report says that it goes on, and what came of it."""
        self._set_enabled(False)
        self.report.setPlainText(self._say(N_("正在处理…")))

        def done(result: T) -> None:
            self._set_enabled(True)
            then(result)

        def failed(error: Exception) -> None:
            self._set_enabled(True)
            if not isinstance(error, DeskError):
                self.report.clear()
                raise error
            self.report.setPlainText(error.read(self._say.translate))
            self._context.refuse(error)

        self._context.store.ask(work, done, owner=self, failed=failed)

    # Reports --------------------------------------------------------------------------------------------------------

    def _show_written(self, written: Written) -> None:
        self._show(written.sentences())
        self._context.tell(self._say(N_("已存为 {name}"), name=written.path.name), Level.GOOD)

    def _show_inspected(self, path: Path, merged: Merged) -> None:
        self._inspected = (path, merged)
        self._chosen.setText(path.name)
        self.trust.setVisible(not merged.trusted)
        self._show(merged.sentences())
        self._refresh()

    def _show_merged(self, merged: Merged) -> None:
        self._forget()
        self._show(merged.sentences())
        self._context.tell(self._say(N_("已合并来自 {name} 的数据包"), name=merged.name), Level.GOOD)
        self._context.bus.cases_changed.emit()

    def _show(self, sentences: Iterable[Sentence]) -> None:
        self.report.setPlainText("\n".join(self._say.read(sentence) for sentence in sentences))

    def _show_fingerprint(self, fingerprint: str) -> None:
        self._fingerprint.setText(self._say(N_("本机构公钥指纹：{fingerprint}"), fingerprint=fingerprint))

    def _forget(self) -> None:
        self._inspected = None
        self._chosen.clear()
        self.trust.setChecked(False)
        self.trust.hide()
        self._refresh()

    def _refresh(self) -> None:
        seen = self._inspected
        self.merge.setEnabled(seen is not None and (seen[1].trusted or self.trust.isChecked()))

    def _set_enabled(self, enabled: bool) -> None:
        for button in (self.export, self.choose, self.ledger):
            button.setEnabled(enabled)
        if enabled:
            self._refresh()
        else:
            self.merge.setEnabled(False)
