"""Filters of the list of cases that a person has given a name, kept in the store's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.services.listing import CaseFilter
from jinan_desk.store import Store

_SETTING = "filters"
LONGEST_NAME = 20
MOST = 30

_NOTHING = asdict(CaseFilter())


class SavedFilters:
    """The named filters of one person."""

    def __init__(self, store: Store, *, account: str) -> None:
        self._store = store
        self._account = account

    def all(self) -> dict[str, CaseFilter]:
        """By name, in the order of their names."""
        return {name: _read(kept) for name, kept in self._kept().items()}

    def keep(self, name: str, wanted: CaseFilter) -> None:
        """Save a filter, in the place of one of that name. Raises DeskError for what is no name, or one too many."""
        name = _checked(name)
        kept = self._kept()
        if name not in kept and len(kept) >= MOST:
            raise DeskError(Sentence(N_("最多保存 {most} 个常用筛选，请先删除不用的"), most=MOST))
        changed = {key: _json(value) for key, value in asdict(wanted).items() if value != _NOTHING[key]}
        self._put({**kept, name: changed})

    def rename(self, name: str, to: str) -> None:
        """Give a filter another name. Raises DeskError where another filter has it."""
        to = _checked(to)
        kept = self._kept()
        if to != name and to in kept:
            raise DeskError(Sentence(N_("已有名为“{name}”的常用筛选，请换一个名称"), name=to))
        self._put({to if key == name else key: value for key, value in kept.items()})

    def drop(self, name: str) -> None:
        """Forget a filter."""
        self._put({key: value for key, value in self._kept().items() if key != name})

    def _kept(self) -> dict[str, Mapping[str, Any]]:
        every: dict[str, dict[str, Mapping[str, Any]]] = self._store.settings.get(_SETTING, {})
        return every.get(self._account, {})

    def _put(self, kept: Mapping[str, Any]) -> None:
        with self._store.transaction():
            every = self._store.settings.get(_SETTING, {})
            self._store.settings.put(_SETTING, {**every, self._account: kept})


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _read(kept: Mapping[str, Any]) -> CaseFilter:
    """The filter; what a later version has added to it is left out."""
    known = {field.name for field in fields(CaseFilter)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in kept.items() if key in known
    }
    return CaseFilter(**values)


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise DeskError(Sentence(N_("请填写常用筛选的名称，不超过 {most} 个字"), most=LONGEST_NAME))
    return name


def updated_on(first: date | None, last: date | None) -> dict[str, str]:
    """The part of a filter that wants cases last worked on within these days, as the clock on the wall counts them."""
    return {
        "updated_from": "" if first is None else _midnight(first),
        "updated_before": "" if last is None else _midnight(last + timedelta(days=1)),
    }


def updated_days(wanted: CaseFilter) -> tuple[date | None, date | None]:
    """The days that `updated_on` was given."""
    first, last = (_day(moment) for moment in (wanted.updated_from, wanted.updated_before))
    return first, None if last is None else last - timedelta(days=1)


def _midnight(day: date) -> str:
    return datetime.combine(day, time()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(moment: str) -> date | None:
    return datetime.fromisoformat(moment).astimezone().date() if moment else None
