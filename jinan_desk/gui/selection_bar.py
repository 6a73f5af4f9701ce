"""What can be done with several cases at once: their number and sum, the next stage, paper, a ledger."""

from __future__ import annotations

from array import array
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QPushButton

from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.batch_dialog import BatchReport, ask_step
from jinan_desk.gui.case_model import CaseModel
from jinan_desk.gui.case_table import CaseTable
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.errand import Errand
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.portions import Portions
from jinan_desk.gui.step_dialog import Typed
from jinan_desk.services.batch import Done, Report
from jinan_desk.services.listing import CaseRow, Total

if TYPE_CHECKING:
    from jinan_desk.services.packages import Written

_PATIENCE = 60
_CASES_AT_ONCE, _ROWS_AT_ONCE = 20, 500
MOST_PRINTED, MOST_EXPORTED = 1_000, 100_000


class SelectionBar(QFrame):
    """The bar below a list; it is there while more than one line is selected, or something is being done."""

    def __init__(self, context: Context, table: CaseTable, model: CaseModel) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self._table = table
        self._model = model
        self.steps: dict[Stage, int] = {}
        self._typed: dict[Stage, Typed] = {}
        """What was typed for a stage that not all of the cases came to: it is asked for again once that is mended."""
        set_role(self, "card")
        self.told = ElidedLabel()
        set_role(self.told, "strong")
        self.advance = QPushButton(say(N_("办理")))
        self.choices = QMenu(self.advance)
        self.advance.setMenu(self.choices)
        self.print_ = QPushButton(context.look.icon("print"), say(N_("打印…")))
        self.print_.setToolTip("Ctrl+P")
        self.print_.clicked.connect(lambda checked: self.print_picked())
        self.export = QPushButton(context.look.icon("export"), say(N_("导出台账…")))
        self.export.clicked.connect(lambda checked: self._export())
        self.clear = QPushButton(say(N_("取消选择")))
        set_role(self.clear, "link")
        self.clear.setToolTip("Esc")
        self.clear.clicked.connect(lambda checked: table.clearSelection())
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(140)
        self.stop = QPushButton(say(N_("停止")))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        for part in (self.progress, self.stop, self.advance, self.print_, self.export, self.clear):
            row.addWidget(part)
        self.portions = Portions(context.store, self)
        self.portions.progressed.connect(self._show_progress)
        self.portions.running_changed.connect(lambda running: self._show_running())
        self.errand = Errand("ledger", self)
        self.errand.running_changed.connect(lambda running: self._show_running())
        self.stop.clicked.connect(lambda checked: self.portions.give_up())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PATIENCE)
        self._soon.timeout.connect(self.refresh)
        table.picked.connect(self._picked)
        model.counted.connect(lambda count: self._picked())
        self._show_running()
        self.hide()

    @property
    def waiting(self) -> bool:
        """Whether a selection is still to be looked at."""
        return self._soon.isActive()

    @property
    def _busy(self) -> bool:
        return self.portions.running or self.errand.running

    def _picked(self) -> None:
        if self._busy:
            return
        self.setVisible(self._table.picked_count > 1 and self._model.complete)
        if self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Reckon what is selected."""
        numbers = self._table.picked_numbers()
        whole = self._model.most is None and len(numbers) == self._model.rowCount()
        wanted = self._model.wanted if whole else None
        desk = self._context.desk

        def look() -> tuple[Total, dict[Stage, int]]:
            total = desk.cases.total(wanted) if wanted is not None else desk.cases.total_at(numbers)
            return total, desk.batch.steps(numbers, wanted)

        def show(found: tuple[Total, dict[Stage, int]]) -> None:
            if self._table.picked_count == len(numbers) and not self._busy:
                self._show(*found)

        self._context.store.ask(look, show, owner=self)

    def _show(self, total: Total, steps: dict[Stage, int]) -> None:
        words = N_("已选 {count} 件，金额合计 {amount} 元")
        if total.without:
            words = N_("已选 {count} 件，金额合计 {amount} 元（{without} 件没有金额）")
        self.told.setText(
            self._say(words, count=f"{total.count:,}", amount=figures(total.amount), without=f"{total.without:,}")
        )
        self.steps = steps
        self.choices.clear()
        for stage, count in steps.items():
            label = self._say(STAGE_LABELS[stage])
            told = self._say(N_("转入“{stage}”（{count} 件）"), stage=label, count=f"{count:,}")
            self.choices.addAction(told, partial(self.ask_step, stage))
        self.advance.setEnabled(bool(steps))

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.told.setText(self._say(N_("已完成 {done} / {total}"), done=f"{done:,}", total=f"{total:,}"))

    def _show_running(self) -> None:
        for part in (self.progress, self.stop):
            part.setVisible(self._busy)
        self.stop.setEnabled(self.portions.running)
        for part in (self.advance, self.print_, self.export, self.clear):
            part.setVisible(not self._busy)

    # Stages ---------------------------------------------------------------------------------------------------------

    def ask_step(self, to: Stage) -> None:
        """Ask what the stage needs, once for all, and take the selected cases there."""
        numbers = self._table.picked_numbers()
        ask_step(
            to, len(numbers), self.steps.get(to, 0), self._context, self.window(), typed=self._typed.get(to),
            then=lambda reason, on: self._advance(numbers, to, reason, on),
        )  # fmt: skip

    def _advance(self, numbers: array[int], to: Stage, reason: str, on: date | None) -> None:
        batch = self._context.desk.batch
        self._typed[to] = Typed(reason, on)

        def told(every: list[Done], left: int) -> None:
            self._context.bus.cases_changed.emit()
            report = Report(to, tuple(every), left)
            level = Level.INFO if report.skipped or left else Level.GOOD
            self._context.tell(self._say.read(report.sentence()), level)
            self._picked()
            if not (report.skipped or left):
                self._typed.pop(to, None)
            if report.skipped:
                BatchReport(report, self._context, self.window()).open()

        self.portions.run(
            numbers, lambda some: batch.advance(some, to, reason=reason, on=on), told, size=_CASES_AT_ONCE
        )

    # Paper ----------------------------------------------------------------------------------------------------------

    def print_picked(self) -> None:
        """Choose a paper for all that are selected, in the order of the list."""
        if self._busy or not self._table.picked_count:
            return
        if self._table.picked_count > MOST_PRINTED:
            words = N_("一次最多打印 {most} 件，请缩小范围")
            self._context.tell(self._say(words, most=f"{MOST_PRINTED:,}"), Level.BAD)
            return

        def show(rows: list[CaseRow | None], left: int) -> None:
            from jinan_desk.gui.batch_print import BatchPrintDialog

            self._picked()
            if not left:
                cases = [row.case for row in rows if row is not None]
                BatchPrintDialog(cases, self._context, self.window()).open()

        self.portions.run(
            self._table.picked_numbers(), self._context.desk.cases.at, show, size=_ROWS_AT_ONCE
        )

    # The ledger -----------------------------------------------------------------------------------------------------

    def _export(self) -> None:
        if self._table.picked_count > MOST_EXPORTED:
            words = N_("一次最多导出 {most} 件，请缩小范围，或到“数据交换”导出数据包")
            self._context.tell(self._say(words, most=f"{MOST_EXPORTED:,}"), Level.BAD)
            return
        desk = self._context.desk
        proposed = f"{self._say(N_('台账'))}-{desk.office.code}-{desk.today().isoformat()}.xlsx"
        path = ask_target(self, self._say(N_("另存为")), proposed, WORKBOOK)
        if path is not None:
            self.write_ledger(path)

    def write_ledger(self, path: Path) -> None:
        """Write the ledger of the selected cases in the order of the list."""
        desk = self._context.desk

        def write(rows: list[CaseRow | None], left: int) -> None:
            if left:
                self._context.tell(self._say(N_("已停止，没有写出文件")))
                self._picked()
                return
            there = [row for row in rows if row is not None]

            def begin(noted: None) -> None:  # noqa: ARG001
                self.errand.run(
                    lambda progress, cancelled: desk.packages.ledger_of(path, there), self._told, failed=self._refuse
                )

            note = partial(desk.packages.note_ledger, len(there))
            self._context.store.ask(note, begin, owner=self, failed=self._refuse)

        self.portions.run(self._table.picked_numbers(), desk.cases.at, write, size=_ROWS_AT_ONCE)

    def _told(self, written: Written) -> None:
        self._context.tell("　".join(map(self._say.read, written.sentences())), Level.GOOD)
        self._picked()

    def _refuse(self, error: Exception) -> None:
        self._picked()
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
