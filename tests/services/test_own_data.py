"""Everything that is kept about one person, in every version of every case, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jinan_desk import app
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.measures import find
from jinan_desk.services.demo import DISTRICT, Clock, hires, person
from jinan_desk.services.drafts import Drafts
from jinan_desk.services.entry import blank
from jinan_desk.services.own_data import OwnData, PersonalFile
from jinan_desk.store import connection
from tests.services.offices import Hall
from tests.services.test_retention import destroyed

LI = person(1)


@pytest.fixture
def hall(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setattr(connection, "_PROMISES", (*connection._PROMISES, "synchronous=OFF"))
    made = Hall(tmp_path / "desk", "370102", "历下区", clock)
    yield made
    made.store.close()


def file_of(hall: Hall, number: str = LI["id_number"]) -> PersonalFile:
    return OwnData(hall.store, account="苏敏").of(number)


def told(file: PersonalFile) -> str:
    return "\n".join(
        f"{version.place.read()} {label.read()} {value.read()}"
        for kept in file.kept
        for version in kept.versions
        for label, value in version.told
    )


def test_a_person_is_found_in_rosters_with_their_own_row_alone(hall: Hall) -> None:
    hall.enter("02B")
    hall.enter("02B", roster=hires(7, 2))
    file = file_of(hall)
    (kept,) = file.kept
    assert file.names == (LI["name"],)
    assert [version.place.read() for version in kept.versions] == ["名单第 1 行"]
    assert "入职日期 2020年2月13日" in told(file)
    assert "认定结果 符合，1000.00 元" in told(file)
    for other in hires(2, 3):
        assert other["id_number"] not in told(file)
        assert other["name"] not in told(file)


def test_an_applicant_is_told_everything_that_was_stated(hall: Hall) -> None:
    programme = find("24C")[1]  # type: ignore[index]
    facts = {**programme.examples[0].facts, "applicant_name": LI["name"], "id_number": LI["id_number"]}
    hall.cases.enter("24C", date(2020, 3, 20), facts)
    (kept,) = file_of(hall).kept
    (version,) = kept.versions
    assert version.place.read() == "申请人"
    assert f"姓名 {LI['name']}" in told(file_of(hall))
    assert len(version.told) == len(facts) + 1


def test_what_was_corrected_or_left_out_later_is_still_told(hall: Hall) -> None:
    case = hall.enter("02B")
    rows = hires(1, 4)
    hall.change(case, roster=[{**rows[0], "insured": False}, *rows[1:]])
    hall.go(case, Stage.RECEIVED)
    hall.change(case, roster=rows[1:])
    (kept,) = file_of(hall).kept
    assert [version.place.read() for version in kept.versions] == ["名单第 1 行", "名单第 1 行", "已从该办件中删去"]
    assert "已参保 否" in told(file_of(hall))
    assert kept.versions[-1].told == ()


def test_a_number_with_blanks_and_a_small_letter_is_the_same_number(hall: Hall) -> None:
    hall.enter("02B")
    number = LI["id_number"].lower()
    assert file_of(hall, f" {number[:6]} {number[6:]} ").number == LI["id_number"]


def test_drafts_count_and_whoever_is_not_there_is_told_so(hall: Hall, clock: Clock) -> None:
    with pytest.raises(DeskError, match="没有保存"):
        file_of(hall)
    with pytest.raises(DeskError, match="18 位"):
        file_of(hall, "37010")
    entry = blank(find("24C")[1], date(2020, 3, 20))  # type: ignore[index]
    typed = type(entry)(entry.programme, entry.on, {**entry.texts, "id_number": LI["id_number"]}, entry.lines)
    Drafts(hall.store, account="韩立", now=clock.now).keep("24C", typed)
    assert (file_of(hall).kept, file_of(hall).drafts) == ((), 1)


def test_of_what_was_destroyed_nothing_is_left_to_tell(hall: Hall, clock: Clock) -> None:
    case = hall.enter("02B")
    hall.go(case, Stage.RECEIVED, Stage.WITHDRAWN, Stage.ARCHIVED)
    destroyed(hall, clock, case)
    with pytest.raises(DeskError, match="没有保存"):
        file_of(hall)


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_it_is_printed_and_noted_without_the_person(tmp_path: Path, suffix: str) -> None:
    app.found(tmp_path, DISTRICT)
    with app.open_desk(tmp_path, "苏敏", today=lambda: date(2020, 3, 20)) as desk:
        desk.cases.enter("02B", date(2020, 3, 20), {"roster": hires(1, 2)})
        file = desk.own_data.of(LI["id_number"])
        printed = desk.notices.write_own_data(file, tmp_path / f"own{suffix}", date(2020, 3, 20))
        assert printed.pages == 1
        (row, *_) = desk.access.page()
        assert (row.action, row.subject) == ("own_data", "1")
    if suffix == ".xlsx":
        cells = [str(cell) for line in load_workbook(tmp_path / "own.xlsx").active.values for cell in line if cell]
        assert any(LI["id_number"] in cell for cell in cells)
        assert not any(hires(2, 1)[0]["id_number"] in cell for cell in cells)
