"""The roster of a draft as a table that Qt can show: texts as typed, every row with its verdict and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon

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
from jinan_desk.services.entry import Answered, Line

Index = QModelIndex | QPersistentModelIndex

VERDICT = 0
"""The column of the row's verdict; the fields follow, and after them the reasons."""

_NUMERIC = (Money, Count, Number, Rate)
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLE = Qt.ItemDataRole
_ANSWERED = frozenset((
    _ROLE.DisplayRole, _ROLE.EditRole, _ROLE.TextAlignmentRole, _ROLE.DecorationRole, _ROLE.FontRole,
    _ROLE.BackgroundRole, _ROLE.ForegroundRole, _ROLE.ToolTipRole,
))  # fmt: skip
_USABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _USABLE | Qt.ItemFlag.ItemIsEditable
_KEPT = 20_000
"""Texts of which it is known in what shape they are shown."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a cell looks like."""

    text: str
    colour: QColor | None = None
    ground: QColor | None = None
    icon: QIcon | None = None
    bold: QFont | None = None
    right: bool = False


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
        self._told: dict[int, tuple[Line, str]] = {}
        self._usual: dict[tuple[int, str], str] = {}
        self._icons = {outcome: context.look.icon(name, _COLOURS[outcome]) for outcome, name in VERDICT_ICONS.items()}
        self._verdicts = {outcome: context.look.verdict(outcome) for outcome in VERDICT_ICONS}
        self._masked = {column for column, declared in enumerate(fields, start=1) if declared.is_masked}
        self._strong = QFont(QGuiApplication.font())
        self._strong.setBold(True)
        self._bad, self._bad_soft, self._muted = map(context.look.colour, ("bad", "bad_soft", "muted"))
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
        before = self._said()
        self._answered, self._answer = answered, answer
        self._together = _by_row(answered.wrong) if answered is not None else {}
        self._worded, self._told = {}, {}
        self._redraw_others(before)

    def _said(self) -> tuple[Sequence[object], Mapping[int, Mapping[str, Sentence]], list[bool]]:
        """What the answer says of each line, what is wrong in it beside others, and whether the line is still that."""
        rows = self._answer.rows if self._answer is not None else ()
        return rows, self._together, [self._known(row) for row in range(len(self._draft.lines))]

    def _redraw_others(self, before: tuple[Sequence[object], Mapping[int, Mapping[str, Sentence]], list[bool]]) -> None:
        """Have the lines drawn of which something else is said than before: drawing takes the longest of all that a key
        begins, and mostly it has changed one line."""
        (old, apart, were), (new, together, are) = before, self._said()
        others = [
            row
            for row, known in enumerate(are)
            if known != were[row]
            or (known and old[row] is not new[row])
            or apart.get(row) != together.get(row)
        ]
        if others:
            self._redraw(others[0], others[-1])

    def _begin_load(self) -> None:
        self.beginResetModel()
        self._answered = self._answer = None
        self._told = {}

    def _begin_insert(self, first: int, last: int) -> None:
        """Lines that are added at the end begin in the blank one, so that the cursor in it stays where it is."""
        into_blank = first == len(self._draft.lines) and not self._locked
        self.beginInsertRows(QModelIndex(), first + into_blank, last + into_blank)

    def _end_insert(self) -> None:
        self.endInsertRows()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def _redraw(self, first: int, last: int) -> None:
        if first == last:  # cell by cell: where it is more than one, Qt draws all that is to be seen anew
            for cell in [self.index(first, column) for column in range(self.reasons + 1)]:
                self.dataChanged.emit(cell, cell)
        elif first < last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.reasons))

    # What Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._draft.lines) + (not self._locked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _EDITABLE if not self._locked and self.field(index.column()) is not None else _USABLE

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
        if role == Qt.ItemDataRole.EditRole:
            known = row < len(self._draft.lines) and self.field(column) is not None
            return self._draft.lines[row].texts[column - 1] if known else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        drawn = self.drawn(row, column)
        if drawn is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return drawn.text or None if self.field(column) is None else drawn.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _TO_THE_RIGHT if drawn.right else None
        if role == Qt.ItemDataRole.DecorationRole:
            return drawn.icon
        if role == Qt.ItemDataRole.FontRole:
            return drawn.bold
        return drawn.colour if role == Qt.ItemDataRole.ForegroundRole else drawn.ground

    def drawn(self, row: int, column: int) -> Drawn | None:
        """What a cell looks like, None below the last line."""
        if row >= len(self._draft.lines):
            return None
        if column == VERDICT:
            return self._verdict(row)
        declared = self.field(column)
        if declared is None:
            return Drawn(self._reasons(row), colour=self._muted)
        text = self.whole(row, column)
        if self.is_hidden(column):
            text = masked(text)
        right = isinstance(declared.kind, _NUMERIC)
        if declared.key not in self.wrong(row):
            return Drawn(text, right=right)
        return Drawn(text, colour=self._bad, ground=self._bad_soft, right=right)

    def _tip(self, row: int, column: int) -> str | None:
        """What is wrong with a cell; else all that stands in it, which the column may be too narrow for."""
        declared = self.field(column)
        if declared is not None and row < len(self._draft.lines):
            wrong = self.wrong(row).get(declared.key)
            if wrong is not None:
                return self._say.read(wrong)
        drawn = self.drawn(row, column)
        return drawn.text or None if drawn is not None else None

    def whole(self, row: int, column: int, line: Line | None = None) -> str:
        """What a cell shows where nothing is masked; of a `line` that stood there a moment ago, what it showed."""
        declared = self.field(column)
        now = self._draft.lines[row] if row < len(self._draft.lines) else None
        line = line or now
        if declared is None or line is None:
            return str(self.index(row, column).data() or "") if line is now else ""
        text = line.texts[column - 1]
        shown = self._usual.get((column, text))
        if shown is None:
            if len(self._usual) >= _KEPT:
                self._usual.clear()
            usual = usual_text(declared.kind, text)
            shown = self._say(usual) if isinstance(declared.kind, Choice | Flag) and usual else usual
            self._usual[column, text] = shown
        return shown

    def shown(self, row: int, column: int) -> str:
        """What a cell says, masked or not: the answer to a search."""
        if self.field(column) is not None:
            return self.whole(row, column)
        return self._verdict(row).text if column == VERDICT else self._reasons(row)

    def urgency(self, row: int) -> int:
        """0 for a line that does not hold, 1 for one that lacks something or has no answer, 2 for one that holds."""
        if self._answer is None or not self._known(row):
            return 1
        return _URGENCY[self._answer.outcomes[row]]

    def is_hidden(self, column: int) -> bool:
        """Whether a column's numbers are masked now."""
        return column in self._masked and self._draft.veil.hidden

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
        together = self._together.get(row)
        return {**together, **alone} if together else alone

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

    def _verdict(self, row: int) -> Drawn:
        if self._answer is None or not self._known(row):
            return Drawn("")
        outcome = self._answer.outcomes[row]
        word = self._say(OUTCOME_LABELS[outcome])
        amount = self._row_answer(row).amount if outcome is Outcome.ELIGIBLE else None
        text = f"{word}  {figures(amount)}" if amount else word
        return Drawn(text, colour=self._verdicts[outcome], icon=self._icons[outcome], bold=self._strong)

    def _reasons(self, row: int) -> str:
        """All that there is to say of a line, put together when it is first looked at."""
        line = self._draft.lines[row]
        kept = self._told.get(row)
        if kept is None or kept[0] is not line:
            kept = self._told[row] = line, self._say(N_("；")).join(self._why(row))
        return kept[1]

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


