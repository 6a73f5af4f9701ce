"""A printed file on the screen: its pages below one another, and small ones beside them that lead there.

A page is drawn when it is looked at, on the thread that reckons, and forgotten when many others have been: a roster of
four hundred pages opens as quickly as a letter and takes no more memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QWidget

from jinan_desk.core.text import N_
from jinan_desk.documents.raster import POINTS_PER_INCH, Sheets, draw
from jinan_desk.gui.control import set_role
from jinan_desk.gui.task import Worker
from jinan_desk.gui.words import Words

_SCREEN_DPI = 96
_GAP = 12
_KEPT = 12
"""Large pages that are kept drawn."""
_THUMB = 92
"""Width of a small page."""
_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}
_EDGE = QColor("#b9c2ca")


def page_picture(path: Path, number: int, scale: float) -> QImage:
    """A page (from 0) as a picture, so many pixels to a point. Any thread may ask."""
    picture = draw(path, number, scale)
    kind = _FORMATS[picture.channels]
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, kind).copy()


class PageStore(QObject):
    """The pages of one file as pictures, made when they are first asked for and then told of by `drawn`."""

    drawn = Signal(int)

    def __init__(self, path: Path, sheets: Sheets, reckoner: Worker, parent: QObject, *, kept: int) -> None:
        super().__init__(parent)
        self._path = path
        self._sheets = sheets
        self._reckoner = reckoner
        self._kept = kept
        self._pictures: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self.wanted: Callable[[int], bool] = lambda number: True
        """Whether a page is still being looked at when its turn comes."""

    def picture(self, number: int, width: int) -> QPixmap | None:
        """The page so many pixels wide, None while it is not drawn."""
        key = number, width
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._asked:
            self._asked.add(key)
            path, wanted, scale = self._path, self.wanted, width / self._sheets.sizes[number][0]
            self._reckoner.ask(
                lambda: page_picture(path, number, scale) if wanted(number) else None,
                lambda image: self._keep(key, image),
                owner=self,
                failed=lambda error: self._asked.discard(key),
            )
        return None

    def _keep(self, key: tuple[int, int], image: QImage | None) -> None:
        self._asked.discard(key)
        if image is not None:
            self._pictures[key] = QPixmap.fromImage(image)
            while len(self._pictures) > self._kept:
                self._pictures.popitem(last=False)
        self.drawn.emit(key[0])  # one that was let go is asked for again where it has come back into sight


class PaperView(QScrollArea):
    """The pages of a file in a column."""

    page_changed = Signal(int)
    """Another page (from 0) is the one looked at."""

    def __init__(self, say: Words, reckoner: Worker) -> None:
        super().__init__()
        self._canvas = _Canvas(say, reckoner)
        self._page = -1
        self.setWidget(self._canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.verticalScrollBar().valueChanged.connect(lambda value: self._look())

    @property
    def page(self) -> int:
        """The page (from 0) that takes the middle of the view."""
        return max(self._page, 0)

    def show_file(self, path: Path, sheets: Sheets) -> None:
        """Show a file from its first page."""
        self._canvas.show_file(path, sheets)
        self.verticalScrollBar().setValue(0)
        self._page = -1
        self._look()

    def clear(self) -> None:
        """Show nothing."""
        self._canvas.clear()

    def set_zoom(self, zoom: float) -> None:
        """Show the pages at so many times their size on paper, the same page in view."""
        page = self.page
        self._canvas.set_zoom(zoom)
        self.go_to(page)

    def fitting(self, zooms: tuple[float, ...]) -> int:
        """Which of the zooms is the largest at which a page is seen in its whole width."""
        room = self.viewport().width() - 2 * _GAP
        wide = self._canvas.widest() * _SCREEN_DPI / POINTS_PER_INCH
        return max((number for number, zoom in enumerate(zooms) if wide * zoom <= room), default=0)

    @property
    def places(self) -> Sequence[QRect]:
        """Where the pages lie on the sheet that is scrolled."""
        return self._canvas.places

    def go_to(self, page: int) -> None:
        """Bring the page (from 0) to the top."""
        self.verticalScrollBar().setValue(self._canvas.top_of(page) - _GAP // 2)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self._canvas.count - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = self._canvas.page_at(middle)
        if page != self._page:
            self._page = page
            self._canvas.tell_page(page)
            self.page_changed.emit(page)


class _Canvas(QWidget):
    """All pages, of which only those in sight are drawn."""

    def __init__(self, say: Words, reckoner: Worker) -> None:
        super().__init__()
        self._say = say
        self._reckoner = reckoner
        self._sheets = Sheets((), frozenset())
        self._zoom = 1.0
        self.places: list[QRect] = []
        self._sight: frozenset[int] = frozenset()
        self._store: PageStore | None = None
        self.tell_page(0)

    @property
    def count(self) -> int:
        return len(self._sheets.sizes)

    def show_file(self, path: Path, sheets: Sheets) -> None:
        self.clear()
        self._sheets = sheets
        self._store = PageStore(path, sheets, self._reckoner, self, kept=_KEPT)
        self._store.wanted = self._in_sight
        self._store.drawn.connect(self._show)
        self._arrange()

    def clear(self) -> None:
        if self._store is not None:
            self._store.deleteLater()
            self._store = None
        self._sheets = Sheets((), frozenset())
        self._arrange()

    def set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._arrange()

    def widest(self) -> float:
        """Points."""
        return max((width for width, _ in self._sheets.sizes), default=1.0)

    def top_of(self, page: int) -> int:
        return self.places[page].top() if page < len(self.places) else 0

    def page_at(self, y: int) -> int:
        return next((number for number, place in enumerate(self.places) if place.bottom() + _GAP >= y), 0)

    def tell_page(self, page: int) -> None:
        words = N_("第 {number} 页，共 {count} 页")
        self.setAccessibleName(self._say(words, number=page + 1, count=self.count))

    def _arrange(self) -> None:
        scale = self._zoom * _SCREEN_DPI / POINTS_PER_INCH
        wide = round(self.widest() * scale)
        y = _GAP
        places = []
        for width, height in self._sheets.sizes:
            size = QSize(round(width * scale), round(height * scale))
            places.append(QRect(QPoint(_GAP + (wide - size.width()) // 2, y), size))
            y += size.height() + _GAP
        self.places = places
        self.resize(wide + 2 * _GAP, y)
        self.update()

    def _in_sight(self, number: int) -> bool:
        """Asked from another thread."""
        return number in self._sight

    def _show(self, number: int) -> None:
        if number < len(self.places):
            self.update(self.places[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        sight = self.visibleRegion().boundingRect()
        self._sight = frozenset(number for number, place in enumerate(self.places) if place.intersects(sight))
        for number, place in enumerate(self.places):
            if not place.adjusted(-1, -1, 1, 1).intersects(event.rect()):
                continue
            painter.fillRect(place, Qt.GlobalColor.white)
            picture = self._store.picture(number, round(place.width() * ratio)) if self._store is not None else None
            if picture is not None:  # its last line, which is a part of one, is left out rather than all pressed
                wide, high = round(place.width() * ratio), round(place.height() * ratio)
                painter.drawPixmap(place, picture, QRect(0, 0, wide, high))
            painter.setPen(_EDGE)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))


class Thumbnails(QListWidget):
    """The pages of a file, small; the one that is chosen is to be shown."""

    def __init__(self, say: Words, reckoner: Worker) -> None:
        super().__init__()
        self._say = say
        self._reckoner = reckoner
        self._store: PageStore | None = None
        set_role(self, "thumbnails")
        self.setAccessibleName(say(N_("页面缩略图")))
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setFlow(QListWidget.Flow.TopToBottom)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_THUMB + 46)
        self.verticalScrollBar().valueChanged.connect(lambda value: self._draw())

    def show_file(self, path: Path, sheets: Sheets) -> None:
        """Show the pages of a file."""
        self.clear_file()
        self._store = PageStore(path, sheets, self._reckoner, self, kept=len(sheets.sizes))
        self._store.drawn.connect(self._show)
        tallest = max(height / width for width, height in sheets.sizes)
        box = QSize(_THUMB, round(_THUMB * tallest))
        self.setIconSize(box)
        for number in range(len(sheets.sizes)):
            item = QListWidgetItem(str(number + 1))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setSizeHint(QSize(_THUMB + 20, box.height() + 30))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._say(N_("第 {number} 页"), number=number + 1))
            self.addItem(item)
        self.show_page(0)
        self._draw()

    def clear_file(self) -> None:
        """Show nothing."""
        if self._store is not None:
            self._store.deleteLater()
            self._store = None
        self.clear()

    def show_page(self, page: int) -> None:
        """Mark the page that is looked at, without asking for it again."""
        self.blockSignals(True)
        self.setCurrentRow(page)
        self.blockSignals(False)
        item = self.item(page)
        if item is not None:
            self.scrollToItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        """Have those in sight drawn."""
        sight = self.viewport().rect()
        for number in range(self.count()):
            if self.visualItemRect(self.item(number)).intersects(sight):
                self._show(number)

    def _show(self, number: int) -> None:
        item = self.item(number)
        if self._store is None or item is None or not item.icon().isNull():
            return
        ratio = self.devicePixelRatioF()
        picture = self._store.picture(number, round(_THUMB * ratio))
        if picture is not None:
            framed = QPixmap(picture)
            painter = QPainter(framed)
            painter.setPen(_EDGE)
            painter.drawRect(framed.rect().adjusted(0, 0, -1, -1))
            painter.end()
            framed.setDevicePixelRatio(ratio)
            item.setIcon(QIcon(framed))
