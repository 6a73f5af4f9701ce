"""Papers of cases: who has which, what they say, their numbers, what was printed before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from jinan_desk import paths
from jinan_desk.core.workflow import Stage
from jinan_desk.errors import DeskError
from jinan_desk.resources import workday_calendar
from jinan_desk.services.cases import Cases
from jinan_desk.services.demo import APPROVER, CLERK, DISTRICT, Clock, hires, person, unit
from jinan_desk.services.notices import CancelledError, Notices
from jinan_desk.services.particulars import Particulars
from jinan_desk.services.press import Press
from jinan_desk.services.printed import PRINTER
from jinan_desk.services.verification import verify
from jinan_desk.store import Store
from tests.way import STRAIGHT, by


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    own = tmp_path_factory.mktemp("own-forms")
    return Press((own, paths.forms_directory()), paths.resources_directory() / "fonts", tmp_path_factory.mktemp("fonts"))


@pytest.fixture
def particulars(store: Store, clock: Clock) -> Particulars:
    return Particulars(store, DISTRICT, account=CLERK, now=clock.now)


@pytest.fixture
def notices(store: Store, press: Press, particulars: Particulars, clock: Clock) -> Notices:
    return Notices(
        store, DISTRICT, press, particulars=particulars, calendar=workday_calendar(), account=CLERK, now=clock.now
    )


@pytest.fixture
def granted(cases: Cases, clock: Clock) -> Callable[..., str]:
    """Enter a 02B case and walk it up to a stage; its id."""

    def walk(number: int = 1, *, up_to: Stage = Stage.APPROVED, roster: list[dict[str, Any]] | None = None) -> str:
        rows = roster if roster is not None else hires(number * 10, 3)
        facts = {**unit(number, "济南历泉机械制造有限公司", "370102"), "roster": rows}
        case = cases.enter("02B", clock.day, facts).row.case
        for stage, account in STRAIGHT:
            clock.day += timedelta(days=16 if stage is Stage.APPROVED else 0)
            by(cases, account).advance(case, stage)
            if stage is up_to:
                break
        return case

    return walk


def keys(notices: Notices, case: str) -> list[str]:
    return [notice.key for notice in notices.available(case)]


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range().replace("\r\n", "") for page in document)
    finally:
        document.close()


def test_a_case_has_the_papers_of_its_route_and_of_the_stages_it_entered(
    notices: Notices, cases: Cases, granted: Callable[..., str]
):
    draft = cases.enter("02B", date(2020, 3, 20), {"roster": hires(1, 1)}).row.case
    common = ["application", "undertaking", "roster"]
    assert keys(notices, draft) == [*common, "calculation", "approval", "history"]
    assert keys(notices, granted(2, up_to=Stage.PUBLICITY)) == [
        *common, "receipt", "calculation", "approval", "publicity", "history"
    ]  # fmt: skip
    assert {"notice", "payment"} <= set(keys(notices, granted(3)))
    assert "refusal" not in keys(notices, draft)


def test_papers_of_other_routes(notices: Notices, cases: Cases):
    relief = cases.enter("07B", date(2020, 3, 20), {"wage_base": "1000.00"}).row.case
    assert keys(notices, relief) == ["history"]
    cases.advance(relief, Stage.INFORMED)
    assert keys(notices, relief) == ["information", "history"]
    record = cases.enter("26S", date(2020, 3, 20), {}).row.case
    assert keys(notices, record) == ["record", "history"]


def test_the_course_of_a_case_is_printed_with_what_was_changed_into_what(
    notices: Notices, cases: Cases, tmp_path: Path
):
    facts = {"applicant_name": "济南历泉机械制造有限公司", "bank_account": "6230000370000063352"}
    case = cases.enter("06A", date(2020, 3, 20), facts).row.case
    cases.change(case, date(2020, 3, 20), {**facts, "contact": "王敏", "bank_account": "6230000370000063360"})
    cases.advance(case, Stage.RECEIVED)
    cases.advance(case, Stage.CORRECTION, reason="营业执照复印件")
    notices.write(case, "history", tmp_path / "a.pdf")
    told = "".join(text(tmp_path / "a.pdf").split())
    for words in ("登记", "修改内容", "联系人：（空）→王敏", "转入“补正”", "理由：营业执照复印件", "苏敏"):
        assert words in told
    assert "6230000370000063352" not in told


def test_looking_leaves_no_trace_and_uses_no_number(notices: Notices, granted: Callable[..., str], tmp_path: Path):
    case = granted()
    printed = notices.write(case, "notice", tmp_path / "a.pdf")
    assert printed.number == ""
    assert "〔2020〕发放-　　号" in text(tmp_path / "a.pdf")
    assert notices.before(case) == []


def test_a_printed_paper_keeps_its_number_and_its_bytes(
    notices: Notices, cases: Cases, granted: Callable[..., str], clock: Clock, tmp_path: Path
):
    case = granted()
    first = notices.issue(case, "notice", tmp_path / "a.pdf")
    assert first.number == "济历下人社受〔2020〕发放-0001号"
    assert first.number in text(tmp_path / "a.pdf")
    clock.day += timedelta(days=400)
    by(cases, APPROVER).advance(case, Stage.FUNDING)
    assert notices.issue(case, "notice", tmp_path / "b.pdf", medium=PRINTER).number == first.number
    notices.write(case, "notice", tmp_path / "c.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()


def test_numbers_have_no_gaps_where_a_paper_could_not_be_written(
    notices: Notices, granted: Callable[..., str], tmp_path: Path
):
    one, two = granted(1), granted(2)
    (tmp_path / "no folder").touch()
    with pytest.raises(DeskError):
        notices.issue(one, "notice", tmp_path / "no folder" / "a.pdf")
    assert notices.before(one) == []
    assert notices.issue(one, "notice", tmp_path / "a.pdf").number.endswith("发放-0001号")
    assert notices.issue(two, "notice", tmp_path / "b.pdf").number.endswith("发放-0002号")
    assert notices.issue(two, "receipt", tmp_path / "c.pdf").number.endswith("收件-0001号")


def test_a_full_disk_is_one_sentence_and_spoils_nothing(
    notices: Notices, granted: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    case, path = granted(), tmp_path / "a.pdf"
    path.write_bytes(b"the good one")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        for issue in (
            lambda: notices.issue(case, "notice", path),
            lambda: notices.issue_all([case, case], ("notice",), path),
        ):
            with pytest.raises(DeskError) as error:
                issue()
            assert "a.pdf" in error.value.read()
    assert path.read_bytes() == b"the good one"
    assert notices.before(case) == []
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["a.pdf"]
    assert notices.issue(case, "notice", path).number.endswith("发放-0001号")


def test_a_missing_font_is_one_sentence(
    store: Store, granted: Callable[..., str], press: Press, clock: Clock, tmp_path: Path
):
    bare = Press(press.forms, tmp_path / "no-fonts", tmp_path / "cache")
    without = Notices(
        store,
        DISTRICT,
        bare,
        particulars=Particulars(store, DISTRICT, account=CLERK, now=clock.now),
        calendar=workday_calendar(),
        account=CLERK,
        now=clock.now,
    )
    case = granted()
    with pytest.raises(DeskError) as error:
        without.issue(case, "notice", tmp_path / "a.pdf")
    assert "字体" in error.value.read()
    assert without.before(case) == []
    assert not (tmp_path / "a.pdf").exists()


def test_a_second_correction_has_a_number_of_its_own(notices: Notices, cases: Cases, tmp_path: Path, clock: Clock):
    case = cases.enter("02B", clock.day, {"roster": hires(1, 1)}).row.case
    numbers = []
    for reason in ("补劳动合同", "补参保证明"):
        cases.advance(case, Stage.RECEIVED)
        cases.advance(case, Stage.CORRECTION, reason=reason)
        numbers.append(notices.issue(case, "correction", tmp_path / "a.pdf").number)
        assert reason in text(tmp_path / "a.pdf")
    assert [number.split("〕")[1] for number in numbers] == ["补正-0001号", "补正-0002号"]


def test_what_was_printed_before_says_when_by_whom_and_whether_it_still_holds(
    notices: Notices, cases: Cases, granted: Callable[..., str], tmp_path: Path
):
    case = granted()
    notices.issue(case, "approval", tmp_path / "a.pdf")
    notices.issue(case, "notice", tmp_path / "a.xlsx", medium=PRINTER)
    latest, first = notices.before(case)
    assert (latest.key, latest.medium, latest.account, latest.current) == ("notice", PRINTER, CLERK, True)
    assert (first.key, first.medium, first.number, first.current) == ("approval", "pdf", "", True)
    by(cases, APPROVER).advance(case, Stage.FUNDING)
    assert [one.current for one in notices.before(case)] == [True, False]
    assert [one.key for one in notices.before(case, "approval")] == ["approval"]
    assert CLERK in first.sentence().read()


def test_a_correction_names_all_that_is_missing_at_once(notices: Notices, cases: Cases, clock: Clock, tmp_path: Path):
    rows = [{**row, "insured": None, "prior_record": None} for row in hires(1, 30)]
    case = cases.enter("02B", clock.day, {**unit(1, "济南某厂", "370102"), "roster": rows}).row.case
    cases.advance(case, Stage.RECEIVED)
    cases.advance(case, Stage.CORRECTION, reason="请补盖公章")
    notices.write(case, "correction", tmp_path / "a.pdf")
    found = text(tmp_path / "a.pdf")
    for words in ("1．请补盖公章", "“已参保”", "第1、2、3、4、5、6、7、8、9、10、11、12行等30行", "此前半年"):
        assert words in found.replace(" ", ""), found


def test_a_refusal_says_why_by_which_clause_and_what_the_rights_are(
    notices: Notices, cases: Cases, clock: Clock, tmp_path: Path
):
    facts = {**unit(1, "济南某厂", "370102"), "roster": hires(1, 2, hired_on="2020-02-08")}
    case = cases.enter("02B", clock.day, facts).row.case
    for stage, account in STRAIGHT[:3]:
        by(cases, account).advance(case, stage)
    by(cases, APPROVER).advance(case, Stage.REJECTED, reason="入职日期不在规定期间")
    notices.write(case, "refusal", tmp_path / "a.pdf")
    found = text(tmp_path / "a.pdf").replace(" ", "")
    for words in ("入职日期不在规定期间", "2020年2月8日", "济政发〔2020〕1号第2条", "60日", "济南市历下区人民政府", "6个月", "你单位"):
        assert words in found, words
    assert "你（单位）" not in found


def test_a_person_is_addressed_as_one(notices: Notices, cases: Cases, clock: Clock, tmp_path: Path):
    given = {"applicant_name": "于兰", "id_number": person(3)["id_number"], "unemployed": True, "in_hardship": True}
    case = cases.enter("24C", clock.day, given).row.case
    cases.advance(case, Stage.RECEIVED)
    cases.advance(case, Stage.NOT_ACCEPTED, reason="不属于本区受理范围")
    notices.write(case, "not-accepted", tmp_path / "a.pdf")
    found = text(tmp_path / "a.pdf")
    assert "你2020年3月20日申请的" in found.replace(" ", "")
    assert "你单位" not in found


def test_what_is_posted_is_masked_and_no_more_than_may_be(
    notices: Notices, granted: Callable[..., str], tmp_path: Path
):
    case = granted()
    notices.write(case, "publicity", tmp_path / "a.pdf")
    found = text(tmp_path / "a.pdf")
    given = unit(1, "济南历泉机械制造有限公司", "370102")
    for row in hires(10, 3):
        assert row["id_number"] not in found
        assert row["name"] in found
    assert given["bank_account"] not in found
    assert given["phone"] not in found
    assert re.search(r"370\d{3}\*{10}\d[\dX]", found)


def test_refused_rows_stand_on_the_approval_with_their_reasons(
    notices: Notices, granted: Callable[..., str], tmp_path: Path
):
    case = granted(roster=[*hires(1, 2), *hires(5, 1, insured=False)], up_to=Stage.SECOND_REVIEW)
    for key in ("approval", "roster"):
        notices.write(case, key, tmp_path / "a.pdf")
        found = text(tmp_path / "a.pdf")
        assert "不符合的人员" in found
        assert hires(5, 1)[0]["name"] in found


def test_lists_of_several_cases_are_one_paper_with_figures_words_and_accounts(
    notices: Notices, granted: Callable[..., str], store: Store, tmp_path: Path
):
    chosen = [granted(number) for number in (1, 2, 3)]
    batch = notices.issue_all(chosen, ("payment",), tmp_path / "a.pdf")
    assert (batch.papers, batch.left_out) == (1, [])
    found = text(tmp_path / "a.pdf").replace(" ", "")
    assert "¥9,000.00" in found
    assert "玖仟元整" in found
    for number in (1, 2, 3):
        assert unit(number, "", "370102")["bank_account"] in found
    code = re.search(r"校验码([0-9a-f]{12})", found)
    assert code is not None
    told = "".join(sentence.read() for sentence in verify(store, code.group(1)))
    assert "列有 3 个办件" in told


def test_a_batch_is_one_file_with_a_bookmark_for_each_case(
    notices: Notices, granted: Callable[..., str], tmp_path: Path
):
    chosen = [granted(number) for number in (1, 2)] + [granted(3, up_to=Stage.RECEIVED)]
    seen: list[tuple[int, int]] = []
    batch = notices.issue_all(chosen, ("notice",), tmp_path / "a.pdf", progress=lambda *done: seen.append(done))
    assert (batch.papers, len(batch.files), len(batch.left_out)) == (2, 1, 1)
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    assert [title.split("〕")[1][:8] for title, _ in marks] == ["02B-0001", "02B-0002"]
    assert [page for _, page in marks] == [0, batch.pages // 2]


def test_papers_of_a_case_lie_together_and_lists_at_the_end(
    notices: Notices, granted: Callable[..., str], tmp_path: Path
):
    chosen = [granted(1), granted(2), granted(3, up_to=Stage.RECEIVED)]
    batch = notices.issue_all(chosen, ("receipt", "payment", "notice"), tmp_path / "out", separate=True)
    one, two, three = (case[:8] for case in chosen)
    assert [file.stem.removeprefix("02B-") for file in batch.files] == [
        f"{one}-receipt", f"{one}-notice", f"{two}-receipt", f"{two}-notice", f"{three}-receipt", f"{one}-payment",
    ]  # fmt: skip
    assert batch.left_out == []


def test_a_paper_is_due_until_it_went_out_and_a_letter_again_when_it_says_something_else(
    notices: Notices, cases: Cases, granted: Callable[..., str], tmp_path: Path
):
    case = granted(up_to=Stage.RECEIVED)

    def due() -> set[str]:
        return {offer.key for offer in notices.offered([case]) if offer.due}

    assert due() == {"application", "undertaking", "roster", "receipt", "calculation", "approval"}
    for number in range(2):
        notices.issue_all([case], tuple(due()), tmp_path / f"{number}.pdf")
        assert due() == set()
        cases.advance(case, Stage.CORRECTION, reason="花名册缺签字")
        assert due() == {"correction"}
        cases.advance(case, Stage.RECEIVED)
        assert due() == {"receipt", "correction"}


def test_a_batch_of_separate_files_names_no_person(notices: Notices, granted: Callable[..., str], tmp_path: Path):
    chosen = [granted(number) for number in (1, 2)]
    batch = notices.issue_all(chosen, ("notice",), tmp_path / "out", separate=True, suffix=".xlsx")
    assert [file.name for file in batch.files] == [f"02B-{case[:8]}-notice.xlsx" for case in chosen]
    assert all(file.exists() for file in batch.files)


def test_a_batch_that_is_stopped_is_not_there(notices: Notices, granted: Callable[..., str], tmp_path: Path):
    chosen = [granted(number) for number in (1, 2)]
    answers = iter([False, True])
    with pytest.raises(CancelledError):
        notices.issue_all(chosen, ("notice",), tmp_path / "a.pdf", cancelled=lambda: next(answers))
    assert [*tmp_path.glob("*.pdf")] == []
    assert notices.before(chosen[0]) == []


def test_verifying_tells_the_case_and_whether_it_is_the_latest(
    cases: Cases, store: Store, granted: Callable[..., str]
):
    case = granted(up_to=Stage.RECEIVED)
    code = cases.view(case).row.head[:12]
    assert "这是最新版本" in verify(store, f" {code[:4]}-{code[4:].upper()}")[-1].read()
    cases.advance(case, Stage.ACCEPTED)
    assert "没有变化" in verify(store, code)[-1].read()
    cases.advance(case, Stage.RETURNED, reason="改")
    facts = {**cases.view(case).facts, "roster": hires(1, 1)}
    cases.change(case, date(2020, 3, 20), facts)
    assert "以最新版本为准" in verify(store, code)[-1].read()
    for wrong in ("", "12345", "济历下", "0" * 12):
        with pytest.raises(DeskError):
            verify(store, wrong)


def test_an_office_adds_a_paper_of_its_own(notices: Notices, press: Press, granted: Callable[..., str], tmp_path: Path):
    case = granted(up_to=Stage.RECEIVED)
    form = press.forms[0] / "envelope.toml"
    form.write_text('name = "信封"\ntitle = "信封"\n[[block]]\nkind = "text"\ntext = "{applicant.name}收"\n', "utf-8")
    try:
        assert [n.title for n in notices.available(case)][-1] == "信封"
        notices.write(case, "envelope", tmp_path / "a.pdf")
        assert "济南历泉机械制造有限公司收" in text(tmp_path / "a.pdf")
        form.write_text("name = ", "utf-8")
        assert keys(notices, case)[-1] == "envelope"  # a broken one bars nobody from the others
        with pytest.raises(DeskError):
            notices.write(case, "envelope", tmp_path / "a.pdf")
    finally:
        form.unlink()


def test_a_paper_that_the_case_has_not_is_one_sentence(notices: Notices, granted: Callable[..., str], tmp_path: Path):
    case = granted(up_to=Stage.RECEIVED)
    with pytest.raises(DeskError) as error:
        notices.write(case, "notice", tmp_path / "a.pdf")
    assert "application" in error.value.read()
    with pytest.raises(DeskError):
        notices.write(case, "application", tmp_path / "a.doc")


def test_a_paper_says_what_the_office_was_on_its_day(
    notices: Notices, particulars: Particulars, granted: Callable[..., str], tmp_path: Path
):
    """The guard: papers are filled with the details of their own day."""
    case = granted()
    notices.issue(case, "notice", tmp_path / "a.pdf")
    assert DISTRICT.phone in text(tmp_path / "a.pdf")
    moved = replace(particulars.current(), phone="0531-00000009")
    particulars.change(moved, since=date(2099, 1, 1))
    notices.issue(case, "notice", tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "a.pdf").read_bytes()
    particulars.change(moved, since=date(2000, 1, 1))
    notices.issue(case, "notice", tmp_path / "c.pdf")
    assert "0531-00000009" in text(tmp_path / "c.pdf")
