"""The thread that draws the window waits for nothing: it decides no case, opens no file but what was shipped, draws no
page of paper, and SQLite itself keeps it from the store. What a person does is done here with all of that refused."""

import builtins
import io
import os
import threading
from pathlib import Path

import pypdfium2
import pytest
import sqlcipher3
from PySide6.QtCore import Qt

from jinan_desk import paths
from jinan_desk.core import determine
from jinan_desk.gui.pages import PAGES
from jinan_desk.gui.print_dialog import PrintDialog
from jinan_desk.services.demo import hires
from jinan_desk.services.listing import CaseFilter
from tests.gui.conftest import Hall
from tests.gui.test_entry_walk import CONTROL
from tests.gui.test_findings_panel import enter_twice
from tests.gui.test_roster import begin_roster, cell, paste

SHIPPED = (paths.resources_directory(), paths.forms_directory(), paths.translations_directory())


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From here on the window's thread is refused what may take long; answers what it was refused."""
    tried: list[str] = []

    def refuse(owner: object, name: str, what: str) -> None:
        real = getattr(owner, name)

        def guarded(*given, **named):
            if threading.current_thread() is threading.main_thread() and not _is_shipped(given[0] if given else ""):
                tried.append(f"{what}: {given[:2]}")
                raise AssertionError(tried[-1])
            return real(*given, **named)

        monkeypatch.setattr(owner, name, guarded)

    refuse(determine, "_judge", "decided")
    refuse(pypdfium2, "PdfDocument", "drawn")
    for owner in (io, builtins, os):
        refuse(owner, "open", "opened")
    return tried


def _is_shipped(file: object) -> bool:
    return isinstance(file, str | Path) and any(Path(file).is_relative_to(folder) for folder in SHIPPED)


def test_every_page_is_opened(hall: Hall, refused: list[str]) -> None:
    enter_twice(hall)
    for entry in PAGES:
        hall.window.show_page(entry.key)
        hall.settle()
    for chapter in range(6):
        hall.window.show_chapter(chapter)
        hall.settle()
    assert not refused


def test_a_case_is_searched_for_and_opened(hall: Hall, refused: list[str]) -> None:
    first, _ = enter_twice(hall)
    hall.window.show_page("cases")
    hall.settle()
    hall.press(Qt.Key.Key_F, CONTROL)
    hall.keys("鲁泉")
    hall.settle()
    assert hall.window.page("cases").list.model.rowCount() == 2
    hall.window.open_case(first)
    hall.settle()
    assert hall.desk.editor.case == first
    assert not refused


def test_a_roster_is_pasted_typed_in_saved_and_printed(hall: Hall, refused: list[str]) -> None:
    desk, roster = begin_roster(hall)
    paste(hall, "\r\n".join("\t".join(_texts(row)) for row in hires(1, 30)))
    assert cell(roster, 29, 0).startswith("符合")
    hall.keys("王")
    hall.press(Qt.Key.Key_Return)
    hall.settle()
    hall.press(Qt.Key.Key_S, CONTROL)
    hall.settle()
    assert not desk.editor.dirty
    hall.press(Qt.Key.Key_P, CONTROL)
    hall.settle()
    dialog = hall.window.findChild(PrintDialog)
    assert dialog.preview.printed.pages
    dialog.close()
    hall.settle()
    assert not refused


def test_the_store_refuses_the_windows_thread(hall: Hall) -> None:
    with pytest.raises(sqlcipher3.dbapi2.ProgrammingError, match="same thread"):
        hall.sitting.context.desk.cases.rows(CaseFilter())


def _texts(row):
    return ["是" if v is True else "否" if v is False else str(v) for v in row.values()]
