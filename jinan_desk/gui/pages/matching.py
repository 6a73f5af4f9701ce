"""政策找人: a unit, a person, or a list of them, and what every programme is to each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.applicant import Applicant
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.match_book import MatchBook
from jinan_desk.gui.match_one import MatchOne
from jinan_desk.gui.segments import Segments


class MatchingPage(QWidget):
    """Three ways of asking, one at a time; each is made when it is first looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._ways: tuple[tuple[str, Callable[[], QWidget]], ...] = (
            (N_("一个单位"), lambda: MatchOne(Applicant.UNIT, context)),
            (N_("一个人"), lambda: MatchOne(Applicant.PERSON, context)),
            (N_("一份名单（Excel）"), lambda: MatchBook(context)),
        )
        self._made: dict[int, QWidget] = {}
        self._segments = Segments([context.say(name) for name, _ in self._ways])
        self._segments.picked.connect(self.show_way)
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 10)
        box.setSpacing(10)
        box.addWidget(self._segments)
        box.addWidget(self._stack, 1)
        self.show_way(0)

    def show_way(self, number: int) -> QWidget:
        """Show one of the ways of asking: a unit, a person, a list."""
        if number not in self._made:
            self._made[number] = self._ways[number][1]()
            self._stack.addWidget(self._made[number])
        self._segments.show_picked(number)
        self._stack.setCurrentWidget(self._made[number])
        return self._made[number]

    @property
    def shown(self) -> QWidget:
        """The way that is shown."""
        return self._stack.currentWidget()

    def start_search(self) -> None:
        """Put the cursor into the search box, where there is one."""
        if isinstance(self.shown, MatchOne):
            self.shown.search.setFocus()
            self.shown.search.selectAll()
