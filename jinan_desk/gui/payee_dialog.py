"""Correcting the account that money goes to, once the bank has sent it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from jinan_desk.core.applicant import ACCOUNT_FIELDS
from jinan_desk.core.identity import masked
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context, Level
from jinan_desk.gui.form_dialog import FormDialog
from jinan_desk.services.cases import CaseView
from jinan_desk.services.payee import correct_account

if TYPE_CHECKING:
    from jinan_desk.gui.editor import Editor


class PayeeDialog(FormDialog):
    """Shows the account as it is; `then` is told of the case with the other one."""

    def __init__(
        self, view: CaseView, context: Context, parent: QWidget, *, then: Callable[[CaseView], None]
    ) -> None:
        say = context.say
        hint = N_("对照银行卡或开户证明更正后，由另一人重新“报财政”。审核、公示和审批的结果不变，更正记入办理过程。")
        super().__init__(say(N_("更正收款账户")), say(hint), say(N_("更正")), context, parent)
        self._case, self._then = view.row.case, then
        self._number = str(view.facts.get("bank_account") or "")
        self.setMinimumWidth(480)
        self.lines: dict[str, QLineEdit] = {}
        form = self.rows()
        for field in ACCOUNT_FIELDS:
            now = str(view.facts.get(field.key) or "")
            line = QLineEdit("" if field.private else now)
            if field.private and now:
                line.setPlaceholderText(say(N_("现为 {masked}，不改则留空"), masked=masked(now)))
            line.setAccessibleName(say(field.label))
            self.lines[field.key] = line
            form.addRow(say(field.label), line)
        self.lines["bank_account"].setFocus()

    def take(self) -> None:
        cases, case = self._context.desk.cases, self._case
        given = {key: line.text() for key, line in self.lines.items()}
        given["bank_account"] = given["bank_account"].strip() or self._number

        def corrected(view: CaseView) -> None:
            self.accept()
            self._then(view)

        self.ask(lambda: correct_account(cases, case, given), corrected)


def correct_payee(editor: Editor, context: Context) -> None:
    """Ask for the account of the case that is shown."""
    if editor.view is None:
        return

    def corrected(_: CaseView) -> None:
        words = N_("已更正“{name}”的收款账户，请由另一人核对后重新报财政")
        context.tell(context.say(words, name=editor.title), Level.GOOD)
        context.bus.cases_changed.emit()
        editor.reread()

    PayeeDialog(editor.view, context, editor.window(), then=corrected).open()
