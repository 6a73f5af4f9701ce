"""The districts and counties of Jinan and their minimum-wage tiers (catalogue 2.1).

Source: 山东省最低工资标准 notices (鲁政字〔2018〕80号 and later). The four 管委会 are handling offices: the tier
follows the district in which the place of work lies.
"""

from __future__ import annotations

from typing import NamedTuple

from jinan_desk.core.text import N_, Sentence


class District(NamedTuple):
    """A district or county: its GB/T 2260 code, its name, and its minimum-wage tier (1 or 2)."""

    code: str
    name: str
    wage_tier: int


DISTRICTS = {
    code: District(code, name, tier)
    for code, name, tier in (
        ("370102", "历下区", 1),
        ("370103", "市中区", 1),
        ("370104", "槐荫区", 1),
        ("370105", "天桥区", 1),
        ("370112", "历城区", 1),
        ("370113", "长清区", 2),
        ("370114", "章丘区", 2),
        ("370115", "济阳区", 2),
        ("370116", "莱芜区", 2),
        ("370117", "钢城区", 2),
        ("370124", "平阴县", 2),
        ("370126", "商河县", 2),
    )
}


def place_name(code: str) -> Sentence:
    """Where the office with that code is, with the code: 历下区（370102001）."""
    district = DISTRICTS.get(code[:6])
    return Sentence("{place}（{code}）", place=N_("济南市") if district is None else district.name, code=code)


def short_place(code: str) -> Sentence:
    """The same for a narrow column: 历下区, 历下区街道, 济南市."""
    district = DISTRICTS.get(code[:6])
    words = N_("{place}街道") if len(code) > 6 else "{place}"
    return Sentence(words, place=N_("济南市") if district is None else district.name)
