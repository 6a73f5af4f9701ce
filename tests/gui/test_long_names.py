"""Names as long as they may be and large amounts: whatever is cut can be read in a tip, and what is said first stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel

from jinan_desk.gui.cell_drawing import BESIDE
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.gallery_long import PERSON, UNIT, long_names
from jinan_desk.gui.page_head import PageHead
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.listing import Order
from tests.gui.walk import programme_of

TIP = Qt.ItemDataRole.ToolTipRole


def keep_long(hall):
    """The case with long names, open."""
    show = dict(long_names(hall.window, hall.sitting.context, lambda row: None))["long-case"]
    show()
    hall.settle()
    return hall.desk.editor


def tip_of(control):
    """The tip that comes where somebody waits over a control."""
    where = QPoint(5, 5)
    QApplication.sendEvent(control, QHelpEvent(QEvent.Type.ToolTip, where, control.mapToGlobal(where)))
    return control.toolTip()


def test_a_text_that_is_cut_in_its_field_is_whole_in_the_tip_before_the_help(hall):
    form = keep_long(hall).form
    name = form.box("applicant_name").control
    assert tip_of(name) == f"{UNIT}\n营业执照上的全称"
    name.setText("济南有限公司")
    assert tip_of(name) == "营业执照上的全称"


def test_the_tip_of_a_masked_number_shows_no_more_than_the_field(hall):
    phone = keep_long(hall).form.box("phone").control
    phone.setFixedWidth(40)
    assert tip_of(phone).startswith("*********0900")


def test_a_cell_that_is_too_narrow_says_its_whole_text_in_the_tip_and_a_masked_one_what_it_shows(hall):
    model = keep_long(hall).roster.model
    assert model.index(0, 1).data(TIP) == PERSON
    assert model.index(0, 0).data(TIP) == model.index(0, 0).data()
    assert "*" in model.index(0, 2).data(TIP)


def test_the_name_of_the_office_yields_to_the_title_of_the_page(hall):
    hall.window.resize(911, 512)
    hall.window.show_article(2)
    head = hall.window.findChild(PageHead)
    title, office = head.findChildren(ElidedLabel)
    office.setText("济南市新旧动能转换起步区崔寨街道办事处便民服务中心人力资源和社会保障公共服务平台" * 3)
    hall.settle()
    assert title.width() >= title.sizeHint().width()
    assert office.width() < office.fontMetrics().horizontalAdvance(office.text())


def test_the_heading_over_the_cases_of_a_unit_says_its_whole_name_in_the_tip(hall):
    sights = dict(long_names(hall.window, hall.sitting.context, lambda row: None))
    for name in ("long-case", "long-people", "long-people-one"):
        sights[name]()
        hall.settle()
    headings = [label.toolTip() for label in hall.window.page("people").findChildren(QLabel) if label.property("role") == "heading"]
    assert f"{UNIT} 的办件" in headings


def test_an_amount_is_never_cut_in_a_list_of_cases(hall):
    facts = {**programme_of("06A").examples[0].facts, "premium_paid": "999999999999.98"}
    hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.enter("06A", date(2020, 6, 10), facts))
    hall.window.resize(911, 512)
    hall.window.show_page("cases")
    hall.settle()
    table = hall.window.page("cases").list.table
    section = table.model().section(Order.AMOUNT)
    assert table.model().index(0, section).data() == "499,999,999,999.99"
    needed = table.fontMetrics().horizontalAdvance("499,999,999,999.99") + 2 * BESIDE
    assert needed <= table.columnWidth(section)
    assert table.columnViewportPosition(section) + table.columnWidth(section) <= table.viewport().width()


@pytest.mark.parametrize("width", [300, 420, 600])
def test_a_number_is_never_cut_in_a_table(qtbot, width):
    model = TableModel([Head("名称"), Head("件数", 60, numeric=True), Head("金额", 80, numeric=True)])
    model.show_rows([("就业补助资金" * 4, 1, Decimal("500000000000.00"))])
    table = Table(model, "表", [head.width for head in model.heads])
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    assert table.fontMetrics().horizontalAdvance("500,000,000,000.00") + 12 <= table.columnWidth(2)


def test_days_off_in_the_calendar_have_the_colour_of_the_window(hall):
    day = keep_long(hall).form.box("on").control
    day._pick()
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    assert calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color() == hall.sitting.context.look.colour("bad")
    calendar.parentWidget().close()
