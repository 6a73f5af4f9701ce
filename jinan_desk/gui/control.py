"""Controls for one value each, by its kind. All speak the same language: a typed text in, a typed text out.

Enter goes to the next field in all of them, and none undoes by itself: undo belongs to the draft.
"""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
    QWidgetAction,
)

from jinan_desk.core.dates import parse_date
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.field import Field
from jinan_desk.core.identity import masked
from jinan_desk.core.kind import Choice, Day, DistrictCode, Flag, Invalid, Money
from jinan_desk.core.money import figures, parse_yuan
from jinan_desk.core.text import N_
from jinan_desk.gui.look import Look, mark
from jinan_desk.gui.words import Words
from jinan_desk.services import entry

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_F2)


def make_control(field: Field, say: Words, look: Look) -> LineControl | FlagControl | ChoiceControl:
    """The control for the field's kind."""
    if isinstance(field.kind, Flag):
        return FlagControl(say)
    if isinstance(field.kind, Choice):
        return ChoiceControl([label for _, label in field.kind.words], say)
    if isinstance(field.kind, DistrictCode):
        return ChoiceControl([district.name for district in DISTRICTS.values()], say)
    if isinstance(field.kind, Day):
        return DayControl(field, say, look)
    return PrivateControl(field, say, look) if field.is_masked else LineControl(field, say)


class LineControl(QLineEdit):
    """A line of text. Left with something readable in it, the text takes its usual shape."""

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, field: Field, say: Words) -> None:
        super().__init__()
        self._kind = field.kind
        if field.help:
            self.setPlaceholderText(say(field.help))
        elif field.kind.example:
            self.setPlaceholderText(say(N_("例如 {example}"), example=field.kind.example))
        self.textEdited.connect(self.typed)

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
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
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
    the eye beside it, asks to see it first."""

    reveal_wanted = Signal()

    def __init__(self, field: Field, say: Words, look: Look) -> None:
        super().__init__(field, say)
        self._whole = ""
        self._masked = self._locked = False
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
        """Mask it from now on, or show it."""
        self._masked = wanted
        self._show()

    def _keep(self, text: str) -> None:
        self._whole = text

    def _show(self) -> None:
        hidden = self._masked and bool(self._whole)
        self._eye.setVisible(hidden)
        self.setReadOnly(self._locked or hidden)
        super().show_text(masked(self._whole) if hidden else self._whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._masked and self._whole and not self._locked and _changes_text(event):
            everything = self.selectedText() == self.text()
            self.reveal_wanted.emit()
            self.end(False)
            if everything:
                self.selectAll()
        super().keyPressEvent(event)


def usual_text(kind: object, text: str) -> str:
    """The text in its usual shape (`2020/2/3` as `2020-02-03`, 48000 as `48,000.00`); as it stands where wrong."""
    try:
        value = entry.read(kind, text)  # type: ignore[arg-type]
    except Invalid:
        return text
    if value is None:
        return text.strip()
    if isinstance(kind, Money):
        return figures(parse_yuan(value) or 0)
    return entry.write(kind, value)  # type: ignore[arg-type]


class DayControl(LineControl):
    """A day, typed or picked from a calendar."""

    def __init__(self, field: Field, say: Words, look: Look) -> None:
        super().__init__(field, say)
        pick = QAction(look.icon("calendar"), say(N_("选择日期")), self)
        pick.triggered.connect(self._pick)
        self.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        self._pick_action = pick

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self._pick_action.setVisible(not locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._pick()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = parse_date(self.text().strip())
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(lambda picked: self._picked(picked, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

    def _picked(self, day: QDate, menu: QMenu) -> None:
        menu.close()
        self.setText(day.toString("yyyy-MM-dd"))
        self.typed.emit(self.text())


class ChoiceControl(QComboBox):
    """One of several words; the first entry is none of them. The wheel turns it only where it has the focus."""

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, labels: list[str], say: Words) -> None:
        super().__init__()
        self.addItem(say(N_("请选择")), "")
        for label in labels:
            self.addItem(say(label), label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda index: self.typed.emit(self.itemData(index)))
        self._help = ""
        self.currentIndexChanged.connect(lambda index: self.setToolTip(self._help))

    def setToolTip(self, help_: str) -> None:
        """The help, and above it the whole of the word that is chosen, which may not find room."""
        self._help = help_
        super().setToolTip("\n".join(filter(None, (self.currentText() if self.currentData() else "", help_))))

    def show_text(self, text: str) -> None:
        index = self.findData(text)
        if index < 0:  # something no word fits stays to be seen
            self.addItem(text, text)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def lock(self, locked: bool) -> None:
        self.setEnabled(not locked)

    def show_wrong(self, wrong: bool) -> None:
        mark(self, wrong=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.key() in _ENTER:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.typed.emit(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FlagControl(QFrame):
    """Yes, no, or not known yet: three buttons, the third as visible as the others.

    Keys: Y or 1 yes, N or 0 no, Delete not known, arrows from one to the next.
    """

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, say: Words) -> None:
        super().__init__()
        self.setProperty("role", "flag")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QButtonGroup(self)
        self._texts = (N_("是"), N_("否"), "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        words = zip((N_("是"), N_("否"), N_("未知")), ("yes", "no", "unknown"), ("first", "", "last"), strict=True)
        for number, (word, answer, end) in enumerate(words):
            button = QPushButton(say(word))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            mark(button, role="segment", answer=answer, end=end)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.button(2).setChecked(True)
        self._group.idClicked.connect(self._choose)
        self._locked = False

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for button in self._group.buttons():
            button.setAccessibleName(f"{name} {button.text()}")

    def text(self) -> str:
        return self._texts[self._group.checkedId()]

    def show_text(self, text: str) -> None:
        self._group.button(self._texts.index(text) if text in self._texts else 2).setChecked(True)

    def lock(self, locked: bool) -> None:
        self._locked = locked
        for button in self._group.buttons():
            button.setEnabled(not locked)

    def show_wrong(self, wrong: bool) -> None:
        mark(self, wrong=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text, current = event.key(), event.text().lower(), self._group.checkedId()
        if key in _ENTER:
            self.focusNextPrevChild(True)
        elif self._locked:
            super().keyPressEvent(event)
        elif text in ("y", "1", "是"):
            self._choose(0)
        elif text in ("n", "0", "2", "否"):
            self._choose(1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(2)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self._choose((current + (-1 if key == Qt.Key.Key_Left else 1)) % 3)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _choose(self, number: int) -> None:
        self.setFocus()
        self._group.button(number).setChecked(True)
        self.typed.emit(self._texts[number])


def _changes_text(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    typed = event.text().isprintable() and bool(event.text())
    return typed or event.key() in _ERASING or any(event.matches(key) for key in (keys.Paste, keys.Cut))


def _is_undo(event: QKeyEvent) -> bool:
    """Undo belongs to the draft, whichever keys a desktop has for it."""
    is_redo = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_redo or any(event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))


Control = LineControl | FlagControl | ChoiceControl


def set_role(widget: QWidget, role: str) -> None:
    """Name what a widget is for the style sheet, before it is shown."""
    widget.setProperty("role", role)
