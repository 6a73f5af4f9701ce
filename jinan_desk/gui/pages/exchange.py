"""数据交换: packages out, packages in, the offices we exchange with, and conflicts: a tab for each."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.conflict_panel import ConflictPanel
from jinan_desk.gui.context import Context
from jinan_desk.gui.export_panel import ExportPanel
from jinan_desk.gui.merge_panel import MergePanel
from jinan_desk.gui.partner_panel import PartnerPanel


class ExchangePage(QWidget):
    """Four tabs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self.outwards = ExportPanel(context)
        self.inwards = MergePanel(context)
        self.partners = PartnerPanel(context)
        self.conflicts = ConflictPanel(context)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("chapter")
        for tab, title in (
            (self.outwards, N_("导出")),
            (self.inwards, N_("合并")),
            (self.partners, N_("往来机构和回执")),
            (self.conflicts, N_("冲突")),
        ):
            self.tabs.addTab(tab, context.say(title))
        self.tabs.currentChanged.connect(lambda number: context.bus.moved_on.emit())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)

    def show_conflict(self, case: str) -> None:
        """Show the sides of this case in conflict; "" for the first there is."""
        self.tabs.setCurrentWidget(self.conflicts)
        self.conflicts.show_case(case)
