"""Revisions: the append-only chain that a case is, and the unit that offices exchange.

A revision's id is the SHA-256 of its canonical JSON, so that it cannot be changed without becoming another one.
The body is the whole case after the action; rosters and determinations are kept beside it by their content's hash.
The newest revision is the case; two newest ones are a conflict, settled by a revision with two parents.

A case may say which office holds it (see `HOLDER`). What another office writes on top of that is no newer version of
the case but another one beside it: a conflict, whatever the order in which offices hear of each other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

HOLDER = "holder"
"""The key of a body under which the code of the office that holds the case stands, from its first passing on."""

LAST_SEQUENCE = 2**53
"""More revisions than any store can make; what is beyond it was made up."""

HAND_OVER = "hand_over"
"""The action that makes another office the holder."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """The one way a JSON value is written: sorted keys, no blanks, UTF-8. Raises TypeError for a float."""
    _refuse_floats(value)
    return rewrite(value)


def rewrite(value: Any) -> bytes:
    """The same for a value of which it is known that it holds no float: it was kept."""
    return _ENCODER.encode(value).encode()


def kept(value: Any) -> tuple[bytes, Any]:
    """The canonical JSON of a value, and the value as it will be read from it. Raises TypeError for a float.

    Where much is kept, reading it back costs less than looking for floats beforehand.
    """
    content = rewrite(value)
    try:
        return content, _DECODER.decode(content.decode())
    except ValueError as error:
        raise TypeError("no floats in what is kept for ever") from error


def read_canonical(content: bytes) -> Any:
    """The value that is written just so. Raises ValueError where it is written otherwise, or holds a float."""
    value = _DECODER.decode(content.decode())
    if rewrite(value) != content:
        raise ValueError("not in canonical form")
    return value


def digest(content: bytes) -> str:
    """The hash by which a roster, a determination or a revision is known: SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


_PLAIN = frozenset({str, int, bool, type(None)})


def _refuse_floats(value: Any) -> None:
    """A loop that asks most parts one question only, since everything that is kept goes through it."""
    parts = [value]
    for part in parts:  # which grows meanwhile: what is inside of a part comes after it
        if type(part) in _PLAIN:
            continue
        if isinstance(part, dict):
            parts += part.values()
        elif isinstance(part, (list, tuple)):  # a union would be made anew each time
            parts += part
        elif isinstance(part, float):
            raise TypeError("no floats in what is kept for ever")


def _refuse_number(text: str) -> Any:
    raise ValueError(f"no number that is kept: {text}")


_DECODER = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a revision was made: office code, the store's incarnation, and its place in that store's sequence.

    A restored store takes a new incarnation, so that a number is never used for two things.
    """

    office: str
    incarnation: str
    sequence: int


@dataclass(frozen=True)
class Revision:
    """One action on one case. `at` is UTC as `2020-03-20T08:15:00Z`; `body` is JSON without floats."""

    case: str
    parents: tuple[str, ...]
    origin: Origin
    account: str
    at: str
    action: str
    reason: str
    body: Mapping[str, Any]

    @cached_property
    def id(self) -> str:
        return digest(self.encoded)

    @cached_property
    def encoded(self) -> bytes:
        """The canonical JSON that the id is taken of and that travels."""
        return canonical(
            {
                "case": self.case,
                "parents": list(self.parents),
                "office": self.origin.office,
                "incarnation": self.origin.incarnation,
                "sequence": self.origin.sequence,
                "account": self.account,
                "at": self.at,
                "action": self.action,
                "reason": self.reason,
                "body": self.body,
            }
        )


_TYPES: dict[str, type[Any]] = {
    "case": str,
    "parents": list,
    "office": str,
    "incarnation": str,
    "sequence": int,
    "account": str,
    "at": str,
    "action": str,
    "reason": str,
    "body": dict,
}
"""What a revision's canonical JSON holds, all of it and nothing else."""


def decode(encoded: bytes) -> Revision:
    """The revision of its canonical JSON. Raises ValueError for anything that is not exactly one."""
    given = read_canonical(encoded)
    if not isinstance(given, dict) or {key: type(value) for key, value in given.items()} != _TYPES:
        raise ValueError("not a revision")
    if not all(isinstance(parent, str) for parent in given["parents"]):
        raise ValueError("not a revision")
    return _made(given, encoded)


def recall(encoded: bytes) -> Revision:
    """The revision of JSON that was found to be canonical when it was kept."""
    return _made(json.loads(encoded), encoded)


def _made(given: Mapping[str, Any], encoded: bytes) -> Revision:
    revision = Revision(
        case=given["case"],
        parents=tuple(given["parents"]),
        origin=Origin(given["office"], given["incarnation"], given["sequence"]),
        account=given["account"],
        at=given["at"],
        action=given["action"],
        reason=given["reason"],
        body=given["body"],
    )
    revision.__dict__["encoded"] = encoded
    return revision


def heads(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """Those that no other takes the place of, in order of time and id, strangers' first: one, or a conflict."""
    known = {revision.id: revision for revision in revisions}
    strange = {identifier for identifier, revision in known.items() if is_strange(revision, known)}
    ended = {
        parent
        for identifier, revision in known.items()
        for parent in revision.parents
        if identifier not in strange or parent in strange
    }
    left = (revision for identifier, revision in known.items() if identifier not in ended)
    return tuple(sorted(left, key=lambda revision: (revision.id not in strange, revision.at, revision.id)))


def is_strange(revision: Revision, known: Mapping[str, Revision]) -> bool:
    """Whether an office wrote it that did not hold the case, and did not call it up. `known` are revisions by id;
    of a parent that is not among them nothing is said."""
    held = {str(known[parent].body.get(HOLDER) or "") for parent in revision.parents if parent in known}
    if not held or "" in held or revision.origin.office in held:
        return False
    return not (revision.action == HAND_OVER and revision.body.get(HOLDER) == revision.origin.office)
