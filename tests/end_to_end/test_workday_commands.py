"""The year's holidays on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.test_command_line import Desk


def test_a_new_year_is_looked_at_then_imported_and_listed(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "安排.csv"
    file.write_text("开始日期,结束日期,安排,名称\n2027-01-01,2027-01-03,放假,元旦\n", encoding="utf-8")
    assert desk("workdays", str(file), "--dry-run") == 0
    assert "2027-01-01 至 2027-01-03　放假　元旦" in desk.out
    assert desk("workdays", "--year", "2027") == 0
    assert "尚未导入" in desk.out
    assert "依据" in desk.refused("workdays", str(file))
    assert desk("workdays", str(file), "--source", "国办发明电〔2026〕7号", "--account", "苏敏") == 0
    assert desk("workdays", "--year", "2027") == 0
    assert desk.out.splitlines() == [
        "2027 年：周末以外放假 1 天；调休上班 —", "国办发明电〔2026〕7号：放假 3 天，上班 0 天（苏敏）",
    ]
