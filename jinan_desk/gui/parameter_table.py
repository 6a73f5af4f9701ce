"""The dated values as a table: those that are shipped, those of the office, and what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from jinan_desk.core.basis import MARK_LABELS, Mark
from jinan_desk.core.dated import ALWAYS, Dated, Parameter
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.measures import programmes
from jinan_desk.services.parameters import STATE_LABELS, Proposal, State

Index = QModelIndex | QPersistentModelIndex

HEADS = (
    (N_("参数"), 200), (N_("数值"), 116), (N_("起始日期"), 92), (N_("性质"), 118), (N_("依据"), 330),
    (N_("事项"), 92),
)  # fmt: skip
SOURCE = 4
_VALUE, _MARK = 1, 3
_DOUBTFUL = (Mark.READING, Mark.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Row:
    """A dated value of a parameter, or a parameter that has none; `proposal` where the office has entered it."""

    parameter: Parameter
    dated: Dated | None
    proposal: Proposal | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether it is to be confirmed or entered by the office."""
        if self.proposal is not None:
            return self.proposal.state is State.OPEN
        return self.dated is None or self.dated.basis.mark in _DOUBTFUL


class ParameterModel(QAbstractTableModel):
    """One row a dated value; a parameter without any has one, too, that says so."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = context.say
        self._doubt, self._faint = context.look.colour("doubt"), context.look.colour("muted")
        self._codes: dict[str, list[str]] = {}
        self._parameters: dict[str, Parameter] = {}
        for _, programme in programmes():
            for parameter in programme.parameters:
                self._parameters.setdefault(parameter.key, parameter)
                self._codes.setdefault(parameter.key, []).append(programme.code)
        self._rows: list[Row] = []
        self._told: dict[int, tuple[str, ...]] = {}
        self.add(())

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters, in the order in which they are shown."""
        return tuple(self._parameters.values())

    def row(self, number: int) -> Row:
        return self._rows[number]

    def add(self, own: Sequence[Proposal]) -> None:
        """Show the office's own values between those that are shipped."""
        self.beginResetModel()
        self._rows = []
        self._told.clear()
        for parameter in self._parameters.values():
            rows = [Row(parameter, dated) for dated in parameter.values]
            rows += [Row(parameter, one.dated, one) for one in own if one.parameter.key == parameter.key]
            self._rows += sorted(rows, key=_since) or [Row(parameter, None)]
        self.endResetModel()

    def row_of(self, key: str, number: int = 0) -> int:
        """The first row of the parameter, or that of the proposal where its number is given; -1 for none."""
        for place, row in enumerate(self._rows):
            if number and row.proposal is not None and row.proposal.number == number:
                return place
            if not number and row.parameter.key == key:
                return place
        return -1

    def told(self, row: Row) -> str:
        """The value with the words it rests on, and who has proposed and settled it."""
        say = self._say
        texts = self._texts(row)
        lines = ["　".join(filter(None, (texts[0], texts[_VALUE], texts[2]))), texts[SOURCE]]
        proposal = row.proposal
        if proposal is not None:
            proposed = say(N_("提出：{name}"), name=proposal.by) if proposal.by else ""
            lines.append("　".join(filter(None, (texts[_MARK], proposed, say.read(proposal.settled())))))
        elif row.dated is not None:
            lines[1] = say.told(texts[_MARK], lines[1])
        return "\n".join(filter(None, lines))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._say(HEADS[section][0]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole:
            if row.proposal is not None and row.proposal.state is State.WITHDRAWN:
                return self._faint
            return self._doubt if row.is_doubtful and index.column() in (_VALUE, _MARK) else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        texts = self._told.get(index.row())
        if texts is None:
            texts = self._told[index.row()] = self._texts(row)
        return texts[index.column()]

    def _texts(self, row: Row) -> tuple[str, ...]:
        say, parameter, dated = self._say, row.parameter, row.dated
        unit = f" {say(parameter.unit)}" if parameter.unit else ""
        return (
            say(parameter.label),
            say(N_("未录入")) if dated is None else say.value(parameter.kind, dated.value) + unit,
            "" if dated is None or dated.since == ALWAYS else dated.since.isoformat(),
            say(_mark(row)),
            "" if dated is None else say.read(dated.basis.cite()),
            say.listed(self._codes[parameter.key]),
        )


def _mark(row: Row) -> str:
    proposal = row.proposal
    if proposal is None:
        return MARK_LABELS[Mark.UNKNOWN if row.dated is None else row.dated.basis.mark]
    return N_("本机构录入") if proposal.state is State.IN_FORCE else STATE_LABELS[proposal.state]


def _since(row: Row) -> Any:
    return ALWAYS if row.dated is None else row.dated.since
