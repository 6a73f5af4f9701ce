"""A bug strikes: wherever it does, its dialog can be read and left, and nothing of what was typed is lost."""

from __future__ import annotations

import sys
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copytree
from threading import Event

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QWidget

from jinan_desk import app
from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.crash import CrashDialog
from jinan_desk.gui.gallery_dialogs import dialogs, open_dialogs
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.gui.window import Window
from jinan_desk.services.crash import write_report
from jinan_desk.services.drafts import Drafts
from tests.gui.conftest import CHIEF, OFFICE, SECRET, answer, opened
from tests.gui.test_drafts import drafts, raises
from tests.gui.test_entry_walk import CONTROL, REFUND, begin_refund
from tests.gui.test_eyes import rows
from tests.gui.test_signing_in import Visitor, actions, covered, start

_TURNS = 2_000


@pytest.fixture(autouse=True)
def hooked(request, monkeypatch):
    """What a slot raises reaches the program, as it does when it runs, and not the tests."""
    for name in ("hall", "guarded"):
        if name in request.fixturenames:
            monkeypatch.setattr(sys, "excepthook", request.getfixturevalue(name).sitting._crashes._hook)


def until(hall, so):
    """Go on as the program does, which is not told of what fails in painting if it only looks at its events."""
    loop, turns = QEventLoop(), count()

    def look():
        if so() or next(turns) > _TURNS:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    loop.exec()
    timer.stop()
    assert so(), hall.crashes


def strike(hall, what=lambda: 1 / 0):
    """Let something fail in a slot; the dialog that tells of it."""
    timer = QTimer(hall.window)
    timer.setSingleShot(True)
    timer.timeout.connect(what)
    timer.start(0)
    crashes = hall.sitting._crashes
    until(hall, lambda: crashes.dialog is not None and crashes.dialog.isVisible() and not timer.isActive())
    hall.crashes.clear()
    return crashes.dialog


def click(widget):
    """Where a person clicks: the system decides which window may have it."""
    window = widget.window()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=widget.mapTo(window, widget.rect().center()))


def leave(hall, dialog):
    """Read on; the dialog is the one that can be used."""
    assert QApplication.activeModalWidget() is dialog
    assert QApplication.activeWindow() is dialog
    click(dialog.close_button)
    until(hall, lambda: hall.sitting._crashes.dialog is None)
    hall.settle()


def typed(hall):
    return [draft.entry.texts["applicant_name"] for draft in drafts(hall)]


# In front of something else -------------------------------------------------------------------------------------------


def test_it_stands_in_front_of_every_dialog_and_gives_the_keys_back(hall):
    """The guards: it is shown last and alone has the clicks; what stood there before stands there as it was."""
    cases = rows(hall)
    for name, show in dialogs(hall.window, hall.sitting.context, cases):
        show()
        hall.settle()
        (before,) = open_dialogs(hall.window)
        if isinstance(before, CrashDialog):
            before.done(0)
            continue
        focus = QApplication.focusWidget()
        dialog = strike(hall)
        click(before)
        assert QApplication.activeWindow() is dialog, name
        leave(hall, dialog)
        assert before.isVisible(), name
        assert QApplication.activeWindow() is before, name
        assert QApplication.focusWidget() is focus, name
        before.done(0)
        hall.settle()


def test_it_stands_in_front_of_a_question_that_waits_for_its_answer(hall):
    """The guard: nothing that waits for somebody in a loop of its own keeps the dialog from being used."""
    box = QMessageBox(hall.window)
    seen = []

    def look():
        dialog = strike(hall)
        leave(hall, dialog)
        seen.append(QApplication.activeModalWidget() is box)
        box.accept()

    QTimer.singleShot(0, look)
    box.exec()
    assert seen == [True]


def test_a_menu_that_is_open_does_not_keep_the_clicks(hall):
    menu = QMenu(hall.window)
    menu.addAction("复制")
    menu.popup(hall.window.mapToGlobal(hall.window.rect().center()))
    leave(hall, strike(hall))
    assert not menu.isVisible()


def test_a_dialog_that_goes_away_behind_it_takes_nothing_with_it(hall):
    """The guard: what the keys go back to may be gone."""
    before = QDialog(hall.window)
    before.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    before.open()
    dialog = strike(hall)
    before.reject()
    hall.settle()
    leave(hall, dialog)
    assert QApplication.activeWindow() is hall.window
    leave(hall, strike(hall))


# Again and again ------------------------------------------------------------------------------------------------------


def test_two_bugs_one_after_the_other_are_both_told_and_the_same_one_once(hall):
    dialog = strike(hall)
    assert strike(hall) is dialog
    assert strike(hall, lambda: {}["王秀兰"]) is dialog
    text = dialog.text.toPlainText()
    assert (text.count("ZeroDivisionError"), text.count("KeyError")) == (1, 1)
    assert "王秀兰" not in text
    leave(hall, dialog)
    again = strike(hall)
    assert again is not dialog
    leave(hall, again)


class Broken(QWidget):
    """Fails whenever it is drawn."""

    drawn = 0
    mended = False

    def paintEvent(self, event):  # noqa: ARG002, N802
        self.drawn += 1
        if not self.mended:
            raise ZeroDivisionError


def test_a_bug_that_strikes_with_every_repainting_is_told_once_and_does_not_fill_the_disk(hall):
    """The guards: it is not shown in the middle of painting, and what strikes by itself is not told for ever."""
    broken, painting = Broken(hall.window), QTimer()
    painting.timeout.connect(broken.update)
    crashes = hall.sitting._crashes
    broken.resize(20, 20)
    broken.show()
    painting.start(5)
    try:
        until(hall, lambda: crashes.dialog is not None and crashes.dialog._restless.isVisible())
        QTimer.singleShot(0, crashes.dialog.close_button.click)
        drawn = broken.drawn + 3
        until(hall, lambda: crashes.dialog is None and broken.drawn > drawn)
    finally:
        broken.mended = True
    assert len(hall.crashes) == 1
    hall.crashes.clear()
    hall.settle()
    leave(hall, strike(hall))


# What was typed -------------------------------------------------------------------------------------------------------


def test_it_says_that_what_is_typed_is_kept_when_it_is_and_not_before(hall):
    """The guard: the store may be at work for long, and the dialog promises nothing meanwhile."""
    begin_refund(hall)
    hall.fill(*REFUND[:2])
    done = Event()
    hall.sitting.store.ask(done.wait, lambda result: None, owner=hall.window)
    dialog = strike(hall)
    assert "正在留存为草稿" in dialog.kept.text()
    done.set()
    until(hall, lambda: "已留存为草稿" in dialog.kept.text())
    assert typed(hall) == ["山东鲁泉食品有限公司"]
    leave(hall, dialog)
    assert typed(hall) == ["山东鲁泉食品有限公司"]


def test_where_nothing_is_typed_it_speaks_of_no_draft(hall):
    dialog = strike(hall)
    assert "草稿" not in dialog.kept.text()
    leave(hall, dialog)


def test_it_says_when_the_draft_cannot_be_kept(hall, monkeypatch):
    begin_refund(hall)
    hall.fill(*REFUND[:2])
    with monkeypatch.context() as full:
        full.setattr(Drafts, "keep", raises(DeskError(Sentence("磁盘已满"))))
        dialog = strike(hall)
        until(hall, lambda: "没有能够留存为草稿" in dialog.kept.text())
    leave(hall, dialog)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert hall.desk.editor.case


def test_a_bug_in_keeping_the_draft_is_told_in_the_same_dialog(hall, monkeypatch):
    begin_refund(hall)
    hall.fill(*REFUND[:2])
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "keep", raises(LookupError()))
        dialog = strike(hall)
        until(hall, lambda: "LookupError" in dialog.text.toPlainText())
        assert "没有能够留存为草稿" in dialog.kept.text()
    hall.crashes.clear()
    leave(hall, dialog)


def test_a_bug_in_keeping_the_draft_does_not_close_the_window(hall, monkeypatch):
    """The guard: not only a full disk, a bug, too, asks before what is typed is lost."""
    begin_refund(hall)
    hall.fill(*REFUND[:2])
    asked = []
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "keep", raises(LookupError()))
        broken.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
        QTimer.singleShot(0, hall.window.close)
        crashes = hall.sitting._crashes
        until(hall, lambda: crashes.dialog is not None and "没有能够留存为草稿" in crashes.dialog.kept.text())
        until(hall, crashes.dialog.isVisible)
    assert len(asked) == 1
    assert hall.window.isVisible()
    hall.crashes.clear()
    leave(hall, crashes.dialog)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()


def test_the_next_start_offers_what_was_typed_when_the_bug_struck(qapp, office, tmp_path, monkeypatch):
    assert qapp
    with opened(office, tmp_path, "苏敏") as hall:
        monkeypatch.setattr(sys, "excepthook", hall.sitting._crashes._hook)
        begin_refund(hall)
        hall.fill(*REFUND[:2])
        leave(hall, strike(hall))
        hall.sitting.store.wait(lambda: copytree(office, tmp_path / "killed"))
        hall.window.measures.desk.editor.draft.stack.setClean()
    with opened(tmp_path / "killed", tmp_path, "苏敏") as hall:
        assert "1 件" in hall.window.drafts.text
        assert hall.window.drafts.isVisible()
        assert typed(hall) == ["山东鲁泉食品有限公司"]


# Where nothing can be written -----------------------------------------------------------------------------------------


def test_a_report_that_cannot_be_written_is_shown_all_the_same(hall):
    hall.sitting._crashes._report = lambda error: None
    dialog = strike(hall)
    assert "没有能够存下" in dialog.where.text()
    assert "ZeroDivisionError" in dialog.text.toPlainText()
    leave(hall, dialog)


def test_a_program_without_a_console_tells_of_a_bug_too(hall, monkeypatch):
    """The guard: where no console is, there is nothing to write an error's place to."""
    with monkeypatch.context() as silent:
        silent.setattr(sys, "stderr", None)
        leave(hall, strike(hall))


# Locked ---------------------------------------------------------------------------------------------------------------


def test_while_all_is_locked_it_can_be_read_and_left_and_opens_nothing(guarded):
    """The guards: it is not covered, everything else stays covered, and whoever comes says who they are."""
    lock = guarded.window.lock
    lock.lock()
    guarded.settle()
    dialog = strike(guarded)
    assert not covered(dialog)
    leave(guarded, dialog)
    assert lock.locked
    assert covered(guarded.window)
    assert QApplication.activeWindow() is lock.dialog
    answer(lock.dialog, CHIEF, SECRET)
    guarded.settle()
    assert not lock.locked
    assert "locked" in actions(guarded)


def test_it_may_stand_there_when_the_lock_comes(guarded):
    dialog = strike(guarded)
    lock = guarded.window.lock
    lock.lock()
    guarded.settle()
    assert QApplication.activeWindow() is lock.dialog
    answer(lock.dialog, CHIEF, SECRET)
    guarded.settle()
    leave(guarded, dialog)
    assert QApplication.activeWindow() is guarded.window


# Before there is a window ---------------------------------------------------------------------------------------------


@pytest.fixture
def told():
    """What crash dialogs said when somebody came to read them."""
    texts = []

    def read(dialog):
        texts.append((dialog.kept.text(), dialog.text.toPlainText(), dialog.close_button.text()))
        dialog.close_button.click()

    return read, texts


@pytest.mark.usefixtures("qapp")
def test_a_bug_while_the_window_is_made_is_told_and_the_store_is_closed(office, tmp_path, monkeypatch, told):
    """The guards: a dialog without a window behind it; the desk is left in order."""
    read, texts = told
    with monkeypatch.context() as broken:
        broken.setattr(Window, "_listen", raises(LookupError("王秀兰")))
        visitor = Visitor((CrashDialog, read))
        assert start(office, tmp_path) == 1
    assert visitor.left == []
    ((kept, text, button),) = texts
    assert "程序不得不关闭" in kept
    assert button == "关闭"
    assert "LookupError" in text
    assert "王秀兰" not in text
    with app.open_desk(office, "苏敏") as desk:
        assert desk.drafts.all() == []


@pytest.mark.usefixtures("qapp")
def test_a_bug_while_somebody_signs_in_is_told_and_they_come_in(tmp_path, monkeypatch, told):
    """The guard: the dialog needs no window, and the way in stays open."""
    from jinan_desk.store import keyring

    monkeypatch.setattr(keyring, "COST", keyring.Cost(2, 1, 1))
    folder, seen = tmp_path / "guarded", []
    app.found(folder, OFFICE, administrator=CHIEF, password=SECRET)
    read, texts = told

    def fail(dialog):
        QTimer.singleShot(0, dialog, lambda: 1 / 0)

    def come_in(dialog):
        read(dialog)
        signing = next(top for top in QApplication.topLevelWidgets() if isinstance(top, SignInDialog))
        QTimer.singleShot(0, partial(answer, signing, CHIEF, SECRET))

    def look(window):
        seen.append(window._context.desk.account)
        window.close()

    visitor = Visitor((SignInDialog, fail), (CrashDialog, come_in), (Window, look))
    assert start(folder, tmp_path) == 0
    assert visitor.left == []
    assert seen == [CHIEF]
    assert len(texts) == 1


def test_what_the_dialog_shows_is_what_the_report_says(hall, tmp_path):
    hall.sitting._crashes._report = lambda error: write_report(error, tmp_path, at="2020-03-20T08:00:00Z")
    dialog = strike(hall, lambda: int("王秀兰 370102198803122113"))
    path = Path(dialog.where.text().splitlines()[-1])
    assert path.parent == tmp_path
    assert dialog.text.toPlainText() in path.read_text(encoding="utf-8")
    assert "ValueError" in dialog.text.toPlainText()
    assert "370102" not in path.read_text(encoding="utf-8")
    leave(hall, dialog)
