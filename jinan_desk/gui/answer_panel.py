"""The answer beside the editor: the verdict, the amount, what is missing or wrong, every check, the working.

Colour is never the only sign: each verdict has its word and its drawn symbol. A click on what is missing goes there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.check import Result
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.determine import AMOUNT_LABELS
from jinan_desk.core.measure import Programme, Route
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.answer import RESULT_OUTCOMES, Answer, CheckLine, Pointer, StepLine, place
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import VERDICT_COLOURS, VERDICT_ICONS, mark
from jinan_desk.gui.pointers import MOST_POINTERS, Pointers, Section
from jinan_desk.gui.words import YUAN, Words
from jinan_desk.services.applicants import Known
from jinan_desk.services.listing import CaseRow

_INSET, _APART = 14, 8


class AnswerPanel(QScrollArea):
    """The answer to one draft or one stored case."""

    place_wanted = Signal(str)
    """Go to where this path is filled in."""
    quote_wanted = Signal(str)
    """Show these words in the article."""

    def __init__(self, programme: Programme, context: Context) -> None:
        super().__init__()
        self._programme = programme
        self._context = context
        self._say = context.say
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._banner = _Banner(programme, context)
        self._record = QLabel(context.say(N_("本事项为服务记录，不作认定。")))
        set_role(self._record, "muted")
        self._judges = programme.route is not Route.SERVE or bool(programme.checks)
        self._wrong = Pointers(context.say(N_("填写有误")), "ineligible", "bad", context)
        self._missing = Pointers(context.say(N_("还缺")), "incomplete", "doubt", context)
        self._cautions = Pointers(context.say(N_("请留意")), "warning", "doubt", context)
        self._checks = _Checks(context.say(N_("条件")), context)
        self._row_checks = _Checks("", context)
        self._rows = Pointers(context.say(N_("名单中不符合")), "ineligible", "bad", context)
        self._earlier = Pointers(context.say(N_("该申请人的其他办件")), "cases", "accent", context)
        self._steps = _Steps(context.say(N_("计算过程")))
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(2, 8, 6, 8)
        box.setSpacing(10)
        for part in (
            self._banner, self._record, self._wrong, self._missing, self._earlier, self._rows, self._row_checks,
            self._checks, self._steps, self._cautions,
        ):  # fmt: skip
            box.addWidget(part)
        box.addStretch(1)
        self.setWidget(inner)
        for pointers in (self._wrong, self._missing, self._rows, self._cautions):
            pointers.wanted.connect(self.place_wanted)
        for checks in (self._checks, self._row_checks):
            checks.quote_wanted.connect(self.quote_wanted)
        self._earlier.wanted.connect(context.bus.case_wanted)
        self.show_answer(None, {})
        self.show_known(None)

    @property
    def earlier(self) -> list[str]:
        """The other cases of the applicant, as they are listed."""
        return self._earlier.texts

    def show_known(self, known: Known | None) -> None:
        """List the cases that name the applicant already."""
        rows = known.cases if known is not None else ()
        pointers = [Pointer(row.case, _in_short(row, self._context)) for row in rows]
        self._earlier.show_pointers(pointers, known.count if known is not None else 0)

    def show_answer(self, answer: Answer | None, wrong: Mapping[str, Sentence]) -> None:
        """Show an answer; None where there cannot be one (no readable day, say)."""
        say = self._say
        self._banner.show_answer(answer, bool(wrong))
        self._banner.setVisible(self._judges)
        self._record.setVisible(not self._judges)
        first = islice(wrong.items(), MOST_POINTERS)  # thousands of rows may be wrong
        told = [Pointer(path, say.told(place(self._programme, path, say), say.read(s))) for path, s in first]
        self._wrong.show_pointers(told, len(wrong))
        unread = [pointer for pointer in (answer.missing if answer else ()) if pointer.path not in wrong]
        self._missing.show_pointers(unread)
        refused = _refused(answer) if answer else []
        pointers = [_row_pointer(answer, row, say) for row in refused[:MOST_POINTERS]] if answer else []
        self._rows.show_pointers(pointers, len(refused))
        self._cautions.show_pointers(answer.cautions if answer else ())
        self._checks.show_checks(answer.checks if answer else ())
        complete = answer is not None and answer.outcome is Outcome.ELIGIBLE
        self._steps.show_steps(answer.steps if answer else (), complete=complete)
        self.show_row(answer, -1, "")

    def show_row(self, answer: Answer | None, row: int, name: str) -> None:
        """Show the checks of the roster's current row, too; none for a row the answer does not know."""
        if answer is None or not 0 <= row < answer.row_count:
            self._row_checks.show_checks(())
            return
        title = self._say(N_("名单第 {row} 行 {name}"), row=row + 1, name=name)
        self._row_checks.show_checks(answer.row(row).checks, title.strip())


def _in_short(row: CaseRow, context: Context) -> str:
    say = context.say
    amount = f"　{figures(row.amount)} {say(YUAN)}" if row.amount else ""
    return f"{programme_name(row.programme, context)}　{say(STAGE_LABELS[Stage(row.stage)])}　{row.on}{amount}"


def _refused(answer: Answer) -> list[int]:
    """The roster's rows that do not hold."""
    return [row for row, outcome in enumerate(answer.outcomes) if outcome is Outcome.INELIGIBLE]


def _row_pointer(answer: Answer, row: int, say: Words) -> Pointer:
    reasons = say(N_("；")).join(check.reason for check in answer.row(row).refusals)
    return Pointer(f"roster[{row}].", say(N_("第 {row} 行：{reasons}"), row=row + 1, reasons=reasons))


class _Banner(QFrame):
    """Verdict and amount, large."""

    def __init__(self, programme: Programme, context: Context) -> None:
        super().__init__()
        set_role(self, "banner")
        self._look, self._say = context.look, context.say
        self._amount_label = context.say(AMOUNT_LABELS[programme.route])
        self._symbol = QLabel()
        self._word = QLabel()
        self._amount = QLabel()
        self._in_words = QLabel()
        self._why = QLabel()
        set_role(self._word, "verdict")
        set_role(self._amount, "amount")
        set_role(self._in_words, "small")
        for label in (self._in_words, self._why):
            label.setWordWrap(True)
        for label in (self._amount, self._in_words):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._amount.setMinimumWidth(1)  # it is not what makes the panel wider than there is room
        self._top = QGridLayout()
        self._top.setHorizontalSpacing(_APART)
        self._top.setVerticalSpacing(2)
        self._top.addWidget(self._symbol, 0, 0)
        self._top.addWidget(self._word, 0, 1)
        self._top.setColumnStretch(2, 1)
        self._top.addWidget(self._amount, 0, 2)
        self._below = False
        box = QVBoxLayout(self)
        box.setContentsMargins(_INSET, 10, _INSET, 10)
        box.setSpacing(4)
        box.addLayout(self._top)
        box.addWidget(self._in_words)
        box.addWidget(self._why)

    def show_answer(self, answer: Answer | None, wrong: bool) -> None:
        say = self._say
        outcome = answer.outcome if answer is not None else Outcome.INCOMPLETE
        amount = answer.amount if answer is not None else None
        word = say(OUTCOME_LABELS[outcome])
        self._symbol.setPixmap(self._look.pixmap(VERDICT_ICONS[outcome], VERDICT_COLOURS[outcome], 26))
        self._word.setText(word)
        paid = amount is not None and outcome is Outcome.ELIGIBLE and bool(self._amount_label)
        self._amount.setText(f"{figures(amount)} {say(YUAN)}" if paid and amount is not None else "")
        words = say.amount_in_words(amount) if paid and amount is not None else ""
        self._amount.setVisible(paid)
        told = say(N_("{amount}（大写）{words}"), amount=self._amount_label, words=words)
        self._in_words.setText(told if words else "")
        self._in_words.setVisible(bool(words))
        self._why.setText(self._reason(answer, wrong))
        self._why.setVisible(bool(self._why.text()))
        for widget in (self, self._word, self._amount):
            mark(widget, verdict=outcome.value)
        self._place_amount()
        self.setAccessibleName(" ".join(filter(None, (word, self._amount.text(), self._why.text()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_amount()

    def _place_amount(self) -> None:
        """Beside the word where there is room, else below it."""
        parts = (self._symbol, self._word, self._amount)
        needed = sum(part.sizeHint().width() for part in parts) + 2 * (_APART + _INSET)
        below = needed > self.width()
        if below != self._below:  # a widget that is added anew upsets the layout it is in
            self._below = below
            self._top.addWidget(self._amount, *((1, 0, 1, 3) if below else (0, 2, 1, 1)))

    def _reason(self, answer: Answer | None, wrong: bool) -> str:
        if answer is None:
            return self._say(N_("申请日期无法识别，改正后给出认定结果。"))
        if answer.outcome is Outcome.INELIGIBLE:
            return self._say(N_("；")).join(check.reason for check in answer.refusals)
        if wrong:
            return self._say(N_("填写有误的内容暂按未知处理。"))
        if answer.outcome is Outcome.INCOMPLETE:
            return self._say(N_("补齐下列内容后给出认定结果。"))
        return ""


class _CheckRow(QWidget):
    """A check: symbol, label, reason; its words and source open below."""

    quote_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._look, self._say = context.look, context.say
        self._line: CheckLine | None = None
        self._symbol = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._mark = QLabel()
        set_role(self._mark, "mark")
        self._reason = QLabel()
        self._reason.setWordWrap(True)
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
        grid.addWidget(self._label, 0, 1)
        grid.addWidget(self._mark, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._open, 0, 3, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._reason, 1, 1, 1, 3)
        grid.addWidget(self._source, 2, 1, 1, 3)
        self._source.hide()

    def show_check(self, line: CheckLine) -> None:
        if line == self._line:
            return
        self._line = line
        outcome = RESULT_OUTCOMES[line.result]
        self._symbol.setPixmap(self._look.pixmap(VERDICT_ICONS[outcome], VERDICT_COLOURS[outcome], 16))
        self._label.setText(line.label)
        self._reason.setText(line.reason)
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


class _Checks(Section):
    quote_wanted = Signal(str)

    def __init__(self, title: str, context: Context) -> None:
        super().__init__(title)
        self._context = context
        self._rows: list[_CheckRow] = []

    def show_checks(self, checks: Sequence[CheckLine], title: str = "") -> None:
        """Failed ones come first, then what is open, then what holds."""
        order = (Result.FAIL, Result.UNKNOWN, Result.PASS)
        sorted_checks = sorted(checks, key=lambda line: order.index(line.result))
        if title:
            self.heading.setText(title)
        while len(self._rows) < len(checks):
            row = _CheckRow(self._context)
            row.quote_wanted.connect(self.quote_wanted)
            self._rows.append(row)
            self.box.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(checks))
            if number < len(checks):
                row.show_check(sorted_checks[number])
        self.setVisible(bool(checks))


_LONGEST_BESIDE = 22
"""Characters of a value that find room beside their label."""


class _StepRow(QWidget):
    """One line of the working: what, how much, and on what it rests."""

    def __init__(self) -> None:
        super().__init__()
        self._label, self._value, self._long, self._basis = (QLabel() for _ in range(4))
        for label in (self._label, self._long, self._basis):
            label.setWordWrap(True)
        set_role(self._basis, "small")
        for value in (self._value, self._long):
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        beside = QHBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(self._label, 1)
        beside.addWidget(self._value)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(beside)
        box.addWidget(self._long)
        box.addWidget(self._basis)

    def show_step(self, step: StepLine, *, last: bool) -> None:
        """The value stands beside its label, a long one below it: nothing makes the panel wider than it is. The `last`
        line of a complete working is what it came to."""
        text = f"{step.value} {step.unit}".strip()
        long = len(text) > _LONGEST_BESIDE
        self._label.setText(step.label)
        for value, used in ((self._value, not long), (self._long, long)):
            value.setText(text if used else "")
            value.setVisible(used)
        self._basis.setText(step.basis)
        self._basis.setVisible(bool(step.basis))
        for label in (self._label, self._value, self._long):
            mark(label, role="strong" if last else "")


class _Steps(Section):
    """The working, line by line."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        card = QFrame()
        set_role(card, "card")
        self._lines = QVBoxLayout(card)
        self._lines.setContentsMargins(10, 6, 10, 6)
        self._lines.setSpacing(4)
        self._rows: list[_StepRow] = []
        self._shown: tuple[object, ...] = ()
        self.box.addWidget(card)

    def show_steps(self, steps: Sequence[StepLine], *, complete: bool) -> None:
        """Show the lines; of a complete working the last is what it came to."""
        self.setVisible(bool(steps))
        if (complete, *steps) == self._shown:
            return
        self._shown = (complete, *steps)
        while len(self._rows) < len(steps):
            row = _StepRow()
            self._rows.append(row)
            self._lines.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(steps))
            if number < len(steps):
                row.show_step(steps[number], last=complete and number == len(steps) - 1)
