"""The size of an enterprise: large, medium, small or micro (catalogue 2.3).

Source: 国家统计局《统计上大中小微型企业划分办法（2017）》, 国统字〔2017〕213号. A class holds only if all its bounds
are met; the class assigned by the province wins if it is given. With some figures unknown an enterprise may be of
several sizes; a question is open only if they answer it differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import floor
from typing import NamedTuple

from jinan_desk.core.basis import Basis
from jinan_desk.core.check import Check
from jinan_desk.core.dated import Values
from jinan_desk.core.field import Facts, Field
from jinan_desk.core.kind import Choice, Count, Number
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.unknown import Unknown

LARGE, MEDIUM, SMALL, MICRO = "large", "medium", "small", "micro"
SIZES = {LARGE: N_("大型"), MEDIUM: N_("中型"), SMALL: N_("小型"), MICRO: N_("微型")}

_BOUNDED = ("employees", "revenue_wan", "assets_wan")


class Bounds(NamedTuple):
    """What a class needs at least: employees, yearly revenue and total assets in 10,000 yuan; None is no bound."""

    employees: int | None = None
    revenue_wan: int | None = None
    assets_wan: int | None = None


class Industry(NamedTuple):
    """A row of the table: the industry's name and the bounds of its classes; what holds none of them is micro."""

    name: str
    large: Bounds
    medium: Bounds
    small: Bounds


def _industry(name: str, **bounds: tuple[int, int, int]) -> Industry:
    """A row of the table, its bounds given column by column as (large, medium, small)."""
    large, medium, small = (Bounds(**{key: column[row] for key, column in bounds.items()}) for row in range(3))
    return Industry(name, large, medium, small)


def _staff_and_revenue(name: str, employees: tuple[int, int, int], revenue_wan: tuple[int, int, int]) -> Industry:
    return _industry(name, employees=employees, revenue_wan=revenue_wan)


INDUSTRIES = {
    "agriculture": _industry(N_("农、林、牧、渔业"), revenue_wan=(20000, 500, 50)),
    "industry": _staff_and_revenue(N_("工业"), (1000, 300, 20), (40000, 2000, 300)),
    "construction": _industry(N_("建筑业"), revenue_wan=(80000, 6000, 300), assets_wan=(80000, 5000, 300)),
    "wholesale": _staff_and_revenue(N_("批发业"), (200, 20, 5), (40000, 5000, 1000)),
    "retail": _staff_and_revenue(N_("零售业"), (300, 50, 10), (20000, 500, 100)),
    "transport": _staff_and_revenue(N_("交通运输业"), (1000, 300, 20), (30000, 3000, 200)),
    "storage": _staff_and_revenue(N_("仓储业"), (200, 100, 20), (30000, 1000, 100)),
    "post": _staff_and_revenue(N_("邮政业"), (1000, 300, 20), (30000, 2000, 100)),
    "lodging": _staff_and_revenue(N_("住宿业"), (300, 100, 10), (10000, 2000, 100)),
    "catering": _staff_and_revenue(N_("餐饮业"), (300, 100, 10), (10000, 2000, 100)),
    "telecom": _staff_and_revenue(N_("信息传输业"), (2000, 100, 10), (100000, 1000, 100)),
    "software": _staff_and_revenue(N_("软件和信息技术服务业"), (300, 100, 10), (10000, 1000, 50)),
    "real_estate": _industry(N_("房地产开发经营"), revenue_wan=(200000, 1000, 100), assets_wan=(10000, 5000, 2000)),
    "property": _staff_and_revenue(N_("物业管理"), (1000, 300, 100), (5000, 1000, 500)),
    "leasing": _industry(N_("租赁和商务服务业"), employees=(300, 100, 10), assets_wan=(120000, 8000, 100)),
    "other": _industry(N_("其他未列明行业"), employees=(300, 100, 10)),
}

SIZE_FIELDS = (
    Field(
        "size_class", Choice(tuple(SIZES.items())), N_("企业规模"),
        help=N_("省里已划定类型的直接填写；未划定的留空，填下面各项"),
    ),
    Field(
        "industry", Choice(tuple((key, row.name) for key, row in INDUSTRIES.items())), N_("所属行业"),
        help=N_("按《统计上大中小微型企业划分办法（2017）》的行业"),
    ),
    Field("employees", Count(), N_("从业人员"), N_("人"), help=N_("上年末从业人员数")),
    Field("revenue_wan", Number(), N_("营业收入"), N_("万元"), help=N_("上年度营业收入")),
    Field("assets_wan", Number(), N_("资产总额"), N_("万元"), help=N_("上年末资产总额")),
)


Figures = tuple[int | None, int | None, int | None]
"""The whole parts of what Bounds bound, None where unknown: bounds are whole numbers, so nothing else decides."""


def possible_sizes(facts: Facts) -> frozenset[str]:
    """The sizes that the enterprise may have as far as its figures are known; one where they settle it."""
    given = facts.get("size_class")
    if given is not None:
        return frozenset({given})
    return _sizes(facts.get("industry"), _figures(facts))


def _figures(facts: Facts) -> Figures:
    employees, revenue, assets = (None if figure is None else floor(figure) for figure in map(facts.get, _BOUNDED))
    return employees, revenue, assets


# Several checks ask for the size of one enterprise, and each once more for every word of an unknown choice.
@lru_cache(maxsize=1024)
def _sizes(industry: str | None, figures: Figures) -> frozenset[str]:
    return frozenset(size for row in _rows(industry) for size in _possible(row, figures))


def _rows(industry: str | None) -> tuple[Industry, ...]:
    return tuple(INDUSTRIES.values()) if industry is None else (INDUSTRIES[industry],)


def _possible(row: Industry, figures: Figures) -> Iterator[str]:
    for size, bounds in ((LARGE, row.large), (MEDIUM, row.medium), (SMALL, row.small)):
        is_open = False
        for figure, bound in zip(figures, bounds, strict=True):
            if bound is None:
                continue
            if figure is None:
                is_open = True
            elif figure < bound:
                break
        else:
            yield size
            if not is_open:
                return
    yield MICRO


@lru_cache(maxsize=1024)
def _needed(industry: str | None, figures: Figures) -> tuple[str, ...]:
    """The figures that the bounds need and that are unknown."""
    needed: dict[str, None] = {}
    for row in _rows(industry):
        for key, bound, figure in zip(_BOUNDED, row.large, figures, strict=True):
            if bound is not None and figure is None:
                needed[key] = None
    return tuple(needed)


def is_among(facts: Facts, sizes: frozenset[str]) -> bool:
    """Whether the enterprise has one of the sizes. Raises `Unknown` where its figures do not settle it."""
    possible = possible_sizes(facts)
    if possible <= sizes:
        return True
    if possible.isdisjoint(sizes):
        return False
    needed = _needed(facts.get("industry"), _figures(facts))
    raise Unknown(*facts.lacking("size_class", "industry", *needed))


class _Among:
    """The sizes that an enterprise may have against those that are served."""

    __slots__ = ("exact", "holds", "possible", "sizes")

    def __init__(self, facts: Facts, sizes: frozenset[str]) -> None:
        self.holds = is_among(facts, sizes)
        self.possible, self.sizes = possible_sizes(facts), sizes
        self.exact = False

    def sentence(self) -> Sentence:
        gaps = {"found": _words(self.possible), "wanted": _words(self.sizes)}
        return Sentence(N_("企业规模为{found}") if self.holds else N_("企业规模为{found}，应为{wanted}"), **gaps)


def _words(sizes: frozenset[str]) -> Sentence:
    """`小型或微型`: the sizes in the table's order."""
    first, *others = [Sentence(label) for size, label in SIZES.items() if size in sizes]
    for other in others:
        first = Sentence(N_("{one}或{other}"), one=first, other=other)
    return first


def size_is(*sizes: str, label: str, basis: Basis) -> Check:
    """The check that an enterprise is of one of the sizes."""
    wanted = frozenset(sizes)

    def of_that_size(facts: Facts, _values: Values) -> _Among:
        return _Among(facts, wanted)

    return Check("size", label, basis, of_that_size, "", "")
