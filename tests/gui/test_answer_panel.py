"""The answer beside the editor is as wide as there is room, and no wider, and as high as its texts need."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QLabel

from jinan_desk.gui.answer import StepLine
from jinan_desk.gui.working import Working
from jinan_desk.services.demo import hires, unit
from tests.gui.test_workdesk import REFUND

WITH_ROSTER = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 12)}


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


def test_a_value_of_the_working_stands_below_a_label_that_it_would_squeeze(qtbot):
    working = Working("Calculation")
    qtbot.addWidget(working)
    label, value = "Local average monthly unemployment benefit in December of last year", "1,503.40 yuan/month"
    working.show_steps([StepLine(label, value, "")], complete=False)

    def places(width):
        working.resize(width, 300)
        working.show()
        QCoreApplication.processEvents()
        shown = {one.text(): one for one in working.findChildren(QLabel) if one.isVisible()}
        return shown[label].mapTo(working, QPoint()), shown[value].mapTo(working, QPoint())

    (at, beside), (above, below) = places(700), places(200)
    assert at.y() == beside.y()
    assert above.y() < below.y()


@pytest.mark.parametrize(("code", "facts"), [("02B", WITH_ROSTER), ("06A", REFUND)])
def test_no_line_of_a_stored_answer_is_squeezed(hall, code, facts):
    context = hall.sitting.context
    entered = []
    context.store.ask(
        lambda: context.desk.cases.enter(code, date(2020, 6, 10), facts), entered.append, owner=hall.window
    )
    hall.settle()
    hall.window.open_case(entered[0].row.case)
    hall.settle()
    labels = [label for label in hall.desk.answer.findChildren(QLabel) if label.isVisible() and label.text()]
    assert len(labels) > 3
    for label in labels:
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()
