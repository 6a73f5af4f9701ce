"""The sidebar: the pages one can go to, and the chapters of the measures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import mark
from jinan_desk.gui.pages import PAGES
from jinan_desk.resources import Chapter, chapters

_WIDE, _NARROW = 184, 58


class Sidebar(QFrame):
    """The pages, and under 政策措施 the chapters; in a narrow window icons and numerals only."""

    picked = Signal(str)
    chapter_picked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("side")  # a file dialog of Qt has a "sidebar", too
        self._say = say = context.say
        self._look = context.look
        self._narrow: bool | None = None
        self._product = QLabel(say(N_("稳就业经办台")))
        self._product.setObjectName("product")
        self._subtitle = QLabel("济政发〔2020〕1号")
        self._subtitle.setObjectName("subtitle")
        self._emblem = QLabel()
        self._emblem.setPixmap(context.look.pixmap("desk", "side_mark", 26))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._product)
        names.addWidget(self._subtitle)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 8, 10)
        top.setSpacing(10)
        top.addWidget(self._emblem)
        top.addLayout(names, 1)
        self._buttons: dict[str, QPushButton] = {}
        self._chapters: list[QPushButton] = []
        self._group = QButtonGroup(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(1)
        for entry in PAGES:
            button = self._button("page", say(entry.title))
            button.setIcon(context.look.icon(entry.key, "side_text"))
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(partial(self.picked.emit, entry.key))
            self._group.addButton(button)
            self._buttons[entry.key] = button
            column.addWidget(button)
            if entry.key == "measures":
                for number, chapter in enumerate(chapters()):
                    button = self._chapter_button(chapter)
                    button.clicked.connect(partial(self.chapter_picked.emit, number))
                    self._chapters.append(button)
                    column.addWidget(button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(scroll, 1)
        self.make_narrow(False)

    def _chapter_button(self, chapter: Chapter) -> QPushButton:
        button = self._button("chapter", self._say.heading(chapter.numeral, chapter.name))
        button.setProperty("numeral", self._say(chapter.numeral))
        button.setProperty("name", self._say(chapter.name))
        return button

    def _button(self, role: str, name: str) -> QPushButton:
        button = QPushButton(name)
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("name", name)
        set_role(button, role)
        return button

    def show_picked(self, key: str, chapter: int) -> None:
        self._buttons[key].setChecked(True)
        for number, button in enumerate(self._chapters):
            button.setVisible(key == "measures")
            button.setChecked(number == chapter)

    def make_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        for label in (self._product, self._subtitle):
            label.setVisible(not narrow)
        for button in self._buttons.values():
            button.setText("" if narrow else button.property("name"))
            mark(button, narrow=narrow)
        for button in self._chapters:
            button.setText(button.property("numeral" if narrow else "name"))
            mark(button, narrow=narrow)
