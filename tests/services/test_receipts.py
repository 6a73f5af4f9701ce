"""A receipt says what became of a package; read once or ten times, late or early, it moves only forwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jinan_desk.errors import DeskError
from jinan_desk.exchange.receipt import read_receipt
from tests.services.desks import Desk, introduce, told


def test_the_next_export_holds_only_what_came_after(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    acknowledged = district.answer(street, tmp_path / "r.xlsx")
    assert acknowledged.receipt.counts == {"new": 1, "known": 0, "waiting": 0, "conflicts": 0, "refused": 0}
    assert (acknowledged.known, acknowledged.again, acknowledged.lost) == (True, False, False)
    assert "对方新增 1 条" in told(acknowledged)
    assert len(told(acknowledged).splitlines()) == 2
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 0
    street.enter()
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1


def test_a_lost_receipt_is_no_harm(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    street.enter()
    assert street.send(district, tmp_path / "p.xlsx").received.known == 1  # cumulative since the last acknowledgement
    district.answer(street, tmp_path / "r.xlsx")
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 0


def test_receipts_may_come_in_any_order_and_twice(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: the maximum in `Partners.heard`."""
    introduce(street, district, tmp_path)
    for number in range(2):
        street.enter()
        street.send(district, tmp_path / "p.xlsx")
        district.receipts.write(tmp_path / f"{number}.xlsx")
    for number in (1, 0, 1, 0):
        street.receipts.read(tmp_path / f"{number}.xlsx")
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 0
    assert "此前已读入过" in told(street.receipts.read(tmp_path / "0.xlsx"))
    assert len([e for e in street.packages.history() if e.kind == "receipt_in"]) == 2


def test_a_receipt_that_could_not_be_noted_is_not_written(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `placing` around the note in `Receipts.write`, and its transaction."""
    introduce(street, district, tmp_path)
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"before")
    district.store._db.conn.execute("PRAGMA query_only=ON")
    with pytest.raises(DeskError, match="无法写入"):
        district.receipts.write(path)
    assert [one.name for one in tmp_path.glob("*r.xlsx")] == ["r.xlsx"]
    assert path.read_bytes() == b"before"
    district.store._db.conn.execute("PRAGMA query_only=OFF")
    district.receipts.write(path)
    assert district.packages.history()[0].kind == "receipt_out"


def test_two_receipts_for_one_package_are_two(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: the digest in `Receipts.take`: the second may know more than the first."""
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    first, second = (district.answer(street, tmp_path / f"{number}.xlsx") for number in range(2))
    assert (first.again, second.again, first.receipt.package) == (False, False, second.receipt.package)
    assert [e.told["receipt"] for e in street.packages.history() if e.kind == "receipt_in"] == [
        second.receipt.digest, first.receipt.digest,
    ]  # fmt: skip


def test_a_receipt_that_could_not_be_noted_acknowledges_nothing(
    street: Desk, district: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: the transaction in `Receipts.take`."""
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    district.receipts.write(tmp_path / "r.xlsx")
    with monkeypatch.context() as broken:
        broken.setattr(street.receipts, "_note", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            street.receipts.read(tmp_path / "r.xlsx")
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1
    assert not street.receipts.read(tmp_path / "r.xlsx").again


def test_a_receipt_is_owed_for_packages_of_partners_only(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `partner` in `owed`; a digest is found however it was typed."""
    street.enter()
    street.packages.export(tmp_path / "own.xlsx", unlocked="测试")
    street.packages.merge(tmp_path / "own.xlsx")
    assert street.receipts.owed() == []
    digest = street.send(district, tmp_path / "p.xlsx").digest
    assert [one.package for one in district.receipts.owed(digest[:10].upper())] == [digest]


@pytest.mark.parametrize(("count", "more"), [(50, []), (51, ["另有 1 条被拒收"])])
def test_of_very_many_refusals_the_first_are_told_and_that_there_are_more(
    street: Desk, district: Desk, tmp_path: Path, count: int, more: list[str]
) -> None:
    """Guard: `_SHOWN`."""
    introduce(street, district, tmp_path)
    street.send(district, tmp_path / "p.xlsx")
    refused = tuple((f"{number:064x}", "无法读取") for number in range(count))
    lines = told(street.receipts.take(replace(district.receipts.make(), refused=refused))).splitlines()
    assert sum(line.startswith("对方拒收记录") for line in lines) == 50
    assert [line for line in lines if line.startswith("另有")] == more


def test_people_can_read_it(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    report = street.send(district, tmp_path / "p.xlsx")
    assert report.digest
    assert district.receipts.name(report.digest) == f"回执-370102-{report.digest[:8]}.xlsx"
    district.receipts.write(tmp_path / "r.xlsx", report.digest[:10])
    cover = {row[0].value: row[1].value for row in load_workbook(tmp_path / "r.xlsx")["封面"].iter_rows() if row[1:]}
    assert (cover["回执给"], cover["新增记录"], cover["数据包摘要"]) == ("370102001", "1", report.digest)


def test_what_was_refused_is_told_to_its_sender(
    street: Desk, district: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    with monkeypatch.context() as older:
        older.setattr("jinan_desk.store.receive.refuse_inadmissible", lambda revision: int("no case of ours"))
        street.send(district, tmp_path / "p.xlsx")
    acknowledged = district.answer(street, tmp_path / "r.xlsx")
    ((record, why),) = acknowledged.receipt.refused
    assert street.store.revision(record)
    assert f"对方拒收记录 {record[:12]}：{why}" in told(acknowledged)
    assert load_workbook(tmp_path / "r.xlsx")["拒收"]["A3"].value == record
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1  # not acknowledged


def test_what_the_receiver_lacks_is_told(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.enter()
    with pytest.MonkeyPatch.context() as behind:
        since = {(street.office.code, street.store.incarnation): 1}
        behind.setattr(street.packages.partners, "acknowledged", lambda to: since)
        street.send(district, tmp_path / "p.xlsx")
    acknowledged = district.answer(street, tmp_path / "r.xlsx")
    assert "对方尚缺机构 370102001 的第 1–1 号记录" in told(acknowledged)
    assert load_workbook(tmp_path / "r.xlsx")["缺号"]["C3"].value == 1


def test_a_receipt_of_a_stranger_is_refused(
    found: Callable[[str, str], Desk], street: Desk, district: Desk, tmp_path: Path
) -> None:
    """Guard: `Receipts.take`."""
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    city = found("370100", "市")
    receipt = district.receipts.make()
    stranger = replace(receipt, public_key=public(city), office="370100")
    with pytest.raises(DeskError, match="尚未登记"):
        street.receipts.take(stranger)
    with pytest.raises(DeskError, match="是给机构"):
        street.receipts.take(replace(receipt, to="370103"))
    street.partners.withdraw("370102", "测试")
    with pytest.raises(DeskError, match="停用"):
        street.receipts.take(receipt)


def public(desk: Desk) -> bytes:
    return desk.packages.compose().public_key


def test_a_changed_receipt_is_refused(street: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    district.receipts.write(tmp_path / "r.xlsx")
    content = (tmp_path / "r.xlsx").read_bytes()
    for place in range(0, len(content), 211):
        flipped = bytearray(content)
        flipped[place] ^= 4
        (tmp_path / "r.xlsx").write_bytes(flipped)
        with pytest.raises(DeskError):
            read_receipt(tmp_path / "r.xlsx")


def test_there_is_no_receipt_for_what_was_never_merged(street: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="没有合并过"):
        street.receipts.write(tmp_path / "r.xlsx")


def test_a_receipt_that_knows_more_of_us_than_we_do_tells_that_we_were_put_back(
    street: Desk, district: Desk, tmp_path: Path
) -> None:
    """A disk image takes the witness along. Guard: `_begin_anew_if_lost`."""
    introduce(street, district, tmp_path)
    street.enter()
    street.store.close()
    image = {path.name: path.read_bytes() for path in street.directory.iterdir() if path.is_file()}
    street.open()
    lost = street.enter()
    street.send(district, tmp_path / "p.xlsx")
    district.receipts.write(tmp_path / "r.xlsx")
    street.store.close()
    for path in street.directory.glob("desk.*"):
        path.unlink()
    for name, content in image.items():
        (street.directory / name).write_bytes(content)
    street.open()
    before = street.store.incarnation
    acknowledged = street.receipts.read(tmp_path / "r.xlsx")
    assert acknowledged.lost
    assert not acknowledged.known
    assert "已遗失的记录" in told(acknowledged)
    assert "没有导出过这个数据包" in told(acknowledged)
    assert street.store.incarnation != before
    assert "少了 1 条记录" in "".join(s.read() for s in street.packages.troubles().sentences())
    assert district.send(street, tmp_path / "back.xlsx", everything=True).received.overtaken
    assert street.cases.view(lost)


def test_ones_own_receipt_acknowledges_nothing(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `is_own` in `Receipts.take`."""
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    district.receipts.write(tmp_path / "r.xlsx")
    with pytest.raises(DeskError, match="尚未登记"):
        district.receipts.read(tmp_path / "r.xlsx")


def test_a_receipt_that_was_written_is_among_what_was_exchanged(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: the note in `Receipts.write`."""
    introduce(street, district, tmp_path)
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    district.receipts.write(tmp_path / "r.xlsx")
    assert [one.kind for one in district.packages.history(1)] == ["receipt_out"]
