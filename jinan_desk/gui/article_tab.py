"""The tab of one article, generated from its declaration: its programmes, each with a desk of its own.

An article without programmes shows its text alone.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.gui.article_text import ArticleText
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.keeper import Keeper
from jinan_desk.gui.programme_desk import ProgrammeDesk
from jinan_desk.gui.segments import Segments
from jinan_desk.resources import Article
from jinan_desk.services.drafts import Draft
from jinan_desk.services.entry import Entry


class ArticleTab(QWidget):
    """One article: its programmes one at a time, at first the one of the code, or simply the first."""

    def __init__(
        self, article: Article, programmes: tuple[Programme, ...], context: Context, code: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.article = article
        self._programmes = programmes
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._context = context
        self._desks: dict[int, ProgrammeDesk] = {}
        self._stack = QStackedWidget()
        if not programmes:
            box.addWidget(_TextOnly(article, context))
            return
        self._segments = Segments([f"{p.code} {context.say(p.name)}" for p in programmes])
        self._segments.picked.connect(self.show_programme)
        box.addWidget(self._stack)
        self.show_programme(self._place_of(code) or 0)

    @property
    def desk(self) -> ProgrammeDesk | None:
        """The programme that is shown."""
        return self._desks[self._segments.current] if self._desks else None

    def show_programme(self, number: int) -> None:
        """Show a programme by its place; it is made when it is first looked at."""
        if number not in self._desks:
            self._desks[number] = ProgrammeDesk(self.article, self._programmes[number], self._context, self._stack)
            self._stack.addWidget(self._desks[number])
        self._context.bus.moved_on.emit()
        self._segments.show_picked(number)
        self._desks[number].take_segments(self._segments)
        self._stack.setCurrentWidget(self._desks[number])

    def open(self, code: str, case: str) -> None:
        """Open a stored case of a programme."""
        number = self._place_of(code)
        if number is None:
            told = self._context.say(N_("本版本没有编号为 {code} 的事项，请升级程序"), code=code)
            self._context.tell(told, Level.BAD)
            return
        self.show_programme(number)
        self._desks[number].open(case)

    def _place_of(self, code: str) -> int | None:
        return next((n for n, programme in enumerate(self._programmes) if programme.code == code), None)

    def show_code(self, code: str) -> None:
        """Show the list of the programme of that code."""
        number = self._place_of(code)
        if number is not None:
            self.show_programme(number)
            self._desks[number].close_editor()

    def begin(self, given: Entry) -> None:
        """Begin a new case of the entry's programme with what it holds."""
        number = self._programmes.index(given.programme)
        self.show_programme(number)
        self._desks[number].begin(given)

    def resume(self, kept: Draft) -> None:
        """Go on with a draft of one of the programmes."""
        number = self._programmes.index(kept.entry.programme)
        self.show_programme(number)
        self._desks[number].resume(kept)

    @property
    def keepers(self) -> list[Keeper]:
        """What keeps the drafts of its editors."""
        return [desk.editor.keeper for desk in self._desks.values()]


class _TextOnly(QWidget):
    """The text of an article under which nothing is handled, at a width that reads well."""

    def __init__(self, article: Article, context: Context) -> None:
        super().__init__()
        text = ArticleText(article, context)
        text.setMaximumWidth(820)
        hint = QLabel(context.say(N_("本条目前没有在本程序中办理的事项。")))
        set_role(hint, "muted")
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(hint)
        column.addWidget(text, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.addLayout(column, 10)
        row.addStretch(1)
