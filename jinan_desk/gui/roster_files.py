"""A roster that comes from a file and the template that goes out, for one editor.

Over what is saved, an import is a revision of the case, undone as a whole at any later time. While something is not
saved, it goes into the grid instead, as one step that Ctrl+Z takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.files import WORKBOOK, ask_source, ask_target
from jinan_desk.gui.reason import ask
from jinan_desk.gui.roster_box import RosterBox
from jinan_desk.gui.roster_import import ROSTER_FILES, RosterImport, Target
from jinan_desk.services import entry
from jinan_desk.services.cases import CaseView

if TYPE_CHECKING:
    from jinan_desk.gui.editor import Editor
    from jinan_desk.services.rosters import Inspection


class RosterFiles(QObject):
    """What the tools over the grid do with files."""

    def __init__(self, editor: Editor, box: RosterBox, context: Context) -> None:
        super().__init__(box)
        self._editor = editor
        self._box = box
        self._context = context
        self._say = context.say
        box.import_wanted.connect(self._choose)
        box.template_wanted.connect(self._save_template)
        box.undo_import_wanted.connect(self._undo)

    def _choose(self) -> None:
        path = ask_source(self._editor.window(), self._say(N_("选择名单文件")), ROSTER_FILES)
        if path is not None:
            self.begin(path)

    def begin(self, path: Path) -> None:
        """Show what an import of the file would come to."""
        editor = self._editor
        target = self._of_grid() if editor.dirty or not editor.case else self._of_case(editor.case)
        dialog = RosterImport(path, editor.programme, target, self._context, editor.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _of_case(self, case: str) -> Target:
        rosters = self._context.desk.rosters

        def inspect(path: Path, append: bool, chosen: Mapping[int, str] | None) -> Inspection:
            return rosters.inspect(case, path, append=append, chosen=chosen)

        return Target(inspect, self._take_into_case, len(self._editor.draft.lines))

    def _take_into_case(self, inspection: Inspection) -> None:
        rosters = self._context.desk.rosters
        self._ask(lambda: rosters.take(inspection), N_("已导入 {count} 行并保存；“撤销导入”可以整体撤回"))

    def _of_grid(self) -> Target:
        """The lines that are there now: those of them that stay are the same, with whatever is wrong in them."""
        editor, rosters = self._editor, self._context.desk.rosters
        code, fields = editor.programme.code, self._box.model.fields
        lines = tuple(editor.draft.lines)
        rows = entry.rows_of(lines, fields)
        there = {id(row): line for row, line in zip(rows, lines, strict=True)}

        def take(inspection: Inspection) -> None:
            made = entry.lines_of(inspection.rows, fields)
            kept = [there.get(id(row), line) for row, line in zip(inspection.rows, made, strict=True)]
            editor.draft.replace(kept, self._say(N_("导入名单")))
            told = self._say(N_("已导入名单 {count} 行，尚未保存；Ctrl+Z 可以撤回"), count=len(inspection.roster.rows))
            self._context.tell(told, Level.GOOD)
            self._context.store.ask(partial(rosters.remember, inspection), lambda result: None, owner=self)

        def inspect(path: Path, append: bool, chosen: Mapping[int, str] | None) -> Inspection:
            return rosters.preview(code, path, rows, append=append, chosen=chosen)

        return Target(inspect, take, len(lines))

    def _ask(self, work: Callable[[], CaseView], told: str) -> None:
        def done(view: CaseView) -> None:
            self._context.bus.cases_changed.emit()
            count = len(view.facts.get("roster") or ())
            self._context.tell(self._say(told, count=count), Level.GOOD)
            self._editor.open(view.row.case)

        self._context.store.ask(work, done, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._context.refuse(error)

    def _undo(self) -> None:
        say, editor, rosters = self._say, self._editor, self._context.desk.rosters
        if editor.dirty:
            self._context.tell(say(N_("请先保存或放弃修改，再撤销导入")), Level.BAD)
            return
        reason = ask(
            editor.window(), say, title=say(N_("撤销导入")), asked=say(N_("撤销最近一次名单导入的理由")),
            hint=say(N_("名单恢复到导入以前的样子；导入和撤销都记入办理过程。")),
        )  # fmt: skip
        if reason is not None:
            self._ask(lambda: rosters.undo(editor.case, reason), N_("已撤销导入，名单恢复为 {count} 行"))

    def _save_template(self) -> None:
        say, programme = self._say, self._editor.programme
        proposed = say(N_("{code}{name}名单模板"), code=programme.code, name=say(programme.name)) + ".xlsx"
        path = ask_target(self._editor.window(), say(N_("下载模板")), proposed, WORKBOOK)
        if path is not None:
            from jinan_desk.services.rosters import write_roster_template

            told = say(N_("名单模板已存为 {name}"), name=path.name)
            self._context.reckoner.ask(
                lambda: write_roster_template(programme.code, path),
                lambda result: self._context.tell(told, Level.GOOD), owner=self, failed=self._failed,
            )  # fmt: skip
