"""Reports: what is counted where, and what counts as money."""

from datetime import date

import openpyxl
import pypdfium2
import pytest

from jinan_desk.app import font_file
from jinan_desk.core.text import chinese
from jinan_desk.core.workflow import Stage
from jinan_desk.documents.bars import Ink
from jinan_desk.errors import DeskError
from jinan_desk.services.demo import DISTRICT
from jinan_desk.services.reports import BY_LABELS, By, Drawn, Reports, period_of

REFUND = {
    "applicant_name": "山东鲁泉食品有限公司", "district": "370104", "year_end_headcount": 286, "dismissed": 9,
    "paid_all_months": True, "discredited": False, "has_complaints": False, "premium_paid": "158400.00",
    "category": "general",
}  # fmt: skip
RELIEF = {"wage_base": "100000.00", "from_month": "2020-03", "to_month": "2020-04"}
INK = Ink("#000000", "#555555", "#cccccc", "#ffffff", ("#23648f", "#a9d5bd"))


@pytest.fixture
def reports(store, cases):
    cases.enter("06A", date(2020, 3, 2), REFUND)
    cases.enter("06A", date(2020, 4, 2), REFUND | {"dismissed": 90, "district": "370102"})
    withdrawn = cases.enter("06A", date(2020, 4, 3), REFUND).row.case
    cases.advance(withdrawn, Stage.RECEIVED, on=date(2020, 5, 6))
    cases.advance(withdrawn, Stage.WITHDRAWN, reason="企业撤回", on=date(2020, 5, 7))
    cases.enter("07B", date(2020, 3, 9), RELIEF)
    cases.enter("26S", date(2020, 3, 9), {"subject": "送策上门"})
    return Reports(store, DISTRICT, font_file)


def lines(report, by):
    return {line.label.read(): (line.cases, line.eligible, line.amount, line.paid) for line in report.breakdown(by).lines}


def test_every_case_is_counted_once_in_every_breakdown(reports):
    report = reports.report()
    for breakdown in report.breakdowns:
        assert sum(line.cases for line in breakdown.lines) == breakdown.total.cases == 5
        assert sum(line.eligible for line in breakdown.lines) == breakdown.total.eligible == 2


def test_money_is_what_holds_and_was_not_withdrawn_and_sums_count_funds_only(reports):
    report = reports.report()
    programmes = lines(report, By.PROGRAMME)
    assert programmes["06A 稳岗返还"] == (3, 1, 7_920_000, 0)
    assert programmes["07B 职工医保单位费率降低1个百分点"][2] == 200_000
    assert report.breakdown(By.PROGRAMME).total.amount == 7_920_000
    assert lines(report, By.FUND) == {"失业保险基金": (3, 1, 7_920_000, 0), "无资金来源": (2, 1, 0, 0)}


def test_a_case_belongs_to_the_month_of_receipt_or_else_of_its_day(reports):
    assert {month: line[0] for month, line in lines(reports.report(), By.MONTH).items()} == {
        "2020-03": 3, "2020-04": 1, "2020-05": 1,
    }  # fmt: skip


def test_a_period_counts_both_its_days(reports):
    report = reports.report(date(2020, 3, 2), date(2020, 3, 2))
    assert report.breakdown(By.STAGE).total.cases == 1
    assert reports.report(date(2020, 3, 3)).breakdown(By.STAGE).total.cases == 4
    assert reports.report(None, date(2020, 3, 9)).breakdown(By.STAGE).total.cases == 3
    with pytest.raises(DeskError, match="结束早于开始"):
        reports.report(date(2020, 3, 3), date(2020, 3, 2))


def test_stages_stand_in_the_order_of_their_way(reports):
    assert list(lines(reports.report(), By.STAGE)) == ["草稿", "撤回", "办理中"]


def test_districts_are_named_and_cases_without_one_counted_apart(reports):
    assert lines(reports.report(), By.DISTRICT).keys() == {"历下区", "槐荫区", "（未填写）"}


def test_a_workbook_has_a_sheet_a_breakdown_and_exact_amounts(reports, tmp_path):
    path = tmp_path / "统计.xlsx"
    reports.write(reports.report(), path, chinese)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["按事项", "按阶段", "按月份", "按区县", "按资金来源"]
    rows = list(book["按资金来源"].iter_rows(values_only=True))
    assert rows[2][:5] == ("失业保险基金", 3, 1, 79200, 0)
    assert rows[-1][0].startswith("合计")


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("what", Drawn)
def test_charts_are_drawn_with_cases_and_without_any(reports, tmp_path, what, by):
    for number, report in enumerate((reports.report(), reports.report(date(2031, 1, 1)))):
        path = tmp_path / f"{number}.pdf"
        reports.draw(report, what, by, path=path, ink=INK, translate=chinese)
        document = pypdfium2.PdfDocument(str(path))
        text = document[0].get_textpage().get_text_bounded()
        assert len(document) == 1
        assert BY_LABELS[by] in text
        document.close()


def test_what_drawing_takes_is_brought_in_before(reports, tmp_path, monkeypatch):
    """Guard: `prepare` in `warm_up`: the first chart would keep the window waiting."""
    monkeypatch.setattr("jinan_desk.documents.chart.pdfmetrics._fonts", {})
    reports.warm_up()
    monkeypatch.setattr("jinan_desk.documents.chart.TTFont", lambda *_: pytest.fail("read"))
    reports.draw(reports.report(), Drawn.CASES, By.STAGE, path=tmp_path / "c.pdf", ink=INK, translate=chinese)


def test_the_charts_of_every_breakdown_are_written_on_pages_to_be_printed(reports, tmp_path):
    path = tmp_path / "统计图.pdf"
    assert reports.write_charts(reports.report(), path, chinese) == len(By)
    with pypdfium2.PdfDocument(str(path)) as document:
        assert [round(size) for size in document[0].get_size()] == [595, 842]
        texts = [page.get_textpage().get_text_bounded() for page in document]
    for by, text in zip(By, texts, strict=True):
        assert DISTRICT.name in text
        assert f"件数（{BY_LABELS[by]}）" in text
        assert f"金额，万元（{BY_LABELS[by]}）" in text


def test_a_period_is_told_in_words(reports):
    day = date(2020, 3, 1)
    told = [period_of(reports.report(*bounds)).read() for bounds in ((), (day,), (None, day), (day, day))]
    assert told == ["全部时间", "2020年3月1日以后", "2020年3月1日以前", "2020年3月1日至2020年3月1日"]
