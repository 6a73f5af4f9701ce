"""Taking a roster from a workbook: which column is which, what would come of it, and only then the taking.

Where it goes is the caller's: into a stored case as a revision, or into the grid of a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.look import mark
from jinan_desk.gui.table import Head, Table, TableModel

if TYPE_CHECKING:
    from jinan_desk.exchange.roster import Heads
    from jinan_desk.services.rosters import Inspection

ROSTER_FILES = "Excel, WPS, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt *.tsv)"
_MOST = 500
"""So many refused cells are listed; the marked workbook names all of them."""

Inspect = Callable[[Path, bool, Mapping[int, str] | None], "Inspection"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a roster goes: what would come of it (on the store's thread), and the taking of it (here)."""

    inspect: Inspect
    take: Callable[[Inspection], None]
    rows: int
    """How many rows are there already."""


class RosterImport(FittingDialog):
    """Two sheets: the columns, shown first only where they are not sure; and the report, with what to do about it."""

    marked = Signal(object)
    """The marked workbook was written to this path."""

    def __init__(self, path: Path, programme: Programme, target: Target, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self._programme = programme
        self._target = target
        self._context = context
        self._say = say = context.say
        self._inspection: Inspection | None = None
        self.setWindowTitle(say(N_("导入名单")))
        self.resize(860, 520)
        name = QLabel(say(N_("文件：{name}"), name=path.name))
        set_role(name, "muted")
        self.columns = Columns(programme, context)
        self.report = Report(context, already=target.rows > 0)
        self.report.mode_changed.connect(self._inspect)
        self._sheets = QStackedWidget()
        self._sheets.addWidget(self.columns)
        self._sheets.addWidget(self.report)
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        set_role(self._wrong, "wrong")
        self._wrong.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.back = self._button(N_("列的对应…"), lambda: self._show(self.columns))
        self.save_marked = self._button(N_("另存标出错误的工作簿…"), self._save_marked)
        self._buttons.addStretch(1)
        self.forward = self._button(N_("核对"), self._inspect)
        self.take = self._button(N_("导入"), self._take)
        self._button(N_("取消"), self.reject)
        for button in (self.forward, self.take):
            set_role(button, "primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        box.addWidget(name)
        box.addWidget(self._sheets, 1)
        box.addWidget(self._wrong)
        box.addLayout(self._buttons)
        self._show(self.report)
        rosters, code = context.desk.rosters, programme.code
        self._ask(lambda: rosters.heads(code, path), self._take_heads)

    def _button(self, name: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._say(name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda checked: action())
        self._buttons.addWidget(button)
        return button

    def _ask(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._say_wrong("")
        for button in (self.back, self.save_marked, self.forward, self.take):
            button.setEnabled(False)
        self._context.store.ask(work, then, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self._refresh()
        if not isinstance(error, DeskError):
            raise error
        self._say_wrong(error.read(self._say.translate))

    def _say_wrong(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    @property
    def wrong(self) -> str:
        """Why the file or the choice of columns cannot be taken."""
        return self._wrong.text()

    def _take_heads(self, heads: Heads) -> None:
        self.columns.show_heads(heads)
        if heads.sure:
            self._inspect()
        else:
            self._show(self.columns)
            self.columns.setFocus()

    def _inspect(self) -> None:
        work = partial(self._target.inspect, self._path, self.report.append, self.columns.chosen)
        self._ask(work, self._inspected)

    def _inspected(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self.report.show_inspection(inspection)
        self._show(self.report)
        (self.save_marked if inspection.refused else self.take).setFocus()

    def _show(self, sheet: QWidget) -> None:
        self._sheets.setCurrentWidget(sheet)
        self._refresh()

    def _refresh(self) -> None:
        reporting = self._sheets.currentWidget() is self.report
        seen = self._inspection
        self.back.setVisible(reporting)
        self.back.setEnabled(self.columns.there)
        self.save_marked.setVisible(reporting and seen is not None and seen.refused > 0)
        self.save_marked.setEnabled(True)
        self.forward.setVisible(not reporting)
        self.forward.setEnabled(True)
        self.forward.setDefault(not reporting)
        self.take.setVisible(reporting)
        self.take.setEnabled(seen is not None and not seen.refused)
        (self.take if seen is None or not seen.refused else self.save_marked).setDefault(reporting)

    def _save_marked(self) -> None:
        say, inspection = self._say, self._inspection
        if inspection is None:
            return
        proposed = self._path.with_name(self._path.stem + say(N_("（标出错误）")) + ".xlsx")
        target = ask_target(self, say(N_("另存标出错误的工作簿")), proposed, WORKBOOK)
        if target is not None:
            rosters = self._context.desk.rosters
            self._ask(
                lambda: rosters.write_marked(inspection, self._path, target, say.translate),
                lambda result: self._told_marked(target),
            )

    def _told_marked(self, target: Path) -> None:
        self._refresh()
        self._context.tell(self._say(N_("已存为 {name}，改好以后可以再导入"), name=target.name), Level.GOOD)
        self.marked.emit(target)

    def _take(self) -> None:
        if self._inspection is not None and not self._inspection.refused:
            self.accept()
            self._target.take(self._inspection)


class Columns(QWidget):
    """Which column of the file is which: its head, its first cells, and a choice."""

    def __init__(self, programme: Programme, context: Context) -> None:
        super().__init__()
        self._say = say = context.say
        shape = programme.row_shape
        self._fields = shape.fields if shape is not None else ()
        hint = QLabel(say(N_("有的表头认不准。请说明每一列是什么；选定的名称会记住，下次不再询问。")))
        hint.setWordWrap(True)
        set_role(hint, "muted")
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self._grid.setRowStretch(1000, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        self.choices: dict[int, QComboBox] = {}
        self._proposed: dict[int, str] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(hint)
        box.addWidget(self._scroll, 1)

    @property
    def there(self) -> bool:
        """Whether any columns are shown."""
        return bool(self.choices)

    @property
    def chosen(self) -> dict[int, str] | None:
        """The keys by the place of a column, None where nobody chose otherwise than the file says."""
        now = {place: str(choice.currentData()) for place, choice in self.choices.items()}
        return None if now == self._proposed else now

    def show_heads(self, heads: Heads) -> None:
        say = self._say
        for column, title in enumerate((N_("文件中的列"), N_("作为"), N_("前几行"))):
            label = QLabel(say(title))
            set_role(label, "section")
            self._grid.addWidget(label, 0, column)
        for row, head in enumerate(heads.columns, start=1):
            name = QLabel(f"{head.letter}　{head.head}")
            choice = QComboBox()
            choice.setAccessibleName(f"{say(N_('作为'))} {head.head}")
            choice.setMinimumWidth(190)
            choice.addItem(say(N_("（不采用）")), "")
            for field in self._fields:
                choice.addItem(say(field.label), field.key)
            key = head.key or head.guess
            choice.setCurrentIndex(max(0, choice.findData(key)))
            mark(choice, wrong=bool(head.guess) and not head.key)
            sample = QLabel(say.listed(head.samples))
            set_role(sample, "muted")
            for place, widget in enumerate((name, choice, sample)):
                self._grid.addWidget(widget, row, place)
            self.choices[head.place] = choice
            self._proposed[head.place] = head.key
        choices = list(self.choices.values())
        self.setFocusProxy(next((choice for choice in choices if not choice.currentData()), choices[0]))


class Report(QWidget):
    """How the rows would come in, what would come of it, and every cell that cannot be taken."""

    mode_changed = Signal()

    def __init__(self, context: Context, *, already: bool) -> None:
        super().__init__()
        self._say = say = context.say
        self._instead = QRadioButton(say(N_("代替现有名单")))
        self._besides = QRadioButton(say(N_("加到现有名单后面")))
        self._instead.setChecked(True)
        self._besides.toggled.connect(self.mode_changed)
        modes = QHBoxLayout()
        modes.setSpacing(18)
        for mode in (self._instead, self._besides):
            mode.setVisible(already)
            modes.addWidget(mode)
        modes.addStretch(1)
        self._summary = QLabel(say(N_("正在读取文件…")))
        self._summary.setWordWrap(True)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heads = (
            Head(say(N_("行")), 60), Head(say(N_("列")), 50), Head(say(N_("项目")), 150), Head(say(N_("应改为"))),
        )  # fmt: skip
        self.cells = TableModel(heads, self)
        self.table = Table(self.cells, say(N_("有误的单元格")), [head.width for head in heads])
        self.table.hide()
        self._advice = QLabel(say(N_("有误的单元格改正以后才能导入。可以另存标出错误的工作簿，交填表人改好再导入。")))
        self._advice.setWordWrap(True)
        self._advice.hide()
        set_role(self._advice, "muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(modes)
        box.addWidget(self._summary)
        box.addWidget(self._advice)
        box.addWidget(self.table, 100)
        box.addStretch(1)  # where nothing is wrong, the words stay above

    @property
    def append(self) -> bool:
        """Whether the rows come to those that are there."""
        return self._besides.isChecked()

    @property
    def text(self) -> str:
        return self._summary.text()

    def show_inspection(self, inspection: Inspection) -> None:
        say, roster = self._say, inspection.roster
        self._summary.setText("\n".join(say.read(sentence) for sentence in inspection.remarks()))
        rows = [(str(c.row), c.column, say(c.label), say.read(c.why)) for c in roster.bad[:_MOST]]
        self.cells.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._advice.setVisible(bool(rows))
