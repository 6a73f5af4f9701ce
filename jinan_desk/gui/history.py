"""What happened to a case: who, when, what, and why, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.measure import Route
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.measures import find
from jinan_desk.services.changes import Change
from jinan_desk.services.course import what_happened, what_was_said

_MOST_CHANGES = 12


class History(QScrollArea):
    """The revisions of a case as a list to be read."""

    print_wanted = Signal()
    """Put the whole course on paper."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._revisions: Sequence[Revision] = ()
        self._changes: Mapping[str, Sequence[Change]] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_revisions(())

    def show_revisions(self, revisions: Sequence[Revision]) -> None:
        """Show these, given oldest first; what each of them changed comes when it has been worked out."""
        self._revisions, self._changes = revisions, {}
        self._draw()
        if len(revisions) > 1:
            case, cases = revisions[0].case, self._context.desk.cases
            self._context.store.ask(lambda: (revisions, cases.changes(case)), self._take_changes, owner=self)

    def _take_changes(self, found: tuple[Sequence[Revision], Mapping[str, Sequence[Change]]]) -> None:
        revisions, changes = found
        if revisions is self._revisions:
            self._changes = changes
            self._draw()

    def _draw(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(2, 8, 6, 8)
        box.setSpacing(0)
        if not self._revisions:
            nothing = EvenLabel(self._context.say(N_("保存以后，这里记下每一步由谁在何时办理。")))
            set_role(nothing, "muted")
            box.addWidget(nothing)
        else:
            print_ = QPushButton(self._context.look.icon("print"), self._context.say(N_("打印办理过程")))
            set_role(print_, "link")
            print_.clicked.connect(lambda checked: self.print_wanted.emit())
            box.addWidget(print_, 0, Qt.AlignmentFlag.AlignRight)
        for revision in reversed(self._revisions):
            box.addWidget(self._step(revision))
        box.addStretch(1)
        self.setWidget(inner)

    def _step(self, revision: Revision) -> QWidget:
        say = self._context.say
        frame = QFrame()
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(0, 6, 0, 8)
        lines.setSpacing(2)
        head = QHBoxLayout()
        what = QLabel(say.read(what_happened(revision)))
        set_role(what, "heading")
        head.addWidget(what)
        head.addStretch(1)
        if not _is_of_record(revision):
            outcome = QLabel(say(OUTCOME_LABELS[Outcome(revision.body["outcome"])]))
            outcome.setProperty("verdict", revision.body["outcome"])
            head.addWidget(outcome)
        who = QLabel(f"{revision.account}　{local_time(revision.at)}")
        set_role(who, "small")
        lines.addLayout(head)
        lines.addWidget(who)
        said = what_was_said(revision)
        if said is not None:
            words = EvenLabel(say.read(said))
            lines.addWidget(words)
        self._add_changes(lines, self._changes.get(revision.id, ()))
        rule = QFrame()
        set_role(rule, "rule")
        lines.addSpacing(4)
        lines.addWidget(rule)
        return frame

    def _add_changes(self, lines: QVBoxLayout, changes: Sequence[Change]) -> None:
        say = self._context.say
        told = [say.read(change.veiled().sentence()) for change in changes[:_MOST_CHANGES]]
        if len(changes) > _MOST_CHANGES:
            told.append(say(N_("另有 {count} 处修改"), count=len(changes) - _MOST_CHANGES))
        for text in told:
            label = EvenLabel(text)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            set_role(label, "change")
            lines.addWidget(label)


def _is_of_record(revision: Revision) -> bool:
    """Whether the case is a record of a service, about which nothing is decided."""
    pair = find(revision.body["programme"])
    return pair is not None and pair[1].route is Route.SERVE
