"""How long the window answers nothing: the longest time between two beats of the event loop, action by action, over
100,000 cases; and the longest that the window's thread was at work between two of them, which does not grow with
whatever else the machine has to do.

`python -m tests.bench.responding` prints both in seconds by action as JSON, from a process of its own; with
`--where MS` also where the window stood whenever it had answered nothing for so long.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jinan_desk.app import collect_seldom, font_file, open_desk, report_crash
from jinan_desk.services.demo import hires, unit
from tests.bench.million import great_store

if TYPE_CHECKING:
    from jinan_desk.gui.application import Sitting
    from jinan_desk.gui.window import Window

CASES = 100_000
_ROWS = 200
_TODAY = date(2020, 12, 1)
_ON = date(2020, 3, 20)
_BEAT_MS = 1


@dataclass(frozen=True, slots=True)
class Silence:
    """The longest times in seconds in which the window answered nothing during an action, and was at work."""

    name: str
    longest: float
    work: float

    def line(self) -> str:
        return f"{self.name:<46} {self.longest * 1e3:>7.0f} ms without an answer, {self.work * 1e3:.0f} ms of work"


def run() -> Iterator[Silence]:
    """Every main action, in a process of its own."""
    great_store(CASES)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.bench.responding"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    for name, (longest, work) in told.items():
        yield Silence(f"{name}, {CASES:,} cases", longest, work)


class _Pulse:
    """Beats as long as the event loop runs, and keeps the longest time and work between two beats."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.begin()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start(_BEAT_MS)

    def begin(self) -> None:
        self.last, self._worked = time.perf_counter(), time.thread_time()
        self.longest = self.work = 0.0

    def beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self.last)
        self.work = max(self.work, worked - self._worked)
        self.last, self._worked = now, worked


def _tell_where(pulse: _Pulse, seconds: float) -> None:
    """Print, from a thread beside it, where the main thread stands when no beat has come for so long."""
    main = threading.main_thread().ident
    assert main is not None
    told = 0.0
    while True:
        time.sleep(seconds / 10)
        if pulse.last != told and time.perf_counter() - pulse.last > seconds:
            told = pulse.last
            traceback.print_stack(sys._current_frames()[main])
            print("-" * 100, file=sys.stderr, flush=True)


def _measure(where: float) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "desk"
        shutil.copytree(great_store(CASES), directory)
        facts = {**unit(999_001, "济南历泉机械制造有限公司", "370102"), "roster": hires(900_001, _ROWS)}
        with open_desk(directory, "苏敏", today=lambda: _TODAY) as desk:
            case = desk.cases.enter("02B", _ON, facts).row.case
        return _acted(directory, case, where)


def _acted(directory: Path, case: str, where: float) -> dict[str, tuple[float, float]]:
    from jinan_desk.gui.application import Sitting, make_application
    from jinan_desk.gui.crash import Crashes
    from jinan_desk.gui.look import LIGHT, Look, dress

    application = make_application()
    look = Look(LIGHT)
    dress(application, look)
    with Sitting(lambda: open_desk(directory, "苏敏", today=lambda: _TODAY), Crashes(report_crash), look) as sitting:
        clerk = _Clerk(sitting)
        if where:
            threading.Thread(target=_tell_where, args=(clerk.pulse, where), daemon=True).start()
        sitting.window.resize(1366, 768)
        clerk.act("window shown", sitting.window.show, lambda: sitting.settle_in(font_file))
        _look_around(clerk, sitting.window)
        _look_for_cases(clerk, sitting.window)
        _work_on(clerk, sitting.window, case)
    return clerk.longest


class _Clerk:
    """Whoever sits at the window; `longest` are the seconds of each action by its name, see `Silence`."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self.pulse = _Pulse()
        self.longest: dict[str, tuple[float, float]] = {}

    def act(self, name: str, *actions: Callable[[], object]) -> None:
        """One action after the other, each with time to come to rest."""
        self.pulse.begin()
        for action in actions:
            action()
            self.pulse.beat()
            self._rest(0.05)
        self._rest(0.3)
        self.longest[name] = self.pulse.longest, self.pulse.work

    def _rest(self, seconds: float) -> None:
        """Until nothing was asked for any more for so long."""
        from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if self._sitting.store.busy or self._sitting.reckoner.busy:
                until = time.perf_counter() + seconds


def _look_around(clerk: _Clerk, window: Window) -> None:
    from jinan_desk.gui.pages import PAGES

    for again in ("", " again"):
        for entry in PAGES:
            clerk.act(f"{entry.key} opened{again}", lambda key=entry.key: window.show_page(key))
    for number in range(6):
        clerk.act(f"chapter {number + 1} opened", lambda number=number: window.show_chapter(number))


def _look_for_cases(clerk: _Clerk, window: Window) -> None:
    from jinan_desk.gui.pages.cases import CasesPage

    page = window.page("cases")
    assert isinstance(page, CasesPage)
    window.show_page("cases")
    bar = page.list.table.verticalScrollBar()
    clerk.act("list scrolled", *(lambda to=n * 7919 * 131 % CASES: bar.setValue(to) for n in range(20)))
    clerk.act("list searched", *(lambda text=text: page.list.search(text) for text in ("赵", "赵鲁", "赵鲁泉", "")))


def _work_on(clerk: _Clerk, window: Window, case: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from jinan_desk.gui.print_dialog import PrintDialog

    def type_a() -> None:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_A)

    clerk.act("case of 200 rows opened", lambda: window.open_case(case))
    desk = window.measures.desk
    assert desk is not None
    clerk.act("row of the roster picked", lambda: desk.editor.go_to("roster[100].name"))
    clerk.act("keys typed in the roster", *[type_a] * 30)
    clerk.act("undone and done again", desk.editor.draft.stack.undo, desk.editor.draft.stack.redo)
    clerk.act("saved", desk.editor.saving.save)
    clerk.act("print preview opened", desk.editor.print)
    clerk.act("print preview left", window.findChild(PrintDialog).reject)
    clerk.act("law text shown", desk.show_text)
    clerk.act("case left", desk.close_editor)


if __name__ == "__main__":
    collect_seldom()
    print(json.dumps(_measure(float(sys.argv[2]) / 1000 if sys.argv[1:2] == ["--where"] else 0.0)))
