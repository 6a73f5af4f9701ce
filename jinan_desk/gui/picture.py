"""Pictures of the window: its pages, every article, cases of every outcome. For manuals, and for looking at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent
from PySide6.QtWidgets import QDialog, QWidget

from jinan_desk.core.text import Translate, chinese
from jinan_desk.gui.application import CHINESE, FontFile, OpenDesk, Sitting, make_application
from jinan_desk.gui.article_tab import ProgrammeDesk
from jinan_desk.gui.crash import Crashes, Report
from jinan_desk.gui.look import LIGHT, Look, dress, has_chinese
from jinan_desk.gui.pages import PAGES
from jinan_desk.gui.pages.matching import MatchingPage
from jinan_desk.gui.pages.parameters import ParametersPage
from jinan_desk.gui.pages.people import PeoplePage
from jinan_desk.gui.pages.reports import ReportsPage
from jinan_desk.gui.statistics_view import StatisticsView
from jinan_desk.gui.window import Window
from jinan_desk.measures import all_measures
from jinan_desk.resources import articles
from jinan_desk.services.listing import CaseFilter, CaseRow
from jinan_desk.services.reports import By

_QUIET = 80
_MOST = 20_000


def take(
    open_desk: OpenDesk,
    directory: Path,
    *,
    font_file: FontFile,
    report: Report,
    size: tuple[int, int] = (1366, 768),
    scale: float = 1.0,
    colours: Mapping[str, str] = LIGHT,
    translate: Translate = chinese,
    language: str = CHINESE,
) -> list[Path]:
    """Write pictures into `directory` and answer their paths. `size` is in dots of the screen, before `scale`."""
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    application = make_application(translate, language)
    look = Look(colours)
    dress(application, look, [] if has_chinese() else [font_file("hei")])
    directory.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with Sitting(open_desk, Crashes(report), look) as sitting:
        photographer = _Photographer(sitting, directory, taken)
        sitting.window.resize(round(size[0] / scale), round(size[1] / scale))
        sitting.window.show()
        sitting.settle_in(font_file)
        for name, show in _views(sitting):
            show()
            photographer.take(name)
    return taken


def _views(sitting: Sitting) -> Iterator[tuple[str, Callable[[], object]]]:
    """What to show, each with a name for its picture."""
    window = sitting.window
    for entry in PAGES:
        yield f"page-{entry.key}", lambda key=entry.key: window.show_page(key)  # type: ignore[misc]
    for article in articles():
        yield f"article-{article.number:02}", lambda number=article.number: window.show_article(number)  # type: ignore[misc]
    for measure in all_measures():
        for number, programme in enumerate(measure.programmes):
            yield (
                f"new-{programme.code}",
                lambda article=measure.article, place=number: _begin(window, article, place),  # type: ignore[misc]
            )
    yield from _page_views(window)
    cases = sitting.context.desk.cases
    rows: list[CaseRow] = sitting.store.wait(lambda: cases.rows(CaseFilter(), limit=60))
    for row in {(row.programme, row.outcome): row for row in rows}.values():
        name = f"case-{row.programme}-{row.outcome}"
        yield name, lambda case=row.case: window.open_case(case)  # type: ignore[misc]
        yield f"{name}-text", lambda: _desk(window).show_text()
        yield f"{name}-history", lambda: _desk(window).show_history()
    yield "print", lambda: _desk(window).editor.print()  # noqa: PLW0108  (of the case that is shown then)
    parameters = window.page("parameters")
    assert isinstance(parameters, ParametersPage)
    yield "parameter", parameters.ask_value


def _page_views(window: Window) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the pages show beside what they open with."""
    for number, name in enumerate(("unit", "person", "list")):
        yield f"matching-{name}", partial(_ask_of, window, number)
    yield "people-one", partial(_show_first_party, window)
    for by in By:
        yield f"reports-{by}", partial(_show_breakdown, window, by)


def _ask_of(window: Window, number: int) -> None:
    window.show_page("matching")
    page = window.page("matching")
    assert isinstance(page, MatchingPage)
    page.show_view(number)


def _show_first_party(window: Window) -> None:
    window.show_page("people")
    page = window.page("people")
    assert isinstance(page, PeoplePage)
    page.table.selectRow(0)


def _show_breakdown(window: Window, by: By) -> None:
    window.show_page("reports")
    page = window.page("reports")
    assert isinstance(page, ReportsPage)
    statistics = page.show_view(0)
    assert isinstance(statistics, StatisticsView)
    statistics.show_breakdown(by)


def _begin(window: Window, article: int, place: int) -> None:
    window.show_article(article)
    window.measures.tab.show_programme(place)
    _desk(window).start()


def _desk(window: Window) -> ProgrammeDesk:
    desk = window.measures.desk
    assert desk is not None
    return desk


class _Photographer:
    def __init__(self, sitting: Sitting, directory: Path, taken: list[Path]) -> None:
        self._sitting = sitting
        self._directory = directory
        self._taken = taken

    def take(self, name: str) -> None:
        self._settle()
        path = self._directory / f"{name}.png"
        self._front().grab().save(str(path))
        self._taken.append(path)

    def _front(self) -> QWidget:
        dialogs = [part for part in self._sitting.window.children() if isinstance(part, QDialog) and part.isVisible()]
        return dialogs[-1] if dialogs else self._sitting.window

    def _settle(self) -> None:
        """Wait until nothing has been going on for a moment."""
        whole, quiet = QElapsedTimer(), QElapsedTimer()
        whole.start()
        quiet.start()
        while quiet.elapsed() < _QUIET and whole.elapsed() < _MOST:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if self._sitting.store.busy or self._sitting.reckoner.busy:
                quiet.restart()
