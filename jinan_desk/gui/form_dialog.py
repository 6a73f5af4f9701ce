"""The shape of the small dialogs: what it is about, what is asked, what is wrong with it, and two buttons.

What is refused is said in the dialog and everything that was typed stays; only what was done closes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.fitting_dialog import Body, FittingDialog, field_rows

T = TypeVar("T")


class FormDialog(FittingDialog):
    """A dialog to be filled: `box` takes what is asked; `take`, which a dialog brings, does it."""

    def __init__(self, title: str, hint: str, done: str, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._say = say = context.say
        self._asking = False
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about = EvenLabel(hint)
        set_role(about, "muted")
        self.box = QVBoxLayout()
        self.box.setSpacing(10)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(done, QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.ok, "primary")
        self.buttons = buttons
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._take_once)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(about)
        outer.addWidget(Body(self.box), 1)
        outer.addWidget(self.wrong)
        outer.addWidget(buttons)
        self.ok.setDefault(True)  # inside the dialog, which else forgets it once the button has had the focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the next field; in the last one it does what the dialog is for."""
        field = self._next_field() if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None
        if field is not None:
            field.setFocus()
        else:
            super().keyPressEvent(event)

    def _next_field(self) -> QWidget | None:
        """The field after the line that has the focus, None where there is none."""
        line = self.focusWidget()
        if not isinstance(line, QLineEdit):
            return None
        part = line.nextInFocusChain()
        while part is not self.ok and part is not line:
            if isinstance(part, QLineEdit | QComboBox) and part.isVisible() and part.isEnabled():
                return part
            part = part.nextInFocusChain()
        return None

    def take(self) -> None:
        """Do what was asked for, or say what is wrong."""
        self.accept()

    def _take_once(self) -> None:
        """A second press while the first is being done does nothing again."""
        if not self._asking:
            self.take()

    def rows(self) -> QFormLayout:
        """A form at the end of the box, for labels with fields beside them."""
        form = field_rows()
        self.box.addLayout(form)
        return form

    def ask(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do it where the store is; what a person can mend is said here."""

        def done(result: T) -> None:
            self._asking = False
            then(result)

        def refused(error: Exception) -> None:
            self._asking = False
            self.failed(error)

        self.wrong.clear()
        self._asking = True
        self._context.store.ask(work, done, owner=self, failed=refused)

    def failed(self, error: Exception) -> None:
        """Say what a person can mend; anything else is a bug."""
        if not isinstance(error, DeskError):
            raise error
        self.wrong.setText(error.read(self._say.translate))


class TextDialog(FormDialog):
    """Asks for one line of text: a reason, a name. `act` is called with it on the store's thread."""

    def __init__(
        self,
        title: str,
        hint: str,
        done: str,
        context: Context,
        parent: QWidget,
        *,
        label: str,
        act: Callable[[str], Any],
        then: Callable[[Any], None],
    ) -> None:
        super().__init__(title, hint, done, context, parent)
        self._act, self._then = act, then
        self.text = QLineEdit()
        self.text.setAccessibleName(label)
        self.text.setPlaceholderText(label)
        self.box.addWidget(self.text)
        self.box.addStretch(1)
        self.resize(440, 190)
        self.text.setFocus()

    def take(self) -> None:
        text = self.text.text()

        def done(result: Any) -> None:
            self._then(result)
            self.accept()

        self.ask(lambda: self._act(text), done)
