"""A control of one line, and one that masks what is private in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from jinan_desk.core.field import Field
from jinan_desk.core.identity import masked
from jinan_desk.core.kind import CreditCode, IdNumber, Invalid
from jinan_desk.core.text import N_
from jinan_desk.gui.look import Look, mark
from jinan_desk.gui.words import Words
from jinan_desk.services import entry

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BREAKS = re.compile(r"\s*[\t\n\v\f\r\u2028\u2029]\s*")
_CLAUSE_ENDS = re.compile(r"[，；。（：]|[,;:.](?=\s)|\s\(")
_AROUND_TEXT, _BUTTON = 22, 24
_ERASING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_F2)


class LineControl(QLineEdit):
    """A line of text. Left with something readable in it, the text takes its usual shape."""

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, field: Field, say: Words) -> None:
        super().__init__()
        self._kind = field.kind
        self._hints: tuple[str, ...] = ()
        self._help = ""
        if field.help:
            self.show_hint(say(field.help))
        elif field.kind.example:
            self.show_hint(say(N_("例如 {example}"), example=field.kind.example))
        self.textEdited.connect(self._take)

    def _take(self, text: str) -> None:
        """What comes with line breaks, as every cell of a spreadsheet does, becomes one line."""
        if _BREAKS.search(text):
            text = _BREAKS.sub(" ", text).strip()
            self.setText(text)
        self.typed.emit(text)

    def show_hint(self, hint: str) -> None:
        """Say in the empty field what belongs there: as many clauses as there is room for, none of them cut."""
        self._hints = (hint, *(hint[: end.start()] for end in reversed(list(_CLAUSE_ENDS.finditer(hint)))))
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    @property
    def _around(self) -> int:
        """The pixels beside the text: edges, and the buttons behind it."""
        return _AROUND_TEXT + _BUTTON * sum(action.isVisible() for action in self.actions())

    def _fit_hint(self) -> None:
        room, measure = self.width() - self._around, self.fontMetrics()
        fitting = (hint for hint in self._hints if measure.horizontalAdvance(hint) <= room)
        self.setPlaceholderText(next(fitting, ""))

    def setToolTip(self, help_: str) -> None:
        self._help = help_
        super().setToolTip(help_)

    def _tell_whole(self) -> None:
        """Say in the tip, before the help, the whole text of which there is only a part to be seen."""
        text = self.text()
        cut = self.fontMetrics().horizontalAdvance(text) > self.width() - self._around
        super().setToolTip("\n".join(filter(None, (text if cut else "", self._help))))

    def show_text(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)  # a long name is read from its beginning

    def lock(self, locked: bool) -> None:
        self.setReadOnly(locked)
        mark(self, locked=locked)

    def show_wrong(self, wrong: bool) -> None:
        mark(self, wrong=wrong)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.ignore()
            return False
        if event.type() == QEvent.Type.ToolTip:
            self._tell_whole()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCursorPosition(0)
        if not self.isReadOnly():
            usual = usual_text(self._kind, self.text())
            if usual != self.text():
                self.setText(usual)
                self.typed.emit(usual)
        self.left.emit()


class PrivateControl(LineControl):
    """A number that names a person or an account. While it is masked it is only read: a key that would change it, or
    the eye beside it, asks to see it first. What is typed where nothing was is seen until the field is left."""

    reveal_wanted = Signal()

    def __init__(self, field: Field, say: Words, look: Look) -> None:
        super().__init__(field, say)
        self._whole = ""
        self._masked = self._locked = self._first = False
        self._waiting: list[QKeyEvent] = []
        self._over_all = False
        self._eye = QAction(look.icon("eye"), say(N_("显示完整号码")), self)
        self._eye.triggered.connect(self.reveal_wanted)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.typed.connect(self._keep)
        self._show()

    def show_text(self, text: str) -> None:
        if text != self._whole:  # what is being typed here stays to be seen
            self._whole = text
            self._show()

    def lock(self, locked: bool) -> None:
        self._locked = locked
        super().lock(locked)
        self._show()

    def conceal(self, wanted: bool) -> None:
        """Mask it from now on, or show it, and then do what the keys say that asked for it."""
        self._masked = wanted
        keys, self._waiting = self._waiting, []
        self._show()
        if keys and not wanted:
            self.end(False)
            if self._over_all:
                self.selectAll()
            for key in keys:
                super().keyPressEvent(key)

    def _keep(self, text: str) -> None:
        self._whole = text

    def _show(self) -> None:
        hidden = self._masked and bool(self._whole) and not self._first
        self._eye.setVisible(hidden)
        self.setReadOnly(self._locked or hidden)
        super().show_text(masked(self._whole) if hidden else self._whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._first = self._first or not self._whole
        if self._first or not (self._masked and not self._locked and _changes_text(event)):
            super().keyPressEvent(event)
            return
        self._waiting.append(kept(event))
        if len(self._waiting) == 1:
            self._over_all = self.selectedText() == self.text()
            self.reveal_wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._first = False
        self._show()


def usual_text(kind: object, text: str) -> str:
    """The text in its usual shape (`2020/2/3` as `2020-02-03`, 48000 as `48,000.00`); as it stands where wrong."""
    try:
        value = entry.read(kind, text)  # type: ignore[arg-type]
    except Invalid:
        return text
    if value is None:
        return text.strip()
    if isinstance(kind, IdNumber | CreditCode):
        return kind.read(text)
    return entry.write(kind, value)  # type: ignore[arg-type]


def _changes_text(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    typed = event.text().isprintable() and bool(event.text())
    return typed or event.key() in _ERASING or any(event.matches(key) for key in (keys.Paste, keys.Cut))


def _is_undo(event: QKeyEvent) -> bool:
    """Undo belongs to the draft, whichever keys a desktop has for it."""
    is_redo = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_redo or any(event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))


def kept(event: QKeyEvent) -> QKeyEvent:
    """A key that outlives the moment in which it was pressed."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
