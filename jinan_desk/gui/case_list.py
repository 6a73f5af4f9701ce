"""A list of cases of any number: the table, what can be done with several of them, and a line that says how many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.case_model import CaseModel
from jinan_desk.gui.case_table import CaseTable
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.selection_bar import SelectionBar
from jinan_desk.services.listing import CaseFilter, Sorting

_PATIENCE = 180


class CaseList(QWidget):
    """A table of cases with a line that says how many there are, or what to do where there is none.

    With `most`, only the first so many are shown, and they are not sorted otherwise.
    """

    opened = Signal(str)

    def __init__(
        self, context: Context, *, hidden: tuple[int, ...] = (), nothing: str, most: int | None = None
    ) -> None:
        super().__init__()
        self._say = context.say
        self.model = CaseModel(context, self, hidden=hidden, most=most)
        self.table = CaseTable(self.model, context)
        self._wanted = CaseFilter()
        self._sorting = Sorting()
        self._nothing = EvenLabel(nothing, self.table)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._nothing, "muted")
        over = QVBoxLayout(self.table)
        over.addWidget(self._nothing)
        self.bar = SelectionBar(context, self.table, self.model)
        self._count = QLabel()
        set_role(self._count, "small")
        self.all = QPushButton(self._say(N_("全选")))
        self.all.setToolTip("Ctrl+A")
        set_role(self.all, "link")
        self.all.clicked.connect(lambda checked: self._pick_all())
        below = QHBoxLayout()
        below.addWidget(self._count)
        below.addWidget(self.all)
        below.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.table, 1)
        box.addWidget(self.bar)
        box.addLayout(below)
        self.table.opened.connect(self.opened)
        if most is None:
            self.table.sorting_wanted.connect(self.sort)
        else:
            self.table.horizontalHeader().setSortIndicatorShown(False)
        self.model.measured.connect(self._tell_count)
        self.model.counted.connect(self._show_count)
        self.model.modelReset.connect(self._show_begun)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PATIENCE)
        self._typing.timeout.connect(self.refresh)
        context.bus.cases_changed.connect(self._refresh_if_seen)
        self._stale = True

    @property
    def wanted(self) -> CaseFilter:
        return self._wanted

    @property
    def waiting(self) -> bool:
        """Whether something typed is still to be looked for."""
        return self._typing.isActive() or self.bar.waiting

    def want(self, **changes: Any) -> None:
        """Narrow or widen what is shown."""
        self.show_filter(replace(self._wanted, **changes))

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show the cases that fit, once somebody looks."""
        self._wanted = wanted
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def sort(self, sorting: Sorting) -> None:
        """Show them in another order."""
        self._sorting = sorting
        self.table.show_sorting(sorting)
        self.refresh()

    def search(self, text: str) -> None:
        """Look for a text."""
        self.show_filter_soon(replace(self._wanted, text=text.strip()))

    def search_from(self, line: QLineEdit) -> None:
        """Enter and the down arrow lead from the line in which somebody searches to what was found."""
        line.returnPressed.connect(self._show_found)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), line)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._show_found)

    def _show_found(self) -> None:
        if self._typing.isActive():
            self.refresh()
        self.table.setFocus()

    def show_filter_soon(self, wanted: CaseFilter) -> None:
        """Show the cases that fit; while somebody types, the store is left in peace."""
        self._wanted = wanted
        self._typing.start()

    def refresh(self) -> None:
        self._stale = False
        self._typing.stop()
        self.model.show_cases(self._wanted, self._sorting)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _pick_all(self) -> None:
        self.table.selectAll()
        self.table.setFocus()

    def _show_begun(self) -> None:
        """The first cases are there, and how many there are is not known yet."""
        if not self.model.complete:
            self._nothing.hide()
            self._count.setText("")
            self._count.show()

    def _show_count(self, count: int) -> None:
        self.all.setVisible(count > 1)
        self._nothing.setVisible(count == 0)
        self._count.setVisible(count > 0)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if count else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.table.setHorizontalScrollBarPolicy(bar)  # where there is no case there is nothing to be scrolled to
        self._tell_count(count)

    def _tell_count(self, count: int) -> None:
        self._count.setText(self._say(N_("共 {count} 件，双击或按回车打开"), count=f"{count:,}") if count else "")
