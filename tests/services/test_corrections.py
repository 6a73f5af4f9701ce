"""Cells that somebody changed by hand in a package: nothing of it is taken by itself, and what a person takes over is a
revision of theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.exchange import package
from jinan_desk.exchange.package import read_package
from jinan_desk.measures import find
from jinan_desk.services import corrections
from jinan_desk.services.corrections import Offer
from jinan_desk.services.demo import hires, unit
from tests.services.desks import Desk, introduce

REFUND, HIRING, ROSTER = "06A 稳岗返还", "02B 一次性吸纳就业补贴", "02B 名单"
HEADS = {"dismissed": "上年度裁员人数", "applicant_name": "单位名称", "name": "姓名", "id_number": "身份证号", "insured": "已参保"}


@pytest.fixture
def sent(street: Desk, tmp_path: Path) -> Path:
    """A package with a refund and a hiring subsidy, both drafts."""
    street.enter()
    facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 3)}
    street.cases.enter("02B", street.cases._today(), facts)
    street.packages.export(tmp_path / "p.xlsx", unlocked="测试")
    return tmp_path / "p.xlsx"


def column(sheet: Any, head: str) -> str:
    return next(cell.column_letter for cell in sheet[2] if str(cell.value).startswith(head))


def edit(path: Path, *changes: tuple[str, str, int, Any]) -> list[str]:
    """Change cells by sheet, head of the column and row; answers how they are named."""
    book = load_workbook(path)
    keys = []
    for sheet, head, row, value in changes:
        place = f"{column(book[sheet], head)}{row}"
        book[sheet][place].value = value
        keys.append(f"{sheet}!{place}")
    book.save(path)
    return keys


def offers(desk: Desk, path: Path) -> dict[str, Offer]:
    return {offer.key: offer for offer in desk.corrections.offers(read_package(path))}


def take(desk: Desk, path: Path, *keys: str) -> None:
    read = read_package(path)
    desk.corrections.take(read, desk.corrections.choose(desk.corrections.offers(read), keys))


def why(offer: Offer) -> str:
    assert offer.refusal is not None
    return offer.refusal.read()


def test_a_fact_is_taken_over_in_the_name_of_whoever_does_it(street: Desk, sent: Path) -> None:
    (key,) = edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    street.partners.trusts(read_package(sent).public_key)
    assert offers(street, sent)[key].value == 1
    take(street, sent, key)
    (view,) = [street.cases.view(row.case) for row in street.cases.all() if row.programme == "06A"]
    assert view.facts["dismissed"] == 1
    revision = view.revision
    digest = read_package(sent).digest[:12]
    assert (revision.action, revision.account, revision.reason) == (
        "change", "苏敏", f"更正：数据包 {digest} 的 {key}"
    )  # fmt: skip
    assert "已是此内容" in why(offers(street, sent)[key])


def test_rows_of_a_roster_are_taken_over_one_revision_a_case(street: Desk, sent: Path) -> None:
    keys = edit(sent, (ROSTER, HEADS["name"], 4, "王𬱖"), (ROSTER, HEADS["insured"], 5, "否"))
    before = [len(street.store.history(row.case)) for row in street.cases.all()]
    found = offers(street, sent)
    assert [found[key].path for key in keys] == ["roster[1].name", "roster[2].insured"]
    take(street, sent, *keys)
    (view,) = [street.cases.view(row.case) for row in street.cases.all() if row.programme == "02B"]
    assert (view.facts["roster"][1]["name"], view.facts["roster"][2]["insured"]) == ("王𬱖", False)
    assert sum(len(street.store.history(row.case)) for row in street.cases.all()) == sum(before) + 1
    again = offers(street, sent)  # the cells that were changed here tell nothing against the rest of their row
    assert ["已是此内容" in why(again[key]) for key in keys] == [True, True]


def test_all_that_can_be_taken_over_is_chosen_where_no_cell_is_named(street: Desk, sent: Path) -> None:
    """Guards: `cells is None` and the refusals in `choose`, and the words of `Offer.sentence`."""
    good, bad = edit(sent, (REFUND, HEADS["dismissed"], 3, 1), (ROSTER, HEADS["id_number"], 3, "123"))
    found = street.corrections.offers(read_package(sent))
    assert [offer.key for offer in street.corrections.choose(found, None)] == [good]
    lines = {offer.key: offer.sentence().read() for offer in found}
    assert lines[good].endswith("→ “1”　可采纳为更正")
    assert "不能这样填" in lines[bad]


def test_of_a_strangers_package_nothing_is_taken_over_where_nothing_is_chosen(district: Desk, sent: Path) -> None:
    """Guard: `chosen` in `take`: who only looks at changed cells is asked for no key."""
    edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    before = district.all()
    assert district.corrections.take(read_package(sent), []) == []
    assert district.all() == before


def test_a_changed_sheet_of_another_version_is_told_as_a_whole(
    street: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `cell` in `_no_fact`, and the sheets in `_changed` that this version would not write."""
    edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    monkeypatch.setattr(package, "tables", lambda *_, **__: ())
    assert [why(offer) for offer in offers(street, sent).values()] == ["整张工作表与记录不符，无法逐格对应"]


def test_a_fact_that_this_version_does_not_know_is_left_alone_and_masked(
    street: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `field is None` in `_offer`: what it is, and whether it is private, nobody can tell."""
    (key,) = edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    programme = find("06A")[1]  # type: ignore[index]
    fewer = tuple(field for field in programme.facts if field.key != "dismissed")
    monkeypatch.setattr(corrections, "programme_of", lambda _: (None, replace(programme, facts=fewer)))
    offer = offers(street, sent)[key]
    assert (why(offer), offer.private) == ("本版本的程序没有此项内容", True)


def test_numbers_of_people_are_to_be_masked(street: Desk, sent: Path) -> None:
    identity, dismissed = edit(
        sent, (ROSTER, HEADS["id_number"], 4, "370102199001011234"), (REFUND, HEADS["dismissed"], 3, 1)
    )
    found = offers(street, sent)
    assert (found[identity].private, found[dismissed].private) == (True, False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((REFUND, "环节", 3, "审批"), "不是填报内容"),
        ((REFUND, "识别号", 3, "00000000"), "不是填报内容"),
        (("台账", "申请人", 3, "另一家公司"), "不是填报内容"),
        ((REFUND, HEADS["dismissed"], 3, "三个"), "不能这样填"),
        ((REFUND, HEADS["dismissed"], 3, -1), "不能这样填"),
        ((ROSTER, HEADS["id_number"], 3, "123"), "不能这样填"),
    ],
)
def test_what_cannot_be_taken_over_says_why(
    street: Desk, sent: Path, change: tuple[str, str, int, Any], told: str
) -> None:
    (key,) = edit(sent, change)
    assert told in why(offers(street, sent)[key])
    with pytest.raises(DeskError, match="不能采纳"):
        take(street, sent, key)


def test_where_the_row_is_another_one_nothing_is_taken_over(street: Desk, sent: Path) -> None:
    """Sorted, or with a line put in between: the cells no longer belong to whom they did. Guard: `named_by`."""
    book = load_workbook(sent)
    book[ROSTER].insert_rows(4)
    book.save(sent)
    assert {why(offer) for key, offer in offers(street, sent).items() if key.startswith(ROSTER)} == {
        "不是填报内容，或表头、识别号、编号也被改动，无法对应到办件"
    }


def test_where_the_head_is_another_one_nothing_is_taken_over(street: Desk, sent: Path) -> None:
    book = load_workbook(sent)
    place = column(book[REFUND], HEADS["dismissed"])
    book[REFUND][f"{place}2"].value = "上年末参保职工人数"
    book[REFUND][f"{place}3"].value = 1
    book.save(sent)
    assert all(offer.refusal is not None for offer in offers(street, sent).values())


def test_what_was_worked_on_since_is_left_alone(street: Desk, sent: Path) -> None:
    """Guard: what is here must be what was sent."""
    fact, person = edit(sent, (REFUND, HEADS["dismissed"], 3, 1), (ROSTER, HEADS["name"], 3, "王𬱖"))
    for row in street.cases.all():
        view = street.cases.view(row.case)
        if row.programme == "06A":
            street.change(row.case, 7)
        else:
            street.cases.change(row.case, street.cases._today(), {**view.facts, "roster": hires(2, 3)})
    found = offers(street, sent)
    assert "另有改动" in why(found[fact])
    assert "该行此后已有改动" in why(found[person])


def test_a_row_of_a_roster_that_is_gone_is_left_alone(street: Desk, sent: Path) -> None:
    """Guard: the length of the roster in `_offer`, which may not be there at all."""
    (person,) = edit(sent, (ROSTER, HEADS["name"], 5, "王𬱖"))
    (case,) = [row.case for row in street.cases.all() if row.programme == "02B"]
    facts = street.cases.view(case).facts
    for left in ({"roster": facts["roster"][:2]}, {}):
        others = {key: value for key, value in facts.items() if key != "roster"}
        street.cases.change(case, street.cases._today(), {**others, **left})
        assert "该行此后已有改动" in why(offers(street, sent)[person])


def test_a_case_that_may_not_be_edited_any_more_is_left_alone(street: Desk, sent: Path) -> None:
    (key,) = edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    (case,) = [row.case for row in street.cases.all() if row.programme == "06A"]
    for stage in (Stage.RECEIVED, Stage.ACCEPTED):
        street.cases.advance(case, stage)
    assert "先退回修改" in why(offers(street, sent)[key])


def test_a_case_that_is_not_here_or_held_elsewhere_is_left_alone(street: Desk, district: Desk, sent: Path) -> None:
    (key,) = edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    assert "不在本机" in why(offers(district, sent)[key])
    read = read_package(sent)
    with pytest.raises(DeskError, match="尚未登记"):
        district.corrections.take(read, [offers(street, sent)[key]])


def test_a_case_that_another_office_holds_is_left_alone(street: Desk, district: Desk, tmp_path: Path) -> None:
    """Guard: `held` in `_view`."""
    introduce(street, district, tmp_path)
    street.enter()
    path = tmp_path / "held.xlsx"
    street.packages.export(path, unlocked="测试")
    (key,) = edit(path, (REFUND, HEADS["dismissed"], 3, 1))
    district.packages.merge(path)
    assert street.office.name in why(offers(district, path)[key])


def test_of_a_key_that_was_withdrawn_nothing_is_taken_over_any_more(street: Desk, district: Desk, sent: Path) -> None:
    """Guard: `withdrawn` in `Partners.trusts`."""
    (key,) = edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    district.packages.merge(sent, trust=street.packages.fingerprint())
    assert offers(district, sent)[key].refusal is None
    district.partners.withdraw(street.office.code, "机构撤并")
    with pytest.raises(DeskError, match="已停用"):
        take(district, sent, key)


def test_a_case_in_conflict_is_left_alone_until_that_is_settled(
    street: Desk, district: Desk, sent: Path, tmp_path: Path
) -> None:
    """Guard: `conflict` in `_view`."""
    (key,) = edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    district.packages.merge(sent, trust=street.packages.fingerprint())
    for desk, dismissed in ((street, 2), (district, 3)):
        (case,) = [row.case for row in desk.cases.all() if row.programme == "06A"]
        desk.cases.change(case, street.cases._today(), {**desk.cases.view(case).facts, "dismissed": dismissed})
    street.packages.export(tmp_path / "back.xlsx", unlocked="测试", everything=True)
    district.packages.merge(tmp_path / "back.xlsx")
    assert district.store.case(case).conflict
    assert "先处理冲突" in why(offers(district, sent)[key])


def test_a_cell_that_was_not_changed_cannot_be_chosen(street: Desk, sent: Path) -> None:
    edit(sent, (REFUND, HEADS["dismissed"], 3, 1))
    with pytest.raises(DeskError, match="没有被改动"):
        take(street, sent, f"{REFUND}!A3")


def test_one_fact_that_does_not_fit_takes_nothing_over(
    street: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: the transaction in `take`."""
    keys = edit(sent, (REFUND, HEADS["dismissed"], 3, 1), (ROSTER, HEADS["name"], 3, "王𬱖"))
    before = street.all()
    change, calls = street.cases.change, []

    def fail_second(*args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        return change(*args, **kwargs) if len(calls) == 1 else 1 / 0

    monkeypatch.setattr(street.cases, "change", fail_second)
    with pytest.raises(ZeroDivisionError):
        take(street, sent, *keys)
    assert street.all() == before
