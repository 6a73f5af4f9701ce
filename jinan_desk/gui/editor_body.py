"""What is typed into in an editor: the form above, the roster below, and the border between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from jinan_desk.core.applicant import APPLICANT_FIELDS, APPLICANT_LABELS, Applicant
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.answer import row_index
from jinan_desk.gui.context import Context
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.form import Form
from jinan_desk.gui.roster_box import RosterBox
from jinan_desk.services.entry import ON

_LEAST_FORM, _LEAST_ROSTER, _LEAST_SHARE = 90, 120, 190

_DAY_FIELD = Field(ON, Day(), N_("申请日期"), help=N_("按这一天的规定认定"))


class EditorBody(QSplitter):
    """The form has the height it needs and the roster the rest, until somebody moves the border.

    A long roster keeps half of the height, a short one what its lines need.
    """

    def __init__(self, draft: Draft, context: Context, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        say, programme = context.say, draft.programme
        self.setContentsMargins(12, 10, 4, 8)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(_LEAST_FORM)
        holder = QWidget(self._scroll)
        self._scroll.setWidget(holder)
        applicant = programme.applicant
        who = say(N_("申请{who}"), who=Sentence(APPLICANT_LABELS[applicant]))
        if applicant is Applicant.NONE:
            who = say(N_("登记"))
        groups = (
            (who, (_DAY_FIELD, *APPLICANT_FIELDS[applicant])),
            (say(N_("申报内容")), programme.facts),
        )
        self.form = Form(groups, draft, context, holder)
        around = QVBoxLayout(holder)
        around.setContentsMargins(0, 0, 4, 0)
        around.addWidget(self.form)
        around.addStretch(1)
        self.roster: RosterBox | None = None
        if programme.row_shape is not None:
            self.roster = RosterBox(draft, programme.row_shape.fields, context)
            self.roster.setMinimumHeight(_LEAST_ROSTER)
            self.addWidget(self.roster)
            self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self._moved = False
        self._room = QTimer(self)  # not QTimer.singleShot: an exception in what it calls never comes back from PySide
        self._room.setSingleShot(True)
        self._room.setInterval(0)
        self._room.timeout.connect(self._balance)
        self.splitterMoved.connect(self._keep_border)
        draft.loaded.connect(self._room.start)

    def go_to(self, path: str) -> None:
        """Put the cursor where this path of a fact is filled in."""
        row = row_index(path)
        if self.roster is not None and (row >= 0 or path == "roster"):
            key = path.rpartition(".")[2] if row >= 0 else ""
            self.roster.grid.go_to(max(0, row), key)
            return
        box = self.form.box(path)
        if box is not None:
            self._scroll.ensureWidgetVisible(box, 0, 24)
            box.control.setFocus()

    def lock(self, locked: bool) -> None:
        self.form.lock(locked)
        if self.roster is not None:
            self.roster.lock(locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room.start()

    def _keep_border(self) -> None:
        """From now on it stays where somebody put it."""
        self._moved = True

    def _balance(self) -> None:
        if self.roster is None or self._moved:
            return
        height = self.contentsRect().height()
        roster = min(height // 2, max(_LEAST_SHARE, self.roster.needed_height))
        form = min(self.form.sizeHint().height() + 4, height - roster)
        self.setSizes([form, height - form])
