"""The draft: what stands in an editor, as typed, with one undo stack across fields and roster.

Widgets show a draft and change it through its methods only; every change is a command that can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from jinan_desk.core.text import N_
from jinan_desk.gui.veil import Veil
from jinan_desk.gui.words import Words
from jinan_desk.services.entry import ON, Entry, Line


class Cell(NamedTuple):
    """A text for one place of the roster. A tuple, since a paste makes tens of thousands."""

    row: int
    column: int
    text: str


class Draft(QObject):
    """An entry that is being worked on."""

    fact_changed = Signal(str)
    """The text of this field (or of the day, `on`) is another one."""
    lines_changed = Signal(int, int)
    """Texts in the lines first..last are others; no line came or went."""
    lines_coming = Signal(int, int)
    """Lines will come to stand at first..last."""
    lines_came = Signal()
    lines_going = Signal(int, int)
    """The lines first..last will go."""
    lines_went = Signal()
    loading = Signal()
    """Everything will be another entry."""
    loaded = Signal()
    changed = Signal()
    """Any of these happened."""

    def __init__(self, entry: Entry, say: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.programme = entry.programme
        self._say = say
        self._texts = {**entry.texts, ON: entry.on}
        self._lines = list(entry.lines)
        self.stack = QUndoStack(self)
        self._floor = 0
        """The step of undo above which everything is that was typed since the entry was taken up."""
        self.veil = Veil(self)
        self.changed.connect(self.veil.prolong)

    # What stands in it ----------------------------------------------------------------------------------------------

    @property
    def entry(self) -> Entry:
        texts = {key: text for key, text in self._texts.items() if key != ON}
        return Entry(self.programme, self._texts[ON], texts, tuple(self._lines))

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def text(self, key: str) -> str:
        return self._texts.get(key, "")

    def load(self, entry: Entry) -> None:
        """Hold another entry; nothing of the one before is left, undo included."""
        self.loading.emit()
        self._texts = {**entry.texts, ON: entry.on}
        self._lines = list(entry.lines)
        self.stack.clear()
        self._floor = 0
        self.loaded.emit()
        self.changed.emit()

    # Changing it ----------------------------------------------------------------------------------------------------

    def set_text(self, key: str, text: str) -> None:
        """Type into a field; going on typing in the same field is one step of undo."""
        if text != self.text(key):
            self.stack.push(_SetText(self, key, text, self._say(N_("填写"))))

    def fill(self, texts: Mapping[str, str]) -> None:
        """Take over several texts at once. One step of undo."""
        self.stack.beginMacro(self._say(N_("填写")))
        for key, text in texts.items():
            self.set_text(key, text)
        self.stack.endMacro()

    def become(self, entry: Entry) -> None:
        """Hold what another entry of the programme holds. One step of undo."""
        self.stack.beginMacro(self._say(N_("填写")))
        for key in sorted({*self._texts, *entry.texts} - {ON}):
            self.set_text(key, entry.texts.get(key, ""))
        self.set_text(ON, entry.on)
        self.replace(entry.lines, self._say(N_("填写名单")))
        self.stack.endMacro()

    def take_up(self, entry: Entry) -> None:
        """Hold what was kept of an entry. Undo stops there: a key pressed once too often does not throw all of it away;
        who wants that discards it."""
        self.become(entry)
        self._floor = self.stack.index()

    @property
    def can_undo(self) -> bool:
        return self.stack.index() > self._floor

    @property
    def is_at_floor(self) -> bool:
        """Whether it stands as it was taken up."""
        return 0 < self.stack.index() == self._floor

    def replace(self, lines: Sequence[Line], what: str) -> None:
        """Put these lines in the place of all that are there. One step of undo."""
        if [line.texts for line in lines] == [line.texts for line in self._lines]:
            return
        self.stack.beginMacro(what)
        if self._lines:
            self.stack.push(_Remove(self, 0, len(self._lines) - 1, what))
        if lines:
            self.stack.push(_Insert(self, 0, lines, what))
        self.stack.endMacro()

    def sort(self, order: Sequence[int]) -> None:
        """Put the lines into the order of these places. One step of undo."""
        if list(order) != sorted(order):
            self.stack.push(_Sort(self, order, self._say(N_("排序"))))

    def set_cells(self, cells: Iterable[Cell], what: str) -> None:
        """Change texts of the roster; cells in lines that are not there yet make these lines. One step of undo."""
        wanted = [cell for cell in cells if self._is_other(cell)]
        if not wanted:
            return
        width = len(self.programme.row_shape.fields) if self.programme.row_shape is not None else 0
        last = max(cell.row for cell in wanted)
        self.stack.beginMacro(what)
        if last >= len(self._lines):
            new = [Line([""] * width) for _ in range(last + 1 - len(self._lines))]
            self.stack.push(_Insert(self, len(self._lines), new, what))
        self.stack.push(_SetCells(self, wanted, what))
        self.stack.endMacro()

    def insert(self, at: int, count: int = 1) -> None:
        """Insert blank lines."""
        width = len(self.programme.row_shape.fields) if self.programme.row_shape is not None else 0
        self.stack.push(_Insert(self, at, [Line([""] * width) for _ in range(count)], self._say(N_("插入行"))))

    def remove(self, rows: Iterable[int]) -> None:
        """Remove lines by their places."""
        wanted = sorted({row for row in rows if row < len(self._lines)}, reverse=True)
        if not wanted:
            return
        what = self._say(N_("删除行"))
        self.stack.beginMacro(what)
        for first, last in _runs(wanted):
            self.stack.push(_Remove(self, first, last, what))
        self.stack.endMacro()

    def _is_other(self, cell: Cell) -> bool:
        if cell.row >= len(self._lines):
            return bool(cell.text)
        return self._lines[cell.row].texts[cell.column] != cell.text

    # What the commands do -------------------------------------------------------------------------------------------

    def put_text(self, key: str, text: str) -> None:
        """For commands: set without undo."""
        self._texts[key] = text
        self.fact_changed.emit(key)
        self.changed.emit()

    def put_lines(self, lines: Mapping[int, Line]) -> None:
        """For commands: replace lines without undo."""
        for row, line in lines.items():
            self._lines[row] = line
        self.lines_changed.emit(min(lines), max(lines))
        self.changed.emit()

    def put_in(self, at: int, lines: Sequence[Line]) -> None:
        """For commands: insert lines without undo."""
        self.lines_coming.emit(at, at + len(lines) - 1)
        self._lines[at:at] = lines
        self.lines_came.emit()
        self.changed.emit()

    def put_in_order(self, order: Sequence[int]) -> None:
        """For commands: sort without undo."""
        self._lines = [self._lines[place] for place in order]
        self.lines_changed.emit(0, len(self._lines) - 1)
        self.changed.emit()

    def take_out(self, first: int, last: int) -> list[Line]:
        """For commands: remove the lines first..last without undo and answer them."""
        self.lines_going.emit(first, last)
        taken = self._lines[first : last + 1]
        del self._lines[first : last + 1]
        self.lines_went.emit()
        self.changed.emit()
        return taken


def _runs(descending: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in falling order as runs first..last, the greatest run first."""
    runs: list[tuple[int, int]] = []
    for number in descending:
        if runs and runs[-1][0] == number + 1:
            runs[-1] = (number, runs[-1][1])
        else:
            runs.append((number, number))
    return runs


class _SetText(QUndoCommand):
    def __init__(self, draft: Draft, key: str, text: str, what: str) -> None:
        super().__init__(what)
        self._draft, self.key, self._old, self.new = draft, key, draft.text(key), text

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _SetText) or other.key != self.key:
            return False
        self.new = other.new
        self.setObsolete(self.new == self._old)
        return True

    def undo(self) -> None:
        self._draft.put_text(self.key, self._old)

    def redo(self) -> None:
        self._draft.put_text(self.key, self.new)


class _SetCells(QUndoCommand):
    def __init__(self, draft: Draft, cells: Sequence[Cell], what: str) -> None:
        super().__init__(what)
        self._draft = draft
        self._old = {cell.row: draft.lines[cell.row] for cell in cells}
        texts = {row: list(line.texts) for row, line in self._old.items()}
        for cell in cells:
            texts[cell.row][cell.column] = cell.text
        self._new = {row: Line(new) for row, new in texts.items()}

    def undo(self) -> None:
        self._draft.put_lines(self._old)

    def redo(self) -> None:
        self._draft.put_lines(self._new)


class _Insert(QUndoCommand):
    def __init__(self, draft: Draft, at: int, lines: Sequence[Line], what: str) -> None:
        super().__init__(what)
        self._draft, self._at, self._lines = draft, at, lines

    def undo(self) -> None:
        self._draft.take_out(self._at, self._at + len(self._lines) - 1)

    def redo(self) -> None:
        self._draft.put_in(self._at, self._lines)


class _Remove(QUndoCommand):
    def __init__(self, draft: Draft, first: int, last: int, what: str) -> None:
        super().__init__(what)
        self._draft, self._first, self._last = draft, first, last
        self._lines: list[Line] = []

    def undo(self) -> None:
        self._draft.put_in(self._first, self._lines)

    def redo(self) -> None:
        self._lines = self._draft.take_out(self._first, self._last)




class _Sort(QUndoCommand):
    def __init__(self, draft: Draft, order: Sequence[int], what: str) -> None:
        super().__init__(what)
        self._draft, self._order = draft, tuple(order)

    def undo(self) -> None:
        back = [0] * len(self._order)
        for now, before in enumerate(self._order):
            back[before] = now
        self._draft.put_in_order(back)

    def redo(self) -> None:
        self._draft.put_in_order(self._order)
