"""What a revision from elsewhere must be: up to each bound it is taken, beyond it is not. Guards: `admission`, line by
line. What becomes of a package with such a one in it is told in `tests.services.test_hostile_packages`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jinan_desk.core.revision import LAST_SEQUENCE, Origin, Revision
from jinan_desk.store.admission import is_determination, refuse_inadmissible
from tests.store.records import Maker, body

PLAIN = Maker().revision("c1")
EVENT = {"on": "2020-03-20", "what": "x", "by": "y"}
DOCUMENT = {"name": "a", "received": True, "on": "", "copies": 1, "note": ""}


def nested(levels: int) -> Any:
    """So many lists in each other."""
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


def of(**changes: Any) -> Revision:
    return replace(PLAIN, **changes)


def with_body(**changes: Any) -> Revision:
    return replace(PLAIN, body=body(**changes))


def of_size(size: int) -> Revision:
    """A revision of so many bytes."""
    short = with_body(note="")
    long = with_body(note="x" * (size - len(short.encoded)))
    assert len(long.encoded) == size
    return long


def hashes(count: int) -> tuple[str, ...]:
    return tuple(f"{number:064x}" for number in range(count))


TAKEN = [
    PLAIN,
    of_size(2**20),
    of(case="x" * 64),
    of(case="a_B.c-9"),
    of(origin=Origin("370102", "aaaa", LAST_SEQUENCE)),
    of(account="x" * 200, action="y" * 200),
    of(parents=hashes(100)),
    of(at="2020-03-20T23:59:59Z"),
    with_body(number="x" * 200),
    with_body(amount=0),
    with_body(amount=10**14 - 1),
    with_body(amount=None),
    with_body(article=1),
    with_body(article=999),
    with_body(roster="", determination=hashes(1)[0]),
    with_body(granted_on="2020-03-20", paid_on=""),
    with_body(facts={"a": "x", "b": 1, "c": True, "d": None}),
    with_body(facts={"a": "一\n二\t三\r"}),
    with_body(facts={"a": "[" * 50}),
    with_body(something=[*[[]] * 40, nested(6)]),  # with the body itself, and the list around it, eight
    with_body(documents=[]),
    with_body(documents=[DOCUMENT, {**DOCUMENT, "on": "2020-03-20", "copies": 0}, {**DOCUMENT, "copies": 10**9 - 1}]),
    with_body(cleared={"x": {}}, former_numbers=["x"]),
    with_body(closing=None, follow_ups=[]),
    with_body(closing=EVENT, follow_ups=[{**EVENT, "more": 1}]),
]
REFUSED = [
    of_size(2**20 + 1),
    of(case=""),
    of(case="x" * 65),
    of(case="甲"),
    of(origin=Origin("", "aaaa", 1)),
    of(origin=Origin("370102", "a a", 1)),
    of(origin=Origin("370102", "aaaa", 0)),
    of(origin=Origin("370102", "aaaa", LAST_SEQUENCE + 1)),
    of(account="x" * 201),
    of(action="x" * 201),
    of(parents=hashes(101)),
    of(parents=hashes(1) * 2),
    of(parents=("A" * 64,)),
    of(parents=("a" * 63,)),
    of(at="2020-03-20T24:00:00Z"),
    with_body(number="x" * 201),
    with_body(amount=10**14),
    with_body(amount=-1),
    with_body(article=0),
    with_body(article=1000),
    with_body(outcome="maybe"),
    with_body(on="2020-02-30"),
    with_body(stage_since=""),
    with_body(received_on="x"),
    with_body(due_on="x"),
    with_body(granted_on="x"),
    with_body(paid_on="x"),
    with_body(stage="somewhere"),
    with_body(stage=[]),
    with_body(programme=6),
    with_body(holder=5),
    with_body(facts={"applicant_name": 5}),
    with_body(roster="x"),
    with_body(roster=5),
    with_body(roster=[]),
    with_body(determination={}),
    with_body(roster="A" * 64),
    with_body(determination="x"),
    with_body(facts={"a": []}),
    with_body(facts={"a": "\x1f"}),
    with_body(facts={"a": "\x7f"}),
    with_body(facts={"\x01": "a"}),
    of(account="\x01"),
    of(action="\x01"),
    of(reason="\x01"),
    with_body(something=[*[[]] * 40, nested(7)]),
    with_body(something=[*[[]] * 40, {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}]),
    with_body(something=["\x01"]),
    with_body(something={"\x01": 1}),
    with_body(documents={}),
    with_body(documents=["x"]),
    with_body(documents=[{**DOCUMENT, "owner": "x"}]),
    with_body(documents=[{key: value for key, value in DOCUMENT.items() if key != "note"}]),
    with_body(documents=[{**DOCUMENT, "name": 1}]),
    with_body(documents=[{**DOCUMENT, "received": 1}]),
    with_body(documents=[{**DOCUMENT, "on": "x"}]),
    with_body(documents=[{**DOCUMENT, "on": 1}]),
    with_body(documents=[{**DOCUMENT, "copies": -1}]),
    with_body(documents=[{**DOCUMENT, "copies": 10**9}]),
    with_body(documents=[{**DOCUMENT, "copies": True}]),
    with_body(documents=[{**DOCUMENT, "note": None}]),
    with_body(cleared=[]),
    with_body(cleared={"x": 1}),
    with_body(cleared={"x": {}, "y": 1}),
    with_body(former_numbers="x"),
    with_body(former_numbers=["x", 1]),
    with_body(closing=[]),
    with_body(closing={**EVENT, "on": ""}),
    with_body(closing={**EVENT, "by": 1}),
    with_body(follow_ups={}),
    with_body(follow_ups=[EVENT, {**EVENT, "what": 1}]),
    *(
        replace(PLAIN, body={key: value for key, value in PLAIN.body.items() if key != lacking})
        for lacking in PLAIN.body
    ),
]


def sign(revision: Revision) -> str:
    """Wherein it differs from the plain one."""
    parts = {"case": revision.case, "parents": len(revision.parents), "origin": revision.origin, "at": revision.at}
    parts |= {"account": revision.account, "action": revision.action, "reason": revision.reason, **revision.body}
    plain = {"case": PLAIN.case, "parents": 0, "origin": PLAIN.origin, "at": PLAIN.at}
    plain |= {"account": PLAIN.account, "action": PLAIN.action, "reason": PLAIN.reason, **PLAIN.body}
    lacking = [f"no {key}" for key in plain if key not in parts]
    return " ".join([*lacking, *(f"{key}={parts[key]!r}" for key in parts if plain.get(key) != parts[key])])[:80]


@pytest.mark.parametrize("revision", TAKEN, ids=sign)
def test_what_a_program_makes_is_taken(revision: Revision) -> None:
    refuse_inadmissible(revision)


@pytest.mark.parametrize("revision", REFUSED, ids=sign)
def test_what_no_program_makes_is_refused(revision: Revision) -> None:
    with pytest.raises(ValueError, match=r"."):
        refuse_inadmissible(revision)


CHECK = dict.fromkeys(("key", "label", "result", "reason", "quote", "source", "mark"), "x")
STEP = dict.fromkeys(("label", "value", "unit", "basis"), "x")
PARAMETER = dict.fromkeys(("key", "label", "since", "source", "mark"), "x")
WARNING = dict.fromkeys(("key", "message", "at"), "x")
JUDGED = {"outcome": "eligible", "amount": "1.00", "missing": ["a"], "checks": [CHECK], "warnings": [WARNING]}
WHOLE: dict[str, Any] = {**JUDGED, "rows": [JUDGED], "steps": [STEP], "parameters": [PARAMETER]}


def test_a_determination_is_whole_with_what_it_has_or_with_empty_parts() -> None:
    for value in (
        WHOLE,
        {**WHOLE, "rows": [], "steps": [], "parameters": [], "checks": [], "warnings": [], "missing": [], "amount": None},
        {key: value for key, value in WHOLE.items() if key not in ("rows", "amount")},
    ):
        assert is_determination(value)


@pytest.mark.parametrize("part", ["outcome", "missing", "checks", "warnings", "steps", "parameters"])
def test_a_determination_that_lacks_a_part_is_none(part: str) -> None:
    assert not is_determination({key: value for key, value in WHOLE.items() if key != part})
    if part in JUDGED:
        row = {key: value for key, value in JUDGED.items() if key != part}
        assert not is_determination({**WHOLE, "rows": [JUDGED, row]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "maybe"}, {"amount": 5}, {"missing": {}}, {"missing": ["a", 5]}, {"rows": {}}, {"rows": [JUDGED, "x"]},
        {"checks": {}}, {"checks": [CHECK, "x"]}, {"steps": [{**STEP, "value": 1}]}, {"parameters": [{}]},
        {"warnings": [{**WARNING, "at": None}]},
        *({"checks": [{**CHECK, key: None}]} for key in CHECK),
    ],
    ids=str,
)  # fmt: skip
def test_a_determination_with_a_part_of_another_shape_is_none(wrong: dict[str, Any]) -> None:
    assert not is_determination({**WHOLE, **wrong})
