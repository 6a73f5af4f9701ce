"""In a window of 1366 by 768 dots at 150 % nothing is cut of what may be done with a case, nor has a tab to be looked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from jinan_desk import app
from jinan_desk.core.workflow import Stage
from jinan_desk.gui.two_lines import TwoLines
from jinan_desk.services import demo
from jinan_desk.services.listing import CaseFilter
from tests.gui.conftest import LANGUAGES, Hall, spoken
from tests.gui.cuts import SCROLLED, cut

WIDTH, HEIGHT = 911, 512
"""Logical pixels."""


@pytest.fixture(params=LANGUAGES)
def small(qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hall]:
    """The demonstration's office in a small window."""
    assert qapp is QApplication.instance()
    folder, clock = tmp_path / "demo", demo.Clock(date(2020, 3, 10))
    app.found(folder, demo.STREET)
    with app.open_desk(folder, demo.CLERK, today=clock.today, now=clock.now) as desk:
        demo.work(desk, clock)
    with spoken(folder, demo.CLERK, request.param, tmp_path) as hall:
        hall.window.resize(WIDTH, HEIGHT)
        hall.settle()
        yield hall


def test_no_word_of_the_bars_around_a_case_is_cut(small: Hall) -> None:
    context, window = small.sitting.context, small.window
    rows = small.sitting.store.wait(lambda: context.desk.cases.rows(CaseFilter()))
    bars = 0
    found: dict[str, str] = {}
    for row in {(row.programme, row.stage): row for row in rows}.values():
        window.open_case(row.case)
        small.settle()
        for bar in (bar for bar in window.findChildren(TwoLines) if bar.isVisible()):
            bars += 1
            found |= dict.fromkeys(cut(bar), f"{row.programme} {row.stage}")
    assert bars >= len(rows)
    assert found == {}


@pytest.mark.parametrize("small", ["en"], indirect=True)
def test_steps_have_a_second_line_before_a_word_of_their_bar_is_cut(small: Hall) -> None:
    context, window = small.sitting.context, small.window
    stage = Stage.CORRECTION.value
    (row,) = small.sitting.store.wait(lambda: context.desk.cases.rows(CaseFilter(stages=(stage,))))
    window.open_case(row.case)
    small.settle()
    bar = small.desk.editor.bar
    lines = set()
    for width in range(WIDTH - 110, WIDTH + 170, 4):
        window.resize(width, HEIGHT)
        small.settle()
        lines.add(bar.in_two)
        assert cut(bar) == []
    assert lines == {True, False}


@pytest.mark.parametrize("small", ["zh_CN"], indirect=True)
def test_every_article_of_a_chapter_has_its_tab_in_sight(small: Hall) -> None:
    small.window.resize(WIDTH - 110, HEIGHT)  # the letters of a test are smaller
    for number in (1, 6, 10, 14, 17, 20, 26):
        small.window.show_article(number)
        small.settle()
        assert [text for text in cut(small.window) if text.endswith(SCROLLED)] == []
