"""The work desk: numbers that lead to their lists."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt

from jinan_desk.core.workflow import Stage
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.tile import Tile, TileGrid
from jinan_desk.gui.words import Words
from jinan_desk.measures import find

REFUND = find("06A")[1].examples[0].facts


def filled(hall):
    hall.day = date(2020, 6, 10)

    def enter():
        cases = hall.sitting.context.desk.cases
        for name in ("甲", "乙", "丙"):
            cases.enter("06A", hall.day, {**REFUND, "applicant_name": f"济南{name}有限公司"})
        late = next(row.case for row in cases.all() if "乙" in row.applicant)
        cases.advance(late, Stage.RECEIVED)
        cases.note(late, "note", {"due_on": "2020-06-05"})

    hall.sitting.store.wait(enter)
    hall.sitting.context.bus.cases_changed.emit()
    hall.settle()
    return hall.window.page("workdesk")


def names(hall):
    model = hall.window.page("cases").list.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_number_leads_to_the_list_that_it_counts(hall):
    page = filled(hall)
    for tile, expected in (("draft", ["济南丙有限公司", "济南甲有限公司"]), ("over", ["济南乙有限公司"])):
        hall.window.show_page("workdesk")
        hall.settle()
        page.tiles[tile].setFocus()
        hall.press(Qt.Key.Key_Space)
        hall.settle()
        assert hall.window.current == "cases"
        assert names(hall) == expected


def test_a_limit_that_is_over_is_told_in_words_and_colour(hall):
    filled(hall)
    hall.window.show_page("cases")
    hall.settle()
    model = hall.window.page("cases").list.model
    column = next(n for n in range(model.columnCount()) if model.headerData(n, Qt.Orientation.Horizontal) == "办理期限")
    late = next(row for row in range(3) if model.index(row, column).data())
    assert model.index(late, column).data() == "2020-06-05 超3工作日"
    colour = model.index(late, column).data(Qt.ItemDataRole.ForegroundRole)
    assert colour == hall.sitting.context.look.colour("bad")


def test_backup_and_exchange_lead_to_their_pages(hall):
    page = filled(hall)
    assert page.backup.text() == "还没有备份"
    assert page.exchange.text() == "还没有数据交换"
    for link, key in ((page.backup, "system"), (page.exchange, "exchange")):
        hall.window.show_page("workdesk")
        link.setFocus()
        hall.press(Qt.Key.Key_Space)
        hall.settle()
        assert hall.window.current == key


def test_the_list_below_holds_the_last_and_is_not_sorted_otherwise(hall):
    page = filled(hall)
    head = page.list.table.horizontalHeader()
    before = page.list.model.sorting
    head.sectionClicked.emit(0)
    hall.settle()
    assert page.list.model.sorting == before
    assert not head.isSortIndicatorShown()


def test_tiles_stand_on_more_lines_where_their_words_are_long(qtbot):
    grid = TileGrid("Waiting for me")
    qtbot.addWidget(grid)
    tiles = [Tile(Words(), "Sent to finance", 1, lambda: None) for _ in range(6)]
    grid.show_tiles(tiles)
    for width in (1200, 600, 1200):
        grid.resize(width, 200)
        grid.show()
        QCoreApplication.processEvents()
        for tile in tiles:
            (name,) = tile.findChildren(ElidedLabel)
            assert name.width() >= name.fontMetrics().horizontalAdvance(name.text())
    assert len({tile.y() for tile in tiles}) == 1


def test_tiles_are_lower_on_a_low_page_also_when_counted_anew(hall):
    page = filled(hall)

    def heights(height):
        hall.window.resize(911, height)
        hall.sitting.context.bus.cases_changed.emit()
        hall.settle()
        return {tile.height() for tile in page.tiles.values()}

    high, low = heights(768), heights(512)
    assert max(low) < min(high)
    assert heights(768) == high


def test_an_administrator_is_told_on_the_first_day_what_to_set_up(guarded):
    assert "增加各人的账号" in guarded.window.page("workdesk").nothing.text()


def test_a_clerk_is_told_on_the_first_day_how_to_begin(hall):
    assert "Ctrl+N" in hall.window.page("workdesk").nothing.text()
