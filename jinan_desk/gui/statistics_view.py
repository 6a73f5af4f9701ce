"""统计: cases and money of a period by programme, stage, month, district and fund, with two charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.documents.bars import Ink
from jinan_desk.gui.chart_view import ChartView
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.day_control import DayControl
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.files import PDF, WORKBOOK, ask_target
from jinan_desk.gui.month_ledger import ask_month_ledger
from jinan_desk.gui.segments import Segments
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.questionnaire import day_of
from jinan_desk.services.reports import BY_LABELS, HEADS, By, Drawn, Line, Report, period_of

_WIDTHS = (52, 70, 116, 116)
_SHORTCUTS: tuple[tuple[str, Mapping[str, int] | None], ...] = (
    (N_("本月"), {"day": 1}), (N_("本年"), {"month": 1, "day": 1}), (N_("全部"), None),
)  # fmt: skip
_LEAST_CHART, _CHART_FRAME, _BAR, _TWO_BARS = 190, 80, 26, 30
"""Pixels of a chart around its bars, and for each line of bars, so that what is written beside it can be read, on two
lines where it is long."""
_FIRST, _LAST = Field("first", Day(), N_("从")), Field("last", Day(), N_("到"))


class StatisticsView(QWidget):
    """The period above, a breakdown at a time at the left, its charts at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self.report: Report | None = None
        self.by = Segments([say(BY_LABELS[by]) for by in By], wraps=True)
        self.by.picked.connect(lambda number: self.show_breakdown(list(By)[number]))
        heads = [Head(say(N_("名称")))]
        heads += [Head(say(head), width, numeric=True) for head, width in zip(HEADS, _WIDTHS, strict=True)]
        self.model = TableModel(heads)
        self.table = Table(self.model, say(N_("统计表")), [head.width for head in heads])
        self.model.setParent(self.table)
        note = EvenLabel(say(N_("按收件日期统计，没有收件的按申请日期；合计金额只计有资金来源的事项。")))
        set_role(note, "small")
        self.nothing = QLabel(say(N_("这段时间没有办件。")))
        set_role(self.nothing, "muted")
        self.charts = {
            Drawn.CASES: ChartView(say(N_("件数图")), context),
            Drawn.MONEY: ChartView(say(N_("金额图")), context),
        }
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.by)
        left.addWidget(self.table, 1)
        left.addWidget(self.nothing)
        cards = QWidget()
        right = QVBoxLayout(cards)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        for chart in self.charts.values():
            right.addWidget(_card(chart), 1)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setWidget(cards)
        room.setAccessibleName(say(N_("统计图")))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(left, 8)
        row.addWidget(room, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(self._make_period())
        box.addLayout(row, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(note, 1)
        below.addWidget(self.month)
        below.addWidget(self.paper)
        box.addLayout(below)
        context.bus.cases_changed.connect(self._count_if_seen)

    def _make_period(self) -> QHBoxLayout:
        say, look = self._say, self._context.look
        row = QHBoxLayout()
        row.setSpacing(8)
        self.first, self.last = (DayControl(field, say, look) for field in (_FIRST, _LAST))
        for field, control in ((_FIRST, self.first), (_LAST, self.last)):
            label = QLabel(say(field.label))
            label.setBuddy(control)
            control.setAccessibleName(say(N_("统计期间")) + say(field.label))
            control.show_hint(say(N_("不限")))
            control.setFixedWidth(138)
            control.left.connect(partial(self._take_day, control, field))
            control.entered.connect(self._context.bus.moved_on)
            row.addWidget(label)
            row.addWidget(control)
        for name, changes in _SHORTCUTS:
            button = QPushButton(say(name))
            set_role(button, "link")
            button.clicked.connect(partial(self._begin_with, changes))
            row.addWidget(button)
        row.addStretch(1)
        self.month = QPushButton(look.icon("table"), say(N_("服务记录月台账…")))
        self.month.clicked.connect(lambda checked: ask_month_ledger(self._context, self))
        self.export = QPushButton(look.icon("export", "on_accent"), say(N_("导出统计表…")))
        set_role(self.export, "primary")
        self.export.clicked.connect(self._ask_where)
        self.paper = QPushButton(look.icon("print"), say(N_("导出图表…")))
        self.paper.setToolTip(say(N_("各统计表的图，每页两幅，A4 纸，PDF 文件，可打印")))
        self.paper.clicked.connect(lambda checked: self._ask_where_charts())
        row.addWidget(self.export)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.count()

    def _count_if_seen(self) -> None:
        if self.isVisible():
            self.count()

    def _begin_with(self, changes: Mapping[str, int] | None) -> None:
        """Take all days from the one that today becomes by these changes; None: all days."""
        self.first.show_text(self._context.desk.today().replace(**changes).isoformat() if changes else "")
        self.last.clear()
        self.count()

    # Counting -------------------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Count the cases of the period that is filled in."""
        first, last = (self._day(control) for control in (self.first, self.last))
        context = self._context
        context.store.ask(lambda: context.desk.reports.report(first, last), self._show, owner=self)

    def _take_day(self, control: DayControl, field: Field) -> None:
        """Count by the day that was filled in, or say that there is no such day."""
        self.count()
        if control.text().strip() and self._day(control) is None:
            words = N_("“{label}”不是有效日期（写法如 {example}），统计没有按它限定")
            told = self._say(words, label=self._say(field.label), example=field.kind.example)
            self._context.tell(told, Level.BAD)

    def _day(self, control: DayControl) -> date | None:
        """The day that is filled in; one that cannot be read does not bind, and is marked."""
        text = control.text().strip()
        day = day_of(text) if text else None
        control.show_wrong(bool(text) and day is None)
        return day

    def _show(self, report: Report) -> None:
        self.report = report
        self.show_breakdown(list(By)[self.by.current])

    def show_breakdown(self, by: By) -> None:
        """Show one of the breakdowns of the report, and draw it."""
        self.by.show_picked(list(By).index(by))
        report = self.report
        if report is None:
            return
        shown = report.breakdown(by)
        lines = (*shown.lines, shown.total)
        rows = [self._cells(line) for line in lines]
        rows[-1] = (self._say(N_("合计")), *rows[-1][1:])
        self.model.show_rows(rows, totals=[len(rows) - 1])
        self.nothing.setVisible(not shown.lines)
        reports, translate = self._context.desk.reports, self._say.translate

        def draw(what: Drawn, path: Path, ink: Ink) -> None:
            reports.draw(report, what, by, path=path, ink=ink, translate=translate)

        for what, chart in self.charts.items():
            bars = 0 if by is By.MONTH else len(shown.lines)  # months stand side by side
            each = _BAR if what is Drawn.CASES else _TWO_BARS
            chart.setMinimumHeight(max(_LEAST_CHART, _CHART_FRAME + each * bars))
            chart.show_chart(partial(draw, what))

    def _cells(self, line: Line) -> tuple[str, int, int, str, str]:
        return self._say.read(line.label), line.cases, line.eligible, figures(line.amount), figures(line.paid)

    # A workbook -----------------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        office, today = self._context.desk.office, self._context.desk.today()
        proposed = f"{self._say(N_('统计表'))}-{office.code}-{today:%Y%m%d}.xlsx"
        path = ask_target(self, self._say(N_("另存为")), proposed, WORKBOOK)
        if path is not None:
            self.write(path)

    def _ask_where_charts(self) -> None:
        office, today = self._context.desk.office, self._context.desk.today()
        proposed = f"{self._say(N_('统计图'))}-{office.code}-{today:%Y%m%d}.pdf"
        path = ask_target(self, self._say(N_("另存为")), proposed, PDF)
        if path is not None:
            self.write_charts(path)

    def write_charts(self, path: Path) -> None:
        """Write the charts of the period on pages to be printed."""
        context, report, translate = self._context, self.report, self._say.translate
        if report is None:
            return

        def told(pages: int) -> None:
            words = N_("统计图 {count} 页已存为 {name}")
            context.tell(self._say(words, count=pages, name=path.name), Level.GOOD)

        context.store.ask(lambda: context.desk.reports.write_charts(report, path, translate), told, owner=self)

    def write(self, path: Path) -> None:
        """Write all breakdowns of the period into a workbook."""
        context, report, translate = self._context, self.report, self._say.translate
        if report is None:
            return

        def write() -> Path:
            context.desk.reports.write(report, path, translate)
            return path

        def told(written: Path) -> None:
            period = self._say.read(period_of(report))
            context.tell(self._say(N_("{period}的统计表已存为 {name}"), period=period, name=written.name), Level.GOOD)

        context.store.ask(write, told, owner=self)


def _card(chart: ChartView) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    box = QVBoxLayout(card)
    box.setContentsMargins(4, 4, 4, 4)
    box.addWidget(chart)
    card.setMinimumWidth(200)
    chart.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return card
