"""The benchmarks: only names are looked at here, what they measure is for people to read."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import BENCHMARKS, main


def test_a_benchmark_that_there_is_not_is_named_and_none_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(BENCHMARKS, "saving", lambda: pytest.fail("it was run"))
    assert main(["saving", "savings"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("There is no benchmark savings; there are: determination, saving, ")
