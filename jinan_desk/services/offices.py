"""Offices that are known here: our own and those whose packages are taken, each with its place between street and city.

How cases pass between them is the business of `holding`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.services.office import Level, Office
from jinan_desk.store import CaseRow, Store

PARTNERS = "partners"
"""The setting in which the enrolled offices stand, by the fingerprint of their keys."""

_RANKS = {Level.STREET: 0, Level.DISTRICT: 1, Level.CITY: 2}


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """An office by its code, its name and its level."""

    code: str
    name: str
    level: Level

    def is_above(self, other: KnownOffice) -> bool:
        """Whether it is the other's superior: of a higher level, and for the same district or the whole city."""
        higher = _RANKS[self.level] > _RANKS[other.level]
        return higher and (self.level is Level.CITY or self.code[:6] == other.code[:6])


def level_of(code: str) -> Level:
    """The level that a code tells of: a district's has six digits, a street's three more."""
    if len(code) > 6:
        return Level.STREET
    return Level.DISTRICT if code in DISTRICTS else Level.CITY


def said_level(said: str, code: str) -> Level:
    """The level that an office says it has; the one that its code tells of where it says none, or a word that this
    version does not know."""
    return Level(said) if said in set(Level) else level_of(code)


def itself(office: Office) -> KnownOffice:
    """The store's own office."""
    return KnownOffice(office.code, office.name, office.level)


def partners(store: Store, *, withdrawn: bool = False) -> dict[str, KnownOffice]:
    """The enrolled offices by code; those of them that do not say their level have the one that their code tells.
    Also those whose key was `withdrawn`, where that is asked for."""
    found = {}
    for partner in store.settings.get(PARTNERS, {}).values():
        if partner.get("withdrawn") is not None and (not withdrawn or partner["office"] in found):
            continue
        code = partner["office"]
        found[code] = KnownOffice(code, partner["name"], said_level(partner.get("level", ""), code))
    return found


def name_of(store: Store, office: Office, code: str) -> str:
    """The name of the office with that code; the code itself where nobody told us the name."""
    if code == office.code:
        return office.name
    known = partners(store, withdrawn=True).get(code)
    return code if known is None else known.name


def held_elsewhere(store: Store, office: Office, row: CaseRow) -> Sentence | None:
    """That another office holds the case, in words; None where this one may work on it."""
    if row.holder in ("", office.code):
        return None
    return Sentence(N_("现由{office}办理，本机构只能查阅"), office=name_of(store, office, row.holder))


def held_among(store: Store, office: Office, cases: Iterable[str]) -> set[str]:
    """Those of the cases that are here and say that this office holds them."""
    wanted = set(cases)
    return {row.case for row in store.cases_of(wanted) if row.holder == office.code}
