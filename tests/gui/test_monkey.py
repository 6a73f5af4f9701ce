"""Somebody presses, types and pastes anything anywhere: a wrong value is told to them, and never a bug."""

import random
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from jinan_desk.gui import files
from jinan_desk.gui.crash import CrashDialog
from jinan_desk.gui.gallery import sights
from jinan_desk.gui.gallery_dialogs import open_dialogs
from tests.gui.test_entry_walk import HEADLESS
from tests.gui.test_stages import enter_refund

ACTS = 120
"""So many a run; each run is the same every time."""
RUNS = range(2)
PLACES_AFTER = 6
"""After so many acts in one place it is another one's turn."""

TEXTS = (
    "", " ", "0", "-1", "9.5", "1e9", "9" * 40, "１２３４．５６", "１３８００１３８０００", "abc", "2020-02-30", "2999-12-31",
    "2020/3/1", "二〇二〇年三月", "370102199506150028", "37010219950615002X", "91370104MA3015044M", "很" * 3000, "😀🏳️‍🌈",
    "\u202e右到左\u200f", "王𬱖", "'; DROP TABLE cases; --", "{name} %s {0}", "<b>粗</b>&amp;", "a\tb\nc", "=1+1", "\x00\x07",
    "——", "是", "否", "稳岗", "06A",
)  # fmt: skip
PASTES = (
    *TEXTS, HEADLESS, HEADLESS * 60, "\t" * 50, "\n" * 50, "姓名\t身份证号\n" + "张三\t1\n" * 400, "\r\n\r\n\t\t\r",
    "﻿姓名;身份证号\n甲;乙",
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
    Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_Y, Qt.Key.Key_N,
)  # fmt: skip
CHORDS = (
    Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_V, Qt.Key.Key_C, Qt.Key.Key_X,
    Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
)  # fmt: skip
USED = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def caged(hall, monkeypatch, tmp_path):
    """The window where nothing waits for somebody outside it, and a bug is caught wherever it strikes."""
    monkeypatch.setattr(CrashDialog, "show", lambda dialog: None)
    monkeypatch.setattr(sys, "excepthook", hall.sitting._crashes._hook)
    for box in (QMessageBox, QInputDialog, QDialog, QMenu):
        monkeypatch.setattr(box, "exec", lambda *given: 0)
    for name in ("question", "warning", "information"):
        monkeypatch.setattr(QMessageBox, name, lambda *given: QMessageBox.StandardButton.No)
    monkeypatch.setattr(
        files, "answer",
        lambda dialog: None if dialog.fileMode() is QFileDialog.FileMode.Directory else tmp_path / "nothing.xlsx",
    )
    hall.sitting.context.open_again = lambda errand: None
    return hall


class Monkey:
    def __init__(self, hall, seed):
        self.hall = hall
        self.chance = random.Random(seed)
        self.done = []

    def act(self):
        window = self.hall.window
        dialogs = open_dialogs(window)
        top = dialogs[-1] if dialogs else window
        widgets = [w for w in top.findChildren(QWidget) if isinstance(w, USED) and w.isEnabled() and w.isVisibleTo(top)]
        if not widgets:
            return
        widget = self.chance.choice(widgets)
        widget.setFocus()
        act = self.chance.choice([self.type, self.paste, self.paste, self.press, self.chord, self.click, self.click])
        self.done.append(f"{act.__name__} at {type(widget).__name__} {widget.accessibleName()}")
        if isValid(widget):
            act(widget)
        QCoreApplication.processEvents()

    def type(self, widget):
        self.key(widget, Qt.Key.Key_A, CONTROL)
        for letter in self.chance.choice(TEXTS)[:20]:
            if letter.isascii() and letter.isprintable():
                self.key(widget, letter)
        self.key(widget, self.chance.choice(KEYS[:3]))

    def key(self, widget, key, modifier=NONE):
        if isValid(widget):  # what was pressed may have taken it along
            QTest.keyClick(widget, key, modifier)

    def paste(self, widget):
        QApplication.clipboard().setText(self.chance.choice(PASTES))
        self.key(widget, Qt.Key.Key_V, CONTROL)

    def press(self, widget):
        self.key(widget, self.chance.choice(KEYS))

    def chord(self, widget):
        self.key(QApplication.focusWidget() or widget, self.chance.choice(CHORDS), CONTROL)

    def click(self, widget):
        if isinstance(widget, QAbstractItemView):
            inside = widget.viewport()
            place = QPoint(*(self.chance.randrange(max(1, length)) for length in (inside.width(), inside.height())))
            QTest.mouseClick(inside, Qt.MouseButton.LeftButton, NONE, place)
            if isValid(inside):
                QTest.mouseDClick(inside, Qt.MouseButton.LeftButton, NONE, place)
        elif isinstance(widget, QComboBox) and widget.count():
            widget.setCurrentIndex(self.chance.randrange(widget.count()))
        elif isinstance(widget, QPushButton | QToolButton) and widget.menu() is not None:
            widget.menu().popup(QPoint())  # a press would wait until something is chosen
        elif isinstance(widget, QAbstractButton):
            widget.click()

    def leave(self):
        for dialog in open_dialogs(self.hall.window):
            dialog.done(0)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("seed", RUNS)
def test_whatever_is_pressed_typed_or_pasted_nothing_but_a_sentence_comes_of_it(caged, seed):
    enter_refund(caged)
    monkey = Monkey(caged, seed)
    places = [(name, show) for name, show in sights(caged.window, caged.sitting.context, ()) if name not in ("tour", "print")]
    for number in range(ACTS):
        if number % PLACES_AFTER == 0:
            monkey.leave()
            name, show = monkey.chance.choice(places)
            monkey.done.append(name)
            show()
            while caged.sitting.store.busy:
                QCoreApplication.processEvents()
        monkey.act()
        assert not caged.crashes, (monkey.done[-PLACES_AFTER:], caged.crashes[0])
    monkey.leave()
    caged.settle()
