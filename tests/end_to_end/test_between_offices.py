"""Conflicts, passing on, keeping times and a person's own data from the command line."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from jinan_desk import app
from jinan_desk.services.demo import hires
from tests.end_to_end.test_command_line import Desk, hiring, line

STREET = ("--code", "370102001", "--name", "泉城路街道", "--prefix", "济历下泉办", "--level", "street")
OPEN = ("--no-password", "测试")
ENDED = ("received", "withdrawn", "archived")


@pytest.fixture
def street(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path / "street", capsys, monkeypatch)
    assert made("init", *STREET) == 0
    return made


def fingerprint(desk: Desk) -> str:
    with app.open_desk(desk.directory) as opened:
        return opened.packages.fingerprint()


def send(sender: Desk, receiver: Desk, tmp_path: Path) -> None:
    package = str(tmp_path / "package.xlsx")
    assert sender("export", package, "--all", *OPEN) == 0, sender.err
    assert receiver("merge", package, "--trust", fingerprint(sender)) == 0, receiver.err


def entered(desk: Desk, given: str) -> str:
    return str(desk.json("enter", "--json", given=given)["case"])


def test_a_case_goes_up_and_the_street_only_looks(desk: Desk, street: Desk, tmp_path: Path) -> None:
    send(desk, street, tmp_path)
    case = entered(street, hiring())
    assert street("hand-over", case) == 0
    assert "不能移交" in street.out
    assert street("advance", case, "received") == 0
    assert street("hand-over", case) == 0
    assert "370102  上报" in street.out
    assert street("hand-over", case, "370102") == 0
    assert "现由" in street.refused("advance", case, "accepted")
    assert street.json("show", case, "--json")["holder"] == "370102"
    send(street, desk, tmp_path)
    assert desk("advance", case, "accepted", "--account", "韩立") == 0


def test_a_conflict_is_listed_shown_tried_and_settled(desk: Desk, street: Desk, tmp_path: Path) -> None:
    case = entered(street, line("06A"))
    send(street, desk, tmp_path)
    for one, dismissed in ((street, 3), (desk, 4)):
        with app.open_desk(one.directory) as opened:
            facts = opened.cases.view(case).facts
            opened.cases.change(case, date(2020, 6, 10), {**facts, "dismissed": dismissed})
    send(desk, street, tmp_path)
    assert street("conflicts", "list") == 0
    assert case[:8] in street.out
    assert street("conflicts", "show", case) == 0
    assert "上年度裁员人数（dismissed）：须选定" in street.out
    settle = ("conflicts", "settle", case, "--reason", "已核对花名册")
    assert "须由您选定" in street.refused(*settle)
    assert "没有版本 Z" in street.refused(*settle, "--take", "Z")
    assert street(*settle, "--field", "dismissed=370102", "--dry-run") == 0
    assert "处理后：草稿" in street.out
    assert street.json("show", case, "--json")["conflict"]
    assert street(*settle, "--field", "dismissed=370102") == 0
    shown = street.json("show", case, "--json")
    assert (shown["conflict"], shown["facts"]["dismissed"]) == (False, 4)
    assert shown["history"][-1]["reason"] == "已核对花名册"
    assert street("conflicts", "list") == 0
    assert "没有冲突" in street.out


def test_who_looks_at_the_numbers_of_people_in_a_conflict_is_noted(desk: Desk, street: Desk, tmp_path: Path) -> None:
    """Guard: the note in `conflicts show`, where whole numbers are among what differs; not where none is."""
    differing = {
        entered(street, line("06A")): ("bank_account", ("6222020000000000018", "6222020000000000026")),
        entered(street, line("06A")): ("dismissed", (3, 4)),
    }
    send(street, desk, tmp_path)
    for place, one in enumerate((street, desk)):
        with app.open_desk(one.directory) as opened:
            for case, (key, values) in differing.items():
                facts = opened.cases.view(case).facts
                opened.cases.change(case, date(2020, 6, 10), {**facts, key: values[place]})
    send(desk, street, tmp_path)
    for case in differing:
        assert street("conflicts", "show", case) == 0
    with app.open_desk(street.directory) as opened:
        log = opened.access.page()
    noted = {key: [row.action for row in log if row.subject == case[:8]] for case, (key, _) in differing.items()}
    assert noted == {"bank_account": ["unmask"], "dismissed": []}


def test_what_is_past_its_time_goes_when_two_people_want_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, kept = entered(desk, hiring()), entered(desk, line("06A"))
    for stage in ENDED:
        assert desk("advance", case, stage, "--reason", "申请人撤回") == 0
    assert desk("retention", "list") == 0
    assert "没有超过保存期限的办件" in desk.out
    assert "应保存到" in desk.refused("retention", "propose", case, "--reason", "保存期满")
    monkeypatch.setattr(app, "open_desk", partial(app.open_desk, today=lambda: date(2099, 1, 1)))
    assert desk("retention", "list", "--money", "20") == 0
    assert "涉及资金的 20 年" in desk.out
    assert case[:8] in desk.out
    assert kept[:8] not in desk.out
    assert desk("retention", "propose", case, "--reason", "保存期满", "--account", "苏敏") == 0
    number = desk.out.split()[1]
    assert "另一人" in desk.refused("retention", "confirm", number, "--account", "苏敏")
    assert desk("retention", "confirm", number, "--account", "孔祥文") == 0
    assert "备份" in desk.out
    assert "找不到" in desk.refused("show", case)
    assert desk("check") == 0
    assert desk("show", kept) == 0


def test_a_person_is_given_what_is_kept_about_them(desk: Desk, tmp_path: Path) -> None:
    entered(desk, hiring())
    number = hires(2, 1)[0]["id_number"]
    out = tmp_path / "own.pdf"
    assert desk("own-data", "-", str(out), given=number + "\n") == 0
    assert "1 个办件" in desk.out
    assert number not in desk.out + desk.err
    assert out.read_bytes().startswith(b"%PDF")
    assert "18 位" in desk.refused("own-data", "37010", str(out))
    assert "没有保存" in desk.refused("own-data", hires(9, 1)[0]["id_number"], str(out))
