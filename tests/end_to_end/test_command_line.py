"""The headless desk from an empty folder to a second office; whatever is wrong is one sentence and status 1."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jinan_desk.app import outfit
from jinan_desk.cli import run
from jinan_desk.measures import find
from jinan_desk.services.demo import hires, unit

OFFICE = ("--code", "370102", "--name", "济南市历下区人力资源和社会保障局", "--prefix", "济历下人社受")


class Desk:
    """Runs commands in one data directory and keeps what they said."""

    def __init__(self, directory: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.directory = directory
        self._capture = capture
        self._patch = patch
        self.out = self.err = ""

    def __call__(self, *arguments: str, given: str | bytes = "") -> int:
        encoded = given.encode() if isinstance(given, str) else given
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(encoded), encoding="utf-8"))
        status = run([*arguments, "--data-dir", str(self.directory)], outfit())
        self.out, self.err = self._capture.readouterr()
        return status

    def json(self, *arguments: str, given: str = "") -> Any:
        assert self(*arguments, given=given) == 0, self.err
        return json.loads(self.out)

    def refused(self, *arguments: str, given: str | bytes = "") -> str:
        """The one sentence of a refusal."""
        assert self(*arguments, given=given) == 1
        assert "Traceback" not in self.err
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


def line(code: str, **other: Any) -> str:
    pair = find(code)
    assert pair is not None
    example = pair[1].examples[0]
    return json.dumps({"programme": code, "on": example.on, "facts": {**example.facts, **other}}, ensure_ascii=False)


def hiring(**other: Any) -> str:
    facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 3), **other}
    return json.dumps({"programme": "02B", "on": "2020-03-20", "facts": facts}, ensure_ascii=False)


def test_a_case_is_entered_listed_shown_advanced_and_printed(desk: Desk, tmp_path: Path) -> None:
    entered = desk.json("enter", "--json", given=hiring())
    assert (entered["outcome"], entered["amount"], entered["stage"]) == ("eligible", "3000.00", "draft")
    assert desk("advance", entered["case"], "received", "--account", "苏敏") == 0
    listed = desk.json("list", "--json", "--text", "历泉")
    assert listed["number"].endswith("02B-0001号")
    shown = desk.json("show", listed["number"], "--json")
    assert [entry["action"] for entry in shown["history"]] == ["enter", "advance"]
    assert len(shown["facts"]["roster"]) == 3
    for suffix, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        path = tmp_path / f"application.{suffix}"
        assert desk("print", entered["case"][:8], "--form", "application", "--output", str(path)) == 0
        assert path.read_bytes().startswith(begins)
    assert desk("check") == 0


def test_a_second_office_merges_the_package_once(desk: Desk, tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    entered = desk.json("enter", "--json", given=line("06A"))
    package = str(tmp_path / "package.xlsx")
    assert desk("export", package) == 0
    fingerprint = desk.out.rsplit("：", 1)[1].strip()
    other = Desk(tmp_path / "other", capsys, monkeypatch)
    assert other("init", "--code", "370103", "--name", "市中区", "--prefix", "济市中人社受") == 0
    assert "指纹" in other.refused("merge", package)
    assert "指纹" in other.refused("merge", package, "--dry-run")
    assert other("merge", package, "--dry-run", "--trust", fingerprint) == 0
    assert "将新增记录 1 条" in other.out
    assert other("list") == 0
    assert other.out == ""
    assert other("merge", package, "--trust", fingerprint) == 0
    assert other.json("list", "--json")["head"] == entered["head"]
    assert other("merge", package) == 0
    assert "新增记录 0 条" in other.out
    assert other("ledger", str(tmp_path / "ledger.xlsx")) == 0


@pytest.mark.parametrize("at", [0.02, 0.3, 0.6, 0.97])
def test_a_package_with_one_flipped_byte_or_cut_short_is_refused(desk: Desk, tmp_path: Path, at: float) -> None:
    desk("enter", given=line("06A"))
    path = tmp_path / "package.xlsx"
    desk("export", str(path))
    whole = path.read_bytes()
    place = int(len(whole) * at)
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
    status = desk("merge", str(path))
    if status == 0:  # a byte that no reader looks at: what was read is what was signed
        assert "新增记录 0 条" in desk.out
    path.write_bytes(whole[:place])
    assert desk.refused("merge", str(path))


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("不是 JSON", "line"),
        ("[1]", "line"),
        (b"\xff\xfe", "line"),
        (line("06A", headcount=3), "headcount"),
        (line("06A", year_end_headcount="286"), "year_end_headcount"),
        (line("06A", premium_paid=158400.0), "premium_paid"),
        ('{"programme": "99X", "on": "2020-03-20", "facts": {}}', "programme"),
        ('{"programme": "06A", "facts": {}}', "on"),
    ],
)
def test_a_line_that_is_wrong_names_the_field_and_enters_nothing(desk: Desk, given: str | bytes, names: str) -> None:
    assert names in desk.refused("enter", given=given)
    assert desk("evaluate", given=given) == 1
    assert names in json.loads(desk.out)["error"]["fields"]
    assert desk("list") == 0
    assert desk.out == ""


def test_one_wrong_line_among_several_enters_none(desk: Desk) -> None:
    assert "第 2 行" in desk.refused("enter", given=line("06A") + "\n" + line("06A", dismissed=-1))
    assert desk("list") == 0
    assert desk.out == ""


def test_evaluate_goes_on_after_a_wrong_line_and_answers_in_order(desk: Desk) -> None:
    lines = ['{"id": 1, "programme": "06A", "on": "2020-06-10", "facts": {}}', "{", line("06A")]
    assert desk("evaluate", given="\n".join(lines)) == 1
    answers = [json.loads(answer) for answer in desk.out.splitlines()]
    assert answers[0]["outcome"] == "incomplete"
    assert answers[1] == {"id": None, "error": {"fields": {"line": "不是有效的 JSON"}}}
    assert answers[2]["amount"] == "79200.00"


def test_evaluate_refuses_text_that_is_no_unicode_and_numbers_without_end_and_goes_on(desk: Desk) -> None:
    wrong = ['{"id": "\\ud800", "programme": "06A", "on": "2020-06-10", "facts": {}}', '{"id": 1.5e400}', '{"id": NaN}']
    assert desk("evaluate", given="\n".join([*wrong, line("06A")])) == 1
    answers = [json.loads(answer) for answer in desk.out.splitlines()]
    assert [answer["id"] for answer in answers[:3]] == [None, None, None]
    assert answers[3]["amount"] == "79200.00"
    assert "Infinity" not in desk.out


def test_an_office_is_founded_once(desk: Desk) -> None:
    assert "没有改动" in desk.refused("init", *OFFICE)


def test_nothing_is_made_where_there_is_no_office(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    empty = Desk(tmp_path / "none", capsys, monkeypatch)
    assert "jinan-desk init" in empty.refused("list")
    assert not empty.directory.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "02B-9999"), "找不到"),
        (("list", "--stage", "somewhere"), "没有阶段"),
        (("print", "02B-9999", "--form", "application"), "缺少"),
        (("frobnicate",), "没有命令"),
        (("list", "--nonsense"), "没有选项"),
        (("enter", "no-such-file.jsonl"), "打不开文件"),
        (("parameter", "temporary_gift", "1000", "--since", "2020-01-01", "--source", "通知"), "没有名为"),
        (("parameter", "average_unemployment_benefit", "1e3", "--since", "2020-01-01", "--source", "通知"), "不是有效金额"),
    ],
)
def test_what_does_not_exist_is_said_in_one_sentence(desk: Desk, arguments: tuple[str, ...], says: str) -> None:
    assert says in desk.refused(*arguments)


def test_the_offices_own_value_decides_from_its_day_on(desk: Desk) -> None:
    value = ("average_unemployment_benefit", "1503.40", "--since", "2019-12-01", "--source", "济人社通知")
    assert desk.json("enter", "--json", given=line("06B"))["outcome"] == "incomplete"
    assert desk("parameter", *value) == 0
    assert desk.json("enter", "--json", given=line("06B"))["amount"] == "793795.20"


def test_an_undecided_case_has_no_approval_form(desk: Desk, tmp_path: Path) -> None:
    entered = desk.json("enter", "--json", given=line("06A", has_complaints=None))
    output = str(tmp_path / "x.pdf")
    assert "没有文书" in desk.refused("print", entered["case"], "--form", "approval", "--output", output)
    assert "只能存为" in desk.refused("print", entered["case"], "--form", "application", "--output", output + ".doc")
    assert not Path(output).exists()


def test_a_list_is_matched_with_the_offices_own_values(desk: Desk, tmp_path: Path) -> None:
    pair = find("06B")
    assert pair is not None
    facts = {key: value for key, value in pair[1].examples[0].facts.items() if value is not None}
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in ([*facts, "colour"], [*facts.values(), "red"]):
        sheet.append(row)
    source, output = str(tmp_path / "list.xlsx"), str(tmp_path / "matched.xlsx")
    book.save(source)
    ask = ("match", source, "--output", output, "--on", "2020-07-01")
    verdicts = []
    for value in ("", "1503.40"):
        if value:
            key = "average_unemployment_benefit"
            assert desk("parameter", key, value, "--since", "2019-12-01", "--source", "统计公报") == 0
        assert desk(*ask) == 0, desk.err
        assert "colour" in desk.out
        rows = load_workbook(output)["结果"].iter_rows(values_only=True)
        verdicts.append(next((row[5], row[6]) for row in rows if row[4].startswith("06B")))
    assert verdicts == [("可能符合", None), ("符合", 793795.2)]


def test_a_list_is_matched_where_there_is_no_office(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    elsewhere = Desk(tmp_path / "none", capsys, monkeypatch)
    assert "打不开" in elsewhere.refused("match", str(tmp_path / "nothing.xlsx"), "--output", str(tmp_path / "o.xlsx"))
    assert "日期" in elsewhere.refused("match", "x.xlsx", "--output", str(tmp_path / "o.xlsx"), "--on", "2020-2-3")
    assert not list(tmp_path.glob("*"))


def test_a_bug_is_reported_without_what_was_being_worked_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinan_desk.paths.log_directory", lambda *_: tmp_path / "log")
    monkeypatch.setattr("jinan_desk.services.cases.determine", lambda *_: {}["李文博"])
    assert "错误报告" in desk.refused("enter", given=line("06A"))
    report = next((tmp_path / "log").iterdir()).read_text(encoding="utf-8")
    assert "KeyError" in report
    assert "李文博" not in report


def test_every_command_explains_itself(desk: Desk) -> None:
    from jinan_desk.cli import desk as group

    for name in group.commands:
        assert desk(name, "--help") == 0
        assert "--data-dir" in desk.out
