"""Write a store and a package of this version into this folder: `python -m tests.data.make`. Never again for a version
that has been published."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from jinan_desk import __version__
from jinan_desk.core.workflow import Stage
from jinan_desk.measures import find
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import DISTRICT, Clock
from jinan_desk.services.office import found_office
from jinan_desk.services.packages import Packages
from jinan_desk.store import open_store
from tests.data import KEY

_HERE = Path(__file__).parent


def main() -> None:
    """A refund that was received and changed by hand, a hiring subsidy with a rare name, and a draft."""
    clock = Clock(date(2020, 3, 20))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "desk", KEY) as store:
        found_office(store, DISTRICT)
        cases = Cases(
            store, DISTRICT, workday_calendar(), account="苏敏", today=clock.today, now=clock.now
        )
        refund, hiring = (dict(find(code)[1].examples[0].facts) for code in ("06A", "02B"))  # type: ignore[index]
        hiring["roster"] = [{**hiring["roster"][0], "name": "王𬱖"}]
        first = cases.enter("06A", clock.day, refund).row.case
        cases.change(first, clock.day, {**refund, "dismissed": 3}, reason="核对花名册")
        second = cases.enter("02B", clock.day, hiring).row.case
        cases.enter("06B", clock.day, dict(find("06B")[1].examples[0].facts))  # type: ignore[index]
        for case in (first, second):
            cases.advance(case, Stage.RECEIVED)
        assert store.check() == []
        packages = Packages(store, DISTRICT, account="苏敏", now=clock.now)
        packages.export(_HERE / f"{__version__}.xlsx", everything=True, unlocked="测试")
        store.backup(Path(folder) / "copy.db")
        shutil.copy(Path(folder) / "copy.db", _HERE / f"{__version__}.db")


if __name__ == "__main__":
    main()
