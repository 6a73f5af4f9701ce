"""办件: all cases, narrowed, sorted, and several of them worked on at once."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui import case_line
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.filter_bar import FilterBar
from jinan_desk.gui.saved_filter_menu import SavedFilterMenu
from jinan_desk.services.listing import CaseFilter

_Offered = tuple[list[str], list[tuple[str, str]]]


class CasesPage(QWidget):
    """The list of everything; a double click opens a case where it is worked on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        say = context.say
        self.list = CaseList(
            context, hidden=(case_line.ON,), nothing=say(N_("没有符合条件的办件。请放宽筛选条件，或按 Ctrl+N 新建。"))
        )
        self.list.opened.connect(context.bus.case_wanted)
        self.filter = FilterBar(context)
        self.filter.changed.connect(self._narrow)
        self.filter.typed.connect(self._narrow_soon)
        self.saved = SavedFilterMenu(context, self._wanted)
        self.saved.picked.connect(self.show_filter)
        self.clear = QPushButton(say(N_("清除条件")))
        set_role(self.clear, "link")
        self.clear.clicked.connect(lambda checked: self.show_filter(CaseFilter()))
        self.filter.first_row.addWidget(self.saved)
        self.filter.first_row.addWidget(self.clear)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 8)
        box.setSpacing(10)
        box.addWidget(self.filter)
        box.addWidget(self.list, 1)
        self.list.search_from(self.filter.search)
        self.setFocusProxy(self.list.table)
        self._show_clear()

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show these cases and no others."""
        self.filter.show_filter(wanted)
        self._narrow()

    def start_search(self) -> None:
        """Put the cursor into the search box."""
        self.filter.search.setFocus()
        self.filter.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.saved.refresh()
        desk = self._context.desk

        def look() -> _Offered:
            return desk.handlers(), [(office.code, office.name) for office in desk.holding.offices()]

        self._context.store.ask(look, lambda offered: self.filter.offer(*offered), owner=self)

    def _wanted(self) -> CaseFilter:
        return self.filter.wanted(self._context.desk.office.code)

    def _narrow(self) -> None:
        self._show_clear()
        self.list.show_filter(self._wanted())

    def _narrow_soon(self) -> None:
        self._show_clear()
        self.list.show_filter_soon(self._wanted())

    def _show_clear(self) -> None:
        self.clear.setVisible(self._wanted() != CaseFilter())
