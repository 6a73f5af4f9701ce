"""Units and people that cases name, each once."""

from datetime import date

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.services.access import Access
from jinan_desk.services.parties import Parties, cases_of

DAY = date(2020, 3, 20)


def hire(name, number):
    return {"name": name, "id_number": number, "hired_on": "2020-02-15"}


LI, WANG = hire("李文博", "370112198803122118"), hire("王𬱖", "370102199506150028")


@pytest.fixture
def parties(store, cases):
    unit = {"applicant_name": "济南历泉机械制造有限公司", "credit_code": "91370102MA3015044M"}
    cases.enter("02B", DAY, unit | {"roster": [LI, WANG]})
    cases.enter("06A", DAY, unit | {"applicant_name": "济南历泉机械制造集团有限公司"})
    cases.enter("06A", DAY, {"applicant_name": "山东鲁泉食品有限公司"})
    cases.enter("24A", DAY, {"applicant_name": "李文博", "id_number": LI["id_number"]})
    cases.enter("24A", DAY, {"applicant_name": "赵无号"})
    cases.enter("26S", DAY, {"subject": "送策上门"})
    def now() -> str:
        return "2020-03-20T08:15:00Z"

    return Parties(store, Access(store, account="苏敏", now=now), account="苏敏", now=now)


def told(found):
    return [(party.name, party.number, party.cases) for party in found]


def test_a_unit_stands_once_under_its_newest_name_and_one_without_a_code_under_its_name(parties):
    assert told(parties.units()) == [
        ("山东鲁泉食品有限公司", "", 1), ("济南历泉机械制造集团有限公司", "91370102MA3015044M", 2),
    ]  # fmt: skip


def test_people_are_applicants_and_those_in_rosters(parties):
    assert told(parties.people()) == [
        ("赵无号", "", 1), ("李文博", LI["id_number"], 2), ("王𬱖", WANG["id_number"], 1),
    ]  # fmt: skip


def test_a_search_finds_names_and_ends_of_numbers_but_nobody_who_only_shares_the_case(parties):
    assert told(parties.people("李")) == [("李文博", LI["id_number"], 2)]
    assert told(parties.people("𬱖")) == [("王𬱖", WANG["id_number"], 1)]
    assert [party.name for party in parties.people("0028")] == ["王𬱖"]
    assert [party.name for party in parties.people("370112")] == ["李文博"]
    assert list(parties.people("孙")) == []
    assert [party.name for party in parties.people("lwb")] == ["李文博"]
    assert [party.number for party in parties.units("044m")] == ["91370102MA3015044M"]


def test_nobody_comes_twice_however_many_cases_are_read_at_once(parties, monkeypatch):
    whole = told(parties.people())
    monkeypatch.setattr("jinan_desk.store.parties._PAGE", 1)
    assert told(parties.people()) == whole
    assert told(parties.units("公司")) == told(parties.units())


def test_the_first_are_told_of_before_the_rest_is_read(parties, store):
    read = []
    store._db.conn.set_trace_callback(lambda sql: read.append(sql) if "SELECT name, id_number" in sql else None)
    everybody = parties.people()
    next(everybody)
    before = len(read)
    list(everybody)
    assert before < len(read)


def test_all_cases_of_a_party_are_found_across_programmes(parties, cases):
    li = next(parties.people("李"))
    assert {row.programme for row in cases.rows(cases_of(li))} == {"02B", "24A"}
    nameless = next(parties.people("赵"))
    assert [row.programme for row in cases.rows(cases_of(nameless))] == ["24A"]


def test_a_name_without_a_number_finds_nobody_with_a_longer_name_or_a_number(parties, cases):
    cases.enter("24A", DAY, {"applicant_name": "赵无号码"})
    cases.enter("24A", DAY, {"applicant_name": "赵无号", "id_number": WANG["id_number"]})
    nameless = next(party for party in parties.people("赵") if not party.number and party.name == "赵无号")
    assert nameless.cases == 1
    assert len(cases.rows(cases_of(nameless))) == 1


def two(parties):
    li, wang = parties.people("李文博"), parties.people("王𬱖")
    return [next(li), next(wang)]


def test_entries_that_somebody_says_are_one_are_listed_as_one_and_can_be_parted_again(parties, cases, store):
    before, heads = told(parties.people()), [row.head for row in cases.all()]
    parties.join(two(parties), "核对了身份证")
    assert told(parties.people()) == [("赵无号", "", 1), ("李文博", LI["id_number"], 2)]
    (one,) = parties.people("李文博")
    assert {row.programme for row in cases.rows(cases_of(one))} == {"02B", "24A"}
    assert len(one.keys) == 2
    (joining,) = parties.joinings(one)
    assert (joining.reason, joining.account) == ("核对了身份证", "苏敏")
    assert told(parties.people("王𬱖")) == [("王𬱖", WANG["id_number"], 2)]
    assert [row.head for row in cases.all()] == heads
    parties.part(one)
    assert told(parties.people()) == before
    assert [act.kind for act in store.acts.of("parties_joined", "parties_parted")] == ["parties_joined", "parties_parted"]


def test_joining_goes_from_one_to_the_next_and_is_taken_back_in_turn(parties):
    parties.join(two(parties), "同一人")
    parties.join([next(parties.people("赵")), next(parties.people("李"))], "同一人")
    (one,) = parties.people()
    assert len(one.keys) == 3
    parties.part(one)
    assert [len(party.keys) for party in parties.people()] == [1, 2]


def test_joining_needs_two_and_a_reason_and_parting_needs_a_joining(parties):
    li, wang = two(parties)
    for picked, reason, why in (([li], "同一人", "两个以上"), ([li, li], "同一人", "两个以上"), ([li, wang], " ", "写明依据")):
        with pytest.raises(DeskError, match=why):
            parties.join(picked, reason)
    with pytest.raises(DeskError, match="没有合并过"):
        parties.part(li)
    assert len(told(parties.people())) == 3
