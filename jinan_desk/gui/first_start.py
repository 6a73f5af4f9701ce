"""The first start: an office and its administrator are asked for before there is a desk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.fitting_dialog import Body, FittingDialog, field_rows
from jinan_desk.gui.password_box import PasswordBox
from jinan_desk.gui.words import Words
from jinan_desk.services.accounts import SHORTEST_PASSWORD
from jinan_desk.services.handlers import LONGEST_NAME
from jinan_desk.services.office import LEAST_DIGITS, LEVEL_LABELS, Level, Office
from jinan_desk.services.offices import level_of

_ABOVE_HEADING = 6


class OfficeDialog(FittingDialog):
    """Name, code and prefix of the office that will work here, and who keeps its accounts."""

    def __init__(self, say: Words) -> None:
        super().__init__()
        self._say = say
        self.setWindowTitle(say(N_("建立经办机构")))
        self.setMinimumWidth(640)
        heading = QLabel(say(N_("第一次使用：请填写本机构")))
        set_role(heading, "title")
        hint = EvenLabel(say(N_("名称印在文书上，代码区分各机构的数据，字头用于办件编号。建立后不能更改。")))
        set_role(hint, "muted")
        self.name = QLineEdit()
        self.code = QLineEdit()
        self.prefix = QLineEdit()
        self.phone = QLineEdit()
        self.address = QLineEdit()
        self.level = QComboBox()
        for level, label in LEVEL_LABELS.items():
            self.level.addItem(say(label), level)
        self.level.setCurrentIndex(self.level.findData(Level.DISTRICT))
        self._level_chosen = False
        self.level.activated.connect(lambda index: self._keep_level())
        self.code.textEdited.connect(self._follow_code)
        first = next(iter(DISTRICTS.values()))
        self.code.setPlaceholderText(say(N_("区县六位代码，例如 {code}；街道再加三位"), code=first.code))
        self.name.setPlaceholderText(say(N_("全称")))
        self.prefix.setPlaceholderText(say(N_("例如 济历下人社受")))
        form = field_rows()
        for row in (
            [(N_("机构名称"), self.name)], [(N_("机构代码"), self.code)],
            [(N_("层级"), self.level), (N_("文号字头"), self.prefix)],
            [(N_("电话"), self.phone), (N_("地址"), self.address)],
        ):  # fmt: skip
            self._add_row(form, row)
        self._administrator = QLineEdit()
        self._administrator.setMaxLength(LONGEST_NAME)
        self._box = PasswordBox(say, twice=True, least=SHORTEST_PASSWORD)
        self._ask_keeper(form)
        buttons = QDialogButtonBox()
        self.found = buttons.addButton(say(N_("建立")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.found.setDefault(True)
        set_role(self.found, "primary")
        buttons.addButton(say(N_("退出")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        set_role(self.wrong, "wrong")
        self.wrong.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(12)
        box.addWidget(heading)
        box.addWidget(hint)
        box.addWidget(Body(form), 1)
        box.addWidget(self.wrong)
        box.addWidget(buttons)

    def _add_row(self, form: QFormLayout, fields: Sequence[tuple[str, QWidget]]) -> None:
        """One field, or two beside each other: all of them are to be seen on a small screen."""
        row = QHBoxLayout()
        row.setSpacing(form.horizontalSpacing())
        for place, (text, editor) in enumerate(fields):
            editor.setAccessibleName(self._say(text))
            if place:
                label = QLabel(self._say(text))
                label.setBuddy(editor)
                row.addWidget(label)
            row.addWidget(editor, place + 1)
        form.addRow(self._say(fields[0][0]), row)

    def _ask_keeper(self, form: QFormLayout) -> None:
        """In the same rows, so that all fields stand below one another."""
        say = self._say
        heading = QLabel(say(N_("管理员")))
        heading.setContentsMargins(0, _ABOVE_HEADING, 0, 0)
        set_role(heading, "heading")
        duty = EvenLabel(
            say(N_("管理员设立各人的账号和角色。密码至少 {least} 个字符，不能是姓名。"), least=SHORTEST_PASSWORD)
        )
        set_role(duty, "muted")
        form.addRow(heading)
        form.addRow(duty)
        for label, part in ((N_("管理员姓名"), self._administrator), (N_("密码"), self._box)):
            part.setAccessibleName(say(label))
            form.addRow(say(label), part)

    def accept(self) -> None:
        """Found it, once there is all that has to be: Enter leads from one to the next."""
        self._tell("")
        asked = (
            (self.name, N_("请填写机构名称")), (self.code, N_("请填写机构代码")), (self.prefix, N_("请填写文号字头")),
            (self._administrator, N_("请填写管理员姓名")),
        )  # fmt: skip
        lacking = next(((line, words) for line, words in asked if not line.text().strip()), None)
        if lacking is not None:
            line, words = lacking
            self._tell(self._say(words))
            line.setFocus()
        elif not self.password:
            self._tell(self._say(N_("请为管理员设密码，两次输入一致")))
            self._box.setFocus()
        else:
            super().accept()

    def _keep_level(self) -> None:
        self._level_chosen = True

    def _follow_code(self, code: str) -> None:
        """A whole code tells the level, until somebody chooses another."""
        if len(code) >= LEAST_DIGITS and not self._level_chosen:
            self.level.setCurrentIndex(self.level.findData(level_of(code)))

    def refuse(self, why: str) -> None:
        """Say why it was not founded; once there is all, only the code or the password can be wrong."""
        self._tell(why)
        code = self.code.text().strip()
        (self._box if code.isdecimal() and len(code) >= LEAST_DIGITS else self.code).setFocus()

    def _tell(self, wrong: str) -> None:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    @property
    def administrator(self) -> str:
        """Who keeps the accounts."""
        return self._administrator.text().strip()

    @property
    def password(self) -> str:
        """The administrator's password, "" as long as it will not do."""
        return self._box.password

    @property
    def office(self) -> Office:
        """What was filled in."""
        return Office(
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            prefix=self.prefix.text().strip(),
            level=Level(self.level.currentData()),
            phone=self.phone.text().strip(),
            address=self.address.text().strip(),
        )
