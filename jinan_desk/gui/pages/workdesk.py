"""工作台: what waits for the person at the desk, and what needs attention. Every number leads to its cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.dates import local_time
from jinan_desk.core.role import Role
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS
from jinan_desk.gui import attention, case_line
from jinan_desk.gui.attention import Attention, AttentionList
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.tile import Tile, TileGrid
from jinan_desk.services.desk import Desk
from jinan_desk.services.workload import DUE_LABELS, Due, Workload

_LISTED = 100
_LOW = 560
"""Pixels: a page that is lower than this has lower tiles."""
_KINDS: dict[str, tuple[str, Callable[[Context, Desk], Attention]]] = {
    "findings": (N_("疑点待核实"), attention.findings),
    "alerts": (N_("用工预警"), attention.alerts),
    "conflicts": (N_("冲突待处理"), attention.conflicts),
    "proposals": (N_("参数待确认"), attention.proposals),
}
"""What needs attention beside the stages, and how it is found."""

_FIRST: tuple[tuple[Role | None, str], ...] = (
    (Role.CLERK, N_("还没有办件。到“政策措施”中选一个事项（Ctrl+G），按 Ctrl+N 开始。")),
    (
        Role.ADMINISTRATOR,
        N_("还没有办件。请先到“系统管理”：增加各人的账号，填写签字人，设好备份的第二个位置，导入当年的放假安排。"),
    ),
    (None, N_("还没有需要您办理的办件。经办人收件以后，会列在这里。")),
)
"""What to do on the first day, by the first role of somebody's that it is for."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Everything that the page shows, read at once."""

    workload: Workload
    found: dict[str, Attention]
    backup: Sentence
    backup_is_old: bool


class WorkdeskPage(QWidget):
    """Counts by stage, limits that end, what needs attention, and the cases worked on last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        say = context.say
        self.tiles: dict[str, Tile] = {}
        self._mine = TileGrid(say(N_("待我办理")))
        self._others = TileGrid(say(N_("由其他角色办理")))
        self._pressing = TileGrid(say(N_("期限与提醒")))
        self.nothing = QLabel()
        self.nothing.setWordWrap(True)
        set_role(self.nothing, "muted")
        self._below = QLabel(say(N_("最近办理")))
        set_role(self._below, "heading")
        self.back = QPushButton(say(N_("返回最近办理")))
        set_role(self.back, "link")
        self.back.clicked.connect(lambda checked: self._show_below(""))
        self.back.hide()
        self.backup, self.exchange = QPushButton(), QPushButton()
        for link, page in ((self.backup, "system"), (self.exchange, "exchange")):
            set_role(link, "link")
            link.clicked.connect(partial(context.bus.page_wanted.emit, page))
        self.list = CaseList(
            context,
            hidden=(case_line.DISTRICT, case_line.ON),
            nothing=say(N_("办过的办件会列在这里。")),
            most=_LISTED,
        )
        self.list.opened.connect(context.bus.case_wanted)
        self.setFocusProxy(self.list.table)
        self.attention = AttentionList(context)
        self._found = {name: Attention() for name in _KINDS}
        self._kind = ""
        self._lower = QStackedWidget()
        self._lower.addWidget(self.list)
        self._lower.addWidget(self.attention)
        self._lay_out()
        context.bus.cases_changed.connect(self._count_if_seen)
        context.bus.handler_changed.connect(self._count_if_seen)
        context.bus.parameters_changed.connect(self._count_if_seen)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._below)
        line.addSpacing(8)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.exchange)
        line.addWidget(self.backup)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 8)
        box.setSpacing(8)
        for part in (self._mine, self._others, self._pressing, self.nothing):
            box.addWidget(part)
        box.addLayout(line)
        box.addWidget(self._lower, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for grid in (self._mine, self._others, self._pressing):
            grid.lie_low(low=event.size().height() < _LOW)

    def _count_if_seen(self) -> None:
        if self.isVisible():
            self._count()

    def _count(self) -> None:
        context = self._context

        def count() -> _Seen:
            desk = context.desk
            found = {name: look(context, desk) for name, (_, look) in _KINDS.items()}
            age = desk.backups.age()
            return _Seen(desk.workload(), found, next(desk.backups.sentences()), age is None or age > 0)

        context.store.ask(count, self._show_seen, owner=self)

    def _show_seen(self, seen: _Seen) -> None:
        say, bus = self._context.say, self._context.bus
        self._found = seen.found
        self.tiles = {}
        mine = [one for one in seen.workload.waiting if one.mine]
        others = [one for one in seen.workload.waiting if one.count > one.mine]
        for grid, waiting in ((self._mine, mine), (self._others, others)):
            tiles = {
                one.stage.value: Tile(
                    say,
                    say(STAGE_LABELS[one.stage]),
                    one.mine if grid is self._mine else one.count - one.mine,
                    partial(bus.cases_wanted.emit, one.wanted),
                )
                for one in waiting
            }
            grid.show_tiles(list(tiles.values()))
            self.tiles = tiles | self.tiles
        pressing = {
            one.due.value: Tile(
                say,
                say(DUE_LABELS[one.due]),
                one.count,
                partial(bus.cases_wanted.emit, one.wanted),
                verdict="ineligible" if one.due in (Due.OVER, Due.UNTOLD) else "incomplete",
            )
            for one in seen.workload.pressing
            if one.count
        }
        actions = {name: partial(self._show_below, name) for name in _KINDS}
        actions["conflicts"] = partial(bus.conflict_wanted.emit, "")  # they are settled side by side, on their own page
        actions["proposals"] = partial(bus.parameter_wanted.emit, "")
        pressing |= {
            name: Tile(say, say(_KINDS[name][0]), some.count, actions[name], verdict="incomplete")
            for name, some in seen.found.items()
            if some.count
        }
        self._pressing.show_tiles(list(pressing.values()))
        self.tiles |= pressing
        roles = self._context.desk.roles
        first = next(words for role, words in _FIRST if role is None or role in roles)
        self.nothing.setText(say(first))
        self.nothing.setVisible(not self.tiles)
        self._show_outside(seen)
        self._show_below(self._kind if self._kind and seen.found[self._kind].count else "")

    def _show_outside(self, seen: _Seen) -> None:
        """When the data were last in safety, and when they were last with others."""
        say = self._context.say
        self.backup.setText(say.read(seen.backup))
        set_role(self.backup, "doubtful_link" if seen.backup_is_old else "link")
        at = seen.workload.exchanged_at
        day = say(N_("最近一次数据交换：{day}"), day=local_time(at)[:10]) if at else say(N_("还没有数据交换"))
        self.exchange.setText(day)

    def _show_below(self, kind: str) -> None:
        """Show what needs attention, or, without a kind, the cases worked on last."""
        self._kind = kind
        self._below.setText(self._context.say(_KINDS[kind][0] if kind else N_("最近办理")))
        self.back.setVisible(bool(kind))
        if kind:
            self.attention.show_items(self._found[kind])
        self._lower.setCurrentWidget(self.attention if kind else self.list)
