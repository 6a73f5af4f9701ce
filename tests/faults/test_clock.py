"""A clock that goes back changes no order and no content: history is in the order of saving, whatever the time says
(guards: `place` in the revisions' table, parents, `Cases._due`)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from jinan_desk.core.workflow import Stage
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import DISTRICT, Clock, hires, unit
from jinan_desk.services.office import found_office
from jinan_desk.store import CaseFilter, open_store
from tests.store.records import KEY


def test_a_case_goes_on_while_the_clock_goes_back(tmp_path: Path) -> None:
    clock = Clock(date(2020, 3, 20))
    with open_store(tmp_path, KEY) as store:
        found_office(store, DISTRICT)
        cases = Cases(store, DISTRICT, workday_calendar(), account="苏敏", today=clock.today, now=clock.now)
        facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 2)}
        case = cases.enter("02B", clock.day, facts).row.case
        for back in range(3):
            clock.day -= timedelta(days=1 + back)
            cases.change(case, date(2020, 3, 20), {**facts, "contact": f"联系人{back}"})
        cases.advance(case, Stage.RECEIVED)
        clock.day -= timedelta(days=400)
        cases.advance(case, Stage.ACCEPTED)
        view = cases.view(case)
        assert (view.row.conflict, view.stage, view.facts["contact"]) == (False, Stage.ACCEPTED, "联系人2")
        actions = [revision.action for revision in store.history(case)]
        assert actions == ["enter", "change", "change", "change", "advance", "advance"]
        assert [revision.origin.sequence for revision in store.history(case)] == [1, 2, 3, 4, 5, 6]
        assert store.check() == []
        assert [row.case for row in store.cases(CaseFilter())] == [case]
