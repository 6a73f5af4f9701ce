"""No paragraph, cell or number ends in a stray word, and what is read in one go is not parted."""

import pytest
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLabel

from jinan_desk.gui.cell_drawing import fitting
from jinan_desk.gui.even_label import EvenLabel, even_width
from jinan_desk.gui.even_lines import whole
from jinan_desk.gui.table import Head, Table, TableModel

STRAY = "Every entry is kept and never changed; a mistake is put right with another"
NUMBER = "济历下泉办〔2020〕06A-0001号"


@pytest.fixture
def metrics(qapp):  # noqa: ARG001  (without an application there is no font)
    return QFontMetrics(QGuiApplication.font())


def one_word_over(metrics, text):
    """A room in which all but the last word stands on one line."""
    return metrics.horizontalAdvance(text.rsplit(" ", 1)[0]) + 4


def test_a_stray_word_draws_others_down_to_it_and_no_line_comes_of_it(metrics):
    room = one_word_over(metrics, STRAY)
    width = even_width(STRAY, room, metrics)
    assert width <= room * 0.63
    assert even_width(STRAY, width, metrics) == width


def test_lines_that_are_even_enough_and_single_ones_keep_the_whole_room(metrics):
    long = metrics.horizontalAdvance(STRAY)
    assert even_width(STRAY, long * 3 // 4, metrics) == long * 3 // 4
    assert even_width(STRAY, long + 10, metrics) == long + 10


def test_a_paragraph_with_a_stray_word_leaves_its_right_side_free(qtbot):
    label = EvenLabel(STRAY)
    qtbot.addWidget(label)
    room = one_word_over(label.fontMetrics(), STRAY)
    label.resize(room, label.heightForWidth(room))
    label.show()
    picture = label.grab().toImage()
    ground = picture.pixelColor(picture.width() - 1, 0)
    side = range(picture.width() * 3 // 4, picture.width())
    assert all(picture.pixelColor(x, y) == ground for x in side for y in range(picture.height()))


def test_an_evened_paragraph_in_a_frame_begins_where_any_other_does(qtbot):
    left = []
    for label in (EvenLabel(f"Mm\n{'M' * 9}"), QLabel(f"Mm\n{'M' * 9}")):
        qtbot.addWidget(label)
        label.setStyleSheet("padding: 6px 8px; border: 1px solid black; background: white; color: black;")
        label.setWordWrap(True)
        label.resize(600, 60)
        picture = label.grab().toImage()
        inside = (x for x in range(4, 60) if any(picture.pixelColor(x, y).lightness() < 99 for y in range(12, 48)))
        left.append(min(inside))
    assert left[0] == left[1]


def test_a_day_stays_together_and_the_text_is_what_was_said(qtbot):
    label = EvenLabel("入职日期 2020年2月8日，比起始日 2020年2月10日 早 2 天")
    qtbot.addWidget(label)
    assert label.text() == "入职日期 2020年2月8日，比起始日 2020年2月10日 早 2 天"
    until = label.fontMetrics().horizontalAdvance("入职日期 2020年2")
    day = label.fontMetrics().horizontalAdvance("2020年2月10日")
    assert label.minimumSizeHint().width() >= day > until / 2


def test_a_count_is_one_word():
    assert whole("原件 1 份") == "\u2060".join("原件\u00a01\u00a0份")


@pytest.mark.parametrize(("shown", "over"), [("…〔2020〕06A-0001号", 8), ("…06A-0001号", -1)])
def test_a_number_is_cut_where_a_part_of_it_begins(metrics, shown, over):
    room = metrics.horizontalAdvance("…〔2020〕06A-0001号") + over
    assert fitting(NUMBER, room, QGuiApplication.font(), end=True, in_two=False) == shown


def test_a_text_on_two_lines_of_a_list_has_no_stray_character(metrics):
    name = "济南青禾文化传媒有限公司"
    room = metrics.horizontalAdvance(name[:-1]) + 2
    first, second = fitting(name, room, QGuiApplication.font(), end=False, in_two=True).split("\n")
    assert (first + second, len(first)) == (name, len(name) // 2)


def test_cells_of_a_table_are_evened_as_far_as_they_stand_whole_and_set_in_alike(qtbot, metrics):
    model = TableModel([Head("Fund"), Head("Paid", 60, numeric=True)])
    table = Table(model, "Ledger", [0, 60], lines=2)
    model.setParent(table)
    qtbot.addWidget(table)
    name = "　02A One-off labour subsidy for enterprises"
    table.setColumnWidth(0, one_word_over(metrics, name) + 20)
    first, second = table.evened(name, 0, metrics).split("\u2028")
    assert (first[0], second[0]) == ("　", "　")
    assert len(second) > len("　enterprises")
    assert table.evened(name * 9, 0, metrics) == name * 9
