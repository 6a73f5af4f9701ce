"""The roster grid: pasting, filling, verdicts, what is refused."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from jinan_desk.core.determination import Outcome
from jinan_desk.gui import gradual
from jinan_desk.gui.draft import Cell
from tests.gui.test_entry_walk import CONTROL, HEADLESS

HEADED = (
    "序号\t身份证号\t姓名\t入职日期\t合同起始日\t合同截止日\t已参保\t此前半年有记录\n"
    "1\t370112198803122118\t李文博\t2020/2/15\t2020/2/15\t2021/2/14\t是\t否\n"
)


def begin_roster(hall):
    desk = hall.choose(2, 1)
    desk.start()
    hall.settle()
    desk.editor.go_to("roster[0].name")
    return desk, desk.editor.roster


def paste(hall, text):
    QGuiApplication.clipboard().setText(text)
    hall.press(Qt.Key.Key_V, CONTROL)
    hall.settle()


def cell(roster, row, column):
    return roster.model.index(row, column).data()


def test_a_block_is_pasted_at_the_cell_and_every_row_judged(hall):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    assert [cell(roster, row, 0) for row in range(3)] == ["符合  1,000.00", "不符合", "待补充"]
    assert "早 2 天" in cell(roster, 1, roster.model.reasons)
    assert "此前半年有记录" in cell(roster, 2, roster.model.reasons)
    assert cell(roster, 0, 3) == "2020-02-15"
    assert desk.editor.answer.outcome is Outcome.INCOMPLETE
    desk.editor.go_to("roster[2].prior_record")
    hall.keys("n")
    hall.settle()
    assert desk.editor.answer.outcome is Outcome.ELIGIBLE
    assert desk.editor.answer.amount == 200_000


def test_a_head_row_is_matched_by_label_and_a_strange_column_named(hall):
    _, roster = begin_roster(hall)
    paste(hall, HEADED)
    assert cell(roster, 0, 1) == "李文博"
    assert cell(roster, 0, 2) == "370112198803122118"
    assert cell(roster, 0, 0) == "符合  1,000.00"
    assert "序号" in hall.window.status.text


def test_an_identity_number_that_a_spreadsheet_damaged_is_refused_in_place(hall):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS.replace("370112198803122118", "3.70112E+17"))
    assert cell(roster, 0, 2) == "3.70112E+17"
    assert "文本格式" in roster.model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert cell(roster, 0, 0) == "待补充"
    assert desk.editor.answer.outcome is Outcome.INCOMPLETE
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert "第 1 行" in hall.window.status.text
    assert desk.editor.case == ""


def test_an_end_before_its_start_is_shown_at_the_end(hall):
    _, roster = begin_roster(hall)
    paste(hall, HEADLESS.replace("2021/2/14", "2019/2/14"))
    assert "结束早于开始" in cell(roster, 0, roster.model.reasons)


def test_rows_are_filled_down_removed_and_brought_back(hall):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    grid = roster.grid
    select = QItemSelectionModel.SelectionFlag.Select
    grid.clearSelection()
    for row in (1, 2):
        grid.selectionModel().select(roster.model.index(row, 7), select)
    hall.press(Qt.Key.Key_D, CONTROL)
    hall.settle()
    assert cell(roster, 2, 7) == "否"
    desk.editor.go_to("roster[1].name")
    hall.press(Qt.Key.Key_Minus, CONTROL)
    hall.settle()
    assert [line.texts[0] for line in desk.editor.draft.lines] == ["李文博", "孙悦"]
    assert desk.editor.answer.amount == 200_000
    hall.press(Qt.Key.Key_Z, CONTROL)
    assert len(desk.editor.draft.lines) == 3


def test_rows_are_inserted_by_a_key(hall):
    desk, _ = begin_roster(hall)
    paste(hall, HEADLESS)
    desk.editor.go_to("roster[1].name")
    hall.press(Qt.Key.Key_Plus, CONTROL)
    hall.settle()
    assert [line.texts[0] for line in desk.editor.draft.lines] == ["李文博", "", "王𬱖", "孙悦"]


def test_rows_are_sorted_by_value_and_brought_back(hall):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    desk.editor.go_to("roster[0].hired_on")
    roster.grid.sort(descending=True)
    hall.settle()
    assert [line.texts[0] for line in desk.editor.draft.lines] == ["孙悦", "李文博", "王𬱖"]
    assert [cell(roster, row, 0) for row in range(3)] == ["待补充", "符合  1,000.00", "不符合"]
    hall.press(Qt.Key.Key_Z, CONTROL)
    assert [line.texts[0] for line in desk.editor.draft.lines] == ["李文博", "王𬱖", "孙悦"]


def test_sorted_by_verdict_what_does_not_hold_comes_first(hall):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    roster.grid.setCurrentIndex(roster.model.index(0, 0))
    roster.grid.sort(descending=False)
    hall.settle()
    assert [line.texts[0] for line in desk.editor.draft.lines] == ["王𬱖", "孙悦", "李文博"]


def test_what_is_looked_for_is_found_round_the_end(hall):
    _, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    hall.press(Qt.Key.Key_F, CONTROL)
    assert hall.focus is roster.finder.line
    hall.keys("1998")
    for row, column in ((2, 2), (2, 2)):
        hall.press(Qt.Key.Key_Return)
        current = roster.grid.currentIndex()
        assert (current.row(), current.column()) == (row, column)
    hall.press(Qt.Key.Key_A, CONTROL)
    hall.keys("不符合")
    hall.press(Qt.Key.Key_Return)
    assert roster.grid.currentIndex().row() == 1
    hall.press(Qt.Key.Key_A, CONTROL)
    hall.keys("没有这个人")
    hall.press(Qt.Key.Key_Return)
    assert roster.finder.told
    hall.press(Qt.Key.Key_Escape)
    hall.settle()
    assert hall.desk.editing
    assert hall.focus is roster.grid


def test_typing_goes_from_cell_to_cell_with_enter(hall):
    desk, roster = begin_roster(hall)
    for text in ("李文博", "370112198803122118", "2020-2-15"):
        hall.keys(text)
        hall.press(Qt.Key.Key_Return)
        hall.settle()
    assert desk.editor.draft.lines[0].texts[:3] == ("李文博", "370112198803122118", "2020-2-15")
    assert roster.grid.currentIndex().column() == 4


def test_copied_cells_come_back_as_they_went(hall):
    _, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    roster.grid.selectAll()
    hall.press(Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[1].split("\t")[1:3] == ["王𬱖", "370102199506150028"]


def test_thousands_of_rows_are_judged(hall):
    desk, roster = begin_roster(hall)
    line = "李文博\t{}\t2020/2/15\t2020/2/15\t2021/2/14\t是\t否"
    paste(hall, "\n".join(line.format(370112198803120000 + number) for number in range(3000)))
    assert desk.editor.answer.row_count == 3000
    assert cell(roster, 2999, 0) == "符合  1,000.00"


def test_what_stands_in_an_open_cell_is_saved_too(hall):
    desk, _ = begin_roster(hall)
    hall.keys("370")
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert desk.editor.draft.lines[0].texts[0] == "370"
    assert desk.editor.case


def test_enter_after_the_last_field_leads_to_the_roster_where_a_paste_is_taken(hall):
    desk, roster = begin_roster(hall)
    desk.editor.form.last.setFocus()
    hall.press(Qt.Key.Key_Return)
    assert hall.focus is roster.grid
    paste(hall, "李文博\t370112198803122118\r\n")
    assert len(desk.editor.draft.lines) == 1


def test_an_answer_draws_only_the_lines_of_which_it_says_something_else(hall):
    """The guard: of a line that was judged before and is as it was, nothing is drawn. Drawing is what takes the time of
    a key in a long roster."""
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    drawn = []
    roster.model.dataChanged.connect(lambda first, last: drawn.append((first.row(), last.row())))
    desk.editor.go_to("roster[1].name")
    hall.keys("韩立")
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert cell(roster, 1, 1) == "韩立"
    assert set(drawn) == {(1, 1)}


def test_a_key_draws_nothing_of_the_other_lines(hall, monkeypatch):
    """Guard: cell by cell, in `_redraw`: of several cells at once Qt draws all that it shows."""
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    desk.editor.go_to("roster[0].name")
    hall.settle()
    drawn = []
    shown = type(roster.model).drawn
    monkeypatch.setattr(
        type(roster.model), "drawn", lambda model, row, column: drawn.append(row) or shown(model, row, column)
    )
    desk.editor.draft.set_cells([Cell(2, 1, "x")], "")
    QGuiApplication.processEvents()
    assert set(drawn) == {2}


def test_a_line_that_another_line_doubles_is_drawn_anew(hall):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    drawn = []
    roster.model.dataChanged.connect(lambda first, last: drawn.append((first.row(), last.row())))
    desk.editor.draft.set_cells([Cell(0, 1, desk.editor.draft.lines[2].texts[1])], "")
    hall.settle()
    assert "第 1 行" in cell(roster, 2, roster.model.reasons)
    assert (0, 2) in drawn


def test_what_is_cut_is_copied_and_empty_and_what_changed_meanwhile_stays(hall, monkeypatch):
    desk, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    roster.grid.selectAll()
    monkeypatch.setattr(gradual, "_AT_ONCE", 0.0)
    monkeypatch.setattr(gradual, "_IN_A_TURN", 0.0)
    roster.grid.cut()
    desk.editor.draft.set_cells([Cell(2, 0, "孙月")], "")
    hall.settle()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[1] for line in copied] == ["李文博", "王𬱖", "孙悦"]
    assert [line.texts[0] for line in desk.editor.draft.lines] == ["", "", "孙月"]


def test_what_is_not_in_a_roster_is_looked_for_and_told(hall, monkeypatch):
    _, roster = begin_roster(hall)
    paste(hall, HEADLESS)
    monkeypatch.setattr(gradual, "_AT_ONCE", 0.0)
    hall.press(Qt.Key.Key_F, CONTROL)
    hall.keys("nobody")
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    assert roster.finder.told == "名单中没有找到"


def test_what_is_typed_into_the_verdict_is_not_taken_without_a_word(hall):
    desk, box = begin_roster(hall)
    box.grid.setCurrentIndex(box.model.index(0, 0))
    hall.keys("a")
    assert "不用填写" in hall.window.status.text
    assert not desk.editor.dirty


def test_a_wrong_cell_shows_that_it_is_wrong_where_the_cursor_is_led_to_it(hall):
    """The guard: what is selected keeps the colours of what it came to."""
    _, box = begin_roster(hall)
    for text in ("王五", "37010219900307"):
        hall.keys(text)
        hall.press(Qt.Key.Key_Return)
        hall.settle()
    box.grid.setCurrentIndex(box.model.index(0, 2))
    hall.settle()
    assert box.grid.hasFocus()
    place = box.grid.visualRect(box.model.index(0, 2)).adjusted(3, 3, -3, -3)
    picture = box.grid.viewport().grab(place).toImage()
    ground = hall.sitting.context.look.colour("bad_soft")
    assert picture.pixelColor(0, 0) == ground
