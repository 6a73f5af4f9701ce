"""政策措施: a chapter at a time, a tab for each of its articles. All of it comes from resources and declarations."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.article_tab import ArticleTab
from jinan_desk.gui.context import Context
from jinan_desk.gui.even_lines import lines_side_by_side
from jinan_desk.gui.keeper import Keeper
from jinan_desk.gui.programme_desk import ProgrammeDesk
from jinan_desk.gui.quiet_tabs import QuietTabs
from jinan_desk.measures import all_measures
from jinan_desk.resources import Chapter, chapters
from jinan_desk.services.drafts import Draft
from jinan_desk.services.entry import Entry

_AROUND_TITLE, _BEFORE_TITLES = 25, 14
"""Pixels, as the style sheet has them, and one around a title because Qt rounds its width up."""


class MeasuresPage(QWidget):
    """The six chapters. A chapter's tabs are made when it is first looked at, a tab's contents likewise, and nothing on
    the way to where somebody wants to go."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self._chapters = QStackedWidget()
        self._tabs: dict[int, _ChapterTabs] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._chapters)

    @property
    def chapter(self) -> int:
        """The place of the chapter that is shown, the first one where nobody has chosen yet."""
        if not self._tabs:
            self.show_chapter(0)
        return next(number for number, tabs in self._tabs.items() if tabs is self._chapters.currentWidget())

    @property
    def tab(self) -> ArticleTab:
        """The article that is shown."""
        tabs = self._tabs[self.chapter]
        return tabs.article_tab(tabs.currentIndex())

    @property
    def desk(self) -> ProgrammeDesk | None:
        """The programme that is shown, None in an article without one."""
        return self.tab.desk

    def show_chapter(self, number: int) -> None:
        tabs = self._chapter(number)
        tabs.article_tab(tabs.currentIndex())
        self._chapters.setCurrentWidget(tabs)

    def show_article(self, article: int, code: str = "") -> ArticleTab:
        """Show the tab of this article; where it is made now, with the programme of that code."""
        tabs, place = self._place_of(article)
        tab = tabs.article_tab(place, code)
        tabs.setCurrentIndex(place)
        self._chapters.setCurrentWidget(tabs)
        return tab

    def make(self, article: int, code: str) -> None:
        """Make the tab of this article with the programme of that code, where it is not there, and show nothing."""
        tabs, place = self._place_of(article)
        tabs.article_tab(place, code)

    def _place_of(self, article: int) -> tuple[_ChapterTabs, int]:
        number = next(n for n, chapter in enumerate(chapters()) if any(a.number == article for a in chapter.articles))
        tabs = self._chapter(number)
        return tabs, [a.number for a in tabs.chapter.articles].index(article)

    def _chapter(self, number: int) -> _ChapterTabs:
        if number not in self._tabs:
            self._tabs[number] = _ChapterTabs(chapters()[number], self._context)
            self._chapters.addWidget(self._tabs[number])
        return self._tabs[number]

    def begin(self, given: Entry) -> None:
        """Begin a new case of the entry's programme with what the entry holds."""
        measure = next(m for m in all_measures() if given.programme in m.programmes)
        self.show_article(measure.article, given.programme.code).begin(given)

    def resume(self, kept: Draft) -> None:
        """Go on with a draft in its article's tab."""
        measure = next(m for m in all_measures() if kept.entry.programme in m.programmes)
        self.show_article(measure.article, kept.entry.programme.code).resume(kept)

    @property
    def keepers(self) -> list[Keeper]:
        """What keeps the drafts of the editors that were looked at."""
        return [keeper for tabs in self._tabs.values() for tab in tabs.made for keeper in tab.keepers]

    def open(self, article: int, programme: str, case: str) -> None:
        """Open a case in its article's tab."""
        self.show_article(article, programme).open(programme, case)


class _ChapterTabs(QuietTabs):
    """The articles of a chapter. Where they have no room beside one another, their titles stand on two lines."""

    def __init__(self, chapter: Chapter, context: Context) -> None:
        super().__init__()
        self.chapter = chapter
        self._context = context
        self._made: dict[int, ArticleTab] = {}
        self.setObjectName("chapter")
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        bar = self.tabBar()
        bar.setObjectName("articles")
        bar.setExpanding(False)
        bar.setAccessibleName(context.say(N_("条目")))
        self._measure = QFontMetrics(QGuiApplication.font()).horizontalAdvance
        self._titles = [f"{article.number}. {context.say(article.title)}" for article in chapter.articles]
        bold = QFont(QGuiApplication.font())
        bold.setBold(True)
        measure = QFontMetrics(bold).horizontalAdvance
        self._bold = max(measure(title) - self._measure(title) for title in self._titles)
        """How much wider than the others the one may be that is chosen."""
        for number, article in enumerate(chapter.articles):
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.addTab(holder, self._titles[number])
            self.setTabToolTip(number, context.say(article.title))
        self.currentChanged.connect(self.article_tab)
        self.currentChanged.connect(lambda number: context.bus.moved_on.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _BEFORE_TITLES - len(self._titles) * _AROUND_TITLE - self._bold
        told = lines_side_by_side(self._titles, 2, room, self._measure)
        lines = max(map(len, told))
        for number, parts in enumerate(told):
            text = "\n".join(parts + [" "] * (lines - len(parts)))  # Qt makes all as high as the one that is chosen
            if self.tabText(number) != text:
                self.setTabText(number, text)

    @property
    def made(self) -> list[ArticleTab]:
        """The tabs that were looked at."""
        return list(self._made.values())

    def article_tab(self, number: int, code: str = "") -> ArticleTab:
        """The contents of a tab; where they are made now, with the programme of that code or the first one."""
        if number not in self._made:
            article = self.chapter.articles[number]
            programmes = next((m.programmes for m in all_measures() if m.article == article.number), ())
            tab = ArticleTab(article, programmes, self._context, code)
            self._made[number] = tab
            self.widget(number).layout().addWidget(tab)
        return self._made[number]
