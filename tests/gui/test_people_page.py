"""主体 in the window."""

from datetime import date

from PySide6.QtCore import Qt

from jinan_desk.gui.party_model import NUMBER, UNMASK
from jinan_desk.gui.reason import ReasonDialog
from tests.services.test_parties import LI, WANG


def open_page(hall):
    cases = hall.sitting.context.desk.cases

    def enter():
        unit = {"applicant_name": "济南历泉机械制造有限公司", "credit_code": "91370102MA3015044M"}
        cases.enter("02B", date(2020, 3, 1), unit | {"roster": [LI, WANG]})
        cases.enter("24A", date(2020, 3, 2), {"applicant_name": "李文博", "id_number": LI["id_number"]})

    hall.sitting.store.wait(enter)
    hall.window.show_page("people")
    hall.settle()
    return hall.window.page("people")


def show_people(hall, page):
    page.kind.show_picked(1)
    page.kind.picked.emit(1)
    hall.settle()


def column(page, number):
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def test_numbers_are_masked_until_a_row_is_unmasked(hall):
    page = open_page(hall)
    show_people(hall, page)
    assert column(page, NUMBER) == ["370112**********18", "370102**********28"]
    page.table.clicked.emit(page.model.index(1, UNMASK))
    hall.settle()
    assert column(page, NUMBER) == ["370112**********18", WANG["id_number"]]
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(1, 0))
    hall.press(Qt.Key.Key_Space)
    assert column(page, NUMBER) == ["370112**********18", "370102**********28"]
    page.model.toggle(0)
    hall.settle()
    page.refresh()
    hall.settle()
    assert column(page, NUMBER)[0] == "370112**********18"


def test_the_cases_of_one_person_are_listed_across_programmes_and_open(hall):
    page = open_page(hall)
    assert not page.cases.isVisible()
    show_people(hall, page)
    page.table.setCurrentIndex(page.model.index(0, 0))
    hall.settle()
    rows = [page.cases.model.row(number) for number in range(page.cases.model.rowCount())]
    assert {row.programme for row in rows} == {"02B", "24A"}
    page.cases.opened.emit(rows[0].case)
    hall.settle()
    assert hall.window.current == "measures"
    assert hall.desk.editor.case == rows[0].case


def test_a_search_narrows_the_list(hall):
    page = open_page(hall)
    show_people(hall, page)
    hall.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert hall.focus is page.search
    hall.keys("𬱖")
    hall.settle()
    assert column(page, 0) == ["王𬱖"]


def test_a_long_list_is_fetched_page_by_page(hall, monkeypatch):
    monkeypatch.setattr("jinan_desk.gui.party_model.PAGE", 1)
    page = open_page(hall)
    show_people(hall, page)
    for _ in range(3):
        page.model.fetchMore(page.model.index(-1, -1))
        hall.settle()
    assert column(page, 0) == ["李文博", "王𬱖"]
    assert page.model.complete


def test_whose_number_was_shown_is_noted_once_a_time(hall):
    page = open_page(hall)
    show_people(hall, page)
    for _ in range(3):  # shown, masked, shown
        page.model.toggle(0)
        hall.settle()
    log = hall.sitting.store.wait(lambda: [row.action for row in hall.sitting.context.desk.access.page()])
    assert log == ["unmask", "unmask"]


def test_two_entries_are_joined_and_parted_by_keyboard(hall):
    page = open_page(hall)
    show_people(hall, page)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert not page.join.isEnabled()
    hall.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.join.setFocus()
    hall.press(Qt.Key.Key_Space)
    hall.settle()
    dialog = hall.window.findChild(ReasonDialog)
    dialog.reason.setFocus()
    hall.keys("核对了身份证")
    dialog.accept()
    hall.come_back()
    assert column(page, 0) == ["李文博（已合并 2 个）"]
    assert page.joined.isVisible()  # who was joined stays selected, so that it can be undone at once
    assert page.joined.text().startswith("合并依据：核对了身份证（苏敏 ")
    page.part.setFocus()
    hall.press(Qt.Key.Key_Space)
    hall.settle()
    assert column(page, 0) == ["李文博", "王𬱖"]
    assert not page.part.isVisible()
