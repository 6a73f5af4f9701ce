"""A field of a form: its control with its label above and what is to be said about it below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jinan_desk.core.dates import parse_date
from jinan_desk.core.field import Field
from jinan_desk.core.kind import IdNumber, Rate
from jinan_desk.core.text import Sentence
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import make_control, set_role
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.elided import ElidedLabel
from jinan_desk.gui.line_control import PrivateControl
from jinan_desk.services.applicants import identity
from jinan_desk.services.entry import ON


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
        unit = say(field.unit) if field.unit else "%" if isinstance(field.kind, Rate) else ""
        name = say(field.label) + (f" {unit}" if unit else "")
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
        if unit:
            beside = QLabel(unit)
            set_role(beside, "unit")
            line.addWidget(beside)
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
