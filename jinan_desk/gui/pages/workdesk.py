"""工作台: what there is to do, by stage, and what needs attention. Every number leads to its cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui import attention, case_model
from jinan_desk.gui.attention import Attention, AttentionList
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.services.desk import Desk
from jinan_desk.services.listing import CaseFilter

_SETTLED = frozenset({Stage.ARCHIVED, Stage.WITHDRAWN, Stage.CLOSED})
_COLUMNS = 6
_KINDS: dict[str, tuple[str, Callable[[Context, Desk], Attention]]] = {
    "findings": (N_("疑点待核实"), attention.findings),
    "alerts": (N_("用工预警"), attention.alerts),
    "conflicts": (N_("冲突待处理"), attention.conflicts),
}
"""What needs attention beside the stages, and how it is found."""


class WorkdeskPage(QWidget):
    """Counts by stage, and the cases worked on last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        say = context.say
        heading = QLabel(say(N_("在办")))
        set_role(heading, "heading")
        self.tiles: dict[str, QPushButton] = {}
        self._tiles = QGridLayout()
        self._tiles.setSpacing(10)
        self._nothing = QLabel(say(N_("还没有办件。到“政策措施”中选一个事项，按 Ctrl+N 开始。")))
        set_role(self._nothing, "muted")
        self._below = QLabel(say(N_("最近办理")))
        set_role(self._below, "heading")
        self.back = QPushButton(say(N_("返回最近办理")))
        set_role(self.back, "link")
        self.back.clicked.connect(lambda checked: self._show_below(""))
        self.back.hide()
        self.list = CaseList(
            context, hidden=(case_model.DISTRICT, case_model.ON), nothing=say(N_("办过的事项会列在这里。"))
        )
        self.list.opened.connect(context.bus.case_wanted)
        self.attention = AttentionList(context)
        self._found = {name: Attention() for name in _KINDS}
        self._kind = ""
        self._lower = QStackedWidget()
        self._lower.addWidget(self.list)
        self._lower.addWidget(self.attention)
        line = QHBoxLayout()
        line.addWidget(self._below)
        line.addSpacing(8)
        line.addWidget(self.back)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 8)
        box.setSpacing(10)
        box.addWidget(heading)
        box.addLayout(self._tiles)
        box.addWidget(self._nothing)
        box.addSpacing(6)
        box.addLayout(line)
        box.addWidget(self._lower, 1)
        context.bus.cases_changed.connect(self._count_if_seen)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def _count_if_seen(self) -> None:
        if self.isVisible():
            self._count()

    def _count(self) -> None:
        context = self._context
        stages = [stage for stage in Stage if stage not in _SETTLED]

        def count() -> tuple[list[tuple[Stage, int]], dict[str, Attention]]:
            desk = context.desk
            counts = [(stage, desk.cases.count(CaseFilter(stages=(stage.value,)))) for stage in stages]
            return counts, {name: look(context, desk) for name, (_, look) in _KINDS.items()}

        context.store.ask(count, lambda counted: self._show_counts(*counted), owner=self)

    def _show_counts(self, counts: list[tuple[Stage, int]], found: dict[str, Attention]) -> None:
        while self._tiles.count():
            self._tiles.takeAt(0).widget().deleteLater()
        self._found = found
        bus = self._context.bus
        self.tiles = {
            stage.value: self._tile(
                STAGE_LABELS[stage], count, partial(bus.cases_wanted.emit, CaseFilter(stages=(stage.value,)))
            )
            for stage, count in counts
            if count
        }
        actions = {name: partial(self._show_below, name) for name in _KINDS}
        actions["conflicts"] = partial(bus.conflict_wanted.emit, "")  # they are settled side by side, on their own page
        self.tiles |= {
            name: self._tile(_KINDS[name][0], some.count, actions[name], urgent=True)
            for name, some in found.items()
            if some.count
        }
        for place, tile in enumerate(self.tiles.values()):
            self._tiles.addWidget(tile, *divmod(place, _COLUMNS))
        for column in range(_COLUMNS):
            self._tiles.setColumnStretch(column, 1)
        self._nothing.setVisible(not self.tiles)
        self._show_below(self._kind if self._kind and found[self._kind].count else "")

    def _show_below(self, kind: str) -> None:
        """Show what needs attention, or, without a kind, the cases worked on last."""
        self._kind = kind
        self._below.setText(self._context.say(_KINDS[kind][0] if kind else N_("最近办理")))
        self.back.setVisible(bool(kind))
        if kind:
            self.attention.show_items(self._found[kind])
        self._lower.setCurrentWidget(self.attention if kind else self.list)

    def _tile(self, label: str, count: int, action: Callable[[], object], *, urgent: bool = False) -> QPushButton:
        say = self._context.say
        tile = _Tile()
        tile.setAccessibleName(say(N_("{stage} {count} 件"), stage=say(label), count=count))
        tile.clicked.connect(lambda checked: action())
        number = QLabel(str(count))
        set_role(number, "figure")
        if urgent:
            number.setProperty("verdict", "incomplete")
        name = QLabel(say(label))
        set_role(name, "muted")
        inside = QVBoxLayout(tile)
        inside.setContentsMargins(14, 8, 14, 10)
        inside.setSpacing(0)
        for part in (number, name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(part)
        return tile


class _Tile(QPushButton):
    """A card that can be pressed."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "tile")
        self.setMinimumHeight(74)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
