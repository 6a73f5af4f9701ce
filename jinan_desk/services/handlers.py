"""Who handles cases at a desk: names that a store has seen, so that they are chosen rather than typed again."""

from __future__ import annotations

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.store import CaseFilter, Store

_SETTING = "handlers"
LONGEST_NAME = 40


def handlers(store: Store) -> list[str]:
    """Who sat at the desk, the last first, then everybody else who was the last to work on some case."""
    sat: list[str] = store.settings.get(_SETTING, [])
    return list(dict.fromkeys([*sat, *sorted(store.counts("updated_by", CaseFilter()))]))


def read_name(name: str) -> str:
    """The name without blanks around it. Raises DeskError for one that is blank or too long to be a name."""
    read = name.strip()
    if not read or len(read) > LONGEST_NAME or not read.isprintable():
        raise DeskError(Sentence(N_("请填写经办人姓名，不超过 {most} 个字"), most=LONGEST_NAME))
    return read


def remember_handler(store: Store, name: str) -> str:
    """Put the name first, and answer it. Raises DeskError for one that cannot be a name."""
    name = read_name(name)
    sat: list[str] = store.settings.get(_SETTING, [])
    if sat[:1] != [name]:
        store.settings.put(_SETTING, [name, *(other for other in sat if other != name)])
    return name
