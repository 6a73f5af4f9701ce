"""Taking the case in an editor on to another stage, after what the step asks for. What somebody has typed for a step is
kept until the case has taken it: where the step is refused, it is asked for again with that and the refusal above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.editor_bar import short_title
from jinan_desk.gui.step_dialog import Ask, StepDialog, Typed, question_of
from jinan_desk.services.cases import CaseView
from jinan_desk.services.handed_in import handed_in, missing
from jinan_desk.services.steps import paper_told

if TYPE_CHECKING:
    from jinan_desk.gui.editor import Editor

_REFUSING = (Stage.NOT_ACCEPTED, Stage.REJECTED)


class Advance:
    """Asks what a step needs and takes it."""

    def __init__(self, editor: Editor, context: Context) -> None:
        self._editor = editor
        self._context = context
        self._say = context.say
        self._typed: dict[tuple[str, Stage], Typed] = {}
        """What was typed for a step that a case has not taken, by case and stage."""

    def begin(self, to: Stage) -> None:
        """Move the case on after what the step asks for; what was typed is saved first."""
        self._ask(to, "")

    def _ask(self, to: Stage, refusal: str) -> None:
        if self._editor.view is None:
            return
        if to is Stage.CLOSED:  # a record is closed beside its follow-ups
            self._editor.closing_wanted.emit()
            return
        caution = next((step.caution for step in self._editor.steps if step.stage is to), None)
        if caution is None and question_of(to).ask is Ask.NOTHING:
            self._take(to, None)
        else:
            papers = [short_title(paper, self._say) for paper in paper_told(to, self._editor.programme)]
            said = self._say.read(caution) if caution is not None else ""
            dialog = StepDialog(
                to, self._context, self._editor.window(), proposed=self._proposed(to), papers=papers, caution=said,
                about=self._against(to), typed=self._typed.get((self._editor.case, to)), refusal=refusal,
            )  # fmt: skip
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._take(to, Typed(dialog.text, dialog.on)))
            dialog.open()

    def _proposed(self, to: Stage) -> tuple[str, ...]:
        """What the answer to a step may begin with: the documents that are lacking, or why the case does not qualify.
        Reasons are Chinese, as the paper is that they are printed on."""
        if to is Stage.CORRECTION:
            return tuple(missing(self._editor.saving.documents()[0]))
        answer = self._editor.answer
        if to not in _REFUSING or answer is None or answer.outcome is not Outcome.INELIGIBLE or self._say.foreign:
            return ()
        return tuple(check.reason for check in answer.refusals)

    def _against(self, to: Stage) -> str:
        """What speaks against a refusal: that the case was found in order."""
        answer = self._editor.answer
        if to not in _REFUSING or answer is None or answer.outcome is not Outcome.ELIGIBLE:
            return ""
        return self._say(N_("请留意：本件认定结果为“{outcome}”"), outcome=Sentence(OUTCOME_LABELS[answer.outcome]))

    def _take(self, to: Stage, typed: Typed | None) -> None:
        if typed is not None:
            self._typed[self._editor.case, to] = typed
        if self._editor.locked and self._editor.view is not None:
            self._move(self._editor.view, to, typed)
        else:
            self._editor.saving.save(lambda view: self._move(view, to, typed))

    def _move(self, view: CaseView, to: Stage, typed: Typed | None) -> None:
        cases, case = self._context.desk.cases, view.row.case
        reason, on = (typed.text, typed.on) if typed is not None else ("", None)

        def moved(now: CaseView) -> None:
            self._typed.pop((case, to), None)
            self._context.bus.cases_changed.emit()
            stage = Sentence(STAGE_LABELS[now.stage])
            words = self._say(N_("{name} 已转入“{stage}”"), name=self._editor.title, stage=stage)
            number = f"　{now.row.number}" if now.row.number else ""
            documents = self._without_documents(now) if to is Stage.ACCEPTED else ""
            self._context.tell(words + number + documents, Level.INFO if documents else Level.GOOD)
            self._editor.reread()

        def refused(error: DeskError) -> None:
            self._context.refuse(error)
            if typed is not None and self._editor.case == case:
                self._ask(to, error.read(self._say.translate))

        self._editor.ask(lambda: cases.advance(case, to, reason=reason, on=on), moved, refused=refused)

    def _without_documents(self, view: CaseView) -> str:
        """What there is to say of a case that is accepted while none of its documents is ticked."""
        here = handed_in(self._editor.programme, view.revision.body)
        if not here or any(document.received for document in here):
            return ""
        return self._say(N_("；材料清单（{count} 项）一项也没有勾选收到，请留意"), count=len(here))
