"""What the panels of 数据交换 have in common: cards on the left, what came of it on the right, work for the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import WORKBOOK, ask_source, ask_target
from jinan_desk.gui.under_way import UnderWay

T = TypeVar("T")


class _CardColumn(QScrollArea):
    """Cards that are scrolled down, but never cut at the side."""

    def __init__(self, cards: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(cards)

    def minimumSizeHint(self) -> QSize:
        beside = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + beside, super().minimumSizeHint().height())


class ExchangePanel(QWidget):
    """A panel; what a subclass shows beside its cards stands in `right`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = context.say
        self.under_way = UnderWay(context.say)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self._say(N_("结果")))
        self._busy = False
        self._focus: QWidget | None = None

    def _arrange(self, cards: Sequence[QFrame], right: Sequence[QWidget]) -> None:
        """Put cards on the left, where they may be scrolled, and widgets on the right, the last with all the room."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        scroll = _CardColumn(inner)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        for widget in right:
            beside.addWidget(widget, 1 if widget is right[-1] else 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 12)
        row.setSpacing(10)
        row.addWidget(scroll, 5)
        row.addLayout(beside, 7)

    def _heading(self, text: str) -> QLabel:
        heading = QLabel(self._say(text))
        set_role(heading, "heading")
        return heading

    def _do(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        refused: Callable[[DeskError], None] | None = None,
        what: str = "",
        can_cancel: bool = False,
    ) -> None:
        """Hand work to the store; what it comes to is shown, and a refusal told and written into the report. Meanwhile
        it is said `what` goes on; whoever `can_cancel` has said so already."""
        if not can_cancel:
            self.under_way.begin(what, can_cancel=False)
        self._context.bus.moved_on.emit()
        self._set_busy(True)

        def done(result: T) -> None:
            self._set_busy(False)
            then(result)

        def failed(error: Exception) -> None:
            self._set_busy(False)
            if not isinstance(error, DeskError):
                raise error
            if refused is not None:
                refused(error)
            else:
                self.report.setPlainText(error.read(self._say.translate))
                self._context.refuse(error)

        self._context.store.ask(work, done, owner=self, failed=failed)

    def _set_busy(self, busy: bool) -> None:
        """The focus comes back to where it was: what cannot be used meanwhile loses it."""
        if busy:
            self._focus = self.focusWidget()
        self._busy = busy
        if not busy:
            self.under_way.end()
        self._refresh()
        if not busy and self._focus is not None and self._focus.isEnabled() and self._focus.isVisible():
            self._focus.setFocus()

    def _refresh(self) -> None:
        """Let controls be used or not, as things stand."""

    def _show(self, sentences: Iterable[Sentence]) -> None:
        self.report.setPlainText("\n".join(self._say.read(sentence) for sentence in sentences))

    def _ask_where(self, proposed: str) -> Path | None:
        return ask_target(self, self._say(N_("另存为")), proposed, WORKBOOK)

    def _ask_which(self, title: str) -> Path | None:
        return ask_source(self, self._say(title), WORKBOOK)
