"""The answer beside the editor is as wide as there is room, and no wider."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.gui.test_workdesk import REFUND


def banner(hall, width):
    """The amount and the word of the verdict, in a panel that is so wide."""
    panel = hall.desk.answer
    panel.setFixedWidth(width)
    hall.settle()
    labels = {label.property("role"): label for label in panel.findChildren(QLabel)}
    return labels["amount"], labels["verdict"]


def test_the_amount_stands_below_the_verdict_where_there_is_no_room_beside_it(hall):
    hall.choose(6)
    hall.desk.start()
    hall.desk.editor.draft.fill({key: str(value) for key, value in REFUND.items()})
    hall.settle()
    amount, word = banner(hall, 420)
    assert amount.geometry().top() < word.geometry().bottom()
    amount, word = banner(hall, 170)
    assert amount.geometry().top() >= word.geometry().bottom()
    assert hall.desk.answer.widget().width() <= hall.desk.answer.viewport().width()
