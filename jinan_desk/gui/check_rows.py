"""The checks of an answer: what each came to and why, and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from jinan_desk.core.check import Result
from jinan_desk.core.text import N_
from jinan_desk.gui.answer import RESULT_OUTCOMES, CheckLine
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.look import VERDICT_COLOURS, VERDICT_ICONS
from jinan_desk.gui.pointers import Section
from jinan_desk.gui.symbol import Symbol, level


class CheckRow(QWidget):
    """A check: symbol, label, reason; its words and source open below."""

    quote_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._look, self._say = context.look, context.say
        self._line: CheckLine | None = None
        self._symbol = Symbol()
        self._label = EvenLabel()
        self._mark = QLabel()
        set_role(self._mark, "mark")
        self._reason = EvenLabel()
        set_role(self._reason, "small")
        self._open = QPushButton()
        set_role(self._open, "link")
        self._open.setText(self._say(N_("依据")))
        self._open.setCheckable(True)
        self._open.toggled.connect(self._toggle)
        self._source = QLabel()
        self._source.setWordWrap(True)
        self._source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._source, "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._symbol, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(level(self._label), 0, 1)
        grid.addWidget(self._open, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._reason, 1, 1, 1, 2)
        grid.addWidget(self._mark, 2, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._source, 3, 1, 1, 2)
        self._source.hide()

    def show_check(self, line: CheckLine) -> None:
        if line == self._line:
            return
        self._line = line
        outcome = RESULT_OUTCOMES[line.result]
        self._symbol.setPixmap(self._look.pixmap(VERDICT_ICONS[outcome], VERDICT_COLOURS[outcome], 16))
        self._label.setText(line.label)
        self._reason.setText(line.reason)
        self._reason.setVisible(line.reason != line.label)
        self._mark.setText(line.mark)
        self._mark.setVisible(bool(line.mark))
        quote = f"“{line.quote}”" if line.quote else ""
        self._source.setText("\n".join(filter(None, (line.source, quote))))
        self._open.setAccessibleName(f"{self._say(N_('依据'))} {line.label}")
        self.setAccessibleName(f"{line.label} {line.reason}")

    def _toggle(self, opened: bool) -> None:
        self._source.setVisible(opened)
        if opened and self._line is not None and self._line.quote:
            self.quote_wanted.emit(self._line.quote)


class Checks(Section):
    """Checks under a heading."""

    quote_wanted = Signal(str)

    def __init__(self, title: str, context: Context) -> None:
        super().__init__(title)
        self._context = context
        self._rows: list[CheckRow] = []

    def show_checks(self, checks: Sequence[CheckLine], title: str = "") -> None:
        """Failed ones come first, then what is open, then what holds."""
        order = (Result.FAIL, Result.UNKNOWN, Result.PASS)
        sorted_checks = sorted(checks, key=lambda line: order.index(line.result))
        if title:
            self.heading.setText(title)
        while len(self._rows) < len(checks):
            row = CheckRow(self._context)
            row.quote_wanted.connect(self.quote_wanted)
            self._rows.append(row)
            self.box.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(checks))
            if number < len(checks):
                row.show_check(sorted_checks[number])
        self.setVisible(bool(checks))
