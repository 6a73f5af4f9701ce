"""Whoever held a case and whoever wrote over it: every store that has heard the same sees the same, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinan_desk.core.revision import HAND_OVER, HOLDER, Origin, Revision, heads, is_strange
from jinan_desk.store import CaseFilter, Store, connection, open_store
from tests.store.records import KEY, body

OFFICES = ("370102001", "370102", "370100")

_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),  # who writes
        st.sampled_from(["change", "change", HAND_OVER]),
        st.integers(0, 2),  # to whom it is passed
        st.lists(st.integers(0, 30), min_size=1, max_size=2),  # on top of what, counted from the newest
    ),
    min_size=1,
    max_size=12,
)


def history_of(steps: list[tuple[int, str, int, list[int]]], case: str = "c") -> list[Revision]:
    """A case that offices pass on, and write over as they please, whoever holds it."""
    made = [_next([], case, parents=[], who=0, action="enter", **body())]
    for number, (who, action, to, back) in enumerate(steps, start=2):
        parents = [made[-1 - place] for place in dict.fromkeys(one % len(made) for one in back)]
        written: dict[str, Any] = {**parents[0].body, "due_on": f"2020-07-{number:02}"}
        if action == HAND_OVER:
            written[HOLDER] = OFFICES[to]
        made.append(_next(made, case, parents=parents, who=who, action=action, **written))
    return made


def _next(made: list[Revision], case: str, *, parents: list[Revision], who: int, action: str, **body: Any) -> Revision:
    office = OFFICES[who]
    return Revision(
        case=case,
        parents=tuple(parent.id for parent in parents),
        origin=Origin(office, office + case, 1 + sum(one.origin.office == office for one in made)),
        account="苏敏",
        at=f"2020-06-10T08:{len(made):02}:00Z",
        action=action,
        reason="",
        body=body,
    )


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Two of them, for all examples: each is a case of its own."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))
        made = [stack.enter_context(open_store(tmp_path_factory.mktemp("desk"), KEY)) for _ in range(2)]
        yield made[0], made[1]


_CASES = count()


def told(store: Store, case: str) -> tuple[object, list[str]]:
    return store.case(case), [head.id for head in store.heads(case)]


@settings(max_examples=60, deadline=None)
@given(steps=_STEPS, sizes=st.lists(st.integers(1, 3), min_size=1), order=st.randoms(use_true_random=False))
def test_one_by_one_or_in_portions_of_any_order_the_heads_are_the_same(
    stores: tuple[Store, Store], steps: list[tuple[int, str, int, list[int]]], sizes: list[int], order: Any
) -> None:
    case = f"c{next(_CASES)}"
    made = history_of(steps, case)
    one, other = stores
    for number, revision in enumerate(made, start=1):
        one.append([revision], {})
        assert told(one, case)[1] == [head.id for head in heads(made[:number])]
    left = list(made)
    order.shuffle(left)
    while left:
        size = sizes[len(left) % len(sizes)]
        other.receive(left[:size], {})
        left = left[size:]
    assert told(other, case) == told(one, case)


def test_made_anew_they_are_the_same_again(stores: tuple[Store, Store]) -> None:
    for store in stores:
        assert store.check() == []
        before = {row.case: row for row in store.cases(CaseFilter(), limit=1000)}
        store.rebuild()
        assert {row.case: row for row in store.cases(CaseFilter(), limit=1000)} == before


def test_somebody_always_holds_what_was_once_passed_on() -> None:
    made = history_of([(0, HAND_OVER, 1, [0]), (0, "change", 0, [0]), (1, "change", 0, [1])])
    newest = heads(made)
    assert [head.origin.office for head in newest] == ["370102001", "370102"]
    assert newest[-1].body[HOLDER] == "370102"


def test_nothing_strange_is_said_of_what_has_no_parent_that_is_known() -> None:
    """Guard: `not held` in `is_strange`: nobody holds a case that has just been begun, or whose beginning is missing."""
    begun, written = history_of([(1, "change", 0, [0])])
    assert begun.origin.office != written.origin.office
    assert not is_strange(begun, {begun.id: begun})
    assert not is_strange(written, {written.id: written})
    assert heads([begun, written]) == (written,)
