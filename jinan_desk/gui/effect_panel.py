"""What a parameter value would change: cases with both amounts, sums, progress. Reckoned a few cases at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.dated import Dated, Parameter
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.table import Head, Table, TableModel, Value
from jinan_desk.services.effects import Effect, Reckoning, signed

_AT_ONCE = 100
_HEADS = (
    (N_("编号"), 190, False), (N_("事项"), 56, False), (N_("申请人"), 0, False), (N_("阶段"), 76, False),
    (N_("原结果"), 64, False), (N_("原金额（元）"), 100, True), (N_("新结果"), 64, False),
    (N_("新金额（元）"), 100, True), (N_("相差（元）"), 100, True),
)  # fmt: skip


class EffectPanel(QWidget):
    """The effects of one value. A case is opened with Enter or a double click."""

    opened = Signal(str)
    finished = Signal()
    """Every case has been looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self.reckoning: Reckoning | None = None
        self._stopped = False
        self._turn = 0
        self._state = QLabel()
        self._state.setWordWrap(True)
        set_role(self._state, "strong")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._progress.setAccessibleName(say(N_("进度")))
        self.stop = QPushButton(say(N_("停止")))
        self.stop.clicked.connect(lambda checked: self._give_up())
        self.export = QPushButton(context.look.icon("export"), say(N_("导出清单…")))
        self.export.clicked.connect(lambda checked: self._ask_where())
        self.model = TableModel([Head(say(title), width, numeric) for title, width, numeric in _HEADS])
        self.table = Table(self.model, say(N_("结果不同的办件")), [width for _, width, _ in _HEADS])
        self.model.setParent(self.table)
        self.table.activated.connect(lambda index: self._open(index.row()))
        self._sums = QLabel()
        self._sums.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._state, 1)
        for part in (self._progress, self.stop, self.export):
            top.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        box.addWidget(self._sums)
        self.clear()

    @property
    def state(self) -> str:
        """How far it is, in words."""
        return self._state.text()

    @property
    def sums(self) -> str:
        return self._sums.text()

    @property
    def waiting(self) -> bool:
        """Whether cases are still being looked at."""
        return self._progress.isVisibleTo(self)

    def clear(self) -> None:
        """Show nothing, and stop looking."""
        self._turn += 1
        self.reckoning = None
        self.model.show_rows([])
        self._sums.clear()
        self._show_running(False)
        self.export.setEnabled(False)

    def reckon(self, parameter: Parameter, dated: Dated) -> None:
        """Look at every case that the value may concern."""
        self.clear()
        self._stopped = False
        turn, context = self._turn, self._context
        self._state.setText(self._say(N_("正在查找受影响的办件…")))
        self._show_running(True)
        context.store.ask(
            lambda: context.desk.effects(parameter, dated),
            self._if_wanted(turn, self._begin),
            owner=self,
            failed=self._failed,
        )

    def _if_wanted(self, turn: int, then: Callable[[Reckoning], None]) -> Callable[[Reckoning], None]:
        def deliver(reckoning: Reckoning) -> None:
            if turn == self._turn:
                then(reckoning)

        return deliver

    def _begin(self, reckoning: Reckoning) -> None:
        self.reckoning = reckoning
        self._progress.setRange(0, max(1, reckoning.total))
        self._go_on(reckoning)

    def _go_on(self, reckoning: Reckoning) -> None:
        self._progress.setValue(reckoning.done)
        self.model.show_rows([self._cells(effect) for effect in reckoning.effects])
        self._sums.setText("\n".join(self._say.read(one.sentence()) for one in reckoning.sums()))
        if reckoning.finished or self._stopped:
            self._end(reckoning)
            return

        def more() -> Reckoning:
            reckoning.more(_AT_ONCE)
            return reckoning

        self._context.store.ask(more, self._if_wanted(self._turn, self._go_on), owner=self, failed=self._failed)

    def _end(self, reckoning: Reckoning) -> None:
        self._show_running(False)
        count = len(reckoning.effects)
        self.export.setEnabled(count > 0)
        if not reckoning.finished:
            words = N_("已停止：看了 {total} 件中的 {done} 件，结果不同的 {count} 件")
            self._state.setText(self._say(words, done=reckoning.done, total=reckoning.total, count=count))
        elif count:
            words = N_("已看 {total} 件，结果不同的 {count} 件")
            self._state.setText(self._say(words, total=reckoning.total, count=count))
        else:
            words = N_("已看 {total} 件，没有办件的结果因此不同")
            self._state.setText(self._say(words, total=reckoning.total))
        self.finished.emit()

    def _show_running(self, running: bool) -> None:
        self._progress.setVisible(running)
        self.stop.setVisible(running)
        self.export.setVisible(not running)
        if running:
            self._progress.setRange(0, 0)

    def _give_up(self) -> None:
        self._stopped = True

    def _cells(self, effect: Effect) -> tuple[Value, ...]:
        row, say = effect.row, self._say
        return (
            row.number or row.case[:8],
            row.programme,
            row.applicant,
            say(STAGE_LABELS[Stage(row.stage)]),
            say(OUTCOME_LABELS[Outcome(row.outcome)]),
            "" if row.amount is None else figures(row.amount),
            say(OUTCOME_LABELS[effect.outcome]),
            "" if effect.amount is None else figures(effect.amount),
            signed(effect.after - effect.before),
        )

    def _open(self, row: int) -> None:
        if self.reckoning is not None:
            self.opened.emit(self.reckoning.effects[row].row.case)

    # The worklist -----------------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        reckoning = self.reckoning
        if reckoning is None:
            return
        proposed = f"{self._say(N_('参数影响清单'))}-{self._context.desk.today():%Y%m%d}.xlsx"
        path = ask_target(self, self._say(N_("另存为")), proposed, WORKBOOK)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the worklist into a workbook."""
        reckoning, translate, context = self.reckoning, self._say.translate, self._context
        if reckoning is None:
            return

        def told(_nothing: None) -> None:
            words = N_("清单已存为 {name}，共 {count} 件")
            context.tell(self._say(words, name=path.name, count=len(reckoning.effects)), Level.GOOD)

        context.store.ask(lambda: reckoning.write(path, translate), told, owner=self)

    def _failed(self, error: Exception) -> None:
        self._show_running(False)
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
