"""The sides of a conflict next to each other, a line for each difference, with a choice in every line.

Where there are very many, the lines after the first hundreds are chosen as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jinan_desk.core.dates import local_time
from jinan_desk.core.text import N_, Sentence
from jinan_desk.core.workflow import STAGE_LABELS
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import mark
from jinan_desk.gui.words import Words
from jinan_desk.services.conflicts import Conflict, Difference, Version

_WHAT_SHARE, _SIDE_SHARE = 4, 6
_MOST = 150
_REST = ""
"""The key of the line that stands for all the others."""


class ConflictGrid(QScrollArea):
    """What is chosen so far is in `choices`; a side is taken whole by its button, above."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._say = context.say
        self.cells: dict[str, list[_Cell]] = {}
        self.whole: list[QPushButton] = []
        self._marks: dict[str, QLabel] = {}
        self._rest: tuple[Difference, ...] = ()
        self._groups: list[QButtonGroup] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self._say(N_("各版本的不同之处")))

    @property
    def choices(self) -> Mapping[str, int]:
        """By difference the side chosen for it; what is still to be chosen is left out."""
        chosen = self._chosen_lines()
        rest = chosen.pop(_REST, None)
        if rest is not None:
            chosen |= {difference.key: rest for difference in self._rest}
        return chosen

    @property
    def buttons(self) -> list[QAbstractButton]:
        """What chooses, in the order in which it is read."""
        return [*self.whole, *(cell.radio for cells in self.cells.values() for cell in cells)]

    @property
    def undecided(self) -> QWidget | None:
        """The first version of the first difference that is still to be chosen."""
        chosen = self._chosen_lines()
        return next((cells[0].radio for key, cells in self.cells.items() if key not in chosen), None)

    def _chosen_lines(self) -> dict[str, int]:
        return {
            key: place
            for key, cells in self.cells.items()
            for place, cell in enumerate(cells)
            if cell.radio.isChecked()
        }

    def show_conflict(self, conflict: Conflict) -> None:
        """Show a conflict with what is proposed chosen."""
        self.cells, self._marks, self._groups = {}, {}, []
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, _WHAT_SHARE)
        self.whole = []
        for place, version in enumerate(conflict.versions):
            grid.setColumnStretch(place + 1, _SIDE_SHARE)
            grid.addWidget(self._head(place, version), 0, place + 1)
        shown, self._rest = conflict.differences[:_MOST], conflict.differences[_MOST:]
        for line, difference in enumerate(shown, start=1):
            self._add(grid, line, difference, conflict)
        if self._rest:
            self._add(grid, len(shown) + 1, self._all_of_the_rest(conflict), conflict)
        if not conflict.differences:
            same = QLabel(self._say(N_("几个版本的内容相同，写明理由即可合为一个。")))
            set_role(same, "muted")
            grid.addWidget(same, 1, 0, 1, len(conflict.versions) + 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(inner)
        self._refresh()

    def _all_of_the_rest(self, conflict: Conflict) -> Difference:
        """The line for what is not shown one by one."""
        words = [
            Sentence(N_("都取版本 {letter}"), letter=version.letter) for version in conflict.versions
        ]
        what = Sentence(N_("其余 {count} 项"), count=len(self._rest))
        return Difference(_REST, what, tuple(words), None)

    def _head(self, place: int, version: Version) -> QFrame:
        say = self._say
        card = QFrame()
        set_role(card, "card")
        box = QVBoxLayout(card)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(2)
        title = QLabel(say(N_("版本 {letter}　{office}"), letter=version.letter, office=version.office))
        set_role(title, "heading")
        stage = say(STAGE_LABELS[version.stage])
        who = QLabel(f"{version.revision.account}　{local_time(version.revision.at)}")
        set_role(who, "small")
        came_to = QLabel(f"{stage}　{say.read(version.result)}")
        take = QPushButton(say(N_("整份采用版本 {letter}"), letter=version.letter))
        take.clicked.connect(partial(self.take_whole, place))
        self.whole.append(take)
        for label in (title, who, came_to):
            label.setWordWrap(True)
            box.addWidget(label)
        if version.strange:
            strange = QLabel(say(N_("该机构当时并不办理此办件")))
            strange.setWordWrap(True)
            set_role(strange, "wrong")
            box.addWidget(strange)
        box.addStretch(1)
        box.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _add(self, grid: QGridLayout, line: int, difference: Difference, conflict: Conflict) -> None:
        say = self._say
        what = QLabel(say.read(difference.what))
        what.setWordWrap(True)
        set_role(what, "strong")
        told = QLabel()
        told.setWordWrap(True)
        side = QVBoxLayout()
        side.setContentsMargins(0, 6, 0, 6)
        side.setSpacing(1)
        side.addWidget(what)
        side.addWidget(told)
        side.addStretch(1)
        grid.addLayout(side, line, 0)
        group = QButtonGroup(self)
        self._groups.append(group)
        cells = []
        for place in range(len(difference.values)):
            cell = _Cell(what.text(), conflict.versions[place].letter, say)
            cell.show_value((difference.veiled or difference.values)[place])
            group.addButton(cell.radio)
            grid.addWidget(cell, line, place + 1)
            cells.append(cell)
        set_role(told, "small")
        if difference.proposed is None:
            self._marks[difference.key] = told
        else:
            only = conflict.versions[difference.proposed].letter
            told.setText(say(N_("只有版本 {letter} 改过"), letter=only))
            cells[difference.proposed].radio.setChecked(True)
        self.cells[difference.key] = cells
        group.buttonToggled.connect(self._chosen)

    def show_numbers(self, conflict: Conflict) -> None:
        """Show the private numbers, too, of the conflict that stands here."""
        for difference in conflict.differences:
            for cell, value in zip(self.cells.get(difference.key, ()), difference.values, strict=False):
                cell.show_value(value)

    def take_whole(self, place: int) -> None:
        """Choose this side in every line."""
        for cells in self.cells.values():
            cells[place].radio.setChecked(True)

    def _chosen(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        for cells in self.cells.values():
            for cell in cells:
                cell.show_chosen()
        chosen = self._chosen_lines()
        for key, told in self._marks.items():
            told.setText(self._say(N_("已选定") if key in chosen else N_("请选定")))
            mark(told, verdict="" if key in chosen else "incomplete")


class _Cell(QFrame):
    """One side's value: a click anywhere in it chooses it."""

    def __init__(self, what: str, letter: str, say: Words) -> None:
        super().__init__()
        self._what, self._letter, self._say = what, letter, say
        set_role(self, "cell")
        self.radio = QRadioButton()
        self._value = value = QLabel()
        value.setWordWrap(True)
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        value.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(value, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_value(self, value: Sentence) -> None:
        text = self._say.read(value)
        self._value.setText(text)
        words = N_("{what}，版本 {letter}：{value}")
        self.radio.setAccessibleName(self._say(words, what=self._what, letter=self._letter, value=text))

    def show_chosen(self) -> None:
        mark(self, chosen=self.radio.isChecked())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus()
        self.radio.setChecked(True)
        super().mouseReleaseEvent(event)
