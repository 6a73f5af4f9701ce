"""Everything the window says goes through its translator; what stays Chinese is names, law texts and numbers' words."""

import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QTabWidget

from jinan_desk import app
from jinan_desk.gui.application import Sitting
from jinan_desk.gui.crash import Crashes
from jinan_desk.gui.gallery import pages
from jinan_desk.gui.gallery_dialogs import dialogs, open_dialogs
from jinan_desk.gui.look import LIGHT, Look
from jinan_desk.measures import all_measures
from jinan_desk.resources import articles, chapters
from jinan_desk.services.preferences import LANGUAGE_NAMES
from tests.gui.conftest import OFFICE, TODAY, Hall

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROWS = 400
QUOTED = re.compile("“[^”]*”")
STAYS = {
    OFFICE.name, OFFICE.prefix, "苏敏", "济政发〔2020〕1号", "国办发明电〔2019〕16号", *LANGUAGE_NAMES.values(),
    *(chapter.title for chapter in chapters()),
    *(chapter.title.partition("、")[2] for chapter in chapters()),
    *(article.title for article in articles()),
    "历下区", "市中区", "槐荫区", "天桥区", "历城区", "长清区", "章丘区", "济阳区", "莱芜区", "钢城区", "平阴县", "商河县",
}  # fmt: skip


def strange(text: str) -> str:
    """A translation into nothing anybody speaks, its gaps kept."""
    return CHINESE.sub("x", text)


@pytest.fixture
def foreign_hall(qapp, office, tmp_path):
    def open_desk():
        return app.open_desk(office, "苏敏", today=lambda: TODAY, translate=strange)

    assert qapp
    with Sitting(open_desk, Crashes(lambda error: tmp_path), Look(LIGHT)) as sitting:
        sitting.window.show()
        hall = Hall(sitting, tmp_path)
        hall.settle()
        yield hall


def texts(window):
    """Every text that can be seen or heard."""
    for widget in (widget for widget in window.findChildren(object) if hasattr(widget, "isVisibleTo")):
        if not widget.isVisibleTo(window):
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QTabWidget):
            yield from (widget.tabText(number) for number in range(widget.count()))
        elif isinstance(widget, QTableView) and widget.model() is not None:
            model = widget.model()
            yield from (str(model.headerData(n, widget.horizontalHeader().orientation())) for n in range(model.columnCount()))
            rows = range(min(model.rowCount(), ROWS))
            yield from (str(model.index(row, n).data() or "") for row in rows for n in range(model.columnCount()))


def left_in_chinese(window):
    found = set()
    for text in texts(window):
        rest = QUOTED.sub("", text)
        for name in sorted(STAYS, key=len, reverse=True):
            rest = rest.replace(name, "")
        if CHINESE.search(rest):
            found.add(text)
    return found


def test_no_page_keeps_chinese_that_could_be_translated(foreign_hall):
    for name, show in pages(foreign_hall.window):
        show()
        foreign_hall.settle()
        assert left_in_chinese(foreign_hall.window) == set(), name


def test_no_dialog_keeps_chinese_that_could_be_translated(foreign_hall):
    for name, show in dialogs(foreign_hall.window, foreign_hall.sitting.context, ()):
        show()
        foreign_hall.settle()
        (dialog,) = open_dialogs(foreign_hall.window)
        assert left_in_chinese(dialog) == set(), name
        assert not CHINESE.search(dialog.windowTitle()), name
        dialog.done(0)
        foreign_hall.settle()


@pytest.mark.parametrize("article", [measure.article for measure in all_measures() if measure.article in (2, 6, 10, 22)])
def test_no_editor_keeps_chinese_that_could_be_translated(foreign_hall, article):
    desk = foreign_hall.choose(article)
    desk.start()
    foreign_hall.settle()
    assert left_in_chinese(foreign_hall.window) == set()


@pytest.mark.usefixtures("qapp")
def test_qts_own_texts_are_chinese():
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("QWidgetTextControl", "&Paste").startswith("粘贴")
