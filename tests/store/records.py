"""Revisions of made-up cases, as offices would make them, without the services that decide them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinan_desk.core.revision import Origin, Revision, canonical, digest

KEY = bytes(range(32))

Contents = dict[str, tuple[str, bytes]]


def body(**changes: Any) -> dict[str, Any]:
    """A 06A draft; facts are changed by `facts={...}`, replacing all of them."""
    return {
        "programme": "06A",
        "article": 6,
        "stage": "draft",
        "on": "2020-06-10",
        "number": "",
        "facts": {"applicant_name": "山东鲁泉食品有限公司", "credit_code": "91370104MA3015044M", "district": "370104"},
        "roster": None,
        "determination": None,
        "outcome": "eligible",
        "amount": 7920000,
        "received_on": "",
        "stage_since": "2020-06-10",
        "due_on": "",
        **changes,
    }


def firm(name: str, code: str = "") -> dict[str, Any]:
    return {"applicant_name": name, "credit_code": code or None, "district": "370102"}


def person(name: str, number: str) -> dict[str, Any]:
    return {"applicant_name": name, "id_number": number, "district": "370102"}


def kept(kind: str, value: Any) -> tuple[str, Contents]:
    """The hash of a content, and the content to be kept under it."""
    content = canonical(value)
    return digest(content), {digest(content): (kind, content)}


def roster(*people: tuple[str, str]) -> tuple[str, Contents]:
    return kept("roster", [{"name": name, "id_number": number} for name, number in people])


class Maker:
    """An office that makes revisions, each with the next number of its incarnation and a later time."""

    def __init__(self, office: str = "370102", incarnation: str = "aaaa", minute: int = 0) -> None:
        self.office = office
        self.incarnation = incarnation
        self.sequence = 0
        self.minute = minute

    def revision(
        self, case: str, parents: Sequence[Revision] = (), *, sequence: int | None = None, **changes: Any
    ) -> Revision:
        if sequence is None:
            self.sequence += 1
            sequence = self.sequence
        self.minute += 1
        return Revision(
            case=case,
            parents=tuple(parent.id for parent in parents),
            origin=Origin(self.office, self.incarnation, sequence),
            account="苏敏",
            at=f"2020-06-10T{self.minute // 60:02}:{self.minute % 60:02}:00Z",
            action="change" if parents else "enter",
            reason="",
            body=body(**changes),
        )

    def chain(self, case: str, length: int, **changes: Any) -> list[Revision]:
        """A case changed again and again: each revision's amount is its place in fen."""
        chain: list[Revision] = []
        for place in range(length):
            chain.append(self.revision(case, chain[-1:], **{"amount": place, **changes}))
        return chain
