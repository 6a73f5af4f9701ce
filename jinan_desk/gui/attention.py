"""What needs attention beside the stages: findings to be cleared and alerts, each leading to its case."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.role import CONFIRMS
from jinan_desk.core.text import N_, listed
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.pointers import WrappingButton
from jinan_desk.services.alerts import Alert
from jinan_desk.services.desk import Desk
from jinan_desk.services.findings import FindingView

_MOST = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence and the case to which it leads."""

    case: str
    text: str


@dataclass(frozen=True, slots=True)
class Attention:
    """How many there are, and the first of them."""

    count: int = 0
    items: tuple[Item, ...] = ()


def findings(context: Context, desk: Desk) -> Attention:
    """The findings that nobody has cleared yet. Belongs to the store's thread."""
    found = list(islice(desk.findings.all(), _MOST))
    return Attention(desk.findings.count(), tuple(Item(one.cases[0].case, _finding(one, context)) for one in found))


def _finding(view: FindingView, context: Context) -> str:
    who = dict.fromkeys(row.applicant or context.say(N_("（未填写）")) for row in view.cases)
    return f"{context.say.read(view.finding.sentence())}　[{context.say.listed(who)}]"


def alerts(context: Context, desk: Desk) -> Attention:
    """The alerts of open cases. Belongs to the store's thread."""
    found = desk.alerts()
    return Attention(len(found), tuple(Item(one.row.case, _alert(one, context)) for one in found[:_MOST]))


def _alert(alert: Alert, context: Context) -> str:
    name, told = programme_name(alert.row.programme, context), context.say.read(listed(alert.messages, N_("；")))
    return f"{name}　{alert.row.applicant}　{told}"


def conflicts(_context: Context, desk: Desk) -> Attention:
    """How many cases have more than one newest version; they are settled elsewhere. Belongs to the store's thread."""
    return Attention(desk.conflicts.count())


def proposals(_context: Context, desk: Desk) -> Attention:
    """How many parameter values wait for this person to confirm them; that is done elsewhere. Belongs to the store's
    thread."""
    able = bool(desk.roles & CONFIRMS)
    return Attention(sum(able and proposal.by != desk.account for proposal in desk.proposals.open()))


class AttentionList(QScrollArea):
    """The items of one kind, one below the other."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._picture = context.look.icon("warning", "doubt").pixmap(16, 16)
        self.buttons: list[WrappingButton] = []
        self._rest = QLabel()
        set_role(self._rest, "small")
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(0, 0, 6, 0)
        self._box.setSpacing(2)
        self._box.addWidget(self._rest)
        self._box.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def show_items(self, attention: Attention) -> None:
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = [self._button(item) for item in attention.items]
        for place, button in enumerate(self.buttons):
            self._box.insertWidget(place, button)
        more = attention.count - len(attention.items)
        self._rest.setText(self._context.say(N_("还有 {count} 项"), count=more))
        self._rest.setVisible(more > 0)

    def _button(self, item: Item) -> WrappingButton:
        button = WrappingButton(self._picture)
        button.setText(item.text)
        button.clicked.connect(lambda checked: self._context.bus.case_wanted.emit(item.case))
        return button
