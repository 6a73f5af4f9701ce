"""The roster of a draft as a table that Qt can show: texts as typed, every row with its verdict and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication

from jinan_desk.core.check import Result
from jinan_desk.core.determination import OUTCOME_LABELS, Outcome
from jinan_desk.core.field import Field
from jinan_desk.core.identity import masked
from jinan_desk.core.kind import Choice, Count, Flag, Money, Number, Rate
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_, Sentence
from jinan_desk.gui.answer import Answer, row_index
from jinan_desk.gui.context import Context
from jinan_desk.gui.draft import Cell, Draft
from jinan_desk.gui.line_control import usual_text
from jinan_desk.gui.look import VERDICT_ICONS
from jinan_desk.services.entry import Answered

Index = QModelIndex | QPersistentModelIndex

VERDICT = 0
"""The column of the row's verdict; the fields follow, and after them the reasons."""

_NUMERIC = (Money, Count, Number, Rate)
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLE = Qt.ItemDataRole
_OF_WRONG = frozenset((_ROLE.BackgroundRole, _ROLE.ForegroundRole, _ROLE.ToolTipRole))
"""What tells of a cell that something is wrong with it."""
_ANSWERED = _OF_WRONG | {
    _ROLE.DisplayRole, _ROLE.EditRole, _ROLE.TextAlignmentRole, _ROLE.DecorationRole, _ROLE.FontRole,
}  # fmt: skip


class RosterModel(QAbstractTableModel):
    """The lines of a draft. While it may be changed, a blank line stands below the last: typing there adds one."""

    def __init__(self, draft: Draft, fields: tuple[Field, ...], context: Context) -> None:
        super().__init__(draft)
        self.fields = fields
        self._draft = draft
        self._context = context
        self._say = context.say
        self._locked = False
        self._answered: Answered | None = None
        self._answer: Answer | None = None
        self._together: Mapping[int, Mapping[str, Sentence]] = {}
        self._worded: dict[int, Answer] = {}
        self._icons = {outcome: context.look.icon(name, _COLOURS[outcome]) for outcome, name in VERDICT_ICONS.items()}
        self._strong = QFont(QGuiApplication.font())
        self._strong.setBold(True)
        draft.veil.changed.connect(lambda: self._redraw(0, self.rowCount() - 1))
        draft.lines_changed.connect(self._redraw)
        draft.loading.connect(self._begin_load)
        draft.loaded.connect(self.endResetModel)
        draft.lines_coming.connect(self._begin_insert)
        draft.lines_came.connect(self._end_insert)
        draft.lines_going.connect(lambda first, last: self.beginRemoveRows(QModelIndex(), first, last))
        draft.lines_went.connect(self.endRemoveRows)

    @property
    def reasons(self) -> int:
        """The column of the reasons."""
        return len(self.fields) + 1

    def field(self, column: int) -> Field | None:
        """The field of a column, None for verdict and reasons."""
        return self.fields[column - 1] if 1 <= column <= len(self.fields) else None

    def lock(self, locked: bool) -> None:
        if locked == self._locked:
            return
        self.beginResetModel()
        self._locked = locked
        self.endResetModel()

    def show_answer(self, answered: Answered | None, answer: Answer | None) -> None:
        """Show the verdicts of an answer; lines that are others by now wait for the next."""
        self._answered, self._answer = answered, answer
        self._together = _by_row(answered.wrong) if answered is not None else {}
        self._worded = {}
        self._redraw(0, self.rowCount() - 1)

    def _begin_load(self) -> None:
        self.beginResetModel()
        self._answered = self._answer = None

    def _begin_insert(self, first: int, last: int) -> None:
        """Lines that are added at the end begin in the blank one, so that the cursor in it stays where it is."""
        into_blank = first == len(self._draft.lines) and not self._locked
        self.beginInsertRows(QModelIndex(), first + into_blank, last + into_blank)

    def _end_insert(self) -> None:
        self.endInsertRows()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def _redraw(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.reasons))

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._draft.lines) + (not self._locked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = not self._locked and self.field(index.column()) is not None
        return usable | Qt.ItemFlag.ItemIsEditable if editable else usable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return section + 1 if section < len(self._draft.lines) else "＋"
            return None
        declared = self.field(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if declared is not None:
                label = self._say(declared.label)
                return self._say.beside(label, self._say(declared.unit)) if declared.unit else label
            return self._say(N_("认定")) if section == VERDICT else self._say(N_("情况"))
        if role == Qt.ItemDataRole.ToolTipRole and declared is not None and declared.help:
            return self._say(declared.help)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:  # Qt asks for a dozen of each cell that it paints
            return None
        row, column = index.row(), index.column()
        if row >= len(self._draft.lines):
            return None
        declared = self.field(column)
        if declared is None:
            return self._verdict(row, role) if column == VERDICT else self._reasons(row, role)
        text = self._draft.lines[row].texts[column - 1]
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            return masked(self.whole(row, column)) if self.is_hidden(column) else self.whole(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _TO_THE_RIGHT if isinstance(declared.kind, _NUMERIC) else None
        told = self._mark_wrong(row, declared, role) if role in _OF_WRONG else None
        if told is None and role == Qt.ItemDataRole.ToolTipRole:
            return self.data(index)  # whole, where the column is too narrow for it
        return told

    def _mark_wrong(self, row: int, declared: Field, role: int) -> Any:
        """How a cell shows that something is wrong with it."""
        wrong = self.wrong(row).get(declared.key)
        if wrong is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._say.read(wrong)
        return self._context.look.colour("bad_soft" if role == Qt.ItemDataRole.BackgroundRole else "bad")

    def whole(self, row: int, column: int) -> str:
        """What a cell shows where nothing is masked."""
        declared = self.field(column)
        if declared is None or row >= len(self._draft.lines):
            return str(self.index(row, column).data() or "")
        usual = usual_text(declared.kind, self._draft.lines[row].texts[column - 1])
        return self._say(usual) if isinstance(declared.kind, Choice | Flag) and usual else usual

    def shown(self, row: int, column: int) -> str:
        """What a cell says, masked or not: the answer to a search."""
        if self.field(column) is not None:
            return self.whole(row, column)
        return str((self._verdict if column == VERDICT else self._reasons)(row, Qt.ItemDataRole.DisplayRole) or "")

    def urgency(self, row: int) -> int:
        """0 for a line that does not hold, 1 for one that lacks something or has no answer, 2 for one that holds."""
        if self._answer is None or not self._known(row):
            return 1
        return _URGENCY[self._answer.outcomes[row]]

    def is_hidden(self, column: int) -> bool:
        """Whether a column's numbers are masked now."""
        declared = self.field(column)
        return declared is not None and declared.is_masked and self._draft.veil.hidden

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.field(index.column()) is None:
            return False
        self._draft.set_cells([Cell(index.row(), index.column() - 1, str(value))], self._say(N_("填写名单")))
        return True

    # Verdicts -------------------------------------------------------------------------------------------------------

    def wrong(self, row: int) -> Mapping[str, Sentence]:
        """What is wrong with a line, by key: each text by itself, and what does not go together."""
        line = self._draft.lines[row]
        alone = line.read(self.fields)[1]
        if self._answered is None or not self._known(row):
            return alone
        return {**self._together.get(row, {}), **alone}

    def _row_answer(self, row: int) -> Answer:
        """The answer to a row, worded when it is first looked at."""
        if row not in self._worded and self._answer is not None:
            self._worded[row] = self._answer.row(row)
        return self._worded[row]

    def _known(self, row: int) -> bool:
        """Whether the answer is about the line as it stands now."""
        if self._answer is None or row >= self._answer.row_count:
            return False
        if self._answered is None:  # a stored answer
            return True
        lines = self._answered.entry.lines
        return row < len(lines) and lines[row] is self._draft.lines[row]

    def _verdict(self, row: int, role: int) -> Any:
        if self._answer is None or not self._known(row):
            return None
        outcome = self._answer.outcomes[row]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            word = self._say(OUTCOME_LABELS[outcome])
            amount = self._row_answer(row).amount if outcome is Outcome.ELIGIBLE else None
            return f"{word}  {figures(amount)}" if amount else word
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[outcome]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._context.look.verdict(outcome)
        if role == Qt.ItemDataRole.FontRole:
            return self._strong
        return None

    def _reasons(self, row: int, role: int) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._context.look.colour("muted") if role == Qt.ItemDataRole.ForegroundRole else None
        return self._say(N_("；")).join(self._why(row)) or None

    def _why(self, row: int) -> list[str]:
        wrong = self.wrong(row)
        said = [self._say.told(self._label(key), self._say.read(sentence)) for key, sentence in wrong.items()]
        if self._answer is None or not self._known(row):
            return said
        answer = self._row_answer(row)
        said += [check.reason for check in answer.checks if check.result is Result.FAIL]
        missing = [self._label(p.path.rpartition(".")[2]) for p in answer.missing]
        missing = [label for label in dict.fromkeys(missing) if label not in map(self._label, wrong)]
        if missing:
            said.append(self._say(N_("待补充：{what}"), what=self._say.listed(missing)))
        return said + [pointer.text for pointer in answer.cautions]

    def _label(self, key: str) -> str:
        return self._say(next((f.label for f in self.fields if f.key == key), key))


def _by_row(wrong: Mapping[str, Sentence]) -> dict[int, dict[str, Sentence]]:
    """What is wrong in rows, by row and key."""
    rows: dict[int, dict[str, Sentence]] = {}
    for path, sentence in wrong.items():
        row = row_index(path)
        if row >= 0:
            rows.setdefault(row, {})[path.rpartition(".")[2]] = sentence
    return rows


_URGENCY = {Outcome.INELIGIBLE: 0, Outcome.INCOMPLETE: 1, Outcome.ELIGIBLE: 2}
_COLOURS = {Outcome.ELIGIBLE: "good", Outcome.INELIGIBLE: "bad", Outcome.INCOMPLETE: "doubt"}


