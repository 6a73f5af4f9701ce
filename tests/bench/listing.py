"""The list of a million cases: first painting, scrolling against a static model of 50 rows, memory; and the search for
names against a LIKE scan with the same hits.

`python -m tests.bench.listing CASES` prints what the list alone takes, as JSON, from a process of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from jinan_desk.app import open_desk
from jinan_desk.core.identity import compact
from jinan_desk.services.listing import CaseFilter, Sorting
from jinan_desk.store import data_key, open_store
from tests.bench.importing import Held
from tests.bench.million import great_store
from tests.bench.timing import Pair, side_by_side

CASES = 1_000_000
_STEPS = 60
_ROUNDS = 3
_TODAY = date(2020, 12, 1)
_NAMES = ("赵鲁泉", "浩泽", "历泉物流")
"""A few of a million; a LIKE scan finds the same."""


def run() -> Iterator[Pair | Held]:
    """The list in a process of its own; then the search."""
    directory = great_store(CASES)
    command = [sys.executable, "-m", "tests.bench.listing", str(CASES)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    told = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    name = f"list of {CASES:,} cases"
    yield Pair(f"{name}, first painted", "static model of 50 rows", told["static_first"], told["first"])
    yield Pair(f"{name}, its whole length known", "static model of 50 rows", told["static_first"], told["whole"])
    yield Pair(f"{name}, scrolled by a page", "static model of 50 rows", told["static_scroll"], told["scroll"])
    yield Pair(f"{name}, scrolled anywhere", "static model of 50 rows", told["static_jump"], told["jump"])
    yield Held(f"{name}, memory of the window", told["memory"])
    yield from _searches(directory)


def _searches(directory: Path) -> Iterator[Pair]:
    with open_store(directory, data_key(directory)) as store:
        for text in _NAMES:

            def ours(text: str = text) -> list[int]:
                return sorted(store.lists.numbers(CaseFilter(text=text), Sorting()) or ())

            def scan(text: str = text) -> list[int]:
                sql = "SELECT row FROM cases WHERE applicant LIKE ? UNION SELECT row FROM people WHERE name LIKE ?"
                return sorted(row for (row,) in store._db.conn.execute(sql, (f"%{compact(text)}%",) * 2))

            found = ours()
            assert found == scan()
            yield side_by_side(f"{text} found {len(found)} times", ours, "LIKE scan", scan, rounds=_ROUNDS)


def _measure(cases: int) -> dict[str, float]:
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
    from PySide6.QtWidgets import QTableView

    from jinan_desk.app import report_crash
    from jinan_desk.gui.application import Sitting, make_application
    from jinan_desk.gui.case_table import CaseTable
    from jinan_desk.gui.crash import Crashes
    from jinan_desk.gui.look import LIGHT, Look, dress
    from jinan_desk.gui.pages.cases import CasesPage
    from jinan_desk.gui.table import Head, TableModel

    def until(done: Callable[[], bool]) -> None:
        while not done():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def scrolled(table: QTableView, to: int, there: Callable[[], bool]) -> float:
        begun = time.perf_counter()
        table.verticalScrollBar().setValue(to)
        until(there)
        table.viewport().repaint()
        return time.perf_counter() - begun

    application = make_application()
    beat = QTimer()
    beat.start(2)
    look = Look(LIGHT)
    dress(application, look)
    directory = great_store(cases)
    with Sitting(lambda: open_desk(directory, today=lambda: _TODAY), Crashes(report_crash), look) as sitting:
        window = sitting.window
        window.resize(1366, 768)
        window.show()
        until(lambda: not sitting.store.busy)
        begun = time.perf_counter()
        window.show_page("cases")
        page = window.page("cases")
        assert isinstance(page, CasesPage)
        table: CaseTable = page.list.table
        until(lambda: page.list.model.rowCount() > 0)
        table.viewport().repaint()
        told = {"first": time.perf_counter() - begun}
        until(lambda: page.list.model.rowCount() == cases)
        told["whole"] = time.perf_counter() - begun
        until(lambda: page.list.model.complete and not sitting.store.busy)

        def seen() -> bool:
            """Whether nothing blank is in sight."""
            top = table.rowAt(0)
            bottom = table.rowAt(table.viewport().height() - 1)
            table.viewport().repaint()
            return page.list.model.row(top) is not None and page.list.model.row(bottom) is not None

        model = TableModel([Head(str(n), 100) for n in range(page.list.model.columnCount())])
        model.show_rows([[table.model().index(row, n).data() for n in range(len(model.heads))] for row in range(50)])
        still = QTableView()
        still.resize(table.size())
        begun = time.perf_counter()
        still.setModel(model)
        still.show()
        application.processEvents()
        still.viewport().repaint()
        told["static_first"] = time.perf_counter() - begun

        def painted() -> bool:
            still.viewport().repaint()
            return True

        shown = table.viewport().height() // table.rowHeight(0)
        for name, step in (("scroll", shown), ("jump", 7919 * 131)):
            pairs = [
                (scrolled(still, n * 7 % 30, painted), scrolled(table, n * step % cases, seen)) for n in range(1, _STEPS)
            ]
            told[f"static_{name}"], told[name] = (statistics.median(some) for some in zip(*pairs, strict=True))
        told["memory"] = _resident()
    return told


def _resident() -> int:
    """The most that this process ever held, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
