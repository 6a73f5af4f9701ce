"""The editor of one case: its draft as form and roster, what may be done with it, and its answer beside it.

Only what the thread of the store has written is a case; until then everything is a draft that can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from jinan_desk.core.check import Result
from jinan_desk.core.determination import Determination
from jinan_desk.core.measure import Programme
from jinan_desk.core.role import ENTERS
from jinan_desk.core.text import N_
from jinan_desk.core.workflow import EDITABLE, STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.advance import Advance
from jinan_desk.gui.answer import Answer, stored
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.editor_bar import EditorBar
from jinan_desk.gui.editor_body import EditorBody
from jinan_desk.gui.keeper import Keeper
from jinan_desk.gui.payee_dialog import correct_payee
from jinan_desk.gui.reason_line import ReasonLine
from jinan_desk.gui.reckoning import Reckoning
from jinan_desk.gui.recognition import Recognition
from jinan_desk.gui.roster_box import RosterBox
from jinan_desk.gui.roster_files import RosterFiles
from jinan_desk.gui.saving import Saving
from jinan_desk.gui.stored_case import StoredCase, content_of, entry_of, read_case
from jinan_desk.services import entry
from jinan_desk.services.access import Action
from jinan_desk.services.cases import CaseView
from jinan_desk.services.drafts import Draft as KeptDraft
from jinan_desk.services.entry import ON, Answered, Entry
from jinan_desk.services.limits import Limit
from jinan_desk.services.payee import may_correct_account
from jinan_desk.services.steps import Step

T = TypeVar("T")


class Editor(QWidget):
    """One case, new or stored."""

    answered = Signal(object, object)
    """What was typed as far as it could be read (`Answered`, None for a stored answer), and the answer (`Answer`)."""
    row_picked = Signal(int, str)
    """The roster's current row and the name in it."""
    history_changed = Signal(object)
    print_wanted = Signal(str, str)
    """Print this case, and of its papers this one first, if any is named."""
    closing_wanted = Signal()
    documents_refused = Signal()
    """Something typed about a document cannot be read."""
    locked_changed = Signal(bool)
    title_changed = Signal()

    def __init__(self, programme: Programme, context: Context) -> None:
        super().__init__()
        self.programme = programme
        self._context = context
        self._say = context.say
        self.view: CaseView | None = None
        """The case as it was read or saved last, None for a new one."""
        self.steps: tuple[Step, ...] = ()
        """What may come next, and what stands in the way of it."""
        self.busy = False
        """Whether the store has been asked for something that is not done yet."""
        self.locked = False
        """Whether nothing may be changed now."""
        self._again: Determination | None = None
        self._answered: Answered | None = None
        self._answer: Answer | None = None
        self._limits: tuple[Limit, ...] = ()
        self.draft = Draft(entry.blank(programme, context.desk.today()), context.say, self)
        self.keeper = Keeper(self.draft, lambda: self.case, context, self)
        self.keeper.kept.connect(self._refresh_bar)
        self.recognition = Recognition(self.draft, lambda: self.case, context, self, busy=lambda: self.busy)
        self.reckoning = Reckoning(self.draft, context, self)
        self.reckoning.answered.connect(self._deliver)
        self.saving = Saving(self, context)
        self.advance = Advance(self, context)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.reason = ReasonLine(context)
        self.history_changed.connect(self.reason.show_history)
        self._box.addWidget(self.reason)
        self._body: EditorBody | None = None
        self.bar = EditorBar(context)
        self.bar.save.clicked.connect(lambda checked: self.saving.save())
        self.bar.print_.clicked.connect(lambda checked: self.print())
        self.bar.paper_wanted.connect(self.print)
        self.bar.undo.clicked.connect(self._undo)
        self.bar.redo.clicked.connect(self._redo)
        self.bar.discard.clicked.connect(self._discard)
        self.bar.stage_wanted.connect(self.advance.begin)
        self.bar.refused.connect(lambda why: context.refuse(DeskError(why)))
        self.bar.account_wanted.connect(lambda: correct_payee(self, context))
        self.add_undo_keys(self)
        context.bus.handler_changed.connect(self._follow_handler)
        self.draft.veil.wanted.connect(self._note_unmasking)
        self.draft.fact_changed.connect(lambda key: self.title_changed.emit() if key == "applicant_name" else None)
        self.draft.stack.cleanChanged.connect(self._refresh_bar)
        self.draft.stack.indexChanged.connect(self._refresh_bar)
        self.roster: RosterBox | None = None

    # What is shown --------------------------------------------------------------------------------------------------

    @property
    def case(self) -> str:
        """The case that is shown, empty for a new one."""
        return self.view.row.case if self.view is not None else ""

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return not self.draft.stack.isClean()

    @property
    def waiting(self) -> bool:
        """Whether something typed is still to be answered."""
        return self.reckoning.waiting

    @property
    def answer(self) -> Answer | None:
        """The answer that is shown."""
        return self._answer

    @property
    def title(self) -> str:
        """Whose case it is."""
        name = self.draft.text("applicant_name").strip()
        if name:
            return name
        return self._say(N_("新办件")) if self.view is None else self._say(N_("（未填写）"))

    @property
    def stage(self) -> str:
        """The stage in words."""
        stage = self.view.stage if self.view is not None else Stage.DRAFT
        return self._say(STAGE_LABELS[stage])

    @property
    def number(self) -> str:
        return self.view.row.number if self.view is not None else ""

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What is due when, the most pressing first."""
        return self._limits

    def start(self, given: Entry | None = None) -> None:
        """Begin a new case, with what an entry of the programme holds as if it had just been typed."""
        self.view = None
        self.draft.veil.leave_off()
        self._fill(entry.blank(self.programme, self._context.desk.today()))
        if given is not None:
            self.draft.fill({ON: given.on, **given.texts})
        self.form.begin()

    def open(self, case: str, then: Callable[[], None] | None = None) -> None:
        """Show a stored case, then do something with it."""
        another = case != self.case

        def show(found: StoredCase) -> None:
            self._show(found)
            if then is not None:
                then()
            elif another and found.kept is not None:
                self._take_up(found.kept)
                self._context.bus.drafts_changed.emit()

        if self._body is None:  # the window answers between this and what fills it
            self._context.store.ask(lambda: None, lambda nothing: self._have_body(), owner=self)
        read = partial(read_case, self._context.desk, case, shown=self.view, foreign=self._say.foreign)
        self.ask(read, show)

    def resume(self, kept: KeptDraft) -> None:
        """Go on with what was kept: over the case that it changes, or as the new one that it was."""
        if kept.case:
            self.open(kept.case, partial(self._take_up, kept))
        else:
            self.start()
            self._take_up(kept)

    def _take_up(self, kept: KeptDraft) -> None:
        say = self._say
        if self.locked:
            told = say(N_("“{stage}”的办件不能再改，草稿留着备查；不再需要时可以放弃"), stage=self.stage)
            self._context.tell(told, Level.BAD)
            return
        self.draft.take_up(kept.entry)
        self.keeper.adopt(kept.place)
        self.form.begin()
        if kept.overtaken:
            self._context.tell(say(N_("草稿留存以后，这个办件又有改动：请对照办理过程核对，再保存")), Level.BAD)
        else:
            self._context.tell(say(N_("已接着草稿填写，尚未保存")))

    def go_to(self, path: str) -> None:
        """Put the cursor where this path is filled in."""
        if path.startswith("parameter:"):
            self._context.bus.parameter_wanted.emit(path.partition(":")[2])
        elif self._body is not None:
            self._body.go_to(path)

    def _show(self, read: StoredCase) -> None:
        view = read.view
        before, self.view, self._again = self.view, view, read.again
        self.draft.veil.cover()
        another = before is None or before.row.case != view.row.case
        if another or (not self.dirty and content_of(before) != content_of(view)):
            self._fill(read.entry or entry_of(view))
        self._lock(read.held or view.stage not in EDITABLE or not self._context.desk.roles & ENTERS)
        self._limits = read.limits
        if self.roster is not None:
            self.roster.undo_import.setEnabled(read.imported and not self.locked)
        self.steps = read.steps
        self.bar.show_steps(read.steps, self.programme)
        if read.held:
            self.bar.tell_reason("")  # the line above the bar says it
        self.bar.show_papers(view.stage, self.programme)
        self.bar.account.setVisible(may_correct_account(view) and not read.held)
        self.history_changed.emit(read.history)
        self.recognition.look(fill=False)
        self._refresh_bar()

    def _fill(self, given: Entry) -> None:
        """Show another entry. The widgets are made when there is the first."""
        self._have_body()
        self._answered = self._answer = None
        self.locked = False
        self.draft.load(given)
        self.recognition.forget()
        self._lock(False)
        self._limits = ()
        self.bar.show_nothing()
        self.history_changed.emit(())
        self._refresh_bar()

    def _have_body(self) -> None:
        if self._body is None:
            self._body = self._make_body()

    def _make_body(self) -> EditorBody:
        body = EditorBody(self.draft, self._context, self)
        self._box.insertWidget(1, body, 1)
        self.form, self.roster = body.form, body.roster
        number = self.form.box(self.recognition.key)
        if number is not None:
            number.control.left.connect(self._recognise)
            account = self.form.box("bank_account")
            assert account is not None
            account.control.left.connect(self._name_account)
        if self.roster is not None:
            self.roster.grid.row_picked.connect(self._pick_row)
            self.roster_files = RosterFiles(self, self.roster, self._context)
            QWidget.setTabOrder(self.form.last, self.roster.grid)  # before its tools: a paste is what comes next
        else:
            self.bar.follow(self.form.last)
        return body

    def _note_unmasking(self) -> None:
        """Whoever looks at whole numbers of a stored case does so under their name, and sees none that is not noted."""
        assert self.view is not None  # nothing else is masked
        access, veil, row = self._context.desk.access, self.draft.veil, self.view.row

        def show(result: None) -> None:  # noqa: ARG001
            if self.case == row.case:
                veil.show()

        def refuse(error: Exception) -> None:
            veil.stay()
            if not isinstance(error, DeskError):
                raise error
            self._context.refuse(error)

        note = partial(access.note, Action.UNMASK, row.number or row.case)
        self._context.store.ask(note, show, owner=self, failed=refuse)

    def _recognise(self) -> None:
        if not self.locked:
            self.recognition.look(fill=True)

    def _name_account(self) -> None:
        if not self.locked:
            self.recognition.name_account()

    def _pick_row(self, row: int) -> None:
        self.row_picked.emit(row, self._name_in(row))

    def _name_in(self, row: int) -> str:
        shape = self.programme.row_shape
        if shape is None or not 0 <= row < len(self.draft.lines):
            return ""
        place = next((n for n, f in enumerate(shape.fields) if f.key == "name"), None)
        return self.draft.lines[row].texts[place].strip() if place is not None else ""

    def _lock(self, locked: bool) -> None:
        self.locked = locked
        self.reckoning.rest(locked)
        if self._body is not None:
            if locked and self._body.isAncestorOf(QApplication.focusWidget()):
                self.setFocus()  # else it goes to whatever comes next, since some controls have none while locked
            self._body.lock(locked)
        self.locked_changed.emit(locked)
        if locked and self.view is not None:
            self._deliver(None, stored(self.view.determination, self.programme, self._say, self._again))

    # The answer -----------------------------------------------------------------------------------------------------

    def _deliver(self, answered: Answered | None, answer: Answer | None) -> None:
        if self._answered is not None and self._answered.wrong and answered is not None and not answered.wrong:
            self._context.bus.moved_on.emit()
        self._answered, self._answer = answered, answer
        self.form.show_wrong(answered.wrong if answered is not None else {})
        if self.roster is not None:
            self.roster.show_answer(answered, answer)
        self.answered.emit(answered, answer)
        if self.roster is not None:
            self._pick_row(self.roster.grid.currentIndex().row())

    @property
    def quotes(self) -> dict[str, Result]:
        """The words that checks rest on, with what they came to; of roster checks those of the current row."""
        if self._answer is None:
            return {}
        lines = list(self._answer.checks)
        row = self.roster.grid.currentIndex().row() if self.roster is not None else -1
        if 0 <= row < self._answer.row_count:
            lines += self._answer.row(row).checks
        elif self._answer.row_count:
            lines += self._answer.row(0).checks
        return {line.quote: line.result for line in lines}

    def add_undo_keys(self, widget: QWidget) -> None:
        """Let undo and redo be pressed anywhere in a widget that shows something of the draft."""
        for keys, action in (("Ctrl+Z", self._undo), ("Ctrl+Shift+Z", self._redo), ("Ctrl+Y", self._redo)):
            shortcut = QShortcut(QKeySequence(keys), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # What may be done -----------------------------------------------------------------------------------------------

    def print(self, paper: str = "") -> None:
        """Show the papers of the case, this one first; what was typed is saved before."""
        if not self.locked:
            self.saving.save(partial(self._print_saved, paper))
        elif self.view is not None:
            self.print_wanted.emit(self.view.row.case, paper)

    def _print_saved(self, paper: str, view: CaseView) -> None:
        self.reread()
        self.print_wanted.emit(view.row.case, paper)

    def _undo(self) -> None:
        if self.locked:
            return
        if self.draft.can_undo:
            self.draft.stack.undo()
        elif self.draft.is_at_floor:
            self._context.tell(self._say(N_("已退回到草稿留存时的样子；都不要了，请按“放弃修改”")))

    def _redo(self) -> None:
        if not self.locked:
            self.draft.stack.redo()

    def _discard(self) -> None:
        """Take back everything since the last save; redo brings it back."""
        stack = self.draft.stack
        if stack.cleanIndex() >= 0:
            stack.setIndex(stack.cleanIndex())
            self._context.tell(self._say(N_("已放弃修改；按“重做”可以找回")))

    def _follow_handler(self) -> None:
        """Another person may take other steps."""
        if self.view is not None and not self.dirty:
            self.reread()

    def reread(self) -> None:
        if self.view is not None:
            self.open(self.view.row.case)

    def ask(
        self, work: Callable[[], T], then: Callable[[T], None], *, refused: Callable[[DeskError], None] | None = None
    ) -> None:
        """Hand work to the store; meanwhile the buttons wait. `refused` is told why it was, else the window."""
        self.busy = True
        self._refresh_bar()
        failed = partial(self._failed, refused or self._context.refuse)
        self._context.store.ask(work, partial(self._done, then), owner=self, failed=failed)

    def _done(self, then: Callable[..., None], result: object) -> None:
        self.busy = False
        then(result)
        self._refresh_bar()

    def _failed(self, refused: Callable[[DeskError], None], error: Exception) -> None:
        self.busy = False
        self._refresh_bar()
        if not isinstance(error, DeskError):
            raise error
        refused(error)

    def _refresh_bar(self) -> None:
        stack = self.draft.stack
        self.bar.refresh(
            busy=self.busy, locked=self.locked, dirty=self.dirty, kept=self.keeper.is_kept,
            new=self.view is None,
            undo=self.draft.can_undo, redo=stack.canRedo(), discard=self.dirty and stack.cleanIndex() >= 0,
        )  # fmt: skip
        self.title_changed.emit()
