"""主体: the units and people that cases have named, and all cases of the one under the cursor.

Numbers are masked; each row can be unmasked by itself, and is masked again when the list is another one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_
from jinan_desk.gui import case_model
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.segments import Segments
from jinan_desk.gui.table import Table
from jinan_desk.services.parties import Party, cases_of

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
_PATIENCE = 180
_HEADS = ((N_("名称"), 0), (N_("证件号码"), 190), ("", 70), (N_("办件"), 70), (N_("最近办理"), 110))
NAME, NUMBER, UNMASK, CASES, UPDATED = range(5)


class PartyModel(QAbstractTableModel):
    """Units or people with a text in their names, fetched page by page."""

    fetched = Signal()
    """The first page is there, or another one."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._say = context.say
        self._people = False
        self._text = ""
        self._rows: list[Party] = []
        self._unmasked: set[int] = set()
        self._complete = True
        self._asked = 0

    def show_parties(self, text: str, *, people: bool) -> None:
        """Show units or people; what is shown stays until the first page is there."""
        self._text, self._people = text, people
        self._asked += 1
        self._ask(None, self._show)

    def _ask(self, after: Party | None, then: Callable[[list[Party]], None]) -> None:
        asked, context, text, people = self._asked, self._context, self._text, self._people

        def read() -> list[Party]:
            parties = context.desk.parties
            return (parties.people if people else parties.units)(text, after=after, limit=PAGE)

        def show(rows: list[Party]) -> None:
            if asked == self._asked:
                then(rows)
                self.fetched.emit()

        context.store.ask(read, show, owner=self)

    def _show(self, rows: list[Party]) -> None:
        self.beginResetModel()
        self._rows = rows
        self._unmasked.clear()
        self._complete = len(rows) < PAGE
        self.endResetModel()

    def _add(self, rows: list[Party]) -> None:
        self._complete = len(rows) < PAGE
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    @property
    def complete(self) -> bool:
        """Whether there are no more than those that are shown."""
        return self._complete

    def party(self, row: int) -> Party:
        return self._rows[row]

    def toggle(self, row: int) -> None:
        """Show the number of a row, which is noted, or mask it again."""
        if row not in self._unmasked:
            parties, party = self._context.desk.parties, self._rows[row]
            self._context.store.ask(lambda: parties.unmask(party), lambda _: None, owner=self)
        self._unmasked ^= {row}
        self.dataChanged.emit(self.index(row, NUMBER), self.index(row, UNMASK))

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._complete = True  # until the page is there, so that it is asked for once
            self._ask(self._rows[-1], self._add)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        head = _HEADS[section][0]
        return self._say(head) if role == Qt.ItemDataRole.DisplayRole and head else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        party, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.ForegroundRole and column == UNMASK:
            return self._context.look.colour("accent_strong")
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return party.name
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        open_ = index.row() in self._unmasked
        texts = (
            party.name or self._say(N_("（未填写）")),
            party.number if open_ else masked(party.number),
            self._say(N_("隐藏") if open_ else N_("显示")) if party.number else "",
            str(party.cases),
            local_time(party.updated_at)[:10],
        )
        return texts[column]


class PartyTable(Table):
    """The table of parties: a click on the word beside a number, or the space bar, shows and masks it."""

    def __init__(self, model: PartyModel, context: Context) -> None:
        super().__init__(model, context.say(N_("单位和个人")), [width for _, width in _HEADS])
        self._parties = model
        self.clicked.connect(lambda index: model.toggle(index.row()) if index.column() == UNMASK else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._parties.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class PeoplePage(QWidget):
    """Units or people above, the cases of one of them below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        say = context.say
        self._say = say
        self.kind = Segments([say(N_("单位")), say(N_("个人"))])
        self.kind.picked.connect(lambda number: self.refresh())
        self.search = QLineEdit()
        self.search.setPlaceholderText(say(N_("名称、姓名、证件号码的开头或结尾")))
        self.search.setAccessibleName(say(N_("查找单位和个人")))
        self.search.addAction(context.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(420)
        self.model = PartyModel(context, self)
        self.table = PartyTable(self.model, context)
        self._count = QLabel()
        set_role(self._count, "small")
        self._whose = QLabel()
        set_role(self._whose, "heading")
        self.cases = CaseList(
            context,
            hidden=(case_model.DISTRICT, case_model.DUE, case_model.UPDATED),
            nothing=say(N_("选择上面的单位或个人，这里列出其全部办件。")),
        )
        self.cases.opened.connect(context.bus.case_wanted)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PATIENCE)
        self._typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda text: self._typing.start())
        self.model.fetched.connect(self._show_count)
        self.model.modelReset.connect(lambda: self._show_cases(QModelIndex()))
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._show_cases(now))
        context.bus.cases_changed.connect(self._refresh_if_seen)
        self._stale = True
        self._lay_out()
        self._show_cases(QModelIndex())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.kind)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        above, below = QWidget(), QWidget()
        for part, widgets in ((above, (self.table, self._count)), (below, (self._whose, self.cases))):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            for widget in widgets:
                column.addWidget(widget, 0 if isinstance(widget, QLabel) else 100)
            column.addStretch(1)  # where nothing is listed, the words stay above
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setChildrenCollapsible(False)
        split.setSizes([600, 500])
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 8)
        box.setSpacing(10)
        box.addLayout(row)
        box.addWidget(split, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _refresh_if_seen(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def start_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def refresh(self) -> None:
        """List who fits, from the first page on."""
        self._stale = False
        self.model.show_parties(self.search.text().strip(), people=self.kind.current == 1)

    @property
    def waiting(self) -> bool:
        """Whether something typed is still to be looked for."""
        return self._typing.isActive()

    def _show_count(self) -> None:
        count = self.model.rowCount()
        words = N_("共 {count} 个") if self.model.complete else N_("已列出 {count} 个，向下滚动继续")
        self._count.setText(self._say(words, count=count))

    def _show_cases(self, index: Index) -> None:
        """The cases of the party in this row; of none where there is no row."""
        self.cases.setVisible(index.isValid())
        if not index.isValid():
            self._whose.setText(self._say(N_("选择上面的单位或个人，这里列出其全部办件。")))
            return
        party = self.model.party(index.row())
        self._whose.setText(self._say(N_("{name} 的办件"), name=party.name or masked(party.number)))
        self.cases.want(text=cases_of(party).text)
