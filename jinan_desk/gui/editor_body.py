"""What is filled in of a case: one sheet, its form and below it its roster."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jinan_desk.core.applicant import APPLICANT_FIELDS, APPLICANT_LABELS, Applicant
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day
from jinan_desk.core.measure import Route
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.answer import row_index
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.form import Form
from jinan_desk.gui.roster_box import RosterBox
from jinan_desk.services.entry import ON

_LEAST_ROSTER = 200

_DAY_FIELD = Field(ON, Day(), N_("申请日期"), help=N_("按这一天的规定认定"))


class EditorBody(QWidget):
    """Form and roster scroll together, so that neither presses the other. A short roster is as high as its lines need
    or as there is room left, a long one as the sheet's window: scrolled to, it has all of it."""

    def __init__(self, draft: Draft, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say, programme = context.say, draft.programme
        applicant = programme.applicant
        who = say(N_("申请{who}"), who=Sentence(APPLICANT_LABELS[applicant]))
        if applicant is Applicant.NONE:
            who = say(N_("登记"))
        what = say(N_("申报内容"))
        if programme.route is Route.SERVE:  # nobody applies
            who, what = say(N_("服务对象")), say(N_("服务内容"))
        groups = ((who, (_DAY_FIELD, *APPLICANT_FIELDS[applicant])), (what, programme.facts))
        self.form = Form(groups, draft, context, self, title=programme_name(programme.code, context))
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 4, 8)
        box.addWidget(self.form)
        self.roster: RosterBox | None = None
        draft.loaded.connect(self._begin_at_top)
        if programme.row_shape is not None:
            self._add_roster(RosterBox(draft, programme.row_shape.fields, context))

    def _add_roster(self, roster: RosterBox) -> None:
        self.roster = roster
        self.form.add(roster)
        self._room = QTimer(self)  # not QTimer.singleShot: an exception in what it calls never comes back from PySide
        self._room.setSingleShot(True)
        self._room.setInterval(0)
        self._room.timeout.connect(self._give_room)
        for changed in (roster.model.rowsInserted, roster.model.rowsRemoved, roster.model.modelReset):
            changed.connect(self._room.start)
        roster.grid.selectionModel().currentChanged.connect(self._follow_cursor)
        self.form.focus_moved.connect(self._show_roster)

    def go_to(self, path: str) -> None:
        """Put the cursor where this path of a fact is filled in."""
        row = row_index(path)
        if self.roster is not None and (row >= 0 or path == "roster"):
            key = path.rpartition(".")[2] if row >= 0 else ""
            self.roster.grid.go_to(max(0, row), key)
            self._show_roster()
        else:
            self.form.go_to(path)

    def lock(self, locked: bool) -> None:
        self.form.lock(locked)
        if self.roster is not None:
            self.roster.lock(locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.roster is not None:
            self._room.start()

    def _begin_at_top(self) -> None:
        self.form.verticalScrollBar().setValue(0)

    def _give_room(self) -> None:
        if self.roster is not None:
            room = self.form.viewport().height()
            self.roster.setMinimumHeight(min(room, max(_LEAST_ROSTER, self.roster.needed_height)))

    def _show_roster(self) -> None:
        """All of it, when the keyboard has led into it; a click leaves everything where it is."""
        if self.roster is not None and self.roster.isAncestorOf(self.form.focusWidget()):
            self.form.ensureWidgetVisible(self.roster, 0, 0)

    def _follow_cursor(self, index: QModelIndex) -> None:
        """The line that the cursor goes to is seen, in the grid and on the sheet."""
        if self.roster is not None and self.roster.grid.hasFocus():
            grid = self.roster.grid
            cell = grid.visualRect(index)
            place = grid.viewport().mapTo(self.form.widget(), cell.center())
            self.form.ensureVisible(0, place.y(), 0, cell.height())
