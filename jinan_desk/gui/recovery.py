"""The recovery code in the window: shown once to be copied down, and typed in when an administrator is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.fitting_dialog import FittingDialog, field_rows
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.gui.words import Words
from jinan_desk.services.accounts import SHORTEST_PASSWORD
from jinan_desk.services.handlers import LONGEST_NAME

_CODE_HEIGHT = 92
"""Two lines in the size that the style sheet gives them, which a layout learns of too late."""


class CodeDialog(FittingDialog):
    """The code, and nothing goes on before somebody says that it is on paper."""

    def __init__(self, code: str, say: Words, parent: QWidget | None = None, *, office: str = "") -> None:
        super().__init__(parent)
        self._say = say
        self._code = code
        self._office = office
        self.setWindowTitle(say(N_("恢复码")))
        self.setMinimumWidth(520)
        heading = QLabel(say(N_("请把恢复码抄在纸上或打印出来")))
        set_role(heading, "title")
        about = EvenLabel(
            say(
                N_(
                    "只显示这一次，程序里不保存。所有管理员都忘记密码时，只有它能打开数据；没有它，数据无法找回。"
                    "请装入信封封好，存入保险柜，不要拍照，不要与 U 盘放在一起。"
                )
            )
        )
        groups = code.split("-")
        half = len(groups) // 2
        self.code = QLabel(" - ".join(groups[:half]) + "\n" + " - ".join(groups[half:]))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setMinimumHeight(_CODE_HEIGHT)
        self.code.setAccessibleName(say(N_("恢复码")))
        set_role(self.code, "code")
        self.copied = QCheckBox(say(N_("已抄写或打印在纸上，并逐组核对过")))
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.done_ = buttons.addButton(say(N_("完成")), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.done_, "primary")
        self.print_ = buttons.addButton(say(N_("打印…")), QDialogButtonBox.ButtonRole.ActionRole)
        self.print_.setAutoDefault(False)
        self.print_.clicked.connect(self._print)
        self.done_.setEnabled(False)
        self.copied.toggled.connect(self.done_.setEnabled)
        buttons.accepted.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(12)
        for part in (heading, about, self.code):
            box.addWidget(part)
        box.addWidget(self.copied, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.wrong)
        box.addWidget(buttons)

    def reject(self) -> None:
        """Closing it without having copied the code down would lose it."""
        if self.copied.isChecked():
            super().reject()
        else:
            self.wrong.setText(self._say(N_("恢复码只显示这一次，请先抄写或打印，再勾选并完成。")))

    def paper(self) -> QTextDocument:
        """What is printed: the code and what it is for."""
        say = self._say
        document = QTextDocument()
        document.setHtml(
            "<h2>{title}</h2><p>{office}</p><p style='font-size:20pt'><tt>{code}</tt></p><p>{about}</p>".format(
                title=say(N_("稳就业经办台　恢复码")),
                office=self._office,
                code=self._code,
                about=say(N_("管理员都忘记密码时用。用过一次即换新码。请密封，存入保险柜。")),
            )
        )
        return document

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrinter

        from jinan_desk.gui.printer import ask_for_printer

        try:
            printer = ask_for_printer(
                self.windowTitle(), 1, self, lacking=N_("这台电脑没有可用的打印机，请把恢复码抄在纸上")
            )
        except DeskError as error:
            self.wrong.setText(error.read(self._say.translate))
            return
        if printer is not None:
            printer.setFullPage(False)
            assert isinstance(printer, QPrinter)
            self.paper().print_(printer)


class RecoverDialog(FittingDialog):
    """The code, the administrator whose password was lost, and a new one."""

    def __init__(self, say: Words, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say(N_("忘记密码")))
        self.setMinimumWidth(520)
        heading = EvenLabel(say(N_("用恢复码重设管理员密码")))
        set_role(heading, "title")
        about = EvenLabel(
            say(N_("其他人忘记密码，请由管理员在“系统管理”中重设。管理员都忘记时，才启用信封里的恢复码；用过即换新码。"))
        )
        set_role(about, "muted")
        self._code = QLineEdit()
        self._code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self._name = QLineEdit(name)
        self._name.setMaxLength(LONGEST_NAME)
        self._box = PasswordBox(say, twice=True, least=SHORTEST_PASSWORD)
        form = field_rows()
        for label, editor in ((N_("恢复码"), self._code), (N_("管理员姓名"), self._name), (N_("新密码"), self._box)):
            editor.setAccessibleName(say(label))
            form.addRow(say(label), editor)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(say(N_("重设")), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.ok, "primary")
        buttons.addButton(say(N_("取消")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for changed in (self._code.textChanged, self._name.textChanged, self._box.changed):
            changed.connect(self._refresh)
        self._code.returnPressed.connect(self._name.setFocus)
        self._name.returnPressed.connect(self._box.setFocus)
        self._refresh()
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(10)
        box.addWidget(heading)
        box.addWidget(about)
        box.addLayout(form)
        box.addWidget(self.wrong)
        box.addWidget(buttons)

    @property
    def code(self) -> str:
        return self._code.text().strip()

    @property
    def name(self) -> str:
        return self._name.text().strip()

    @property
    def password(self) -> str:
        return self._box.password

    def refuse(self, why: str) -> None:
        """Say why nothing was changed, and let the code be looked at again: it is what is easily copied wrongly."""
        self.wrong.setText(why)
        self._code.setFocus()

    def _refresh(self) -> None:
        self.ok.setEnabled(bool(self.code and self.name and self.password))
