"""Printing from the window, and what is refused in it."""

from PySide6.QtCore import QCoreApplication, Qt

from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.print_dialog import PrintDialog
from tests.gui.test_entry_walk import CONTROL, REFUND, begin_refund


def save_refund(hall):
    desk = begin_refund(hall)
    hall.fill(*REFUND)
    hall.press(Qt.Key.Key_Down)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    return desk


def test_the_forms_of_a_case_are_previewed_saved_and_printed(hall, tmp_path):
    desk = save_refund(hall)
    hall.press(Qt.Key.Key_P, CONTROL)
    hall.settle()
    dialog = next(part for part in hall.window.children() if isinstance(part, PrintDialog))
    titles = [dialog.forms.item(row).text() for row in range(dialog.forms.count())]
    assert titles[0] == "企业稳岗返还申请表"
    preview = dialog.preview
    assert preview.printed.pages == len(preview.sheets.sizes) >= 1
    seen = dialog.pages.grab().toImage()
    middle = seen.height() // 2
    assert any(seen.pixelColor(x, y).lightness() < 90 for x in range(seen.width()) for y in (middle, middle + 9))
    dialog.save_as(tmp_path / "申请表.xlsx")
    hall.settle()
    assert (tmp_path / "申请表.xlsx").stat().st_size > 1000
    folder = preview.path.parent
    dialog.close()
    hall.settle()
    assert not folder.exists()
    assert desk.editor.case


def test_a_refusal_is_a_message_and_a_bug_a_report(hall, monkeypatch):
    window, context = hall.window, hall.sitting.context
    shown = []
    monkeypatch.setattr("jinan_desk.gui.crash.CrashDialog.show", lambda dialog: shown.append(dialog.text.toPlainText()))

    def refuse():
        raise DeskError(Sentence("请先登记"))

    context.store.ask(refuse, print, owner=window)
    hall.settle()
    assert window.status.text == "请先登记"
    assert not shown
    context.store.ask(lambda: 1 // 0, print, owner=window)
    while not hall.crashes:
        hall.sitting.store.wait(lambda: None)
        QCoreApplication.processEvents()
    assert isinstance(hall.crashes.pop(), ZeroDivisionError)
    hall.settle()
    assert len(shown) == 1
