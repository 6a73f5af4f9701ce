"""The manual (使用手册) in a window of its own, which stays open beside the work. Its texts ship with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QImage, QPainter, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.paths import manual_directory
from jinan_desk.resources import manual_chapters, manual_text

_CHINESE, _ENGLISH = "zh_CN", "en"
_LIST_WIDTH = 200
_MARGIN = 18
_EDGE = 16
_BETWEEN, _ABOVE_HEADING = 4, 14
_LINE_PERCENT = 140
_PICTURE = "\ufffc"
_DARK = 128
"""A ground that is less light than this is one on which a light picture would dazzle."""
_DIMMED = 0.35
"""How much of such a ground lies over a picture."""
_KEY = Qt.ItemDataRole.UserRole


class ManualDialog(FittingDialog):
    """All chapters at the left, the one that is read at the right."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say = context.say
        self._language = _ENGLISH if QLocale().language() == QLocale.Language.English else _CHINESE
        self.setWindowTitle(say(N_("使用手册")))
        self.resize(1080, 720)
        self.chapters = QListWidget()
        self.chapters.setAccessibleName(say(N_("章节")))
        self.chapters.setFixedWidth(_LIST_WIDTH)
        for key in manual_chapters():
            title = manual_text(key, self._language).partition("\n")[0].removeprefix("#").strip()
            item = QListWidgetItem(title, self.chapters)
            item.setData(_KEY, key)
        self.text = _Text(manual_directory() / self._language)
        self.text.setAccessibleName(say(N_("使用手册")))
        self.text.anchorClicked.connect(self._follow)
        self.chapters.currentItemChanged.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.chapters)
        row.addWidget(self.text, 1)

    def open_at(self, key: str) -> None:
        """Show a chapter, and the dialog in front of whatever covers it."""
        self.show()
        self.layout().activate()  # the pictures are made as wide as there is room
        self.chapters.setCurrentRow(manual_chapters().index(key))
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    @property
    def chapter(self) -> str:
        """The key of the chapter that is read."""
        return str(self.chapters.currentItem().data(_KEY))

    def _show(self) -> None:
        self.text.show_markdown(manual_text(self.chapter, self._language))

    def _follow(self, url: QUrl) -> None:
        key = Path(url.path()).stem
        if key in manual_chapters():
            self.chapters.setCurrentRow(manual_chapters().index(key))


class _Text(QTextBrowser):
    """One chapter. Its pictures are as wide as there is room."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)

    def show_markdown(self, markdown: str) -> None:
        self.setMarkdown(markdown)
        block = self.document().begin()
        while block.isValid():
            _space_out(block)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """A picture of the manual, which is made smaller where it would be cut, and dimmed in a dark window."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, url)
        image = self._dimmed(QImage(str(self._folder / QUrl(url).path())))
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * _MARGIN) * ratio) - _EDGE
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    def _dimmed(self, image: QImage) -> QImage:
        ground = self.palette().base().color()
        if image.isNull() or ground.lightness() >= _DARK:
            return image
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        ground.setAlphaF(_DIMMED)
        painter = QPainter(image)
        painter.fillRect(image.rect(), ground)
        painter.end()
        return image


def _space_out(block: QTextBlock) -> None:
    """Give a paragraph room around it and between its lines, of which a picture is one."""
    room = QTextBlockFormat()
    room.setTopMargin(_ABOVE_HEADING if block.blockFormat().headingLevel() > 1 else _BETWEEN)
    room.setBottomMargin(_BETWEEN)
    if _PICTURE not in block.text():
        room.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    QTextCursor(block).mergeBlockFormat(room)
