"""Paper to a printer: which one, and the pages of a file sent to it, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.documents.raster import POINTS_PER_INCH, Sheets, sheets
from jinan_desk.errors import DeskError
from jinan_desk.gui.paper_view import page_picture

_DPI = 300


class StoppedError(DeskError):
    """Somebody stopped it. What the printer has by then it prints."""

    def __init__(self, done: int) -> None:
        super().__init__(Sentence(N_("已停止打印，已送出 {count} 页"), count=done))


def ask_for_printer(
    name: str,
    pages: int,
    parent: QWidget,
    *,
    lacking: str = N_("这台电脑没有可用的打印机，请先连接打印机，或者另存为 PDF"),
) -> QPrinter | None:
    """Let a person choose printer, copies, sides and pages; None where they think better of it.

    Raises DeskError, which says what is `lacking`, where there is no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise DeskError(Sentence(lacking))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexAuto)  # as GB/T 9704-2012, 8.2 has it, where the printer can
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, pages > 1)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintCollateCopies)
    if pages > 1:
        dialog.setMinMax(1, pages)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()  # it knows the printer, which goes once it has printed
    return printer if chosen else None


def print_pages(
    path: Path,
    printer: QPrinter,
    progress: Callable[[int, int], object] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Send the pages that were chosen to the printer, each at its own size; how many. Any thread may call.

    On both sides of the sheets every paper of the file begins on a front. Raises DeskError where the printer fails.
    """
    file = sheets(path)
    chosen = [*_pages(file, printer)]
    painter = QPainter()
    _turn(printer, file, chosen[0])
    if not painter.begin(printer):
        raise _failure(printer)
    try:
        for done, number in enumerate(chosen):
            if cancelled():
                printer.abort()
                raise StoppedError(done)
            progress(done, len(chosen))
            if done:
                _turn(printer, file, number)
                if not printer.newPage():
                    raise _failure(printer)
            if number is None:
                continue
            inch = printer.resolution()
            wide, high = (points / POINTS_PER_INCH * inch for points in file.sizes[number])
            painter.drawImage(QRectF(0, 0, wide, high), page_picture(path, number, _DPI / POINTS_PER_INCH))
            if printer.printerState() == QPrinter.PrinterState.Error:
                raise _failure(printer)
    finally:
        painter.end()
    progress(len(chosen), len(chosen))
    return sum(number is not None for number in chosen)


def _pages(file: Sheets, printer: QPrinter) -> Iterator[int | None]:
    """The pages (from 0) that were chosen, None for a back that stays empty."""
    first = max(1, printer.fromPage())
    last = min(printer.toPage() or len(file.sizes), len(file.sizes))
    both_sides = printer.duplex() != QPrinter.DuplexMode.DuplexNone
    sent = 0
    for number in range(first - 1, last):
        if both_sides and number in file.begins and sent % 2:
            yield None
            sent += 1
        yield number
        sent += 1


def _turn(printer: QPrinter, file: Sheets, number: int | None) -> None:
    """The next sheet upright or across, as its page is."""
    if number is not None:
        wide, high = file.sizes[number]
        across = wide > high
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)


def _failure(printer: QPrinter) -> DeskError:
    words = N_("打印机“{printer}”没有印成，请检查后再印，或者换一台打印机；文号已经登记，再印时不变")
    return DeskError(Sentence(words, printer=printer.printerName() or N_("默认打印机")))
