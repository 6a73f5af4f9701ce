"""Several of some choices, ticked in a list that drops down from a button which names them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from jinan_desk.core.text import N_
from jinan_desk.gui.control import set_role
from jinan_desk.gui.words import Words
from jinan_desk.paths import resources_directory

_ROWS_SHOWN = 14
_ROOM, _ROW = 46, 28
_ARROW, _ARROW_IN = 12, 17
"""Pixels: the arrow, and how far from the right edge it begins."""
_BESIDE = 16
"""For the scroll bar."""


class Choices(QPushButton):
    """A button; pressed, it shows the choices. Up and down move, space ticks, Esc or Enter closes."""

    changed = Signal()

    def __init__(self, say: Words, *, name: str, everything: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._say = say
        self._everything = everything
        self.setAccessibleName(name)
        set_role(self, "choices")
        self._arrow = QIcon(str(resources_directory() / "icons" / "arrow.svg"))
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        for value, label in choices:
            item = QListWidgetItem(label)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(self.fontMetrics().horizontalAdvance(label) + _ROOM, _ROW))
            self.list.addItem(item)
        inside = QVBoxLayout(self._popup)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.list)
        self.list.itemChanged.connect(self._tell)
        self.list.itemActivated.connect(lambda item: self._popup.hide())
        self.clicked.connect(self._open)
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow stands where boxes of one choice have theirs, and is sharp on any screen."""
        super().paintEvent(event)
        place = QRect(self.width() - _ARROW_IN, (self.height() - _ARROW) // 2, _ARROW, _ARROW)
        self._arrow.paint(QPainter(self), place)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked; nothing for everything."""
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in self._ticked())

    def choose(self, values: Sequence[str]) -> None:
        """Tick these and no others; nobody is told."""
        self.list.blockSignals(True)
        for item in self._items():
            ticked = item.data(Qt.ItemDataRole.UserRole) in values
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._show()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _ticked(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _open(self) -> None:
        rows = min(self.list.count(), _ROWS_SHOWN)
        width = max(self.width(), self.list.sizeHintForColumn(0) + _BESIDE)
        self._popup.resize(width, rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth() + 4)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self.list.setCurrentRow(max(0, self.list.currentRow()))
        self.list.setFocus()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        ticked = [item.text() for item in self._ticked()]
        if not ticked:
            self.setText(self._everything)
        elif len(ticked) == 1:
            self.setText(ticked[0])
        else:
            self.setText(self._say(N_("{first}等 {count} 项"), first=ticked[0], count=len(ticked)))
        self.setToolTip(self._say.listed(ticked) or self._everything)
