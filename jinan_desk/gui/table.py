"""A plain table of texts and numbers to be read: heads, rows, totals in bold. Lists of cases are another thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)  # fmt: skip
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from jinan_desk.gui.even_lines import even_lines

Index = QModelIndex | QPersistentModelIndex
Value = str | int | Decimal | None

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEAST, _AROUND_HEAD, _AROUND_TEXT = 140, 14, 16
_ROUNDED = 2
"""Pixels that a text may be wider than it was measured, since widths are measured in whole pixels."""
_KEPT = 32
"""Of the whole width (percent) what the one column keeps while others take more than their own."""
_LOOKED_AT = 80
"""Rows from the top whose texts decide how wide a column is."""
_ROW, _ABOVE_AND_BELOW = 30, 12
_UNFOLDED = 2_000
"""Rows from the top that are as high as their texts."""
_LINES = 3


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, its width in pixels (0: what the others leave), and whether numbers stand in it."""

    title: str
    width: int = 0
    numeric: bool = False


class TableModel(QAbstractTableModel):
    """Rows that are all there."""

    def __init__(self, heads: Sequence[Head], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self._rows: list[Sequence[Value]] = []
        self._totals: frozenset[int] = frozenset()
        self._bold = QFont(QGuiApplication.font())
        self._bold.setBold(True)

    def show_rows(self, rows: Sequence[Sequence[Value]], totals: Sequence[int] = ()) -> None:
        """Show these; the rows at the places of `totals` in bold."""
        self.beginResetModel()
        self._rows = list(rows)
        self._totals = frozenset(totals)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.heads[section].numeric else _LEFT
        return self.heads[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and self.heads[index.column()].numeric:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and index.row() in self._totals:
            return self._bold
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return shown(self._rows[index.row()][index.column()])
        return None


def shown(value: Value) -> str:
    """A number as people read it, with thousands apart; nothing for nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:,}"


class Table(QTableView):
    """The table of a model, a line at a time; Ctrl+C copies the line. One column takes the room the others leave.

    Texts that are longer than their column stand on as many `lines` as they need, and are cut where that is not enough.
    """

    def __init__(
        self, model: QAbstractItemModel, name: str, widths: Sequence[int], *, lines: int = _LINES
    ) -> None:
        super().__init__()
        self._widths = tuple(widths)
        self._lines = lines
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.setItemDelegate(_EvenCells(self))
        self._bold = QFont(QGuiApplication.font())
        self._bold.setBold(True)
        self._longest_known: dict[int, int] = {}
        self._room = -1
        """The width for which columns and rows were measured last."""
        model.modelReset.connect(self._measure_anew)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._room:  # a table is laid out several times before it is seen
            self._share_out()

    def _measure_anew(self) -> None:
        self._longest_known.clear()
        self._share_out()

    def _share_out(self) -> None:
        room = self._room = self.viewport().width()
        if not self._give_all_their_room(room):
            self._divide(room)
        self._unfold_rows()

    def _give_all_their_room(self, room: int) -> bool:
        """Give every column what its longest text takes, and of what it would like beyond that the same part as all;
        False where there is no room for the texts."""
        needed = [max(self._head(column), self._longest(column)) for column in range(len(self._widths))]
        left = room - sum(needed)
        if left < 0 or 0 not in self._widths:
            return False
        wanted = [max(0, width - need) if width else 0 for width, need in zip(self._widths, needed, strict=True)]
        given = min(left, sum(wanted))
        for column, more in enumerate(wanted):
            if self._widths[column]:
                part = more * given // max(1, sum(wanted))
                left -= part
                self.setColumnWidth(column, needed[column] + part)
        one = self._widths.index(0)
        self.setColumnWidth(one, needed[one] + left)
        return True

    def _unfold_rows(self) -> None:
        high: dict[tuple[int, str, bool], int] = {}
        for row in range(min(self.model().rowCount(), _UNFOLDED)):
            bold = self.model().index(row, 0).data(Qt.ItemDataRole.FontRole) is not None
            cells = [(column, self._text(row, column), bold) for column in range(len(self._widths))]
            for cell in cells:
                if cell not in high:
                    high[cell] = self._height(*cell)
            self.setRowHeight(row, max(_ROW, *(high[cell] + _ABOVE_AND_BELOW for cell in cells)))

    def _height(self, column: int, text: str, bold: bool) -> int:
        metrics = QFontMetrics(self._bold if bold else self.font())
        needed = metrics.boundingRect(self._cell(column), Qt.TextFlag.TextWordWrap, text).height()
        return min(needed, self._lines * metrics.lineSpacing())

    def _cell(self, column: int) -> QRect:
        """The room for a text, as long as it need be."""
        return QRect(0, 0, max(1, self.columnWidth(column) - _AROUND_TEXT + _ROUNDED), 0)

    def evened(self, text: str, column: int, metrics: QFontMetrics) -> str:
        """A text on about equally long lines, where it stands whole on several; those below are set in as the first."""
        room = self._cell(column)
        if metrics.horizontalAdvance(text) <= room.width() or "\n" in text:
            return text
        lines = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() // metrics.lineSpacing()
        inset = text[: len(text) - len(text.lstrip())]
        even = [inset + line for line in even_lines(text.strip(), lines, metrics.horizontalAdvance)]
        fits = 1 < lines <= self._lines and max(map(metrics.horizontalAdvance, even)) <= room.width() - _ROUNDED
        return "\u2028".join(even) if fits else text

    def _text(self, row: int, column: int) -> str:
        return str(self.model().index(row, column).data() or "")

    def _divide(self, room: int) -> None:
        """Give every column its width and, as far as there is room, what its longest text takes beyond it."""
        kept = max(_LEAST, room * _KEPT // 100) if 0 in self._widths else 0
        left = room - kept
        numbers = [self._longest(column) if self._is_numeric(column) else 0 for column in range(len(self._widths))]
        least = [
            max(width, self._head(column), numbers[column]) if width else 0
            for column, width in enumerate(self._widths)
        ]
        if sum(least) > left:  # none keeps room that its texts do not take, and the one column gives up of its share
            least = [
                max(self._head(column), numbers[column], min(width, self._longest(column))) if width else 0
                for column, width in enumerate(self._widths)
            ]
            kept = min(kept, max(_LEAST, room - sum(least)))
            left = room - kept
            widest = max(range(len(least)), key=least.__getitem__)
            spare = max(0, least[widest] - max(_LEAST, self._head(widest), numbers[widest]))
            least[widest] -= min(spare, max(0, sum(least) - left))
        left -= sum(least)
        for column, width in enumerate(self._widths):
            if width:
                more = min(max(0, self._longest(column) - least[column]), max(0, left), width)
                left -= more
                self.setColumnWidth(column, least[column] + more)
        if 0 in self._widths:
            self.setColumnWidth(self._widths.index(0), max(_LEAST, kept + left))

    def _is_numeric(self, column: int) -> bool:
        """Whether numbers stand in a column: they are never cut, they would be others."""
        alignment = self.model().headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        return bool(alignment == _RIGHT)

    def _head(self, column: int) -> int:
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return QFontMetrics(self._bold).horizontalAdvance(title) + _AROUND_HEAD

    def _longest(self, column: int) -> int:
        """The room that the texts at the top of a column take; measured once as long as the model is not reset."""
        if column in self._longest_known:
            return self._longest_known[column]
        measure = QFontMetrics(self._bold)
        texts = (self._text(row, column) for row in range(min(self.model().rowCount(), _LOOKED_AT)))
        self._longest_known[column] = max(map(measure.horizontalAdvance, texts), default=0) + _AROUND_TEXT
        return self._longest_known[column]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            row = self.currentIndex()
            cells = [str(row.siblingAtColumn(n).data() or "") for n in range(self.model().columnCount())]
            QGuiApplication.clipboard().setText("\t".join(cells))
        else:
            super().keyPressEvent(event)


class _EvenCells(QStyledItemDelegate):
    """Cells of a table in which no last line is a stray word."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        text: str = option.text  # type: ignore[attr-defined]
        option.text = self._table.evened(text, index.column(), option.fontMetrics)  # type: ignore[attr-defined]
