"""Keys in a roster of 200 rows: what the window's thread is at work for from a key to the painted answer, programme by
programme. In each column something wrong is typed and left with Enter, and taken back.

`python -m tests.bench.keys [CODE …]` prints it as JSON, from a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from jinan_desk.app import collect_seldom, font_file, found, open_desk, report_crash
from jinan_desk.core.kind import Choice, DistrictCode, Flag, IdNumber
from jinan_desk.core.measure import Measure, Programme
from jinan_desk.measures import programmes
from jinan_desk.services import entry
from jinan_desk.services.demo import CLERK, DISTRICT, hires
from jinan_desk.services.entry import Entry, Line

if TYPE_CHECKING:
    from jinan_desk.gui.application import Sitting

ROWS = 200
_TODAY = date(2020, 12, 1)
_ROW = 3


@dataclass(frozen=True, slots=True)
class Keys:
    """Processor time of the window's thread in seconds, of the keys typed into the roster of a programme."""

    programme: str
    median: float
    worst: float
    column: str

    def line(self) -> str:
        """One line: the median, the worst, and in which column."""
        name = f"keys in a roster of {ROWS} rows, {self.programme}"
        return f"{name:<46} {self.median * 1e3:>7.0f} ms of work, at most {self.worst * 1e3:.0f} ms ({self.column})"


def run() -> Iterator[Keys]:
    """Every programme with a roster, in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.bench.keys"]
    for told in json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout):
        yield Keys(*told)


def _measure(codes: list[str]) -> Iterator[Keys]:
    from PySide6.QtTest import QTest

    from jinan_desk.gui.application import Sitting, make_application
    from jinan_desk.gui.crash import Crashes
    from jinan_desk.gui.look import LIGHT, Look, dress

    look = Look(LIGHT)
    dress(make_application(), look, [font_file("hei")])
    with tempfile.TemporaryDirectory() as folder:
        found(Path(folder), DISTRICT)
        opened = Sitting(lambda: open_desk(Path(folder), CLERK, today=lambda: _TODAY), Crashes(report_crash), look)
        with opened as sitting:
            sitting.window.resize(1366, 768)
            sitting.window.show()
            QTest.qWait(1500)
            for measure, programme in programmes():
                if programme.row_shape is not None and (not codes or programme.code in codes):
                    yield _typed(sitting, measure, programme)


def _typed(sitting: Sitting, measure: Measure, programme: Programme) -> Keys:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    window = sitting.window
    window.show_article(measure.article)
    window.measures.tab.show_programme(measure.programmes.index(programme))
    _settle(sitting)
    desk = window.measures.desk
    assert desk is not None
    assert programme.row_shape is not None
    desk.start()
    desk.editor.draft.become(_full(programme))
    _settle(sitting)
    times: list[tuple[float, str]] = []
    for field in programme.row_shape.fields:
        if isinstance(field.kind, Choice | DistrictCode | Flag):  # nothing wrong can be typed there
            continue
        desk.editor.go_to(f"roster[{_ROW}].{field.key}")
        _settle(sitting)
        for key in (Qt.Key.Key_A, Qt.Key.Key_Return):
            aim = QApplication.focusWidget() or desk.editor.roster.grid
            times.append((_work(sitting, lambda aim=aim, key=key: QTest.keyClick(aim, key)), field.key))
        desk.editor.draft.stack.undo()
        _settle(sitting)
    desk.editor.draft.stack.setClean()
    worst, column = max(times)
    return Keys(programme.code, median(seconds for seconds, _ in times), worst, column)


def _full(programme: Programme) -> Entry:
    """An example with its rows repeated under other names."""
    example = next(example for example in programme.examples if example.facts.get("roster"))
    given = entry.of_case(programme, example.on, dict(example.facts))
    people = hires(1, ROWS)
    lines = []
    assert programme.row_shape is not None
    for number, person in enumerate(people):
        texts = list(given.lines[number % len(given.lines)].texts)
        for place, field in enumerate(programme.row_shape.fields):
            if isinstance(field.kind, IdNumber) or field.key == "name":
                texts[place] = str(person["id_number" if isinstance(field.kind, IdNumber) else "name"])
        lines.append(Line(texts))
    return Entry(programme, given.on, dict(given.texts), tuple(lines))


def _work(sitting: Sitting, act: Callable[[], object]) -> float:
    begun = time.thread_time()
    act()
    _settle(sitting)
    return time.thread_time() - begun


def _settle(sitting: Sitting) -> None:
    """Until nothing is asked for, to be answered or to be painted any more."""
    from PySide6.QtCore import QCoreApplication, QEvent

    quiet = 0
    while quiet < 3:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        desk = sitting.window.measures.desk
        waits = sitting.store.busy or sitting.reckoner.busy or (desk is not None and desk.editor.waiting)
        quiet = 0 if waits else quiet + 1
        time.sleep(0.001 if waits else 0)


if __name__ == "__main__":
    collect_seldom()
    print(json.dumps([(told.programme, told.median, told.worst, told.column) for told in _measure(sys.argv[1:])]))
