"""Paper as it was looked at and found good: what has moved or changed since is shown line by line."""

from __future__ import annotations

import difflib

import pytest

from jinan_desk import paths
from jinan_desk.services.forms import Forms
from jinan_desk.services.paper_kinds import BY_KEY, MONTH_LEDGER
from jinan_desk.services.press import Press
from tests.services.snapshots import FOLDER, RENEW, made

KINDS = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    fonts = paths.resources_directory() / "fonts"
    forms = Forms(Press((paths.forms_directory(),), fonts, tmp_path_factory.mktemp("fonts")))
    return made(forms, tmp_path_factory.mktemp("sheets"))


def test_every_kind_of_paper_has_a_snapshot(now: dict[str, str]):
    assert {*BY_KEY, MONTH_LEDGER} <= set(now)
    assert sorted(now) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_as_it_was_found_good(now: dict[str, str], kind: str):
    kept = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8")
    changes = difflib.unified_diff(kept.splitlines(), now[kind].splitlines(), "kept", "now", n=1, lineterm="")
    told = "\n".join(list(changes)[:60])
    assert not told, f"{kind} looks otherwise; if it is meant to, look at it and run {RENEW}\n{told}"
