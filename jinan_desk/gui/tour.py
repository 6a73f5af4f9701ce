"""The tour (导览): a few steps that point at the parts of the window, one after another. Nothing is done meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.tour_bar import remember

if TYPE_CHECKING:
    from jinan_desk.gui.window import Window

_CARD_WIDTH = 380
_GAP = 14
_AROUND = 4
_DARKNESS = 120
_SHADOW = 28


@dataclass(frozen=True, slots=True)
class Step:
    """What is shown: `page` is opened for it, if it is named, and `part` is what is pointed at."""

    title: str
    text: str
    part: Callable[[Window], QWidget]
    page: str = ""


STEPS = (
    Step(
        N_("工作台"),
        N_("每天从这里开始：等您处理的办件、快到期限的、有疑点的，都在这里。点数字就能打开。"),
        lambda window: window.page("workdesk"),
        "workdesk",
    ),
    Step(
        N_("左侧九页"),
        N_("要去哪一页点哪一页，也可以按 Alt 加数字。窗口窄时只显示图标。"),
        lambda window: window.sidebar,
    ),
    Step(
        N_("政策措施"),
        N_("二十六条分六章，一条一个页签。选定事项后按 Ctrl+N 录入，右边随时给出认定结果、金额和依据的原文。"),
        lambda window: window.page("measures"),
        "measures",
    ),
    Step(
        N_("办件"),
        N_("所有事项的办件。可以按姓名、拼音首字母、证件号末几位或编号查找，也可以选中多件一起办理或打印。"),
        lambda window: window.page("cases"),
        "cases",
    ),
    Step(
        N_("政策找人"),
        N_("填写一家单位或一个人的情况，看能享受哪些政策；也可以一次核对整张名单。"),
        lambda window: window.page("matching"),
        "matching",
    ),
    Step(
        N_("数据交换"),
        N_("用 U 盘与上级、下级机构交换签名的数据包：先核对，再合并。"),
        lambda window: window.page("exchange"),
        "exchange",
    ),
    Step(
        N_("现在是谁在办理"),
        N_("办理的每一步都记在这个名字下。换人办理时，先在这里换人。"),
        lambda window: window.handler,
    ),
    Step(
        N_("结果和提示"),
        N_("做成了什么、为什么不能做，都写在这一行。看不明白时按 F1，打开这一页的手册。"),
        lambda window: window.status,
    ),
)


class Tour(QWidget):
    """Lies over the window, leaves open what it points at, and takes all keys."""

    def __init__(self, context: Context, window: Window) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._place = 0
        self.card = _Card(context, self)
        self.card.back.clicked.connect(lambda checked: self.show_step(self._place - 1))
        self.card.next.clicked.connect(lambda checked: self.show_step(self._place + 1))
        self.card.leave.clicked.connect(lambda checked: self.end())
        for watched in (window, self.card.leave, self.card.back, self.card.next):
            watched.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def begin(self) -> None:
        """Show the first step."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.show_step(0)

    @property
    def step(self) -> Step:
        """What is pointed at."""
        return STEPS[self._place]

    def show_step(self, place: int) -> None:
        """Show a step by its place; after the last one the tour is over."""
        if place >= len(STEPS):
            self.end()
            return
        self._place = max(0, place)
        if self.step.page:
            self._window.show_page(self.step.page)
        self.card.show_step(self.step, self._place)
        self.card.next.setFocus()
        self._arrange()

    def end(self) -> None:
        """Leave it, and do not offer it again."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        remember(self._context)
        self._window.show_page("workdesk")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self.setGeometry(self._window.rect())
                self._arrange()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._go(event.key()):
            return True
        return super().eventFilter(watched, event)

    def _go(self, key: int) -> bool:
        """Escape leaves, arrows go back and on, whichever button has the focus; whether it was one of these keys."""
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.show_step(self._place + (1 if key == Qt.Key.Key_Right else -1))
        return key in (Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # no key of the window does anything meanwhile
            event.accept()
            return True
        return super().event(event)

    @property
    def hole(self) -> QRect:
        """Where the part is that is pointed at."""
        part = self.step.part(self._window)
        around = QRect(part.mapTo(self._window, QPoint(0, 0)), part.size())
        return around.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(self.rect())

    def _arrange(self) -> None:
        """Put the card beside what it tells of; where that fills the window, into its lower right corner."""
        self.card.setFixedWidth(min(_CARD_WIDTH, self.width() - 2 * _GAP))
        self.card.adjustSize()
        hole, size = self.hole, self.card.size()
        right, below = hole.right() + _GAP, hole.bottom() + _GAP
        if right + size.width() < self.width():
            place = QPoint(right, hole.top())
        elif below + size.height() < self.height():
            place = QPoint(hole.right() - size.width(), below)
        elif hole.top() - _GAP - size.height() > 0:
            place = QPoint(hole.right() - size.width(), hole.top() - _GAP - size.height())
        else:
            place = QPoint(hole.right() - size.width() - 2 * _GAP, hole.bottom() - size.height() - 2 * _GAP)
        last = QPoint(self.width() - size.width() - _GAP, self.height() - size.height() - _GAP)
        self.card.move(max(_GAP, min(place.x(), last.x())), max(_GAP, min(place.y(), last.y())))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around, open_ = QPainterPath(), QPainterPath()
        around.addRect(self.rect())
        open_.addRoundedRect(self.hole, 6, 6)
        painter.fillPath(around - open_, QColor(0, 0, 0, _DARKNESS))
        painter.setPen(self._context.look.colour("mark"))
        painter.drawPath(open_)


class _Card(QFrame):
    """What there is to say of a step, and the way on."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(_SHADOW)
        shadow.setOffset(0, 2)
        self.setGraphicsEffect(shadow)
        self._say = say = context.say
        self._title = QLabel()
        set_role(self._title, "heading")
        self._text = EvenLabel()
        self._count = QLabel()
        set_role(self._count, "muted")
        self.leave = QPushButton(say(N_("跳过")))
        set_role(self.leave, "link")
        self.back = QPushButton(say(N_("上一步")))
        self.next = QPushButton()
        set_role(self.next, "primary")
        for button in (self.leave, self.back, self.next):
            button.setAutoDefault(True)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._count)
        below.addWidget(self.leave)
        below.addStretch(1)
        below.addWidget(self.back)
        below.addWidget(self.next)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self._title)
        box.addWidget(self._text)
        box.addLayout(below)

    def show_step(self, step: Step, place: int) -> None:
        last = place == len(STEPS) - 1
        self._title.setText(self._say(step.title))
        self._text.setText(self._say(step.text))
        self._count.setText(f"{place + 1} / {len(STEPS)}")
        self.back.setEnabled(place > 0)
        self.leave.setVisible(not last)
        self.next.setText(self._say(N_("完成")) if last else self._say(N_("下一步")))
