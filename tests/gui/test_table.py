"""Columns are as wide as their heads, take what long texts need while there is room, and leave one column its share."""

import pytest

from jinan_desk.gui.table import Head, Table, TableModel

HEADS = [Head("Occasion", 60), Head("A head that is longer than its column", 40), Head("Place")]


@pytest.fixture
def table(qtbot):
    model = TableModel(HEADS)
    made = Table(model, "Backups", [head.width for head in HEADS])
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 200)
    made.show()
    return made


def head(table, column):
    return table.fontMetrics().horizontalAdvance(HEADS[column].title)


def test_no_head_is_cut(table):
    for column in range(2):
        assert table.columnWidth(column) >= head(table, column)


def test_a_column_takes_what_its_texts_need_and_never_twice_its_own_width_more(table):
    before = table.columnWidth(0)
    table.model().show_rows([("Before the day's first change of all", "", "")])
    needed = table.fontMetrics().horizontalAdvance("Before the day's first change of all")
    assert table.columnWidth(0) == before + 60 < needed + 60
    table.model().show_rows([("On demand", "", "")])
    assert before <= table.columnWidth(0) < before + 60


def test_the_one_column_keeps_its_share_and_takes_what_is_left(table):
    table.model().show_rows([("w" * 90, "w" * 90, "w" * 90)])
    assert table.columnWidth(2) >= table.viewport().width() * 32 // 100
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
