"""What a case came to, large: the verdict in a word, and the amount."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.determine import AMOUNT_LABELS
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.gui.answer import Answer
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.look import VERDICT_COLOURS, VERDICT_ICONS, mark
from jinan_desk.gui.words import YUAN

_INSET, _APART = 14, 8


class Banner(QFrame):
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
        self._words = ""
        self._why = EvenLabel()
        set_role(self._word, "verdict")
        set_role(self._amount, "amount")
        set_role(self._in_words, "small")
        self._in_words.setWordWrap(True)
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
        self._words = say.amount_in_words(amount) if paid and amount is not None else ""
        self._amount.setVisible(paid)
        self._in_words.setVisible(bool(self._words))
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
        self._put_in_words()

    def _put_in_words(self) -> None:
        """The amount in words is read in one go: on a line of its own where it has no room beside what it is."""
        if not self._words:
            return
        told = N_("{amount}（大写）{words}")
        line, lines = (
            self._say(told, amount=self._amount_label, words=words) for words in (self._words, f"\n{self._words}")
        )
        fits = self._in_words.fontMetrics().horizontalAdvance(line) <= self.width() - 2 * _INSET
        self._in_words.setText(line if fits else lines)

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
