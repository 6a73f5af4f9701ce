"""The collector rests inside the block, and afterwards is as it was before, also after an error; by hand it collects
only where it is asked to."""

from __future__ import annotations

import gc

import pytest

from jinan_desk.core.collector import at_rest, by_hand, collect_due


def test_it_rests_and_goes_on() -> None:
    assert gc.isenabled()
    with at_rest():
        assert not gc.isenabled()
        with at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(KeyError), at_rest():
        raise KeyError
    assert gc.isenabled()


def circles(count: int) -> None:
    for _ in range(count):
        circle: list[object] = []
        circle.append(circle)


def test_by_hand_nothing_is_collected_before_it_is_asked_for_and_due() -> None:
    with by_hand():
        gc.collect()
        collected = gc.get_stats()[0]["collections"]
        collect_due()
        assert gc.get_stats()[0]["collections"] == collected
        circles(gc.get_threshold()[0] + 1)
        assert gc.get_stats()[0]["collections"] == collected
        with at_rest():
            collect_due()
        assert gc.get_stats()[0]["collections"] == collected
        collect_due()
        assert gc.get_stats()[0]["collections"] == collected + 1
    assert gc.isenabled()
