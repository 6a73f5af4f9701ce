"""The desk of one programme: its cases, its editor, and beside them answer, article and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from jinan_desk.core.measure import Programme
from jinan_desk.core.revision import Revision
from jinan_desk.core.role import ENTERS
from jinan_desk.core.text import N_
from jinan_desk.gui import case_line
from jinan_desk.gui.answer import Answer
from jinan_desk.gui.answer_panel import AnswerPanel
from jinan_desk.gui.article_text import ArticleText
from jinan_desk.gui.case_line import is_record
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.desk_strip import DeskStrip
from jinan_desk.gui.documents_panel import DocumentsPanel
from jinan_desk.gui.editor import Editor
from jinan_desk.gui.findings_panel import FindingsPanel
from jinan_desk.gui.history import History
from jinan_desk.gui.holding_bar import HoldingBar
from jinan_desk.gui.month_ledger import ask_month_ledger
from jinan_desk.gui.print_dialog import PrintDialog
from jinan_desk.gui.quiet_tabs import QuietTabs
from jinan_desk.gui.record_panel import RecordPanel
from jinan_desk.gui.segments import Segments
from jinan_desk.resources import Article
from jinan_desk.services.drafts import Draft
from jinan_desk.services.entry import Answered, Entry
from jinan_desk.services.paper_kinds import HISTORY

_SIDE, _LEAST_SIDE, _LOW = 372, 270, 480
_HIDDEN = (case_line.PROGRAMME, case_line.DISTRICT, case_line.DUE, case_line.UPDATED)
_HIDDEN_OF_RECORDS = (
    case_line.PROGRAMME, case_line.OUTCOME, case_line.AMOUNT, case_line.NUMBER, case_line.DUE, case_line.ON,
)  # fmt: skip


class ProgrammeDesk(QWidget):
    """The cases of one programme, its editor, and beside them answer, article and history."""

    def __init__(self, article: Article, programme: Programme, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.programme = programme
        self._context = context
        self._say = say = context.say
        self.editor = Editor(programme, context)
        self.list = CaseList(
            context,
            hidden=_HIDDEN_OF_RECORDS if is_record(programme.code) else _HIDDEN,
            nothing=say(N_("还没有“{name}”的办件。按 Ctrl+N 新建。"), name=say(programme.name)),
        )
        self.list.want(programme=programme.code)
        self._strip = DeskStrip(context, records=is_record(programme.code))
        self.answer = AnswerPanel(programme, context)
        self.text = ArticleText(article, context)
        self.text.show_programme(programme)
        self.documents = DocumentsPanel(programme, self.editor.draft, context)
        self.history = History(context)
        self.findings = FindingsPanel(context)
        self.holding = HoldingBar(context)
        self.record = RecordPanel(programme, context, self._unless_dirty) if is_record(programme.code) else None
        self._left = self._make_left()
        self._side = self._make_side()
        self._split = self._make_split()
        self._sized = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._strip)
        box.addWidget(self._split, 1)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.findings)
        below.addWidget(self.holding)
        below.addWidget(self.editor.bar)
        box.addWidget(self._below)
        self._connect()
        self._answer: Answer | None = None
        self._show_left(editing=False)

    def _make_left(self) -> QStackedWidget:
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(12, 10, 4, 8)
        around.addWidget(self.list)
        left = QStackedWidget()
        left.addWidget(holder)
        left.addWidget(self.editor)
        return left

    def _make_side(self) -> QTabWidget:
        side = QuietTabs()
        side.setDocumentMode(True)
        side.tabBar().setObjectName("side")
        for widget, name in (
            (self.answer, N_("认定结果")), (self.text, N_("条文")), (self.history, N_("办理过程")),
        ):  # fmt: skip
            side.addTab(widget, self._say(name))
        if self.programme.documents:
            side.insertTab(1, self.documents, self._say(N_("材料")))
            self.documents.counted.connect(self._show_documents)
        if self.record is not None:
            side.setTabText(0, self._say(N_("填写核对")))
            side.addTab(self.record, self._say(N_("跟进与办结")))
            side.tabBar().moveTab(side.count() - 1, 0)
        return side

    def _make_split(self) -> QSplitter:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(4, 0, 12, 8)
        inside.addWidget(self._side)
        side.setMinimumWidth(240)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        split.splitterMoved.connect(self._keep_size)
        return split

    def _keep_size(self) -> None:
        """From now on the border stays where somebody put it."""
        self._sized = True

    def _connect(self) -> None:
        self.list.opened.connect(self.open)
        self._strip.new.clicked.connect(self.start)
        self._follow_roles()
        self._context.bus.handler_changed.connect(self._follow_roles)
        self._strip.month.clicked.connect(lambda checked: ask_month_ledger(self._context, self))
        self._strip.back.clicked.connect(lambda checked: self.go_back())
        self._strip.unsaved.clicked.connect(lambda checked: self._show_left(editing=True))
        self._strip.search.textChanged.connect(self.list.search)
        self.list.search_from(self._strip.search)
        self.editor.answered.connect(self._show_answer)
        self.editor.recognition.changed.connect(self.answer.show_known)
        self.editor.row_picked.connect(self._show_row)
        self.editor.title_changed.connect(self._show_title)
        self.editor.history_changed.connect(self._show_course)
        self.history.print_wanted.connect(lambda: self.editor.print(HISTORY))
        self.findings.changed.connect(self._reread_history)
        self.holding.passing_wanted.connect(lambda passing: self._unless_dirty(lambda: self.holding.ask(passing)))
        self.holding.passed.connect(lambda: self.editor.open(self.editor.case))
        if self.record is not None:
            self.record.followed.connect(self._reread_history)
            self.record.closed.connect(lambda: self.editor.open(self.editor.case))
            self.editor.closing_wanted.connect(self._begin_closing)
        self.editor.add_undo_keys(self.documents)
        self.editor.locked_changed.connect(self.documents.lock)
        self.editor.documents_refused.connect(lambda: self._side.setCurrentWidget(self.documents))
        self.editor.print_wanted.connect(self._print)
        self.answer.place_wanted.connect(self.editor.go_to)
        self.answer.quote_wanted.connect(self.text.pick)

    def take_segments(self, segments: Segments) -> None:
        """Show the article's programmes at the left of the strip."""
        self._strip.take_segments(segments)

    @property
    def editing(self) -> bool:
        return self._left.currentWidget() is self.editor

    def sizeHint(self) -> QSize:
        return QSize(1100, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.findings.keep_low(self.height() < _LOW)
        if not self._sized:
            side = max(_LEAST_SIDE, min(_SIDE, int(self.width() * 0.36)))
            self._split.setSizes([self.width() - side, side])

    # What is shown --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a new case. One that is begun already is kept as a draft: nobody has to decide about it now."""
        self._begin(None)

    def begin(self, given: Entry) -> None:
        """Begin a new case with what the entry holds, as `start` does."""
        self._begin(given)

    def _begin(self, given: Entry | None) -> None:
        if not self._context.desk.roles & ENTERS:
            told = N_("新建办件须有“经办员”角色；角色由管理员在“系统管理 › 账号”中给")
            self._context.tell(self._say(told), Level.BAD)
            return
        self.editor.saving.leave_for_another(lambda: self._start(given))

    def _follow_roles(self) -> None:
        """What would only be refused is not offered."""
        self._strip.new.setVisible(bool(self._context.desk.roles & ENTERS))

    def _start(self, given: Entry | None) -> None:
        self._show_left(editing=True)
        self.editor.start(given)

    def resume(self, kept: Draft) -> None:
        """Go on with a draft, after what is being typed here was saved or kept."""
        self.editor.saving.leave(lambda: self._resume(kept))

    def _resume(self, kept: Draft) -> None:
        self._show_left(editing=True)
        self.editor.resume(kept)

    def open(self, case: str) -> None:
        """Open a stored case. What was typed over it and not saved goes on being shown."""
        if self.editor.case == case and (self.editing or self.editor.dirty):
            self._show_left(editing=True)
            return
        self.editor.saving.leave(lambda: self._open(case))

    def _open(self, case: str) -> None:
        self._show_left(editing=True)
        self.editor.open(case)

    def _unless_dirty(self, action: Callable[[], None]) -> None:
        if self.editor.dirty:
            self.editor.saving.save(lambda view: action())
        else:
            action()

    def close_editor(self) -> None:
        """Back to the list. What was typed stays in the editor."""
        self._show_left(editing=False)
        self.list.table.setFocus()

    def go_back(self) -> None:
        """Back to the list, or to the other page on which the case was picked."""
        self.close_editor()
        self._context.bus.case_left.emit(self.editor.case)

    def take_keys(self) -> None:
        """Have the keys go where somebody looks first: into the list, where that is shown."""
        if not self.editing:
            self.list.table.setFocus()

    def start_search(self) -> None:
        """Put the cursor into the search box of the list."""
        self._show_left(editing=False)
        self._strip.search.setFocus()
        self._strip.search.selectAll()

    def show_text(self) -> None:
        """Show the article with the words lit up that the checks rest on."""
        self.text.light(self.editor.quotes if self.editing else {})
        self._side.setCurrentWidget(self.text)

    def show_documents(self) -> None:
        """Show what is to be handed in."""
        self._side.setCurrentWidget(self.documents)

    def begin_documents(self) -> None:
        """Show what is to be handed in and have the keys there; from there, go back to where the answer is."""
        if not self.editing or not self.programme.documents:
            return
        if self._side.currentWidget() is self.documents:
            self._side.setCurrentWidget(self.record or self.answer)
            self.editor.form.begin()
        else:
            self.show_documents()
            self.documents.begin()

    def show_history(self) -> None:
        """Show what happened to the case."""
        self._side.setCurrentWidget(self.history)

    def _show_left(self, *, editing: bool) -> None:
        self._left.setCurrentWidget(self.editor if editing else self._left.widget(0))
        self._below.setVisible(editing)
        self._context.bus.moved_on.emit()
        self._strip.show_editing(editing)
        for number in range(self._side.count()):
            self._side.setTabVisible(number, editing or self._side.widget(number) is self.text)
        self._side.setCurrentWidget((self.record or self.answer) if editing else self.text)
        if not editing:
            self.text.light({})
        self._show_title()

    def _show_course(self, revisions: Sequence[Revision]) -> None:
        """Show what has happened to the case in the editor, given oldest first."""
        self.history.show_revisions(revisions)
        case = revisions[0].case if revisions else ""
        self.findings.show_case(case)
        self.holding.show_case(case)
        if self.record is not None:
            self.record.show_case(case)

    def _show_documents(self, here: int, asked: int) -> None:
        """How many documents are here stands on their tab."""
        words = self._say(N_("材料 {here}/{asked}"), here=here, asked=asked)
        tab = self._side.indexOf(self.documents)
        if self._side.tabText(tab) != words:  # else every key would have all that is beside it drawn again
            self._side.setTabText(tab, words)

    def _begin_closing(self) -> None:
        if self.record is not None:
            self._side.setCurrentWidget(self.record)
            self.record.begin_closing()

    def _reread_history(self) -> None:
        """The case has got another revision, and nothing in the editor has changed by it."""
        context, case = self._context, self.editor.case
        context.store.ask(lambda: context.desk.cases.history(case), self.history.show_revisions, owner=self)

    def _show_title(self) -> None:
        editor = self.editor
        self._strip.show_case(editor.title, editor.stage, editor.number)
        self._strip.show_limits(editor.limits)
        self._strip.show_unsaved(editor.title if editor.dirty else "")

    def _show_answer(self, answered: Answered | None, answer: Answer | None) -> None:
        self._answer = answer
        self.answer.show_answer(answer, answered.wrong if answered is not None else {})
        if self.record is not None:
            self.record.show_answer(answer)
        if self.editing and self._side.currentWidget() is self.text:
            self.text.light(self.editor.quotes)

    def _show_row(self, row: int, name: str) -> None:
        self.answer.show_row(self._answer, row, name)

    def _print(self, case: str, paper: str) -> None:
        dialog = PrintDialog(case, self.editor.title, self._context, self.window(), paper=paper)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
