"""Looking at paper, printing it, printing it again, printing many at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel

from jinan_desk.core.workflow import Stage
from jinan_desk.documents.raster import Picture, draw, sheets
from jinan_desk.errors import DeskError
from jinan_desk.gui import paper_view, print_dialog
from jinan_desk.gui.batch_print import BatchPrintDialog
from jinan_desk.gui.print_dialog import PrintDialog
from jinan_desk.gui.printer import StoppedError, ask_for_printer, print_pages
from jinan_desk.services.demo import hires, unit
from tests.gui.conftest import TODAY, Hall


@pytest.fixture
def received(hall: Hall) -> Callable[..., list[str]]:
    """Enter cases of 02B and receive them; their ids."""

    def enter(count: int, *, rows: int = 2) -> list[str]:
        desk = hall.sitting.context.desk

        def work() -> list[str]:
            cases = []
            for number in range(count):
                facts = {**unit(number, f"济南历泉{number}有限公司", "370102"), "roster": hires(10 * number, rows)}
                case = desk.cases.enter("02B", TODAY, facts).row.case
                desk.cases.advance(case, Stage.RECEIVED)
                cases.append(case)
            return cases

        return hall.sitting.store.wait(work)

    return enter


def opened(hall: Hall, case: str, paper: str) -> PrintDialog:
    dialog = PrintDialog(case, "样例", hall.sitting.context, hall.window, paper=paper)
    dialog.open()
    hall.settle()
    return dialog


def batch(hall: Hall, cases: list[str], paper: str) -> BatchPrintDialog:
    dialog = BatchPrintDialog(cases, hall.sitting.context, hall.window, paper=paper)
    dialog.open()
    hall.settle()
    return dialog


def to_file(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def pages_of(path: Path) -> int:
    return len(sheets(path).sizes)


def test_small_pages_lead_to_large_ones(hall: Hall, received: Callable[..., list[str]]):
    dialog = opened(hall, received(1, rows=60)[0], "roster")
    assert dialog.preview is not None
    count = len(dialog.preview.sheets.sizes)
    assert dialog.thumbnails.count() == count > 2
    assert not dialog.thumbnails.item(0).icon().isNull()
    dialog.thumbnails.setCurrentRow(count - 1)
    hall.settle()
    assert dialog.pages.page == count - 1
    dialog.pages.go_to(0)
    hall.settle()
    assert dialog.thumbnails.currentRow() == 0
    dialog.close()


def test_only_pages_in_sight_are_drawn(hall: Hall, received: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch):
    """The guard: a roster of many pages is not drawn as a whole."""
    drawn: list[tuple[int, float]] = []

    def watched(path: Path, number: int, scale: float) -> Picture:
        drawn.append((number, scale))
        return draw(path, number, scale)

    monkeypatch.setattr(paper_view, "draw", watched)
    dialog = opened(hall, received(1, rows=400)[0], "roster")
    assert dialog.preview is not None
    assert len(dialog.preview.sheets.sizes) > 20
    assert max(number for number, _ in drawn) < 12
    dialog.close()


def test_a_page_is_shown_dot_for_dot(hall: Hall, received: Callable[..., list[str]]):
    """The guard: where a page is pressed into a place that is a dot less high, a line of dots is missing somewhere."""
    dialog = opened(hall, received(1)[0], "application")
    assert dialog.preview is not None
    (place,) = dialog.pages.places
    shown = dialog.pages.widget().grab(place.adjusted(1, 1, -1, -1)).toImage().convertToFormat(QImage.Format.Format_RGB32)
    drawn = paper_view.page_picture(dialog.preview.path, 0, place.width() / dialog.preview.sheets.sizes[0][0])
    drawn = drawn.copy(1, 1, shown.width(), shown.height()).convertToFormat(QImage.Format.Format_RGB32)
    assert shown.size() == drawn.size()
    assert all(shown.pixel(x, y) == drawn.pixel(x, y) for y in range(shown.height()) for x in range(0, shown.width(), 7))
    dialog.close()


def test_a_paper_that_was_printed_says_when_by_whom_and_under_which_number(
    hall: Hall, received: Callable[..., list[str]], tmp_path: Path
):
    dialog = opened(hall, received(1)[0], "receipt")
    assert dialog.print_.text() == "打印"
    assert not dialog.before.isVisible()
    dialog.send(to_file(tmp_path / "a.pdf"))
    hall.settle()
    assert (tmp_path / "a.pdf").exists()
    assert dialog.print_.text() == "重印"
    told = dialog.before.text()
    assert "已印过 1 次" in told
    assert "苏敏 打印" in told
    assert "济历下人社受〔2020〕收件-0001号" in told
    dialog.send(to_file(tmp_path / "b.pdf"))
    hall.settle()
    assert "已印过 2 次" in dialog.before.text()
    assert "0002号" not in dialog.before.text()
    dialog.close()


def test_without_a_printer_it_is_one_sentence(hall: Hall, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(DeskError) as error:
        ask_for_printer("样例", 1, hall.window)
    assert "没有可用的打印机" in error.value.read()


@pytest.mark.parametrize(
    "keys", [(Qt.Key.Key_Return,), (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)], ids=("enter", "ctrl+p")
)
def test_a_paper_that_is_shown_is_printed_by_one_key(
    hall: Hall, received: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, keys: tuple[Any, ...]
):
    asked: list[str] = []
    monkeypatch.setattr(print_dialog, "ask_for_printer", lambda name, pages, parent: asked.append(name))
    dialog = opened(hall, received(1)[0], "application")
    hall.press(*keys)
    assert asked == ["企业一次性吸纳就业补贴申请表"]
    dialog.close()
    hall.settle()


def test_a_printer_that_fails_is_one_sentence(hall: Hall, received: Callable[..., list[str]], tmp_path: Path):
    dialog = opened(hall, received(1)[0], "receipt")
    dialog.send(to_file(tmp_path / "nowhere" / "a.pdf"))
    hall.settle()
    shown = dialog.findChildren(QLabel)
    assert any("没有印成" in label.text() for label in shown)
    assert dialog.print_.isEnabled()
    dialog.close()


def test_many_papers_are_one_job_and_each_begins_on_a_front(
    hall: Hall, received: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cases = received(3)
    notices = hall.sitting.context.desk.notices
    hall.sitting.store.wait(lambda: notices.issue_all(cases, ("receipt",), tmp_path / "three.pdf"))
    assert sheets(tmp_path / "three.pdf").begins == {0, 1, 2}
    for mode, sides in ((QPrinter.DuplexMode.DuplexNone, 3), (QPrinter.DuplexMode.DuplexLongSide, 5)):
        printer = to_file(tmp_path / "printed.pdf")
        monkeypatch.setattr(printer, "duplex", lambda mode=mode: mode)  # a file has no sides of its own
        assert print_pages(tmp_path / "three.pdf", printer) == 3
        assert pages_of(tmp_path / "printed.pdf") == sides


def test_pages_that_are_across_stay_across(hall: Hall, received: Callable[..., list[str]], tmp_path: Path):
    (case,) = received(1)
    notices = hall.sitting.context.desk.notices
    hall.sitting.store.wait(lambda: notices.write(case, "roster", tmp_path / "a.pdf"))
    print_pages(tmp_path / "a.pdf", to_file(tmp_path / "b.pdf"))
    document = pypdfium2.PdfDocument(tmp_path / "b.pdf")
    width, height = document.get_page_size(0)
    document.close()
    assert (width > height) == (sheets(tmp_path / "a.pdf").sizes[0][0] > sheets(tmp_path / "a.pdf").sizes[0][1])


def test_printing_stops_when_it_is_told_to(hall: Hall, received: Callable[..., list[str]], tmp_path: Path):
    (case,) = received(1, rows=60)
    notices = hall.sitting.context.desk.notices
    hall.sitting.store.wait(lambda: notices.write(case, "roster", tmp_path / "a.pdf"))
    answers = iter([False, True])
    with pytest.raises(StoppedError) as error:
        print_pages(tmp_path / "a.pdf", to_file(tmp_path / "b.pdf"), cancelled=lambda: next(answers))
    assert "1 页" in error.value.read()


def test_a_batch_says_what_was_printed_and_what_was_not_and_why(
    hall: Hall, received: Callable[..., list[str]], tmp_path: Path
):
    cases = received(3)
    desk = hall.sitting.context.desk
    draft = hall.sitting.store.wait(lambda: desk.cases.enter("02B", TODAY, unit(9, "济南历泉九有限公司", "370102"))).row
    dialog = batch(hall, [*cases, draft.case], "receipt")
    assert [(offer.key, offer.count) for offer in dialog.chosen] == [("receipt", 3)]
    dialog.save(["receipt"], tmp_path / "receipts.pdf")
    hall.settle()
    assert pages_of(tmp_path / "receipts.pdf") == 3
    report = dialog.report.toPlainText()
    assert "共 3 份文书 3 页，存为 1 个文件" in report
    assert "没有印的 1 件" in report
    assert "草稿" in report
    dialog.save(["receipt"], tmp_path, suffix=".xlsx")
    hall.settle()
    assert len([*tmp_path.glob("02B-*.xlsx")]) == 3
    assert "其中重印 3 份，文号不变" in dialog.report.toPlainText()
    dialog.close()


def test_a_batch_goes_to_the_printer_as_one_job(hall: Hall, received: Callable[..., list[str]], tmp_path: Path):
    dialog = batch(hall, received(2), "receipt")
    dialog.send(["receipt"], to_file(tmp_path / "job.pdf"))
    hall.settle()
    assert "已送打印机" in dialog.report.toPlainText()
    assert pages_of(tmp_path / "job.pdf") >= 2
    dialog.close()


def test_what_still_has_to_be_printed_of_a_selection_is_ticked_and_goes_out_together(
    hall: Hall, received: Callable[..., list[str]], tmp_path: Path
):
    cases = received(2)
    notices = hall.sitting.context.desk.notices
    hall.sitting.store.wait(lambda: notices.issue_all(cases, ("application", "roster"), tmp_path / "before.pdf"))
    dialog = batch(hall, cases, "")
    due = [offer.key for offer in dialog.chosen]
    assert "receipt" in due
    assert not {"application", "roster", "history"} & {*due}
    dialog.save(due, tmp_path / "all.pdf")
    hall.settle()
    assert f"共 {2 * len(due)} 份文书" in dialog.report.toPlainText()
    assert f"有 {2 * len(due)} 份印过" in dialog._about.text()
    dialog.close()


def test_with_nothing_ticked_nothing_can_be_printed(hall: Hall, received: Callable[..., list[str]]):
    dialog = batch(hall, received(1), "receipt")
    place = next(row for row in range(dialog.papers.count()) if "收件回执" in dialog.papers.item(row).text())
    assert dialog.start.isEnabled()
    dialog.papers.setCurrentRow(place)
    hall.press(Qt.Key.Key_Space)
    assert not dialog.start.isEnabled()
    hall.press(Qt.Key.Key_Space)
    assert dialog.start.isEnabled()
    dialog.all_or_none.click()
    assert not dialog.start.isEnabled()
    dialog.all_or_none.click()
    assert len(dialog.chosen) == dialog.papers.count() > 3
    dialog.close()


def test_the_papers_of_one_case_are_printed_together_from_where_one_looks_at_them(
    hall: Hall, received: Callable[..., list[str]], tmp_path: Path
):
    dialog = opened(hall, received(1)[0], "receipt")
    dialog.several.click()
    hall.settle()
    several = dialog.findChild(BatchPrintDialog)
    assert several.papers.item(0).text() == "企业一次性吸纳就业补贴申请表"
    several.send([offer.key for offer in several.chosen], to_file(tmp_path / "job.pdf"))
    hall.settle()
    several.close()
    hall.settle()
    assert "已印过 1 次" in dialog.before.text()
    dialog.close()


def test_a_batch_that_is_stopped_leaves_no_file(hall: Hall, received: Callable[..., list[str]], tmp_path: Path):
    dialog = batch(hall, received(3), "receipt")
    dialog.save(["receipt"], tmp_path / "receipts.pdf")
    dialog.progress.give_up()
    hall.settle()
    assert "已取消打印" in "".join(label.text() for label in dialog.findChildren(QLabel))
    assert not (tmp_path / "receipts.pdf").exists()
    dialog.close()
