"""A chart as it would be printed, drawn for the room there is: a page of PDF, shown as its picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from jinan_desk.documents.bars import Ink
from jinan_desk.gui.context import Context
from jinan_desk.gui.paper_view import page_picture

_PAUSE = 120
_POINTS_PER_PIXEL = 0.75
_LEAST = 140

Draw = Callable[[Path, Ink], None]
"""Draws the chart on a page of PDF."""


class ChartView(QLabel):
    """The picture of one chart; it is drawn again when there is another room for it."""

    def __init__(self, name: str, context: Context) -> None:
        super().__init__()
        self._context = context
        self._draw: Draw | None = None
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._redraw)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(_LEAST, _LEAST)

    def show_chart(self, draw: Draw) -> None:
        """Show another chart."""
        self._draw = draw
        self._redraw()

    @property
    def waiting(self) -> bool:
        """Whether the chart is still to be drawn."""
        return self._pause.isActive()

    def sizeHint(self) -> QSize:
        return QSize(400, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pause.start()

    def _redraw(self) -> None:
        self._pause.stop()
        draw, ink = self._draw, self._ink()
        if draw is None or self.width() < _LEAST or self.height() < _LEAST:
            return
        self._asked += 1
        asked, ratio = self._asked, self.devicePixelRatioF()

        def picture() -> QImage:
            with TemporaryDirectory(prefix="jinan-desk-") as folder:
                page = Path(folder) / "chart.pdf"
                draw(page, ink)
                return page_picture(page, 0, ratio / _POINTS_PER_PIXEL)

        def show(image: QImage) -> None:
            if asked == self._asked:
                pixmap = QPixmap.fromImage(image)
                pixmap.setDevicePixelRatio(ratio)
                self.setPixmap(pixmap)

        self._context.reckoner.ask(picture, show, owner=self)

    def _ink(self) -> Ink:
        colours = self._context.look.colours
        return Ink(
            text=colours["text"],
            muted=colours["muted"],
            line=colours["line"],
            ground=colours["surface"],
            bars=(colours["chart"], colours["chart_second"]),
            width=self.width() * _POINTS_PER_PIXEL,
            height=self.height() * _POINTS_PER_PIXEL,
        )
