"""A revision is decoded only from the one way in which it is written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jinan_desk.core.revision import Origin, Revision, canonical, decode, kept, read_canonical, recall

REVISION = Revision("c1", ("p1",), Origin("370102", "aaaa", 3), "苏敏", "2020-06-11T08:00:00Z", "enter", "", {"a": [1]})


def changed(**other: Any) -> bytes:
    return canonical({**json.loads(REVISION.encoded), **other})


def test_it_comes_back_with_its_own_hash() -> None:
    assert decode(REVISION.encoded) == recall(REVISION.encoded) == REVISION
    assert decode(REVISION.encoded).id == REVISION.id
    assert decode(REVISION.encoded).encoded == REVISION.encoded


@pytest.mark.parametrize(
    "encoded",
    [
        REVISION.encoded + b" ",
        json.dumps(json.loads(REVISION.encoded), ensure_ascii=False).encode(),
        json.dumps(json.loads(REVISION.encoded), sort_keys=True, separators=(",", ":")).encode(),
        REVISION.encoded.replace(b'"case":"c1"', b'"case":"c0","case":"c1"'),
        REVISION.encoded.replace(b"[1]", b"[1.0]"),
        REVISION.encoded.replace(b"[1]", b"[NaN]"),
        REVISION.encoded.replace("苏敏".encode(), b"\xff"),
        b"[]",
        b"",
        changed(more=1),
        changed(sequence=True),
        changed(sequence="3"),
        changed(case=5),
        changed(parents="p1"),
        changed(parents=[1]),
        changed(body=[]),
        changed(account=None),
    ],
)
def test_anything_else_is_refused(encoded: bytes) -> None:
    """Guard: `_TYPES` and `read_canonical`."""
    with pytest.raises(ValueError):  # noqa: PT011  (whatever its words)
        decode(encoded)


def test_what_was_kept_holds_no_floats() -> None:
    with pytest.raises(TypeError):
        canonical({"a": [{"b": 1.5}]})
    with pytest.raises(ValueError, match="no number"):
        read_canonical(b'{"a":1.5}')
    assert read_canonical(b'{"a":[null,true,"\xe6\xb3\x89"]}') == {"a": [None, True, "泉"]}


def test_what_is_kept_is_answered_as_it_will_be_read() -> None:
    value = {"b": ("济南", 1, None), "a": {"deep": [True]}}
    content, read = kept(value)
    assert content == canonical(value)
    assert read == read_canonical(content) == {"a": {"deep": [True]}, "b": ["济南", 1, None]}


@pytest.mark.parametrize("number", [1.0, float("nan"), float("inf"), -float("inf")])
def test_no_float_is_kept(number: float) -> None:
    """Guards: `kept` and `canonical`."""
    for write in (kept, canonical):
        with pytest.raises(TypeError):
            write({"deep": [[{"amount": number}]]})
