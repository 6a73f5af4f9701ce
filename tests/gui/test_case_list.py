"""The list of cases: sorted, scrolled and selected by keyboard, whatever its length."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from jinan_desk.gui import case_model
from jinan_desk.gui.case_line import LEAST
from jinan_desk.gui.cell_drawing import BESIDE, fitting
from jinan_desk.services.listing import Order, Sorting

ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip
NAMES = [f"济南第{number:02}食品有限公司" for number in range(25)]


@pytest.fixture
def page(hall, monkeypatch):
    """The page of all cases, which reads ten of them at a time."""
    monkeypatch.setattr(case_model, "PAGE", 10)

    def enter():
        for name in NAMES:
            hall.sitting.context.desk.cases.enter("06A", date(2020, 3, 1), {"applicant_name": name})

    hall.sitting.store.wait(enter)
    hall.window.show_page("cases")
    hall.settle()
    page = hall.window.page("cases")
    page.list.table.setFocus()
    return page


def names(hall, page, rows=range(25)):
    """The names in these rows, each looked at until it has been read."""
    for row in rows:
        page.list.model.row(row)
        hall.settle()
    return [page.list.model.index(row, 0).data() for row in rows]


def test_a_list_knows_its_length_and_reads_only_the_pages_that_are_looked_at(hall, page, monkeypatch):
    read = []
    cases = hall.sitting.context.desk.cases
    at = type(cases).at
    monkeypatch.setattr(type(cases), "at", lambda self, numbers: read.append(len(numbers)) or at(self, numbers))
    model = page.list.model
    assert model.rowCount() == 25
    assert model.index(3, 0).data() == NAMES[21]
    assert names(hall, page, [24]) == [NAMES[0]]
    assert sum(read) < 25
    assert names(hall, page) == NAMES[::-1]


def test_lines_are_drawn_without_asking_the_model_cell_by_cell(hall, page, monkeypatch):
    asked = []
    table, model = page.list.table, page.list.model
    page.start_search()  # Qt itself draws the frame of the cursor
    hall.settle()
    data = type(model).data
    monkeypatch.setattr(type(model), "data", lambda self, index, role=0: asked.append(role) or data(self, index, role))
    table.viewport().repaint()
    assert asked == []


def test_cases_that_have_not_been_read_are_left_blank(page):
    table, model = page.list.table, page.list.model
    before = table.viewport().grab().toImage()
    model._pages.clear()
    model._fetch = lambda page: None
    blank = table.viewport().grab().toImage()
    assert blank != before
    model._pages.clear()
    assert table.viewport().grab().toImage() == blank


@pytest.mark.parametrize("width", [760, 900, 1200])
def test_what_a_clerk_looks_for_is_in_sight_in_a_small_window(hall, page, width):
    table, model = page.list.table, page.list.model
    table.resize(width, 400)
    hall.settle()
    always = [section for section in range(model.columnCount()) if model.column(section) in LEAST]
    assert {model.column(section) for section in always} == set(LEAST)
    for section in always:
        left = table.columnViewportPosition(section)
        assert 0 <= left <= left + table.columnWidth(section) <= table.viewport().width()


@pytest.mark.parametrize("width", [760, 900, 1200])
def test_a_limit_long_past_is_never_cut(page, width):
    """Without its year nobody would know how late a case is."""
    table = page.list.table
    table.resize(width, 400)
    section = page.list.model.section(Order.DUE)
    texts = ("2020-05-13 超1629工作日", "2020-05-13 剩12工作日", "2020-05-13 今天")
    assert max(map(table.fontMetrics().horizontalAdvance, texts)) + 2 * BESIDE <= table.columnWidth(section)


@pytest.fixture
def small(hall, page):
    """The list in a window of 1366 by 768 dots at 150 %."""
    hall.window.resize(911, 512)
    hall.settle()
    assert page.list.table.in_two
    return page.list.table


def test_where_there_is_little_room_every_case_has_two_lines_and_what_it_is_about_stands_on_them_whole(small):
    model, font = small.model(), small.font()
    assert small.rowHeight(0) >= 2 * small.fontMetrics().lineSpacing()
    for order, text in (
        (Order.APPLICANT, "济南众才人力资源服务有限公司"), (Order.PROGRAMME, "02B 一次性吸纳就业补贴"),
        (Order.NUMBER, "济历下泉办〔2020〕02B-0003号"), (Order.STAGE, "不予批准"), (Order.DUE, "2020-05-13 超1629工作日"),
    ):  # fmt: skip
        width = small.columnWidth(model.section(order)) - 2 * BESIDE
        shown = fitting(text, width, font, end=order is Order.NUMBER, in_two=True)
        assert "".join(shown.split()) == "".join(text.split())
        assert all(small.fontMetrics().horizontalAdvance(line) <= width for line in shown.split("\n"))


def test_a_text_too_long_for_two_lines_is_cut_at_the_end_of_the_second(small):
    shown = fitting("济南" * 40, 100, small.font(), end=False, in_two=True)
    assert shown.count("\n") == 1
    assert shown.endswith("…")
    assert fitting("济南" * 40, 100, small.font(), end=True, in_two=True).startswith("…")


def test_where_there_is_room_again_a_case_has_one_line(hall, small):
    hall.window.resize(1366, 768)
    hall.settle()
    assert not small.in_two
    assert small.rowHeight(0) == 32


def test_a_list_without_a_case_leaves_no_room_for_what_would_stand_below_it_and_has_nothing_to_scroll(hall, page):
    hall.window.resize(911, 512)
    hall.settle()
    full = page.list.table.height()
    assert page.list.table.horizontalScrollBar().isVisible()
    page.list.search("〇〇〇")
    hall.settle()
    assert page.list.table.height() > full
    assert not page.list.table.horizontalScrollBar().isVisible()


def test_a_number_gives_up_its_beginning_before_a_name_is_cut(page):
    table, model = page.list.table, page.list.model
    table.resize(1200, 400)
    assert table.columnWidth(0) >= 200
    assert 118 <= table.columnWidth(model.section(Order.NUMBER)) < 222


def test_a_width_that_somebody_has_chosen_is_kept(page):
    table = page.list.table
    table.resize(1300, 400)
    table.horizontalHeader().resizeSection(1, 171)
    table.resize(1310, 400)
    assert table.columnWidth(1) == 171


def test_heads_sort_and_a_second_click_turns_round(hall, page):
    head = page.list.table.horizontalHeader()
    section = page.list.model.section(Order.APPLICANT)
    head.sectionClicked.emit(section)
    hall.settle()
    assert names(hall, page) == NAMES
    head.sectionClicked.emit(section)
    hall.settle()
    assert names(hall, page) == NAMES[::-1]
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (section, Qt.SortOrder.DescendingOrder)


def test_the_keyboard_sorts_by_other_columns_and_in_other_directions(hall, page):
    model = page.list.model
    hall.press(Qt.Key.Key_Right, ALT)
    hall.settle()
    assert model.sorting == Sorting(Order.APPLICANT)
    assert names(hall, page, [0, 24]) == [NAMES[0], NAMES[24]]
    hall.press(Qt.Key.Key_Down, ALT)
    hall.settle()
    assert names(hall, page, [0, 24]) == [NAMES[24], NAMES[0]]
    hall.press(Qt.Key.Key_Up, ALT)
    hall.press(Qt.Key.Key_Left, ALT)
    hall.settle()
    assert model.sorting == Sorting(Order.UPDATED)


def test_what_is_selected_stays_selected_when_the_list_is_read_again(hall, page):
    page.list.table.pick((3, 5))
    picked = set(page.list.table.picked_numbers())
    hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.enter("06A", date(2020, 3, 1), {}))
    hall.sitting.context.bus.cases_changed.emit()
    hall.settle()
    assert set(page.list.table.picked_numbers()) == picked
    assert page.list.bar.isVisible()


def test_the_cursor_stays_on_its_case_when_the_list_is_read_again(hall, page):
    page.list.table.setCurrentIndex(page.list.model.index(5, 0))
    hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.enter("06A", date(2020, 3, 1), {}))
    hall.sitting.context.bus.cases_changed.emit()
    hall.settle()
    assert page.list.model.rowCount() == 26
    assert page.list.table.currentIndex().row() == 6
    assert page.list.model.index(6, 0).data() == NAMES[19]


def test_lines_are_selected_by_keyboard_in_ranges(hall, page):
    table = page.list.table
    table.setCurrentIndex(page.list.model.index(2, 0))
    hall.press(Qt.Key.Key_Down, SHIFT)
    hall.press(Qt.Key.Key_Down, SHIFT)
    assert table.picked_count == 3
    numbers = table.picked_numbers()
    assert [row.applicant for row in hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.at(numbers))] == [
        NAMES[22], NAMES[21], NAMES[20],
    ]  # fmt: skip
    hall.press(Qt.Key.Key_Escape)
    assert table.picked_count == 0
    hall.press(Qt.Key.Key_A, CONTROL)
    assert table.picked_count == 25
    assert len(set(table.picked_numbers())) == 25


def test_enter_opens_the_case_under_the_cursor(hall, page):
    page.list.table.setCurrentIndex(page.list.model.index(4, 0))
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.window.current == "measures"
    assert hall.desk.editor.title == NAMES[20]


@pytest.mark.parametrize("typed", ["第07", "dlq", "jnd", "jndlqspyxgs"])
def test_the_search_takes_pieces_of_names_and_initials(hall, page, typed):
    hall.sitting.store.wait(
        lambda: hall.sitting.context.desk.cases.enter("06A", date(2020, 3, 1), {"applicant_name": "济南第07历泉食品有限公司"})
    )
    hall.press(Qt.Key.Key_F, CONTROL)
    assert hall.focus is page.filter.search
    hall.keys(typed)
    hall.settle()
    found = names(hall, page, range(page.list.model.rowCount()))
    assert ("济南第07历泉食品有限公司" in found) == (typed in ("第07", "jnd"))
    assert len(found) == {"第07": 2, "jnd": 26, "dlq": 0, "jndlqspyxgs": 0}[typed]


def test_enter_in_the_search_leads_to_what_was_found_and_opens_it(hall, page):
    hall.press(Qt.Key.Key_F, CONTROL)
    assert hall.focus is page.filter.search
    hall.keys("17")
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.focus is page.list.table
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.desk.editor.title == "济南第17食品有限公司"


@pytest.mark.usefixtures("page")
def test_a_page_that_is_shown_takes_the_keys_and_its_first_case_is_chosen(hall):
    hall.sitting.context.bus.cases_changed.emit()
    for keys, key in ((Qt.Key.Key_1, "workdesk"), (Qt.Key.Key_2, "cases")):
        hall.press(keys, ALT)
        hall.settle()
        table = hall.window.page(key).list.table
        assert hall.focus is table
        assert table.currentIndex().row() == 0


def test_whoever_leaves_a_case_is_back_where_it_was_picked(hall, page):
    page.list.table.setCurrentIndex(page.list.model.index(3, 0))
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert hall.window.current == "measures"
    hall.press(Qt.Key.Key_Escape)
    hall.settle()
    assert hall.window.current == "cases"
    assert hall.focus is page.list.table
    assert page.list.table.currentIndex().row() == 3
    desk = hall.choose(6)
    desk.open(page.list.model.row(5).case)  # from the list of the programme itself
    hall.settle()
    hall.press(Qt.Key.Key_Escape)
    hall.settle()
    assert hall.window.current == "measures"
    assert hall.focus is desk.list.table
