"""Every dialog on a small screen, in both languages: it fits, and no word of it is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QToolButton

from jinan_desk import app
from jinan_desk.core.text import chinese
from jinan_desk.gui.application import Sitting
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.gallery_dialogs import dialogs, open_dialogs
from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.gui.print_dialog import PrintDialog
from tests.gui.conftest import OFFICE, TODAY, Hall
from tests.gui.test_eyes import rows

SCREENS = {"100 %": QSize(1366, 768), "150 %": QSize(911, 512)}
"""In logical pixels."""
TITLE = 32
"""What a window's title takes of the height."""
LANGUAGES = {"zh_CN": chinese, "en": app.translate_into("en")}
AROUND_PLACEHOLDER = 18


@pytest.fixture(params=LANGUAGES)
def spoken_hall(qapp, office, tmp_path, request):
    """The window in one of the languages."""
    assert qapp
    crashes = []

    def open_desk():
        return app.open_desk(office, "苏敏", today=lambda: TODAY, translate=LANGUAGES[request.param])

    with Sitting(open_desk, Crashes(lambda error: crashes.append(error) or tmp_path), Look(LIGHT)) as sitting:
        hall = Hall(sitting, tmp_path)
        hall.crashes = crashes
        sitting.window.show()
        hall.settle()
        yield hall


def cut(dialog):
    """The words that have less room than they take."""
    found = []
    for part in dialog.findChildren(QLabel) + dialog.findChildren(QAbstractButton) + dialog.findChildren(QComboBox):
        inside = part.parentWidget()
        if (
            not part.isVisibleTo(dialog)
            or part.objectName().startswith("qt_")
            or isinstance(inside, QLineEdit | QComboBox)
        ):
            continue
        if isinstance(part, ElidedLabel) or (isinstance(part, QToolButton) and not part.text()):
            continue  # those say all of it in a tip
        needed = part.sizeHint()
        if isinstance(part, QLabel) and part.wordWrap():
            needed = QSize(part.minimumSizeHint().width(), part.heightForWidth(part.width()))
        if needed.width() > part.width() + 1 or needed.height() > part.height() + 1:
            found.append(part.currentText() if isinstance(part, QComboBox) else part.text())
    for line in dialog.findChildren(QLineEdit):
        taken = line.fontMetrics().horizontalAdvance(line.placeholderText()) + AROUND_PLACEHOLDER
        if line.isVisibleTo(dialog) and taken > line.width():
            found.append(line.placeholderText())
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_every_dialog_fits_a_small_screen_and_cuts_no_words(spoken_hall, screen):
    hall, size = spoken_hall, SCREENS[screen]
    cases = rows(hall)
    hall.window.resize(size)
    hall.settle()
    shown = list(dialogs(hall.window, hall.sitting.context, cases))
    shown.append(("print", lambda: PrintDialog(cases[0].case, OFFICE.name, hall.sitting.context, hall.window).open()))
    faults = []
    for name, show in shown:
        show()
        hall.settle()
        (dialog,) = open_dialogs(hall.window)
        faults += [f"{name}: {text!r} is cut" for text in cut(dialog)]
        least, taken = dialog.minimumSizeHint(), dialog.size()
        for what, needed in (("asks for", least), ("takes", taken)):
            if needed.width() > size.width() or needed.height() > size.height() - TITLE:
                faults.append(f"{name}: {what} {needed.width()} x {needed.height()}")
        dialog.done(0)
        hall.settle()
    assert faults == []
