"""What a number tells of an applicant."""

from datetime import date

from jinan_desk.measures import find
from jinan_desk.services.applicants import Applicants, identity
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.store import Store

REFUND, HIRING, SUBSIDY = (find(code)[1] for code in ("06A", "02B", "12B"))  # type: ignore[index]
FACTS = {**unit(1, "济南历泉机械制造有限公司", "370102"), "contact": "王敏", "phone": "053182601133"}


def test_an_identity_number_tells_birth_sex_age_and_district() -> None:
    told = identity(" 370112198803122118 ")
    assert told is not None
    assert told.sentence(date(2020, 3, 11)).read() == "男，1988-03-12 出生，31 周岁，历城区"
    assert told.sentence(date(2020, 3, 12)).read() == "男，1988-03-12 出生，32 周岁，历城区"
    of_old_shape = identity("370102550615002")
    assert of_old_shape is not None
    assert (of_old_shape.born, of_old_shape.female) == (date(1955, 6, 15), True)
    elsewhere = identity("110101199003070011")
    assert elsewhere is not None
    assert elsewhere.district == ""


def test_what_is_no_number_tells_nothing() -> None:
    assert identity("") is None
    assert identity("37011219880312211") is None
    assert identity("370112198813122118") is None


def test_a_unit_is_known_by_its_code_from_its_newest_case(store: Store, cases: Cases, clock: Clock) -> None:
    applicants = Applicants(store)
    first = cases.enter("06A", clock.day, FACTS).row.case
    second = cases.enter("02B", clock.day, {**FACTS, "contact": "赵青", "roster": hires(1, 2)}).row.case
    known = applicants.known(REFUND, FACTS["credit_code"].lower())
    assert known is not None
    assert known.texts["contact"] == "赵青"
    assert known.texts["applicant_name"] == "济南历泉机械制造有限公司"
    assert known.texts["district"] == "历下区"
    assert "credit_code" not in known.texts
    assert [row.case for row in known.cases] == [second, first]
    besides = applicants.known(REFUND, FACTS["credit_code"], besides=second)
    assert besides is not None
    assert [row.case for row in besides.cases] == [first]
    assert besides.count == 1


def test_a_person_is_known_from_a_roster_by_name(store: Store, cases: Cases, clock: Clock) -> None:
    people = hires(1, 3)
    cases.enter("02B", clock.day, {**FACTS, "roster": people})
    known = Applicants(store).known(SUBSIDY, people[1]["id_number"])
    assert known is not None
    assert dict(known.texts) == {"applicant_name": people[1]["name"]}
    assert known.count == 1


def test_nobody_is_known_by_a_number_that_no_case_has(store: Store) -> None:
    assert Applicants(store).known(REFUND, "91370104MA3015044M") is None
    assert Applicants(store).known(REFUND, "不是代码") is None
