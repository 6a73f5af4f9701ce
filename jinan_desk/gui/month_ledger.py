"""The month's ledger of service records: which month, and where it is to be written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from jinan_desk.core.dates import Month, month_of
from jinan_desk.core.field import Field
from jinan_desk.core.kind import CalendarMonth
from jinan_desk.core.text import N_
from jinan_desk.errors import DeskError
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.control import set_role
from jinan_desk.gui.files import WORKBOOK, ask_target
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.gui.line_control import LineControl
from jinan_desk.services.records import MonthLedger, month_named


class MonthDialog(FormDialog):
    """One month."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        about = say(N_("这个月登记、跟进或办结的全部服务记录，以及各事项的数量，Excel 工作簿。"))
        super().__init__(say(N_("服务记录月台账")), about, say(N_("导出…")), context, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # who asked reads what was typed
        self.resize(380, 190)
        label = QLabel(say(N_("月份")))
        set_role(label, "label")
        self.month = LineControl(Field("month", CalendarMonth(), N_("月份")), say)
        self.month.setAccessibleName(label.text())
        self.month.show_text(str(month_of(context.desk.today())))
        self.box.addWidget(label)
        self.box.addWidget(self.month)
        self.month.setFocus()
        self.month.selectAll()

    def take(self) -> None:
        try:
            month_named(self.month.text().strip())
        except DeskError as error:
            self.failed(error)
        else:
            self.accept()


def ask_month_ledger(context: Context, parent: QWidget) -> None:
    """Ask for the month and the file, and write the ledger."""
    say = context.say
    dialog = MonthDialog(context, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    text = dialog.month.text().strip()
    dialog.deleteLater()
    if not accepted:
        return
    proposed = f"{say(N_('服务记录月台账'))}-{context.desk.office.code}-{text}.xlsx"
    path = ask_target(parent, say(N_("另存为")), proposed, WORKBOOK)
    if path is not None:
        write_month_ledger(context, parent, month_named(text), path)


def write_month_ledger(context: Context, owner: QWidget, month: Month, path: Path) -> None:
    """Write the ledger and tell what is in it."""

    def told(ledger: MonthLedger) -> None:
        words = N_("已存为 {name}，共 {count} 条服务记录")
        context.tell(context.say(words, name=path.name, count=len(ledger.entries)), Level.GOOD)

    def failed(error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        context.refuse(error)

    context.store.ask(lambda: context.desk.records.write_month(month, path), told, owner=owner, failed=failed)
