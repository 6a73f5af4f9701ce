"""A roster from a workbook: the columns, the report, into the grid or into the case, and back."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt

from jinan_desk.gui import files
from jinan_desk.gui.roster_import import RosterImport
from jinan_desk.services.demo import hires
from tests.gui.test_entry_walk import CONTROL, HEADLESS
from tests.gui.test_roster import begin_roster, paste

HEADS = ["姓名", "身份证号", "入职日期", "合同起始日", "合同截止日", "已参保", "此前半年有记录"]
PEOPLE = hires(1, 6)


@pytest.fixture
def write(tmp_path):
    def save(*people, heads=HEADS):
        book = Workbook()
        book.active.append(heads)
        for person in people:
            book.active.append(["是" if v is True else "否" if v is False else v for v in person.values()])
        book.save(tmp_path / "名单.xlsx")
        return tmp_path / "名单.xlsx"

    return save


def look_at(hall, desk, path):
    desk.editor.roster_files.begin(path)
    hall.settle()
    return hall.window.findChild(RosterImport)


def names(desk):
    return [line.texts[0] for line in desk.editor.draft.lines]


def test_into_a_new_case_it_is_one_step_that_can_be_taken_back(hall, write):
    desk, _ = begin_roster(hall)
    dialog = look_at(hall, desk, write(*PEOPLE[:3]))
    assert "新增 3 行" in dialog.report.text
    assert names(desk) == []
    hall.press(Qt.Key.Key_Return)
    hall.come_back()
    assert names(desk) == [person["name"] for person in PEOPLE[:3]]
    assert desk.editor.answer.row_count == 3
    assert "尚未保存" in hall.window.status.text
    desk.editor.roster.grid.setFocus()
    hall.press(Qt.Key.Key_Z, CONTROL)
    hall.settle()
    assert names(desk) == []


def test_lines_that_stay_keep_what_is_wrong_in_them(hall, write):
    desk, _ = begin_roster(hall)
    paste(hall, HEADLESS.replace("2020/2/15", "不详"))
    dialog = look_at(hall, desk, write(*PEOPLE[:2]))
    dialog.report._besides.setChecked(True)
    hall.settle()
    dialog.take.click()
    hall.come_back()
    assert names(desk) == ["李文博", "王𬱖", "孙悦", *(person["name"] for person in PEOPLE[:2])]
    assert desk.editor.draft.lines[0].texts[2] == "不详"


def test_every_refused_cell_is_named_and_nothing_can_be_taken(hall, write, tmp_path, monkeypatch):
    desk, _ = begin_roster(hall)
    path = write(PEOPLE[0], {**PEOPLE[1], "id_number": "123"}, {**PEOPLE[2], "hired_on": "二月"})
    dialog = look_at(hall, desk, path)
    assert [dialog.report.cells.index(row, 0).data() for row in range(2)] == ["3", "4"]
    assert dialog.report.cells.index(0, 2).data() == "身份证号"
    assert "18 位" in dialog.report.cells.index(0, 3).data()
    assert not dialog.take.isEnabled()
    target = tmp_path / "改.xlsx"
    monkeypatch.setattr(files, "answer", lambda dialog: target)
    assert dialog.report._advice.isVisible()
    hall.press(Qt.Key.Key_Return)  # what can be done is what Enter does
    hall.settle()
    assert "错误说明" in [cell.value for cell in load_workbook(target).active[1]]
    dialog.reject()


def test_a_head_that_is_not_known_is_asked_for_once(hall, write):
    desk, _ = begin_roster(hall)
    path = write(*PEOPLE[:2], heads=[*HEADS[:2], "到岗时间", *HEADS[3:]])
    dialog = look_at(hall, desk, path)
    assert dialog.columns.isVisible()
    choice = dialog.columns.choices[2]
    choice.setCurrentIndex(choice.findData("hired_on"))
    dialog.forward.click()
    hall.settle()
    assert "新增 2 行" in dialog.report.text
    dialog.take.click()
    hall.come_back()
    assert desk.editor.draft.lines[0].texts[2] == PEOPLE[0]["hired_on"]
    dialog = look_at(hall, desk, path)
    assert dialog.report.isVisible()
    dialog.reject()


def test_a_file_without_a_head_says_which_columns_there_should_be(hall, tmp_path):
    desk, _ = begin_roster(hall)
    path = tmp_path / "空.csv"
    path.write_text("甲\n", encoding="utf-8")
    dialog = look_at(hall, desk, path)
    assert "身份证号" in dialog.wrong
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_into_a_saved_case_it_is_a_revision_and_undone_as_a_whole(hall, write, monkeypatch):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert not roster.undo_import.isEnabled()
    dialog = look_at(hall, desk, write(*PEOPLE[:2]))
    assert "3 行不在文件中" in dialog.report.text
    dialog.take.click()
    hall.come_back()
    assert names(desk) == [person["name"] for person in PEOPLE[:2]]
    assert not desk.editor.dirty
    actions = [r.action for r in hall.sitting.store.wait(lambda: hall.sitting.context.desk.cases.history(desk.editor.case))]
    assert actions == ["enter", "import"]
    monkeypatch.setattr("jinan_desk.gui.roster_files.ask", lambda *given, **named: "导错了单位的名单")
    roster.undo_import.trigger()
    hall.settle()
    assert names(desk) == ["李文博", "王𬱖", "孙悦"]
    assert not roster.undo_import.isEnabled()


def test_the_template_is_written_where_it_is_wanted(hall, tmp_path, monkeypatch):
    _, roster = begin_roster(hall)
    target = Path(tmp_path, "模板.xlsx")
    monkeypatch.setattr(files, "answer", lambda dialog: target)
    roster.template_wanted.emit()
    hall.settle()
    assert load_workbook(target).sheetnames
