"""The nine pages of the sidebar, one a module. A page shows what a service answers; pages do not know each other.

A page's module is imported when the page is first shown, or when the window stands there and has time for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from jinan_desk import gui
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context

_NO_PART = ("gallery", "pages", "picture")
"""How the names of those modules begin that take pictures of the window, and of this one."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the sidebar."""

    key: str
    title: str
    make: Callable[[Context], QWidget]


@runtime_checkable
class Searchable(Protocol):
    """A page with something to find."""

    def start_search(self) -> None:
        """Put the cursor where one types what to look for."""


def _workdesk(context: Context) -> QWidget:
    from jinan_desk.gui.pages.workdesk import WorkdeskPage

    return WorkdeskPage(context)


def _cases(context: Context) -> QWidget:
    from jinan_desk.gui.pages.cases import CasesPage

    return CasesPage(context)


def _measures(context: Context) -> QWidget:
    from jinan_desk.gui.pages.measures import MeasuresPage

    return MeasuresPage(context)


def _people(context: Context) -> QWidget:
    from jinan_desk.gui.pages.people import PeoplePage

    return PeoplePage(context)


def _matching(context: Context) -> QWidget:
    from jinan_desk.gui.pages.matching import MatchingPage

    return MatchingPage(context)


def _exchange(context: Context) -> QWidget:
    from jinan_desk.gui.pages.exchange import ExchangePage

    return ExchangePage(context)


def _reports(context: Context) -> QWidget:
    from jinan_desk.gui.pages.reports import ReportsPage

    return ReportsPage(context)


def _parameters(context: Context) -> QWidget:
    from jinan_desk.gui.pages.parameters import ParametersPage

    return ParametersPage(context)


def _system(context: Context) -> QWidget:
    from jinan_desk.gui.pages.system import SystemPage

    return SystemPage(context)


PAGES = (
    PageEntry("workdesk", N_("工作台"), _workdesk),
    PageEntry("cases", N_("办件"), _cases),
    PageEntry("measures", N_("政策措施"), _measures),
    PageEntry("people", N_("主体"), _people),
    PageEntry("matching", N_("政策找人"), _matching),
    PageEntry("exchange", N_("数据交换"), _exchange),
    PageEntry("reports", N_("台账报表"), _reports),
    PageEntry("parameters", N_("政策参数"), _parameters),
    PageEntry("system", N_("系统管理"), _system),
)
"""The sidebar, from top to bottom."""


def bring_in() -> Iterator[None]:
    """Import all pages and what they are made of, one module a step, so that nobody waits for it who opens one; no
    widget is made. The thread of the window has to do it: while it draws, PySide looks its classes up without Python's
    lock, and a class of Qt that another thread makes at that moment takes the program down."""
    parts = (module.name for module in iter_modules(gui.__path__) if not module.name.startswith(_NO_PART))
    for part in sorted(parts, reverse=True):  # the largest stand on many others, most of which come after them
        import_module(f"{gui.__name__}.{part}")
        yield
    for page in PAGES:
        import_module(f"{__name__}.{page.key}")
        yield
