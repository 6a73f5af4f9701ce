"""政策参数: every dated value of every programme, with its source, how sure it is, and what it changes in the cases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.effect_panel import EffectPanel
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.form_dialog import TextDialog
from jinan_desk.gui.parameter_dialog import ParameterDialog
from jinan_desk.gui.parameter_table import HEADS, SOURCE, ParameterModel, Row
from jinan_desk.gui.search_line import SearchLine
from jinan_desk.gui.table import Table
from jinan_desk.services.parameters import Proposal, State

_LINES = 2
"""Of a text: whoever wants to read all of it reads it below the table."""


class ParametersPage(QWidget):
    """A table to be read and searched; below it the words that a value rests on, and what it changes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self._say = say = context.say
        self._open_wanted = False
        self.search = SearchLine(context.look, say(N_("查找参数、依据或事项编号")), say(N_("查找参数")))
        self.search.setMinimumWidth(self.search.room_for_hint)
        self.search.setMaximumWidth(360)
        hint = EvenLabel(say(N_("“本机构确认”为本程序采用的解释，“待本机构录入”为文件没有公布的数值。")))
        set_role(hint, "muted")
        self.model = ParameterModel(context, self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self.model)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self._shown.setFilterFixedString)
        widths = [0 if column == SOURCE else width for column, (_, width) in enumerate(HEADS)]
        self.table = Table(self._shown, say(N_("政策参数")), widths, lines=_LINES)
        self.table.selectionModel().currentChanged.connect(lambda now, before: self._show_chosen())
        self.search.lead_to(self.table)
        self.add = QPushButton(context.look.icon("new", "on_accent"), say(N_("录入数值…")))
        set_role(self.add, "primary")
        self.add.clicked.connect(lambda checked: self.ask_value())
        self.effects = EffectPanel(context)
        self.effects.opened.connect(context.bus.case_wanted)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.search, 1)
        row.addWidget(hint, 2)
        row.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        box.addLayout(row)
        box.addWidget(self._make_parts(), 1)
        context.bus.parameters_changed.connect(self._fetch)
        context.bus.handler_changed.connect(self._show_chosen)
        self._fetch()

    def _make_parts(self) -> QSplitter:
        """The table with what is under its cursor, and below the effects."""
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(8)
        above.addWidget(self.table, 1)
        above.addWidget(self._make_strip())
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(upper)
        parts.addWidget(self.effects)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        self.effects.hide()
        return parts

    def _make_strip(self) -> QFrame:
        """What the value under the cursor rests on, and what may be done with it."""
        say = self._say
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.confirm = QPushButton(say(N_("确认执行…")))
        set_role(self.confirm, "straight")
        self.confirm.clicked.connect(lambda checked: self._ask_confirmation())
        self.withdraw = QPushButton(say(N_("撤回…")))
        self.withdraw.clicked.connect(lambda checked: self.ask_withdrawal())
        self.look = QPushButton(say(N_("查看影响")))
        self.look.clicked.connect(lambda checked: self.show_effects())
        strip = QFrame()
        set_role(strip, "card")
        inside = QHBoxLayout(strip)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(8)
        inside.addWidget(self._words, 1)
        for button in (self.confirm, self.withdraw, self.look):
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return strip

    def _fetch(self) -> None:
        context = self._context
        context.store.ask(context.desk.proposals.all, self._show_own, owner=self)

    def _show_own(self, own: Sequence[Proposal]) -> None:
        chosen = self.chosen
        self.model.add(own)
        waiting = next((one.number for one in own if one.state is State.OPEN), 0)
        if self._open_wanted and waiting:
            self._pick("", waiting)
        elif chosen is not None:
            self._pick(chosen.parameter.key, chosen.proposal.number if chosen.proposal is not None else 0)
        self._open_wanted = False
        self._show_chosen()

    # The value under the cursor ---------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        index = self._shown.mapToSource(self.table.currentIndex())
        return self.model.row(index.row()) if index.isValid() else None

    @property
    def words(self) -> str:
        """What the value under the cursor rests on."""
        return self._words.text()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        proposal = chosen.proposal if chosen is not None else None
        is_open = proposal is not None and proposal.state is State.OPEN
        self._words.setText(self._say(N_("选择一行，可看数值的依据。")) if chosen is None else self.model.told(chosen))
        own = proposal is not None and proposal.by == self._context.desk.account
        self.confirm.setVisible(is_open)
        self.confirm.setEnabled(is_open and not own)
        self.confirm.setToolTip(self._say(N_("提出的人不能自己确认，请另一人在本机办理")) if own else "")
        self.withdraw.setVisible(is_open)
        self.look.setVisible(proposal is not None and proposal.state is not State.WITHDRAWN)

    def ask_value(self) -> ParameterDialog:
        """Ask for a new value of the parameter under the cursor, or of another one."""
        chosen = self.chosen
        key = chosen.parameter.key if chosen is not None else ""
        dialog = ParameterDialog(self.model.parameters, key, self._context, self.window())
        dialog.open()
        return dialog

    def show_effects(self) -> None:
        """Reckon below what the value under the cursor changes."""
        chosen = self.chosen
        if chosen is None or chosen.dated is None:
            return
        self.effects.show()
        self.effects.reckon(chosen.parameter, chosen.dated)

    def _ask_confirmation(self) -> None:
        say, chosen = self._say, self.chosen
        if chosen is None or chosen.proposal is None:
            return
        question = QMessageBox(self.window())
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(say(N_("确认执行")))
        question.setText(self.model.told(chosen))
        question.setInformativeText(say(N_("确认后用于认定，不能撤回；已决办件不变。是否已看过影响、核对过文件？")))
        sure = question.addButton(say(N_("确认执行")), QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(question.addButton(say(N_("取消")), QMessageBox.ButtonRole.RejectRole))
        number = chosen.proposal.number
        question.finished.connect(
            lambda result: self.put_in_force(number) if question.clickedButton() is sure else None
        )
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    def put_in_force(self, number: int) -> None:
        """Confirm the proposal as the person at the desk."""
        context = self._context

        def told(proposal: Proposal) -> None:
            words = N_("“{label}”的新数值自 {since} 起执行")
            since = proposal.dated.since.isoformat()
            context.tell(self._say(words, label=self._say(proposal.parameter.label), since=since), Level.GOOD)
            context.bus.parameters_changed.emit()

        context.store.ask(lambda: context.desk.proposals.confirm(number), told, owner=self)

    def ask_withdrawal(self) -> TextDialog | None:
        """Ask why the proposal under the cursor is to be withdrawn."""
        say, context, chosen = self._say, self._context, self.chosen
        if chosen is None or chosen.proposal is None:
            return None
        number = chosen.proposal.number

        def told(proposal: Proposal) -> None:
            context.tell(say(N_("已撤回“{label}”的新数值"), label=say(proposal.parameter.label)), Level.GOOD)
            context.bus.parameters_changed.emit()

        dialog = TextDialog(
            say(N_("撤回参数数值")),
            say(N_("撤回的提议仍留在记录中，不再等待确认。")),
            say(N_("撤回")),
            context,
            self.window(),
            label=say(N_("撤回的原因")),
            act=lambda reason: context.desk.proposals.withdraw(number, reason),
            then=told,
        )
        dialog.open()
        return dialog

    # Finding ----------------------------------------------------------------------------------------------------------

    def show_parameter(self, key: str) -> None:
        """Put the cursor on this parameter; "" for the first value that waits to be confirmed."""
        self.search.clear()
        if key:
            self._pick(key)
        else:
            self._open_wanted = True
            self._fetch()
        self.table.setFocus()

    def _pick(self, key: str, number: int = 0) -> None:
        row = self.model.row_of(key, number)
        if row >= 0:
            index = self._shown.mapFromSource(self.model.index(row, 0))
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)

    def start_search(self) -> None:
        self.search.setFocus()
