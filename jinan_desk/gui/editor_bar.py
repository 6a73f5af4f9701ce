"""The bar below an editor: save, print, undo; and where the case may go next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.two_lines import TwoLines
from jinan_desk.gui.words import Words
from jinan_desk.services.paper_kinds import Notice
from jinan_desk.services.steps import Step, paper_told

_AROUND = 7


def short_title(paper: Notice, say: Words) -> str:
    """What the paper is, without the programme's name and what parts the two."""
    return say(paper.title, name="").strip(" :")


class EditorBar(TwoLines):
    """What may be done with the case in the editor.

    Steps that are possible are buttons. A stage's steps have Ctrl+1, Ctrl+2 … in their order whether they are possible
    or not, so that a key never does today what another did yesterday; one that is not possible says why. Of these only
    the straight one is told of unasked. Where one line is too narrow for all of it, the steps have a second one.
    """

    stage_wanted = Signal(object)
    paper_wanted = Signal(str)
    account_wanted = Signal()
    refused = Signal(object)
    """The key of a step was pressed that is not possible now: the sentence that says why."""

    def __init__(self, context: Context) -> None:
        super().__init__(_AROUND)
        self._say = context.say
        set_role(self, "bar")
        self.save = QPushButton(context.look.icon("save", "on_accent"), context.say(N_("保存")))
        self.save.setToolTip("Ctrl+S")
        self.save.setAutoDefault(True)  # Enter presses it where it has the focus, as Enter led there
        set_role(self.save, "primary")
        self.print_ = QPushButton(context.look.icon("print"), context.say(N_("打印")))
        self.print_.setToolTip("Ctrl+P")
        self.undo = self._tool("undo", context.say(N_("撤销")), "Ctrl+Z", context)
        self.redo = self._tool("redo", context.say(N_("重做")), "Ctrl+Shift+Z", context)
        self.discard = QPushButton(context.say(N_("放弃修改")))
        set_role(self.discard, "link")
        self._state = QLabel()
        set_role(self._state, "small")
        self.reason = QLabel()
        set_role(self.reason, "small")
        self._next = QLabel(context.say(N_("下一步")))
        set_role(self._next, "small")
        self.account = QPushButton(context.say(N_("更正收款账户…")))
        set_role(self.account, "link")
        self.account.clicked.connect(self.account_wanted)
        self.account.hide()
        self._papers = QHBoxLayout()
        self._papers.setSpacing(2)
        self.first.addWidget(self.save)
        self.first.addWidget(self.print_)
        self.first.addLayout(self._papers)
        self.first.addWidget(self.account)
        for widget in (self.undo, self.redo, self._state, self.discard):
            self.first.addWidget(widget)
        self.first.addStretch()
        self.second.addStretch()
        self.second.addWidget(self.reason, 1)
        self.second.addWidget(self._next)
        self.stages: list[QPushButton] = []
        self._keys: list[QShortcut] = []
        self.papers: list[QPushButton] = []

    def follow(self, control: QWidget) -> None:
        """Come next when this control is left, so that Enter after the last field asks to save."""
        for button in (self.save, self.print_, self.undo, self.redo, self.discard):
            QWidget.setTabOrder(control, button)
            control = button

    def _tool(self, icon: str, name: str, keys: str, context: Context) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(context.look.icon(icon))
        tool.setToolTip(f"{name} {keys}")
        tool.setAccessibleName(name)
        set_role(tool, "tool")
        return tool

    def fits(self, room: int) -> bool:
        """Whether one line is enough; the reason tells all it has to, on several lines once it has left the others."""
        reason = self.reason.text()
        spare = self.reason.sizeHint().width() - self.reason.fontMetrics().horizontalAdvance(reason) if reason else 0
        return not (self.stages or reason) or super().fits(room + spare)

    def part(self, *, in_two: bool) -> None:
        super().part(in_two=in_two)
        self.reason.setWordWrap(in_two)

    def show_steps(self, steps: Sequence[Step], programme: Programme) -> None:
        """Offer the steps that are possible."""
        self._clear_steps()
        for number, step in enumerate(steps, start=1):
            keys = f"Ctrl+{number}"
            if step.refusal is not None:
                self._keys.append(QShortcut(QKeySequence(keys), self, partial(self.refused.emit, step.refusal)))
                continue
            button = QPushButton(self._say(STAGE_LABELS[step.stage]))
            QShortcut(QKeySequence(keys), button, button.click)  # a button's own shortcut would wait to look pressed
            button.setToolTip(self._told(step.stage, programme, keys))
            if step.straight:
                set_role(button, "straight")
            button.clicked.connect(partial(self.stage_wanted.emit, step.stage))
            self.stages.append(button)
            self.second.addWidget(button)
        self._next.setVisible(bool(self.stages))
        refused = next((step for step in steps if step.straight and step.refusal is not None), None)
        self.tell_reason(self._say.read(refused.refusal) if refused is not None and refused.refusal else "")

    def show_papers(self, stage: Stage, programme: Programme) -> None:
        """Offer the papers that tell of the stage the case is at."""
        self.papers = _cleared(self.papers)
        for paper in paper_told(stage, programme):
            button = QPushButton(self._say(N_("打印{paper}"), paper=short_title(paper, self._say)))
            set_role(button, "link")
            button.clicked.connect(partial(self.paper_wanted.emit, paper.key))
            self.papers.append(button)
            self._papers.addWidget(button)

    def show_nothing(self) -> None:
        """There is no case yet."""
        self._clear_steps()
        self.papers = _cleared(self.papers)
        self._next.hide()
        self.account.hide()
        self.tell_reason("")

    def _clear_steps(self) -> None:
        self.stages = _cleared(self.stages)
        for keys in self._keys:
            keys.setEnabled(False)
            keys.deleteLater()
        self._keys = []

    def tell_reason(self, reason: str) -> None:
        """Say what stands in the way of the next step; nothing where nothing does."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _told(self, stage: Stage, programme: Programme, keys: str) -> str:
        papers = self._say.listed(short_title(paper, self._say) for paper in paper_told(stage, programme))
        return f"{keys}　{self._say(N_('办理后可以打印：{papers}'), papers=papers)}" if papers else keys

    def refresh(
        self,
        *,
        busy: bool,
        locked: bool,
        dirty: bool,
        kept: bool,
        new: bool,
        undo: bool,
        redo: bool,
        discard: bool,
    ) -> None:
        """Show what can be pressed now."""
        self.save.setVisible(not locked)
        self.save.setEnabled(not busy)
        self.print_.setEnabled(not busy)
        for tool in (self.undo, self.redo):
            tool.setVisible(not locked)
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)
        self.discard.setVisible(discard and not locked)
        for button in (*self.stages, *self.papers, self.account):
            button.setEnabled(not busy)
        if locked:
            state = N_("内容现在不能修改")
        elif dirty:
            state = N_("未保存，草稿已留存") if kept else N_("有未保存的修改")
        else:
            state = "" if new else N_("已保存")
        self._state.setText(self._say(state) if state else "")
        self._state.setVisible(bool(state))


def _cleared(buttons: Sequence[QPushButton]) -> list[QPushButton]:
    """No buttons, where these were before."""
    for button in buttons:
        button.hide()
        button.deleteLater()
    return []
