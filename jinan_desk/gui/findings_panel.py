"""Findings (疑点) that name the case in the editor: what stands against what, and clearing it with a reason.

There is nothing to be seen where there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui import reason
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.services.findings import FindingView
from jinan_desk.services.listing import CaseRow

_MOST_HEIGHT = 92
_LONGEST_NAME = 14
_AT_ONCE = 20
"""A roster handed in twice has a finding a row; hundreds of lines would take a second to draw."""


class FindingsPanel(QFrame):
    """The findings of one case, those still open first."""

    changed = Signal()
    """A finding was cleared: the case has another revision."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = context.say
        self._case = ""
        self._low = False
        self._shown: list[QWidget] = []
        self._ordered: Sequence[FindingView] = ()
        self.open: list[FindingView] = []
        self.buttons: list[QPushButton] = []
        self.links: list[QPushButton] = []
        set_role(self, "bar")
        self.heading = QLabel()
        set_role(self.heading, "heading")
        self._hint = QLabel(
            self._say(N_("核实并排除以前不能转入“{stage}”"), stage=self._say(STAGE_LABELS[Stage.APPROVED]))
        )
        set_role(self._hint, "muted")
        symbol = QLabel()
        symbol.setPixmap(context.look.pixmap("warning", "doubt", 18))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(symbol)
        head.addWidget(self.heading)
        head.addWidget(self._hint)
        head.addStretch(1)
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 4, 0)
        self._lines.setSpacing(2)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 7, 12, 5)
        box.setSpacing(4)
        self.more = QPushButton()
        set_role(self.more, "link")
        self.more.clicked.connect(self._show_more)
        head.addWidget(self.more)
        box.addLayout(head)
        box.addWidget(self._scroll)
        context.bus.cases_changed.connect(self.refresh)
        self.hide()

    @property
    def blocks(self) -> str:
        """What cannot be done while a finding is open."""
        return self._hint.text()

    def show_case(self, case: str) -> None:
        """Show the findings that name this case; empty for none."""
        self._case = case
        self.refresh()

    def refresh(self) -> None:
        """Ask again: what is found depends on other cases, too."""
        case, context = self._case, self._context
        if not case:
            self._show(case, [])
            return
        context.store.ask(
            lambda: context.desk.findings.of(case, cleared=None), lambda found: self._show(case, found), owner=self
        )

    def _show(self, case: str, found: Sequence[FindingView]) -> None:
        if case != self._case:
            return
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        self._shown, self.buttons, self.links = [], [], []
        self._ordered = sorted(found, key=lambda one: one.cleared is not None)
        self.open = [one for one in self._ordered if one.cleared is None]
        open_ = self._say(N_("疑点 {count} 项待核实"), count=len(self.open))
        self.heading.setText(open_ if self.open else self._say(N_("疑点已全部排除")))
        self._hint.setVisible(bool(self.open))
        self.setVisible(bool(self._ordered))
        self._show_more()

    def _show_more(self) -> None:
        for one in self._ordered[len(self._shown) : len(self._shown) + _AT_ONCE]:
            line = self._line(one)
            self._shown.append(line)
            self._lines.addWidget(line)
            line.show()  # a layout counts only what is to be seen
        hidden = len(self._ordered) - len(self._shown)
        self.more.setText(self._say(N_("还有 {count} 项，再显示一些"), count=hidden))
        self.more.setVisible(hidden > 0)
        self._take_height()

    def keep_low(self, low: bool) -> None:
        """In a low window one finding is shown and the others are scrolled to: the case is what is worked on."""
        if low != self._low:
            self._low = low
            self._take_height()

    def _take_height(self) -> None:
        wanted = min(_MOST_HEIGHT, self._lines.sizeHint().height() + 2)
        least = min(wanted, max((line.sizeHint().height() for line in self._shown), default=0))
        self._scroll.setMinimumHeight(least)
        self._scroll.setMaximumHeight(least if self._low else wanted)

    def _line(self, view: FindingView) -> QWidget:
        say = self._say
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(26, 0, 0, 0)
        row.setSpacing(8)
        words = say.read(view.finding.sentence())
        if view.cleared is not None:
            words += "　" + say(N_("{by} {on} 已排除：{reason}"), **view.cleared)
        text = ElidedLabel(words)
        if view.cleared is not None:
            set_role(text, "muted")
        row.addWidget(text, 1)
        for other in view.cases:
            if other.case != self._case:
                self.links.append(self._link(other))
                row.addWidget(self.links[-1])
        if view.cleared is None:
            clear = QPushButton(say(N_("排除…")))
            clear.setAccessibleName(say(N_("排除疑点：{what}"), what=words))
            clear.clicked.connect(partial(self._ask, view))
            self.buttons.append(clear)
            row.addWidget(clear)
        return line

    def _link(self, other: CaseRow) -> QPushButton:
        name = other.applicant or self._say(N_("（未填写）"))
        short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        link = QPushButton(self._say(N_("对方：{programme} {name}"), programme=other.programme, name=short))
        link.setToolTip(f"{name}　{programme_name(other.programme, self._context)}　{other.number}".strip())
        set_role(link, "link")
        link.clicked.connect(lambda checked: self._context.bus.case_wanted.emit(other.case))
        return link

    # Clearing -------------------------------------------------------------------------------------------------------

    def _ask(self, view: FindingView) -> None:
        say = self._say
        given = reason.ask(
            self,
            say,
            title=say(N_("排除疑点")),
            asked=say.read(view.finding.sentence()),
            hint=say(N_("写明核实的情况和排除的理由；理由记入两个办件的办理过程。")),
        )
        if given is not None:
            self.clear(view, given)

    def clear(self, view: FindingView, given: str) -> None:
        """Clear a finding with this reason."""
        context = self._context
        context.store.ask(
            lambda: context.desk.findings.clear([view.id], given), self._cleared, owner=self, failed=self._failed
        )

    def _cleared(self, views: list[FindingView]) -> None:
        told = N_("已排除 {count} 项疑点，理由已记入办理过程")
        self._context.tell(self._say(told, count=len(views)), Level.GOOD)
        self._context.bus.cases_changed.emit()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
