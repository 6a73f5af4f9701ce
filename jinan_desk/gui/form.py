"""The fields of a case as a form: groups of labelled controls in as many columns as there is room for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jinan_desk.core.field import Field
from jinan_desk.core.text import Sentence
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.field_box import FieldBox

_COLUMN = 236
_COLUMNS = 3
_SIDE, _GAP = 17, 20
_AROUND = 24
"""Pixels that are seen above and below a field that somebody is led to."""


class FieldGroup(QFrame):
    """A card with a heading and its fields."""

    def __init__(self, title: str, fields: Sequence[Field], draft: Draft, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        heading = EvenLabel(title)
        set_role(heading, "heading")
        self.boxes = [FieldBox(field, draft, context, self) for field in fields]
        self._wanted = self.boxes
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self._grid.setVerticalSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(_SIDE, 10, _SIDE, 12)
        box.setSpacing(8)
        box.addWidget(heading)
        box.addLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._arrange(1)

    def minimumSizeHint(self) -> QSize:
        return QSize(_COLUMN, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, min(_COLUMNS, (event.size().width() - 12) // _COLUMN))
        self._arrange(columns)
        room = event.size().width() - 2 * _SIDE - _GAP * (columns - 1)
        for column in range(_COLUMNS):  # the same in every group, however few fields it has
            self._grid.setColumnMinimumWidth(column, room // columns if column < columns else 0)

    def show_only(self, wanted: Callable[[str], bool]) -> None:
        """Show the fields of these keys; without any the group is gone, too."""
        self._wanted = [box for box in self.boxes if wanted(box.key)]
        for box in self.boxes:
            box.setVisible(box in self._wanted)
        self.setVisible(bool(self._wanted))
        columns, self._columns = self._columns, 0
        self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for number, box in enumerate(self._wanted):
            self._grid.addWidget(box, *divmod(number, columns), Qt.AlignmentFlag.AlignTop)
        self._columns = columns


class Form(QScrollArea):
    """The groups of one draft, one below the other, in the order of the declaration, below them what is added. A long
    form that is not to be waited for (`by_and_by`) makes one group whenever the window has nothing else to do; who
    asks for a field, or for all of them, has them."""

    focus_moved = Signal()
    """The focus has gone from one control to the next."""

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[Field]]],
        draft: Draft,
        context: Context,
        parent: QWidget,
        *,
        title: str = "",
        by_and_by: bool = False,
    ) -> None:
        super().__init__(parent)
        self._draft, self._context = draft, context
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = QWidget(self)  # widgets are made inside what is there: moving them later costs their style again
        self.setWidget(self._sheet)
        self._box = QVBoxLayout(self._sheet)
        self._box.setContentsMargins(0, 0, 4, 0)
        self._box.setSpacing(8)
        self._boxes: dict[str, FieldBox] = {}
        self._groups: list[FieldGroup] = []
        if title:
            head = EvenLabel(title)
            set_role(head, "form")
            self._box.addWidget(head)
        self._box.addStretch()
        self._wrong: Mapping[str, Sentence] = {}
        self._left = deque((title, fields) for title, fields in groups if fields)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._make_group)
        if by_and_by:
            self._idle.start(0)
        else:
            self.make_all()

    def add(self, widget: QWidget) -> None:
        """Put something below the groups, which has the room that they leave."""
        self._box.takeAt(self._box.count() - 1)
        self._box.addWidget(widget, 1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        self.focus_moved.emit()
        return moved

    @property
    def complete(self) -> bool:
        """Whether all groups are there."""
        return not self._left

    def make_all(self) -> None:
        """Make the groups that are not there yet."""
        while self._left:
            self._make_group()

    def _make_group(self) -> None:
        if self._left:
            title, fields = self._left.popleft()
            group = FieldGroup(title, fields, self._draft, self._context, self._sheet)
            before: QWidget = self._groups[-1].boxes[-1].control if self._groups else self
            for box in group.boxes:  # what is made later would else come after all that was made meanwhile
                QWidget.setTabOrder(before, box.control)
                before = box.control
            self._box.insertWidget(self._box.count() - 1, group)
            self._groups.append(group)
            for field_box in group.boxes:
                self._boxes[field_box.key] = field_box
                field_box.show_wrong(self._wrong.get(field_box.key))
        if not self._left:
            self._idle.stop()

    def show_wrong(self, wrong: Mapping[str, Sentence]) -> None:
        self._wrong = wrong
        for key, box in self._boxes.items():
            box.show_wrong(wrong.get(key))

    def show_only(self, wanted: Callable[[str], bool]) -> None:
        """Show the fields of these keys, and the groups that have any."""
        self.make_all()
        for group in self._groups:
            group.show_only(wanted)

    def lock(self, locked: bool) -> None:
        self.make_all()
        for box in self._boxes.values():
            box.lock(locked)

    def box(self, key: str) -> FieldBox | None:
        if key not in self._boxes:
            self.make_all()
        return self._boxes.get(key)

    @property
    def last(self) -> QWidget:
        """The control that is filled in last."""
        self.make_all()
        return list(self._boxes.values())[-1].control

    def begin(self) -> None:
        """Put the cursor into the first field that is still empty."""
        self.make_all()
        boxes = list(self._boxes.values())
        if boxes:
            self._lead_to(next((box for box in boxes if box.empty), boxes[0]))

    def go_to(self, key: str) -> None:
        """Put the cursor into the field of this key, where there is one."""
        box = self.box(key)
        if box is not None:
            self._lead_to(box)

    def _lead_to(self, box: FieldBox) -> None:
        self.ensureWidgetVisible(box, 0, _AROUND)
        box.control.setFocus()
