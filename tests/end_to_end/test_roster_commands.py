"""Rosters in from the command line: a template out, a look, an import, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from jinan_desk.services.demo import hires
from tests.end_to_end.test_command_line import Desk, hiring


def filled(path: Path, people: list[dict[str, Any]]) -> str:
    book = load_workbook(path)
    for number, person in enumerate(people, 4):
        for place, value in enumerate(person.values(), 1):
            book.worksheets[0].cell(number, place).value = "是" if value is True else "否" if value is False else value
    book.save(path)
    return str(path)


def test_a_template_is_filled_looked_at_imported_and_undone(desk: Desk, tmp_path: Path) -> None:
    assert desk("template", "02B", str(tmp_path / "r.xlsx")) == 0
    case = desk.json("enter", "--json", given=hiring())["case"]
    path = filled(tmp_path / "r.xlsx", hires(1, 5))
    assert desk("import", case, path, "--dry-run") == 0
    assert "新增 2 行，更改 0 行，不变 3 行" in desk.out
    assert len(desk.json("show", case, "--json")["facts"]["roster"]) == 3
    assert desk("import", case, path, "--append") == 0
    assert len(desk.json("show", case, "--json")["facts"]["roster"]) == 5
    assert desk("undo-import", case, "--reason", "导错了") == 0
    assert len(desk.json("show", case, "--json")["facts"]["roster"]) == 3
    assert "没有可以撤销" in desk.refused("undo-import", case, "--reason", "导错了")


def test_a_bad_roster_comes_back_marked_and_nothing_is_imported(desk: Desk, tmp_path: Path) -> None:
    desk("template", "02B", str(tmp_path / "r.xlsx"))
    case = desk.json("enter", "--json", given=hiring())["case"]
    path = filled(tmp_path / "r.xlsx", [*hires(1, 4), {"name": "王五", "id_number": 370112198803122118}])
    assert desk("import", case, path, "--dry-run", "--marked", str(tmp_path / "marked.xlsx")) == 1
    assert "有误 1 行" in desk.out
    assert "后几位已丢失" in load_workbook(tmp_path / "marked.xlsx").worksheets[0]["H8"].value
    assert desk("import", case, path) == 1
    assert "没有读入任何一行" in desk.err
    assert len(desk.json("show", case, "--json")["history"]) == 1
