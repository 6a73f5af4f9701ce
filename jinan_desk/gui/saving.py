"""How what was typed in an editor becomes a case, and what becomes of it when somebody goes on to something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.context import Context, Level
from jinan_desk.services.cases import CaseView, FactsError
from jinan_desk.services.entry import Answered
from jinan_desk.services.handed_in import HandedIn, handed_in, read

if TYPE_CHECKING:
    from jinan_desk.gui.editor import Editor


class Saving:
    """Saves what stands in one editor, or keeps it as a draft where it cannot be saved as it stands."""

    def __init__(self, editor: Editor, context: Context) -> None:
        self._editor = editor
        self._context = context
        self._say = context.say

    def save(self, then: Callable[[CaseView], None] | None = None) -> None:
        """Store what was typed. What is wrong is named and the cursor put there; nothing typed is lost."""
        if self._editor.busy or self._editor.locked:
            return
        if not self._editor.dirty and self._editor.view is not None:
            if then is not None:
                then(self._editor.view)
            else:
                self._context.tell(self._say(N_("没有新的修改需要保存")))
            return
        self._end_typing()
        answered = self._editor.reckoning.now()
        documents, wrong = self.documents()
        if answered.wrong or answered.on is None:
            self._refuse_wrong(answered)
        elif wrong:
            self._editor.documents_refused.emit()
            self._context.tell(self._say(N_("材料：{why}"), why=next(iter(wrong.values()))), Level.BAD)
        else:
            self._write(answered.on, answered.facts, documents, then)

    def leave(self, then: Callable[[], None]) -> None:
        """Go on to something else once what was typed is safe: saved, or where it cannot be saved as it stands, kept
        as a draft."""
        if not self._editor.dirty:
            then()
        elif not self._editor.busy and self.is_wrong():
            self._set_aside(then, wrong=True)
        else:
            self.save(lambda view: then())

    def leave_for_another(self, then: Callable[[], None]) -> None:
        """Go on to a new case. A new one that is not saved yet is kept as a draft: what is typed so far may be half of
        it, and nothing becomes a case by that somebody begins the next."""
        if self._editor.dirty and self._editor.view is None and not self._editor.busy:
            self._set_aside(then, wrong=self.is_wrong())
        else:
            self.leave(then)

    def is_wrong(self) -> bool:
        """Whether something stands there that has to be mended before it can be saved."""
        self._end_typing()
        return bool(self._editor.reckoning.now().wrong or self.documents()[1])

    def _set_aside(self, then: Callable[[], None], *, wrong: bool) -> None:
        name = self._editor.title
        told = N_("“{name}”尚未保存，已留存为草稿，随时可以从上方“查看草稿”接着填写")
        if wrong:
            told = N_("“{name}”有填错之处，未保存；已留存为草稿，随时可以接着填写")

        def left() -> None:
            then()
            self._context.tell(self._say(told, name=name))

        self._editor.keeper.set_aside(left)

    def _end_typing(self) -> None:
        """A cell that is being typed into counts, too."""
        focus = self._editor.focusWidget()
        if focus is not None:
            focus.clearFocus()
            focus.setFocus()

    def _write(
        self,
        on: date,
        facts: Mapping[str, Any],
        documents: Sequence[HandedIn],
        then: Callable[[CaseView], None] | None,
    ) -> None:
        cases, view, code = self._context.desk.cases, self._editor.view, self._editor.programme.code
        written = self._editor.draft.entry

        def write() -> CaseView:
            if view is None:
                return cases.enter(code, on, facts, documents=documents)
            return cases.change(view.row.case, on, facts, documents=documents)

        def saved(now: CaseView) -> None:
            self._editor.view = now
            self._context.bus.cases_changed.emit()
            if self._editor.draft.entry == written:
                self._editor.draft.stack.setClean()
            else:  # somebody went on typing meanwhile
                self._editor.draft.stack.resetClean()
            if then is not None and self._editor.dirty:
                self.save(then)
            elif then is not None:
                then(now)
            else:
                self._context.tell(self._say(N_("已保存：{name}"), name=self._editor.title), Level.GOOD)
                self._editor.reread()

        self._editor.ask(write, saved)

    def documents(self) -> tuple[tuple[HandedIn, ...], Mapping[str, Sentence]]:
        """The documents as they are typed, and what is wrong with them."""
        programme, view = self._editor.programme, self._editor.view
        before = handed_in(programme, view.revision.body) if view is not None else ()
        return read(programme, self._editor.draft.entry.texts, before)

    def _refuse_wrong(self, answered: Answered) -> None:
        error = FactsError(self._editor.programme, answered.wrong)
        self._context.refuse(error)
        self._editor.go_to(next(iter(answered.wrong)))
