"""主体: the units and people that cases have named, and all cases of the one under the cursor.

Numbers are masked; each row can be unmasked by itself, which is noted, and is masked again when the list is another
one. Entries that are one can be said to be one, and that can be taken back.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.dates import local_time
from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui import case_line
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.party_model import HEADS, UNMASK, PartyModel
from jinan_desk.gui.reason import ReasonDialog
from jinan_desk.gui.search_line import SearchLine
from jinan_desk.gui.segments import Segments
from jinan_desk.gui.table import Table
from jinan_desk.services.parties import Joining, Party, cases_of

Index = QModelIndex | QPersistentModelIndex

_PATIENCE = 180


class PartyTable(Table):
    """The table of parties: a click on the word beside a number, or the space bar, shows and masks it."""

    def __init__(self, model: PartyModel, context: Context) -> None:
        super().__init__(model, context.say(N_("单位和个人")), [width for _, width in HEADS])
        self._parties = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(lambda index: model.toggle(index.row()) if index.column() == UNMASK else None)

    def picked(self) -> list[Party]:
        """Who is selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._parties.party(row) for row in rows]

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
        self._context = context
        self._say = say
        self.kind = Segments([say(N_("单位")), say(N_("个人"))])
        self.kind.picked.connect(lambda number: self.refresh())
        hint = say(N_("名称、首字母、证件号码"))
        self.search = SearchLine(context.look, hint, say(N_("查找单位和个人")))
        self.search.setMaximumWidth(420)
        self.model = PartyModel(context, self)
        self.table = PartyTable(self.model, context)
        self._count = QLabel()
        set_role(self._count, "small")
        self.join = QPushButton(say(N_("合并为同一主体…")))
        self.join.setToolTip(say(N_("选中两个以上（Ctrl 或 Shift）后合并；办件不改动，可以撤销")))
        self.join.clicked.connect(lambda checked: self.ask_join())
        self.part = QPushButton(say(N_("撤销合并")))
        self.part.clicked.connect(lambda checked: self.take_apart())
        self._whose = ElidedLabel()
        set_role(self._whose, "heading")
        self.joined = QLabel()
        self.joined.setWordWrap(True)
        set_role(self.joined, "small")
        self.joined.hide()
        self.cases = CaseList(
            context,
            hidden=(case_line.DISTRICT, case_line.DUE, case_line.UPDATED),
            nothing=say(N_("选择上面的单位或个人，这里列出其全部办件。")),
        )
        self.cases.opened.connect(context.bus.case_wanted)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PATIENCE)
        self._typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda text: self._typing.start())
        self.search.lead_to(self.table)
        self.model.fetched.connect(self._show_count)
        self.model.modelReset.connect(lambda: self._show_cases(QModelIndex()))
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._show_cases(now))
        self.table.selectionModel().selectionChanged.connect(lambda now, before: self._show_actions())
        self.model.modelReset.connect(self._show_actions)
        context.bus.cases_changed.connect(self._refresh_if_seen)
        self._stale = True
        self._followed: frozenset[str] = frozenset()
        self._lay_out()
        self._show_actions()
        self._show_cases(QModelIndex())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.kind)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.part)
        row.addWidget(self.join)
        above, below = QWidget(), QWidget()
        for part, widgets in ((above, (self.table, self._count)), (below, (self._whose, self.joined, self.cases))):
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
        followed, self._followed = self._followed, frozenset()
        row = next((row for row in range(count) if followed & {*self.model.party(row).keys}), -1)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _show_cases(self, index: Index) -> None:
        """The cases of the party in this row; of none where there is no row."""
        self.cases.setVisible(index.isValid())
        self.joined.hide()
        if not index.isValid():
            self._whose.setText(self._say(N_("选择上面的单位或个人，这里列出其全部办件。")))
            return
        party = self.model.party(index.row())
        self._whose.setText(self._say(N_("{name} 的办件"), name=party.name or masked(party.number)))
        self.cases.show_filter(cases_of(party))
        if len(party.keys) > 1:
            desk = self._context.desk
            self._context.store.ask(
                lambda: desk.parties.joinings(party),
                lambda joinings: self._show_joinings(party, joinings),
                owner=self,
            )

    def _show_joinings(self, party: Party, joinings: list[Joining]) -> None:
        """Why a party is one, and who said so, where the cursor is still on it."""
        row = self.table.currentIndex().row()
        if row < 0 or self.model.party(row) is not party:
            return
        words = N_("合并依据：{reason}（{account} {day}）")
        lines = (
            self._say(words, reason=one.reason, account=one.account, day=local_time(one.at)[:10]) for one in joinings
        )
        self.joined.setText("\n".join(lines))
        self.joined.setVisible(bool(joinings))

    # Doubles --------------------------------------------------------------------------------------------------------

    def _show_actions(self) -> None:
        picked = self.table.picked()
        self.join.setEnabled(len(picked) > 1)
        self.part.setVisible(len(picked) == 1 and len(picked[0].keys) > 1)

    def ask_join(self) -> None:
        """Ask why those that are selected are one, and say so."""
        picked, say = self.table.picked(), self._say
        names = say.listed([party.name or masked(party.number) for party in picked])
        dialog = ReasonDialog(
            self.window(),
            say,
            title=say(N_("合并为同一主体")),
            asked=say(N_("{names}：为何是同一主体？"), names=names),
            hint=say(N_("写明依据，例如核对了营业执照或身份证件。合并只影响这里的列表，办件不改动，可以撤销。")),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._join(picked, dialog.reason.toPlainText()))
        dialog.open()

    def _join(self, picked: list[Party], reason: str) -> None:
        desk = self._context.desk
        self._context.store.ask(
            lambda: desk.parties.join(picked, reason),
            lambda _: self._told(self._say(N_("已合并，可以“撤销合并”")), picked),
            owner=self,
            failed=self._refuse,
        )

    def take_apart(self) -> None:
        """Take back the last joining of the one that is selected."""
        (party,) = self.table.picked()
        desk = self._context.desk
        self._context.store.ask(
            lambda: desk.parties.part(party),
            lambda _: self._told(self._say(N_("已撤销合并")), [party]),
            owner=self,
            failed=self._refuse,
        )

    def _told(self, text: str, about: list[Party]) -> None:
        """Say it, and stay with whom it is about."""
        self._context.tell(text, Level.GOOD)
        self._followed = frozenset(key for party in about for key in party.keys)
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
