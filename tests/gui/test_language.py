"""The English window has no Chinese in it but names, law texts and forms: not in words, tips, menus, titles, nor in what
a screen reader says. Qt's own texts are Chinese in a Chinese window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from jinan_desk import app
from jinan_desk.core.determination import as_json
from jinan_desk.core.determine import determine
from jinan_desk.core.field import read_facts
from jinan_desk.gui.answer import CheckLine, stored
from jinan_desk.gui.application import CHINESE, Sitting, speak
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.gallery import sights
from jinan_desk.gui.gallery_dialogs import open_dialogs
from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.gui.words import Words
from jinan_desk.services import demo
from jinan_desk.services.cases import programme_of
from jinan_desk.services.listing import CaseFilter
from tests.gui.conftest import Hall
from tests.gui.english import STORED, Chinese, texts

ENGLISH = app.translate_into("en")
MANY = ("-unmasked",)
"""Endings of sights that say nothing new."""
LONG = "long-"
"""Beginning of those of a case that is entered on the way, whose names are not known before."""


@pytest.fixture
def english(qapp: QApplication, tmp_path: Path) -> Iterator[Hall]:
    """The demonstration's office in an English window."""
    folder, clock = tmp_path / "demo", demo.Clock(date(2020, 3, 10))
    app.found(folder, demo.STREET)
    with app.open_desk(folder, demo.CLERK, today=clock.today, now=clock.now) as desk:
        demo.work(desk, clock)
    crashes: list[BaseException] = []

    def report(error: BaseException) -> Path:
        crashes.append(error)
        return tmp_path / "crash.txt"

    def open_desk() -> object:
        return app.open_desk(folder, demo.CLERK, today=clock.today, translate=ENGLISH)

    speak(qapp, ENGLISH, "en")
    with Sitting(open_desk, Crashes(report), Look(LIGHT)) as sitting:
        sitting.window.resize(1366, 768)
        sitting.window.show()
        hall = Hall(sitting, tmp_path)
        hall.crashes = crashes
        hall.settle()
        yield hall
    speak(qapp, str, CHINESE)


def test_nothing_in_the_english_window_is_chinese_but_names_law_texts_and_forms(english: Hall) -> None:
    context, window = english.sitting.context, english.window
    rows = english.sitting.store.wait(lambda: context.desk.cases.rows(CaseFilter()))
    may_be = english.sitting.store.wait(lambda: Chinese(context.desk))
    left: dict[tuple[str, str], str] = {}
    for name, show in sights(window, context, rows):
        if name.endswith(MANY) or name.startswith(LONG):
            continue
        show()
        english.settle()
        dialogs = open_dialogs(window)
        for kind, text in texts(dialogs[-1] if dialogs else window):
            if may_be.left(text):
                left.setdefault((kind, text), name)
        for dialog in dialogs:
            dialog.done(0)
    assert left == {}


# What was stored ------------------------------------------------------------------------------------------------------


def stored_in_english(code: str, at: int, *, forget: bool = False) -> list[str]:
    """The reasons, notes and workings of an example that was stored in Chinese, as an English window shows them."""
    measure, programme = programme_of(code)
    example = programme.examples[at]
    facts, _ = read_facts(programme.shape, programme.row_shape, example.facts)
    again = determine(programme, facts, date.fromisoformat(example.on))
    kept = as_json(again, measure.article)
    answer = stored(kept, programme, Words(ENGLISH), None if forget else again)
    answers = [answer, *map(answer.row, range(answer.row_count))]
    lines = [line for one in answers for line in (*one.checks, *one.steps)]
    return [text for line in lines for text in ([line.reason] if isinstance(line, CheckLine) else [line.value, line.basis])]


def test_a_stored_answer_is_told_in_english_number_by_number() -> None:
    told = stored_in_english("06A", 0)
    assert "Layoff rate 3.15%, limit 5.5%" in told
    assert not any(text.endswith(STORED) for text in told)


def test_the_rows_of_a_stored_answer_are_told_in_english() -> None:
    assert "Hiring date 2020-02-15, between 2020-02-10 and 2020-03-10 (24 days left)" in stored_in_english("02B", 0)


def test_what_cannot_be_told_for_certain_stays_as_it_was_stored_and_is_marked() -> None:
    assert "裁员率 3.15%，上限 5.5%" + STORED in stored_in_english("06A", 0, forget=True)


def test_a_stored_answer_stays_word_for_word_in_a_chinese_window() -> None:
    measure, programme = programme_of("06A")
    facts, _ = read_facts(programme.shape, programme.row_shape, {})
    kept = as_json(determine(programme, facts, date(2020, 6, 10)), measure.article)
    kept["checks"][0]["reason"] = "当时这样写"
    assert stored(kept, programme, Words()).checks[0].reason == "当时这样写"


@pytest.mark.usefixtures("qapp")
def test_qts_own_texts_are_chinese() -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("QWidgetTextControl", "&Paste").startswith("粘贴")
