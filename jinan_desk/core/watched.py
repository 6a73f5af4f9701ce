"""Facts that note which of them are sought: what an answer rests on, known or not.

A rule is a plain function of what it reads, so two cases that agree in all facts sought for the one have its answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jinan_desk.core.field import Facts
from jinan_desk.core.unknown import Unknown


class WatchedFacts(Facts):
    """A case's facts, without rows. `sought` has every key that was asked for, in the order of asking.

    Trials of an unknown choice share it. The instance's dictionary begins empty and takes what was found, so that only
    the first asking costs more.
    """

    __slots__ = ("_source", "sought")
    sought: dict[str, None]
    _source: Mapping[str, Any]

    def __init__(self, known: Mapping[str, Any], sought: dict[str, None] | None = None) -> None:
        super().__init__({})
        object.__setattr__(self, "_source", known)
        object.__setattr__(self, "sought", {} if sought is None else sought)

    @property
    def known(self) -> Mapping[str, Any]:
        self.sought.update(dict.fromkeys(self._source))
        return MappingProxyType(dict(self._source))

    def get(self, key: str) -> Any:
        self.sought[key] = None
        return self._source.get(key)

    def all(self, *keys: str) -> tuple[Any, ...]:
        self.sought.update(dict.fromkeys(keys))
        try:
            return tuple([self._source[key] for key in keys])
        except KeyError:
            raise Unknown(*self.lacking(*keys)) from None

    def lacking(self, *keys: str) -> tuple[str, ...]:
        self.sought.update(dict.fromkeys(keys))
        return tuple([key for key in keys if key not in self._source])

    def assuming(self, path: str, value: Any) -> WatchedFacts:
        return WatchedFacts({**self._source, path: value}, self.sought)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        self.sought[key] = None
        try:
            value = self._source[key]
        except KeyError:
            raise Unknown(key) from None
        self.__dict__[key] = value
        return value
