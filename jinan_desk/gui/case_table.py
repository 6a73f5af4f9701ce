"""The table of a case model: sorted by its heads, selected by lines, by keyboard as by mouse."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from jinan_desk.core.text import N_
from jinan_desk.gui.case_line import (
    AMOUNT,
    APPLICANT,
    HEADS,
    LEAST,
    LEAST_IN_TWO,
    NUMBER,
    NUMBER_OF_YEAR,
    ORDERS,
    SHORT_NUMBER,
    STAGE,
)
from jinan_desk.gui.case_model import CaseModel
from jinan_desk.gui.case_painter import CasePainter
from jinan_desk.gui.context import Context
from jinan_desk.services.listing import Sorting

_LEAST_WIDTH = 40
_MOST_KEPT, _NEAR = 1_000, 200
"""Lines that are looked for one by one to be selected again, and how far away from where each stood."""
_ROW, _AROUND_TWO, _AROUND_AMOUNT = 32, 8, 14


class CaseTable(QTableView):
    """The table of a case model; Enter or a double click opens a case, a click on a head sorts.

    By keyboard, Alt with the arrows sorts: left and right by another column, up and down in another direction. Where
    there is no room for all on one line, every case has two.
    """

    opened = Signal(str)
    sorting_wanted = Signal(object)
    picked = Signal()
    """Other lines are selected."""

    def __init__(self, model: CaseModel, context: Context) -> None:
        super().__init__()
        self._cases = model
        self.setModel(model)
        self._painter = CasePainter(model, context.look, self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(context.say(N_("办件列表")))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(self._sort_by)
        self._wanted = {in_two: model.widths(in_two=in_two) for in_two in (False, True)}
        self._in_two = False
        self._for_amounts = 0
        self._chosen: set[int] = set()
        self._sharing = False
        head.setMinimumSectionSize(_LEAST_WIDTH)
        head.sectionResized.connect(self._remember_width)
        self._share_out()
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().selectionChanged.connect(lambda now, before: self.picked.emit())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._go_back)
        model.modelReset.connect(self._make_room_for_amounts)
        model.dataChanged.connect(self._make_room_for_amounts)
        self._place: tuple[int, int] | None = None
        self._kept: list[tuple[int, array[int]]] = []
        self.show_sorting(model.sorting)

    def show_sorting(self, sorting: Sorting) -> None:
        """Mark the column by which the list is sorted."""
        direction = Qt.SortOrder.DescendingOrder if sorting.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._cases.section(sorting.order), direction)

    @property
    def picked_count(self) -> int:
        """How many lines are selected."""
        return sum(last - first + 1 for first, last in self._ranges())

    def picked_numbers(self) -> array[int]:
        """The store's numbers of the selected lines, from top to bottom."""
        numbers = array("i")
        for first, last in self._ranges():
            numbers.extend(self._cases.numbers(first, last))
        return numbers

    def _ranges(self) -> list[tuple[int, int]]:
        """The selected lines, each once: one range for all of them, though there be a million."""
        ranges: list[tuple[int, int]] = []
        selection = self.selectionModel().selection()
        for first, last in sorted((selection.at(n).top(), selection.at(n).bottom()) for n in range(selection.count())):
            begin = max(first, ranges[-1][1] + 1) if ranges else first
            if begin <= last:
                ranges.append((begin, last))
        return ranges

    def pick(self, rows: tuple[int, int]) -> None:
        """Select the lines from the first to the last."""
        cases = self._cases
        chosen = QItemSelection(cases.index(rows[0], 0), cases.index(rows[1], cases.columnCount() - 1))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _open(self, row: int) -> None:
        case = self._cases.row(row)
        if case is not None:
            self.opened.emit(case.case)

    def _sort_by(self, section: int) -> None:
        self._sort(section, reverse=ORDERS[self._cases.column(section)] is self._cases.sorting.order)

    def _sort(self, section: int, *, reverse: bool = False) -> None:
        order = ORDERS[self._cases.column(section)]
        self.sorting_wanted.emit(Sorting(order, not self._cases.sorting.reverse if reverse else False))

    def _remember(self) -> None:
        index = self.currentIndex()
        numbers = self._cases.numbers(index.row(), index.row()) if index.isValid() else array("i")
        self._place = (numbers[0], self.verticalScrollBar().value()) if numbers else None
        ranges = self._ranges() if self.picked_count > 1 else []
        self._kept = [(first, self._cases.numbers(first, last)) for first, last in ranges]

    def _go_back(self) -> None:
        """Where the same list was read again, the cursor and what is selected stay on their cases."""
        if self._cases.same_list and self._place is not None:
            row = self._cases.place(self._place[0])
            self.verticalScrollBar().setValue(self._place[1])
            if row is not None:
                self.setCurrentIndex(self._cases.index(row, 0))
        else:
            self.scrollToTop()
            if self.hasFocus():
                self._begin()
        if self._cases.same_list and self._kept:
            self._pick_again()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._begin()
        super().focusInEvent(event)

    def _begin(self) -> None:
        """Where the keys are and no line is chosen yet, the first one is: Enter opens it."""
        if not self.currentIndex().isValid() and self._cases.rowCount():
            self.setCurrentIndex(self._cases.index(0, 0))

    def _pick_again(self) -> None:
        """Select what was selected, as far as it stands where it stood, near there, or has come to the top."""
        cases, last = self._cases, self._cases.columnCount() - 1
        top = {number: row for row, number in enumerate(cases.numbers(0, _NEAR))}
        again = QItemSelection()
        for first, numbers in self._kept:
            if numbers == cases.numbers(first, first + len(numbers) - 1):
                again.select(cases.index(first, 0), cases.index(first + len(numbers) - 1, last))
                continue
            if len(numbers) > _MOST_KEPT:
                continue
            begin = max(0, first - _NEAR)
            near = {number: row for row, number in enumerate(cases.numbers(begin, first + len(numbers) + _NEAR), begin)}
            rows = (near.get(number, top.get(number)) for number in numbers)
            for row in (row for row in rows if row is not None):
                again.select(cases.index(row, 0), cases.index(row, last))
        self.selectionModel().select(again, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    @property
    def in_two(self) -> bool:
        """Whether every case has two lines."""
        return self._in_two

    def _share_out(self) -> None:
        """The applicant's name gets the room that the others leave. Where there is not enough of it, texts stand on two
        lines, and what is always to be in sight gets narrower."""
        room = self.viewport().width()
        widths = self._widths(room, in_two=False)
        self._part(in_two=sum(widths) > room)
        if self._in_two:
            widths = self._widths(room, in_two=True)
        if sum(widths) > room:
            widths = self._narrower(widths, room)
        self._sharing = True
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)
        self._sharing = False

    def _make_room_for_amounts(self) -> None:
        """An amount is never cut: without its last digits it would be another one."""
        longest = self._cases.longest_amount
        needed = self.fontMetrics().horizontalAdvance(longest) + _AROUND_AMOUNT if longest else 0
        if needed != self._for_amounts:
            self._for_amounts = needed
            self._share_out()

    def _widths(self, room: int, *, in_two: bool) -> list[int]:
        wanted = [
            max(width, self._for_amounts) if self._cases.column(n) == AMOUNT and n not in self._chosen else width
            for n, width in enumerate(self._wanted[in_two])
        ]
        widths = [max(HEADS[APPLICANT][1], room - sum(wanted[1:])), *wanted[1:]]
        for section, width in enumerate(widths):
            if self._cases.column(section) == NUMBER and section not in self._chosen and not in_two:
                left = width - max(0, min(width - SHORT_NUMBER, sum(widths) - room))
                if left < width:  # no more than what is read of a part of it
                    widths[section] = max(part for part in (SHORT_NUMBER, NUMBER_OF_YEAR) if part <= left)
                    widths[0] += left - widths[section]
        return widths

    def _part(self, *, in_two: bool) -> None:
        """Give every case two lines, or one."""
        if in_two != self._in_two:
            self._in_two = self._painter.in_two = in_two
            self.setWordWrap(in_two)  # for the cell that the keys are on, which Qt draws
            high = 2 * self.fontMetrics().lineSpacing() + _AROUND_TWO if in_two else _ROW
            self.verticalHeader().setDefaultSectionSize(high)

    def _narrower(self, widths: list[int], room: int) -> list[int]:
        """What may yield gives up as much of its room as it takes, each the same part of what it can spare."""
        kept = [self._cases.column(n) in LEAST for n in range(len(widths))]
        bounds = LEAST_IN_TWO if self._in_two else LEAST
        least = self._least(widths, bounds)
        if sum(width for width, stays in zip(least, kept, strict=True) if stays) > room:
            least = self._least(widths, {**LEAST, STAGE: bounds[STAGE]})
        if sum(least) > room:  # the others are scrolled to
            room += sum(width for width, stays in zip(widths, kept, strict=True) if not stays)
        spare = sum(widths) - sum(least)
        left = max(0, min(spare, room - sum(least)))
        return [low + (width - low) * left // max(1, spare) for width, low in zip(widths, least, strict=True)]

    def _least(self, widths: list[int], bounds: Mapping[int, int]) -> list[int]:
        bounds = {**bounds, AMOUNT: max(bounds[AMOUNT], self._for_amounts)}
        return [
            width if n in self._chosen else min(width, bounds.get(self._cases.column(n), width))
            for n, width in enumerate(widths)
        ]

    def _remember_width(self, section: int, old: int, new: int) -> None:  # noqa: ARG002  (as Qt hands them over)
        """Somebody has made a column wider or narrower: so it is wanted from now on."""
        if not self._sharing:
            for wanted in self._wanted.values():
                wanted[section] = new
            self._chosen.add(section)

    def event(self, event: QEvent) -> bool:
        """Esc takes the selection back before it means anything else."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._unpicks(event):
            event.accept()
            return True
        return super().event(event)

    def _unpicks(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.picked_count > 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        elif self._unpicks(event):
            self.clearSelection()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _ARROWS:
            self._sort_by_arrow(Qt.Key(key))
        else:
            super().keyPressEvent(event)

    def _sort_by_arrow(self, key: Qt.Key) -> None:
        sorting = self._cases.sorting
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            reverse = sorting.order.descending != (key == Qt.Key.Key_Down)
            self.sorting_wanted.emit(Sorting(sorting.order, reverse))
            return
        step = 1 if key == Qt.Key.Key_Right else -1
        self._sort((self._cases.section(sorting.order) + step) % self._cases.columnCount())


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
