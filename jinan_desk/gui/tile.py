"""A card with a number and a word, that can be pressed and leads to what it counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.control import set_role
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.look import mark
from jinan_desk.gui.words import Words

_FEWEST, _MOST = 3, 6
_BETWEEN, _BETWEEN_LOW = 10, 6
_HIGH, _LOW = 44, 32
"""Pixels, as the style sheet has them."""


class Tile(QPushButton):
    """`verdict` colours the number, as a banner is coloured; what it means stands in the word below."""

    def __init__(self, say: Words, label: str, count: int, action: Callable[[], object], *, verdict: str = "") -> None:
        super().__init__()
        set_role(self, "tile")
        self.lie_low(low=False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(label)
        self.setAccessibleName(say(N_("{stage} {count} 件"), stage=label, count=count))
        self.clicked.connect(lambda checked: action())
        number = QLabel(f"{count:,}")
        set_role(number, "figure")
        if verdict:
            number.setProperty("verdict", verdict)
        name = ElidedLabel(label)
        set_role(name, "muted")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 4, 8, 4)
        inside.setSpacing(8)
        for part, stretch in ((number, 0), (name, 1)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(part, stretch)

    def lie_low(self, *, low: bool) -> None:
        """Take less height, or as much as is good to look at."""
        self.setMinimumHeight(_LOW if low else _HIGH)
        mark(self, low=low)


class TileGrid(QWidget):
    """Tiles under a heading; nothing at all where there is none."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = QLabel(heading)
        set_role(self.heading, "heading")
        self._tiles: list[Tile] = []
        self._low = False
        self._grid = QGridLayout()
        self._grid.setSpacing(_BETWEEN)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(8)
        box.addWidget(self.heading)
        box.addLayout(self._grid)
        self.hide()

    def show_tiles(self, tiles: list[Tile]) -> None:
        """Show these in place of those that were there."""
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        self._tiles = tiles
        self.lie_low(low=self._low)
        self._lay_out()
        self.setVisible(bool(tiles))

    def lie_low(self, *, low: bool) -> None:
        """Let the tiles take less height, so that a low window has room for what is below them."""
        self._low = low
        self._grid.setVerticalSpacing(_BETWEEN_LOW if low else _BETWEEN)
        for tile in self._tiles:
            tile.lie_low(low=low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """As many side by side as have room for their words, within limits."""
        widest = max((tile.layout().sizeHint().width() for tile in self._tiles), default=0)
        columns = max(_FEWEST, min(_MOST, (self.width() + _BETWEEN) // (widest + _BETWEEN)))
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, *divmod(place, columns))
        for column in range(_MOST):
            self._grid.setColumnStretch(column, int(column < columns))
