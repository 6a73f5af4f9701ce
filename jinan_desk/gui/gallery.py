"""Everything there is to see in the window, each under a name: for pictures, and for tests that look everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.identity import masked
from jinan_desk.core.revision import Revision
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS
from jinan_desk.gui.context import Context
from jinan_desk.gui.gallery_dialogs import Sight, dialogs, page
from jinan_desk.gui.gallery_long import long_names
from jinan_desk.gui.pages import PAGES
from jinan_desk.gui.pages.cases import CasesPage
from jinan_desk.gui.pages.exchange import ExchangePage
from jinan_desk.gui.pages.people import PeoplePage
from jinan_desk.gui.pages.reports import ReportsPage
from jinan_desk.gui.programme_desk import ProgrammeDesk
from jinan_desk.gui.statistics_view import StatisticsView
from jinan_desk.gui.switched import SwitchedViews
from jinan_desk.gui.window import Window
from jinan_desk.measures import all_measures
from jinan_desk.resources import articles
from jinan_desk.services.conflicts import Conflict, Difference, Version
from jinan_desk.services.demo import DISTRICT, STREET
from jinan_desk.services.listing import CaseFilter, CaseRow
from jinan_desk.services.reports import By


def sights(window: Window, context: Context, cases: Sequence[CaseRow]) -> Iterator[Sight]:
    """Pages with their views, articles, a new case of every programme, what each outcome of the cases looks like,
    dialogs, and where there are cases one with long names. They are to be shown in this order."""
    yield from pages(window)
    if cases:
        yield "exchange-conflict", partial(_show_conflict, window, context, cases[0])
    for article in articles():
        yield f"article-{article.number:02}", partial(window.show_article, article.number)
    for measure in all_measures():
        for number, programme in enumerate(measure.programmes):
            yield f"new-{programme.code}", partial(_begin, window, measure.article, number)
    for row in {(row.programme, row.outcome): row for row in cases}.values():
        name = f"case-{row.programme}-{row.outcome}"
        yield name, partial(window.open_case, row.case)
        yield f"{name}-text", lambda: _desk(window).show_text()
        yield f"{name}-documents", lambda: _desk(window).show_documents()
        yield f"{name}-history", lambda: _desk(window).show_history()
        yield f"{name}-unmasked", partial(_unmask, window)
    yield "print", lambda: _desk(window).editor.print()  # noqa: PLW0108  (of the case that is shown then)
    yield from dialogs(window, context, cases)
    if cases:
        yield from long_names(window, context, partial(_show_conflict, window, context))
    yield "tour", window.show_tour  # which lies over the window from then on


def pages(window: Window) -> Iterator[Sight]:
    """The pages, and each of their views."""
    for entry in PAGES:
        yield f"page-{entry.key}", partial(window.show_page, entry.key)
        views = window.page(entry.key)
        if isinstance(views, SwitchedViews):
            for number in range(views.count):
                yield f"{entry.key}-{number}", partial(views.show_view, number)
    exchange = page(window, "exchange", ExchangePage)
    for number in range(exchange.tabs.count()):
        yield f"exchange-{number}", partial(_show_tab, window, exchange, number)
    yield "cases-narrowed", partial(_narrow, window)
    yield "cases-none", partial(page(window, "cases", CasesPage).show_filter, CaseFilter(text="〇〇〇"))
    yield "cases-all", partial(page(window, "cases", CasesPage).show_filter, CaseFilter())
    yield "cases-picked", page(window, "cases", CasesPage).list.table.selectAll
    yield "people-one", partial(_show_first_party, window)
    for by in By:
        yield f"reports-{by}", partial(_show_breakdown, window, by)


def _show_tab(window: Window, exchange: ExchangePage, number: int) -> None:
    window.show_page("exchange")
    exchange.tabs.setCurrentIndex(number)


def _show_conflict(window: Window, context: Context, row: CaseRow) -> None:
    """What two offices would have to settle that had changed the same case."""
    exchange, cases = page(window, "exchange", ExchangePage), context.desk.cases
    _show_tab(window, exchange, exchange.tabs.indexOf(exchange.conflicts))

    def show(history: Sequence[Revision]) -> None:
        result = Sentence(OUTCOME_LABELS[Outcome.ELIGIBLE])
        sides = zip("AB", (STREET.name, DISTRICT.name), history[-2:], strict=False)
        versions = tuple(Version(letter, one, office, result, strange=False) for letter, office, one in sides)
        stages = tuple(Sentence(STAGE_LABELS[version.stage]) for version in versions)
        amounts = (Sentence("158,400.00"), Sentence("185,400.00"))
        phones = (Sentence("0531-86010001"), Sentence("0531-86010002"))
        veiled = tuple(Sentence(masked(phone.source)) for phone in phones)
        exchange.conflicts.list_case(row).setSelected(True)
        exchange.conflicts.show_sides(
            Conflict(
                row,
                versions,
                (
                    Difference("stage", Sentence(N_("阶段")), stages, proposed=None),
                    Difference("amount", Sentence(N_("金额")), amounts, proposed=1),
                    Difference("phone", Sentence(N_("联系电话")), phones, proposed=None, veiled=veiled),
                ),
            )
        )

    context.store.ask(lambda: cases.history(row.case), show, owner=window)


def _narrow(window: Window) -> None:
    window.show_page("cases")
    cases = page(window, "cases", CasesPage)
    cases.show_filter(CaseFilter(stages=("received", "publicity"), district="370102"))
    cases.filter.first.setText("2020-13")


def _show_first_party(window: Window) -> None:
    window.show_page("people")
    page(window, "people", PeoplePage).table.selectRow(0)


def _show_breakdown(window: Window, by: By) -> None:
    window.show_page("reports")
    statistics = page(window, "reports", ReportsPage).show_view(0)
    assert isinstance(statistics, StatisticsView)
    statistics.show_breakdown(by)


def _unmask(window: Window) -> None:
    _desk(window).editor.draft.veil.lift()


def _begin(window: Window, article: int, place: int) -> None:
    window.show_article(article)
    window.measures.tab.show_programme(place)
    _desk(window).start()


def _desk(window: Window) -> ProgrammeDesk:
    desk = window.measures.desk
    assert desk is not None
    return desk
