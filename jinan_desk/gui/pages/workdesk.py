"""工作台: what there is to do, by stage. Every number leads to its cases."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.gui import case_list
from jinan_desk.gui.case_list import CaseList
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.services.listing import CaseFilter

_SETTLED = frozenset({Stage.ARCHIVED, Stage.WITHDRAWN, Stage.CLOSED})
_COLUMNS = 6


class WorkdeskPage(QWidget):
    """Counts by stage, and the cases worked on last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        say = context.say
        heading = QLabel(say(N_("在办")))
        set_role(heading, "heading")
        self._tiles = QGridLayout()
        self._tiles.setSpacing(10)
        self._nothing = QLabel(say(N_("还没有办件。到“政策措施”中选一个事项，按 Ctrl+N 开始。")))
        set_role(self._nothing, "muted")
        recent = QLabel(say(N_("最近办理")))
        set_role(recent, "heading")
        self.list = CaseList(
            context, hidden=(case_list.DISTRICT, case_list.ON), nothing=say(N_("办过的事项会列在这里。"))
        )
        self.list.opened.connect(context.bus.case_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 8)
        box.setSpacing(10)
        box.addWidget(heading)
        box.addLayout(self._tiles)
        box.addWidget(self._nothing)
        box.addSpacing(6)
        box.addWidget(recent)
        box.addWidget(self.list, 1)
        context.bus.cases_changed.connect(self._count_if_seen)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def _count_if_seen(self) -> None:
        if self.isVisible():
            self._count()

    def _count(self) -> None:
        cases = self._context.desk.cases
        stages = [stage for stage in Stage if stage not in _SETTLED]
        self._context.store.ask(
            lambda: [(stage, cases.count(CaseFilter(stages=(stage.value,)))) for stage in stages],
            self._show_counts,
            owner=self,
        )

    def _show_counts(self, counts: list[tuple[Stage, int]]) -> None:
        while self._tiles.count():
            self._tiles.takeAt(0).widget().deleteLater()
        shown = [(stage, count) for stage, count in counts if count]
        for place, (stage, count) in enumerate(shown):
            self._tiles.addWidget(self._tile(stage, count), *divmod(place, _COLUMNS))
        for column in range(_COLUMNS):
            self._tiles.setColumnStretch(column, 1)
        self._nothing.setVisible(not shown)

    def _tile(self, stage: Stage, count: int) -> QWidget:
        say = self._context.say
        tile = _Tile()
        tile.setAccessibleName(say(N_("{stage} {count} 件"), stage=say(STAGE_LABELS[stage]), count=count))
        tile.clicked.connect(partial(self._context.bus.stage_wanted.emit, stage.value))
        number = QLabel(str(count))
        set_role(number, "figure")
        name = QLabel(say(STAGE_LABELS[stage]))
        set_role(name, "muted")
        inside = QVBoxLayout(tile)
        inside.setContentsMargins(14, 8, 14, 10)
        inside.setSpacing(0)
        for label in (number, name):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(label)
        return tile


class _Tile(QPushButton):
    """A card that can be pressed."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "tile")
        self.setMinimumHeight(74)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
