"""Language, colours and size are chosen at the desk; the window is opened again for them, and for what needs it closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QMessageBox

from jinan_desk import app
from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui import application
from jinan_desk.gui.entrance import Entrance
from jinan_desk.gui.look import DARK, LIGHT, Look, dress
from jinan_desk.gui.window import Window
from jinan_desk.services.preferences import Colours, Preferences, read_preferences, write_preferences


@pytest.fixture
def runs(qapp, office, tmp_path):
    """Runs the program on the office: each `step` is done in the window that stands there then; the last closes it."""

    def run(*steps, language=""):
        left = list(steps)
        seen = []
        asked = QTimer()
        asked.setInterval(20)

        def act():
            windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window) and w.isVisible()]
            if not windows or windows[0]._context.store.busy or windows[0] in seen:
                return
            seen.append(windows[0])
            step = left.pop(0)
            if not left:
                asked.stop()
            step(windows[0])
            if not left:
                windows[0].close()

        asked.timeout.connect(act)
        asked.start()
        return application.run(
            Entrance(
                open_desk=lambda translate, name, *_: app.open_desk(office, name, translate=translate),
                protected=lambda: False,
                recover=lambda *_: "",
                name="苏敏",
            ),
            report=lambda error: tmp_path / "crash",
            font_file=app.font_file,
            translator=app.translate_into,
            preferences=lambda: read_preferences(office),
            language=language,
        )

    yield run
    application.speak(qapp, lambda text: text, "zh_CN")
    dress(qapp, Look(LIGHT))


def ground(window):
    return window.palette().color(QPalette.ColorRole.Window)


def test_another_language_and_other_colours_hold_once_the_window_is_opened_again(runs, office):
    titles = []

    def choose(window):
        titles.append((window.windowTitle(), ground(window)))
        write_preferences(office, Preferences("en", Colours.DARK))
        window._context.open_again(list)

    def look(window):
        titles.append((window.windowTitle(), ground(window)))
        assert QLocale().name().startswith("en")

    assert runs(choose, look) == 0
    assert titles[0] == ("济南市稳就业政策措施经办台", QColor(LIGHT["ground"]))
    assert "desk" in titles[1][0].lower()
    assert titles[1][1] == QColor(DARK["ground"])


def test_what_needs_the_store_closed_is_done_between_and_told_in_the_next_window(runs, office):
    told = []

    def errand():
        with app.open_desk(office) as desk:  # nobody else has it open
            return [Sentence("{name} 一切如常", name=desk.office.name)]

    def tell(window):
        told.extend(box.text() for box in window.findChildren(QMessageBox))

    assert runs(lambda window: window._context.open_again(errand), tell) == 0
    assert told == ["济南市历下区人力资源和社会保障局 一切如常"]


def test_what_is_refused_between_is_told_and_the_window_comes_back(runs):
    told = []

    def errand():
        raise DeskError(Sentence("备份打不开，没有改动"))

    def tell(window):
        told.extend((box.text(), box.icon()) for box in window.findChildren(QMessageBox))

    assert runs(lambda window: window._context.open_again(errand), tell) == 0
    assert told == [("备份打不开，没有改动", QMessageBox.Icon.Warning)]


def test_a_language_that_was_named_from_outside_stays(runs, office):
    write_preferences(office, Preferences("zh_CN"))
    titles = []
    assert runs(lambda window: titles.append(window.windowTitle()), language="en") == 0
    assert "desk" in titles[0].lower()


def test_the_window_stands_again_where_it_stood(runs):
    sizes = []

    def move(window):
        window.resize(760, 655)

    def look(window):
        sizes.append((window.width(), window.height()))

    assert runs(move) == 0
    assert runs(look) == 0
    assert sizes == [(760, 655)]


def test_a_window_that_never_stood_anywhere_fills_a_small_screen(hall):
    hall.window.stand("")
    roomy = hall.window.screen().availableSize().width() >= 1500
    assert hall.window.isMaximized() is not roomy


@pytest.mark.parametrize("text", ["", "{", "[]", '{"language": "xx", "colours": 3, "scale": 1000}', '{"scale": "150"}'])
def test_a_file_that_says_nothing_known_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.json").write_text(text, encoding="utf-8")
    assert read_preferences(tmp_path) == Preferences()


def test_what_was_chosen_is_kept(tmp_path: Path) -> None:
    chosen = Preferences("en", Colours.SYSTEM, 150)
    write_preferences(tmp_path, chosen)
    assert read_preferences(tmp_path) == chosen


def test_a_larger_window_is_asked_of_qt_unless_the_system_was_told_how_large():
    environment: dict[str, str] = {}
    application.enlarge(environment, 100)
    assert environment == {}
    application.enlarge(environment, 150)
    assert environment == {"QT_SCALE_FACTOR": "1.5"}
    application.enlarge(environment, 200)
    assert environment == {"QT_SCALE_FACTOR": "1.5"}


def test_colours_as_the_system_has_them_are_light_or_dark():
    assert application.chosen_colours(Colours.SYSTEM) in (Colours.LIGHT, Colours.DARK)
    assert application.chosen_colours(Colours.DARK) is Colours.DARK
