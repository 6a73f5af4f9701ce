"""Enrolling an office: its fingerprint, to be compared over the phone, and what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.control import set_role
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.words import Words
from jinan_desk.services.partners import Enrolment, claimed_level


class EnrolDialog(FittingDialog):
    """Whose key it is said to be; it can be enrolled once somebody says that they compared it."""

    def __init__(self, parent: QWidget, say: Words, enrolment: Enrolment, doubt: Sentence | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say(N_("登记往来机构")))
        self.setMinimumWidth(480)
        who = QLabel(say.beside(enrolment.name, enrolment.office))
        who.setWordWrap(True)
        set_role(who, "title")
        mark = QLabel(_in_two_lines(enrolment.fingerprint))
        mark.setAccessibleName(say(N_("公钥指纹")))
        mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(mark, "amount")
        claim = claimed_level(enrolment)
        self.level = QLabel(say.read(claim.sentence))
        self.level.setWordWrap(True)
        set_role(self.level, "pressing" if claim.odd else "muted")
        about = QLabel(
            say(N_("请用原来就知道的号码给该机构打电话，请对方读出其登记表封面上的指纹，逐组核对。相符才登记。"))
        )
        about.setWordWrap(True)
        self.compared = QCheckBox(say(N_("已电话核对，八组全部相符")))
        self.replace = QCheckBox(say(N_("对方更换了机器：停用其原公钥")))
        trouble = QLabel("" if doubt is None else say.read(doubt))
        trouble.setWordWrap(True)
        set_role(trouble, "pressing")
        trouble.setVisible(doubt is not None)
        self.replace.setVisible(doubt is not None)
        buttons = QDialogButtonBox()
        self.enrol = buttons.addButton(say(N_("确认登记")), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.enrol, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        for part in (who, self.level, mark, about, trouble):
            box.addWidget(part)
        for tick in (self.compared, self.replace):
            box.addWidget(tick, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(buttons)
        self._doubtful = doubt is not None
        for tick in (self.compared, self.replace):
            tick.toggled.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.enrol.setEnabled(self.compared.isChecked() and (not self._doubtful or self.replace.isChecked()))


def _in_two_lines(fingerprint: str) -> str:
    groups = fingerprint.split("-")
    half = len(groups) // 2
    return "  ".join(groups[:half]) + "\n" + "  ".join(groups[half:])
