"""政策找人 for a list: a workbook in, a workbook of results out, and what could not be used of it, place by place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.dated import ParameterSet
from jinan_desk.core.field import Field
from jinan_desk.core.kind import Day
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.day_control import DayControl
from jinan_desk.gui.errand import Cancelled, Errand, Progress
from jinan_desk.gui.files import WORKBOOK, ask_source, ask_target
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.entry import ON
from jinan_desk.services.matching import VERDICT_LABELS, Verdict
from jinan_desk.services.outreach import Report, match_workbook
from jinan_desk.services.questionnaire import day_of

_LISTS = "Excel (*.xlsx *.xls *.xlsb *.ods *.csv)"
_DAY_FIELD = Field(ON, Day(), N_("按这一天的政策"))


class MatchBook(QWidget):
    """Choose a list, match it, read what came of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self._source: Path | None = None
        self.report: Report | None = None
        self.errand = Errand("matching", self)
        self.errand.progressed.connect(self._show_progress)
        self.errand.running_changed.connect(self._show_running)
        self.result = QLabel(say(N_("各事项符合、可能符合、不符合的数量显示在这里。")))
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heads = [
            Head(say(N_("事项"))),
            *(Head(say(VERDICT_LABELS[verdict]), 70, numeric=True) for verdict in Verdict),
            Head(say(N_("符合金额（元）")), 116, numeric=True),
        ]
        self.totals = TableModel(heads)
        table = Table(self.totals, say(N_("各事项的结果")), [head.width for head in heads])
        self.totals.setParent(table)
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setAccessibleName(say(N_("用不上的列和读不出的单元格")))
        self.problems.setPlaceholderText(say(N_("用不上的列和读不出的单元格，一处一行。")))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.result)
        right.addWidget(table, 3)
        right.addWidget(self.problems, 2)
        left = QVBoxLayout()
        left.addWidget(self._make_card())
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 4)
        row.addLayout(right, 8)
        self._show_running(False)

    def _make_card(self) -> QFrame:
        say, look = self._say, self._context.look
        heading = QLabel(say(N_("名单")))
        set_role(heading, "heading")
        told = N_("单位或个人的名册，一行一个，第一行是列名；列名与各事项的资料名称相同的才会使用。最多 10 万行。")
        about = QLabel(say(told))
        about.setWordWrap(True)
        set_role(about, "muted")
        self.choose = QPushButton(look.icon("import"), say(N_("选择名单…")))
        self.choose.clicked.connect(self._choose)
        self._chosen = QLineEdit()
        self._chosen.setReadOnly(True)
        self._chosen.setAccessibleName(say(N_("名单")))
        self._chosen.setPlaceholderText(say(N_("尚未选择")))
        label = QLabel(say(_DAY_FIELD.label))
        set_role(label, "label")
        self.day = DayControl(_DAY_FIELD, say, look)
        self.day.setAccessibleName(label.text())
        self.day.show_text(self._context.desk.today().isoformat())
        self.start = QPushButton(look.icon("matching", "on_accent"), say(N_("开始匹配…")))
        set_role(self.start, "primary")
        self.start.clicked.connect(self._ask_where)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(say(N_("进度")))
        self._far = QLabel()
        set_role(self._far, "small")
        self.cancel = QPushButton(say(N_("取消")))
        self.cancel.clicked.connect(self._give_up)
        self._under_way = QWidget()
        how_far = QHBoxLayout(self._under_way)
        how_far.setContentsMargins(0, 0, 0, 0)
        how_far.addWidget(self._progress, 1)
        how_far.addWidget(self._far)
        how_far.addWidget(self.cancel)
        card = QFrame()
        set_role(card, "card")
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 14)
        box.setSpacing(8)
        for part in (heading, about, self.choose, self._chosen, label, self.day, self.start, self._under_way):
            side = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0)
            box.addWidget(part, 0, side)
        return card

    # Work -----------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        source = ask_source(self, self._say(N_("选择名单")), _LISTS)
        if source is not None:
            self.take(source)

    def take(self, source: Path) -> None:
        """Match this list next."""
        self._source = source
        self._chosen.setText(source.name)
        self._chosen.setToolTip(str(source))
        self._show_running(self.errand.running)

    def _ask_where(self) -> None:
        if self._source is None:
            return
        proposed = self._source.with_name(f"{self._say(N_('政策找人'))}-{self._source.stem}.xlsx")
        output = ask_target(self, self._say(N_("结果另存为")), proposed, WORKBOOK)
        if output is not None:
            self.run(output)

    def run(self, output: Path) -> None:
        """Match the chosen list with the office's own parameters and write the results."""
        source, on = self._source, day_of(self.day.text())
        if source is None:
            return
        if on is None:
            words = N_("不是有效日期：{text}（写法如 2020-02-10）")
            self._context.refuse(DeskError(Sentence(words, text=self.day.text())))
            self.day.setFocus()
            return
        translate = self._say.translate

        def match(parameters: ParameterSet) -> None:
            def work(progress: Progress, cancelled: Cancelled) -> Report:
                return match_workbook(
                    source, output, on=on, parameters=parameters, translate=translate, progress=progress,
                    cancelled=cancelled,
                )  # fmt: skip

            self.errand.run(work, lambda report: self._show_report(report, output), failed=self._failed)

        self._show_running(True)
        self._context.store.ask(self._context.desk.parameters, match, owner=self)

    def _give_up(self) -> None:
        self.cancel.setEnabled(False)
        self.errand.give_up()

    def _failed(self, error: Exception) -> None:
        self.result.clear()
        if not isinstance(error, DeskError):
            raise error
        self.result.setText(error.read(self._say.translate))
        self._context.refuse(error)

    # What is shown --------------------------------------------------------------------------------------------------

    def _show_running(self, running: bool) -> None:
        for part in (self.choose, self.day):
            part.setEnabled(not running)
        self.start.setEnabled(not running and self._source is not None)
        self.cancel.setEnabled(running)
        self._under_way.setVisible(running)
        if running:
            self._progress.setRange(0, 0)
            self._far.clear()
            self.totals.show_rows(())
            self.problems.clear()
            self.result.setText(self._say(N_("正在读取名单…")))

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._far.setText(f"{done:,} / {total:,}")
        self.result.setText(self._say(N_("正在匹配…")))

    def _show_report(self, report: Report, output: Path) -> None:
        say = self._say
        self.report = report
        told = [say.read(report.sentences()[0]), say(N_("已存为 {name}"), name=output.name)]
        self.result.setText("　".join(told))
        self._context.tell("　".join(told), Level.GOOD)
        self.totals.show_rows(
            [
                (
                    f"{programme.code} {say(programme.name)}",
                    *(report.counts[programme.code, verdict] for verdict in Verdict),
                    figures(report.amounts[programme.code]) if programme.has_amount else "",
                )
                for programme in report.offered
                if any(report.counts[programme.code, verdict] for verdict in Verdict)
            ]
        )
        nothing = say(N_("名单上的列都用上了，单元格都读出来了。"))
        self.problems.setPlainText("\n".join(self._problems(report)) or nothing)

    def _problems(self, report: Report) -> Iterator[str]:
        """Every column and every cell that could not be used, where it stands and why."""
        say = self._say
        yield from (say.read(unused.sentence()) for unused in report.unused)
        yield from (say.read(bad.sentence()) for bad in report.bad)
        if report.bad_count > len(report.bad):
            yield say(N_("另有 {count} 处未列出"), count=report.bad_count - len(report.bad))
