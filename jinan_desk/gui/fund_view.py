"""资金台账: what each fund was given for a year, what of it was granted and paid, what is left; and the entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import compact
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.gui.table import Head, Table, TableModel, Value
from jinan_desk.services.funds import ENTRY_LABELS, HEADS, Entry, FundEntry, FundYear, fund_names, rows_of

_TALL, _LOW, _LEAST_ENTRIES = 400, 150, 96
_YEAR = re.compile("[0-9]{4}")
_WIDTHS = (118, 54, 118, 118, 118, 104, 110, 118)
_ENTRY_HEADS = (
    (N_("种类"), 90, False), (N_("资金"), 220, False), (N_("金额（元）"), 130, True), (N_("依据的文件"), 0, False),
    (N_("经办人"), 90, False), (N_("录入时间"), 150, False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of one year, and the years there are to choose from."""

    year: int
    years: Sequence[int]
    ledger: Sequence[FundYear]
    entries: Sequence[FundEntry]


class FundView(QWidget):
    """A year at a time: the ledger above, the entries it rests on below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self.year = QComboBox()
        self.year.setAccessibleName(say(N_("年度")))
        self.year.activated.connect(lambda index: self._read(self.year.itemData(index)))
        heads = [Head(say(N_("资金、事项（元）")))]
        heads += [Head(say(head), width, numeric=True) for head, width in zip(HEADS, _WIDTHS, strict=True)]
        self.model = TableModel(heads)
        self.table = Table(self.model, say(N_("资金台账")), [head.width for head in heads])
        self.model.setParent(self.table)
        self.entries = TableModel([Head(say(title), width, numeric) for title, width, numeric in _ENTRY_HEADS])
        lower = Table(self.entries, say(N_("预算和追回记录")), [width for _, width, _ in _ENTRY_HEADS])
        self.entries.setParent(lower)
        lower.setMinimumHeight(_LEAST_ENTRIES)
        self.over = QLabel()
        self.over.setWordWrap(True)
        set_role(self.over, "caution")
        self.nothing = EvenLabel(say(N_("这一年还没有录入预算。录入以后，审批超出结余时会先提醒。")))
        set_role(self.nothing, "muted")
        note = EvenLabel(
            say(N_("按审批日期计入年度，已拨付按拨付日期；结余为预算减已审批、加追回到账；转办的不计入。"))
        )
        set_role(note, "small")
        below = QWidget()
        under = QVBoxLayout(below)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(6)
        heading = QLabel(say(N_("预算和追回记录")))
        set_role(heading, "heading")
        for part in (heading, self.nothing, lower):
            under.addWidget(part)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(below)
        parts.setStretchFactor(0, 5)
        parts.setStretchFactor(1, 2)
        parts.setSizes([_TALL, _LOW])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(self._make_top())
        box.addWidget(self.over)
        box.addWidget(parts, 1)
        box.addWidget(note)
        context.bus.cases_changed.connect(self._read_if_seen)

    def _make_top(self) -> QHBoxLayout:
        say, look = self._say, self._context.look
        label = QLabel(say(N_("年度")))
        label.setBuddy(self.year)
        self.add = QPushButton(look.icon("new"), say(N_("录入预算或追回…")))
        self.add.clicked.connect(lambda checked: self.ask_entry())
        self.export = QPushButton(look.icon("export", "on_accent"), say(N_("导出资金台账…")))
        set_role(self.export, "primary")
        self.export.clicked.connect(lambda checked: self._ask_where())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.year)
        row.addStretch(1)
        row.addWidget(self.add)
        row.addWidget(self.export)
        return row

    @property
    def chosen(self) -> int:
        """The year that is shown; this one where none has been yet."""
        year = self.year.currentData()
        return self._context.desk.today().year if year is None else int(year)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read(self.year.currentData())

    def _read_if_seen(self) -> None:
        if self.isVisible():
            self._read(self.chosen)

    def _read(self, wanted: int | None) -> None:
        """Read the wanted year; without one, the latest that has anything."""
        context, this = self._context, self._context.desk.today().year

        def read() -> _Found:
            funds = context.desk.funds
            years = funds.years()
            year = wanted or next(iter(years), this)
            entries = [entry for entry in reversed(funds.entries()) if entry.year == year]  # the new one is seen
            return _Found(year, sorted({*years, year, this}, reverse=True), funds.ledger(year), entries)

        context.store.ask(read, self._show, owner=self)

    def _show(self, found: _Found) -> None:
        ledger, entries = found.ledger, found.entries
        self.year.clear()
        for one in found.years:
            self.year.addItem(str(one), one)
        self.year.setCurrentIndex(self.year.findData(found.year))
        rows: list[Sequence[Value]] = []
        wholes = []
        for fund in ledger:
            wholes.append(len(rows))
            for place, (label, *numbers) in enumerate(rows_of(fund)):
                name = self._say.read(label)
                rows.append((f"　{name}" if place else name, *self._cells(numbers)))
        self.model.show_rows(rows, totals=wholes)
        self.entries.show_rows([self._entry_cells(entry) for entry in entries])
        self.nothing.setVisible(not entries)
        over = [fund for fund in ledger if fund.left is not None and fund.left < 0]
        words = N_("“{fund}”已审批的超出预算 {amount} 元")
        told = [self._say(words, fund=self._say(fund.fund), amount=figures(-(fund.left or 0))) for fund in over]
        self.over.setText("\n".join(told))
        self.over.setVisible(bool(told))

    def _cells(self, numbers: Sequence[int | None]) -> tuple[Value, ...]:
        budget, cases, *amounts = numbers
        return (_figures(budget), cases, *map(_figures, amounts))

    def _entry_cells(self, entry: FundEntry) -> tuple[Value, ...]:
        kind = self._say(ENTRY_LABELS[entry.kind])
        at = local_time(entry.at)
        return kind, self._say(entry.fund), figures(entry.amount), entry.source, entry.by, at

    # Entries ----------------------------------------------------------------------------------------------------------

    def ask_entry(self) -> EntryDialog:
        """Ask for a budget, a cut, or money that has come back."""
        dialog = EntryDialog(self.chosen, self._context, self.window())
        dialog.made.connect(lambda: self._read(dialog.kept_year))
        dialog.open()
        return dialog

    # A workbook -------------------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        proposed = f"{self._say(N_('资金台账'))}-{self._context.desk.office.code}-{self.chosen}.xlsx"
        path = ask_target(self, self._say(N_("另存为")), proposed, WORKBOOK)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the ledger of the year that is shown into a workbook."""
        context, year, translate = self._context, self.chosen, self._say.translate

        def told(_nothing: None) -> None:
            context.tell(self._say(N_("{year} 年资金台账已存为 {name}"), year=year, name=path.name), Level.GOOD)

        context.store.ask(lambda: context.desk.funds.write(year, path, translate), told, owner=self)


def _figures(fen: int | None) -> str:
    return "" if fen is None else figures(fen)


class EntryDialog(FormDialog):
    """One entry of the ledger."""

    made = Signal()

    def __init__(self, year: int, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            say(N_("录入预算或追回")),
            say(N_("每一笔都留存，不能删改；录错了再录一笔更正。追回到账按实际收到的金额录入。")),
            say(N_("录入")),
            context,
            parent,
        )
        self.resize(520, 330)
        self.kept_year = year
        self.kind, self.fund = QComboBox(), QComboBox()
        for kind, label in ENTRY_LABELS.items():
            self.kind.addItem(say(label), kind)
        for fund in fund_names():
            self.fund.addItem(say(fund), fund)
        self.year, self.amount, self.source = QLineEdit(str(year)), QLineEdit(), QLineEdit()
        self.amount.setPlaceholderText(say(N_("元，例如 1500000")))
        self.source.setPlaceholderText(say(N_("文件名称、文号和日期")))
        form = self.rows()
        for label, part in (
            (N_("种类"), self.kind), (N_("资金"), self.fund), (N_("年度"), self.year), (N_("金额（元）"), self.amount),
            (N_("依据的文件"), self.source),
        ):  # fmt: skip
            part.setAccessibleName(say(label))
            form.addRow(say(label), part)
        self.box.addStretch(1)
        self.amount.setFocus()

    def take(self) -> None:
        context = self._context
        kind, fund = Entry(self.kind.currentData()), str(self.fund.currentData())
        text, amount, source = compact(self.year.text()), self.amount.text(), self.source.text()
        year = int(text) if _YEAR.fullmatch(text) else 0
        self.ask(lambda: context.desk.funds.enter(kind, fund, year, amount=amount, source=source), self._made)

    def _made(self, entry: FundEntry) -> None:
        self.kept_year = entry.year
        words = N_("已录入{kind} {amount} 元")
        told = self._say(words, kind=self._say(ENTRY_LABELS[entry.kind]), amount=figures(entry.amount))
        self._context.tell(told, Level.GOOD)
        self.made.emit()
        self.accept()
