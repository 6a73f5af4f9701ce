"""Accounts from the command line: founded, opened with passwords, recovered, and the access log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jinan_desk.cli.outfit import NEW_PASSWORD, PASSWORD, RECOVERY_CODE
from jinan_desk.store import keyring
from jinan_desk.store.places import key_path
from tests.end_to_end.test_command_line import OFFICE, Desk, hiring

CHIEF, CLERK = "陈主任", "苏敏"
SECRET, OTHER, GIVEN = "correct horse", "battery staple", "for the first day"


class Hall(Desk):
    """A desk with accounts; commands are run by somebody who knows their password."""

    def as_(self, name: str, *arguments: str, password: str = SECRET, new: str = OTHER, given: str = "") -> int:
        with self._patch.context() as patch:
            patch.setenv(PASSWORD, password)
            patch.setenv(NEW_PASSWORD, new)
            return self("--account", name, *arguments, given=given)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "COST", keyring.Cost(2, 1, 1))


@pytest.fixture
def hall(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Hall:
    made = Hall(tmp_path / "office", capsys, monkeypatch)
    assert made.as_("", "init", *OFFICE, "--administrator", CHIEF) == 0
    return made


def code_in(text: str) -> str:
    (code,) = re.findall(r"^(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}$", text, flags=re.MULTILINE)
    return str(code)


def test_an_office_is_founded_with_an_administrator_and_shows_the_code_once(hall: Hall) -> None:
    assert code_in(hall.out)
    assert hall.as_(CHIEF, "accounts", "list") == 0
    assert hall.out.strip() == f"{CHIEF}  管理员"


def test_an_office_with_accounts_is_not_founded_again(hall: Hall) -> None:
    assert hall.as_(CHIEF, "init", *OFFICE) == 1
    assert hall.err.strip() == "这个数据目录已经建立了经办机构，没有改动"


def test_nothing_opens_without_the_right_name_and_password(hall: Hall, tmp_path: Path) -> None:
    assert "--account" in hall.refused("list")
    assert hall.as_(CHIEF, "list", password="wrong") == 1
    assert hall.err.strip() == "姓名或密码不对，没有打开"
    roster = tmp_path / "units.csv"
    roster.write_text("单位名称\n", encoding="utf-8")
    assert "--account" in hall.refused("match", str(roster), "--output", str(tmp_path / "out.xlsx"))


def test_a_clerk_is_added_enters_and_may_not_review(hall: Hall) -> None:
    assert hall.as_(CHIEF, "accounts", "add", CLERK, "--role", "经办", new=GIVEN) == 0
    hall.as_(CLERK, "accounts", "password", password=GIVEN)
    assert hall.as_(CLERK, "enter", password=OTHER, given=hiring()) == 0
    case = hall.out.split()[0]
    for stage in ("received", "accepted"):
        assert hall.as_(CLERK, "advance", case, stage, password=OTHER) == 0
    assert hall.as_(CLERK, "advance", case, "first_review", password=OTHER) == 1
    assert "“审核员”角色" in hall.err
    value = ("parameter", "average_unemployment_benefit", "1500", "--since", "2020-01-01", "--source", "文")
    assert hall.as_(CLERK, *value, "--propose", password=OTHER) == 1
    assert "“管理员”角色" in hall.err
    assert hall.as_(CLERK, *value, password=OTHER) == 1
    assert "须由另一人确认" in hall.err
    assert hall.as_(CHIEF, "accounts", "roles", CLERK, "--role", "clerk", "--role", "reviewer") == 0
    assert "经办员、审核员" in hall.out
    assert hall.as_(CLERK, "advance", case, "first_review", password=OTHER) == 1
    assert "请由另一人办理" in hall.err


def test_a_role_that_there_is_not_is_refused_and_the_others_are_named(hall: Hall) -> None:
    assert hall.as_(CHIEF, "accounts", "add", CLERK, "--role", "boss") == 1
    assert "clerk、reviewer、approver、administrator" in hall.err


def test_passwords_are_changed_reset_and_accounts_disabled_and_enabled(hall: Hall) -> None:
    assert hall.as_(CHIEF, "accounts", "add", CLERK, "--role", "clerk") == 0
    assert hall.out.strip() == f"{CLERK}  经办员  首次登录时须改成自己的密码"
    for command in (("list",), ("accounts", "password", CHIEF)):
        assert hall.as_(CLERK, *command, password=OTHER) == 1
        assert hall.err.strip() == f"{CLERK} 的密码是管理员给的，请先改成自己的：jinan-desk --account {CLERK} accounts password"
    assert hall.as_(CLERK, "accounts", "password", password=OTHER, new=OTHER) == 1
    assert "不能与管理员给的相同" in hall.err
    assert hall.as_(CLERK, "accounts", "password", password=OTHER, new="my own words") == 0
    assert hall.as_(CLERK, "list", password="my own words") == 0
    assert hall.as_(CLERK, "accounts", "password", password="my own words", new="changed again") == 0
    assert hall.as_(CLERK, "list", password="changed again") == 0
    assert hall.as_(CHIEF, "accounts", "password", CLERK, new="forgotten one") == 0
    assert hall.as_(CLERK, "list", password="forgotten one") == 1
    assert hall.as_(CLERK, "accounts", "password", password="forgotten one", new="remembered") == 0
    assert hall.as_(CLERK, "list", password="remembered") == 0
    assert hall.as_(CHIEF, "accounts", "disable", CLERK) == 0
    assert "已停用" in hall.out
    assert hall.as_(CLERK, "list", password="remembered") == 1
    assert hall.as_(CHIEF, "accounts", "enable", CLERK, new="another start") == 0
    assert hall.as_(CLERK, "accounts", "password", password="another start", new="remembered") == 0
    assert hall.as_(CLERK, "list", password="remembered") == 0
    assert hall.as_(CHIEF, "accounts", "disable", CHIEF) == 1
    assert "唯一的管理员" in hall.err


def test_check_names_an_account_that_the_key_file_does_not_know(hall: Hall) -> None:
    """Guard: `wrong_holders` in `Desk.repair`."""
    before = key_path(hall.directory).read_bytes()
    hall.as_(CHIEF, "accounts", "add", CLERK, "--role", "clerk")
    key_path(hall.directory).write_bytes(before)
    assert hall.as_(CHIEF, "check") == 1
    assert f"账号 {CLERK} 在用，但密钥文件里没有其密码" in hall.out
    assert hall.as_(CHIEF, "accounts", "password", CLERK) == 0
    assert hall.as_(CHIEF, "check") == 0


def test_a_lost_administrator_comes_back_with_the_code(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RECOVERY_CODE, code_in(hall.out))
    assert hall.as_("", "accounts", "recover", CHIEF) == 0
    new = code_in(hall.out)
    assert hall.as_(CHIEF, "list", password=OTHER) == 0
    assert hall.as_("", "accounts", "recover", CHIEF) == 1
    assert "恢复码不对" in hall.err
    assert hall.as_(CHIEF, "accounts", "recovery-code", password=OTHER) == 0
    assert code_in(hall.out) != new


def test_a_new_data_key_and_a_restore_on_another_machine(
    hall: Hall, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_in(hall.out)
    hall.as_(CHIEF, "accounts", "roles", CHIEF, "--role", "administrator", "--role", "clerk")
    hall.as_(CHIEF, "enter", given=hiring())
    assert hall.as_(CHIEF, "backup", str(tmp_path / "stick")) == 0
    (backup,) = (tmp_path / "stick").glob("*.db")
    assert hall.as_(CHIEF, "accounts", "rekey") == 0
    assert hall.as_(CHIEF, "restore", str(backup), "--dry-run") == 0
    assert "备份之后没有新的记录" in hall.out
    assert hall.as_(CHIEF, "restore", str(backup)) == 0
    assert hall.as_(CHIEF, "list") == 0
    other = Hall(tmp_path / "other", capsys, monkeypatch)
    assert other.as_(CHIEF, "restore", str(backup), password="wrong") == 1
    monkeypatch.setenv(RECOVERY_CODE, code)
    assert other("restore", str(backup), "--recovery-code") == 0
    assert other.as_(CHIEF, "list") == 0
    assert len(other.out.splitlines()) == 1


def test_whole_numbers_and_drafts_that_leave_by_the_command_line_are_noted(desk: Desk, tmp_path: Path) -> None:
    case = desk.json("enter", "--json", given=hiring())["case"]
    desk("show", case)
    desk("show", case, "--json")
    desk("print", case, "--form", "application", "--draft", "--output", str(tmp_path / "draft.pdf"))
    assert desk("access", "list") == 0
    assert [line.split("  ")[2:] for line in desk.out.splitlines()] == [
        ["打印文书", "application draft"],
        ["查看完整号码", case[:8]],
    ]


def test_accounts_are_begun_where_there_were_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk("enter", given=hiring())
    bare = key_path(desk.directory).read_bytes()
    assert "尚未启用账号" in desk.refused("accounts", "recovery-code")
    monkeypatch.setenv(PASSWORD, SECRET)
    assert desk("accounts", "begin", CHIEF) == 0
    assert code_in(desk.out)
    assert desk("--account", CHIEF, "list") == 0
    assert len(desk.out.splitlines()) == 1
    key_path(desk.directory).write_bytes(bare)
    assert "密钥不符" in desk.refused("list")


def test_a_password_is_typed_unseen_and_twice_where_it_is_new(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PASSWORD in desk.refused("accounts", "begin", CHIEF, given=f"{SECRET}\n{SECRET}\n")
    typed: list[str] = []

    def prompt(_: str, *, hide_input: bool, err: bool) -> str:
        assert hide_input
        assert err
        return typed.pop(0)

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("jinan_desk.cli.outfit.somebody_types", lambda: True)
    typed[:] = [SECRET, "another thing"]
    assert "两次输入的密码不一致" in desk.refused("accounts", "begin", CHIEF)
    typed[:] = [SECRET, SECRET, SECRET]
    assert desk("accounts", "begin", CHIEF) == 0
    assert desk("--account", CHIEF, "accounts", "list") == 0
    assert typed == []


def test_the_access_log_is_listed_and_exported_by_an_administrator(hall: Hall, tmp_path: Path) -> None:
    hall.as_(CHIEF, "accounts", "add", CLERK, "--role", "clerk", new=GIVEN)
    hall.as_(CLERK, "accounts", "password", password=GIVEN)
    hall.as_(CLERK, "ledger", str(tmp_path / "ledger.xlsx"), password=OTHER)
    assert hall.as_(CLERK, "access", "list", password=OTHER) == 1
    assert "“管理员”角色" in hall.err
    assert hall.as_(CHIEF, "access", "list", "--of", CLERK, "--action", "ledger") == 0
    assert len(hall.out.splitlines()) == 1
    assert "导出台账报表" in hall.out
    assert hall.as_(CHIEF, "access", "list", "--until", "2000-01-01") == 0
    assert "没有符合条件" in hall.out
    assert hall.as_(CHIEF, "access", "export", str(tmp_path / "log.xlsx"), "--of", CLERK) == 0
    assert load_workbook(tmp_path / "log.xlsx").active.max_row == 7  # signed in three times, a password, a ledger
