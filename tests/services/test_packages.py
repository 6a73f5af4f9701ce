"""Offices exchange packages: late, twice, in the wrong order. Nothing is lost, doubled or believed without proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count, permutations
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jinan_desk.core.identity import masked
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.handed_down import NOTHING
from jinan_desk.services.packages import StrangerError
from jinan_desk.store import AccessFilter, CaseFilter, Tell, Tombstone
from jinan_desk.store.tombstones import add_tombstones
from tests.services.desks import FACTS, Desk, introduce, told


def test_an_unknown_key_is_not_merged(street: Desk, district: Desk, tmp_path: Path) -> None:
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    with pytest.raises(DeskError, match="尚未登记") as refused:
        district.packages.merge(tmp_path / "p.xlsx")
    assert street.packages.fingerprint() in refused.value.read()
    with pytest.raises(DeskError, match="尚未登记"):
        district.packages.merge(tmp_path / "p.xlsx", trust=district.packages.fingerprint())
    assert district.all() == []
    assert district.packages.partners.all() == []


def test_nothing_leaves_without_a_password_or_a_reason_for_none(street: Desk, tmp_path: Path) -> None:
    """Guard: `export` itself, whoever calls it."""
    street.enter()
    for reason in ("", "  "):
        with pytest.raises(DeskError, match="请设置密码"):
            street.packages.export(tmp_path / "p.xlsx", unlocked=reason)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_reason_for_no_password_is_told_where_there_is_none_only(street: Desk, tmp_path: Path) -> None:
    """Guard: `open_for` in `export`."""
    street.enter()
    locked = street.packages.export(tmp_path / "p.xlsx", password="一个足够长的密码", unlocked="测试")
    assert "测试" not in told(locked)
    open_one = street.packages.export(tmp_path / "q.xlsx", unlocked=" 测试 ")
    assert "原因：测试" in told(open_one)
    assert [one.told["unlocked"] for one in street.packages.history()] == ["测试", ""]
    log = street.store.access.page(AccessFilter(), before=None, limit=10)
    assert [row.subject.partition(" ")[2] for row in log if row.action == "export"] == ["未设密码：测试", ""]


def test_a_package_that_could_not_be_noted_everywhere_did_not_go_out(
    street: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: the transaction in `export`."""
    street.enter()
    monkeypatch.setattr(street.packages._access, "note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    assert street.packages.history() == []
    assert not (tmp_path / "p.xlsx").exists()


def test_a_partner_hears_of_what_was_destroyed_once(street: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `since` of the tombstones in `compose`."""
    line = (street.office.code, street.store.incarnation)
    stones = [Tombstone(f"{number:064x}", "c1", *line, number, "2020-03-20T08:15:00Z") for number in (1, 2, 3)]
    add_tombstones(street.store._db, stones, own=True)
    for known, told_of in ((0, {1, 2, 3}), (2, {3}), (3, set())):
        monkeypatch.setattr(street.partners, "acknowledged", lambda _, known=known: {line: known})
        package = street.packages.compose()
        assert {stone[4] for stone in package.destroyed} == told_of


def test_a_fingerprint_that_was_compared_enrols_the_key(street: Desk, district: Desk, tmp_path: Path) -> None:
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    mark = street.packages.fingerprint()
    merged = district.packages.merge(tmp_path / "p.xlsx", trust=mark.lower().replace("-", " "))
    assert (merged.trusted, merged.dry_run) == (True, False)
    assert district.all() == street.all()
    assert [partner.fingerprint for partner in district.packages.partners.all()] == [mark]
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    assert district.packages.merge(tmp_path / "p.xlsx").received.new == 1


def test_looking_at_a_package_changes_nothing(street: Desk, district: Desk, tmp_path: Path) -> None:
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    report = district.packages.inspect(tmp_path / "p.xlsx", trust=street.packages.fingerprint())
    assert (report.received.new, report.received.known, report.dry_run, report.trusted) == (1, 0, True, False)
    assert report.fingerprint == street.packages.fingerprint()
    assert "将新增记录 1 条" in told(report)
    assert "合并时一并登记" in told(report)
    assert district.all() == []
    assert district.partners.all() == []


@pytest.mark.parametrize("enrolled", [False, True])
def test_nothing_of_a_strangers_package_is_unpacked(
    street: Desk, district: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enrolled: bool
) -> None:
    """Guard: `admit` in `read_envelope`, before the records: they may unpack to much, and nobody has vouched for them.
    The same for a key that was withdrawn."""
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    if enrolled:
        introduce(street, district, tmp_path)
        district.partners.withdraw(street.partners.fingerprint(), "机器丢失")
    monkeypatch.setattr("jinan_desk.exchange.envelope._digest", lambda text: pytest.fail("read"))
    monkeypatch.setattr("jinan_desk.exchange.package.unpacked", lambda text: pytest.fail("unpacked"))
    for look in (district.packages.inspect, district.packages.merge):
        with pytest.raises(DeskError) as refused:
            look(tmp_path / "p.xlsx", trust=street.partners.fingerprint() if enrolled else "")
        assert isinstance(refused.value, StrangerError) is not enrolled


def test_an_office_hands_nothing_down_to_itself(street: Desk, tmp_path: Path) -> None:
    """Guard: `sender is None` in `_take_values`: what comes back from a stick may be one's own."""
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    merged = street.packages.merge(tmp_path / "p.xlsx")
    assert (merged.received.known, merged.handed_down, merged.trusted) == (1, NOTHING, True)


def test_a_package_that_was_read_is_not_taken_on_trust_alone(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `_refuse` in `take`: whoever reads may trust a key for the while, and taking enrols it."""
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    package = district.packages.read(tmp_path / "p.xlsx", trust=street.partners.fingerprint())
    with pytest.raises(StrangerError, match="尚未登记") as refused:
        district.packages.take(package)
    assert refused.value.fingerprint == street.partners.fingerprint()
    assert district.all() == district.partners.all() == []
    assert district.packages.partners.all() == []
    assert district.store.check() == []


def test_merging_twice_is_merging_once(street: Desk, district: Desk, tmp_path: Path) -> None:
    street.enter()
    street.enter(dismissed=3)
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    introduce(street, district, tmp_path)
    before = district.all()
    merged = district.packages.merge(tmp_path / "p.xlsx")
    assert (merged.received.new, merged.received.known) == (0, 2)
    assert district.all() == before == street.all()


def test_packages_may_come_in_any_order(
    found: Callable[[str, str], Desk], street: Desk, tmp_path: Path
) -> None:
    paths = []
    case = street.enter()
    for number in range(3):
        street.packages.export(tmp_path / f"{number}.xlsx", everything=True, unlocked="测试")
        paths.append(tmp_path / f"{number}.xlsx")
        street.change(case, 3 + number)
        street.enter()
    street.packages.export(tmp_path / "3.xlsx", everything=True, unlocked="测试")
    paths.append(tmp_path / "3.xlsx")
    for number, order in enumerate(list(permutations(paths))[::7]):
        desk = found(f"3701{10 + number}", "某区")
        for path in order:
            desk.packages.merge(path, trust=street.packages.fingerprint())
        assert desk.all() == street.all()
        assert desk.store.check() == []


def test_an_interrupted_merge_leaves_nothing_and_can_be_repeated(
    street: Desk, district: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", everything=True, unlocked="测试")
    with monkeypatch.context() as broken:
        broken.setattr(district.packages, "_remember", lambda package, report: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            district.packages.merge(tmp_path / "p.xlsx")
    assert district.all() == []
    assert district.packages.merge(tmp_path / "p.xlsx").received.new == 1
    assert district.all() == street.all()


class GivenUpError(Exception):
    pass


@pytest.mark.parametrize("work", ["export", "read", "look", "take"])
def test_work_with_a_package_can_be_given_up_at_each_step_and_then_nothing_has_changed(
    street: Desk, district: Desk, tmp_path: Path, work: str
) -> None:
    """Guards: `tell` in `Packages`, handed down to whatever takes long, inside the transaction."""
    introduce(street, district, tmp_path)
    street.enter()
    locked, password = tmp_path / "p.xlsx", "一个足够长的密码"
    street.packages.export(locked, password=password)
    package = district.packages.read(locked, password=password)
    heard: list[tuple[int, int]] = []

    def until(last: int) -> Tell:
        heard.clear()

        def tell(done: int, total: int) -> None:
            heard.append((done, total))
            if len(heard) > last:
                raise GivenUpError

        return tell

    act: Callable[[Tell], object] = {
        "export": lambda tell: street.packages.export(tmp_path / "q.xlsx", password=password, tell=tell),
        "read": lambda tell: district.packages.read(locked, password=password, tell=tell),
        "look": lambda tell: district.packages.look(package, tell=tell),
        "take": lambda tell: district.packages.take(package, tell=tell),
    }[work]
    before = district.all(), len(district.packages.history()), len(street.packages.history())
    for step in count():
        try:
            act(until(step))
            break
        except GivenUpError:
            assert (district.all(), len(district.packages.history()), len(street.packages.history())) == before
            assert not [path for path in tmp_path.iterdir() if "q.xlsx" in path.name or path.name.startswith(".")]
    assert step > 0
    if work in ("export", "read"):
        assert heard == [(1, 4), (2, 4), (3, 4)]
    if work == "take":  # the record was looked at, written, and what is found about its case judged
        assert (heard[0], heard[-1]) == ((0, 2), (1, 1))
        assert district.store.findings.count_unjudged() == 0


def test_a_damaged_package_changes_nothing(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", everything=True, unlocked="测试")
    content = bytearray((tmp_path / "p.xlsx").read_bytes())
    content[len(content) // 2] ^= 4
    (tmp_path / "p.xlsx").write_bytes(content)
    for act in (district.packages.merge, district.packages.inspect):
        with pytest.raises(DeskError):
            act(tmp_path / "p.xlsx")
    assert district.all() == []


def test_a_package_that_never_came_is_named_and_waited_for(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    case = street.enter()
    street.packages.export(tmp_path / "first.xlsx", unlocked="测试")
    district.packages.merge(tmp_path / "first.xlsx")
    district.packages.export(tmp_path / "answer.xlsx", unlocked="测试")
    street.packages.merge(tmp_path / "answer.xlsx")  # says what the district has

    street.change(case, 3)
    street.packages.export(tmp_path / "lost.xlsx", unlocked="测试")
    district_vector = district.store.vector()
    beyond = {origin: sequence + 1 for origin, sequence in district_vector.items()}
    street.change(case, 4)
    with pytest.MonkeyPatch.context() as behind:
        behind.setattr(street.packages.partners, "acknowledged", lambda to: beyond)
        street.packages.export(tmp_path / "second.xlsx", unlocked="测试")

    report = district.packages.merge(tmp_path / "second.xlsx")
    assert (report.received.new, report.received.waiting) == (0, 1)
    assert district.cases.view(case).facts["dismissed"] == FACTS["dismissed"]
    report = district.packages.merge(tmp_path / "lost.xlsx")
    assert (report.received.new, report.received.waiting) == (2, 0)
    assert district.all() == street.all()


def test_what_comes_after_a_gap_waits_and_the_gap_is_named(street: Desk, district: Desk, tmp_path: Path) -> None:
    street.enter()
    street.enter()
    since = {(street.office.code, street.store.incarnation): 1}
    with pytest.MonkeyPatch.context() as behind:
        behind.setattr(street.packages.partners, "acknowledged", lambda to: since)
        street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    report = district.packages.merge(tmp_path / "p.xlsx", trust=street.packages.fingerprint())
    assert (report.received.new, report.received.waiting) == (0, 1)
    assert "第 1–1 号记录尚未收到，其后 1 条自 2020-03-20 起等待" in told(report)
    assert [sentence.read() for sentence in district.packages.troubles().sentences()] == [
        sentence.read() for gap in report.received.gaps for sentence in (gap.sentence(),)
    ]
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试", everything=True)
    assert district.packages.merge(tmp_path / "p.xlsx").received.waiting == 0
    assert list(district.packages.troubles().sentences()) == []
    assert district.all() == street.all()


def test_two_offices_that_change_a_case_at_once_are_a_conflict(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    case = street.enter()
    street.cases.advance(case, Stage.RECEIVED)
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    district.packages.merge(tmp_path / "p.xlsx")
    street.change(case, 3)
    district.call_up(case)
    district.change(case, 4)
    district.packages.export(tmp_path / "back.xlsx", unlocked="测试")
    report = street.packages.merge(tmp_path / "back.xlsx")
    assert report.received.conflicts == (case,)
    assert "办件 06A 山东鲁泉食品有限公司" in told(report)
    assert "两个不同的最新版本" in told(report)
    assert "没有新的内容" not in told(report)
    assert "没有新的内容" in told(street.packages.inspect(tmp_path / "back.xlsx"))
    assert street.cases.view(case).row.conflict
    assert {head.body["facts"]["dismissed"] for head in street.store.heads(case)} == {3, 4}
    with pytest.raises(DeskError, match="冲突"):
        street.change(case, 5)
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    district.packages.merge(tmp_path / "p.xlsx")
    assert district.all() == street.all()


def test_a_partner_is_sent_what_it_is_not_known_to_have(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1  # sent is not received
    district.packages.merge(tmp_path / "p.xlsx")
    district.packages.export(tmp_path / "back.xlsx", unlocked="测试")
    street.packages.merge(tmp_path / "back.xlsx")
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 0
    street.enter()
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1
    assert street.packages.export(tmp_path / "p.xlsx", everything=True, unlocked="测试").revisions == 2


def test_what_one_partner_lacks_is_sent_to_all(
    found: Callable[[str, str], Desk], street: Desk, district: Desk, tmp_path: Path
) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    district.packages.merge(tmp_path / "p.xlsx")
    district.packages.export(tmp_path / "back.xlsx", unlocked="测试")
    street.packages.merge(tmp_path / "back.xlsx")
    city = found("370100", "市")
    city.packages.export(tmp_path / "city.xlsx", unlocked="测试")
    street.packages.merge(tmp_path / "city.xlsx", trust=city.packages.fingerprint())
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1


def test_a_desk_restored_from_a_backup_gets_its_work_back(
    street: Desk, district: Desk, tmp_path: Path
) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.store.backup(tmp_path / "backup.db")
    case = street.enter(dismissed=3)
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    district.packages.merge(tmp_path / "p.xlsx")
    old = street.store.incarnation

    street.store.close()
    for path in street.directory.glob("desk.db*"):
        path.unlink()
    (tmp_path / "backup.db").rename(street.directory / "desk.db")
    street.open()
    district.packages.export(tmp_path / "back.xlsx", everything=True, unlocked="测试")
    report = street.packages.merge(tmp_path / "back.xlsx")
    assert report.received.overtaken
    assert "本机构的数据曾从备份恢复" in told(report)
    assert street.cases.view(case).facts["dismissed"] == 3
    assert street.store.incarnation != old
    street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    report = district.packages.merge(tmp_path / "p.xlsx")
    assert report.received.forks == report.received.gaps == ()
    assert district.all() == street.all()


def test_a_case_received_elsewhere_goes_on_there(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    case = street.enter()
    street.cases.advance(case, Stage.RECEIVED)
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    district.packages.merge(tmp_path / "p.xlsx")
    district.call_up(case)
    district.cases.advance(case, Stage.ACCEPTED)
    district.packages.export(tmp_path / "back.xlsx", unlocked="测试")
    street.packages.merge(tmp_path / "back.xlsx")
    assert street.cases.view(case).stage is Stage.ACCEPTED
    assert street.cases.view(case).row.office == "370102"
    assert street.all() == district.all()


def test_the_report_says_how_many_cases_were_passed_to_this_office(
    street: Desk, district: Desk, tmp_path: Path
) -> None:
    introduce(street, district, tmp_path)
    for number in range(3):
        case = street.enter(dismissed=number)
        street.cases.advance(case, Stage.RECEIVED)
        if number:
            street.holding.hand_over(case, "370102")
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    report = district.packages.merge(tmp_path / "p.xlsx")
    assert report.handed_over == 2
    assert "其中 2 个办件已移交本机构办理" in told(report)
    assert district.packages.merge(tmp_path / "p.xlsx").handed_over == 0


def test_a_cell_changed_by_hand_is_reported_and_not_taken(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    case = street.enter()
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    book = load_workbook(tmp_path / "p.xlsx")
    book["台账"]["M3"].value = 99999.0
    book.save(tmp_path / "p.xlsx")
    report = district.packages.merge(tmp_path / "p.xlsx")
    assert "工作表“台账”的 M3 被改为“99999”（原为“79200”），未采用" in told(report)
    assert district.cases.view(case).row.amount == 7920000


def test_the_ledger_lists_the_cases_wanted(street: Desk, tmp_path: Path) -> None:
    street.enter()
    street.cases.advance(street.enter(), Stage.RECEIVED)
    written = street.packages.ledger(tmp_path / "all.xlsx")
    assert written.cases == 2
    assert "台账 2 件" in told(written)
    written = street.packages.ledger(tmp_path / "some.xlsx", CaseFilter(stages=("received",)))
    assert written.cases == 1
    assert load_workbook(tmp_path / "some.xlsx")["台账"].max_row == 3


def test_the_ledger_names_a_unit_and_a_person_by_their_own_number(street: Desk, tmp_path: Path) -> None:
    """Guard: the identity in `_line`."""
    person = find("10B")[1].examples[0]  # type: ignore[index]
    street.enter()
    street.cases.enter("10B", date.fromisoformat(person.on), person.facts)
    street.packages.ledger(tmp_path / "all.xlsx")
    cells = {str(cell.value) for row in load_workbook(tmp_path / "all.xlsx")["台账"].iter_rows() for cell in row}
    assert {masked(FACTS["credit_code"]), masked(person.facts["id_number"])} <= cells


def test_an_office_keeps_its_key(street: Desk) -> None:
    mark = street.packages.fingerprint()
    street.store.close()
    street.open()
    assert street.packages.fingerprint() == mark

