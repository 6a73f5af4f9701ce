"""Sentences that lead somewhere when they are pressed: to a field, to a case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.answer import Pointer
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.symbol import Symbol, level

MOST_POINTERS = 6
"""So many are listed; of the others it is said how many there are."""

_LEAST_WIDTH = 80


class Section(QWidget):
    """A heading with something below it; gone while there is nothing."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = QLabel(title)
        set_role(self.heading, "section")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4)
        self.box.addWidget(self.heading)


class Pointers(Section):
    """Sentences that lead to where something is filled in."""

    wanted = Signal(str)

    def __init__(self, title: str, icon: str, colour: str, context: Context) -> None:
        super().__init__(title)
        self._title = title
        self._say = context.say
        self._buttons: list[QPushButton] = []
        self._icon = context.look.icon(icon, colour)
        self._rest = QLabel()
        set_role(self._rest, "small")
        self.box.addWidget(self._rest)

    def show_pointers(self, pointers: Sequence[Pointer], count: int | None = None) -> None:
        """Show the first of these; `count` is how many there are where not all are given."""
        shown = pointers[:MOST_POINTERS]
        while len(self._buttons) < len(shown):
            self._buttons.append(self._new_button())
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(shown))
            if number < len(shown):
                button.setText(shown[number].text)
                button.setProperty("path", shown[number].path)
                button.setEnabled(True)
        count = len(pointers) if count is None else count
        self.heading.setText(self._say.beside(self._title, count) if count > 1 else self._title)
        self._rest.setText(self._say(N_("还有 {count} 项"), count=count - len(shown)))
        self._rest.setVisible(count > len(shown))
        self.setVisible(bool(pointers))

    @property
    def texts(self) -> list[str]:
        return [button.text() for button in self._buttons if not button.isHidden()]

    def _new_button(self) -> QPushButton:
        button = WrappingButton(self._icon.pixmap(16, 16))
        button.clicked.connect(lambda: self.wanted.emit(button.property("path")))
        self.box.insertWidget(len(self._buttons) + 1, button)
        return button


class WrappingButton(QPushButton):
    """A link of an icon and a text that may take several lines."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        set_role(self, "link")
        self._label = EvenLabel()
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        symbol = Symbol()
        symbol.setPixmap(picture)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 1, 4, 1)
        row.setSpacing(6)
        row.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(level(self._label), 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def text(self) -> str:
        return self._label.text()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else 0

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, 24)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()
