"""What can be used can be named by a screen reader, in every view and dialog; the focus is seen; words are legible."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from jinan_desk.gui.gallery import pages, sights
from jinan_desk.gui.gallery_dialogs import dialogs, open_dialogs
from jinan_desk.gui.look import DARK, LIGHT
from jinan_desk.resources import icon, style_sheet
from jinan_desk.services.listing import CaseFilter
from tests.gui.test_system_page import enter

USED = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar, QTextBrowser,
    QTextEdit,
)  # fmt: skip
OF_QT = ("QTabBar", "QComboBoxPrivateContainer", "QCalendarWidget")
MADE_OF_PARTS = (QLineEdit, QComboBox, QAbstractSpinBox, QTableView)
"""What Qt makes inside a widget of its own has that widget's name."""


def unnamed(window):
    """What can be used and has no name."""
    found = []
    labelled = {label.buddy() for label in window.findChildren(QLabel) if label.buddy() is not None}
    for widget in window.findChildren(QWidget):
        inside = widget.parentWidget()
        if not isinstance(widget, USED) or not widget.isVisibleTo(window) or widget.objectName().startswith("qt_") or widget in labelled:
            continue
        if isinstance(inside, MADE_OF_PARTS) or type(inside).__name__ in OF_QT or isinstance(widget, QHeaderView):
            continue
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not said.strip():
            found.append(f"{type(widget).__name__} in {type(inside).__name__}")
    return found


def rows(hall):
    enter(hall)
    cases = hall.sitting.context.desk.cases
    return hall.sitting.store.wait(lambda: cases.rows(CaseFilter()))


def unreachable(window):
    """Buttons with words that the focus never comes to; a yes-or-no field or a date takes the keys for its parts."""
    return [
        button.text()
        for button in window.findChildren(QAbstractButton)
        if button.isVisibleTo(window)
        and button.text()
        and button.focusPolicy() == button.parentWidget().focusPolicy() == Qt.FocusPolicy.NoFocus
    ]


def test_everything_that_can_be_used_on_a_page_has_a_name_and_can_be_reached_by_keyboard(hall):
    rows(hall)
    for name, show in pages(hall.window):
        show()
        hall.settle()
        assert unnamed(hall.window) == [], name
        assert unreachable(hall.window) == [], name


def test_everything_that_can_be_used_in_a_dialog_has_a_name_and_a_title(hall):
    for name, show in dialogs(hall.window, hall.sitting.context, rows(hall)):
        show()
        hall.settle()
        (dialog,) = open_dialogs(hall.window)
        assert dialog.windowTitle(), name
        assert unnamed(dialog) == [], name
        dialog.done(0)
        hall.settle()


@pytest.mark.parametrize("code", ["02B", "06A", "10A", "22S"])
def test_everything_that_can_be_used_in_an_editor_has_a_name(hall, code):
    show = dict(sights(hall.window, hall.sitting.context, ()))[f"new-{code}"]
    show()
    hall.settle()
    assert unnamed(hall.window) == []


# Colours --------------------------------------------------------------------------------------------------------------


def contrast(one, other):
    """The ratio of WCAG 2: 1 for the same, 21 for black on white."""

    def luminance(name):
        parts = [QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF()]
        red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("text", ("ground", "surface", "soft", "stripe", "accent_soft")),
        ("muted", ("ground", "surface", "head", "soft", "stripe", "accent_soft", "good_soft", "bad_soft", "doubt_soft")),
        ("hint", ("ground", "surface", "stripe", "bad_soft")),
        ("good", ("surface", "ground", "stripe", "good_soft", "accent_soft")),
        ("bad", ("surface", "ground", "stripe", "bad_soft", "accent_soft")),
        ("doubt", ("surface", "ground", "stripe", "doubt_soft", "accent_soft")),
        ("accent_strong", ("surface", "ground", "stripe", "accent_soft")),
        ("side_text", ("side", "side_hover")),
        ("tip_text", ("tip",)),
    ],
)
def test_words_stand_out_from_what_is_behind_them(colours, ink, grounds):
    """WCAG 2.2 AA: at least 4.5 to 1."""
    for ground in grounds:
        assert contrast(colours[ink], colours[ground]) >= 4.5, ground


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_pressed_and_where_the_focus_is_stand_out(colours):
    """WCAG 2.2: 3 to 1 for parts of controls; the words on a pressed button as for other words."""
    assert contrast(colours["on_accent"], colours["accent"]) >= 4.5
    assert contrast(colours["accent"], colours["surface"]) >= 3
    assert contrast(colours["ring"], colours["surface"]) >= 3
    assert contrast(colours["edge"], colours["surface"]) >= 1.5
    for ground in ("ground", "surface", "accent_soft"):
        assert contrast(colours["mark"], colours[ground]) >= 3, ground


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_fields_and_bars_stand_out_and_what_cannot_be_used_can_still_be_read(colours):
    """WCAG 2.2: 3 to 1, `faint` for what cannot be used now and for scroll bars. Two series of a chart differ in
    lightness, too, for who does not see their colours."""
    for ground in ("ground", "surface"):
        assert contrast(colours["box"], colours[ground]) >= 3, ground
        assert contrast(colours["faint"], colours[ground]) >= 3, ground
    for bar in ("chart", "chart_second"):
        assert contrast(colours[bar], colours["surface"]) >= 3, bar
    assert contrast(colours["chart"], colours["chart_second"]) >= 1.8


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("file", "grounds"), [("arrow", ("surface", "head")), ("arrow_up", ("head",)), ("tick", ("accent", "faint"))])
def test_what_the_style_sheet_draws_of_files_stands_out(colours, file, grounds):
    """These have a colour of their own, the same in both sets."""
    (ink,) = re.findall(r'stroke="(#[0-9a-f]{6})"', icon(file))
    for ground in grounds:
        assert contrast(ink, colours[ground]) >= 3, ground


def rules():
    """Selectors of the style sheet with the names of their colours; a state of a widget has what the widget has."""
    found = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", style_sheet())):
        said = dict(re.findall(r"(?:^|[\s;])(color|background): @([a-z_]+)", body))
        for selector in selectors.split(","):
            plain = re.sub(r"(?<!:):[a-z]+", "", selector.strip())
            found[selector.strip()] = {**found.get(plain, {}), **said}
    return found


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_the_ground_that_the_sheet_puts_under_them(colours):
    pairs = {s: (c["color"], c["background"]) for s, c in rules().items() if len(c) == 2 and "disabled" not in s}
    assert pairs['QPushButton[role="primary"]:hover'] == ("on_accent", "accent_hover")
    for selector, (ink, ground) in pairs.items():
        assert contrast(colours[ink], colours[ground]) >= 4.5, selector


def test_the_focus_is_marked_on_everything_that_takes_it():
    sheet = style_sheet()
    for kind in ("QPushButton", "QToolButton", "QLineEdit", "QPlainTextEdit", "QComboBox", "QTabBar::tab", "QCheckBox", "QTableView", "QListView"):
        assert re.search(rf"{re.escape(kind)}[^{{}}]*:focus", sheet), kind


def test_both_sets_of_colours_have_the_same_names_and_the_sheet_uses_no_other():
    assert LIGHT.keys() == DARK.keys()
    used = set(re.findall(r"@([a-z_]+)", style_sheet()))
    assert used <= LIGHT.keys() | {"down_icon", "up_icon", "tick_icon"}
