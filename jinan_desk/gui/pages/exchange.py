"""数据交换 (placeholder until services.packages is there)."""

from __future__ import annotations

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.pages.planned import PlannedPage


class ExchangePage(PlannedPage):
    def __init__(self, context: Context) -> None:
        super().__init__("exchange", N_("数据交换"), context)
