"""Units and people that cases name, each once."""

from datetime import date

import pytest

from jinan_desk.services.access import Access
from jinan_desk.services.listing import CaseFilter
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
    return Parties(store, Access(store, account="苏敏", now=lambda: "2020-03-20T08:15:00Z"))


def told(found):
    return [(party.name, party.number, party.cases) for party in found]


def test_a_unit_stands_once_under_its_newest_name_and_one_without_a_code_under_its_name(parties):
    assert told(parties.units()) == [
        ("山东鲁泉食品有限公司", "", 1), ("济南历泉机械制造集团有限公司", "91370102MA3015044M", 2),
    ]  # fmt: skip


def test_people_are_applicants_and_those_in_rosters(parties):
    assert told(parties.people()) == [
        ("李文博", LI["id_number"], 2), ("王𬱖", WANG["id_number"], 1), ("赵无号", "", 1),
    ]  # fmt: skip


def test_a_search_finds_names_and_ends_of_numbers_but_nobody_who_only_shares_the_case(parties):
    assert told(parties.people("李")) == [("李文博", LI["id_number"], 2)]
    assert told(parties.people("𬱖")) == [("王𬱖", WANG["id_number"], 1)]
    assert [party.name for party in parties.people("0028")] == ["王𬱖"]
    assert [party.name for party in parties.people("370112")] == ["李文博"]
    assert parties.people("孙") == []
    assert [party.number for party in parties.units("044m")] == ["91370102MA3015044M"]


def test_pages_follow_each_other_without_gap_or_repetition(parties):
    whole = parties.people()
    pages, after = [], None
    while page := parties.people(after=after, limit=1):
        pages += page
        after = page[-1]
    assert pages == whole


def test_all_cases_of_a_party_are_found_across_programmes(parties, cases):
    li = parties.people("李")[0]
    assert isinstance(cases_of(li), CaseFilter)
    assert {row.programme for row in cases.rows(cases_of(li))} == {"02B", "24A"}
    nameless = parties.people("赵")[0]
    assert [row.programme for row in cases.rows(cases_of(nameless))] == ["24A"]
