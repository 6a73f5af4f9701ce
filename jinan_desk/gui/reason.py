"""Asking for a reason: the one decision that some steps need before they are taken."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.words import Words
from jinan_desk.services.grounds import written


class ReasonDialog(FittingDialog):
    """A text that must not be empty."""

    def __init__(self, parent: QWidget, say: Words, *, title: str, asked: str, hint: str) -> None:
        super().__init__(parent)
        self._say = say
        self.setWindowTitle(title)
        self.resize(460, 240)
        heading = EvenLabel(asked)
        set_role(heading, "heading")
        about = EvenLabel(hint)
        set_role(about, "muted")
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(heading.text())
        self.reason.setTabChangesFocus(True)
        keys = QLabel(say(N_("Ctrl+回车 确定")))
        set_role(keys, "small")
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton(say(N_("确定")), QDialogButtonBox.ButtonRole.AcceptRole)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._ok.click)  # a disabled button is not pressed by it
        set_role(self._ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        for part in (heading, about, self.reason, self.wrong):
            box.addWidget(part)
        below = QHBoxLayout()
        below.addWidget(keys)
        below.addWidget(buttons, 1)
        box.addLayout(below)
        self._ok.setDefault(True)
        self.reason.textChanged.connect(self._refresh)
        self._refresh()

    def accept(self) -> None:
        """Close, where the text can be kept; else say what is allowed."""
        try:
            written(self.reason.toPlainText())
        except DeskError as error:
            self.wrong.setText(error.read(self._say.translate))
            self.reason.setFocus()
        else:
            super().accept()

    def _refresh(self) -> None:
        self.wrong.clear()
        self._ok.setEnabled(bool(self.reason.toPlainText().strip()))


def ask(parent: QWidget, say: Words, *, title: str, asked: str, hint: str) -> str | None:
    """The text that is asked for, None where the person thinks better of it."""
    dialog = ReasonDialog(parent, say, title=title, asked=asked, hint=hint)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    reason = dialog.reason.toPlainText().strip()
    dialog.deleteLater()
    return reason if accepted else None
