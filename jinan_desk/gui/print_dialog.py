"""The paper of a case: its forms, a preview of every page, saving as PDF or workbook, printing.

A form is printed once into a folder that lasts as long as the dialog; what is previewed is what is saved and printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.documents.raster import Sheets, sheets
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.errand import Errand
from jinan_desk.gui.files import PDF, WORKBOOK, ask_target
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.paper_view import PaperView, Thumbnails
from jinan_desk.gui.printer import ask_for_printer, print_pages
from jinan_desk.gui.under_way import UnderWay
from jinan_desk.services.cases import programme_of
from jinan_desk.services.paper_kinds import Notice
from jinan_desk.services.printed import PRINTER, Before, Printed

_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
_TOLD = 3
_FORMS, _WIDEST_FORMS = 216, 260
"""Earlier prints that are told; the others stand in the tooltip."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A printed form: its file, what came of printing, its pages, and what was printed of it before, the latest
    first."""

    path: Path
    printed: Printed
    sheets: Sheets
    before: tuple[Before, ...]

    @property
    def again(self) -> bool:
        """Whether the same paper, not an earlier state of it, has been printed."""
        return any(before.current for before in self.before)


class PrintDialog(FittingDialog):
    """Choose a form, look at it, print it. Shown to begin with is `paper`, or what is most likely wanted now."""

    def __init__(self, case: str, title: str, context: Context, parent: QWidget, *, paper: str = "") -> None:
        super().__init__(parent)
        self._case = case
        self._context = context
        self._say = say = context.say
        self._folder = TemporaryDirectory(prefix="jinan-desk-", ignore_cleanup_errors=True)
        self._paper = paper
        self._asked = 0
        self._zoom = -1
        self._printing = Errand("printing", self)
        self._leaving = False
        self.preview: Preview | None = None
        self.setWindowTitle(say(N_("打印　{title}"), title=title))
        self.resize(1160, 720)
        self.forms = self._make_forms()
        self.pages = PaperView(say, context.reckoner)
        self.thumbnails = Thumbnails(say, context.reckoner)
        self.thumbnails.currentRowChanged.connect(self._jump)
        self.pages.page_changed.connect(self._show_place)
        self._remark = QLabel()
        set_role(self._remark, "wrong")
        self.before = QLabel()
        set_role(self.before, "muted")
        self._waiting = QLabel(say(N_("正在排版…")))
        set_role(self._waiting, "muted")
        self.progress = UnderWay(say)
        self._printing.progressed.connect(self.progress.tell)
        self._count = QLabel()
        set_role(self._count, "muted")
        right = QVBoxLayout()
        right.setSpacing(8)
        for label in (self._remark, self.before, self._waiting):
            label.setWordWrap(True)
            right.addWidget(label)
        right.addWidget(self.pages, 1)
        right.addWidget(self.progress)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(self._make_left())
        row.addWidget(self.thumbnails)
        row.addLayout(right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 14, 12)
        box.setSpacing(10)
        box.addLayout(row, 1)
        box.addLayout(self._make_tools())  # below all three: on a small screen there is no room beside the lists
        self._ready(None)
        context.store.ask(lambda: context.desk.notices.available(case), self._show_forms, owner=self)

    def _make_forms(self) -> QListWidget:
        forms = QListWidget()
        forms.setAccessibleName(self._say(N_("文书")))
        forms.setFixedWidth(_FORMS)
        forms.setWordWrap(True)
        forms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        forms.currentItemChanged.connect(lambda now, before: self._choose(now))
        return forms

    def _make_left(self) -> QVBoxLayout:
        self.several = QPushButton(self._say(N_("几种一起打印…")))
        self.several.clicked.connect(lambda checked: self._print_several())
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.forms, 1)
        left.addWidget(self.several)
        return left

    def _make_tools(self) -> QHBoxLayout:
        say = self._say
        self.print_ = QPushButton(self._context.look.icon("print", "on_accent"), "")
        set_role(self.print_, "primary")
        self.save_pdf = QPushButton(say(N_("另存为 PDF")))
        self.save_xlsx = QPushButton(say(N_("另存为 Excel")))
        close = QPushButton(say(N_("关闭")))
        self.print_.setDefault(True)
        self.print_.clicked.connect(self._print)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_.click)
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
        """Close; what is being printed is stopped first."""
        if self._printing.running:
            self.progress.give_up()
            self._leaving = True
            return
        super().done(result)
        # By the thread that draws into it, after all that it was still asked to draw.
        self._context.store.ask(self._folder.cleanup, lambda _: None, owner=self.parentWidget())

    def _zoom_tool(self, icon: str, name: str, step: int) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(self._context.look.icon(icon))
        tool.setToolTip(name)
        tool.setAccessibleName(name)
        tool.clicked.connect(lambda: self._zoom_by(step))
        return tool

    def _show_forms(self, forms: tuple[Notice, ...]) -> None:
        desk = self._context.desk

        def titled() -> tuple[list[tuple[str, str]], str]:
            programme = programme_of(desk.cases.view(self._case).row.programme)[1]
            titles = [(form.key, form.titled(programme)) for form in forms]
            return titles, self._paper or desk.notices.first_wanted(self._case)

        self._context.store.ask(titled, lambda found: self._list_forms(*found), owner=self)

    def _list_forms(self, titles: list[tuple[str, str]], wanted: str) -> None:
        for key, title in titles:
            item = QListWidgetItem(title)
            item.setToolTip(title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.forms.addItem(item)
        wide = self.forms.sizeHintForColumn(0) + 2 * self.forms.frameWidth()
        self.forms.setFixedWidth(min(max(_FORMS, wide), _WIDEST_FORMS))
        keys = [key for key, _ in titles]
        self.forms.setCurrentRow(keys.index(wanted) if wanted in keys else 0)
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

        def made() -> Preview:
            printed = notices.write(case, key, path)
            return Preview(path, printed, sheets(path), tuple(notices.before(case, key)))

        def show(preview: Preview) -> None:
            if asked == self._asked:
                self._ready(preview)

        self._context.store.ask(made, show, owner=self, failed=self._failed)

    def _ready(self, preview: Preview | None) -> None:
        self.preview = preview
        for button in (self.print_, self.save_pdf, self.save_xlsx):
            button.setEnabled(preview is not None)
        self.print_.setText(self._say(N_("重印") if preview is not None and preview.again else N_("打印")))
        self._remark.setText("\n".join(self._say.read(remark) for remark in preview.printed.remarks) if preview else "")
        self._remark.setVisible(bool(self._remark.text()))
        self._waiting.setVisible(preview is None)
        self._tell_before(preview.before if preview is not None else ())
        if preview is None:
            self.pages.clear()
            self.thumbnails.clear_file()
            self._count.clear()
            return
        self.pages.show_file(preview.path, preview.sheets)
        self.thumbnails.show_file(preview.path, preview.sheets)
        if self._zoom < 0:
            self._zoom = self.pages.fitting(_ZOOMS)
        self.pages.set_zoom(_ZOOMS[self._zoom])
        self._show_place(0)

    def _tell_before(self, before: tuple[Before, ...]) -> None:
        """Say what has been printed: how often, when, by whom, under which number."""
        lines = [self._say.read(one.sentence()) for one in before]
        if before:
            words = N_("已印过 {count} 次，再印为重印，内容和文号不变。")
            if not any(one.current for one in before):
                words = N_("已印过 {count} 次；办件此后有改动，这次印的与以前不同。")
            lines.insert(0, self._say(words, count=len(before)))
        self.before.setText("\n".join(lines[: _TOLD + 1]))
        self.before.setToolTip("\n".join(lines))
        self.before.setVisible(bool(lines))

    def _show_place(self, page: int) -> None:
        if self.preview is not None:
            count = len(self.preview.sheets.sizes)
            self._count.setText(self._say(N_("第 {number} 页，共 {count} 页"), number=page + 1, count=count))
            self.thumbnails.show_page(page)

    def _jump(self, page: int) -> None:
        if self.preview is not None and page >= 0:
            self.pages.go_to(page)

    def _zoom_by(self, step: int) -> None:
        self._zoom = max(0, min(len(_ZOOMS) - 1, self._zoom + step))
        self.pages.set_zoom(_ZOOMS[self._zoom])

    # Paper ----------------------------------------------------------------------------------------------------------

    def _print_several(self) -> None:
        """Choose which papers of the case go out together; what was printed then is told here."""
        from jinan_desk.gui.batch_print import BatchPrintDialog

        dialog = BatchPrintDialog((self._case,), self._context, self)
        dialog.finished.connect(lambda result: self._choose(self.forms.currentItem()))
        dialog.open()

    def _print(self) -> None:
        if self.preview is None:
            return
        try:
            printer = ask_for_printer(self.forms.currentItem().text(), self.preview.printed.pages, self)
        except DeskError as error:
            self._failed(error)
            return
        if printer is not None:
            self.send(printer)

    def send(self, printer: QPrinter) -> None:
        """Print the form that is shown."""
        if self.preview is None:
            return
        path, form = self.preview.path, self.forms.currentItem().text()

        def printed(pages: int) -> None:
            self._rest()
            words = N_("已送打印机：{form}，{count} 页")
            self._context.tell(self._say(words, form=form, count=pages), Level.GOOD)

        def issued(_: Printed) -> None:
            self.progress.begin()
            self._printing.run(
                lambda progress, cancelled: print_pages(path, printer, progress, self.progress.is_given_up),
                printed,
                failed=self._failed,
            )

        self._set_busy(True)
        self._issue(path, issued, medium=PRINTER)

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
        path = ask_target(self, self._say(N_("另存为")), proposed, PDF if suffix == ".pdf" else WORKBOOK)
        if path is not None:
            self.save_as(path)

    def save_as(self, path: Path) -> None:
        """Write the form that is shown to a file: a PDF, or a workbook that can be edited."""

        def saved(_: Printed) -> None:
            self._rest()
            self._context.tell(self._say(N_("已存为 {name}"), name=path.name), Level.GOOD)

        self._set_busy(True)
        self._issue(path, saved)

    def _rest(self) -> None:
        """Something went out: the paper has a number now, and has been printed before."""
        self._set_busy(False)
        if self.isVisible():
            self._choose(self.forms.currentItem())

    def _set_busy(self, busy: bool) -> None:
        self.forms.setEnabled(not busy)
        self.several.setEnabled(not busy)
        for button in (self.print_, self.save_pdf, self.save_xlsx):
            button.setEnabled(not busy and self.preview is not None)
        if not busy:
            self.progress.end()
            if self._leaving:
                self.reject()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._waiting.hide()
        if not isinstance(error, DeskError):
            raise error
        self._remark.setText(error.read(self._say.translate))
        self._remark.show()
