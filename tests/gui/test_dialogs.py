"""Every dialog on a small screen, in both languages: it fits, and no word of it is cut. What cannot be taken is refused
where it was typed, and stays."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.exceptions import capture_exceptions

from jinan_desk.core.workflow import Stage
from jinan_desk.gui.account_dialog import AccountDialog
from jinan_desk.gui.first_start import OfficeDialog
from jinan_desk.gui.fitting_dialog import Body
from jinan_desk.gui.fund_view import EntryDialog
from jinan_desk.gui.gallery_dialogs import dialogs, open_dialogs
from jinan_desk.gui.handler import SwitchDialog
from jinan_desk.gui.manual import ManualDialog
from jinan_desk.gui.print_dialog import PrintDialog
from jinan_desk.gui.reason import ReasonDialog
from jinan_desk.gui.step_dialog import StepDialog
from jinan_desk.services.funds import Funds
from tests.gui.conftest import OFFICE
from tests.gui.cuts import cut
from tests.gui.test_eyes import rows

SCREENS = {"100 %": QSize(1366, 768), "150 %": QSize(911, 512)}
"""In logical pixels."""
TITLE = 32
"""What a window's title takes of the height."""


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
        if isinstance(dialog, OfficeDialog) and dialog.findChild(Body).verticalScrollBar().maximum():
            faults.append(f"{name}: not all fields are in sight")
        if isinstance(dialog, ManualDialog) and dialog.text.horizontalScrollBar().maximum():
            faults.append(f"{name}: a picture is wider than there is room")
        least, taken = dialog.minimumSizeHint(), dialog.size()
        for what, needed in (("asks for", least), ("takes", taken)):
            if needed.width() > size.width() or needed.height() > size.height() - TITLE:
                faults.append(f"{name}: {what} {needed.width()} x {needed.height()}")
        dialog.done(0)
        hall.settle()
    assert faults == []


# What cannot be taken -------------------------------------------------------------------------------------------------

TOO_LONG = "长" * 10_000
UNSHOWN = "甲\x00\x1b乙"


def answer_reason(hall, dialog, text):
    """Type into a text of several lines and press Ctrl+Enter."""
    field = dialog.findChild(QPlainTextEdit)
    field.setPlainText(text)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hall.settle()
    return field


@pytest.mark.parametrize(("bad", "allowed"), [(TOO_LONG, "最多 2000 字"), (UNSHOWN, "无法显示的字符")])
@pytest.mark.parametrize("kind", ["step", "reason"])
def test_a_reason_that_cannot_be_kept_is_refused_where_it_was_typed_and_stays(hall, kind, bad, allowed):
    """The guard is `written` in `StepDialog.accept` and `ReasonDialog.accept`."""
    context, say = hall.sitting.context, hall.sitting.context.say
    if kind == "step":
        dialog = StepDialog(Stage.RETURNED, context, hall.window)
    else:
        dialog = ReasonDialog(hall.window, say, title="停用", asked="为何停用？", hint="写明原因。")
    dialog.open()
    hall.settle()
    field = answer_reason(hall, dialog, bad)
    assert dialog.isVisible()
    assert [label.text() for label in dialog.findChildren(QLabel) if allowed in label.text() and label.isVisible()]
    assert field.toPlainText() == bad
    assert field.hasFocus()
    answer_reason(hall, dialog, "账号填错，已改正")
    assert not dialog.isVisible()


def test_the_day_of_payment_may_be_typed_in_full_width(hall):
    dialog = StepDialog(Stage.PAID, hall.sitting.context, hall.window)
    dialog.open()
    for text, day in (("２０２０－０３－０２", date(2020, 3, 2)), ("2020/3/2", date(2020, 3, 2)), ("2020-02-30", None), ("9" * 10_000, None)):
        dialog.answer.setText(text)
        assert dialog.on == day
        assert dialog.ok.isEnabled() == (day is not None)


@pytest.mark.parametrize(
    ("year", "amount", "source", "told"),
    [
        ("9" * 10_000, "1000", "济财〔2020〕1号", "年度应写作四位数字"),
        ("2020", "9" * 10_000, "济财〔2020〕1号", "金额"),
        ("2020", "1,2,3.456", "济财〔2020〕1号", "金额"),
        ("2020", "-5", "济财〔2020〕1号", "金额"),
        ("2020", "1000", "", "请写明下达或调整的文件"),
        ("2020", "1000", TOO_LONG, "最多 2000 字"),
        ("2020", "1000", UNSHOWN, "无法显示的字符"),
    ],
)
def test_an_entry_of_the_fund_ledger_that_cannot_be_one_is_refused_and_all_of_it_stays(hall, year, amount, source, told):
    dialog = EntryDialog(2020, hall.sitting.context, hall.window)
    dialog.open()
    typed = {dialog.year: year, dialog.amount: amount, dialog.source: source}
    for field, text in typed.items():
        field.setText(text)
    dialog.source.setFocus()
    QTest.keyClick(dialog.source, Qt.Key.Key_Return)
    hall.settle()
    assert told in dialog.wrong.text()
    assert {field: field.text() for field in typed} == typed
    assert hall.sitting.store.wait(hall.sitting.context.desk.funds.entries) == []


def test_the_year_of_a_fund_may_be_typed_in_full_width(hall):
    dialog = EntryDialog(2020, hall.sitting.context, hall.window)
    dialog.open()
    for field, text in ((dialog.year, "２０２０"), (dialog.amount, "１０００"), (dialog.source, "济财〔2020〕1号")):
        field.setText(text)
    dialog.source.setFocus()
    QTest.keyClick(dialog.source, Qt.Key.Key_Return)
    hall.settle()
    (entry,) = hall.sitting.store.wait(hall.sitting.context.desk.funds.entries)
    assert (entry.year, entry.amount) == (2020, 100_000)


def stumble(_):
    raise ZeroDivisionError


def show_entry(context, window):
    dialog = EntryDialog(2020, context, window)
    dialog.source.setText("济财〔2020〕1号")
    return dialog, dialog.ok


def show_account(context, window):
    dialog = AccountDialog("增加账号", context, window)
    dialog._name.setText("韩立")
    dialog.show_for(lambda asked: lambda: stumble(asked), lambda result: None)
    return dialog, dialog.ok


def show_switch(context, window):
    dialog = SwitchDialog(context, window)
    dialog._name.setText("韩立")
    dialog._box.first.setText("long enough")
    return dialog, dialog.enter


@pytest.mark.parametrize("show", [show_entry, show_account, show_switch])
def test_a_bug_in_a_dialog_is_reported_leaves_what_was_typed_and_it_can_be_tried_again(hall, monkeypatch, show):
    """The guards are what `failed` does before it lets a bug go to the crash dialog."""
    dialog, button = show(hall.sitting.context, hall.window)
    dialog.open()
    typed = {line: line.text() for line in dialog.findChildren(QLineEdit)}
    desk = type(hall.sitting.context.desk)
    monkeypatch.setattr(Funds, "enter", lambda funds, *given, **named: stumble((funds, given, named)))
    monkeypatch.setattr(desk, "by", lambda desk, *given: stumble((desk, given)))
    with capture_exceptions() as caught:
        button.click()
        hall.settle()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert dialog.isVisible()
    assert {line: line.text() for line in typed} == typed
    assert button.isEnabled()
    dialog.done(0)


def test_enter_leads_through_the_fields_of_a_dialog_and_does_it_in_the_last(hall):
    """The guard: an account made with Enter after the name was refused before there could be a password."""
    dialog = AccountDialog("增加账号", hall.sitting.context, hall.window, password=True)
    made = []
    dialog.show_for(lambda asked: lambda: made.append(asked.name), lambda result: None)
    hall.settle()
    for text in ("zhou", "quancheng-2020", "quancheng-2020"):
        assert dialog.wrong.text() == ""
        hall.keys(text)
        hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert made == ["zhou"]
