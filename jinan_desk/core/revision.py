"""Revisions: the append-only chain that a case is, and the unit that offices exchange.

A revision's id is the SHA-256 of its canonical JSON, so that it cannot be changed without becoming another one.
The body is the whole case after the action; rosters and determinations are kept beside it by their content's hash.
The newest revision is the case; two newest ones are a conflict, settled by a revision with two parents.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


def canonical(value: Any) -> bytes:
    """The one way a JSON value is written: sorted keys, no blanks, UTF-8. Raises TypeError for a float."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """The hash by which a roster, a determination or a revision is known: SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("no floats in what is kept for ever")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        _refuse_floats(part)


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


def decode(encoded: bytes) -> Revision:
    """The revision of its canonical JSON. Raises ValueError for anything that is not exactly one."""
    try:
        given = json.loads(encoded)
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
        if revision.encoded != encoded:
            raise ValueError("not in canonical form")
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"not a revision: {error}") from None
    return revision


def heads(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """Those that are nobody's parent, in order of time and id: one, or a conflict."""
    known = {revision.id: revision for revision in revisions}
    parents = {parent for revision in known.values() for parent in revision.parents}
    return tuple(sorted((r for i, r in known.items() if i not in parents), key=lambda r: (r.at, r.id)))
