"""The two questions of a batch: what a stage needs, asked once for all cases, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from jinan_desk.core.text import N_
from jinan_desk.core.workflow import STAGE_LABELS, Stage
from jinan_desk.errors import DeskError
from jinan_desk.gui.case_line import programme_name
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.even_label import EvenLabel
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.fitting_dialog import FittingDialog
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.gui.step_dialog import Ask, StepDialog, Typed, question_of
from jinan_desk.gui.table import Head, Table, TableModel
from jinan_desk.services.batch import Report, write_report

_LINES = 8
"""A reason is to be read whole."""


def ask_step(
    to: Stage,
    count: int,
    possible: int,
    context: Context,
    parent: QWidget,
    *,
    typed: Typed | None = None,
    then: Callable[[str, date | None], None],
) -> None:
    """Ask what the stage needs, and whether it is meant; `then` is called with the reason and the day. `typed` is what
    was answered before, where cases were skipped then."""
    about = context.say(
        N_("选中 {count} 件，其中 {possible} 件按流程可以转入；逐件办理，办不了的跳过并列出原因。"),
        count=f"{count:,}", possible=f"{possible:,}",
    )  # fmt: skip
    dialog: StepDialog | ConfirmDialog
    if question_of(to).ask is Ask.NOTHING:
        dialog = ConfirmDialog(to, about, context, parent)
    else:
        dialog = StepDialog(to, context, parent, about=about, typed=typed)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: then(dialog.text, dialog.on))
    dialog.open()


class ConfirmDialog(FormDialog):
    """For a stage that needs no more than to be meant."""

    text = ""
    on = None

    def __init__(self, to: Stage, about: str, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(say(N_("转入“{stage}”"), stage=say(STAGE_LABELS[to])), about, say(N_("确定")), context, parent)
        self.setMinimumWidth(420)


class BatchReport(FittingDialog):
    """The cases that were skipped, each with what stood in its way; the whole list can be saved."""

    def __init__(self, report: Report, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._report = report
        self._context = context
        self._say = say = context.say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say(N_("批量办理结果")))
        self.resize(1080, 420)
        heading = EvenLabel(say.read(report.sentence()))
        set_role(heading, "heading")
        heads = [Head(say(N_("编号")), 190), Head(say(N_("申请人")), 190), Head(say(N_("事项")), 150)]
        heads.append(Head(say(N_("跳过的原因"))))
        model = TableModel(heads, self)
        model.show_rows(
            [
                (one.row.number, one.row.applicant, programme_name(one.row.programme, context), say.read(one.skipped))
                for one in report.skipped
                if one.skipped is not None
            ]
        )
        self.table = Table(model, say(N_("跳过的办件")), [head.width for head in heads], lines=_LINES)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton(say(N_("保存清单…")), QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(lambda checked: self._save())
        close = buttons.addButton(say(N_("关闭")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        for part in (heading, self.table, buttons):
            box.addWidget(part)

    def _save(self) -> None:
        proposed = f"{self._say(N_('批量办理结果'))}-{self._context.desk.today().isoformat()}.xlsx"
        path = ask_target(self, self._say(N_("另存为")), proposed, WORKBOOK)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the whole list, what was done and what was not."""
        report, context = self._report, self._context

        def failed(error: Exception) -> None:
            if not isinstance(error, DeskError):
                raise error
            context.refuse(error)

        context.reckoner.ask(
            lambda: write_report(path, report, self._say.translate),
            lambda _: context.tell(self._say(N_("清单已存为 {name}"), name=path.name), Level.GOOD),
            owner=self.parent(),
            failed=failed,
        )
