"""What is typed keeps itself, is offered at the next start, and is lost to nothing: closing, killing, a crash."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from jinan_desk import app
from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.crash import CrashDialog
from jinan_desk.gui.drafts_bar import DraftsDialog
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.listing import CaseFilter
from tests.gui.test_entry_walk import CONTROL, REFUND, begin_refund
from tests.gui.test_roster import begin_roster

ROOT = Path(__file__).parents[2]


def drafts(hall):
    return hall.sitting.store.wait(hall.sitting.context.desk.drafts.all)


def type_and_keep(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND[:2])
    hall.settle()
    hall.window.keep()
    hall.settle()
    return desk


def raises(error):
    def refuse(*given, **named):  # noqa: ARG001
        raise error

    return refuse


def leave(hall):
    """What a program that was killed leaves behind: the draft in the store, and an editor that knows nothing."""
    desk = type_and_keep(hall)
    kept = drafts(hall)[0]
    desk.editor.bar.discard.click()
    hall.settle()
    assert drafts(hall) == []
    store = hall.sitting.context.desk.drafts
    hall.sitting.store.wait(lambda: store.keep(kept.place, kept.entry, case=kept.case))
    hall.window.drafts.refresh()
    hall.settle()


def open_list(hall):
    hall.window.drafts.look.click()
    hall.settle()
    return hall.window.findChild(DraftsDialog)


def test_what_is_typed_is_a_draft_until_it_is_saved(hall):
    desk = type_and_keep(hall)
    assert [draft.entry.texts["applicant_name"] for draft in drafts(hall)] == ["山东鲁泉食品有限公司"]
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert desk.editor.case
    assert drafts(hall) == []


def test_what_is_taken_back_is_no_draft_any_more(hall):
    desk = type_and_keep(hall)
    desk.editor.bar.discard.click()
    hall.settle()
    assert drafts(hall) == []


def test_a_draft_is_offered_and_gone_on_with(hall):
    leave(hall)
    assert hall.window.drafts.isVisible()
    assert "1 件" in hall.window.drafts.text
    dialog = open_list(hall)
    assert dialog.table.model().index(0, 1).data() == "山东鲁泉食品有限公司"
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    desk = hall.desk
    assert desk.editor.dirty
    assert desk.editor.draft.text("applicant_name") == "山东鲁泉食品有限公司"
    assert not hall.window.drafts.isVisible()
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert drafts(hall) == []
    hall.window.drafts.refresh()
    hall.settle()
    assert not hall.window.drafts.isVisible()


def test_undo_takes_back_what_was_typed_since_and_never_the_draft(hall):
    """The guard: one key too many after a draft was taken up throws nothing away, and leaves it kept."""
    leave(hall)
    open_list(hall)
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    draft = hall.desk.editor.draft
    hall.desk.editor.form.box("contact").control.setFocus()
    hall.fill("王敏")
    for _ in range(3):
        hall.press(Qt.Key.Key_Z, CONTROL)
    assert (draft.text("contact"), draft.text("applicant_name")) == ("", "山东鲁泉食品有限公司")
    assert "放弃修改" in hall.window.status.text
    assert not hall.desk.editor.bar.undo.isEnabled()
    assert len(drafts(hall)) == 1
    hall.desk.editor.bar.discard.click()
    hall.settle()
    assert draft.text("applicant_name") == ""


def test_undo_changes_nothing_of_a_case_that_is_locked(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_Down)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    hall.step(1, asked=False)
    hall.step(1, asked=False)
    assert desk.editor.locked
    assert hall.focus is desk.editor
    hall.press(Qt.Key.Key_Z, CONTROL)
    hall.settle()
    assert not desk.editor.dirty
    assert desk.editor.draft.text("category") == "一般参保企业"


def test_a_draft_is_given_up_only_at_the_second_press(hall):
    leave(hall)
    dialog = open_list(hall)
    dialog.give_up.click()
    hall.settle()
    assert len(drafts(hall)) == 1
    assert "确认" in dialog.give_up.text()
    dialog.give_up.click()
    hall.settle()
    assert drafts(hall) == []
    assert not hall.window.drafts.isVisible()


def test_a_draft_of_a_case_that_went_on_says_so(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    case = desk.editor.case
    desk.editor.form.box("contact").control.setFocus()
    hall.fill("王敏")
    hall.window.keep()
    hall.settle()
    (kept,) = drafts(hall)
    desk.editor.bar.discard.click()
    hall.settle()
    cases, store = hall.sitting.context.desk.cases, hall.sitting.context.desk.drafts
    view = cases.view

    def go_on():
        store.keep(kept.place, kept.entry, case=case)
        facts = dict(view(case).facts)
        cases.change(case, date(2020, 3, 20), {**facts, "bank_name": "齐鲁银行泉城支行"})

    hall.sitting.store.wait(go_on)
    hall.window.drafts.refresh()
    hall.settle()
    dialog = open_list(hall)
    assert "又有改动" in dialog.table.model().index(0, 3).data()
    dialog.go_on.click()
    hall.settle()
    assert "又有改动" in hall.window.status.text
    assert desk.editor.draft.text("contact") == "王敏"
    assert desk.editor.case == case


def test_two_entries_begun_one_after_the_other_do_not_share_a_draft(hall):
    leave(hall)
    begin_refund(hall)
    hall.fill("", "济南历泉机械制造有限公司")
    hall.window.keep()
    hall.settle()
    assert {draft.entry.texts["applicant_name"] for draft in drafts(hall)} == {
        "山东鲁泉食品有限公司", "济南历泉机械制造有限公司",
    }


def test_what_is_typed_while_a_save_is_under_way_is_not_taken_for_saved(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND[:2])
    hall.settle()
    desk.editor.saving.save()
    desk.editor.draft.set_text("contact", "王敏")
    hall.settle()
    assert desk.editor.dirty
    assert desk.editor.draft.text("contact") == "王敏"
    desk.editor.saving.save()
    hall.settle()
    assert not desk.editor.dirty
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(desk.editor.case))
    assert view.facts["contact"] == "王敏"


def test_the_window_is_closed_without_a_question_and_nothing_is_lost(hall):
    begin_refund(hall)
    hall.fill(*REFUND[:2])
    assert hall.window.close()
    assert [draft.entry.texts["applicant_name"] for draft in drafts(hall)] == ["山东鲁泉食品有限公司"]


def test_an_open_cell_is_kept_when_the_window_is_closed(hall):
    begin_roster(hall)
    hall.keys("370")
    assert hall.window.close()
    assert drafts(hall)[0].entry.lines[0].texts[0] == "370"


def test_somebody_is_asked_where_nothing_can_be_kept(hall, monkeypatch):
    begin_refund(hall)
    hall.fill(*REFUND[:2])

    asked = []
    monkeypatch.setattr(Drafts, "keep", raises(DeskError(Sentence("磁盘已满"))))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.informativeText()))
    assert not hall.window.close()
    assert asked == ["磁盘已满"]
    hall.desk.editor.draft.stack.setClean()


def break_the_store(hall):
    hall.sitting.context.store.ask(lambda: 1 / 0, lambda result: None, owner=hall.window)


def break_the_reckoning(hall):
    hall.sitting.context.reckoner.ask(lambda: 1 / 0, lambda result: None, owner=hall.window)


def break_a_slot(hall):
    """In the event loop, where only the interpreter's hook hears of it."""
    timer = QTimer(hall.window)
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: 1 / 0)
    timer.start(0)


@pytest.mark.parametrize("strike", [break_the_store, break_the_reckoning, break_a_slot])
def test_a_bug_keeps_the_draft_opens_the_dialog_and_the_window_goes_on(hall, monkeypatch, strike):
    desk = begin_refund(hall)
    hall.fill(*REFUND[:2])
    told = []
    monkeypatch.setattr(CrashDialog, "show", lambda dialog: told.append(dialog.text.toPlainText()))
    monkeypatch.setattr(sys, "excepthook", hall.sitting._crashes._hook)
    strike(hall)
    with pytest.raises(ZeroDivisionError):
        hall.settle()
    hall.crashes.clear()
    hall.settle()
    assert len(told) == 1
    assert [draft.entry.texts["applicant_name"] for draft in drafts(hall)] == ["山东鲁泉食品有限公司"]
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert desk.editor.case


_TYPING = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtTest import QTest
from jinan_desk import app
from jinan_desk.gui.application import Sitting, make_application
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.look import LIGHT, Look, dress
folder = Path(sys.argv[1])
application = make_application()
look = Look(LIGHT)
dress(application, look)
report = lambda error: Path(sys.argv[1], "crash.txt")
with Sitting(lambda: app.open_desk(folder, "苏敏", today=lambda: date(2020, 3, 20)), Crashes(report), look) as sitting:
    sitting.window.show()
    sitting.window.show_article(6)
    desk = sitting.window.measures.desk
    desk.start()
    desk.editor.keeper.kept.connect(lambda: print("kept", flush=True))
    QTest.keyClicks(desk.editor.form.box("applicant_name").control, "Luquan")
    application.exec()
"""


def test_a_draft_outlives_a_window_that_is_killed_in_the_middle_of_typing(office):
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    command = [sys.executable, "-c", _TYPING, str(office)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == "kept\n"
        typing.send_signal(signal.SIGKILL)
    with app.open_desk(office, "苏敏") as desk:
        (draft,) = desk.drafts.all()
        assert draft.entry.texts["applicant_name"] == "Luquan"
        assert desk.cases.count(CaseFilter()) == 0


# What cannot be saved yet ----------------------------------------------------------------------------------------------


def begin_wrong(hall):
    """A refund in which somebody was dismissed nine and a half times."""
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    type_over(hall, "dismissed", "9.5")
    return desk


def type_over(hall, key, text):
    control = hall.desk.editor.form.box(key).control
    control.setFocus()
    hall.press(Qt.Key.Key_A, CONTROL)
    hall.fill(text)
    hall.settle()


def save_refund(hall):
    """A refund that is stored; its case."""
    begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    return hall.desk.editor.case


def test_a_new_case_with_something_wrong_is_kept_aside_when_the_next_one_is_begun(hall):
    desk = begin_wrong(hall)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    assert not desk.editor.dirty
    assert desk.editor.draft.text("applicant_name") == ""
    assert "山东鲁泉食品有限公司" in hall.window.status.text
    assert "1 件" in hall.window.drafts.text
    dialog = open_list(hall)
    assert "1 处待改正" in dialog.table.model().index(0, 3).data()
    dialog.go_on.click()
    hall.come_back()
    assert desk.editor.draft.text("dismissed") == "9.5"
    type_over(hall, "dismissed", "9")
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert desk.editor.case
    assert drafts(hall) == []


def test_a_new_case_that_could_be_saved_is_kept_aside_and_made_no_case(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    assert desk.editor.draft.text("applicant_name") == ""
    assert hall.focus is desk.editor.form.box("applicant_name").control
    assert "已留存为草稿" in hall.window.status.text
    assert [draft.entry.texts["applicant_name"] for draft in drafts(hall)] == ["山东鲁泉食品有限公司"]
    assert hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.rows(CaseFilter())) == []


def test_another_case_can_be_opened_while_one_is_wrong(hall):
    case = save_refund(hall)
    desk = begin_wrong(hall)
    desk.open(case)
    hall.settle()
    assert desk.editor.case == case
    assert not desk.editor.dirty
    assert [draft.entry.texts["dismissed"] for draft in drafts(hall)] == ["9.5"]
    assert hall.window.drafts.isVisible()


def test_two_cases_put_aside_do_not_share_a_draft(hall):
    begin_wrong(hall)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    begin_wrong(hall)
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    assert len(drafts(hall)) == 2


def test_a_stored_case_is_gone_on_with_where_it_was_left(hall):
    case = save_refund(hall)
    desk = hall.desk
    type_over(hall, "dismissed", "9.5")
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    assert desk.editor.case == ""
    view = hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.view(case))
    assert view.facts["dismissed"] == 9
    desk.open(case)
    hall.settle()
    assert desk.editor.draft.text("dismissed") == "9.5"
    assert not hall.window.drafts.isVisible()
    desk.editor.bar.discard.click()
    hall.settle()
    assert desk.editor.draft.text("dismissed") == "9"
    assert drafts(hall) == []


def test_what_goes_on_being_typed_while_it_is_put_aside_is_in_the_draft(hall):
    desk = begin_wrong(hall)
    gone = []
    desk.editor.saving.leave(lambda: gone.append(True))
    desk.editor.draft.set_text("contact", "王敏")
    hall.settle()
    assert gone == [True]
    assert [draft.entry.texts["contact"] for draft in drafts(hall)] == ["王敏"]


def test_what_cannot_be_kept_stays_in_the_editor(hall, monkeypatch):
    desk = begin_wrong(hall)
    monkeypatch.setattr(Drafts, "keep", raises(DeskError(Sentence("磁盘已满"))))
    hall.press(Qt.Key.Key_N, CONTROL)
    hall.settle()
    assert desk.editor.draft.text("dismissed") == "9.5"
    assert hall.window.status.text == "磁盘已满"
