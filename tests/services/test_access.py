"""The access log: what is noted, that nobody is named in it, that it is only added to, and who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jinan_desk import app
from jinan_desk.cli import run
from jinan_desk.core.dates import Month
from jinan_desk.core.text import chinese
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.services.access import Access, Action, Wanted, action_named, sentence_of, subject_of
from jinan_desk.services.demo import DISTRICT, STREET, Clock
from jinan_desk.services.desk import Desk
from jinan_desk.services.parameters import checked, dated_value
from jinan_desk.services.retention import Retention
from jinan_desk.store import AccessFilter, CaseFilter, Store
from jinan_desk.store.connection import DatabaseError, disk_full
from tests.services.test_cases import ON, hiring

PASSWORD = "correct horse"


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    app.found(tmp_path / "hall", DISTRICT)
    with app.open_desk(tmp_path / "hall", "苏敏", today=clock.today, now=clock.now) as opened:
        yield opened


def log(desk: Desk) -> list[tuple[str, str, str]]:
    return [(row.account, row.action, row.subject) for row in reversed(desk.access.page())]


def received(desk: Desk) -> str:
    case = desk.cases.enter("02B", ON, hiring()).row.case
    return desk.cases.advance(case, Stage.RECEIVED).row.case


def test_printing_is_noted_with_the_case_and_looking_is_not(desk: Desk, tmp_path: Path) -> None:
    case = received(desk)
    desk.notices.write(case, "application", tmp_path / "look.pdf")
    assert log(desk) == []
    desk.notices.issue(case, "application", tmp_path / "one.pdf")
    other = received(desk)
    desk.notices.issue_all([case, other], ("application",), tmp_path / "both.pdf")
    assert log(desk) == [
        ("苏敏", "print", "application 济历下人社受〔2020〕02B-0001号"),
        ("苏敏", "print", "application ×2"),
    ]


def test_a_paper_that_could_not_be_written_is_not_noted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError):
        desk.notices.issue(received(desk), "application", tmp_path / "file" / "one.pdf")
    assert log(desk) == []


def test_what_leaves_and_what_comes_is_noted(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    received(desk)
    exported = desk.packages.export(tmp_path / "package.xlsx", password=PASSWORD)
    desk.packages.ledger(tmp_path / "ledger.xlsx")
    desk.backups.make(tmp_path / "stick")
    assert [(action, subject) for _, action, subject in log(desk)][:2] == [
        ("export", exported.digest[:12]),
        ("ledger", "1"),
    ]
    assert log(desk)[2][1] == "backup"
    app.found(tmp_path / "street", STREET)
    with app.open_desk(tmp_path / "street", "邹平", today=clock.today, now=clock.now) as street:
        street.packages.merge(tmp_path / "package.xlsx", password=PASSWORD, trust=desk.packages.fingerprint())
        assert ("merge", f"{exported.digest[:12]} {DISTRICT.code}") in [line[1:] for line in log(street)]


def test_a_search_for_a_whole_number_is_noted_once_and_without_it(desk: Desk) -> None:
    received(desk)
    number = hiring()["roster"][0]["id_number"]
    for text in ("历泉", number[:17], number, number):
        desk.cases.rows(CaseFilter(text=text))
        list(desk.cases.all(CaseFilter(text=text)))
    assert log(desk) == [("苏敏", "search_by_id", "")]
    desk.parties.people(f" {number} ")
    desk.parties.units(hiring()["credit_code"])
    assert [action for _, action, _ in log(desk)] == ["search_by_id"] * 3


def test_looking_at_a_whole_number_is_noted_with_the_case(desk: Desk) -> None:
    received(desk)
    (party,) = desk.parties.units("历泉")
    assert desk.parties.unmask(party) == hiring()["credit_code"]
    assert log(desk)[-1] == ("苏敏", "unmask", "济历下人社受〔2020〕02B-0001号")


def test_the_log_is_only_added_to(store: Store) -> None:
    Access(store, account="苏敏", now=lambda: "2020-03-20T08:15:00Z").note(Action.UNMASK, 1)
    for statement in ("UPDATE access SET account = '别人'", "DELETE FROM access", "REPLACE INTO access VALUES (1,'','','','')"):
        with pytest.raises(DatabaseError, match="never changed"):
            store._db.conn.execute(statement)


def test_it_is_filtered_by_account_action_and_day_and_read_page_by_page(store: Store, clock: Clock) -> None:
    for number, (day, account, action) in enumerate(
        ((20, "苏敏", "print"), (21, "苏敏", "export"), (21, "韩立", "print"), (22, "韩立", "print"))
    ):
        clock.day = date(2020, 3, day)
        Access(store, account=account, now=clock.now).note(action, number)
    access = Access(store, account="", now=clock.now)

    def found(**wanted: object) -> list[str]:
        return [row.subject for row in access.page(Wanted(**wanted))]  # type: ignore[arg-type]

    assert found() == ["3", "2", "1", "0"]
    assert found(account="韩立") == ["3", "2"]
    assert found(action=Action.PRINT) == ["3", "2", "0"]
    assert found(first=date(2020, 3, 21), last=date(2020, 3, 21)) == ["2", "1"]
    assert found(account="苏敏", last=date(2020, 3, 20)) == ["0"]
    first = access.page(limit=3)
    assert [row.subject for row in access.page(before=first[-1].place)] == ["0"]
    assert access.accounts() == ["苏敏", "韩立"]


def test_its_export_is_a_workbook_and_is_itself_in_it(store: Store, clock: Clock, tmp_path: Path) -> None:
    access = Access(store, account="陈主任", now=clock.now)
    access.note(Action.PRINT, "=1+1")
    assert access.export(tmp_path / "log.xlsx", translate=chinese) == 2
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "log.xlsx").active]
    assert rows[1] == ["时间", "登录账号", "操作", "对象"]
    assert [row[1:] for row in rows[2:]] == [["陈主任", "导出访问记录", None], ["陈主任", "打印文书", "=1+1"]]


def test_an_export_that_could_not_be_written_is_not_noted(store: Store, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    access = Access(store, account="陈主任", now=clock.now)
    with pytest.raises(DeskError):
        access.export(tmp_path / "file" / "log.xlsx", translate=chinese)
    assert access.page() == []


def test_actions_are_named_in_either_language_and_one_of_a_later_version_by_its_own_word(store: Store) -> None:
    assert action_named("打印文书") is action_named("print") is Action.PRINT
    with pytest.raises(DeskError, match="没有操作"):
        action_named("dance")
    with store.transaction():
        store.access.add("2020-03-20T08:15:00Z", "苏敏", "dance", "")
    assert "dance" in sentence_of(store.access.page(AccessFilter())[0]).read()


@pytest.mark.parametrize(
    ("action", "subject", "told"),
    [
        (Action.LEDGER, "12", "12 件"),
        (Action.LEDGER, "全部时间", "全部时间"),
        (Action.OWN_DATA, "3", "3 件"),
        (Action.LOCK_CHANGED, "15", "15 分钟"),
        (Action.PRINT, "12", "12"),
        ("dance", "12", "12"),
    ],
)
def test_a_bare_number_is_told_with_what_it_counts(store: Store, action: str, subject: str, told: str) -> None:
    with store.transaction():
        store.access.add("2020-03-20T08:15:00Z", "苏敏", action, subject)
    row = store.access.page(AccessFilter())[0]
    assert subject_of(row).read() == told
    assert told in sentence_of(row).read()



def test_reports_ledgers_and_worklists_that_are_written_are_noted(desk: Desk, tmp_path: Path) -> None:
    received(desk)
    desk.reports.write(desk.reports.report(), tmp_path / "reports.xlsx", chinese)
    desk.funds.write(2020, tmp_path / "funds.xlsx", chinese)
    kept = checked("average_unemployment_benefit", "1500.00", since="2020-01-01", source="文件")
    reckoning = desk.effects(*dated_value(kept))
    reckoning.more(10)
    reckoning.write(tmp_path / "effects.xlsx", chinese)
    assert log(desk) == [
        ("苏敏", "ledger", "全部时间"), ("苏敏", "ledger", "2020年1月1日至2020年12月31日"), ("苏敏", "ledger", "average_unemployment_benefit 0"),
    ]  # fmt: skip


def test_partners_destruction_and_leaving_without_a_password_are_noted(
    desk: Desk, tmp_path: Path, clock: Clock
) -> None:
    """Guards: the notes in `Partners.admit`, `Partners._withdraw`, `Packages.export` and `Retention.confirm`."""
    app.found(tmp_path / "street", STREET)
    with app.open_desk(tmp_path / "street", "邹平", today=clock.today, now=clock.now) as street:
        mark = street.packages.fingerprint()
        street.packages.export(tmp_path / "p.xlsx", everything=True, unlocked="对方没有密码软件")
        assert log(street)[-1][1:] == ("export", log(street)[-1][2])
        assert "未设密码：对方没有密码软件" in log(street)[-1][2]
    desk.packages.merge(tmp_path / "p.xlsx", trust=mark)
    desk.packages.partners.withdraw(mark, "换了机器")
    case = desk.cases.enter("02B", ON, hiring()).row.case
    for stage in (Stage.RECEIVED, Stage.WITHDRAWN, Stage.ARCHIVED):
        desk.cases.advance(case, stage, reason="本人申请")
    clock.day = date(2031, 1, 1)
    desk.retention.propose([case], "保存期满")
    Retention(desk.store, account="孔祥文", today=clock.today, now=clock.now).confirm([1])
    noted = [(action, subject) for _, action, subject in log(desk)]
    for line in (
        ("partner_enrolled", f"{STREET.code} {mark}"),
        ("partner_withdrawn", f"{STREET.code} {mark}"),
        ("purge", case[:8]),
    ):
        assert line in noted


# Nothing leaves unnoted ------------------------------------------------------------------------------------------------

TAKING_OUT = {
    "print": lambda desk, case, path: desk.notices.issue(case, "application", path),
    "prints": lambda desk, case, path: desk.notices.issue_all([case], ("application",), path),
    "own_data": lambda desk, case, path: desk.notices.write_own_data(
        desk.own_data.of(hiring()["roster"][0]["id_number"]), path, ON
    ),
    "month": lambda desk, case, path: desk.records.write_month(Month(2020, 3), path),
    "month_paper": lambda desk, case, path: desk.notices.write_month(
        desk.records.month(Month(2020, 3)), path
    ),
    "package": lambda desk, case, path: desk.packages.export(path, password=PASSWORD),
    "ledger": lambda desk, case, path: desk.packages.ledger(path),
    "report": lambda desk, case, path: desk.reports.write(desk.reports.report(), path, chinese),
    "charts": lambda desk, case, path: desk.reports.write_charts(desk.reports.report(), path, chinese),
    "funds": lambda desk, case, path: desk.funds.write(2020, path, chinese),
    "log": lambda desk, case, path: desk.access.export(path, translate=chinese),
    "effects": lambda desk, case, path: desk.effects(
        *dated_value(checked("average_unemployment_benefit", "1500.00", since="2020-01-01", source="文件"))
    ).write(path, chinese),
}
PDF = {"print", "prints", "charts", "own_data"}


@pytest.mark.parametrize("before", [b"", b"of last week"])
@pytest.mark.parametrize("what", TAKING_OUT)
def test_no_file_is_there_before_it_is_kept_that_it_was_taken_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, before: bytes
) -> None:
    """The guards: the note is written with the file, and only what is committed puts the file in its place."""
    case = received(desk)
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / f"a{'.pdf' if what in PDF else '.xlsx'}"
    if before:
        path.write_bytes(before)
    there = [(one.name, one.read_bytes()) for one in folder.iterdir()]
    seen: list[object] = []

    def commit_fails(statement: str) -> None:
        if statement == "COMMIT":
            seen.append([(one.name, one.read_bytes()) for one in folder.iterdir() if one == path])
            raise disk_full()

    failing = CommitFails(desk.store._db.conn, commit_fails)
    with monkeypatch.context() as full:
        full.setattr(desk.store._db, "conn", failing)
        with pytest.raises(DeskError, match="磁盘"):
            TAKING_OUT[what](desk, case, path)
    assert seen == [there]
    assert [(one.name, one.read_bytes()) for one in folder.iterdir()] == there
    assert log(desk) == []
    assert desk.store.prints.of(case) == []
    TAKING_OUT[what](desk, case, path)
    assert len(log(desk)) == 1
    assert [one.name for one in folder.iterdir()] == [path.name]
    assert path.read_bytes() != before


class CommitFails:
    """A connection that hears of statements first."""

    def __init__(self, conn: object, hear: Callable[[str], None]) -> None:
        self._conn, self._hear = conn, hear

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)

    def execute(self, statement: str, *given: object) -> object:
        self._hear(statement)
        return self._conn.execute(statement, *given)  # type: ignore[attr-defined]


def test_a_whole_number_is_answered_only_when_it_is_noted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard: searching and unmasking note first, and a search that could not be noted is noted the next time."""
    received(desk)
    number = hiring()["roster"][0]["id_number"]
    (party,) = desk.parties.units("历泉")
    asks = (
        lambda: desk.cases.rows(CaseFilter(text=number)),
        lambda: list(desk.cases.all(CaseFilter(text=number))),
        lambda: desk.cases.numbers(CaseFilter(text=number)),
        lambda: list(desk.parties.people(number)),
        lambda: desk.parties.unmask(party),
    )
    for ask in asks:
        with monkeypatch.context() as full:
            full.setattr(desk.store.access, "add", _refuse_line)
            with pytest.raises(DeskError, match="磁盘"):
                ask()
    desk.cases.rows(CaseFilter(text=number))
    assert [action for _, action, _ in log(desk)] == ["search_by_id"]


def _refuse_line(*given: object) -> None:  # noqa: ARG001
    raise disk_full()


def test_the_command_line_notes_what_shows_whole_numbers_and_what_is_only_a_draft(
    desk: Desk, tmp_path: Path, clock: Clock
) -> None:
    """Guards: the notes of `show --json` and `print --draft`."""
    case = received(desk)
    desk.store.close()
    place = ["--data-dir", str(tmp_path / "hall"), "--account", "苏敏"]
    assert run([*place, "show", case[:12]], app.outfit()) == 0
    assert run([*place, "show", case[:12], "--json"], app.outfit()) == 0
    draft = ["print", case[:12], "--form", "application", "--draft", "--output", str(tmp_path / "draft.pdf")]
    assert run([*place, *draft], app.outfit()) == 0
    with app.open_desk(tmp_path / "hall", "苏敏", today=clock.today, now=clock.now) as again:
        assert [line[1:] for line in log(again)] == [
            ("unmask", "济历下人社受〔2020〕02B-0001号"), ("print", "application draft"),
        ]  # fmt: skip


def test_a_setting_that_the_disk_does_not_take_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard: what is put down outside of a transaction is no crash either."""
    full = DatabaseError("full")
    full.sqlite_errorcode = 13

    def refuse(statement: str) -> None:
        if statement.startswith("INSERT INTO settings"):
            raise full

    with monkeypatch.context() as disk:
        disk.setattr(store._db, "conn", CommitFails(store._db.conn, refuse))
        with pytest.raises(DeskError, match="磁盘已满"):
            store.settings.put("word", 1)
    assert store.settings.get("word") is None
