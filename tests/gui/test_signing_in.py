"""The window of a store with accounts: signing in and over, the lock, changing a password, the recovery code."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu

from jinan_desk import app
from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui import application
from jinan_desk.gui.entrance import Entrance, ask_office, ask_person
from jinan_desk.gui.first_start import OfficeDialog
from jinan_desk.gui.handler import HandlerButton, PasswordDialog, SwitchDialog
from jinan_desk.gui.lock import Cover
from jinan_desk.gui.recovery import CodeDialog, RecoverDialog
from jinan_desk.gui.sign_in import SignInDialog
from jinan_desk.gui.window import Window
from jinan_desk.gui.words import Words
from jinan_desk.services.office import Level
from jinan_desk.services.preferences import read_preferences
from jinan_desk.services.sign_in import SignInError
from jinan_desk.store import AccessFilter, keyring
from tests.gui.conftest import CHIEF, CLERK, OFFICE, SECRET, answer

SAY = Words()
pytestmark = pytest.mark.usefixtures("qapp")


def covered(widget):
    return [cover for cover in widget.findChildren(Cover) if cover.isVisible() and cover.geometry() == widget.rect()]


def actions(hall):
    log = hall.sitting.context.desk.store.access
    return hall.sitting.store.wait(lambda: [row.action for row in log.page(AccessFilter())])


def begin_typing(hall):
    """A clerk is seated and types a name into a new case."""
    context = hall.sitting.context
    context.seat(hall.sitting.store.wait(lambda: context.desk.by(CLERK, SECRET)))
    hall.choose(6)
    hall.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hall.settle()
    hall.keys("山东鲁泉食品有限公司")


# The lock -----------------------------------------------------------------------------------------------------------


def test_locking_covers_every_window_keeps_what_is_typed_and_opens_for_the_password(guarded):
    begin_typing(guarded)
    typed = guarded.focus
    other = QDialog(guarded.window)
    other.resize(300, 200)
    other.open()
    guarded.window.lock.lock()
    guarded.settle()
    dialog = guarded.window.lock.dialog
    assert dialog.isVisible()
    assert covered(guarded.window)
    assert covered(other)
    guarded.window.resize(1500, 800)
    assert covered(guarded.window)
    QTest.keyClick(guarded.window.windowHandle(), Qt.Key.Key_A)
    assert typed.text() == "山东鲁泉食品有限公司"
    answer(dialog, CLERK, "wrong")
    guarded.settle()
    assert "不对" in dialog.wrong.text()
    assert guarded.window.lock.locked
    answer(dialog, CLERK, SECRET)
    guarded.settle()
    assert not guarded.window.lock.locked
    assert not guarded.window.findChildren(Cover)
    assert typed.text() == "山东鲁泉食品有限公司"
    other.close()
    assert {"locked", "sign_in"} <= set(actions(guarded))
    guarded.desk.editor.draft.stack.setClean()


def test_the_cover_is_there_at_once_and_what_is_typed_is_kept_at_once(guarded):
    """The guards: nobody has to give a window the focus, and no clock has to run out, before it is safe."""
    context = guarded.sitting.context
    begin_typing(guarded)
    keeper, lock = guarded.desk.editor.keeper, guarded.window.lock
    keeper._wait.setInterval(10_000_000)
    keeper._wait.stop()
    QApplication.instance().focusWindowChanged.disconnect(lock._watch)
    lock.lock()
    assert covered(guarded.window)
    guarded.settle()
    drafts = guarded.sitting.store.wait(context.desk.drafts.all)
    assert [draft.entry.texts["applicant_name"] for draft in drafts] == ["山东鲁泉食品有限公司"]
    answer(lock.dialog, CLERK, SECRET)
    guarded.settle()
    guarded.desk.editor.draft.stack.setClean()


def test_a_window_that_comes_while_it_is_locked_is_covered_and_does_not_keep_anybody_out(guarded):
    guarded.window.lock.lock()
    guarded.settle()
    late = QDialog(guarded.window)
    line = QLineEdit(late)
    late.setWindowModality(Qt.WindowModality.ApplicationModal)
    late.show()
    guarded.settle()
    assert covered(late)
    line.setFocus()
    QTest.keyClick(late.windowHandle(), Qt.Key.Key_A)
    assert line.text() == ""
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    lock = guarded.window.lock  # some systems bring a window to the front that another one keeps waiting
    assert [lock.eventFilter(one.windowHandle(), key) for one in (late, guarded.window, lock.dialog)] == [1, 1, 0]
    assert guarded.window.lock.dialog.isVisible()
    answer(guarded.window.lock.dialog, CHIEF, SECRET)
    guarded.settle()
    assert not covered(late)
    late.close()


def test_the_lock_is_not_left_without_a_password(guarded):
    guarded.window.lock.lock()
    guarded.settle()
    guarded.window.lock.dialog.reject()
    guarded.settle()
    assert guarded.window.lock.locked
    assert guarded.window.lock.dialog.isVisible()
    answer(guarded.window.lock.dialog, CHIEF, SECRET)
    guarded.settle()


def test_another_person_opens_the_lock_with_their_own_name(guarded):
    guarded.window.lock.lock()
    guarded.settle()
    answer(guarded.window.lock.dialog, CLERK, SECRET)
    guarded.settle()
    assert guarded.sitting.context.desk.account == CLERK
    assert CLERK in guarded.window.findChild(HandlerButton).text()


def test_it_locks_itself_after_the_minutes_that_are_set_and_every_key_begins_them_anew(guarded):
    lock = guarded.window.lock
    assert lock.minutes == 10
    guarded.sitting.context.bus.lock_after_changed.emit(3)
    assert lock.minutes == 3
    lock._idle.stop()
    lock.eventFilter(guarded.window, QEvent(QEvent.Type.MouseMove))
    assert lock.minutes == 3
    lock._idle.timeout.emit()
    guarded.settle()
    assert lock.locked
    answer(lock.dialog, CHIEF, SECRET)
    guarded.settle()
    assert lock.minutes == 3


def test_keys_are_watched_where_the_focus_is(guarded):
    lock = guarded.window.lock
    lock._watch(guarded.window.windowHandle())
    lock._idle.stop()
    QTest.keyClick(guarded.window.windowHandle(), Qt.Key.Key_Shift)
    assert lock._idle.isActive()


def test_a_window_that_is_hidden_is_watched_no_more(guarded):
    lock, other = guarded.window.lock, QDialog(guarded.window)
    other.show()
    guarded.settle()
    handle = other.windowHandle()
    lock._watch(handle)
    lock._idle.stop()
    other.hide()
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert not lock._idle.isActive()
    other.deleteLater()


def test_without_accounts_nothing_locks(hall):
    hall.window.lock.lock()
    assert not hall.window.lock.locked
    assert hall.window.lock.minutes == 0


# Signing over and the password --------------------------------------------------------------------------------------


def test_the_keys_for_another_person_ask_who_it_is_at_once(guarded):
    guarded.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    guarded.settle()
    assert guarded.window.findChild(SwitchDialog).isVisible()


def test_another_person_signs_in_at_the_name_in_the_head(guarded):
    menu = guarded.window.findChild(HandlerButton).offer()
    menu.actions()[0].trigger()
    guarded.settle()
    dialog = guarded.window.findChild(SwitchDialog)
    answer(dialog, CLERK, "wrong")
    guarded.settle()
    assert "不对" in dialog.wrong.text()
    assert guarded.sitting.context.desk.account == CHIEF
    answer(dialog, CLERK, SECRET)
    guarded.settle()
    assert guarded.sitting.context.desk.account == CLERK


def test_a_password_that_was_given_asks_for_ones_own_before_it_opens(guarded):
    """Guard: `GivenPasswordError` in `SignInDialog.refuse`."""
    desk = guarded.sitting.context.desk
    guarded.sitting.store.wait(lambda: desk.accounts.reset(CLERK, "given today"))
    dialog = SwitchDialog(guarded.sitting.context, guarded.sitting.window)
    dialog.show()
    assert not dialog.own_box.isVisible()
    answer(dialog, CLERK, "given today")
    guarded.settle()
    assert dialog.own_box.isVisible()
    assert dialog.wrong.text() == "这是管理员给的密码，请设一个只有自己知道的（至少 8 个字符）"
    assert dialog.height() >= dialog.layout().totalHeightForWidth(dialog.width())  # nothing is pressed together
    dialog.enter.click()  # nothing is typed yet
    guarded.settle()
    for line in (dialog.own_box.first, dialog.own_box.second):
        line.setText("given today")
    dialog.enter.click()
    guarded.settle()
    assert "不能与管理员给的相同" in dialog.wrong.text()
    assert guarded.sitting.context.desk.account == CHIEF
    for line in (dialog.own_box.first, dialog.own_box.second):
        line.setText("only mine")
    dialog.enter.click()
    guarded.settle()
    assert guarded.sitting.context.desk.account == CLERK
    assert guarded.sitting.store.wait(lambda: desk.by(CLERK, "only mine")).account == CLERK


def test_another_name_is_not_asked_for_the_password_of_the_one_before(guarded):
    desk = guarded.sitting.context.desk
    guarded.sitting.store.wait(lambda: desk.accounts.reset(CLERK, "given today"))
    dialog = SwitchDialog(guarded.sitting.context, guarded.sitting.window)
    dialog.show()
    answer(dialog, CLERK, "given today")
    guarded.settle()
    dialog._name.selectAll()
    QTest.keyClicks(dialog._name, "A")  # Qt types no Chinese
    assert not dialog.own_box.isVisible()
    assert dialog.own == ""


def test_one_changes_ones_own_password(guarded):
    menu = guarded.window.findChild(HandlerButton).offer()
    menu.actions()[1].trigger()
    guarded.settle()
    dialog = guarded.window.findChild(PasswordDialog)
    assert not dialog.ok.isEnabled()
    dialog.old.first.setText("wrong")
    for line in (dialog.new.first, dialog.new.second):
        line.setText("battery staple")
    dialog.ok.click()
    guarded.settle()
    assert "不对" in dialog.wrong.text()
    dialog.old.first.setText(SECRET)
    dialog.ok.click()
    guarded.settle()
    assert "密码已更改" in guarded.window.status.text
    guarded.window.lock.lock()
    guarded.settle()
    answer(guarded.window.lock.dialog, CHIEF, "battery staple")
    guarded.settle()
    assert not guarded.window.lock.locked


def test_the_menu_locks(guarded):
    guarded.window.findChild(HandlerButton).offer().actions()[-1].trigger()
    guarded.settle()
    assert guarded.window.lock.locked
    answer(guarded.window.lock.dialog, CHIEF, SECRET)
    guarded.settle()


# Coming in ----------------------------------------------------------------------------------------------------------


def answering(monkeypatch, kind, *answers):
    """Dialogs of the kind are answered in turn, in the place of somebody who sits there; None leaves."""
    left = list(answers)

    def exec_(dialog):
        act = left.pop(0)
        if act is None:
            return QDialog.DialogCode.Rejected
        act(dialog)
        return dialog.result()

    monkeypatch.setattr(kind, "exec", exec_)
    return left


def entrance(**other):
    given = {"open_desk": None, "protected": lambda: True, "recover": lambda *_: "", **other}
    return Entrance(**given)


def test_wrong_passwords_are_told_and_a_right_one_comes_in(monkeypatch):
    seen = []

    def enter(person):
        seen.append((person.name, person.password))
        if person.password != SECRET:
            raise SignInError(Sentence("姓名或密码不对，没有打开"), 0)
        return "in"

    def second(dialog):
        assert dialog.wrong.text() == "姓名或密码不对，没有打开"
        assert dialog.password == ""
        answer(dialog, CHIEF, SECRET)

    left = answering(monkeypatch, SignInDialog, lambda dialog: answer(dialog, CHIEF, "wrong"), second)
    assert ask_person(entrance(name=CHIEF), SAY, enter) == "in"
    assert seen == [(CHIEF, "wrong"), (CHIEF, SECRET)]
    assert left == []


def test_whoever_leaves_is_not_let_in_and_what_no_password_mends_is_not_asked_again(monkeypatch):
    answering(monkeypatch, SignInDialog, None)
    assert ask_person(entrance(), SAY, lambda person: "in") is None

    def refuse(_):
        raise DeskError(Sentence("已在另一个窗口中打开"))

    answering(monkeypatch, SignInDialog, lambda dialog: answer(dialog, CHIEF, SECRET))
    with pytest.raises(DeskError):
        ask_person(entrance(), SAY, refuse)


def test_a_wait_is_counted_down_and_nothing_is_tried_meanwhile():
    dialog = SignInDialog(SAY, title="登录", about="")
    tried = []
    dialog.tried.connect(lambda: tried.append(True))
    dialog.refuse(SignInError(Sentence("请等"), 2))
    answer(dialog, CHIEF, SECRET)
    assert tried == []
    dialog._tick.timeout.emit()
    assert dialog.wrong.text() == "密码连续输错，请等 1 秒后再试"
    dialog._tick.timeout.emit()
    answer(dialog, CHIEF, SECRET)
    assert tried == [True]
    dialog.deleteLater()


def test_enter_goes_from_the_name_to_the_password_and_no_empty_password_is_tried():
    dialog = SignInDialog(SAY, title="登录", about="")
    tried = []
    dialog.tried.connect(lambda: tried.append(True))
    dialog.show()
    QTest.keyClicks(dialog._name, "abc")
    QTest.keyClick(dialog._name, Qt.Key.Key_Return)
    QTest.keyClick(dialog._box.first, Qt.Key.Key_Return)
    assert tried == []
    QTest.keyClicks(dialog._box.first, SECRET)
    QTest.keyClick(dialog._box.first, Qt.Key.Key_Return)
    assert tried == [True]
    dialog.deleteLater()


def test_a_menu_that_is_open_is_closed_by_the_lock(guarded):
    menu = guarded.window.findChild(HandlerButton).offer()
    menu.popup(guarded.window.pos())
    guarded.window.lock.lock()
    guarded.settle()
    assert not [top for top in QApplication.topLevelWidgets() if isinstance(top, QMenu) and top.isVisible()]
    answer(guarded.window.lock.dialog, CHIEF, SECRET)
    guarded.settle()


@pytest.mark.parametrize("passing", [Qt.WindowType.Popup, Qt.WindowType.ToolTip])
def test_what_only_passes_over_a_window_is_gone_before_anybody_is_asked_who_they_are(guarded, passing):
    """The guard: `_PASSING` in `_cover_all`. A tip may show a whole name, and no cover fits on it."""
    tip = QLabel("山东鲁泉食品有限公司", guarded.window, passing)
    tip.show()
    guarded.window.lock.lock()
    guarded.settle()
    assert not tip.isVisible()
    assert not tip.findChildren(Cover)
    answer(guarded.window.lock.dialog, CHIEF, SECRET)
    guarded.settle()
    tip.deleteLater()


def test_capitals_that_are_locked_are_told():
    dialog = SignInDialog(SAY, title="登录", about="")
    line, hint = dialog._box.first, dialog._box.capitals
    for text, modifier, told in (
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("1", Qt.KeyboardModifier.NoModifier, False),
    ):
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text))
        assert hint.isHidden() is not told
    dialog.deleteLater()


def test_the_first_start_founds_an_office_with_an_administrator_and_shows_the_code(monkeypatch):
    founded, shown = [], []

    def found(office, **administrator):
        founded.append((office.name, administrator))
        if len(founded) == 1:
            raise DeskError(Sentence("机构代码应为 6 位或以上数字"))
        return "0000-" * 7 + "0000"

    def fill(dialog):
        dialog.accept()
        assert "机构名称" in dialog.wrong.text()
        for line, text, lacking in (
            (dialog.name, "济南市历下区人力资源和社会保障局", "机构代码"),
            (dialog.code, "37", "文号字头"),
            (dialog.prefix, "济历下人社受", "管理员姓名"),
        ):
            line.setText(text)
            dialog.accept()
            assert lacking in dialog.wrong.text()  # and Enter has led there
        dialog._administrator.setText(CHIEF)
        dialog._box.first.setText(SECRET)
        dialog.accept()
        assert "两次输入一致" in dialog.wrong.text()
        dialog._box.second.setText(SECRET)
        dialog.accept()

    def again(dialog):
        assert "机构代码" in dialog.wrong.text()
        assert not dialog.wrong.isHidden()
        dialog.accept()

    answering(monkeypatch, OfficeDialog, fill, again)
    answering(monkeypatch, CodeDialog, lambda dialog: shown.append(dialog.code.text()))
    person = ask_office(entrance(found=found), SAY)
    assert (person.name, person.password) == (CHIEF, SECRET)
    assert founded[1] == ("济南市历下区人力资源和社会保障局", {"administrator": CHIEF, "password": SECRET})
    assert shown[0].count("0000") == 8


def test_the_level_follows_the_code_until_somebody_chooses_another():
    dialog = OfficeDialog(SAY)
    for code, level in (
        ("370102001", Level.STREET),
        ("37010", Level.STREET),
        ("370102", Level.DISTRICT),
        ("370100", Level.CITY),
    ):
        dialog.code.clear()
        QTest.keyClicks(dialog.code, code)
        assert dialog.office.level is level
    dialog.level.activated.emit(dialog.level.currentIndex())
    dialog.code.clear()
    QTest.keyClicks(dialog.code, "370102001")
    assert dialog.office.level is Level.CITY
    dialog.deleteLater()


def test_the_code_is_not_closed_before_it_is_on_paper(monkeypatch):
    dialog = CodeDialog("ABCD-" * 7 + "ABCD", SAY, office="济南市历下区人力资源和社会保障局")
    dialog.show()
    assert not dialog.done_.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    assert "只显示这一次" in dialog.wrong.text()
    assert "ABCD-ABCD" in dialog.paper().toPlainText()
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    dialog.print_.click()
    assert "没有可用的打印机" in dialog.wrong.text()
    assert "PDF" not in dialog.wrong.text()  # which would be no safe
    dialog.copied.setChecked(True)
    dialog.done_.click()
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_an_administrator_who_forgot_is_recovered_at_the_door(monkeypatch):
    asked = []

    def recover(code, name, password):
        asked.append((code, name, password))
        if len(asked) == 1:
            raise DeskError(Sentence("恢复码有抄错的地方，请逐组核对"))
        return "ABCD-" * 7 + "ABCD"

    def fill(dialog):
        assert not dialog.ok.isEnabled()
        dialog._code.setText("0000")
        dialog._name.setText(CHIEF)
        for line in (dialog._box.first, dialog._box.second):
            line.setText("found again")
        dialog.ok.click()

    def again(dialog):
        assert "抄错" in dialog.wrong.text()
        dialog.accept()

    told = []
    monkeypatch.setattr("jinan_desk.gui.entrance.QMessageBox.information", lambda *texts: told.append(texts[-1]))
    answering(monkeypatch, RecoverDialog, fill, again)
    answering(monkeypatch, CodeDialog, lambda dialog: None)

    def forget(dialog):
        dialog.forgot.click()
        assert dialog.name == CHIEF
        assert dialog.focusWidget() is dialog._box.first

    answering(monkeypatch, SignInDialog, forget)
    assert ask_person(entrance(recover=recover), SAY, lambda person: "in") is None
    assert asked == [("0000", CHIEF, "found again")] * 2
    assert CHIEF in told[0]


def test_the_dialog_for_the_recovery_code_is_whole_before_a_smaller_one():
    """Guard: `FittingDialog._room`; nothing larger than the sign-in stands behind it."""
    behind = QDialog()
    behind.resize(300, 200)
    behind.show()
    dialog = RecoverDialog(SAY, parent=behind)
    dialog.show()
    for line, text in ((dialog._code, "ABCD"), (dialog._name, CHIEF)):
        line.setText(text)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog._box.first
    QApplication.processEvents()
    assert dialog._box.height() >= dialog._box.minimumSizeHint().height()
    assert dialog.height() >= dialog.layout().totalHeightForWidth(dialog.width())
    dialog.refuse("恢复码有抄错的地方，请逐组核对")
    assert dialog.focusWidget() is dialog._code
    dialog.deleteLater()
    behind.deleteLater()


def test_every_control_at_the_door_has_a_name():
    for dialog in (SignInDialog(SAY, title="登录", about=""), OfficeDialog(SAY), RecoverDialog(SAY)):
        for line in dialog.findChildren(QLineEdit):
            assert line.accessibleName(), (type(dialog).__name__, line.placeholderText())
        assert all(label.wordWrap() or len(label.text()) < 40 for label in dialog.findChildren(QLabel))
        dialog.deleteLater()


# Roles --------------------------------------------------------------------------------------------------------------


def test_who_may_not_enter_cases_is_told_before_typing_and_who_may_goes_on(guarded):
    guarded.choose(6)
    guarded.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    guarded.settle()
    assert "“经办员”角色" in guarded.window.status.text
    assert not guarded.desk.editing
    context = guarded.sitting.context
    clerk = guarded.sitting.store.wait(lambda: context.desk.by(CLERK, SECRET))
    context.seat(clerk)
    guarded.settle()
    guarded.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    guarded.settle()
    assert guarded.desk.editing
    case = guarded.sitting.store.wait(lambda: clerk.cases.enter("06A", clerk.today(), {})).row.case
    guarded.window.open_case(case)
    guarded.settle()
    assert guarded.desk.editor.bar.save.isVisible()
    context.seat(guarded.sitting.store.wait(lambda: context.desk.by(CHIEF, SECRET)))
    guarded.settle()
    assert not guarded.desk.editor.bar.save.isVisible()
    assert all(step.refusal is not None for step in guarded.desk.editor.steps)


# The whole way ------------------------------------------------------------------------------------------------------


class Visitor(QObject):
    """Does to each dialog or window that comes what it was told to do with one of its kind, in turn."""

    def __init__(self, *steps):
        super().__init__()
        self.left = list(steps)
        self._done = set()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(10)

    def _look(self):
        for top in QApplication.topLevelWidgets():
            if self.left and top.isVisible() and isinstance(top, self.left[0][0]) and id(top) not in self._done:
                self._done.add(id(top))
                _, act = self.left.pop(0)
                QTimer.singleShot(0, partial(act, top))  # what it opens is waited for inside
                break
        if not self.left:
            self._timer.stop()


def start(folder, tmp_path):
    """The program as it starts; answers its exit status."""
    return application.run(
        Entrance(
            open_desk=lambda translate, *who: app.open_desk(folder, *who, translate=translate),
            protected=lambda: app.is_protected(folder),
            recover=lambda *answers: app.recover(folder, *answers),
            found=None if app.is_founded(folder) else lambda office, **who: app.found(folder, office, **who),
        ),
        report=lambda error: tmp_path / "crash",
        font_file=app.font_file,
        translator=app.translate_into,
        preferences=lambda: read_preferences(folder),
    )


def test_from_the_first_start_over_a_forgotten_password_to_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(keyring, "COST", keyring.Cost(2, 1, 1))
    folder, codes, seen = tmp_path / "fresh", [], []

    def fill_office(dialog):
        for line, text in ((dialog.name, OFFICE.name), (dialog.code, OFFICE.code), (dialog.prefix, OFFICE.prefix)):
            line.setText(text)
        dialog._administrator.setText(CHIEF)
        for line in (dialog._box.first, dialog._box.second):
            line.setText(SECRET)
        dialog.found.click()

    def copy_down(dialog):
        codes.append(dialog.code.text().replace("\n", "").replace(" ", ""))
        dialog.copied.setChecked(True)
        dialog.done_.click()

    def look(window):
        seen.append(window._context.desk.account)
        window.close()

    def recover(dialog):
        dialog._code.setText(codes[0])
        dialog._name.setText(CHIEF)
        for line in (dialog._box.first, dialog._box.second):
            line.setText("found again")
        dialog.ok.click()

    first = Visitor((OfficeDialog, fill_office), (CodeDialog, copy_down), (Window, look))
    assert start(folder, tmp_path) == 0
    assert first.left == []
    again = Visitor(
        (SignInDialog, lambda dialog: dialog.forgot.click()),
        (RecoverDialog, recover),
        (CodeDialog, copy_down),
    )
    then = Visitor((Window, look))
    monkeypatch.setattr(
        "jinan_desk.gui.entrance.QMessageBox.information",
        lambda parent, *_: QTimer.singleShot(0, lambda: answer(parent, CHIEF, "found again")),
    )
    assert start(folder, tmp_path) == 0
    assert (again.left, then.left) == ([], [])
    assert seen == [CHIEF, CHIEF]
    assert codes[0] != codes[1]


def test_somebody_who_leaves_at_the_door_sees_no_window(tmp_path, monkeypatch):
    monkeypatch.setattr(keyring, "COST", keyring.Cost(2, 1, 1))
    folder = tmp_path / "left"
    app.found(folder, OFFICE, administrator=CHIEF, password=SECRET)
    visitor = Visitor((SignInDialog, lambda dialog: dialog.reject()))
    assert start(folder, tmp_path) == 0
    assert visitor.left == []
