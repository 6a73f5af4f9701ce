"""The lives of a store: an incarnation names the present one, and the store remembers those it had before.

A new one begins wherever the file is not the one that last gave out numbers. Partners are told the earlier ones, so
that they know which of two names is the later.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from jinan_desk.store.settings import INCARNATION, Settings

_LIVES = "lives"


def incarnation_of(settings: Settings) -> str:
    """The present one, "" where the store has not begun."""
    return str(settings.get(INCARNATION) or "")


def lives_of(settings: Settings) -> tuple[str, ...]:
    """The earlier ones, sorted."""
    return tuple(settings.get(_LIVES, ()))


def begin_anew(settings: Settings, also: Iterable[str] = ()) -> None:
    """Begin a new life after the present one, and after others that the store is known to have had."""
    earlier = {incarnation_of(settings), *lives_of(settings), *also} - {""}
    settings.put(_LIVES, sorted(earlier))
    settings.put(INCARNATION, secrets.token_hex(8))
