"""Papers of one case or of many at once: which papers, whereto, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_, Sentence
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.editor_bar import short_title
from jinan_desk.gui.errand import Errand
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.files import PDF, ask_folder, ask_target
from jinan_desk.gui.fitting_dialog import FittingDialog, field_rows
from jinan_desk.gui.printer import ask_for_printer, print_pages
from jinan_desk.gui.under_way import UnderWay
from jinan_desk.services.paper_kinds import BY_KEY
from jinan_desk.services.printed import PRINTER, Batch, Offer

T = TypeVar("T")

_ONE_JOB, _ONE_FILE, _PDFS, _WORKBOOKS = range(4)
_WAYS = (N_("打印机（一个打印作业）"), N_("一个 PDF 文件"), N_("每份一个 PDF 文件"), N_("每份一个 Excel 文件"))
_LEAST_LIST = 110
_MOST_LINES = 2000
"""Lines of a result that are shown; a person reads no more."""


class BatchPrintDialog(FittingDialog):
    """Prints the papers that are ticked of every case of a selection that has them. Ticked to begin with is `paper`, or
    what still has to be printed."""

    def __init__(self, cases: Sequence[str], context: Context, parent: QWidget, *, paper: str = "") -> None:
        super().__init__(parent)
        self._cases = tuple(cases)
        self._context = context
        self._say = say = context.say
        self._offers: list[Offer] = []
        self._paper = paper
        self._printing = Errand("printing", self)
        self._busy = self._leaving = False
        self.setWindowTitle(say(N_("批量打印")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 480)
        self.papers = QListWidget()
        self.papers.setAccessibleName(say(N_("文书")))
        self.papers.setMinimumHeight(_LEAST_LIST)
        self.papers.itemChanged.connect(lambda item: self._show_chosen())
        self.way = QComboBox()
        self.way.setAccessibleName(say(N_("打印到")))
        self.way.addItems([say(way) for way in _WAYS])
        self._about = EvenLabel()
        set_role(self._about, "muted")
        form = field_rows()
        form.addRow(say(N_("文书")), self.papers)
        form.addRow(say(N_("打印到")), self.way)
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        set_role(self._wrong, "wrong")
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(say(N_("打印结果")))
        self.report.setPlaceholderText(say(N_("打印结果显示在这里：印了多少、哪些没有印、为什么。")))
        self.progress = UnderWay(say)
        self._printing.progressed.connect(self.progress.tell)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        box.addLayout(self._make_head())
        box.addLayout(form, 2)
        for part in (self._about, self._wrong, self.progress):
            box.addWidget(part)
        box.addWidget(self.report, 1)
        box.addLayout(self._make_buttons())
        self._set_ready(False)
        self._wrong.hide()
        self._ask(lambda: context.desk.notices.offered(self._cases), self._show_offers)

    def _make_head(self) -> QHBoxLayout:
        self._heading = QLabel()
        set_role(self._heading, "heading")
        self.all_or_none = QPushButton()
        set_role(self.all_or_none, "link")
        self.all_or_none.clicked.connect(lambda checked: self._tick_all_or_none())
        row = QHBoxLayout()
        row.addWidget(self._heading, 1)
        row.addWidget(self.all_or_none)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        say = self._say
        self.start = QPushButton(self._context.look.icon("print", "on_accent"), say(N_("开始打印")))
        self.start.setDefault(True)
        set_role(self.start, "primary")
        self.close_ = QPushButton(say(N_("关闭")))
        self.start.clicked.connect(self._start)
        self.close_.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.start)
        row.addWidget(self.close_)
        return row

    @property
    def chosen(self) -> list[Offer]:
        """The papers that are ticked."""
        return [offer for place, offer in enumerate(self._offers) if self._is_ticked(place)]

    def _is_ticked(self, place: int) -> bool:
        return self.papers.item(place).checkState() == Qt.CheckState.Checked

    def done(self, result: int) -> None:
        """Close; what is being printed is stopped first."""
        if self._busy:
            self.progress.give_up()
            self._leaving = True
            return
        super().done(result)

    # Choosing -------------------------------------------------------------------------------------------------------

    def _show_offers(self, offers: list[Offer]) -> None:
        wanted = {offer.key for offer in offers if (offer.key == self._paper if self._paper else offer.due)}
        self._offers = offers
        for offer in offers:
            words = N_("{paper}（{count} 件有）") if len(self._cases) > 1 else "{paper}"
            item = QListWidgetItem(self._say(words, paper=self._title(offer), count=offer.count))
            item.setCheckState(Qt.CheckState.Checked if offer.key in wanted else Qt.CheckState.Unchecked)
            self.papers.addItem(item)
        self._set_ready(bool(offers))
        self._show_chosen()
        if not offers:
            self._refuse(DeskError(Sentence(N_("所选办件目前都没有可印的文书"))))
        self.papers.setCurrentRow(0)
        self.papers.setFocus()

    def _tick_all_or_none(self) -> None:
        state = Qt.CheckState.Unchecked if self.chosen else Qt.CheckState.Checked
        for place in range(self.papers.count()):
            self.papers.item(place).setCheckState(state)
        self.papers.setFocus()

    def _reread_offers(self, offers: list[Offer]) -> None:
        """Something has been printed since: another time would be again."""
        self._offers = offers
        self._show_chosen()

    def _title(self, offer: Offer) -> str:
        """What the paper is called; where the programmes call one of theirs by their own names, what these have in
        common, and so with all the others."""
        if offer.key not in BY_KEY or all(other.title for other in self._offers if other.key in BY_KEY):
            return offer.title or offer.key
        title = short_title(BY_KEY[offer.key], self._say)
        return title[:1].upper() + title[1:]

    def _show_chosen(self) -> None:
        """Say what will be left out, and what has been printed before."""
        chosen = self.chosen
        words = N_("已选 {cases} 件，勾选文书 {papers} 种，约 {count} 份") if chosen else N_("已选 {cases} 件")
        papers, count = len(chosen), sum(offer.count for offer in chosen)
        self._heading.setText(self._say(words, cases=len(self._cases), papers=papers, count=count))
        self.all_or_none.setText(self._say(N_("全不选") if chosen else N_("全选")))
        self.start.setEnabled(bool(chosen) and not self._busy)
        lacking = [len(self._cases) - offer.count for offer in chosen]
        again = sum(offer.again for offer in chosen)
        told = []
        if len(chosen) == 1 and lacking[0]:
            told.append(self._say(N_("有 {count} 件目前没有这种文书，将略过并逐件说明。"), count=lacking[0]))
        elif any(lacking):
            told.append(self._say(N_("有的办件没有其中某种文书，只印有的；一种都没有的将逐件说明。")))
        if again:
            told.append(self._say(N_("有 {count} 份印过，这次是重印，内容和文号与上次相同。"), count=again))
        self._about.setText("\n".join(told))
        self._about.setVisible(bool(told))

    # Printing -------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        chosen, way = self.chosen, self.way.currentIndex()
        if not chosen:
            return
        self._wrong.hide()
        keys = [offer.key for offer in chosen]
        title = self._title(chosen[0]) if len(chosen) == 1 else self._say(N_("文书{count}种"), count=len(chosen))
        if way == _ONE_JOB:
            self._start_job(keys, title)
        elif way == _ONE_FILE:
            path = ask_target(self, self._say(N_("另存为")), f"{title}.pdf", PDF)
            if path is not None:
                self.save(keys, path)
        else:
            folder = ask_folder(self, self._say(N_("存到哪个文件夹")))
            if folder is not None:
                self.save(keys, folder, suffix=".pdf" if way == _PDFS else ".xlsx")

    def save(self, keys: Sequence[str], path: Path, *, suffix: str = "") -> None:
        """Print into the file, or with a suffix each into a file of its own in the folder."""
        self._issue(keys, path, self._show_batch, suffix=suffix)

    def _start_job(self, keys: Sequence[str], title: str) -> None:
        try:
            printer = ask_for_printer(title, 0, self)
        except DeskError as error:
            self._refuse(error)
            return
        if printer is not None:
            self.send(keys, printer)

    def send(self, keys: Sequence[str], printer: QPrinter) -> None:
        """Print to the printer as one job."""
        folder = TemporaryDirectory(prefix="jinan-desk-", ignore_cleanup_errors=True)
        path = Path(folder.name) / "batch.pdf"

        def issued(batch: Batch) -> None:
            def printed(_: int) -> None:
                folder.cleanup()
                self._show_batch(batch)

            def failed(error: Exception) -> None:
                folder.cleanup()
                self._failed(error)

            self.progress.begin()
            self._printing.run(
                lambda progress, cancelled: print_pages(path, printer, progress, self.progress.is_given_up),
                printed,
                failed=failed,
            )

        self._issue(keys, path, issued, medium=PRINTER)

    def _issue(
        self, keys: Sequence[str], path: Path, then: Callable[[Batch], None], *, suffix: str = "", medium: str = ""
    ) -> None:
        self._busy = True
        self._set_ready(False)
        self.report.clear()
        self.progress.begin()
        notices, cases, progress = self._context.desk.notices, self._cases, self.progress
        self._ask(
            lambda: notices.issue_all(
                cases,
                keys,
                path,
                separate=bool(suffix),
                suffix=suffix or ".pdf",
                medium=medium,
                progress=progress.tell,
                cancelled=progress.is_given_up,
            ),
            then,
        )

    def _show_batch(self, batch: Batch) -> None:
        self._rest()
        lines = [self._say.read(sentence) for sentence in batch.sentences()]
        if batch.medium == PRINTER:
            lines[0] = self._say(N_("{told}，已送打印机"), told=lines[0])
        self.report.setPlainText("\n".join(lines[:_MOST_LINES]))
        self._context.tell(lines[0], Level.GOOD)
        self._ask(lambda: self._context.desk.notices.offered(self._cases), self._reread_offers)

    def _rest(self) -> None:
        self._busy = False
        self.progress.end()
        self._set_ready(bool(self._offers))
        if self._leaving:
            self.reject()

    def _set_ready(self, ready: bool) -> None:
        for part in (self.papers, self.way, self.all_or_none):
            part.setEnabled(ready)
        self.start.setEnabled(ready and bool(self.chosen))

    def _ask(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._context.store.ask(work, then, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, DeskError):
            raise error
        self._refuse(error)

    def _refuse(self, error: DeskError) -> None:
        self._wrong.setText(error.read(self._say.translate))
        self._wrong.show()
