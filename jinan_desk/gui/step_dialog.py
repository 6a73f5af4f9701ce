"""What a step asks for before it is taken: a reason, the items to correct, an opinion, a day, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.core.workflow import NEEDS_REASON, STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.services.grounds import written
from jinan_desk.services.questionnaire import day_of


class Ask(Enum):
    """What is asked for."""

    NOTHING = auto()
    REASON = auto()
    ITEMS = auto()
    OPINION = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask before a stage is entered, and what is to be known about it."""

    ask: Ask
    asked: str = N_("转入“{stage}”的理由")
    hint: str = N_("写明可以向申请人宣读的理由；理由记入办理过程，并印在文书上。")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has answered: a reason, the items one a line, or an opinion; and the day, where that was asked."""

    text: str
    on: date | None


_OPINION = Question(Ask.OPINION, N_("“{stage}”意见（可以不填）"), N_("意见印在审批表相应栏内；直接按回车即可。"))
_CAUTIONED = Question(
    Ask.REASON, N_("仍转入“{stage}”的理由"), N_("写明资金来源或上级答复；理由记入办理过程，并印在审批表上。")
)
_QUESTIONS = {
    Stage.CORRECTION: Question(
        Ask.ITEMS,
        N_("需要补正的内容，一行一项"),
        N_("须一次告知全部内容；逐项印在补正告知书上。补正期间不计入办理时限。"),
    ),
    Stage.OBJECTION: Question(
        Ask.REASON, N_("异议的内容"), N_("写明谁在何时提出什么异议；核查期间不计入办理时限。")
    ),
    Stage.REOPENED: Question(Ask.REASON, N_("退票的原因"), N_("写明银行退回的日期和原因，例如户名与账号不符。")),
    Stage.RECOVERY: Question(
        Ask.REASON, N_("追回的原因和金额"), N_("写明依据、应追回的金额和期限；印在追回通知书上。")
    ),
    Stage.RETURNED: Question(Ask.REASON, N_("需要修改的内容"), N_("写明哪里要改、为什么；修改以后重新受理。")),
    Stage.WITHDRAWN: Question(Ask.REASON, N_("撤回的原因"), N_("写明申请人何时以什么方式提出撤回。")),
    Stage.FIRST_REVIEW: _OPINION,
    Stage.SECOND_REVIEW: _OPINION,
    Stage.APPROVED: _OPINION,
    Stage.PRE_CHECKED: Question(
        Ask.OPINION, N_("“{stage}”意见（可以不填）"), N_("意见印在预审表上；直接按回车即可。")
    ),
    Stage.PAID: Question(Ask.DAY, N_("拨付的日期"), N_("银行转账的日期，不晚于今天。")),
}


def question_of(stage: Stage) -> Question:
    """What is asked before a case enters the stage."""
    return _QUESTIONS.get(stage) or Question(Ask.REASON if stage in NEEDS_REASON else Ask.NOTHING)


class StepDialog(FittingDialog):
    """Asks one question; Enter, in a text of several lines Ctrl+Enter, answers it.

    `proposed` are items to begin with, or grounds of a reason, which the first key replaces. `papers` are what can be
    printed once the step is taken, `caution` what is to be answered with a reason, `about` what else is to be known.
    `typed` is what was answered when the step was asked for before, `refusal` why it was not taken then.
    """

    def __init__(
        self,
        stage: Stage,
        context: Context,
        parent: QWidget,
        *,
        proposed: Sequence[str] = (),
        papers: Sequence[str] = (),
        caution: str = "",
        about: str = "",
        typed: Typed | None = None,
        refusal: str = "",
    ) -> None:
        super().__init__(parent)
        self._question = _CAUTIONED if caution else question_of(stage)
        self._today: date = context.desk.today()
        self._say = say = context.say
        label = say(STAGE_LABELS[stage])
        self.setWindowTitle(say(N_("转入“{stage}”"), stage=label))
        self.resize(480, 260 if self._is_long else 170)
        heading = QLabel(say(self._question.asked, stage=label))
        set_role(heading, "heading")
        hint = QLabel(say(self._question.hint))
        set_role(hint, "muted")
        warning = QLabel(caution)
        set_role(warning, "caution")
        paper = QLabel(say(N_("办理后可以打印：{papers}"), papers=say.listed(papers)) if papers else "")
        set_role(paper, "small")
        self.refusal = QLabel(say(N_("没有办成：{why}"), why=refusal) if refusal else "")
        set_role(self.refusal, "wrong")
        self._wrong = QLabel()
        set_role(self._wrong, "wrong")
        self.answer = self._make_answer(heading.text(), proposed, typed)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(say(N_("确定")), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        more = QLabel(about)
        set_role(more, "strong")
        for part in (self.refusal, warning, heading, more, hint, self.answer, self._wrong, paper):
            if isinstance(part, QLabel) and part is not self._wrong and not part.text():
                continue
            if isinstance(part, QLabel):
                part.setWordWrap(True)
            box.addWidget(part)
        if not self._is_long:
            box.addStretch(1)
        below = QHBoxLayout()
        if self._is_long:  # where Enter begins a line
            keys = QLabel(say(N_("Ctrl+回车 确定")))
            set_role(keys, "small")
            below.addWidget(keys)
        below.addWidget(buttons, 1)
        box.addLayout(below)
        self.ok.setDefault(True)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._try)
        self._refresh()
        self.answer.setFocus()

    def accept(self) -> None:
        """Close, where the text can be kept and printed; else say what is allowed."""
        try:
            written(self.text)
        except DeskError as error:
            self._wrong.setText(error.read(self._say.translate))
            self._wrong.show()
            self.answer.setFocus()
        else:
            super().accept()

    @property
    def text(self) -> str:
        """The reason, the items one a line, or the opinion."""
        if isinstance(self.answer, QLineEdit):
            return "" if self._question.ask is Ask.DAY else self.answer.text().strip()
        return "\n".join(line.strip() for line in self.answer.toPlainText().splitlines() if line.strip())

    @property
    def on(self) -> date | None:
        """The day, where one was asked for."""
        if self._question.ask is Ask.DAY and isinstance(self.answer, QLineEdit):
            return day_of(self.answer.text())
        return None

    @property
    def _is_long(self) -> bool:
        return self._question.ask in (Ask.REASON, Ask.ITEMS)

    def _make_answer(self, name: str, proposed: Sequence[str], typed: Typed | None) -> QPlainTextEdit | QLineEdit:
        if self._is_long:
            if typed is not None:
                text = QPlainTextEdit(typed.text)
            elif self._question.ask is Ask.ITEMS:  # what somebody types comes on a line of its own
                text = QPlainTextEdit("".join(f"{item}\n" for item in proposed))
            else:
                text = QPlainTextEdit("；".join(proposed))
            text.moveCursor(QTextCursor.MoveOperation.End)
            if typed is None and self._question.ask is Ask.REASON:
                text.selectAll()
            text.setTabChangesFocus(True)
            text.textChanged.connect(self._refresh)
            text.setAccessibleName(name)
            return text
        before = typed.text if typed is not None else ""
        day = typed.on if typed is not None and typed.on is not None else self._today
        line = QLineEdit(day.isoformat() if self._question.ask is Ask.DAY else before)
        line.textChanged.connect(self._refresh)
        line.setAccessibleName(name)
        return line

    def _refresh(self) -> None:
        wrong = ""
        if self._question.ask is Ask.DAY and (self.on is None or self.on > self._today):
            wrong = self._say(N_("请填写不晚于今天的日期，例如 {example}"), example=self._today.isoformat())
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.ok.setEnabled(not wrong and (bool(self.text) or not self._is_long))

    def _try(self) -> None:
        if self.ok.isEnabled():
            self.accept()
