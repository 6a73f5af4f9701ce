"""The paper of a case: its forms, a preview of every page, saving as PDF or workbook, printing.

A form is printed once into a folder that lasts as long as the dialog; what is previewed is what is saved and printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.services.cases import programme_of
from jinan_desk.services.notices import PRINTER, Notice, Printed

_POINTS_PER_INCH = 72
_PAPER_DPI = 300
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Preview:
    """A printed form: its file, what came of printing, and a picture of every page."""

    path: Path
    printed: Printed
    pages: tuple[QImage, ...]


class PrintDialog(QDialog):
    """Choose a form, look at it, print it."""

    def __init__(self, case: str, title: str, context: Context, parent: QWidget, *, paper: str = "") -> None:
        super().__init__(parent)
        self._case = case
        self._title = title
        self._context = context
        self._say = say = context.say
        self._folder = TemporaryDirectory(prefix="jinan-desk-")
        self._paper = paper
        self._asked = 0
        self._zoom = -1
        self.preview: Preview | None = None
        self.setWindowTitle(say(N_("打印　{title}"), title=title))
        self.resize(min(1060, parent.width() - 40), min(700, parent.height() - 40))
        self._shown: list[QWidget] = []
        self.forms = self._make_forms()
        self._pages = QVBoxLayout()
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.setSpacing(12)
        sheet = QWidget()
        sheet.setLayout(self._pages)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(sheet)
        self._remark = QLabel()
        self._remark.setWordWrap(True)
        set_role(self._remark, "wrong")
        self._count = QLabel()
        set_role(self._count, "muted")
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._remark)
        right.addWidget(self._scroll, 1)
        right.addLayout(self._make_tools())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 12)
        row.setSpacing(12)
        row.addWidget(self.forms)
        row.addLayout(right, 1)
        self._ready(None)
        context.store.ask(lambda: context.desk.notices.available(case), self._show_forms, owner=self)

    def _make_forms(self) -> QListWidget:
        forms = QListWidget()
        forms.setAccessibleName(self._say(N_("文书")))
        forms.setFixedWidth(230)
        forms.setWordWrap(True)
        forms.currentItemChanged.connect(lambda now, before: self._choose(now))
        return forms

    def _make_tools(self) -> QHBoxLayout:
        say = self._say
        self.print_ = QPushButton(self._context.look.icon("print", "on_accent"), say(N_("打印")))
        set_role(self.print_, "primary")
        self.save_pdf = QPushButton(say(N_("另存为 PDF")))
        self.save_xlsx = QPushButton(say(N_("另存为 Excel")))
        close = QPushButton(say(N_("关闭")))
        self.print_.clicked.connect(self._print)
        self.save_pdf.clicked.connect(lambda checked: self._save(".pdf"))
        self.save_xlsx.clicked.connect(lambda checked: self._save(".xlsx"))
        close.clicked.connect(self.close)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for icon, name, step in (("zoomout", N_("缩小"), -1), ("zoomin", N_("放大"), 1)):
            tools.addWidget(self._zoom_tool(icon, say(name), step))
        tools.addWidget(self._count)
        tools.addStretch(1)
        for button in (self.save_xlsx, self.save_pdf, self.print_, close):
            tools.addWidget(button)
        return tools

    def done(self, result: int) -> None:
        super().done(result)
        self._folder.cleanup()

    def _zoom_tool(self, icon: str, name: str, step: int) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(self._context.look.icon(icon))
        tool.setToolTip(name)
        tool.setAccessibleName(name)
        tool.clicked.connect(lambda: self._zoom_by(step))
        return tool

    def _show_forms(self, forms: tuple[Notice, ...]) -> None:
        view = self._context.desk.cases.view

        def titled() -> list[tuple[str, str]]:
            programme = programme_of(view(self._case).row.programme)[1]
            return [(form.key, form.titled(programme)) for form in forms]

        self._context.store.ask(titled, self._list_forms, owner=self)

    def _list_forms(self, titles: list[tuple[str, str]]) -> None:
        for key, title in titles:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.forms.addItem(item)
        keys = [key for key, _ in titles]
        self.forms.setCurrentRow(keys.index(self._paper) if self._paper in keys else 0)
        self.forms.setFocus()

    # Preview --------------------------------------------------------------------------------------------------------

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        key = item.data(Qt.ItemDataRole.UserRole)
        path = Path(self._folder.name) / f"{key}.pdf"
        self._asked += 1
        asked, notices, case = self._asked, self._context.desk.notices, self._case
        self._ready(None)

        def drawn(preview: Preview) -> None:
            if asked == self._asked:
                self._ready(preview)

        def printed(result: Printed) -> None:
            self._context.reckoner.ask(lambda: Preview(path, result, page_pictures(path, 2.0)), drawn, owner=self)

        self._context.store.ask(lambda: notices.write(case, key, path), printed, owner=self, failed=self._failed)

    def _ready(self, preview: Preview | None) -> None:
        self.preview = preview
        for button in (self.print_, self.save_pdf, self.save_xlsx):
            button.setEnabled(preview is not None)
        remarks = preview.printed.remarks if preview is not None else []
        self._remark.setText("\n".join(self._say.read(remark) for remark in remarks))
        self._remark.setVisible(bool(remarks))
        self._count.setText(self._say(N_("共 {count} 页"), count=preview.printed.pages) if preview else "")
        self._draw()

    def _fitting_zoom(self, image: QImage) -> int:
        """The largest zoom at which a page is seen in its whole width."""
        room = self._scroll.viewport().width() - 24
        fitting = [number for number, zoom in enumerate(_ZOOMS) if image.width() / 2 * zoom <= room]
        return max(fitting, default=0)

    def _draw(self) -> None:
        for old in self._shown:
            old.deleteLater()
        self._shown = []
        if self.preview is None:
            waiting = QLabel(self._say(N_("正在排版…")))
            set_role(waiting, "muted")
            self._add(waiting)
            return
        if self._zoom < 0:
            self._zoom = self._fitting_zoom(self.preview.pages[0])
        for number, image in enumerate(self.preview.pages, start=1):
            page = QLabel()
            page.setAccessibleName(self._say(N_("第 {number} 页"), number=number))
            page.setFrameShape(QFrame.Shape.Box)
            page.setStyleSheet("background: white; border: 1px solid #b9c2ca;")
            ratio = self.devicePixelRatioF()
            wide = round(image.width() / 2 * _ZOOMS[self._zoom] * ratio)
            picture = QPixmap.fromImage(image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
            picture.setDevicePixelRatio(ratio)
            page.setPixmap(picture)
            page.setFixedSize(picture.deviceIndependentSize().toSize())
            self._add(page)

    def _add(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self._pages.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def _zoom_by(self, step: int) -> None:
        self._zoom = max(0, min(len(_ZOOMS) - 1, self._zoom + step))
        self._draw()

    # Paper ----------------------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self.preview is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.forms.currentItem().text())
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.preview.printed.pages)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self._issue(self.preview.path, lambda printed: self._printed(printer), medium=PRINTER)

    def _printed(self, printer: QPrinter) -> None:
        if self.preview is not None:
            print_pages(self.preview.path, printer)
            self._context.tell(self._say(N_("已送打印机：{form}"), form=self.forms.currentItem().text()), Level.GOOD)

    def _issue(self, path: Path, then: Callable[[Printed], None], *, medium: str = "") -> None:
        """Make the form that is shown into a file as a paper that goes out: numbered and recorded."""
        key = self.forms.currentItem().data(Qt.ItemDataRole.UserRole)
        notices, case = self._context.desk.notices, self._case
        self._context.store.ask(
            lambda: notices.issue(case, key, path, medium=medium), then, owner=self, failed=self._failed
        )

    def _save(self, suffix: str) -> None:
        if self.preview is None:
            return
        proposed = f"{self.forms.currentItem().text()}{suffix}"
        kinds = {".pdf": "PDF (*.pdf)", ".xlsx": "Excel (*.xlsx)"}
        chosen, _ = QFileDialog.getSaveFileName(self, self._say(N_("另存为")), proposed, kinds[suffix])
        if chosen:
            self.save_as(Path(chosen).with_suffix(suffix))

    def save_as(self, path: Path) -> None:
        """Write the form that is shown to a file: a PDF, or a workbook that can be edited."""
        self._issue(path, self._saved_as(path))

    def _saved_as(self, path: Path) -> Callable[[Printed], None]:
        return lambda printed: self._context.tell(self._say(N_("已存为 {name}"), name=path.name), Level.GOOD)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._remark.setText(error.read(self._say.translate))
        self._remark.show()


def page_pictures(path: Path, scale: float) -> tuple[QImage, ...]:
    """Every page as a picture; `scale` 1 is 96 dots an inch."""
    document = pypdfium2.PdfDocument(str(path))
    try:
        return tuple(_picture(document[number], scale * 96 / _POINTS_PER_INCH) for number in range(len(document)))
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, _FORMATS[bitmap.n_channels])
    return image.copy()


_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}


def print_pages(path: Path, printer: QPrinter) -> None:
    """Send the pages of a PDF to a printer, each at its own size, one after the other to keep little in memory."""
    document = pypdfium2.PdfDocument(str(path))
    painter = QPainter(printer)
    first = max(1, printer.fromPage())
    last = printer.toPage() or len(document)
    try:
        for number in range(first, min(last, len(document)) + 1):
            if number > first:
                printer.newPage()
            page = document[number - 1]
            image = _picture(page, _PAPER_DPI / _POINTS_PER_INCH)
            inch = printer.resolution()
            size = QSizeF(page.get_width() / _POINTS_PER_INCH * inch, page.get_height() / _POINTS_PER_INCH * inch)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    finally:
        painter.end()
        document.close()
