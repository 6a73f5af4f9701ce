"""Worked cases that were agreed with the office, where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jinan_desk.services.evaluation import evaluate

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
WORKED = [json.loads(line) for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def test_there_are_worked_cases():
    if not WORKED:
        pytest.skip("no worked cases beside this checkout")


@pytest.mark.parametrize("case", WORKED, ids=[case["id"] for case in WORKED])
def test_a_worked_case_comes_out_as_agreed(case: dict[str, Any]):
    expected = case["expect"]
    answer = evaluate(json.dumps({"id": 1, **case["input"]}).encode())
    if "error_fields" in expected:
        assert set(expected["error_fields"]) <= set(answer["error"]["fields"])
        return
    assert (answer["outcome"], answer["amount"]) == (expected["outcome"], expected["amount"])
    for row, said in zip(answer.get("rows", []), expected.get("rows", answer.get("rows", [])), strict=True):
        assert (row["outcome"], row["amount"]) == (said["outcome"], said["amount"])
    for alternatives in expected.get("missing", []):
        assert set(alternatives.split("|")) & set(answer["missing"])
