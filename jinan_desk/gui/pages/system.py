"""系统管理: the office, the state of the store, what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk import __version__
from jinan_desk.core.basis import CIRCULAR
from jinan_desk.core.district import DISTRICTS
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.workdays_card import WorkdaysCard
from jinan_desk.measures import programmes
from jinan_desk.resources import articles
from jinan_desk.services.office import LEVEL_LABELS


class SystemPage(QWidget):
    """Cards, one a subject."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        say = context.say
        office = context.desk.office
        district = DISTRICTS[office.district].name if office.district else ""
        self.check = QPushButton(say(N_("检查数据")))
        self.check.clicked.connect(self._check)
        self._result = QLabel(say(N_("逐条核对列表与办理记录是否一致，不改动任何内容。")))
        self._result.setWordWrap(True)
        set_role(self._result, "muted")
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(16, 14, 16, 16)
        box.setSpacing(12)
        box.addWidget(
            _card(
                say(N_("经办机构")),
                (
                    (say(N_("机构名称")), office.name),
                    (say(N_("机构代码")), office.code),
                    (say(N_("层级")), say(LEVEL_LABELS[office.level])),
                    (say(N_("所在区县")), district),
                    (say(N_("文号字头")), office.prefix),
                    (say(N_("电话")), office.phone),
                    (say(N_("地址")), office.address),
                ),
            )
        )
        state = _card(say(N_("数据")), ())
        inside = state.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addWidget(self._result)
        inside.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(state)
        self.workdays = WorkdaysCard(context)
        box.addWidget(self.workdays)
        handled = sum(1 for _ in programmes())
        box.addWidget(
            _card(
                say(N_("关于")),
                (
                    (say(N_("程序")), say(N_("济南市稳就业政策措施经办台"))),
                    (say(N_("版本")), __version__),
                    (say(N_("文件")), CIRCULAR),
                    (
                        say(N_("内容")),
                        say(N_("{articles} 条，{programmes} 个事项"), articles=len(articles()), programmes=handled),
                    ),
                    (say(N_("网络")), say(N_("本程序从不连接网络。"))),
                ),
            )
        )
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    @property
    def result(self) -> str:
        """What the last check found."""
        return self._result.text()

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._result.setText(self._context.say(N_("正在检查…")))
        self._context.store.ask(self._context.desk.check, self._show_check, owner=self)

    def _show_check(self, wrong: Sequence[Sentence]) -> None:
        say = self._context.say
        self.check.setEnabled(True)
        if not wrong:
            self._result.setText(say(N_("检查完毕：数据完整，列表与办理记录一致。")))
            return
        lines = [say(N_("检查完毕，发现 {count} 处问题："), count=len(wrong)), *map(say.read, wrong)]
        self._result.setText("\n".join(lines))


def _card(title: str, lines: Sequence[tuple[str, str]]) -> QFrame:
    """A heading and lines of label and value; lines without a value are left out."""
    card = QFrame()
    set_role(card, "card")
    box = QVBoxLayout(card)
    box.setContentsMargins(16, 12, 16, 14)
    box.setSpacing(8)
    heading = QLabel(title)
    set_role(heading, "heading")
    box.addWidget(heading)
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 80)
    grid.setColumnStretch(1, 1)
    for row, (label, value) in enumerate((label, value) for label, value in lines if value):
        name = QLabel(label)
        set_role(name, "muted")
        text = QLabel(value)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(name, row, 0)
        grid.addWidget(text, row, 1)
    box.addLayout(grid)
    return card
