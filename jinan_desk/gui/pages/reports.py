"""台账报表: statistics of cases and money, and the ledger of the funds they are paid from."""

from __future__ import annotations

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.fund_view import FundView
from jinan_desk.gui.statistics_view import StatisticsView
from jinan_desk.gui.switched import SwitchedViews


class ReportsPage(SwitchedViews):
    """One of the two at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            (
                (N_("办理统计"), lambda: StatisticsView(context)),
                (N_("资金台账"), lambda: FundView(context)),
            ),
            context.say,
        )
