from pathlib import Path

import openpyxl
import pytest

from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.paging import pages
from jinan_desk.documents.xlsx import write_xlsx
from tests.documents import samples
from tests.documents.paper import FORMS, filled


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_is_text(name: str, fonts: Fonts, tmp_path: Path):
    context = samples.context(people=5)
    context.fields["applicant"]["name"] = "=1+2"
    context.fields["applicant"]["bank_account"] = "6222021602001234567"
    write_xlsx([filled(name, context, fonts)], tmp_path / "a.xlsx", fonts)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    found = "\n".join(cell.value for cell in cells)
    assert "=1+2" in found
    if name == "roster":
        assert all(number in found for _, number, *_ in samples.roster(5))
    else:
        assert "6222021602001234567" in found


def test_the_sheet_says_what_the_paper_says(fonts: Fonts, tmp_path: Path):
    context = samples.context()
    write_xlsx([filled("approval", context, fonts)], tmp_path / "a.xlsx", fonts)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    found = {cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    assert {context.fields["applicant"][key] for key in samples.Pairs.LABELS} <= found
    assert context.fields["amount"]["people"] in found
    assert all(any(context.fields["amount"][key] in value for value in found) for key in ("figures", "words"))
    for row in (*samples.CHECKS, *samples.STEPS):
        assert set(row) <= found | {""}


@pytest.mark.parametrize("name", FORMS)
def test_the_sheet_breaks_where_the_paper_does(name: str, fonts: Fonts, tmp_path: Path):
    document = filled(name, samples.context(people=60), fonts)
    count = sum(1 for _ in pages(document))
    assert write_xlsx([document], tmp_path / "a.xlsx", fonts) == count
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert len(sheet.row_breaks.brk) == count - 1


def test_it_prints_on_a4_one_page_wide(fonts: Fonts, tmp_path: Path):
    write_xlsx([filled("roster", samples.context(people=60), fonts)], tmp_path / "a.xlsx", fonts)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert int(sheet.print_area.split("$")[-1]) >= sheet.max_row
    head = sheet.print_title_rows.replace("$", "").split(":")[0]
    assert sheet.cell(int(head), 1).value == "序号"
    assert "3f2a9c01b7de" in sheet.oddFooter.left.text


def test_rosters_have_their_total_and_no_page_sums(fonts: Fonts, tmp_path: Path):
    write_xlsx([filled("roster", samples.context(people=60), fonts)], tmp_path / "a.xlsx", fonts)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    first = [row[0].value for row in sheet.iter_rows()]
    assert first.count("合计") == 1
    assert "本页小计" not in first
    assert [value for value in first if value and value.isdigit()] == [str(n) for n in range(1, 61)]


def test_what_is_signed_stands_at_the_right(fonts: Fonts, tmp_path: Path):
    write_xlsx([filled("application", samples.context(), fonts)], tmp_path / "a.xlsx", fonts)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    signed = [cell for row in sheet.iter_rows() for cell in row if cell.value and "经办人：" in cell.value]
    assert len(signed) == 4
    assert {cell.alignment.horizontal for cell in signed} == {"right"}


def test_many_documents_are_many_sheets(fonts: Fonts, tmp_path: Path):
    document = filled("application", samples.context(long=False), fonts)
    write_xlsx([document, document], tmp_path / "a.xlsx", fonts)
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets) == 2
