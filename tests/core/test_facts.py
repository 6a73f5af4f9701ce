"""Facts are read whole: every wrong one is named, and reading an unknown one says which it is."""

import pytest

from jinan_desk.core.field import Facts, Field, Relation, Shape, period, read_facts
from jinan_desk.core.kind import Count, CreditCode, Day, IdNumber, Money, Text
from jinan_desk.core.unknown import Unknown

CASE = Shape(
    (
        Field("staff", Count(1), "职工"),
        Field("hired", Count(), "新招"),
        Field("granted", Money(), "已领", default=0),
        Field("name", Text(), "名称"),
    ),
    (Relation("hired", "staff", "新招多于职工"),),
)
ROW = Shape((Field("starts", Day(), "起"), Field("ends", Day(), "止")), (period("starts", "ends"),))


def wrong(given):
    return set(read_facts(CASE, ROW, given)[1])


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"staff": 0}, {"staff"}),
        ({"staff": "x", "hired": -1, "height": 3}, {"staff", "hired", "height"}),
        ({"staff": 3, "hired": 4}, {"staff"}),
        ({"roster": {}}, {"roster"}),
        ({"roster": "x"}, {"roster"}),
        ({"roster": [1, None, []]}, {"roster[0]", "roster[1]", "roster[2]"}),
        ({"roster": [{}, {"starts": "2020-02-02", "ends": "2020-02-01"}]}, {"roster[1].ends"}),
        ({"roster": [{"starts": "x", "begins": 1}], "staff": True}, {"roster[0].starts", "roster[0].begins", "staff"}),
        ([], {"facts"}),
        ("facts", {"facts"}),
        (None, {"facts"}),
    ],
)
def test_every_wrong_fact_is_named(given, paths):
    assert wrong(given) == paths


@pytest.mark.parametrize("given", [{}, {"staff": None, "roster": None}, {"staff": 3, "hired": 3}, {"roster": []}])
def test_what_is_absent_is_not_wrong(given):
    assert wrong(given) == set()


def test_null_is_absent_and_absent_may_be_nothing():
    facts, _ = read_facts(CASE, ROW, {"granted": None, "name": "  "})
    assert facts.granted == 0
    assert facts.get("name") is None
    assert facts.rows is None


def test_an_unknown_fact_is_named_with_its_row():
    facts, _ = read_facts(CASE, ROW, {"roster": [{}, {"starts": "2020-02-02"}]})
    with pytest.raises(Unknown) as caught:
        facts.rows[1].all("starts", "ends")
    assert caught.value.keys == ("roster[1].ends",)
    with pytest.raises(Unknown) as caught:
        _ = facts.rows[0].case.staff
    assert caught.value.keys == ("staff",)
    assert facts.rows[0].lacking("starts", "ends") == ("roster[0].starts", "roster[0].ends")


def test_an_unknown_fact_may_be_assumed_in_a_row_or_in_its_case():
    facts, _ = read_facts(CASE, ROW, {"roster": [{}]})
    row = facts.rows[0]
    assert row.assuming("staff", 7).case.staff == 7
    assert row.assuming("roster[0].starts", "day").starts == "day"
    assert row.get("starts") is None


def test_facts_are_frozen():
    with pytest.raises(AttributeError):
        Facts({}).staff = 3


def test_only_fields_that_may_be_doubted_are_looked_at():
    """Guard: `Shape.doubtful`, which determinations read in the place of all fields."""
    kinds = {"name": Text(), "who": IdNumber(), "staff": Count(), "unit": CreditCode()}
    shape = Shape(tuple(Field(key, kind, key) for key, kind in kinds.items()))
    assert [field.key for field in shape.doubtful] == ["who", "unit"]
