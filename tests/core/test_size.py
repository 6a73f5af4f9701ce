"""Sizes of enterprises against every way to complete their unknown figures."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinan_desk.core.field import Facts
from jinan_desk.core.size import INDUSTRIES, SIZES, is_among, possible_sizes
from jinan_desk.core.unknown import Unknown

KEYS = ("employees", "revenue_wan", "assets_wan")
FIGURES = sorted(
    {0, *(b + d for i in INDUSTRIES.values() for c in (i.large, i.medium, i.small) for b in c if b for d in (-1, 0))}
)
FIGURE_OR_NOT = st.none() | st.sampled_from(FIGURES)


def plainly(industry, figures):
    """The size by the table, all figures known."""
    row = INDUSTRIES[industry]
    for size, bounds in (("large", row.large), ("medium", row.medium), ("small", row.small)):
        if all(bound is None or figure >= bound for figure, bound in zip(figures, bounds, strict=True)):
            return size
    return "micro"


@settings(max_examples=60)
@given(st.sampled_from(sorted(INDUSTRIES)), FIGURE_OR_NOT, FIGURE_OR_NOT, FIGURE_OR_NOT)
def test_possible_sizes_are_those_of_every_completion(industry, employees, revenue, assets):
    figures = (employees, revenue, assets)
    known = {key: figure for key, figure in zip(KEYS, figures, strict=True) if figure is not None}
    used = {key for key, bound in zip(KEYS, INDUSTRIES[industry].large, strict=True) if bound is not None}
    options = [
        [figure] if figure is not None else FIGURES if key in used else [0]
        for key, figure in zip(KEYS, figures, strict=True)
    ]
    expected = {plainly(industry, way) for way in product(*options)}
    assert possible_sizes(Facts({"industry": industry, **known})) == expected


@pytest.mark.parametrize(
    ("known", "sizes"),
    [
        ({}, set(SIZES)),
        ({"size_class": "small", "industry": "other", "employees": 9000}, {"small"}),
        ({"industry": "industry", "employees": 19}, {"micro"}),
        ({"industry": "other", "employees": 100}, {"medium"}),
        ({"industry": "industry", "employees": 1200}, set(SIZES)),
        ({"industry": "industry", "employees": 500}, {"medium", "small", "micro"}),
        ({"industry": "real_estate", "revenue_wan": 5000, "assets_wan": 4999}, {"small"}),
        ({"industry": "agriculture", "employees": 9000, "revenue_wan": 50}, {"small"}),
        ({"revenue_wan": 0, "assets_wan": 0, "employees": 9}, {"micro"}),
    ],
)
def test_sizes(known, sizes):
    assert possible_sizes(Facts(known)) == sizes


def test_only_a_question_that_the_sizes_answer_differently_is_open():
    facts = Facts({"industry": "industry", "employees": 500})
    assert is_among(facts, frozenset({"large"})) is False
    assert is_among(facts, frozenset({"medium", "small", "micro"})) is True
    with pytest.raises(Unknown) as caught:
        is_among(facts, frozenset({"small", "micro"}))
    assert caught.value.keys == ("size_class", "revenue_wan")
