"""Whose packages are taken: enrolled over the phone, one key an office, until it is withdrawn; and what each has."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.exchange.enrolment import read_enrolment
from jinan_desk.exchange.envelope import ENROLMENT, Cover, write_envelope
from jinan_desk.exchange.package import read_package
from jinan_desk.services.office import Level
from jinan_desk.services.offices import partners
from jinan_desk.services.partners import Enrolment, claimed_level, common
from tests.services.desks import Desk

A, B = ("370102001", "aaaa"), ("370102", "bbbb")


def enrolment_of(desk: Desk, path: Path) -> Enrolment:
    desk.partners.write_enrolment(path)
    return read_enrolment(path)


def enrol(desk: Desk, other: Desk, path: Path) -> None:
    enrolment = enrolment_of(other, path)
    desk.partners.enrol(enrolment, enrolment.fingerprint)


def test_an_office_is_enrolled_by_the_fingerprint_that_was_read_out(
    street: Desk, district: Desk, tmp_path: Path
) -> None:
    enrolment = enrolment_of(street, tmp_path / "e.xlsx")
    assert (enrolment.office, enrolment.name, enrolment.level) == ("370102001", "解放路街道", "street")
    with pytest.raises(DeskError, match="不符"):
        district.partners.enrol(enrolment, district.partners.fingerprint())
    assert district.partners.all() == []
    partner = district.partners.enrol(enrolment, street.partners.fingerprint().replace("-", " ").lower())
    assert partner.sentence().read().startswith("370102001  解放路街道  街道")
    silent = dataclasses.replace(enrolment, level="")  # an older version says no level: what is known stays known
    assert district.partners.enrol(silent, silent.fingerprint).level == "street"
    assert street.send(district, tmp_path / "p.xlsx").trusted


def test_a_partner_is_found_by_its_code_or_the_beginning_of_its_fingerprint(
    street: Desk, district: Desk, found: Callable[[str, str], Desk], tmp_path: Path
) -> None:
    """Guards: `find`, and that `enrol` answers the office that was enrolled."""
    city = found("370100", "市级")
    for other in (city, street):
        enrolment = enrolment_of(other, tmp_path / "e.xlsx")
        assert district.partners.enrol(enrolment, enrolment.fingerprint).office == other.office.code
    mark = street.partners.fingerprint()
    for text in (" 370102001 ", mark, mark[:4], f" {mark[:6].lower()} "):
        assert district.partners.find(text).fingerprint == mark
    for text in (mark[:3], "3701", "0" + mark):
        with pytest.raises(DeskError, match="没有登记代码或指纹"):
            district.partners.find(text)
    never, once = (district.partners.find(other.office.code) for other in (city, street))
    assert "最近往来 —" not in never.sentence().read()  # to enrol an office is to have dealt with it
    assert f"最近往来 {once.last[:10]}  " in once.sentence().read()
    assert "最近往来 —  " in dataclasses.replace(once, last="").sentence().read()
    assert district.partners.withdraw("370102001", "机构撤并").office == "370102001"


def test_an_enrolment_or_withdrawal_that_could_not_be_noted_is_none(
    street: Desk, district: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: the transactions in `enrol` and `withdraw`."""
    with monkeypatch.context() as broken:
        broken.setattr(district.partners._access, "note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            enrol(district, street, tmp_path / "e.xlsx")
    assert district.partners.all() == district.packages.history() == []
    enrol(district, street, tmp_path / "e.xlsx")
    with monkeypatch.context() as broken:
        broken.setattr(district.partners._access, "note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            district.partners.withdraw("370102001", "机构撤并")
    assert [partner.withdrawn for partner in district.partners.all()] == [None]
    assert len(district.packages.history()) == 1


@pytest.mark.parametrize(
    ("office", "level", "told", "odd"),
    [
        ("370102001", "street", "对方自称层级：街道（镇）", False),
        ("370102", "district", "对方自称层级：区县", False),
        ("370100", "city", "对方自称层级：市级", False),
        ("370102001", "city", "对方自称层级：市级，而按其机构代码 370102001 应为街道（镇）；请一并电话核实", True),
        ("370102", "", "对方没有说明层级，按其机构代码作为区县", False),
        ("370102", "province", "对方没有说明层级，按其机构代码作为区县", False),
    ],
)
def test_the_level_that_an_office_claims_is_told_before_it_is_enrolled(
    office: str, level: str, told: str, odd: bool
) -> None:
    """Guard: `claimed_level`: a superior hands values down and calls cases up."""
    claim = claimed_level(Enrolment(office, "某机构", level, "2020-06-12T08:00:00Z", bytes(32)))
    assert (claim.sentence.read(), claim.odd) == (told, odd)


def test_a_level_of_a_later_version_is_that_of_the_code(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `said_level` in `partners`: what is kept of a partner is read wherever a case is shown."""
    enrolment = dataclasses.replace(enrolment_of(street, tmp_path / "e.xlsx"), level="township")
    district.partners.enrol(enrolment, enrolment.fingerprint)
    assert partners(district.store)["370102001"].level is Level.STREET
    street.enter()
    assert street.send(district, tmp_path / "p.xlsx").trusted


def test_an_enrolment_workbook_that_lacks_something_is_damaged(street: Desk, tmp_path: Path) -> None:
    """Guard: MALFORMED in `read_enrolment`: it is signed, but not by a program that writes them so."""
    cover = Cover("登记表", (), ())
    write_envelope(tmp_path / "e.xlsx", street.partners.sender(), ENROLMENT, {}, cover, made_at="2020-06-12T08:00:00Z")
    with pytest.raises(DeskError, match="已损坏"):
        read_enrolment(tmp_path / "e.xlsx")


def test_an_enrolment_workbook_is_no_package_and_a_package_no_enrolment(street: Desk, tmp_path: Path) -> None:
    street.partners.write_enrolment(tmp_path / "e.xlsx")
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    with pytest.raises(DeskError, match="kind"):
        read_package(tmp_path / "e.xlsx")
    with pytest.raises(DeskError) as refused:
        read_enrolment(tmp_path / "p.xlsx")
    assert refused.value.read() == "这是数据包，不是登记表；没有读入任何内容"


def test_a_withdrawn_key_is_refused_and_what_came_before_stays(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `Partners.doubt` and `trusts`."""
    enrol(district, street, tmp_path / "e.xlsx")
    case = street.enter()
    street.send(district, tmp_path / "p.xlsx")
    with pytest.raises(DeskError, match="原因"):
        district.partners.withdraw("370102001", " ")
    gone = district.partners.withdraw("370102001", "机器丢失")
    assert gone.withdrawn is not None
    assert "停用（机器丢失）" in gone.sentence().read()
    street.change(case, 3)
    with pytest.raises(DeskError, match="停用"):
        street.send(district, tmp_path / "p.xlsx")
    assert district.cases.view(case).facts["dismissed"] != 3
    assert [kind for kind in (e.kind for e in district.packages.history()) if kind in ("enrol", "withdraw")] == [
        "withdraw", "enrol",
    ]  # fmt: skip
    enrol(district, street, tmp_path / "e.xlsx")
    assert street.send(district, tmp_path / "p.xlsx").received.new == 1


def test_a_second_key_of_an_office_is_named_loudly(
    found: Callable[[str, str], Desk], district: Desk, tmp_path: Path
) -> None:
    """Guard: `Partners.unfit`."""
    old = found("370102001", "解放路街道")
    enrol(district, old, tmp_path / "e.xlsx")
    new = found("370102001", "解放路街道")
    new.enter()
    new.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    with pytest.raises(DeskError) as doubt:
        district.packages.inspect(tmp_path / "p.xlsx")
    assert old.partners.fingerprint() in doubt.value.read()
    assert new.partners.fingerprint() in doubt.value.read()
    with pytest.raises(DeskError, match="已登记另一公钥"):
        district.packages.merge(tmp_path / "p.xlsx", trust=new.partners.fingerprint())
    enrolment = enrolment_of(new, tmp_path / "new.xlsx")
    with pytest.raises(DeskError, match="已登记另一公钥"):
        district.partners.enrol(enrolment, enrolment.fingerprint)
    district.partners.enrol(enrolment, enrolment.fingerprint, replace=True)
    assert [partner.withdrawn is None for partner in district.partners.all()] == [True, False]
    assert district.partners.enrol(enrolment, enrolment.fingerprint)  # a key that was withdrawn is in nobody's way
    assert district.packages.merge(tmp_path / "p.xlsx").received.new == 1
    with pytest.raises(DeskError, match="停用"):
        old.send(district, tmp_path / "old.xlsx")


def test_nobody_else_is_enrolled_with_our_own_code(
    found: Callable[[str, str], Desk], district: Desk, tmp_path: Path
) -> None:
    enrolment = enrolment_of(found("370102", "历下区"), tmp_path / "e.xlsx")
    with pytest.raises(DeskError, match="本机构的代码"):
        district.partners.read_enrolment(tmp_path / "e.xlsx")
    for replace in (False, True):
        with pytest.raises(DeskError, match="本机构的代码"):
            district.partners.enrol(enrolment, enrolment.fingerprint, replace=replace)
    own = enrolment_of(district, tmp_path / "own.xlsx")
    with pytest.raises(DeskError, match="自己的公钥"):
        district.partners.enrol(own, own.fingerprint)
    with pytest.raises(DeskError, match="自己的登记表"):
        district.partners.read_enrolment(tmp_path / "own.xlsx")


# What they have -------------------------------------------------------------------------------------------------------


def heard(desk: Desk, other: Desk, *said: tuple[str, list[str], dict[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    key = bytes.fromhex(desk.store.settings.get("partners")[other.partners.fingerprint()]["public_key"])
    for incarnation, lives, vector in said:
        desk.partners.heard(key, incarnation, lives, vector)
    return dict(desk.partners.acknowledged())


def test_an_old_receipt_takes_nothing_back(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: the maximum in `Partners.heard`."""
    enrol(street, district, tmp_path / "e.xlsx")
    assert heard(street, district, ("x", [], {A: 5}), ("x", [], {A: 2}), ("x", [], {B: 1})) == {A: 5, B: 1}


def test_a_later_life_counts_instead_of_the_earlier_in_any_order(street: Desk, district: Desk, tmp_path: Path) -> None:
    """A partner that was restored has less than it once said. Guard: the lives in `Partners.heard`."""
    enrol(street, district, tmp_path / "e.xlsx")
    assert heard(street, district, ("x", [], {A: 5})) == {A: 5}
    assert heard(street, district, ("y", ["x"], {A: 2})) == {A: 2}
    assert heard(street, district, ("x", [], {A: 6})) == {A: 2}  # an old receipt, late
    assert heard(street, district, ("y", ["x"], {A: 7, B: 2})) == {A: 7, B: 2}


def test_of_two_lives_from_one_backup_only_what_both_have_counts(street: Desk, district: Desk, tmp_path: Path) -> None:
    enrol(street, district, tmp_path / "e.xlsx")
    assert heard(street, district, ("y", ["x"], {A: 4, B: 1}), ("z", ["x"], {A: 3})) == {A: 3}


def test_what_one_partner_lacks_is_sent_to_all_unless_one_is_named(
    found: Callable[[str, str], Desk], street: Desk, district: Desk, tmp_path: Path
) -> None:
    city = found("370100", "市")
    for other in (district, city):
        enrol(street, other, tmp_path / "e.xlsx")
        enrol(other, street, tmp_path / "e.xlsx")
    street.enter()
    street.send(district, tmp_path / "p.xlsx")
    district.answer(street, tmp_path / "r.xlsx")
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 1
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试", to="370102").revisions == 0
    street.partners.withdraw("370100", "不再往来")
    assert street.packages.export(tmp_path / "p.xlsx", unlocked="测试").revisions == 0
    with pytest.raises(DeskError, match="没有登记"):
        street.packages.export(tmp_path / "p.xlsx", unlocked="测试", to="370100")


def test_nothing_is_common_to_nobody() -> None:
    assert common([]) == {}
    assert common([{A: 1}, {A: 2, B: 1}]) == {A: 1}
