"""The window: a sidebar with nine pages, the office and the person above, messages below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.drafts_bar import DraftsBar
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.goto import GoToDialog
from jinan_desk.gui.handler import HandlerButton
from jinan_desk.gui.keeper import Keeper
from jinan_desk.gui.lock import Lock
from jinan_desk.gui.look import mark
from jinan_desk.gui.pages import PAGES, Searchable
from jinan_desk.gui.tour_bar import TourBar
from jinan_desk.resources import chapters

if TYPE_CHECKING:
    from jinan_desk.gui.manual import ManualDialog
    from jinan_desk.gui.pages.cases import CasesPage
    from jinan_desk.gui.pages.exchange import ExchangePage
    from jinan_desk.gui.pages.measures import MeasuresPage
    from jinan_desk.gui.pages.parameters import ParametersPage
    from jinan_desk.gui.tour import Tour
    from jinan_desk.services.drafts import Draft
    from jinan_desk.services.entry import Entry
    from jinan_desk.services.listing import CaseFilter

_NARROW = 1040
_WIDE_SIDE, _NARROW_SIDE = 184, 58
_SECONDS_SHOWN = 8
_BUSY_AFTER = 300
_KEYS = N_("Ctrl+N 新办件　Ctrl+S 保存　Ctrl+P 打印　Ctrl+F 查找　Ctrl+G 转到事项　F1 条文、手册　Esc 返回列表")


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
        self._head = _Head(context)
        self._head.help.clicked.connect(lambda checked: self._show_help())
        self.status: StatusLine = StatusLine(context)
        self.drafts = DraftsBar(context, lambda: frozenset(keeper.place for keeper in self.keepers))
        self.drafts.chosen.connect(self._resume)
        self._manual: ManualDialog | None = None
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
        bus = context.bus
        bus.said.connect(self.status.show_message)
        bus.moved_on.connect(self.status.forget_refusal)
        bus.case_wanted.connect(self.open_case)
        bus.page_wanted.connect(self.show_page)
        bus.entry_wanted.connect(self._begin)
        bus.cases_wanted.connect(self._show_cases)
        bus.parameter_wanted.connect(self._show_parameter)
        bus.conflict_wanted.connect(self._show_conflict)
        bus.locking.connect(self.keep)
        bus.help_wanted.connect(self.show_manual)
        bus.tour_wanted.connect(self.show_tour)
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
            (QKeySequence("Ctrl+Shift+H"), self._head.handler.click),
            (QKeySequence("Ctrl+L"), self.lock.lock),
        ):
            QShortcut(keys, self, action)
        for number, entry in enumerate(PAGES, start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self, partial(self.show_page, entry.key))
        self.show_page("workdesk")

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
        self._stack.setCurrentWidget(self.page(key))
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

    def open_case(self, case: str) -> None:
        """Open a case in the tab of its article."""
        cases = self._context.desk.cases

        def show(view: object) -> None:
            row = view.row  # type: ignore[attr-defined]
            self.measures.open(row.article, row.programme, case)
            self.show_page("measures")

        self._context.store.ask(lambda: cases.view(case), show, owner=self)

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
            title = f"{title} › {chapters()[chapter].title}"
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

    def _save(self) -> None:
        desk = self.measures.desk if self.current == "measures" else None
        if desk is not None and desk.editing:
            desk.editor.save()

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
            self.measures.desk.close_editor()

    # The frame ------------------------------------------------------------------------------------------------------

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
        except DeskError as error:
            if not self._may_lose(error):
                event.ignore()
                return
        super().closeEvent(event)

    def _may_lose(self, error: DeskError) -> bool:
        say = self._say
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Warning)
        question.setWindowTitle(say(N_("草稿没有留存")))
        question.setText(say(N_("填写了而没有保存的内容，这次没有能够留存为草稿。")))
        question.setInformativeText(error.read(say.translate))
        stay = question.addButton(say(N_("返回保存")), QMessageBox.ButtonRole.RejectRole)
        leave = question.addButton(say(N_("不保存，退出")), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(stay)
        question.exec()
        return question.clickedButton() is leave


class Sidebar(QFrame):
    """The pages, and under 政策措施 the chapters; in a narrow window icons and numerals only."""

    picked = Signal(str)
    chapter_picked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._say = say = context.say
        self._look = context.look
        self._narrow: bool | None = None
        self._product = QLabel(say(N_("稳就业经办台")))
        self._product.setObjectName("product")
        self._subtitle = QLabel("济政发〔2020〕1号")
        self._subtitle.setObjectName("subtitle")
        self._emblem = QLabel()
        self._emblem.setPixmap(context.look.pixmap("desk", "side_mark", 26))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._product)
        names.addWidget(self._subtitle)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 8, 10)
        top.setSpacing(10)
        top.addWidget(self._emblem)
        top.addLayout(names, 1)
        self._buttons: dict[str, QPushButton] = {}
        self._chapters: list[QPushButton] = []
        self._group = QButtonGroup(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(1)
        for entry in PAGES:
            button = self._button("page", say(entry.title))
            button.setIcon(context.look.icon(entry.key, "side_text"))
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(partial(self.picked.emit, entry.key))
            self._group.addButton(button)
            self._buttons[entry.key] = button
            column.addWidget(button)
            if entry.key == "measures":
                for number, chapter in enumerate(chapters()):
                    button = self._button("chapter", chapter.title)
                    button.clicked.connect(partial(self.chapter_picked.emit, number))
                    self._chapters.append(button)
                    column.addWidget(button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(scroll, 1)
        self.make_narrow(False)

    def _button(self, role: str, name: str) -> QPushButton:
        button = QPushButton(name)
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("name", name)
        set_role(button, role)
        return button

    def show_picked(self, key: str, chapter: int) -> None:
        self._buttons[key].setChecked(True)
        for number, button in enumerate(self._chapters):
            button.setVisible(key == "measures")
            button.setChecked(number == chapter)

    def make_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(_NARROW_SIDE if narrow else _WIDE_SIDE)
        for label in (self._product, self._subtitle):
            label.setVisible(not narrow)
        for button in self._buttons.values():
            button.setText("" if narrow else button.property("name"))
        for button in self._chapters:
            name = button.property("name")
            numeral, _, title = name.partition("、")
            button.setText(numeral if narrow else title)
            mark(button, narrow=narrow)


class _Head(QFrame):
    """Where one is, which office this is, and who sits here."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("head")
        self._title = ElidedLabel()
        set_role(self._title, "title")
        office = ElidedLabel(context.desk.office.name)
        set_role(office, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(6)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(office)
        row.addSpacing(14)
        self.handler = HandlerButton(context)
        row.addWidget(self.handler)
        self.help = QToolButton()
        self.help.setIcon(context.look.icon("help"))
        self.help.setAccessibleName(context.say(N_("使用手册")))
        self.help.setToolTip(context.say(N_("这一页的手册（Shift+F1）")))
        set_role(self.help, "quiet")
        row.addWidget(self.help)

    def show_title(self, title: str) -> None:
        self._title.setText(title)


class StatusLine(QFrame):
    """What came of the last action, in words, with a symbol; and whether something is being worked on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("message")
        self._look = context.look
        self._symbol = QLabel()
        self._say = context.say
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setIcon(context.look.icon("close"))
        self._close.setAccessibleName(context.say(N_("关闭消息")))
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self._close, "quiet")
        self._close.clicked.connect(self.clear)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedWidth(90)
        self._busy.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._symbol)
        row.addWidget(self._text, 1)
        row.addWidget(self._busy)
        row.addWidget(self._close)
        self.setMinimumHeight(30)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.clear)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_BUSY_AFTER)
        self._wait.timeout.connect(self._busy.show)
        context.store.busy_changed.connect(self._show_busy)
        context.bus.hinted.connect(self.show_hint)
        self._level = self._hint = ""
        self.clear()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_message(self, text: str, level: str) -> None:
        """Good news and hints go by themselves; what went wrong stays until it is closed or followed by another."""
        icons = {Level.GOOD: ("eligible", "good"), Level.BAD: ("warning", "bad"), Level.INFO: ("info", "accent")}
        name, colour = icons[Level(level)]
        self._symbol.setPixmap(self._look.pixmap(name, colour, 16))
        self._level = level
        self._text.setText(text)
        self._close.show()
        mark(self, level=level)
        mark(self._text, role="")
        if level == Level.BAD:
            self._patience.stop()
        else:
            self._patience.start(_SECONDS_SHOWN * 1000)

    def clear(self) -> None:
        self._level = ""
        self._close.hide()
        mark(self, level="")
        self._show_hint()

    def forget_refusal(self) -> None:
        """Let a refusal go; good news stays as long as it would."""
        if self._level == Level.BAD:
            self.clear()

    def show_hint(self, hint: str) -> None:
        """Say what is to be known about the field with the focus, where no message is in the way."""
        self._hint = hint
        if not self._level:
            self._show_hint()

    def _show_hint(self) -> None:
        self._symbol.setPixmap(self._look.pixmap("info", "faint", 16))
        self._text.setText(self._hint or self._say(_KEYS))
        mark(self._text, role="small")

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._wait.start()
        else:
            self._wait.stop()
            self._busy.hide()
