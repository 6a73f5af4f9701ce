"""Everything there is to see in the window, each under a name: for pictures, and for tests that look everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui.article_tab import ProgrammeDesk
from jinan_desk.gui.batch_dialog import BatchReport, ask_step
from jinan_desk.gui.batch_print import BatchPrintDialog
from jinan_desk.gui.context import Context
from jinan_desk.gui.fund_view import EntryDialog
from jinan_desk.gui.handler import HandlerDialog
from jinan_desk.gui.month_ledger import MonthDialog
from jinan_desk.gui.office_view import DetailsDialog
from jinan_desk.gui.pages import PAGES
from jinan_desk.gui.pages.cases import CasesPage
from jinan_desk.gui.pages.exchange import ExchangePage
from jinan_desk.gui.pages.parameters import ParametersPage
from jinan_desk.gui.pages.people import PeoplePage
from jinan_desk.gui.pages.reports import ReportsPage
from jinan_desk.gui.reason import ReasonDialog
from jinan_desk.gui.restore_dialog import RestoreDialog
from jinan_desk.gui.saved_filter_menu import NameDialog
from jinan_desk.gui.statistics_view import StatisticsView
from jinan_desk.gui.step_dialog import StepDialog
from jinan_desk.gui.switched import SwitchedViews
from jinan_desk.gui.window import Window
from jinan_desk.measures import all_measures
from jinan_desk.resources import articles
from jinan_desk.services.batch import Done, Report
from jinan_desk.services.listing import CaseFilter, CaseRow
from jinan_desk.services.particulars import Details
from jinan_desk.services.reports import By

Sight = tuple[str, Callable[[], object]]
"""A name, and what shows it. A dialog that it opens is open afterwards."""

W = TypeVar("W", bound=QWidget)

_STEPS = (Stage.CORRECTION, Stage.APPROVED, Stage.PAID)
_SHARE = 3


def sights(window: Window, context: Context, cases: Sequence[CaseRow]) -> Iterator[Sight]:
    """Pages with their views, articles, a new case of every programme, what each outcome of the cases looks like, and
    dialogs. They are to be shown in this order."""
    yield from pages(window)
    for article in articles():
        yield f"article-{article.number:02}", partial(window.show_article, article.number)
    for measure in all_measures():
        for number, programme in enumerate(measure.programmes):
            yield f"new-{programme.code}", partial(_begin, window, measure.article, number)
    for row in {(row.programme, row.outcome): row for row in cases}.values():
        name = f"case-{row.programme}-{row.outcome}"
        yield name, partial(window.open_case, row.case)
        yield f"{name}-text", lambda: _desk(window).show_text()
        yield f"{name}-history", lambda: _desk(window).show_history()
    yield "print", lambda: _desk(window).editor.print()  # noqa: PLW0108  (of the case that is shown then)
    yield from dialogs(window, context, cases)
    yield "tour", window.show_tour  # which lies over the window from then on


def pages(window: Window) -> Iterator[Sight]:
    """The pages, and each of their views."""
    for entry in PAGES:
        yield f"page-{entry.key}", partial(window.show_page, entry.key)
        page = window.page(entry.key)
        if isinstance(page, SwitchedViews):
            for number in range(page.count):
                yield f"{entry.key}-{number}", partial(page.show_view, number)
    exchange = _page(window, "exchange", ExchangePage)
    for number in range(exchange.tabs.count()):
        yield f"exchange-{number}", partial(_show_tab, window, exchange, number)
    yield "cases-narrowed", partial(_narrow, window)
    yield "cases-none", partial(_page(window, "cases", CasesPage).show_filter, CaseFilter(text="〇〇〇"))
    yield "cases-all", partial(_page(window, "cases", CasesPage).show_filter, CaseFilter())
    yield "cases-picked", _page(window, "cases", CasesPage).list.table.selectAll
    yield "people-one", partial(_show_first_party, window)
    for by in By:
        yield f"reports-{by}", partial(_show_breakdown, window, by)


def dialogs(window: Window, context: Context, cases: Sequence[CaseRow]) -> Iterator[Sight]:
    """What asks for something."""
    parameters = _page(window, "parameters", ParametersPage)
    yield "dialog-parameter", parameters.ask_value
    yield "dialog-handler", lambda: HandlerDialog(["苏敏", "韩立", "邹平"], context, window).open()
    for stage in _STEPS:
        yield f"dialog-step-{stage}", partial(_open_step, stage, context, window)
    caution = context.say(N_("“{fund}”已审批的超出预算 {amount} 元"), fund="失业保险基金", amount="29,200.00")
    yield "dialog-caution", partial(_open_step, Stage.APPROVED, context, window, caution)
    yield "dialog-budget", lambda: EntryDialog(context.desk.today().year, context, window).open()
    yield "dialog-particulars", lambda: DetailsDialog(Details(phone="0531-12345678"), context, window).open()
    yield "dialog-restore", lambda: RestoreDialog(context.desk.store.directory / "desk.db", context, window).open()
    yield "dialog-month", lambda: MonthDialog(context, window).open()
    yield "dialog-filter", lambda: NameDialog(context, window, title=context.say(N_("保存条件"))).open()
    yield "dialog-batch", lambda: BatchPrintDialog([row.case for row in cases[:_SHARE]], context, window).open()
    yield "dialog-batch-step", lambda: ask_step(Stage.RECEIVED, 12, 9, context, window, then=lambda text, on: None)
    yield "dialog-batch-report", lambda: BatchReport(_report(cases), context, window).open()
    yield "dialog-reason", partial(_open_reason, context, window)
    yield "manual", partial(window.show_manual, "day")


def _page(window: Window, key: str, kind: type[W]) -> W:
    page = window.page(key)
    assert isinstance(page, kind)
    return page


def _show_tab(window: Window, page: ExchangePage, number: int) -> None:
    window.show_page("exchange")
    page.tabs.setCurrentIndex(number)


def _narrow(window: Window) -> None:
    window.show_page("cases")
    page = _page(window, "cases", CasesPage)
    page.show_filter(CaseFilter(stages=("received", "publicity"), district="370102"))
    page.filter.first.setText("2020-13")


def _report(cases: Sequence[CaseRow]) -> Report:
    why = Sentence(N_("“{stage}”的事项不能直接修改，请先退回修改"), stage=Sentence(STAGE_LABELS[Stage.PAID]))
    return Report(Stage.RECEIVED, (*(Done(row, why) for row in cases[:_SHARE]), *map(Done, cases[_SHARE:])))


def _show_first_party(window: Window) -> None:
    window.show_page("people")
    _page(window, "people", PeoplePage).table.selectRow(0)


def _show_breakdown(window: Window, by: By) -> None:
    window.show_page("reports")
    statistics = _page(window, "reports", ReportsPage).show_view(0)
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


def _open_step(stage: Stage, context: Context, window: Window, caution: str = "") -> None:
    StepDialog(stage, context, window, caution=caution).open()


def _open_reason(context: Context, window: Window) -> None:
    say = context.say
    asked = say(N_("撤回的原因"))
    ReasonDialog(window, say, title=asked, asked=asked, hint=say(N_("撤回的提议仍留在记录中，不再等待确认。"))).open()


def open_dialogs(window: Window) -> list[QDialog]:
    """The dialogs that stand in front of the window, the foremost last."""
    return [part for part in window.children() if isinstance(part, QDialog) and part.isVisible()]
