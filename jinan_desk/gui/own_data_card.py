"""本人信息: printing for a person what is kept about them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.card import Card
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import PDF, WORKBOOK, ask_target


class OwnDataCard(Card):
    """A number to type, and a button."""

    def __init__(self, context: Context) -> None:
        say = context.say
        super().__init__(say(N_("印给本人")))
        self._context = context
        self.add_text(
            say(
                N_(
                    "应本人要求，把所存其本人的全部信息印成一份查询单：作为申请人填报的、名单中本人的一行、历次改动和认定结果。"
                    "请先核对来人的身份证件；每次打印都记入访问记录。"
                )
            )
        )
        self.number = QLineEdit()
        self.number.setAccessibleName(say(N_("本人的身份证号码")))
        self.number.setPlaceholderText(say(N_("本人的身份证号码")))
        self.number.setFixedWidth(230)
        self.number.returnPressed.connect(self.look)
        self.print_ = QPushButton(say(N_("存为 PDF 或 Excel…")))
        set_role(self.print_, "primary")
        self.print_.clicked.connect(lambda checked: self.look())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.print_)
        row.addStretch(1)
        self.box.addLayout(row)

    def look(self) -> None:
        """Ask where to write it once there is something to write."""
        desk, number = self._context.desk, self.number.text()
        self._context.store.ask(
            lambda: desk.own_data.of(number), lambda file: self._ask_where(), owner=self, failed=self._failed
        )

    def _ask_where(self) -> None:
        today: date = self._context.desk.today()
        proposed = f"{self._context.say(N_('个人信息查询单'))}-{today:%Y%m%d}.pdf"
        path = ask_target(self, self._context.say(N_("另存为")), proposed, PDF, WORKBOOK)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write what is kept about the person with the number that was typed."""
        desk, number = self._context.desk, self.number.text()
        self.print_.setEnabled(False)

        def write() -> int:
            file = desk.own_data.of(number)
            desk.notices.write_own_data(file, path, desk.today())
            return len(file.kept)

        self._context.store.ask(write, lambda count: self._written(count, path), owner=self, failed=self._failed)

    def _written(self, count: int, path: Path) -> None:
        self.print_.setEnabled(True)
        self.number.clear()  # the next one in the queue need not read it
        told = N_("该人的信息见于 {count} 个办件，已存到 {path}")
        self._context.tell(self._context.say(told, count=count, path=path.name), Level.GOOD)

    def _failed(self, error: Exception) -> None:
        self.print_.setEnabled(True)
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)
        self.number.selectAll()
        self.number.setFocus()
