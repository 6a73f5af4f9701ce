"""Columns are as wide as their heads, take what long texts need while there is room, and leave one column its share."""

import pytest

from jinan_desk.gui.table import Head, Table, TableModel

HEADS = [Head("Occasion", 60), Head("A head that is longer than its column", 40), Head("Place")]


def shown(qtbot, heads, width, **options):
    """An empty table so many points wide."""
    model = TableModel(heads)
    made = Table(model, "Backups", [head.width for head in heads], **options)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(width, 200)
    made.show()
    return made


@pytest.fixture
def table(qtbot):
    return shown(qtbot, HEADS, 900)


def head(table, column):
    return table.fontMetrics().horizontalAdvance(HEADS[column].title)


def test_no_head_is_cut(table):
    for column in range(2):
        assert table.columnWidth(column) >= head(table, column)


def test_a_column_takes_what_its_texts_need_and_never_twice_its_own_width_more(table):
    long = "w" * 300
    table.model().show_rows([("On demand", "", long)])
    before = table.columnWidth(0)
    table.model().show_rows([("Before the day's first change of all", "", long)])
    needed = table.fontMetrics().horizontalAdvance("Before the day's first change of all")
    assert before < table.columnWidth(0) < needed
    table.model().show_rows([("On demand", "", long)])
    assert before == table.columnWidth(0)


def test_the_one_column_keeps_its_share_and_takes_what_is_left(table):
    table.model().show_rows([("w" * 90, "w" * 90, "w" * 90)])
    assert table.columnWidth(2) >= table.viewport().width() * 32 // 100
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()


def test_where_there_is_no_room_for_the_widths_columns_take_what_their_texts_need(qtbot):
    """The last column, often what matters, is not pushed out by room that others do not use; numbers stay whole."""
    heads = [Head("Fund"), *(Head(name, 190, numeric=True) for name in ("Budget", "Approved", "Left"))]
    table = shown(qtbot, heads, 600)
    table.model().show_rows([("Employment grant funds", "1,200,000.00", "512,000.00", "688,000.00")])
    assert sum(table.columnWidth(n) for n in range(4)) == table.viewport().width()
    for column in (1, 2, 3):
        assert table.sizeHintForColumn(column) <= table.columnWidth(column)
    assert sum(table.columnWidth(column) for column in (1, 2, 3)) < 3 * 190


def test_room_that_texts_do_not_need_goes_to_the_one_column_first(qtbot):
    """What stands there, a reason say, is worth more than another column's longest text."""
    heads = [Head("Number", 210), Head("Applicant", 200), Head("Programme", 170), Head("Why skipped")]
    table = shown(qtbot, heads, 800)
    table.model().show_rows([("12", "Jinan Ltd", "A programme with a name that is longer than its column", "x" * 90)])
    assert table.columnWidth(3) >= table.viewport().width() * 32 // 100


def test_nothing_is_cut_where_there_is_room_for_all_texts(qtbot):
    """Columns do not keep room that they do not need while a text beside them is cut."""
    heads = [Head("Number", 210), Head("Applicant", 200), Head("Programme", 170), Head("Why skipped")]
    table = shown(qtbot, heads, 900)
    table.model().show_rows([("12", "Jinan Ltd", "Refund", "A case at payment cannot be changed directly; please return it first")])
    for column in range(4):
        assert table.sizeHintForColumn(column) <= table.columnWidth(column)
    assert sum(table.columnWidth(n) for n in range(4)) == table.viewport().width()


def test_a_text_that_unfolds_stands_on_as_many_lines_as_it_needs(qtbot):
    heads = [Head("Number", 210), Head("Why skipped")]
    table = shown(qtbot, heads, 500, lines=8)
    table.model().show_rows([("12", "It is too late for that. " * 8), ("13", "Too late")])
    assert table.rowHeight(0) >= 3 * table.fontMetrics().lineSpacing()
    short = table.rowHeight(1)
    table.model().show_rows([("13", "Too late")])
    assert table.rowHeight(0) == short < 3 * table.fontMetrics().lineSpacing()


def test_a_table_that_only_gets_higher_measures_nothing_again(qtbot, monkeypatch):
    """The guard: rows and columns are measured once for a width. A table is laid out several times before it is seen."""
    model = TableModel([Head("No", 60), Head("Why")])
    table = Table(model, "reasons", [60, 0])
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    model.show_rows([("12", "It is too late for that. " * 8)])
    measured = []
    monkeypatch.setattr(Table, "_unfold_rows", lambda self: measured.append(self.viewport().width()))
    table.resize(400, 300)
    assert not measured
    table.resize(500, 300)
    assert measured
