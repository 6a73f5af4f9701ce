"""检查数据: whether everything agrees, in sentences; what is derived can be made anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.card import Card, CardColumn
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role


class CheckView(QWidget):
    """One button to look, one to mend, and what was found."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        say = context.say
        card = Card(say(N_("检查数据")))
        card.add_text(
            say(N_("逐条核对：文件是否完好，记录与摘要、列表、检索是否一致。检查不改动任何内容，数据多时要几分钟。"))
        )
        self.check = QPushButton(say(N_("检查数据")))
        set_role(self.check, "primary")
        self.check.clicked.connect(lambda checked: self._check())
        self.repair = QPushButton(say(N_("修复可以重建的")))
        self.repair.clicked.connect(lambda checked: self._repair())
        self.repair.hide()
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedWidth(140)
        self._busy.setAccessibleName(say(N_("正在检查…")))
        self._busy.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.check, self.repair, self._busy):
            row.addWidget(part)
        row.addStretch(1)
        card.box.addLayout(row)
        self._result = card.add_text("", "")
        self._result.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(CardColumn([card]))

    @property
    def result(self) -> str:
        """What was found or mended last."""
        return self._result.text()

    def _tell(self, result: str) -> None:
        self._result.setText(result)
        self._result.setVisible(bool(result))

    def _begin(self, said: str) -> None:
        self._tell(said)
        self._show_busy(True)

    def _show_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        self.check.setEnabled(not busy)
        self.repair.setEnabled(not busy)

    def _check(self) -> None:
        self._begin(self._context.say(N_("正在检查…")))
        self._context.store.ask(self._context.desk.check, self._show_check, owner=self, failed=self._failed)

    def _show_check(self, wrong: Sequence[Sentence]) -> None:
        say = self._context.say
        self._show_busy(False)
        self.repair.setVisible(bool(wrong))
        if not wrong:
            self._tell(say(N_("检查完毕：数据完整，列表与办理记录一致。")))
            return
        lines = [say(N_("检查完毕，发现 {count} 处问题："), count=len(wrong)), *map(say.read, wrong)]
        self._tell("\n".join(lines))

    def _repair(self) -> None:
        self._begin(self._context.say(N_("正在修复…")))
        self._context.store.ask(self._context.desk.repair, self._show_repair, owner=self, failed=self._failed)

    def _show_repair(self, outcome: tuple[Sequence[Sentence], Sequence[Sentence]]) -> None:
        say = self._context.say
        mended, left = outcome
        self._show_busy(False)
        self.repair.setVisible(bool(left))
        lines = [say(N_("已修复：{what}"), what=say.read(sentence)) for sentence in mended]
        if left:
            lines += [say(N_("还有 {count} 处不能自动修复："), count=len(left)), *map(say.read, left)]
        else:
            lines.append(say(N_("修复完毕：数据完整，列表与办理记录一致。")))
        self._tell("\n".join(lines))
        self._context.bus.cases_changed.emit()

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        self._tell("")
        raise error


