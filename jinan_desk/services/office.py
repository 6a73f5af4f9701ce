"""The office that works with a store: who it is on paper, in numbers and to other offices."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store import Store

LEAST_DIGITS = 6
"""Of an office's code: a district has as many, a street more."""

_SETTING = "office"
_HANDLER = "handler"


class Level(StrEnum):
    """Packages go up these levels, decisions come down."""

    STREET = "street"
    DISTRICT = "district"
    CITY = "city"


LEVEL_LABELS = {Level.STREET: N_("街道（镇）"), Level.DISTRICT: N_("区县"), Level.CITY: N_("市级")}


@dataclass(frozen=True, slots=True)
class Office:
    """An office. `code` tells offices apart (district code, streets add three digits), `prefix` begins its numbers.

    `head` is who answers for it, printed where somebody signs as 负责人.
    """

    code: str
    name: str
    prefix: str
    level: Level = Level.DISTRICT
    phone: str = ""
    address: str = ""
    head: str = ""

    @property
    def district(self) -> str:
        """The district code the office lies in, empty for the city."""
        return self.code[:6] if self.code[:6] in DISTRICTS else ""


def read_office(store: Store) -> Office:
    """The store's office. Raises DeskError where none has been set up."""
    given = store.settings.get(_SETTING)
    if given is None:
        raise DeskError(Sentence(N_("数据目录尚未建立经办机构，请先运行：jinan-desk init")))
    return Office(**{**given, "level": Level(given["level"])})


def found_office(store: Store, office: Office, handler: str = "") -> None:
    """Set the store's office, once, and who sits at it when nobody else is named.

    Raises DeskError where it has an office, the code is no digits, or a name is missing.
    """
    if store.settings.get(_SETTING) is not None:
        raise DeskError(Sentence(N_("这个数据目录已经建立了经办机构，没有改动")))
    if not office.code.isdecimal() or len(office.code) < LEAST_DIGITS:
        raise DeskError(Sentence(N_("机构代码应为 6 位或以上数字，例如 370102 或 370102001")))
    if not office.name.strip() or not office.prefix.strip():
        raise DeskError(Sentence(N_("请填写机构名称和文号字头")))
    with store.transaction():
        store.settings.put(_SETTING, asdict(office))
        store.settings.put(_HANDLER, handler.strip())


def usual_handler(store: Store) -> str:
    """Who sits at the desk when nobody else is named."""
    return store.settings.get(_HANDLER) or N_("经办员")
