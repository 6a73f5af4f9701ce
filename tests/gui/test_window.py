"""Every page and every article can be reached, and says what it is."""

import sys

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from jinan_desk.gui.article_text import ArticleText
from jinan_desk.gui.pages import PAGES
from jinan_desk.measures import all_measures
from jinan_desk.resources import articles
from jinan_desk.services.listing import CaseFilter


def test_every_page_is_reachable_by_mouse_and_by_key(hall):
    window = hall.window
    buttons = window.sidebar.findChildren(QAbstractButton)
    for number, entry in enumerate(PAGES, start=1):
        hall.press(getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
        assert window.current == entry.key
    for entry in PAGES:
        next(button for button in buttons if button.accessibleName() == entry.title).click()
        assert window.current == entry.key


def test_every_article_has_a_tab_with_its_text_and_units(hall):
    for article in articles():
        tab = (hall.window.show_article(article.number), hall.window.measures.tab)[1]
        assert tab.article is article
        shown = tab.findChildren(ArticleText)[0].toPlainText()
        assert article.title in shown
        assert article.units in shown
        for paragraph in article.text:
            assert paragraph in shown


def test_every_declared_programme_has_its_editor(hall):
    for measure in all_measures():
        tab = (hall.window.show_article(measure.article), hall.window.measures.tab)[1]
        for number, programme in enumerate(measure.programmes):
            tab.show_programme(number)
            desk = tab.desk
            desk.start()
            assert desk.programme is programme
            for field in programme.shape.fields:
                assert desk.editor.form.box(field.key) is not None
            if programme.roster is not None:
                assert desk.editor.roster.model.fields == programme.roster.shape.fields
        hall.settle()


def test_every_control_has_a_name_for_screen_readers(hall):
    hall.choose(2, 1).start()
    hall.settle()
    for kind in (QLineEdit, QComboBox, QPlainTextEdit):
        for control in hall.window.findChildren(kind):
            if control.isVisible() and control.objectName() != "qt_spinbox_lineedit":
                assert control.accessibleName(), control
    for button in hall.window.findChildren(QAbstractButton):
        if button.isVisible() and not isinstance(button.parent(), QLineEdit):
            assert button.accessibleName() or button.text() or button.metaObject().className() == "QTableCornerButton"


def test_the_window_grows_narrow_without_losing_a_page(hall):
    hall.window.resize(910, 512)
    hall.settle()
    for button in hall.window.sidebar.findChildren(QAbstractButton):
        assert button.accessibleName()
        assert button.toolTip()


def test_at_1366_x_768_and_150_percent_no_page_and_no_chapter_is_scrolled_to(hall):
    hall.window.setStyleSheet(hall.sitting.context.look.sheet())
    hall.window.resize(911, 512)
    hall.window.show_chapter(0)
    hall.settle()
    (scroll,) = hall.window.sidebar.findChildren(QScrollArea)
    assert scroll.widget().sizeHint().height() <= scroll.viewport().height()


def test_the_filters_of_all_cases_fit_into_a_small_window(hall):
    hall.window.resize(911, 512)
    hall.window.show_page("cases")
    page = hall.window.page("cases")
    page.show_filter(CaseFilter(stages=("received", "publicity"), text="济南"))
    hall.settle()
    parts = [bar.geometry() for bar in page.filter.children() if isinstance(bar, QWidget) and bar.isVisible()]
    assert not [(one, other) for place, one in enumerate(parts) for other in parts[:place] if one.intersects(other)]


@pytest.mark.usefixtures("hall")
def test_none_keeps_its_references():
    """Some releases of PySide6 drop a reference to None with every call that answers nothing."""
    before = sys.getrefcount(None)
    probe = QObject()
    action = QAction(probe)
    label = QLabel()
    for number in range(3000):
        action.setText(str(number))
        label.setText(str(number))
        probe.setObjectName("x")
    assert sys.getrefcount(None) > before - 1000
