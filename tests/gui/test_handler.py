"""Another person sits down at the desk: what is done from then on carries that name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from jinan_desk.gui.handler import HandlerButton, HandlerDialog


def ask(hall):
    hall.window.findChild(HandlerButton).click()
    hall.settle()
    dialog = hall.window.findChild(HandlerDialog)
    assert QApplication.focusWidget() is dialog.name
    return dialog


def test_a_name_is_typed_and_offered_the_next_time(hall):
    ask(hall)
    hall.fill("韩立")
    hall.settle()
    assert "韩立" in hall.window.findChild(HandlerButton).text()
    assert "韩立" in hall.window.status.text
    desk = hall.sitting.context.desk
    view = hall.sitting.store.wait(lambda: desk.cases.enter("06A", desk.today(), {"applicant_name": "山东鲁泉食品有限公司"}))
    assert view.revision.account == "韩立"
    dialog = ask(hall)
    assert [dialog.names.item(row).text() for row in range(dialog.names.count())] == []
    dialog.reject()
    hall.settle()
    ask(hall)
    hall.fill("苏敏")
    hall.settle()
    dialog = ask(hall)
    assert [dialog.names.item(row).text() for row in range(dialog.names.count())] == ["韩立"]
    hall.press(Qt.Key.Key_Backtab)
    hall.press(Qt.Key.Key_Down)
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.sitting.context.desk.account == "韩立"


def test_nobody_sits_down_without_a_name(hall):
    dialog = ask(hall)
    hall.fill("  ")
    hall.settle()
    assert dialog.isVisible()
    assert "姓名" in dialog.wrong.text()
    assert hall.sitting.context.desk.account == "苏敏"
    dialog.reject()
