"""保存期限: how long cases are kept, which are past that, and destroying them by two people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.card import Card
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.form_dialog import TextDialog
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.retention import Destroyed, Due, Proposed, Years

_HEADS = (
    (N_("编号"), 236), (N_("事项"), 190), (N_("阶段"), 80), (N_("办结日期"), 96), (N_("应保存到"), 96), (N_("销毁"), 0),
)  # fmt: skip
_MOST = 500
_MOST_YEARS = 99


@dataclass(frozen=True, slots=True)
class _Line:
    """A case past its keeping time, and its proposal where there is one."""

    due: Due
    proposed: Proposed | None


class RetentionView(QWidget):
    """The years above, the cases below; whoever proposes is not who confirms."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self.lines: Sequence[_Line] = ()
        card = Card(say(N_("保存期限")))
        card.add_text(
            say(N_("自归档、办结或其他终结之日起算；政策没有规定，由本机构设定。期满的办件由一人提议、另一人确认后销毁。"))
        )
        self.money, self.service = self._years(N_("涉及资金的办件（年）")), self._years(N_("告知和服务记录（年）"))
        self.keep = QPushButton(say(N_("保存")))
        self.keep.clicked.connect(lambda checked: self._set_years())
        row = QHBoxLayout()
        row.setSpacing(8)
        for spin in (self.money, self.service):
            label = QLabel(spin.accessibleName())
            label.setBuddy(spin)
            row.addWidget(label)
            row.addWidget(spin)
            row.addSpacing(12)
        row.addWidget(self.keep)
        row.addStretch(1)
        card.box.addLayout(row)
        self.model = TableModel([Head(say(title), width) for title, width in _HEADS])
        self.table = Table(self.model, say(N_("超过保存期限的办件")), [width for _, width in _HEADS])
        self.model.setParent(self.table)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda now, before: self._refresh())
        self.nothing = QLabel()
        set_role(self.nothing, "muted")
        self.propose = QPushButton(say(N_("提议销毁…")))
        self.propose.clicked.connect(lambda checked: self.ask_proposal())
        self.withdraw = QPushButton(say(N_("撤回提议")))
        self.withdraw.clicked.connect(lambda checked: self._withdraw())
        self.confirm = QPushButton(say(N_("确认销毁…")))
        set_role(self.confirm, "danger")
        self.confirm.clicked.connect(lambda checked: self.ask_confirmation())
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.nothing, 1)
        for button in (self.propose, self.withdraw, self.confirm):
            below.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(card)
        box.addWidget(self.table, 1)
        box.addLayout(below)
        context.bus.handler_changed.connect(self._refresh)
        self._refresh()

    def _years(self, name: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(1, _MOST_YEARS)
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # arrow keys and typing do
        spin.setAccessibleName(self._say(name))
        return spin

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Ask what is due."""
        desk = self._context.desk

        def look() -> tuple[Years, list[_Line]]:
            kept = desk.retention
            proposed = {one.case: one for one in kept.proposed()}
            return kept.years(), [_Line(due, proposed.get(due.row.case)) for due in islice(kept.due(), _MOST)]

        self._context.store.ask(look, lambda found: self._show(*found), owner=self)

    def _show(self, years: Years, lines: Sequence[_Line]) -> None:
        self.money.setValue(years.money)
        self.service.setValue(years.service)
        self.lines = lines
        self.model.show_rows([self._row(line) for line in lines])
        told = N_("没有超过保存期限的办件。") if not lines else N_("按住 Ctrl 或 Shift 可以选几件")
        self.nothing.setText(self._say(told))
        self._refresh()

    def _row(self, line: _Line) -> tuple[str, ...]:
        row, proposed = line.due.row, line.proposed
        state = ""
        if proposed is not None:
            state = self._say(
                N_("{by} 提议，待另一人确认：{reason}"), by=proposed.by, reason=proposed.reason
            )
        return (
            row.number or row.case[:8],
            programme_name(row.programme, self._context),
            self._say(STAGE_LABELS[Stage(row.stage)]),
            line.due.ended.isoformat(),
            line.due.kept_until.isoformat(),
            state,
        )

    @property
    def picked(self) -> list[_Line]:
        """The selected cases."""
        return [self.lines[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _refresh(self) -> None:
        picked = self.picked
        open_ = [line.proposed for line in picked if line.proposed is not None]
        self.propose.setEnabled(bool(picked) and not open_)
        self.withdraw.setEnabled(bool(open_) and len(open_) == len(picked))
        own = [one for one in open_ if one.by == self._context.desk.account]
        self.confirm.setEnabled(self.withdraw.isEnabled() and not own)
        self.confirm.setToolTip(self._say(N_("自己提议的，由另一人登录后确认")) if own else "")

    # What may be done -----------------------------------------------------------------------------------------------

    def _set_years(self) -> None:
        kept, money, service = self._context.desk.retention, self.money.value(), self.service.value()
        self._do(lambda: kept.set_years(money=money, service=service), N_("保存期限已设定"))

    def ask_proposal(self) -> None:
        """Ask why the selected cases are to be destroyed."""
        kept, cases = self._context.desk.retention, [line.due.row.case for line in self.picked]
        self._ask(
            N_("提议销毁 {count} 个办件"),
            N_("写明理由；理由一直保留，请不要写个人信息。由另一人在本机登录后确认。"),
            N_("理由"),
            lambda reason: kept.propose(cases, reason),
            len(cases),
        )

    def ask_confirmation(self) -> None:
        """Ask once more before the selected cases are destroyed."""
        kept = self._context.desk.retention
        numbers = [line.proposed.number for line in self.picked if line.proposed is not None]
        word = self._say(_WORD)

        def destroy(given: str) -> Destroyed:
            if given.strip() != word:
                raise DeskError(Sentence(N_("请输入“{word}”以确认"), word=Sentence(_WORD)))
            return kept.confirm(numbers)

        self._ask(
            N_("销毁 {count} 个办件，不可撤销"),
            N_("内容、名单和检索一并删除，只留下编号和摘要；此前的备份和其他机构仍有副本。"),
            N_("输入“销毁”以确认"),
            destroy,
            len(numbers),
        )

    def _withdraw(self) -> None:
        kept = self._context.desk.retention
        numbers = [line.proposed.number for line in self.picked if line.proposed is not None]
        self._do(lambda: [kept.withdraw(number) for number in numbers], N_("已撤回提议"))

    def _ask(self, title: str, hint: str, label: str, act: Callable[[str], Any], count: int) -> None:
        say = self._say
        TextDialog(
            say(title, count=count), say(hint), say(N_("确定")), self._context, self.window(),
            label=say(label), act=act, then=self._done,
        ).open()  # fmt: skip

    def _done(self, result: object) -> None:
        if isinstance(result, Destroyed):
            self._context.tell(self._say.read(next(iter(result.sentences()))), Level.GOOD)
            self._context.bus.cases_changed.emit()
        else:
            self._context.tell(self._say(N_("已提议销毁，由另一人登录后在这里确认")), Level.GOOD)
        self.read()

    def _do(self, work: Callable[[], object], told: str) -> None:
        self._context.store.ask(work, partial(self._told, told), owner=self, failed=self._failed)

    def _told(self, told: str, _result: object) -> None:
        self._context.tell(self._say(told), Level.GOOD)
        self.read()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)


_WORD = N_("销毁")
