"""The window: a sidebar with nine pages, the office and the person above, messages below."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.drafts_bar import DraftsBar
from jinan_desk.gui.goto import GoToDialog
from jinan_desk.gui.handler import HandlerButton
from jinan_desk.gui.keeper import Keeper
from jinan_desk.gui.lock import Lock
from jinan_desk.gui.page_head import PageHead
from jinan_desk.gui.pages import PAGES, Searchable
from jinan_desk.gui.sidebar import Sidebar
from jinan_desk.gui.status_line import StatusLine
from jinan_desk.gui.tour_bar import TourBar
from jinan_desk.resources import chapters
from jinan_desk.services.preferences import read_preferences, write_preferences

if TYPE_CHECKING:
    from jinan_desk.gui.manual import ManualDialog
    from jinan_desk.gui.pages.cases import CasesPage
    from jinan_desk.gui.pages.exchange import ExchangePage
    from jinan_desk.gui.pages.measures import MeasuresPage
    from jinan_desk.gui.pages.parameters import ParametersPage
    from jinan_desk.gui.tour import Tour
    from jinan_desk.services.drafts import Draft
    from jinan_desk.services.entry import Entry
    from jinan_desk.services.listing import CaseFilter, CaseRow

_NARROW = 1040
_ROOMY = 1500
"""Pixels across that a screen has to have for a window that leaves some of it free."""


class Window(QMainWindow):
    """The main window of one desk."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = say = context.say
        self.setWindowTitle(say(N_("济南市稳就业政策措施经办台")))
        self.resize(1280, 720)
        self.setMinimumSize(720, 440)
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self.sidebar: Sidebar = Sidebar(context)
        self.sidebar.picked.connect(self.show_page)
        self.sidebar.chapter_picked.connect(self.show_chapter)
        self._head = PageHead(context)
        self._head.help.clicked.connect(lambda checked: self._show_help())
        self.status: StatusLine = StatusLine(context)
        self.drafts = DraftsBar(context, lambda: frozenset(keeper.place for keeper in self.keepers))
        self.drafts.chosen.connect(self._resume)
        self._manual: ManualDialog | None = None
        self._picked = ("", "")
        self.tour_bar = TourBar(context)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._head)
        right.addWidget(self.tour_bar)
        right.addWidget(self.drafts)
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(centre)
        self.tour_bar.wanted.connect(self.show_tour)
        self._listen()
        self.lock = Lock(context, self)
        for keys, action in (
            (QKeySequence.StandardKey.New, self._new),
            (QKeySequence.StandardKey.Save, self._save),
            (QKeySequence.StandardKey.Print, self._print),
            (QKeySequence.StandardKey.Find, self._find),
            (QKeySequence(Qt.Key.Key_F1), self._explain),
            (QKeySequence("Shift+F1"), self._show_help),
            (QKeySequence(Qt.Key.Key_Escape), self._back),
            (QKeySequence("Ctrl+G"), self._go_to),
            (QKeySequence("Ctrl+Shift+H"), self._head.handler.ask_for_another),
            (QKeySequence("Ctrl+L"), self.lock.lock),
            (QKeySequence("Ctrl+M"), self._go_to_documents),
        ):
            QShortcut(keys, self, action)
        for number, entry in enumerate(PAGES, start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self, partial(self.show_page, entry.key))
        self.show_page("workdesk")

    def _listen(self) -> None:
        """Do what parts of the window ask for."""
        bus = self._context.bus
        bus.said.connect(self.status.show_message)
        bus.moved_on.connect(self.status.forget_refusal)
        bus.case_wanted.connect(self.open_case)
        bus.case_left.connect(self._go_back)
        bus.page_wanted.connect(self.show_page)
        bus.entry_wanted.connect(self._begin)
        bus.cases_wanted.connect(self._show_cases)
        bus.parameter_wanted.connect(self._show_parameter)
        bus.conflict_wanted.connect(self._show_conflict)
        bus.locking.connect(self.keep)
        bus.help_wanted.connect(self.show_manual)
        bus.tour_wanted.connect(self.show_tour)

    # Pages ----------------------------------------------------------------------------------------------------------

    def page(self, key: str) -> QWidget:
        """A page, made when it is first wanted."""
        if key not in self._pages:
            entry = next(entry for entry in PAGES if entry.key == key)
            self._pages[key] = entry.make(self._context)
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    @property
    def measures(self) -> MeasuresPage:
        return cast("MeasuresPage", self.page("measures"))

    @property
    def current(self) -> str:
        """The key of the page that is shown."""
        return next(key for key, page in self._pages.items() if page is self._stack.currentWidget())

    def show_page(self, key: str) -> None:
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        if page.focusProxy() is not None:  # what a page is about takes the keys at once
            page.setFocus()
        self._context.bus.moved_on.emit()
        self._show_where()

    def show_chapter(self, number: int) -> None:
        self.measures.show_chapter(number)
        self.show_page("measures")

    def show_article(self, article: int) -> None:
        self.measures.show_article(article)
        self.show_page("measures")

    def show_programme(self, article: int, code: str) -> None:
        """Show a programme of an article, and the cases of it."""
        self.measures.show_article(article).show_code(code)
        self.show_page("measures")
        desk = self.measures.desk
        if desk is not None:
            desk.take_keys()

    def open_case(self, case: str) -> None:
        """Open a case in the tab of its article."""
        cases, picked_on, ask = self._context.desk.cases, self.current, self._context.store.ask

        def make(view: object) -> None:
            row: CaseRow = view.row  # type: ignore[attr-defined]
            self.measures.make(row.article, row.programme)
            ask(lambda: row, show, owner=self)  # the window answers between making the tab and showing it

        def show(row: CaseRow) -> None:
            self.measures.open(row.article, row.programme, case)
            self.show_page("measures")
            self._picked = (case, picked_on) if picked_on != "measures" else ("", "")

        ask(lambda: cases.view(case), make, owner=self)

    def _go_back(self, case: str) -> None:
        """Back to the page on which the case was picked, where the next one is."""
        picked, page = self._picked
        self._picked = ("", "")
        if picked and picked == case:
            self.show_page(page)

    def _begin(self, given: Entry) -> None:
        self.measures.begin(given)
        self.show_page("measures")

    def _resume(self, kept: Draft) -> None:
        self.show_page("measures")
        self.measures.resume(kept)
        self._show_where()

    def _show_cases(self, wanted: CaseFilter) -> None:
        cast("CasesPage", self.page("cases")).show_filter(wanted)
        self.show_page("cases")

    def _show_parameter(self, key: str) -> None:
        self.show_page("parameters")
        cast("ParametersPage", self.page("parameters")).show_parameter(key)

    def _show_conflict(self, case: str) -> None:
        self.show_page("exchange")
        cast("ExchangePage", self.page("exchange")).show_conflict(case)

    def _show_where(self) -> None:
        key = self.current
        title = self._say(next(entry.title for entry in PAGES if entry.key == key))
        chapter = self.measures.chapter if key == "measures" else -1
        if chapter >= 0:
            shown = chapters()[chapter]
            title = f"{title} › {self._say.heading(shown.numeral, shown.name)}"
        self._head.show_title(title)
        self.sidebar.show_picked(key, chapter)

    # Keys -----------------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        if self.current != "measures":
            self.show_page("measures")
        desk = self.measures.desk
        if desk is not None:
            desk.start()
        else:
            self._context.tell(self._say(N_("本条没有可办的事项；请选有事项的条目再新建")))

    def _go_to(self) -> None:
        dialog = GoToDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.show_programme)
        dialog.open()

    def _go_to_documents(self) -> None:
        if self.current == "measures" and self.measures.desk is not None:
            self.measures.desk.begin_documents()

    def _save(self) -> None:
        desk = self.measures.desk if self.current == "measures" else None
        if desk is not None and desk.editing:
            desk.editor.saving.save()

    def _print(self) -> None:
        desk = self.measures.desk if self.current == "measures" else None
        if desk is not None and desk.editing:
            desk.editor.print()
        elif self.current == "cases":
            cast("CasesPage", self.page("cases")).list.bar.print_picked()

    def _find(self) -> None:
        if self.current == "measures" and self.measures.desk is not None:
            self.measures.desk.start_search()
            return
        if not isinstance(self.page(self.current), Searchable):
            self.show_page("cases")
        cast("Searchable", self.page(self.current)).start_search()

    def _explain(self) -> None:
        """The law where there is one, the manual elsewhere."""
        if self.current == "measures" and self.measures.desk is not None:
            self.measures.desk.show_text()
        else:
            self._show_help()

    def _show_help(self) -> None:
        self.show_manual(self.current)

    def show_manual(self, chapter: str) -> None:
        """Open the manual at a chapter; those of pages have the pages' keys."""
        from jinan_desk.gui.manual import ManualDialog

        if self._manual is None:
            self._manual = ManualDialog(self._context, self)
        self._manual.open_at(chapter)

    def show_tour(self) -> Tour:
        """Begin the tour of the window."""
        from jinan_desk.gui.tour import Tour

        tour = Tour(self._context, self)
        tour.begin()
        return tour

    @property
    def handler(self) -> HandlerButton:
        """Who sits here, and a click to change it."""
        return self._head.handler

    def _back(self) -> None:
        if self.current == "measures" and self.measures.desk is not None and self.measures.desk.editing:
            self.measures.desk.go_back()

    # The frame ------------------------------------------------------------------------------------------------------

    def stand(self, place: str) -> None:
        """Stand where the window stood before, as `place` says; where it never stood, fill a screen that is small."""
        if place:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(place.encode())))
        elif self.screen().availableSize().width() < _ROOMY:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def place(self) -> str:
        """Where the window stands and how large."""
        return self.saveGeometry().toBase64().toStdString()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.make_narrow(event.size().width() < _NARROW)

    @property
    def keepers(self) -> list[Keeper]:
        """What keeps the drafts of the editors that were opened."""
        return self.measures.keepers if "measures" in self._pages else []

    def keep(self) -> None:
        """Keep as drafts what is being typed, in whatever editor."""
        for keeper in self.keepers:
            keeper.keep()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept and offered at the next start; only where it cannot be kept somebody is asked."""
        focus = self.focusWidget()
        if focus is not None:  # a cell that is being typed into counts, too
            focus.clearFocus()
        try:
            for keeper in self.keepers:
                keeper.keep_now()
        except Exception as error:
            if not self._may_lose(error):
                event.ignore()
                if not isinstance(error, DeskError):
                    raise
                return
        self._keep_place()
        super().closeEvent(event)

    def _keep_place(self) -> None:
        directory = self._context.desk.store.directory
        with suppress(DeskError):  # a directory that cannot be written keeps nobody from leaving
            write_preferences(directory, replace(read_preferences(directory), place=self.place))

    def _may_lose(self, error: Exception) -> bool:
        say = self._say
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Warning)
        question.setWindowTitle(say(N_("草稿没有留存")))
        question.setText(say(N_("填写了而没有保存的内容，这次没有能够留存为草稿。")))
        if isinstance(error, DeskError):
            question.setInformativeText(error.read(say.translate))
        stay = question.addButton(say(N_("返回保存")), QMessageBox.ButtonRole.RejectRole)
        leave = question.addButton(say(N_("不保存，退出")), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(stay)
        question.exec()
        return question.clickedButton() is leave
