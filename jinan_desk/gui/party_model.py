"""Units or people as a model that is fetched page by page, the numbers masked but for those somebody wants to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.services.parties import Party

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
HEADS = ((N_("名称"), 0), (N_("证件号码"), 190), ("", 70), (N_("办件"), 70), (N_("最近办理"), 110))
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
        self._more: Iterator[Party] | None = None
        self._complete = True
        self._asked = 0

    def show_parties(self, text: str, *, people: bool) -> None:
        """Show units or people; what is shown stays until the first page is there."""
        self._text, self._people = text, people
        self._asked += 1
        self._more = None
        self._ask(self._show)

    def _ask(self, then: Callable[[list[Party]], None]) -> None:
        asked, desk, text, people = self._asked, self._context.desk, self._text, self._people

        def read() -> list[Party]:
            if asked != self._asked:
                return []
            if self._more is None:
                self._more = (desk.parties.people if people else desk.parties.units)(text)
            return list(islice(self._more, PAGE))

        def show(rows: list[Party]) -> None:
            if asked == self._asked:
                then(rows)
                self.fetched.emit()

        self._context.store.ask(read, show, owner=self)

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
        """Show the number of a row, once that has been noted, or mask it again."""
        party, desk = self._rows[row], self._context.desk
        if row in self._unmasked:
            self._unmasked.discard(row)
            self._tell(row)
        elif party.number:
            self._context.store.ask(
                lambda: desk.parties.unmask(party), lambda number: self._unmask(row, party), owner=self
            )

    def _unmask(self, row: int, party: Party) -> None:
        if row < len(self._rows) and self._rows[row] is party:
            self._unmasked.add(row)
            self._tell(row)

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, NUMBER), self.index(row, UNMASK))

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._complete = True  # until the page is there, so that it is asked for once
            self._ask(self._add)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        head = HEADS[section][0]
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
            self._name(party),
            party.number if open_ else masked(party.number),
            self._say(N_("隐藏") if open_ else N_("显示")) if party.number else "",
            str(party.cases),
            local_time(party.updated_at)[:10],
        )
        return texts[column]

    def _name(self, party: Party) -> str:
        name = party.name or self._say(N_("（未填写）"))
        if len(party.keys) > 1:
            return self._say(N_("{name}（已合并 {count} 个）"), name=name, count=len(party.keys))
        return name
