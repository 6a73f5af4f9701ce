"""Several views of which one is shown, chosen by buttons above; each is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.gui.segments import Segments
from jinan_desk.gui.words import Words

View = tuple[str, Callable[[], QWidget]]
"""The name of a view, and how it is made."""


class SwitchedViews(QWidget):
    """A page of a few views."""

    def __init__(self, views: Sequence[View], say: Words) -> None:
        super().__init__()
        self.setObjectName("page")
        self._views = tuple(views)
        self._made: dict[int, QWidget] = {}
        self._segments = Segments([say(name) for name, _ in views], wraps=True)
        self._segments.picked.connect(self.show_view)
        self.picked = self._segments.picked
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 10)
        box.setSpacing(10)
        box.addWidget(self._segments)
        box.addWidget(self._stack, 1)
        self.show_view(0)

    def show_view(self, number: int) -> QWidget:
        """Show one of them, counted from 0."""
        if number not in self._made:
            self._made[number] = self._views[number][1]()
            self._stack.addWidget(self._made[number])
        self._segments.show_picked(number)
        self._stack.setCurrentWidget(self._made[number])
        return self._made[number]

    def show_named(self, name: str) -> QWidget:
        """Show the view of that name, as it was given."""
        return self.show_view([given for given, _ in self._views].index(name))

    @property
    def count(self) -> int:
        return len(self._views)

    @property
    def shown(self) -> QWidget:
        """The view that is shown."""
        return self._stack.currentWidget()
