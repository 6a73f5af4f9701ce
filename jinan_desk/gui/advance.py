"""Taking the case in an editor on to another stage, after what the step asks for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.editor_bar import short_title
from jinan_desk.gui.step_dialog import Ask, StepDialog, question_of
from jinan_desk.services.cases import CaseView
from jinan_desk.services.handed_in import missing
from jinan_desk.services.steps import paper_told

if TYPE_CHECKING:
    from jinan_desk.gui.editor import Editor


class Advance:
    """Asks what a step needs and takes it."""

    def __init__(self, editor: Editor, context: Context) -> None:
        self._editor = editor
        self._context = context
        self._say = context.say

    def begin(self, to: Stage) -> None:
        """Move the case on after what the step asks for; what was typed is saved first."""
        if self._editor.view is None:
            return
        if to is Stage.CLOSED:  # a record is closed beside its follow-ups
            self._editor.closing_wanted.emit()
            return
        caution = next((step.caution for step in self._editor.steps if step.stage is to), None)
        if caution is None and question_of(to).ask is Ask.NOTHING:
            self._take(to, "", None)
        else:
            papers = [short_title(paper, self._say) for paper in paper_told(to, self._editor.programme)]
            lacking = missing(self._editor.saving.documents()[0]) if to is Stage.CORRECTION else ()
            said = self._say.read(caution) if caution is not None else ""
            dialog = StepDialog(to, self._context, self._editor.window(), proposed=lacking, papers=papers, caution=said)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._take(to, dialog.text, dialog.on))
            dialog.open()

    def _take(self, to: Stage, reason: str, on: date | None) -> None:
        if self._editor.locked and self._editor.view is not None:
            self._move(self._editor.view, to, reason, on)
        else:
            self._editor.saving.save(lambda view: self._move(view, to, reason, on))

    def _move(self, view: CaseView, to: Stage, reason: str, on: date | None) -> None:
        cases = self._context.desk.cases

        def moved(now: CaseView) -> None:
            self._context.bus.cases_changed.emit()
            stage = Sentence(STAGE_LABELS[now.stage])
            words = self._say(N_("{name} 已转入“{stage}”"), name=self._editor.title, stage=stage)
            number = f"　{now.row.number}" if now.row.number else ""
            self._context.tell(words + number, Level.GOOD)
            self._editor.reread()

        self._editor.ask(lambda: cases.advance(view.row.case, to, reason=reason, on=on), moved)
