"""Every form of every programme, set with sample cases; and what is said of a form that is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from jinan_desk import paths
from jinan_desk.core.measure import Programme, Route
from jinan_desk.documents.band import SIDE, Document
from jinan_desk.documents.lowering import SNUG
from jinan_desk.documents.paging import pages
from jinan_desk.documents.pdf import write_pdf
from jinan_desk.documents.xlsx import write_xlsx
from jinan_desk.errors import DeskError
from jinan_desk.measures import programmes
from jinan_desk.services.form_check import check_form, check_forms
from jinan_desk.services.form_samples import LETTERHEAD, SampleSheet, sheets, write_samples
from jinan_desk.services.forms import Forms
from jinan_desk.services.paper_kinds import MONTH_LEDGER, NOTICES
from jinan_desk.services.paper_samples import LONG_NAME
from jinan_desk.services.press import Press


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    shipped = paths.resources_directory() / "fonts"
    return Forms(Press((paths.forms_directory(),), shipped, tmp_path_factory.mktemp("fonts")))


@pytest.fixture(scope="module")
def every(forms: Forms) -> list[SampleSheet]:
    return list(sheets(forms))


def of(every: list[SampleSheet], key: str, code: str, which: str = "long") -> Document:
    (found,) = [sheet.document for sheet in every if (sheet.key, sheet.code, sheet.which) == (key, code, which)]
    return found


def words(document: Document) -> str:
    return "\n".join(cell.text for page in pages(document) for _, band, _ in page.bands for cell in band.cells)


@pytest.mark.parametrize("programme", [p for _, p in programmes()], ids=lambda p: p.code)
def test_every_programme_has_the_papers_of_its_route(every: list[SampleSheet], programme: Programme):
    found = {sheet.key for sheet in every if sheet.code == programme.code}
    wanted = {
        Route.APPROVE: {
            "application", "undertaking", "calculation", "approval", "publicity", "payment", "notice", "receipt",
            "correction", "not-accepted", "refusal", "withdrawal", "recovery",
        },
        Route.FORWARD: {
            "application", "pre-check", "transfer", "receipt", "correction", "not-accepted", "withdrawal"
        },
        Route.INFORM: {"information"},
        Route.SERVE: {"record"},
    }[programme.route]  # fmt: skip
    assert wanted <= found
    assert ("roster" in found) == (programme.roster is not None)
    assert found <= {notice.key for notice in NOTICES} | {"attendance", "summary"}


def test_nothing_overlaps_is_cut_or_stands_outside(every: list[SampleSheet]):
    for sheet in every:
        paper = sheet.document.paper
        for page in pages(sheet.document):
            floor = 0.0
            for y, band, _ in page.bands:
                assert y >= floor - 0.01, sheet.stem
                floor = y + band.height
                assert floor <= paper.area_height + 0.02, sheet.stem
                for cell in band.cells:
                    padding, side = (SNUG, SIDE) if band.ruled else (0.0, 0.0)
                    height = sum(band.heights[cell.row : cell.row + cell.down])
                    assert cell.needed() + 2 * padding <= height + 0.01, (sheet.stem, cell.text)
                    assert cell.x + cell.width <= paper.area_width + 0.01, (sheet.stem, cell.text)
                    for line in (*cell.lines, *cell.foot):
                        assert line.width * cell.type.size <= cell.width - 2 * side + 0.01, (sheet.stem, line.text)


def test_no_number_is_torn(every: list[SampleSheet]):
    """Identity numbers, accounts and amounts stand on one line, however many columns there are."""
    for sheet in every:
        for page in pages(sheet.document):
            for _, band, _ in page.bands:
                for cell in band.cells:
                    plain = cell.text.replace(",", "").replace(".", "").removesuffix("X")
                    if band.ruled and len(plain) > 5 and plain.isdecimal():
                        assert len(cell.lines) == 1, (sheet.stem, cell.text)


def test_names_of_papers_come_from_the_declarations(every: list[SampleSheet]):
    for key, code, title in (
        ("application", "02B", "企业一次性吸纳就业补贴申请表"),
        ("roster", "02B", "新吸纳就业人员花名册"),
        ("undertaking", "06A", "稳岗返还承诺书"),
        ("application", "10D", "就业见习补贴审核表"),
        ("attendance", "10D", "就业见习人员考勤表"),
        ("application", "24A", "失业保险金申领登记表"),
        ("information", "08A", "阶段性减免社会保险费告知单"),
    ):
        assert of(every, key, code).title == title


def test_what_is_a_reading_says_so(every: list[SampleSheet]):
    assert "本机构确认：" in words(of(every, "approval", "10B"))
    assert "本机构录入" in words(of(every, "calculation", "06B"))


def test_an_information_is_visibly_no_approval(every: list[SampleSheet]):
    found = words(of(every, "information", "07A"))
    assert "不是审批决定" in found
    assert "预计减免金额" in found
    assert "审批意见" not in found


def test_refusals_say_what_failed_and_what_the_rights_are(every: list[SampleSheet]):
    for _, programme in programmes():
        if programme.route is Route.APPROVE and any(s.which == "refused" and s.code == programme.code for s in every):
            found = words(of(every, "refusal", programme.code, "refused"))
            assert "行政复议" in found
            assert "行政诉讼" in found
            assert "可以怎样做" in found


def test_long_names_are_whole(every: list[SampleSheet]):
    for key in ("application", "approval", "notice", "publicity", "payment"):
        assert LONG_NAME in words(of(every, key, "02B"))


def test_a_workbook_breaks_where_the_paper_does(every: list[SampleSheet], forms: Forms, tmp_path: Path):
    for sheet in every:
        if sheet.code in ("02B", "18A", "03S", "08A", "") and sheet.which == "long" and sheet.key != "publicity":
            count = sum(1 for _ in pages(sheet.document))
            assert write_xlsx([sheet.document], tmp_path / "a.xlsx", forms.fonts) == count
            assert write_pdf([sheet.document], tmp_path / "a.pdf", forms.fonts) == count


def test_samples_are_written_as_both(forms: Forms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    few = [sheet for sheet in sheets(forms) if sheet.key == MONTH_LEDGER]
    monkeypatch.setattr("jinan_desk.services.form_samples.sheets", lambda forms: few)
    assert write_samples(forms, tmp_path / "new") == 2
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        f"month-ledger-{which}.{suffix}" for which in ("short", "long") for suffix in ("pdf", "xlsx")
    }
    with pypdfium2.PdfDocument(tmp_path / "new" / "month-ledger-long.pdf") as pdf:
        assert pdf.get_metadata_value("Author") == LETTERHEAD.office.name
    (tmp_path / "file").touch()
    with pytest.raises(DeskError):
        write_samples(forms, tmp_path / "file" / "under")


# Checking forms ------------------------------------------------------------------------------------------------------


def test_the_shipped_forms_are_in_order(forms: Forms):
    count, faults = check_forms(forms)
    assert count == len(list(paths.forms_directory().glob("*.toml")))
    assert [fault.read() for fault in faults] == []


def said(forms: Forms, path: Path, content: str) -> list[str]:
    path.write_text(content, encoding="utf-8")
    return [fault.read() for fault in check_form(path, forms.fonts)]


def test_every_fault_is_named_at_once(forms: Forms, tmp_path: Path):
    faults = said(
        forms,
        tmp_path / "approval-02B.toml",
        """title = 7
colour = "red"
[[block]]
kind = "text"
text = "{applicant.nickname} {office.name}"
when = "nothing.there"
[[block]]
kind = "table"
of = "roster"
columns = ["name", "wage"]
[[block]]
kind = "picture"
[[block]]
kind = "text"
each = "reasons"
text = "{row.words}"
""",
    )
    for named in ("“title”", "colour", "applicant.nickname", "nothing.there", "roster.wage", "kind", "row.words"):
        assert [named in fault for fault in faults].count(True) == 1, (named, faults)
    assert len(faults) == 7


def test_a_form_that_cannot_be_set_or_used_is_told(forms: Forms, tmp_path: Path):
    narrow = 'title = "甲"\n[[block]]\nkind = "grid"\ncolumns = [1, 200]\nrows = [["甲", "乙"]]\n'
    assert "太窄" in said(forms, tmp_path / "approval.toml", narrow)[0]
    assert "文件名" in said(forms, tmp_path / "approval-99Z.toml", 'title = "甲"\nblock = []\n')[0]
    assert "mine.toml" in said(forms, tmp_path / "mine.toml", "title = ")[0]
    assert check_form(tmp_path / "none.toml", forms.fonts)
    shutil.copy(paths.forms_directory() / "month-ledger.toml", tmp_path)
    assert check_form(tmp_path / "month-ledger.toml", forms.fonts) == []
