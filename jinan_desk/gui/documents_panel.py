"""Documents handed in: one by one ticked off, with day, copies and a note. They belong to the draft like its fields."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.field import Field
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import Control, make_control, set_role
from jinan_desk.gui.draft import Draft
from jinan_desk.gui.even_lines import whole
from jinan_desk.gui.line_control import ENTER, LineControl
from jinan_desk.services.handed_in import YES, DocumentFields, document_fields, read

_DAY_WIDTH, _COPIES_WIDTH = 118, 52


class DocumentsPanel(QScrollArea):
    """Every document that the programme asks for."""

    counted = Signal(int, int)
    """How many of how many are here."""

    def __init__(self, programme: Programme, draft: Draft, context: Context) -> None:
        super().__init__()
        self._programme = programme
        self._draft = draft
        self._locked = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(2, 8, 6, 8)
        box.setSpacing(6)
        self.all = QPushButton(context.say(N_("全部收到")))
        self.all.setToolTip(context.say(N_("尚未收到的材料都记为今日收到，份数按规定")))
        self.all.setAutoDefault(True)  # Enter presses it where Ctrl+M leads
        set_role(self.all, "link")
        self.all.clicked.connect(lambda checked: self._take_all())
        box.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines = [DocumentLine(fields, draft, context) for fields in document_fields(programme)]
        for line in self.lines:
            box.addWidget(line)
        for line, after in pairwise(self.lines):
            line.tick.passed.connect(after.tick.setFocus)
        box.addStretch(1)
        self.setWidget(inner)
        draft.changed.connect(self._count)

    def lock(self, locked: bool) -> None:
        """Let nothing be changed, or let it again."""
        self._locked = locked
        for line in self.lines:
            line.lock(locked)
        self._count()

    def begin(self) -> None:
        """Have the keys: on taking all that is still to come, or on the first document where nothing is."""
        (self.all if self.all.isVisibleTo(self) else self.lines[0].tick).setFocus()

    def _take_all(self) -> None:
        texts: dict[str, str] = {}
        for line in self.lines:
            if not line.here:
                texts |= line.when_here()
        self._draft.fill(texts)
        self.lines[0].tick.setFocus()

    def _count(self) -> None:
        here = sum(line.here for line in self.lines)
        self.all.setVisible(here < len(self.lines) and not self._locked)
        wrong = read(self._programme, self._draft.entry.texts, ())[1]
        for line in self.lines:
            line.show_wrong(wrong.keys())
        self.counted.emit(here, len(self.lines))


class DocumentLine(QFrame):
    """A document: its tick, and what is known about it once it is here."""

    def __init__(self, fields: DocumentFields, draft: Draft, context: Context) -> None:
        super().__init__()
        self.fields = fields
        self._draft = draft
        self._context = context
        self._locked = False
        say = context.say
        set_role(self, "card")
        document = fields.document
        name = say(document.name)
        self.tick = _Tick()
        self.tick.setAccessibleName(name)
        self.tick.toggled.connect(self._ticked)
        source = N_("原件 {count} 份") if document.original else N_("{count} 份")
        copies = say(source, count=document.copies)
        title = QLabel(f"{name}　{whole(copies)}")
        title.setWordWrap(True)
        title.setBuddy(self.tick)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        self._more = QWidget()
        more = QHBoxLayout(self._more)
        more.setContentsMargins(24, 0, 0, 0)
        more.setSpacing(6)
        self.controls: dict[str, Control] = {}
        for field, width in ((fields.on, _DAY_WIDTH), (fields.copies, _COPIES_WIDTH), (fields.note, 0)):
            control = self._control(field, name)
            if width:
                control.setFixedWidth(width)
            more.addWidget(control, 0 if width else 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 7, 10, 7)
        box.setSpacing(5)
        box.addLayout(head)
        box.addWidget(self._more)
        draft.loaded.connect(self._show)
        draft.fact_changed.connect(self._follow)
        self._show()

    def _control(self, field: Field, document: str) -> Control:
        say = self._context.say
        control = make_control(field, say, self._context.look)
        control.setAccessibleName(f"{document} {say(field.label)}")
        control.setToolTip(say(field.label))
        if isinstance(control, LineControl):
            control.show_hint(say(field.label))
        control.typed.connect(lambda text: self._draft.set_text(field.key, text))
        self.controls[field.key] = control
        return control

    def lock(self, locked: bool) -> None:
        """Let nothing be changed, or let it again."""
        self._locked = locked
        self.tick.setEnabled(not locked)
        for control in self.controls.values():
            control.lock(locked)

    def show_wrong(self, keys: object) -> None:
        """Mark what cannot be read."""
        for key, control in self.controls.items():
            control.show_wrong(key in keys)  # type: ignore[operator]

    @property
    def here(self) -> bool:
        """Whether the document has come in."""
        return self._draft.text(self.fields.received) == YES

    def when_here(self) -> dict[str, str]:
        """A document that comes in comes today, in as many copies as are asked for, until somebody says otherwise."""
        fields, draft = self.fields, self._draft
        return {
            fields.received: YES,
            fields.on.key: draft.text(fields.on.key) or self._context.desk.today().isoformat(),
            fields.copies.key: draft.text(fields.copies.key) or str(fields.document.copies),
        }

    def _ticked(self, here: bool) -> None:
        fields = self.fields
        texts = self.when_here() if here else dict.fromkeys((fields.received, fields.on.key, fields.copies.key), "")
        if any(self._draft.text(key) != text for key, text in texts.items()):
            self._draft.fill(texts)

    def _follow(self, key: str) -> None:
        if key == self.fields.received or key in self.controls:
            self._show()

    def _show(self) -> None:
        here = self.here
        self.tick.blockSignals(True)
        self.tick.setChecked(here)
        self.tick.blockSignals(False)
        for key, control in self.controls.items():
            control.show_text(self._draft.text(key))
        self._more.setVisible(here or bool(self._draft.text(self.fields.note.key)))


class _Tick(QCheckBox):
    """Enter ticks it and goes on, as in every other field."""

    passed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.setChecked(True)
            self.passed.emit()
        else:
            super().keyPressEvent(event)
