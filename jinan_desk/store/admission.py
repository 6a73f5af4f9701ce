"""What a revision from elsewhere must be before it is taken: whole, of the shapes that services and lists read without
looking, and within bounds that every honest one keeps.

The key of an office says who signed a package, not that a program made it. What a fact means is not asked here: a fact
that cannot be read is shown as wrong where somebody works on the case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinan_desk.core.dates import is_day_of_office, is_time
from jinan_desk.core.determination import Outcome
from jinan_desk.core.grant import GRANTED_ON, PAID_ON
from jinan_desk.core.money import WORDS_LIMIT
from jinan_desk.core.record import CLOSING, FOLLOW_UPS
from jinan_desk.core.revision import HOLDER, LAST_SEQUENCE, Revision
from jinan_desk.store.columns import CONTENT_KINDS, refuse_unfit

_LONGEST = 2**20
"""Bytes of a revision."""
_WORDS = 200
"""Characters of an account's name, of an action and of a case's number."""
_PARENTS = 100
"""Revisions that one may join: two, but for a conflict between many offices."""
_NESTED = 8
"""Objects and lists in each other."""
_USUAL_BRACKETS = 40
"""Up to so many, in texts or not, cannot lie deep enough to do harm, and how deep they lie is not measured."""

_NAME = re.compile(r"[0-9A-Za-z_.-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_ESCAPED, _UNSHOWN = b"\\u00", re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OUTCOMES = frozenset(outcome.value for outcome in Outcome)
_PLAIN = frozenset({str, int, bool, type(None)})

_ALWAYS = frozenset(
    {"programme", "article", "number", "stage", "stage_since", "on", "received_on", "due_on"}
    | {"facts", "outcome", "amount", *CONTENT_KINDS}
)
_OFTEN = _ALWAYS | {HOLDER, GRANTED_ON, PAID_ON}
def refuse_inadmissible(revision: Revision) -> None:
    """Raises ValueError where the revision is not one that a program of an office makes."""
    origin, body, encoded = revision.origin, revision.body, revision.encoded
    refuse_unfit(revision)
    parents = revision.parents
    # Asked for each of a hundred thousand, so that there is one question and hardly anything is made for it.
    complete, usual = _known_keys(tuple(body))
    _demand(
        complete
        and len(encoded) <= _LONGEST
        and 0 < origin.sequence <= LAST_SEQUENCE
        and _is_name(revision.case)
        and _is_name(origin.office)
        and _is_name(origin.incarnation)
        and is_time(revision.at)
        and len(revision.account) <= _WORDS
        and len(revision.action) <= _WORDS
        and len(body["number"]) <= _WORDS
        and len(set(parents)) == len(parents) <= _PARENTS
        and all(map(_HASH.fullmatch, parents))
        and is_day_of_office(body["on"])
        and is_day_of_office(body["stage_since"])
        and _is_day_or_none(body["received_on"])
        and _is_day_or_none(body["due_on"])
        and _is_day_or_none(body.get(GRANTED_ON, ""))
        and _is_day_or_none(body.get(PAID_ON, ""))
        and body["outcome"] in _OUTCOMES
        and 0 <= (body["amount"] or 0) < WORDS_LIMIT
        and 0 < body["article"] < 1000
        and _is_hash(body["roster"])
        and _is_hash(body["determination"])
        and _PLAIN.issuperset(map(type, body["facts"].values()))
    )
    if _ESCAPED in encoded or b"\x7f" in encoded:
        _demand(not any(map(_UNSHOWN.search, _texts(revision))))
    if encoded.count(b"[") + encoded.count(b"{") > _USUAL_BRACKETS:
        _demand(_depth(body) <= _NESTED)
    if not usual:
        _refuse_unread(body)


@lru_cache(maxsize=256)
def _known_keys(keys: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether these are all that a body always has, and whether all of them are known here."""
    return _ALWAYS.issubset(keys), _OFTEN.issuperset(keys)


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_flag(value: object) -> bool:
    return type(value) is bool


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 10**9


def _is_day(value: object) -> bool:
    return isinstance(value, str) and is_day_of_office(value)


def _is_day_or_none(value: object) -> bool:
    return value == "" or _is_day(value)


_Shape = Mapping[str, Callable[[object], bool]]
"""What each part of an object must be."""

_EVENT = {"on": _is_day, "what": _is_text, "by": _is_text}
_DOCUMENT = {"name": _is_text, "received": _is_flag, "on": _is_day_or_none, "copies": _is_count, "note": _is_text}
_STEP = dict.fromkeys(("label", "value", "unit", "basis"), _is_text)
_CHECK = dict.fromkeys(("key", "label", "result", "reason", "quote", "source", "mark"), _is_text)
_WARNING = dict.fromkeys(("key", "message", "at"), _is_text)
_PARAMETER = dict.fromkeys(("key", "label", "since", "source", "mark"), _is_text)


def _refuse_unread(body: Mapping[str, Any]) -> None:
    """The same of what stands in some bodies only."""
    _demand(_are(body.get("documents", []), _DOCUMENT, alone=True))
    cleared, numbers = body.get("cleared", {}), body.get("former_numbers", [])
    _demand(isinstance(cleared, dict) and all(isinstance(note, dict) for note in cleared.values()))
    _demand(isinstance(numbers, list) and all(isinstance(number, str) for number in numbers))
    closing = body.get(CLOSING)
    _demand(_are(body.get(FOLLOW_UPS, []), _EVENT) and _are([] if closing is None else [closing], _EVENT))


def is_determination(value: Mapping[str, Any]) -> bool:
    """Whether a kept determination has all that is read of it."""
    rows = value.get("rows", [])
    return (
        _is_judged(value)
        and isinstance(rows, list)
        and all(isinstance(row, dict) and _is_judged(row) for row in rows)
        and _are(value.get("steps"), _STEP)
        and _are(value.get("parameters"), _PARAMETER)
    )


def _is_judged(value: Mapping[str, Any]) -> bool:
    missing = value.get("missing")
    return (
        value.get("outcome") in _OUTCOMES
        and isinstance(value.get("amount") or "", str)
        and isinstance(missing, list)
        and all(isinstance(path, str) for path in missing)
        and _are(value.get("checks"), _CHECK)
        and _are(value.get("warnings"), _WARNING)
    )


def _demand(holds: object) -> None:
    if not holds:
        raise ValueError("no revision that a program makes")


@lru_cache(maxsize=4096)
def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _is_hash(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value or _is_hexadecimal(value)))


@lru_cache(maxsize=4096)
def _is_hexadecimal(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def _are(items: object, shape: _Shape, *, alone: bool = False) -> bool:
    """Whether it is a list of objects with all of these parts, and no others where they stand `alone`."""
    if not isinstance(items, list):
        return False
    for item in items:
        if not isinstance(item, dict) or (alone and not item.keys() <= shape.keys()):
            return False
        for key, fits in shape.items():
            if not fits(item.get(key)):
                return False
    return True


def _texts(revision: Revision) -> list[str]:
    """Every text in the revision, keys included."""
    parts: list[Any] = [revision.account, revision.action, revision.reason, revision.body]
    for part in parts:  # which grows meanwhile
        if isinstance(part, dict):
            parts += [*part, *part.values()]
        elif isinstance(part, list):
            parts += part
    return [part for part in parts if isinstance(part, str)]


def _depth(value: Any) -> int:
    """How deep objects and lists lie in each other."""
    depth, level = 0, [value]
    while level := [part for part in level if isinstance(part, dict | list)]:
        depth += 1
        level = [inner for part in level for inner in (part.values() if isinstance(part, dict) else part)]
    return depth
