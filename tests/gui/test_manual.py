"""The manual opens where one is, and the tour leads through the window without doing anything."""

import re

import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtWidgets import QApplication

from jinan_desk.gui.about_view import AboutView
from jinan_desk.gui.manual import ManualDialog
from jinan_desk.gui.pages import PAGES
from jinan_desk.gui.tour import STEPS
from jinan_desk.paths import manual_directory
from jinan_desk.resources import manual_chapters, manual_pictures, manual_text
from jinan_desk.services.preferences import read_preferences
from tests.gui.conftest import Hall

SHIFT = Qt.KeyboardModifier.ShiftModifier
LARGEST = 150 * 1024
LINK = re.compile(r"\]\(([^)]+)\)")


def manual(hall: Hall) -> ManualDialog:
    hall.settle()
    found = hall.window.findChild(ManualDialog)
    assert found is not None
    assert found.isVisible()
    return found


def toured(hall: Hall) -> bool:
    return read_preferences(hall.sitting.context.desk.store.directory).toured


# The manual ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_chapter_is_there_with_a_title_and_leads_only_where_there_is_something(language: str) -> None:
    folder = manual_directory() / language
    assert {path.stem for path in folder.glob("*.md")} == set(manual_chapters())
    for key in manual_chapters():
        text = manual_text(key, language)
        assert text.startswith("# ")
        assert all((folder / link).is_file() for link in LINK.findall(text)), key


def test_the_pictures_are_those_that_are_shown_and_small() -> None:
    pictures = list((manual_directory() / "pictures").iterdir())
    assert {path.stem for path in pictures} == manual_pictures()
    assert all(path.stat().st_size < LARGEST for path in pictures)


def test_a_page_has_its_own_chapter(hall: Hall) -> None:
    for entry in PAGES:
        hall.window.show_page(entry.key)
        hall.settle()
        hall.press(Qt.Key.Key_F1, SHIFT)
        assert manual(hall).chapter == entry.key
        manual(hall).close()
        hall.come_back()


def test_f1_shows_the_law_where_there_is_one_and_the_manual_elsewhere(hall: Hall) -> None:
    hall.choose(6)
    hall.press(Qt.Key.Key_F1)
    hall.settle()
    assert hall.window.findChild(ManualDialog) is None
    hall.window.show_page("exchange")
    hall.settle()
    hall.press(Qt.Key.Key_F1)
    assert manual(hall).chapter == "exchange"
    assert "U 盘" in manual(hall).text.toPlainText()


def test_a_link_leads_to_another_chapter_and_pictures_fit(hall: Hall) -> None:
    hall.window.show_manual("start")
    dialog = manual(hall)
    room = dialog.text.viewport().width()
    assert dialog.text.document().idealWidth() <= room
    dialog.text.anchorClicked.emit(QUrl("day.md"))
    assert dialog.chapter == "day"
    dialog.text.anchorClicked.emit(QUrl("nowhere.md"))
    assert dialog.chapter == "day"


def test_an_english_window_has_the_english_manual(hall: Hall) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    try:
        hall.window.show_manual("start")
    finally:
        QLocale.setDefault(before)
    assert manual(hall).text.toPlainText().startswith("First start")


# The tour -----------------------------------------------------------------------------------------------------------


def test_the_tour_is_walked_by_keyboard_and_not_offered_again(hall: Hall) -> None:
    tour = hall.window.show_tour()
    seen = []
    for step in STEPS:
        hall.settle()
        assert tour.step is step
        assert not tour.hole.isEmpty()
        assert tour.rect().contains(tour.card.geometry())
        seen.append(hall.window.current)
        assert not toured(hall)
        hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert seen[2:4] == ["measures", "cases"]
    assert toured(hall)
    assert hall.window.current == "workdesk"
    assert not hall.crashes


def test_the_tour_goes_back_and_is_left_at_any_time(hall: Hall) -> None:
    tour = hall.window.show_tour()
    hall.press(Qt.Key.Key_Right)
    assert tour.step is STEPS[1]
    hall.press(Qt.Key.Key_Left)
    assert tour.step is STEPS[0]
    hall.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert hall.window.current == "workdesk"
    hall.press(Qt.Key.Key_Escape)
    hall.settle()
    assert toured(hall)


def test_the_tour_fits_into_a_small_window_too(hall: Hall) -> None:
    hall.window.resize(hall.window.minimumSize())
    tour = hall.window.show_tour()
    for place in range(len(STEPS)):
        tour.show_step(place)
        hall.settle()
        assert tour.rect().contains(tour.card.geometry())
        assert not tour.hole.isEmpty()
    tour.end()


def test_the_tour_is_offered_once_and_found_again_among_the_keys(hall: Hall) -> None:
    bar = hall.window.tour_bar
    bar.show()
    bar.refuse.click()
    assert not bar.isVisible()
    assert toured(hall)
    about = AboutView(hall.sitting.context)
    about.tour.click()
    assert QApplication.focusWidget().text() == "下一步"
    hall.press(Qt.Key.Key_Escape)
    about.manual.click()
    assert manual(hall).chapter == "start"
    about.deleteLater()
