"""A roster comes into a case only after a look, whole, once, and can be taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.exchange.roster import REASONS, RosterError
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases, CaseView
from jinan_desk.services.demo import DISTRICT, Clock, hires, unit
from jinan_desk.services.rosters import UNDO, Rosters, write_roster_template
from jinan_desk.store import Store, open_store
from tests.services.conftest import KEY

HEADS = ["姓名", "身份证号", "入职日期", "合同起始日", "合同截止日", "已参保", "此前半年有记录"]
PEOPLE = hires(1, 6)


@pytest.fixture
def rosters(store: Store, cases: Cases) -> Rosters:
    return Rosters(store, cases)


@pytest.fixture
def case(cases: Cases, clock: Clock) -> str:
    """A case with the first three people."""
    facts = {**unit(1, "济南历泉机械制造有限公司", "370102"), "roster": PEOPLE[:3]}
    return cases.enter("02B", clock.day, facts).row.case


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def save(*people: dict[str, Any], heads: list[str] = HEADS) -> Path:
        book = Workbook()
        book.active.append(heads)
        for person in people:
            book.active.append(["是" if v is True else "否" if v is False else v for v in person.values()])
        book.save(tmp_path / "名单.xlsx")
        return tmp_path / "名单.xlsx"

    return save


def names(view: CaseView) -> list[str]:
    return [row["name"] for row in view.facts["roster"]]


def test_a_look_changes_nothing_and_counts_every_row(
    rosters: Rosters, cases: Cases, case: str, write: Callable[..., Path]
) -> None:
    later = {**PEOPLE[1], "hired_on": "2020-02-20", "contract_start": "2020-02-20"}
    path = write(PEOPLE[0], later, PEOPLE[4], PEOPLE[4], {**PEOPLE[5], "id_number": "123"})
    seen = rosters.inspect(case, path)
    assert (seen.unchanged, seen.changed, seen.new, seen.duplicates, seen.refused, seen.gone) == (1, 1, 1, (5,), 1, 1)
    told = [sentence.read() for sentence in seen.sentences()]
    assert told[0] == "工作表“Sheet”：新增 1 行，更改 1 行，不变 1 行，重复 1 行，有误 1 行"
    assert any("第 6 行 B 列“身份证号”：应为" in line for line in told)
    assert len(cases.history(case)) == 1
    with pytest.raises(RosterError):
        rosters.take(seen)
    assert len(cases.history(case)) == 1


def told(rosters: Rosters, case: str, path: Path, **how: Any) -> list[str]:
    return [sentence.read() for sentence in rosters.inspect(case, path, **how).sentences()]


def test_a_look_says_all_that_would_come_of_it_and_nothing_that_would_not(
    rosters: Rosters, case: str, write: Callable[..., Path]
) -> None:
    """Guards: each line of `Inspection.remarks`."""
    counts = "工作表“Sheet”：新增 {} 行，更改 0 行，不变 {} 行，重复 {} 行，有误 0 行"
    assert told(rosters, case, write(*PEOPLE[:3])) == [counts.format(0, 3, 0)]
    short = [{key: value for key, value in one.items() if key != "contract_end"} for one in PEOPLE]
    path = write(
        {**short[3], "note": "新来"}, {**short[3], "note": "再写一遍"}, {"name": "合计", "id_number": "2 人"},
        heads=[*HEADS[:4], *HEADS[5:], "备注"],
    )  # fmt: skip
    assert told(rosters, case, path) == [
        counts.format(1, 0, 1),
        "名单中原有的 3 行不在文件中，将被去掉",
        "重复而不再读入的行：3",
        "作为合计或附注略过的行：4",
        "没有这些列，相应内容为未知：合同截止日",
        "没有用到的列：备注",
    ]


@pytest.mark.parametrize(("count", "more"), [(50, []), (51, ["另有 1 个单元格，详见标出错误的工作簿"])])
def test_of_very_many_cells_and_rows_the_first_are_told_and_that_there_are_more(
    rosters: Rosters, case: str, write: Callable[..., Path], count: int, more: list[str]
) -> None:
    """Guards: `_SHOWN` in `_first` and `_shown`."""
    wrong = told(rosters, case, write(*[{**PEOPLE[0], "id_number": "123"}] * count))
    assert [line for line in wrong if "另有" in line] == more
    assert sum("身份证号”：应为" in line for line in wrong) == 50
    (again,) = (line for line in told(rosters, case, write(*[PEOPLE[0]] * (count + 1))) if "不再读入的行" in line)
    assert (again.count("、") + 1, "…" in again) == (count, bool(more))


def test_an_import_is_one_revision_in_the_place_of_the_roster(
    rosters: Rosters, cases: Cases, case: str, write: Callable[..., Path]
) -> None:
    view = rosters.take(rosters.inspect(case, write(PEOPLE[0], *PEOPLE[3:])))
    assert view.facts["roster"] == [PEOPLE[0], *PEOPLE[3:]]
    assert [revision.action for revision in cases.history(case)] == ["enter", "import"]
    assert view.revision.reason == "导入名单：新增 3 行，更改 0 行，去掉 2 行"
    assert view.row.amount == 400000


def test_rows_that_come_to_the_roster_double_nobody(rosters: Rosters, case: str, write: Callable[..., Path]) -> None:
    later = {**PEOPLE[1], "contract_end": "2023-02-20"}
    seen = rosters.inspect(case, write(later, PEOPLE[0], PEOPLE[3]), append=True)
    assert (seen.unchanged, seen.changed, seen.new, seen.gone) == (1, 1, 1, 0)
    assert rosters.take(seen).facts["roster"] == [PEOPLE[0], later, PEOPLE[2], PEOPLE[3]]


def test_the_same_file_twice_is_no_second_import(
    rosters: Rosters, cases: Cases, case: str, write: Callable[..., Path]
) -> None:
    path = write(*PEOPLE)
    for append in (False, True):
        rosters.take(rosters.inspect(case, path, append=append))
    assert [revision.action for revision in cases.history(case)] == ["enter", "import"]


def test_one_person_twice_with_other_facts_is_refused(rosters: Rosters, case: str, write: Callable[..., Path]) -> None:
    seen = rosters.inspect(case, write(PEOPLE[0], {**PEOPLE[0], "name": "王五"}))
    assert "第 3 行 B 列“身份证号”：与第 2 行是同一人而内容不同" in seen.roster.bad[0].sentence().read()
    with pytest.raises(RosterError):
        rosters.take(seen)


def test_rows_that_are_not_people_are_all_taken_and_likeness_is_said(
    rosters: Rosters, cases: Cases, clock: Clock, tmp_path: Path
) -> None:
    case = cases.enter("14A", clock.day, {}).row.case
    book = Workbook()
    for row in (["工种", "补贴标准", "考核合格", "结业日期"], *[["焊工", 800, 12, "2020-03-01"]] * 2):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    heads = rosters.heads("02B", tmp_path / "a.xlsx")
    chosen = dict(zip(range(4), ("course", "standard", "passed", "ended_on"), strict=True))
    assert len(heads.columns) == 4
    first = rosters.take(rosters.inspect(case, tmp_path / "a.xlsx", chosen=chosen))
    assert len(first.facts["roster"]) == 2
    again = rosters.inspect(case, tmp_path / "a.xlsx", append=True)
    assert (again.new, again.alike, len(again.rows)) == (2, 2, 4)
    assert "请确认不是重复导入" in "".join(sentence.read() for sentence in again.sentences())


    other = tmp_path / "b.xlsx"
    book.active.delete_rows(2)
    book.active.append(["电工", 800, 3, "2020-03-01"])
    book.save(other)
    seen = rosters.inspect(case, other)
    assert (seen.new, seen.unchanged, seen.gone, seen.alike) == (1, 1, 1, 0)
    assert [row["course"] for row in rosters.take(seen).facts["roster"]] == ["焊工", "电工"]


def test_who_stands_in_a_file_twice_is_taken_once_and_who_has_no_number_is_told_from_nobody(
    rosters: Rosters, case: str, write: Callable[..., Path]
) -> None:
    """Guards: `left_out` in `_compared`, `who is None` in `_sorted`."""
    nobody = {**PEOPLE[3], "id_number": None}
    seen = rosters.inspect(case, write(PEOPLE[0], PEOPLE[0], nobody, nobody))
    assert (seen.new, seen.unchanged, seen.duplicates, seen.gone) == (2, 1, (3,), 2)
    assert names(rosters.take(seen)) == [PEOPLE[0]["name"], PEOPLE[3]["name"], PEOPLE[3]["name"]]
    again = rosters.inspect(case, write(nobody), append=True)
    assert (again.new, again.alike, again.unchanged, again.gone) == (1, 1, 0, 0)


def test_a_case_that_changed_since_the_look_is_looked_at_again(
    rosters: Rosters, cases: Cases, clock: Clock, case: str, write: Callable[..., Path]
) -> None:
    seen = rosters.inspect(case, write(*PEOPLE))
    cases.change(case, clock.day, {**cases.view(case).facts, "roster": PEOPLE[:1]})
    with pytest.raises(DeskError, match="又有改动"):
        rosters.take(seen)


def test_a_received_case_takes_no_roster(rosters: Rosters, cases: Cases, case: str, write: Callable[..., Path]) -> None:
    cases.advance(case, Stage.RECEIVED)
    cases.advance(case, Stage.ACCEPTED)
    seen = rosters.inspect(case, write(*PEOPLE, heads=["谁", *HEADS[1:]]), chosen={0: "name"})
    with pytest.raises(DeskError, match="不能直接修改"):
        rosters.take(seen)
    assert rosters.heads("02B", write(*PEOPLE, heads=["谁", *HEADS[1:]])).columns[0].key == ""  # remembers no head, either


def test_an_import_is_undone_as_a_whole_after_a_restart(
    rosters: Rosters, case: str, write: Callable[..., Path], tmp_path: Path, clock: Clock
) -> None:
    rosters.take(rosters.inspect(case, write(*PEOPLE)))
    rosters._store.close()
    with open_store(tmp_path / "desk", KEY) as opened:
        cases = Cases(opened, DISTRICT, workday_calendar(), account="苏敏", today=clock.today, now=clock.now)
        again = Rosters(opened, cases)
        with pytest.raises(DeskError, match="须写明理由"):
            again.undo(case, " ")
        view = again.undo(case, "导错了单位")
        assert view.facts["roster"] == PEOPLE[:3]
        assert (view.revision.action, view.revision.reason) == ("undo_import", "导错了单位")
        assert [revision.action for revision in cases.history(case)] == ["enter", "import", "undo_import"]
        with pytest.raises(DeskError, match="没有可以撤销"):
            again.undo(case, "再来一次")
        assert opened.check() == []


def test_imports_are_undone_from_the_last_to_the_first(
    rosters: Rosters, case: str, write: Callable[..., Path]
) -> None:
    for people in (PEOPLE[:1], PEOPLE[:2]):
        rosters.take(rosters.inspect(case, write(*people)))
    assert len(rosters.undo(case, "错").facts["roster"]) == 1
    assert len(rosters.undo(case, "错").facts["roster"]) == 3


def test_what_else_was_changed_since_stays_when_an_import_is_undone(
    rosters: Rosters, cases: Cases, clock: Clock, case: str, write: Callable[..., Path]
) -> None:
    view = rosters.take(rosters.inspect(case, write(*PEOPLE)))
    cases.change(case, clock.day, {**view.facts, "contact": "王磊"})
    undone = rosters.undo(case, "错")
    assert (names(undone), undone.facts["contact"]) == ([p["name"] for p in PEOPLE[:3]], "王磊")


def test_an_import_whose_rows_were_changed_since_is_not_undone(
    rosters: Rosters, cases: Cases, clock: Clock, case: str, write: Callable[..., Path]
) -> None:
    view = rosters.take(rosters.inspect(case, write(*PEOPLE)))
    cases.change(case, clock.day, {**view.facts, "roster": PEOPLE[2:]})
    with pytest.raises(DeskError, match="名单又有改动"):
        rosters.undo(case, "错")


def test_an_import_that_two_offices_undid_is_undone_once(
    rosters: Rosters, cases: Cases, case: str, clock: Clock, write: Callable[..., Path]
) -> None:
    """Guard: `imports` in `undoable`. After a conflict, a history may say twice that one import was undone."""
    rosters.take(rosters.inspect(case, write(*PEOPLE)))
    facts = rosters.undo(case, "错").facts
    cases.change(case, clock.day, {**facts, "roster": PEOPLE[:2]}, reason="错", action=UNDO)
    assert rosters.undoable(case) is None


def test_an_import_into_a_case_without_a_roster_is_undone_to_none(
    rosters: Rosters, cases: Cases, clock: Clock, write: Callable[..., Path]
) -> None:
    case = cases.enter("02B", clock.day, unit(1, "济南历泉机械制造有限公司", "370102")).row.case
    rosters.take(rosters.inspect(case, write(*PEOPLE)))
    assert "roster" not in rosters.undo(case, "错").facts


def test_a_head_that_a_person_named_is_known_from_then_on(
    rosters: Rosters, case: str, write: Callable[..., Path]
) -> None:
    path = write(*PEOPLE[:2], heads=["谁", "证件号码", *HEADS[2:]])
    assert not rosters.heads("02B", path).sure
    chosen = dict(enumerate(PEOPLE[0]))
    seen = rosters.inspect(case, path, chosen=chosen)
    assert not rosters.heads("02B", path).sure  # a look remembers nothing
    rosters.take(seen)
    assert rosters.heads("02B", path).sure
    assert rosters.inspect(case, path).unchanged == 2


def test_a_column_that_a_person_says_is_none_is_left_out(
    rosters: Rosters, case: str, write: Callable[..., Path]
) -> None:
    """Guards: `key`, `place` and the names of a head in `_named`: only what a person alone could know is remembered."""
    chosen = {**dict(enumerate(PEOPLE[0])), 2: "", 9: "hired_on"}
    seen = rosters.inspect(case, write(*PEOPLE[:2], heads=["谁", *HEADS[1:]]), chosen=chosen)
    assert seen.named == {"谁": "姓名"}
    assert "hired_on" not in seen.rows[0]


def test_the_marked_workbook_never_overwrites_the_original(
    rosters: Rosters, case: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    path = write({**PEOPLE[0], "id_number": "123"})
    seen = rosters.inspect(case, path)
    with pytest.raises(DeskError, match="不能写到原文件上"):
        rosters.write_marked(seen, path, path)
    rosters.write_marked(seen, path, tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").active["H1"].value == REASONS


def test_the_template_of_a_programme_is_written(tmp_path: Path) -> None:
    write_roster_template("02B", tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").active["A3"].value == "姓名"
    with pytest.raises(DeskError, match="没有花名册"):
        write_roster_template("06A", tmp_path / "b.xlsx")
