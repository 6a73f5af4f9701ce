"""台账报表: statistics of cases and money, and the ledger of the funds they are paid from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.fund_view import FundView
from jinan_desk.gui.segments import Segments
from jinan_desk.gui.statistics_view import StatisticsView


class ReportsPage(QWidget):
    """One of the two at a time; each is made when it is first looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self.statistics = StatisticsView(context)
        self._views: tuple[tuple[str, Callable[[], QWidget]], ...] = (
            (N_("办理统计"), lambda: self.statistics),
            (N_("资金台账"), lambda: FundView(context)),
        )
        self._made: dict[int, QWidget] = {}
        self._segments = Segments([context.say(name) for name, _ in self._views])
        self._segments.picked.connect(self.show_view)
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 10)
        box.setSpacing(10)
        box.addWidget(self._segments)
        box.addWidget(self._stack, 1)
        self.show_view(0)

    def show_view(self, number: int) -> QWidget:
        """Show one of them: the statistics, the funds."""
        if number not in self._made:
            self._made[number] = self._views[number][1]()
            self._stack.addWidget(self._made[number])
        self._segments.show_picked(number)
        self._stack.setCurrentWidget(self._made[number])
        return self._made[number]
