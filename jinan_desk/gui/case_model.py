"""Cases as a model of any size: row numbers of all that fit, and pages of those that somebody looks at.

A million numbers are four megabytes; of the cases themselves no more than some pages are kept. Everything is read on
the store's thread; until a page is there its lines are blank.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import QWidget

from jinan_desk.core.determination import Outcome
from jinan_desk.core.text import N_
from jinan_desk.gui.case_line import (
    AMOUNT,
    APPLICANT,
    DUE,
    HEADS,
    ORDERS,
    OUTCOME,
    Line,
    line_of,
    width_of,
)
from jinan_desk.gui.context import Context
from jinan_desk.gui.look import VERDICT_COLOURS, VERDICT_ICONS
from jinan_desk.services.cases import Cases
from jinan_desk.services.listing import CaseFilter, CaseRow, Order, Sorting

Index = QModelIndex | QPersistentModelIndex

PAGE = 50
_KEPT = 80
"""Pages: four thousand cases, a few megabytes."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# Compared a thousand times a painting, as the plain numbers that Qt hands over.
_DISPLAY, _DECORATION, _TIP, _FONT, _FOREGROUND, _ALIGNMENT = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.TextAlignmentRole,
    )
)  # fmt: skip
_SAID: dict[int, tuple[int, ...]] = {
    _DISPLAY: tuple(HEADS), _TIP: tuple(HEADS), _DECORATION: (OUTCOME,),
    _FOREGROUND: (OUTCOME, DUE), _FONT: (APPLICANT,),
}  # fmt: skip
"""By role the columns that have anything to say: most that Qt asks for need no look at a case."""

_Page = list[Line | None]
"""None: the case is gone."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The first cases, how many are known of, and, where they have been told, the numbers of all."""

    rows: Sequence[CaseRow | None]
    count: int
    numbers: array[int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Looking for cases, on the store's thread; given up once it is `overtaken` by another one."""

    cases: Cases
    wanted: CaseFilter
    sorting: Sorting
    overtaken: Callable[[], bool]
    most: int | None

    def first(self) -> _Found | None:
        """The first page, or all where there are few; how many come after it is told by the count and the numbers."""
        if self.overtaken():
            return None
        if not self.cases.many(self.wanted):
            return self.whole()
        rows = self.cases.rows(self.wanted, sorting=self.sorting, limit=PAGE)
        return _Found(rows, len(rows))

    def count(self) -> int | None:
        """How many there are."""
        return None if self.overtaken() else self.cases.count(self.wanted)

    def numbers(self) -> array[int] | None:
        """The numbers of all."""
        return None if self.overtaken() else self.cases.numbers(
            self.wanted, self.sorting, self.overtaken, most=self.most
        )

    def whole(self) -> _Found | None:
        """The numbers of all, and the first page."""
        numbers = self.numbers()
        return None if numbers is None else _Found(self.cases.at(numbers[:PAGE]), len(numbers), numbers)


class CaseModel(QAbstractTableModel):
    """The cases that fit a filter, or the first so many (`most`) of them, in an order."""

    measured = Signal(int)
    """How many cases fit; it is still to be told which stands where."""
    counted = Signal(int)
    """How many cases fit, and all that there is to know of them is known."""

    def __init__(
        self, context: Context, parent: QWidget, *, hidden: tuple[int, ...] = (), most: int | None = None
    ) -> None:
        super().__init__(parent)
        self.most = most
        self._context = context
        self._say = context.say
        self._columns = [column for column in HEADS if column not in hidden]
        self._wanted = CaseFilter()
        self._sorting = Sorting()
        self._count = 0
        self._numbers: array[int] | None = array("i")
        self._pages: dict[int, _Page] = {}
        self._pending: set[int] = set()
        self._looked_at: deque[int] = deque(maxlen=6)
        self._ahead: set[int] = set()
        self._search: _Search | None = None
        self.same_list = False
        self.longest_amount = ""
        """Of the cases that have been read."""
        self._icons = {
            outcome: context.look.icon(name, VERDICT_COLOURS[outcome]) for outcome, name in VERDICT_ICONS.items()
        }
        self._verdicts = {outcome: context.look.verdict(outcome) for outcome in VERDICT_COLOURS}
        self._late = context.look.colour("bad")
        self._bold = QFont(QGuiApplication.font())
        self._bold.setBold(True)

    @property
    def wanted(self) -> CaseFilter:
        return self._wanted

    @property
    def sorting(self) -> Sorting:
        return self._sorting

    @property
    def complete(self) -> bool:
        """Whether it is known which case stands in which row."""
        return self._numbers is not None

    def show_cases(self, wanted: CaseFilter, sorting: Sorting) -> None:
        """Show the cases that fit; what is shown stays until the first of them are there.

        `same_list` says, while the model is reset, whether it is the same list as before, read again.
        """
        again = self._search is not None and self.complete and (wanted, sorting) == (self._wanted, self._sorting)
        self._wanted, self._sorting = wanted, sorting
        search = _Search(self._context.desk.cases, wanted, sorting, lambda: search is not self._search, self.most)
        self._search = search
        ask = self._context.store.ask
        if again or self.most is not None:
            ask(lambda: self._read(search.whole()), lambda found: self._show(search, found, same=again), owner=self)
        else:
            ask(lambda: self._read(search.first()), lambda found: self._show(search, found, same=False), owner=self)

    def _read(self, found: _Found | None) -> tuple[_Found, _Page] | None:
        return None if found is None else (found, self._page(found.rows))

    def _show(self, search: _Search, read: tuple[_Found, _Page] | None, *, same: bool) -> None:
        if read is not None and not search.overtaken():
            found, page = read
            self._reset(page, found.count, found.numbers, same=same)
            if found.numbers is None:
                ask = self._context.store.ask
                ask(search.count, lambda count: self._show_length(search, count), owner=self)
                ask(search.numbers, lambda numbers: self._show_numbers(search, numbers), owner=self)

    def _show_length(self, search: _Search, count: int | None) -> None:
        """Make room for all; which case stands in which row is told by the numbers."""
        if count is None or search.overtaken():
            return
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        self.measured.emit(count)

    def _show_numbers(self, search: _Search, numbers: array[int] | None) -> None:
        if numbers is None or search.overtaken():
            return
        if len(numbers) < self._count:
            self._reset([], len(numbers), numbers, same=True)
            return
        more = len(numbers) > self._count
        if more:
            self.beginInsertRows(QModelIndex(), self._count, len(numbers) - 1)
        self._count, self._numbers = len(numbers), numbers
        self._ahead = set(self._pages)
        if more:
            self.endInsertRows()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._columns) - 1))
        self.counted.emit(self._count)

    def _reset(self, page: _Page, count: int, numbers: array[int] | None, *, same: bool) -> None:
        self.same_list = same
        self.beginResetModel()
        self._pages = {0: page} if page else {}
        self.longest_amount = _longest_amount(page, self.longest_amount if same else "")
        self._ahead = set(self._pages)
        self._pending.clear()
        self._count, self._numbers = count, numbers
        self.endResetModel()
        if self.complete:
            self.counted.emit(count)

    def row(self, number: int) -> CaseRow | None:
        """The case in a row; None where it has not been read yet."""
        line = self.line(number)
        return None if line is None else line.row

    def numbers(self, first: int, last: int) -> array[int]:
        """The store's numbers of the rows from first to last, both counted."""
        return array("i") if self._numbers is None else self._numbers[first : last + 1]

    def place(self, number: int) -> int | None:
        """The row in which the case with the store's number stands."""
        try:
            return None if self._numbers is None else self._numbers.index(number)
        except ValueError:
            return None

    def column(self, section: int) -> int:
        """What a section of the table shows."""
        return self._columns[section]

    def section(self, order: Order) -> int:
        """The section that sorts by this, -1 where none does."""
        return next((place for place, column in enumerate(self._columns) if ORDERS[column] is order), -1)

    def widths(self, *, in_two: bool) -> list[int]:
        """The pixels that the sections want, where a text may stand on two lines or has to stand on one."""
        return [width_of(column, self._context, in_two=in_two) for column in self._columns]

    # Pages ----------------------------------------------------------------------------------------------------------

    def line(self, row: int) -> Line | None:
        """The line in a row; None where it has not been read yet, which is then done."""
        page, place = divmod(row, PAGE)
        lines = self._pages.get(page)
        if lines is None:
            self._fetch(page)
            return None
        if page in self._ahead:
            self._read_ahead(page)
        return lines[place] if place < len(lines) else None

    def _read_ahead(self, page: int) -> None:
        """Read the page beyond one that is looked at for the first time, in the direction of the scrolling."""
        self._ahead.discard(page)
        beyond = page - 1 if page + 1 in self._pages else page + 1
        if 0 <= beyond * PAGE < self._count and beyond not in self._pages:
            self._fetch(beyond)

    def _fetch(self, page: int) -> None:
        if not self._looked_at or self._looked_at[-1] != page:
            self._looked_at.append(page)
        if page in self._pending or self._numbers is None:
            return
        self._pending.add(page)
        search, cases = self._search, self._context.desk.cases
        first = page * PAGE
        numbers = self._numbers[first : first + PAGE]

        def read() -> _Page | None:
            """Nothing, where somebody has scrolled far beyond meanwhile."""
            return self._page(cases.at(numbers)) if search is self._search and page in self._looked_at else None

        def show(lines: _Page | None) -> None:
            if search is not self._search:
                return
            self._pending.discard(page)
            if lines is None:
                return
            for old in [known for known in self._pages if known not in self._looked_at][: len(self._pages) - _KEPT]:
                del self._pages[old]
            self._pages[page] = lines
            self.longest_amount = _longest_amount(lines, self.longest_amount)
            self._ahead.add(page)
            self.dataChanged.emit(self.index(first, 0), self.index(first + len(lines) - 1, len(self._columns) - 1))

        self._context.store.ask(read, show, owner=self)

    def _page(self, rows: Sequence[CaseRow | None]) -> _Page:
        """The lines of these cases; made on the store's thread."""
        return [None if row is None else line_of(row, self._context) for row in rows]

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._say(HEADS[self._columns[section]][0])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self._columns[section] == AMOUNT else _LEFT
            if role == Qt.ItemDataRole.ToolTipRole and self.most is None:
                return self._say(N_("点击排序，再点倒序；键盘：Alt+← → 换列，Alt+↑ ↓ 升序、降序"))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column == AMOUNT else None
        if column not in _SAID.get(role, ()):
            return None
        line = self.line(index.row())
        if line is None:
            return None
        return line.texts[column] if role in (_DISPLAY, _TIP) else self._style(line, column, role)

    def _style(self, line: Line, column: int, role: int) -> Any:
        if role == _DECORATION:
            return None if line.outcome is None else self.icon(line.outcome)
        return self.colour(line, column) if role == _FOREGROUND else self.bold(line, column)

    def icon(self, outcome: Outcome) -> QIcon:
        """The sign that stands before the word for an outcome."""
        return self._icons[outcome]

    def colour(self, line: Line, column: int) -> QColor | None:
        """The colour of a text that is not in that of all others."""
        if column == OUTCOME and line.outcome is not None:
            return self._verdicts[line.outcome]
        return self._late if column == DUE and line.late else None

    def bold(self, line: Line, column: int) -> QFont | None:
        """The font of a text that is to be seen first."""
        return self._bold if column == APPLICANT and line.row.conflict else None


def _longest_amount(page: _Page, known: str) -> str:
    """The longest text of an amount on the page, or the one that is known where none is longer."""
    return max([known, *(line.texts[AMOUNT] for line in page if line is not None)], key=len)
