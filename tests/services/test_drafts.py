"""What was being typed is there at the next start, for the one who typed it, and can be read nowhere else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from jinan_desk.measures import find
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import Clock, hires, unit
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.entry import Entry, of_case
from jinan_desk.store import Store, open_store
from tests.services.conftest import KEY

HIRING = find("02B")[1]  # type: ignore[index]
FACTS = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": hires(1, 2)}


@pytest.fixture
def entry() -> Entry:
    typed = of_case(HIRING, "2020-03-20", FACTS)
    return replace(typed, texts={**typed.texts, "phone": "还没有问"})


@pytest.fixture
def drafts(store: Store, clock: Clock) -> Drafts:
    return Drafts(store, account="苏敏", now=clock.now)


def same(one: Entry, other: Entry) -> bool:
    return (one.programme, one.on, dict(one.texts), [line.texts for line in one.lines]) == (
        other.programme, other.on, dict(other.texts), [line.texts for line in other.lines],
    )


_KILLED = """
import os, signal, sys
from pathlib import Path
from jinan_desk.measures import find
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.entry import Entry
from jinan_desk.store import open_store
store = open_store(Path(sys.argv[1]), bytes(range(32)))
entry = Entry(find("06A")[1], "2020-06-10", {"applicant_name": "济南鲁泉食品有限公司"})
Drafts(store, account="苏敏", now=lambda: "2020-06-10T08:00:00Z").keep("06A", entry)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_outlives_the_process_that_was_killed(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "killed")], cwd=root, check=False)
    with open_store(tmp_path / "killed", KEY) as opened:
        (draft,) = Drafts(opened, account="苏敏", now=lambda: "").all()
    assert draft.entry.texts == {"applicant_name": "济南鲁泉食品有限公司"}


def test_a_draft_comes_back_as_it_was_typed(drafts: Drafts, entry: Entry) -> None:
    drafts.keep("02B", entry)
    (draft,) = drafts.all()
    assert same(draft.entry, entry)
    assert (draft.place, draft.case, draft.overtaken) == ("02B", "", False)


def test_each_place_has_one_draft_until_it_is_dropped(drafts: Drafts, entry: Entry) -> None:
    drafts.keep("02B", entry)
    drafts.keep("02B", replace(entry, on="2020-03-21"))
    drafts.keep("other", entry)
    assert [draft.place for draft in drafts.all()] == ["other", "02B"]
    drafts.drop("other")
    drafts.drop("other")
    assert [draft.entry.on for draft in drafts.all()] == ["2020-03-21"]


def test_the_same_again_writes_nothing(drafts: Drafts, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep("02B", entry)
    monkeypatch.setattr(Drafts, "_put", lambda self, kept: 1 / 0)
    drafts.keep("02B", entry)


def test_nobody_is_offered_the_draft_of_another(drafts: Drafts, store: Store, clock: Clock, entry: Entry) -> None:
    drafts.keep("02B", entry)
    assert Drafts(store, account="赵刚", now=clock.now).all() == []


def test_a_draft_of_a_case_that_went_on_is_told(drafts: Drafts, cases: Cases, clock: Clock, entry: Entry) -> None:
    case = cases.enter("02B", clock.day, FACTS).row.case
    drafts.keep("02B", entry, case=case)
    assert not drafts.all()[0].overtaken
    cases.change(case, clock.day, {**FACTS, "contact": "王磊"})
    drafts.keep("02B", replace(entry, on="2020-03-21"), case=case)
    assert drafts.all()[0].overtaken


def test_a_draft_that_cannot_be_shown_is_left_alone(
    drafts: Drafts, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep("02B", entry)
    with monkeypatch.context() as other:
        other.setattr("jinan_desk.services.cases.find", lambda code: None)
        assert drafts.all() == []
    assert len(drafts.all()) == 1


def test_nothing_of_a_draft_can_be_read_in_the_files(
    drafts: Drafts, store: Store, entry: Entry, tmp_path: Path
) -> None:
    drafts.keep("02B", entry)
    content = b"".join(path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file())
    store.close()
    content += b"".join(path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file())
    assert FACTS["roster"][0]["id_number"].encode() not in content
    assert "历泉".encode() not in content
