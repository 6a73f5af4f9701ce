"""A case with names as long as they may be, characters that few fonts have, and a long roster, wherever it is seen.

For pictures. It is written into the store: the office is one that was made for looking at only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from jinan_desk.core.workflow import Stage
from jinan_desk.gui.context import Context
from jinan_desk.gui.gallery_dialogs import Sight, page
from jinan_desk.gui.pages.cases import CasesPage
from jinan_desk.gui.pages.people import PeoplePage
from jinan_desk.gui.window import Window
from jinan_desk.services.demo import hires, unit
from jinan_desk.services.listing import CaseFilter, CaseRow

UNIT = (
    "济南市历下区泉城路街道趵突泉社区新旧动能转换先行区数字经济产业园高端装备智能制造与工业互联网应用技术服务"
    "（集团）股份有限公司绣惠街道第一分公司工会委员会职工技术创新与劳动保护用品综合服务𠮷𬭎中心"
)
PERSON = "阿卜杜热合曼·麦麦提伊敏·图尔荪尼亚孜·𠮷𬭎"
_BANK = "山东省农村信用社联合社济南市章丘区绣惠街道回村新型农村社区便民金融服务站分理处营业部"
_DAY = date(2020, 3, 20)
_ROWS, _NUMBER = 400, 900


def long_names(window: Window, context: Context, show_conflict: Callable[[CaseRow], None]) -> Iterator[Sight]:
    """Such a case in the editor, on paper, and in every list. They are to be shown in this order."""
    found: list[CaseRow] = []
    yield "long-case", partial(_keep, window, context, found)
    yield "long-case-print", partial(_print, window)
    yield "long-cases", partial(_show_cases, window)
    yield "long-people", partial(_find_party, window)
    yield "long-people-one", lambda: page(window, "people", PeoplePage).table.selectRow(0)
    yield "long-workdesk", partial(window.show_page, "workdesk")
    yield "long-conflict", lambda: show_conflict(found[0])


def _facts() -> dict[str, Any]:
    rows = [*hires(1, _ROWS - 1), *hires(_ROWS, 1, prior_record=None)]
    rows[0] = {**rows[0], "name": PERSON}
    given = unit(_NUMBER, UNIT, "370116")
    return {**given, "contact": PERSON, "bank_name": _BANK, "roster": rows}


def _keep(window: Window, context: Context, found: list[CaseRow]) -> None:
    """Enter it, and open it."""
    cases = context.desk.cases

    def enter() -> CaseRow:
        return cases.advance(cases.enter("02B", _DAY, _facts()).row.case, Stage.RECEIVED).row

    def show(row: CaseRow) -> None:
        found.append(row)
        context.bus.cases_changed.emit()
        window.open_case(row.case)

    context.store.ask(enter, show, owner=window)


def _print(window: Window) -> None:
    desk = window.measures.desk
    assert desk is not None
    desk.editor.print()


def _show_cases(window: Window) -> None:
    window.show_page("cases")
    page(window, "cases", CasesPage).show_filter(CaseFilter())


def _find_party(window: Window) -> None:
    window.show_page("people")
    page(window, "people", PeoplePage).search.setText(UNIT[:8])
