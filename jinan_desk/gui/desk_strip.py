"""The strip above a programme's list and its editor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QPushButton

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.look import mark
from jinan_desk.gui.search_line import SearchLine
from jinan_desk.gui.segments import Segments
from jinan_desk.gui.two_lines import TwoLines
from jinan_desk.services.limits import Limit

_AROUND = 6
"""Pixels that the search box takes beside its hint: for the glass, and for what clears it."""
_LINES_BESIDE = 2
"""A programme's name may take so many before all of them go on a line of their own."""


class DeskStrip(TwoLines):
    """The line above: programmes and search over the list; whose case, its stage and number over the editor."""

    def __init__(self, context: Context, *, records: bool) -> None:
        super().__init__(_AROUND)
        say = context.say
        self._say = say
        self._records = records
        set_role(self, "strip")
        self.back = QPushButton(context.look.icon("back"), say(N_("返回列表")))
        self.back.setToolTip("Esc")
        self._title = ElidedLabel()
        set_role(self._title, "heading")
        self._stage = QLabel()
        set_role(self._stage, "chip")
        self._number = ElidedLabel()
        set_role(self._number, "muted")
        self.limit = ElidedLabel()
        self.unsaved = QPushButton()
        set_role(self.unsaved, "link")
        self.search = SearchLine(context.look, say(N_("姓名、单位、证件号尾号、编号")), say(N_("查找办件")))
        self.search.setFixedWidth(self.search.room_for_hint)
        self.month = QPushButton(context.look.icon("table"), say(N_("月台账…")))
        self.new = QPushButton(context.look.icon("new", "on_accent"), say(N_("新办件")))
        self.new.setToolTip("Ctrl+N")
        set_role(self.new, "primary")
        for widget in (self.back, self._title, self._stage):
            self.first.addWidget(widget)
        self.first.addStretch()
        for beside in (self._number, self.limit, self.unsaved, self.search, self.month, self.new):
            if beside in (self.unsaved, self.month):
                self.second.addStretch()
            self.second.addWidget(beside)
        self._segments: Segments | None = None
        self._editing = False
        self.part(in_two=False)

    def take_segments(self, segments: Segments) -> None:
        self._segments = segments
        self.first.insertWidget(0, segments)
        segments.setVisible(not self._editing)

    def fits(self, room: int) -> bool:
        if self._editing or self._segments is None:
            return super().fits(room)
        return self._segments.width_for(_LINES_BESIDE) + self.second.sizeHint().width() <= room

    def part(self, *, in_two: bool) -> None:
        """What is searched with stands at the right of the programmes, or at the left of the line below them."""
        super().part(in_two=in_two)
        before, after = (n for n in range(self.second.count()) if self.second.itemAt(n).widget() is None)
        self.second.setStretch(before, int(not in_two))
        self.second.setStretch(after, int(in_two))

    def show_editing(self, editing: bool) -> None:
        self._editing = editing
        for widget in (self.back, self._title, self._stage, self._number, self.limit):
            widget.setVisible(editing)
        self.search.setVisible(not editing)
        self.month.setVisible(self._records and not editing)
        if self._segments is not None:
            self._segments.setVisible(not editing)

    def show_case(self, title: str, stage: str, number: str) -> None:
        self._title.setText(title)
        self._stage.setText(stage)
        self._number.setText(number)

    def show_limits(self, limits: Sequence[Limit]) -> None:
        """Show the most pressing limit, red where it is today or over; the others are in the tooltip."""
        told = [self._say.read(limit.sentence) for limit in limits]
        self.limit.setText(told[0] if told else "")
        self.limit.setToolTip("\n".join(told))
        mark(self.limit, role="pressing" if limits and limits[0].pressing else "muted")

    def show_unsaved(self, title: str) -> None:
        """Over the list: lead back to what was typed and is not saved."""
        self.unsaved.setText(self._say(N_("继续未保存的“{title}”"), title=title) if title else "")
        self.unsaved.setVisible(bool(title) and not self._editing)
