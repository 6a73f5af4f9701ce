"""The fields of a case as a form: groups of labelled controls in as many columns as there is room for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jinan_desk.core.dates import parse_date
from jinan_desk.core.field import Field
from jinan_desk.core.kind import IdNumber
from jinan_desk.core.text import Sentence
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import make_control, set_role
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.line_control import PrivateControl
from jinan_desk.services.applicants import identity
from jinan_desk.services.entry import ON

_COLUMN = 236
_COLUMNS = 3
_SIDE, _GAP = 17, 20


class FieldBox(QWidget):
    """A control with its label above and, below, what is wrong with it. Its help shows while it has the focus.

    What is wrong is said once the field is left: nobody is told off in the middle of a number.
    """

    def __init__(self, field: Field, draft: Draft, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say = context.say
        self.key = field.key
        self._draft = draft
        self._say = say
        help_ = say(field.help) if field.help else ""
        self._wrong: Sentence | None = None
        label = ElidedLabel(say(field.label))
        set_role(label, "label")
        self.control = make_control(field, say, context.look)
        name = say(field.label) + (f" {say(field.unit)}" if field.unit else "")
        self.control.setAccessibleName(name)
        self.control.setAccessibleDescription(help_)
        self.control.setToolTip(help_)
        if help_:
            self.control.entered.connect(lambda: context.bus.hinted.emit(say.told(name, help_)))
        label.setBuddy(self.control)
        self._told = QLabel()
        self._told.setWordWrap(True)
        set_role(self._told, "unit")
        self._told.hide()
        self._note = QLabel()
        self._note.setWordWrap(True)
        set_role(self._note, "wrong")
        self._note.hide()
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.control, 1)
        if field.unit:
            unit = QLabel(say(field.unit))
            set_role(unit, "unit")
            line.addWidget(unit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(label)
        box.addLayout(line)
        box.addWidget(self._told)
        box.addWidget(self._note)
        box.addStretch(1)
        self._follow_draft(field, context)

    def _follow_draft(self, field: Field, context: Context) -> None:
        draft = self._draft
        self.control.show_text(draft.text(field.key))
        self.control.typed.connect(lambda text: draft.set_text(field.key, text))
        self.control.left.connect(self._show_note)
        self.control.left.connect(lambda: context.bus.hinted.emit(""))
        if isinstance(self.control, PrivateControl):
            self.control.reveal_wanted.connect(draft.veil.lift)
            draft.veil.changed.connect(self._conceal)
            self._conceal()
        if isinstance(field.kind, IdNumber):
            draft.changed.connect(self._tell_identity)
            draft.veil.changed.connect(self._tell_identity)
        draft.fact_changed.connect(self._follow)
        draft.loaded.connect(self._load)
        self._show_note()

    def _conceal(self) -> None:
        if isinstance(self.control, PrivateControl):
            self.control.conceal(self._draft.veil.hidden)

    @property
    def note(self) -> str:
        """What is said to be wrong."""
        return self._note.text()

    @property
    def empty(self) -> bool:
        return not self._draft.text(self.key)

    def show_wrong(self, sentence: Sentence | None) -> None:
        self._wrong = sentence
        if sentence is None or not self.control.hasFocus():
            self._show_note()

    def lock(self, locked: bool) -> None:
        self.control.lock(locked)

    def _load(self) -> None:
        self.control.show_text(self._draft.text(self.key))
        self._wrong = None
        self._show_note()

    def _tell_identity(self) -> None:
        """Birth date, sex and age, as long as the number itself is shown."""
        told = None if self._draft.veil.hidden else identity(self._draft.text(self.key))
        on = parse_date(self._draft.text(ON).strip())
        self._told.setText(self._say.read(told.sentence(on)) if told is not None and on is not None else "")
        self._told.setVisible(bool(self._told.text()))

    @property
    def told(self) -> str:
        """What the number tells."""
        return self._told.text()

    def _follow(self, key: str) -> None:
        if key == self.key:
            self.control.show_text(self._draft.text(key))

    def _show_note(self) -> None:
        text = self._say.read(self._wrong) if self._wrong is not None else ""
        if self._note.text() != text:
            self._note.setText(text)
            self.control.show_wrong(bool(text))
        self._note.setVisible(bool(text))


class FieldGroup(QFrame):
    """A card with a heading and its fields."""

    def __init__(self, title: str, fields: Sequence[Field], draft: Draft, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        heading = QLabel(title)
        heading.setWordWrap(True)
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


class Form(QWidget):
    """The groups of one draft, one below the other, in the order of the declaration. A long form that is not to be
    waited for (`by_and_by`) makes the first group at once and one more whenever the window has nothing else to do; who
    asks for a field, or for all of them, has them."""

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[Field]]],
        draft: Draft,
        context: Context,
        parent: QWidget,
        *,
        by_and_by: bool = False,
    ) -> None:
        super().__init__(parent)  # widgets are made inside what is there: moving them later costs their style again
        self._draft, self._context = draft, context
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._boxes: dict[str, FieldBox] = {}
        self._groups: list[FieldGroup] = []
        self._wrong: Mapping[str, Sentence] = {}
        self._left = deque((title, fields) for title, fields in groups if fields)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._make_group)
        if by_and_by:
            self._make_group()
            self._idle.start(0)
        else:
            self.make_all()

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
            group = FieldGroup(title, fields, self._draft, self._context, self)
            if self._idle.isActive():  # room for it before it is there, lest the others be pressed for a moment
                around = self.parentWidget()
                around.resize(around.width(), around.height() + group.sizeHint().height() + self._box.spacing())
            self._box.addWidget(group)
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

    def begin(self) -> None:
        """Put the cursor into the first field that is still empty."""
        self.make_all()
        boxes = list(self._boxes.values())
        if boxes:
            empty = next((box for box in boxes if box.empty), boxes[0])
            empty.control.setFocus()
