"""Cases as a table that fetches its rows page by page from the store's thread."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.measure import ROUTE_LABELS, Programme, Route
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.history import local_time
from jinan_desk.gui.look import VERDICT_COLOURS, VERDICT_ICONS
from jinan_desk.measures import find
from jinan_desk.services.listing import CaseFilter, CaseRow

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
_PATIENCE = 180

APPLICANT, PROGRAMME, OUTCOME, AMOUNT, STAGE, NUMBER, DISTRICT, ON, DUE, UPDATED = range(10)
_HEADS = {
    APPLICANT: (N_("申请人"), 200), PROGRAMME: (N_("事项"), 172), OUTCOME: (N_("认定"), 84),
    AMOUNT: (N_("金额（元）"), 106), STAGE: (N_("阶段"), 76), NUMBER: (N_("编号"), 222), DISTRICT: (N_("区县"), 64),
    ON: (N_("申请日期"), 90), DUE: (N_("办理期限"), 90), UPDATED: (N_("最近办理"), 150),
}  # fmt: skip
_LEAST_NAME = 180


class CaseModel(QAbstractTableModel):
    """The cases that fit a filter, the last worked on first."""

    counted = Signal(int)
    """How many cases fit, all pages counted."""

    def __init__(self, context: Context, parent: QWidget, *, hidden: tuple[int, ...] = ()) -> None:
        super().__init__(parent)
        self._context = context
        self._say = context.say
        self._columns = [column for column in _HEADS if column not in hidden]
        self._wanted = CaseFilter()
        self._rows: list[CaseRow] = []
        self._asked = 0
        self._complete = True
        self._icons = {
            outcome: context.look.icon(name, VERDICT_COLOURS[outcome]) for outcome, name in VERDICT_ICONS.items()
        }
        self._bold = QFont(QGuiApplication.font())
        self._bold.setBold(True)

    @property
    def wanted(self) -> CaseFilter:
        return self._wanted

    def show_cases(self, wanted: CaseFilter) -> None:
        """Show the cases that fit; what is shown stays until the first page is there."""
        self._wanted = wanted
        self._asked += 1
        asked = self._asked
        cases = self._context.desk.cases

        def first_page() -> tuple[list[CaseRow], int]:
            return cases.rows(wanted, limit=PAGE), cases.count(wanted)

        def show(result: tuple[list[CaseRow], int]) -> None:
            if asked != self._asked:
                return
            rows, count = result
            self.beginResetModel()
            self._rows = rows
            self._complete = len(rows) < PAGE
            self.endResetModel()
            self.counted.emit(count)

        self._context.store.ask(first_page, show, owner=self)

    def row(self, number: int) -> CaseRow:
        return self._rows[number]

    def column(self, section: int) -> int:
        """What a section of the table shows."""
        return self._columns[section]

    def width(self, section: int) -> int:
        return _HEADS[self._columns[section]][1]

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        self._complete = True  # until the page is there, so that it is asked for once
        asked, wanted, after = self._asked, self._wanted, self._rows[-1]
        cases = self._context.desk.cases

        def add(rows: list[CaseRow]) -> None:
            if asked != self._asked or not rows:
                return
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
            self._complete = len(rows) < PAGE

        self._context.store.ask(lambda: cases.rows(wanted, after=after, limit=PAGE), add, owner=self)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._say(_HEADS[self._columns[section]][0])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self._columns[section] == AMOUNT else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (APPLICANT, PROGRAMME, NUMBER):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == AMOUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if column == OUTCOME and not is_record(row.programme):
            outcome = Outcome(row.outcome)
            if role == Qt.ItemDataRole.DecorationRole:
                return self._icons[outcome]
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._context.look.verdict(outcome)
        if column == APPLICANT and role == Qt.ItemDataRole.FontRole and row.conflict:
            return self._bold
        return None

    def _text(self, row: CaseRow, column: int) -> str:
        if column == APPLICANT:
            name = row.applicant or self._say(N_("（未填写）"))
            return self._say(N_("{name}（有冲突）"), name=name) if row.conflict else name
        if column == PROGRAMME:
            return programme_name(row.programme, self._context)
        if column == OUTCOME:
            label = ROUTE_LABELS[Route.SERVE] if is_record(row.programme) else OUTCOME_LABELS[Outcome(row.outcome)]
            return self._say(label)
        if column == AMOUNT:
            return "" if row.amount is None or row.outcome == Outcome.INELIGIBLE else figures(row.amount)
        if column == STAGE:
            return self._say(STAGE_LABELS[Stage(row.stage)])
        if column == NUMBER:
            return row.number
        if column == DISTRICT:
            return DISTRICTS[row.district].name if row.district in DISTRICTS else ""
        if column == UPDATED:
            return f"{local_time(row.updated_at)[:10]}　{row.updated_by}"
        return row.on if column == ON else row.due_on


def programme_name(code: str, context: Context) -> str:
    """`02B 一次性吸纳就业补贴`; the code alone for a programme this version does not have."""
    programme = _programme(code)
    return f"{code} {context.say(programme.name)}" if programme is not None else code


def is_record(code: str) -> bool:
    """Whether the programme's cases are records of a service, about which nothing is decided."""
    programme = _programme(code)
    return programme is not None and programme.route is Route.SERVE


@cache
def _programme(code: str) -> Programme | None:
    pair = find(code)
    return pair[1] if pair is not None else None


class CaseTable(QTableView):
    """The table of a case model; Enter or a double click opens a case."""

    opened = Signal(str)

    def __init__(self, model: CaseModel, context: Context) -> None:
        super().__init__()
        self._cases = model
        self.setModel(model)
        self.setAccessibleName(context.say(N_("办件列表")))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(32)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for section in range(model.columnCount()):
            self.setColumnWidth(section, model.width(section))
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row(index.row()).case))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The applicant's name gets the room that the others leave."""
        super().resizeEvent(event)
        others = sum(self.columnWidth(section) for section in range(1, self._cases.columnCount()))
        self.setColumnWidth(0, max(_LEAST_NAME, self.viewport().width() - others))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self._cases.row(self.currentIndex().row()).case)
        else:
            super().keyPressEvent(event)


class CaseList(QWidget):
    """A table of cases with a line that says how many there are, or what to do where there is none."""

    opened = Signal(str)

    def __init__(self, context: Context, *, hidden: tuple[int, ...] = (), nothing: str) -> None:
        super().__init__()
        self._say = context.say
        self.model = CaseModel(context, self, hidden=hidden)
        self.table = CaseTable(self.model, context)
        self._wanted = CaseFilter()
        self._nothing = QLabel(nothing, self.table)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        set_role(self._nothing, "muted")
        over = QVBoxLayout(self.table)
        over.addWidget(self._nothing)
        self._count = QLabel()
        set_role(self._count, "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.table, 1)
        box.addWidget(self._count)
        self.table.opened.connect(self.opened)
        self.model.counted.connect(self._show_count)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PATIENCE)
        self._typing.timeout.connect(self.refresh)
        context.bus.cases_changed.connect(self._refresh_if_seen)
        self._stale = True

    @property
    def wanted(self) -> CaseFilter:
        return self._wanted

    def want(self, **changes: Any) -> None:
        """Narrow or widen what is shown."""
        self._wanted = replace(self._wanted, **changes)
        self.refresh()

    def search(self, text: str) -> None:
        """Look for a text; while somebody types, the store is left in peace."""
        self._wanted = replace(self._wanted, text=text.strip())
        self._typing.start()

    def refresh(self) -> None:
        self._stale = False
        self.model.show_cases(self._wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _show_count(self, count: int) -> None:
        self._nothing.setVisible(count == 0)
        self._count.setText(self._say(N_("共 {count} 件，双击或按回车打开"), count=count) if count else "")
