"""The collector rests inside the block, and afterwards is as it was before, also after an error."""

from __future__ import annotations

import gc

import pytest

from jinan_desk.core.collector import at_rest


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
